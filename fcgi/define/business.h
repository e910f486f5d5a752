/* A business as declared by plugins/NAME/business.xml, with its C hooks.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 *   <business name="entry" title="人员入编" prefix="RB"
 *             menu="实名制管理系统/人员业务申请/人员入编管理"
 *             item-word="人" item-title="人员" label="name" key="id_number" scope-field="unit"
 *             brief="staffing_type duty.1.post">   beside the name of a folded item
 *                                          reach="below": the office that files it
 *                                          decides, also of units of offices below it
 *     <head form="entry/head"/> <item form="entry/item" max="200"/>  min="0": the head alone will do
 *     <pick query="staffing.people" title="本单位在编人员" find="姓名或身份证号">
 *       <column name="name" title="姓名"/>  items are not typed but picked from a
 *       <column name="sex" title="性别" code="sex"/>  list: tick, 确定.  Three
 *     </pick>                              queries: Q and Q_up (unit, text, edge,
 *                                          limit) give key, subject and the columns
 *                                          beside a key, Q_one (unit, subject) a row
 *                                          for who may be picked.  The hook prefill
 *                                          loads the item of a subject, and of the
 *                                          item's form nobody can begin a new one
 *     <undoes case="approval" within="days"/>
 *                                          takes back approvals of others: the
 *                                          head field that names the approved
 *                                          case, in the place of the unit also
 *                                          for <pick>; the <option> that says
 *                                          for how many days
 *     <pair with="exit" first="no" title="调动" waiting="待接收人员"
 *           begin="办理接收" refuse="不同意接收" within="transfer_days"/>
 *                                          some of its cases end together with
 *                                          one of another business (work/pair.h);
 *                                          first: whose effects run first; the
 *                                          <option> that says in how many days.
 *                                          Hooks partner, join, hold
 *     <chain process="counter" default="yes"/>
 *     <number kind="entry_notice"/>          series drawn at approval
 *     <reason when="head/entry_mode != '99'">{head/entry_mode/@name}，共 {count} 人
 *     </reason>                            when= does not hold: none is composed
 *     <print name="notice" title="入编核准通知单" view="entry/sheets"
 *            layout="entry/sheets-pdf">
 *       <copy for="用编单位"/> ...           a copy for each, named so;
 *     </print>                             without: copies="1" plain ones
 *     <print name="approval" title="入编审批单" view= layout= each="item"/>
 *                                          a sheet for each approved item
 *     <print name="plan" ... when="head/annual = '1'"/>
 *                                          only of cases of which this is true;
 *                                          a job of its own
 *     <option name="slip" title="入编须有编制使用单" default="yes"/>
 *                                          an office may say otherwise; rules
 *                                          see /facts/option[@name = 'slip'];
 *                                          yes, no, or a number of 1 to 9999
 *     <job name="all" title="打印全套（3+1）">  several with one press
 *       <print name="notice"/> <print name="approval"/>
 *     </job>                               a job's prints have one view and
 *   </business>                            one layout in common
 * and menu.xml of a pack: <menu><item path="a/b/c" href="/staffing/unit/"
 * permission="staffing.view"/></menu> */
#ifndef DEFINE_BUSINESS_H
#define DEFINE_BUSINESS_H
#include <glib.h>
#include "bianzhi/plugin.h"
#include "define/expr.h"
#include "define/form.h"
#include "define/process.h"

struct print {
  char *name, *title;
  char *view, *layout; /* stylesheets: as HTML, as boxes for the PDF     */
  int copies;
  bool each;         /* a sheet for each item, else one for the case   */
  struct expr *when; /* which cases have it; NULL: all; business_prints */
  GPtrArray *labels; /* char *: for whom each copy is; may be empty    */
};
struct business_option {
  char *name, *title;
  char *value; /* where no office says otherwise: "yes", "no", "12" */
};
/* What one press prints.  Each print is a job of its own, too. */
struct print_job {
  char *name, *title;
  GPtrArray *prints; /* struct print, borrowed                         */
};
struct pick_column {
  char *name, *title;
  char *code; /* the table that names its values, or NULL               */
};
struct pick {
  char *query, *query_up, *query_one;
  char *title, *find; /* of the list; of what it is searched by        */
  bool before;        /* items change what is there: work/before.h            */
  GPtrArray *columns; /* struct pick_column                            */
};
/* Cases that end together with one of another business. */
struct business_pair {
  char *with;  /* the other business                          */
  bool first;  /* this one's effects run first                */
  char *title; /* 调动                                        */
  char *waiting, *begin, *refuse; /* what the other has opened   */
  char *within; /* option: in how many days it has to be ended */
};
struct business {
  char *name, *title, *prefix, *menu;
  char *item_word;   /* one of them: 一人, 3人, 人数               */
  char *item_title;  /* what they are: 人员, 人员名单              */
  char *label, *key; /* item fields: shown name; what identifies a
                      * subject, NULL: it is about none            */
  char *scope_field; /* head field that holds the unit             */
  bool below;        /* the office that files decides: reach=      */
  char **brief;      /* item fields, also cells; ends with NULL    */
  const struct form *head, *item;
  int min_items, max_items;
  struct pick *pick;          /* NULL: items are typed                      */
  char *undoes;               /* head field of the case whose approval is taken
                       * back; NULL: it takes none back             */
  char *within;               /* option: how many days after the approval  */
  struct business_pair *pair; /* NULL: none                        */
  char *chain;                /* process name by default                    */
  char *number;               /* series kind, NULL: none                    */
  char *reason;       /* pattern of 业务事由                        */
  GPtrArray *prints;  /* struct print                               */
  GPtrArray *jobs;    /* struct print_job: the declared, the single */
  GPtrArray *options; /* struct business_option                    */
  struct bz_business hooks;
};
struct menu_item {
  char *path, *href, *permission;
};

/* business-pair.c, for business.c: b->pair from <pair>, where there is one. */
int business_pair_read (struct business *, const xmlNode *root, GError **error);
void business_pair_free (struct business_pair *);
int business_load (const char *path, const char *pack, GError **error);
/* The C of the plugin's row for a business; business_load itself looks in
 * pack_find (PACK).  BZ_NOT_FOUND: no such business. */
int business_hook (const struct bz_business *row);
/* The pattern of 业务事由 over FACTS: its context node is /facts, {count} is
 * COUNT.  g_free. */
/* "" where the head is one that none is composed for; g_free. */
char *business_reason (const struct business *, xmlDoc *facts, unsigned count);
const struct business *business_find (const char *name);
/* Has a case with these FACTS this print?  Their root is the context node. */
bool business_prints (const struct print *, xmlDoc *facts);
/* NULL: no such. */
const struct print *business_print (const struct business *, const char *name);
/* The job or print of that name; NULL: no such. */
const struct print_job *business_job (const struct business *,
                                      const char *name);
/* NULL: no such. */
const struct business_option *business_option (const struct business *,
                                               const char *name);
/* The business that takes back approvals; NULL: none does. */
const struct business *business_undoer (void);
void business_foreach (void (*fn) (const struct business *, void *), void *);
int menu_load (const char *path, const char *pack, GError **error);
/* An entry "a/b/c" of the menu. */
void menu_add (const char *path, const char *href, const char *permission);
/* In order of loading; businesses add theirs. */
const GPtrArray *menu_items (void); /* struct menu_item */
void business_clear (void);
#endif
