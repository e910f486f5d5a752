/* Forms: fields, sub-lists, papers and rules, read from forms/NAME.xml.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 *   <form name="entry/item" record="person" title="人员信息">
 *     <section id="basic" title="人员基本信息" note="以身份证、档案为准">
 *       <field name="birth_date" required="true()" closed="XPATH"
 *              because="why it is closed" default="XPATH" hint="filling rule"
 *              wide="2" button="verify" button-title="验证" req="HY-33"
 *              options="entry.organ_options" only="XPATH on an option"/>
 *     </section>
 *     <list name="duty" title="任行政职务情况" note="" min="1" max="20"
 *           req="HY-47"> <field .../> </list>
 *     <paper id="approval" title="《编制审批表》" required="true()" hint=""
 *            req="HY-13"/>
 *     <group fields="education school graduation_date" papers="degree"/>
 *     <rule id="HY-35-16" field="work_start" severity="stop"
 *           test="XPATH that must hold" when="XPATH" cite="..." req="HY-35">
 *       sentence; {XPATH} inserts a value</rule>
 *   </form>
 *
 * XPath is evaluated on the facts document, context node /facts/item (or
 * /facts/head for a head form):
 *   <facts><today ymd="20261122" days="20779" months="24322">2026-11-22</today>
 *     <head>...</head>
 *     <item><birth_date ymd days months>1990-01-01</birth_date>
 *       <staffing_type name="行政编制" category="A" ...>11</staffing_type>
 *       <duty count="2"><row>...</row><row>...</row></duty></item>
 *     <papers><paper kind="approval"/></papers>
 *     <begun ymd days months>2026-11-20</begun>    when the case was begun
 *     ... what the business's facts() adds, e.g. <unit kind="机关"/>
 *   </facts>
 * Values (and facts) hold a list as <duty><row>...</row></duty>; a value that
 * is empty stands in the values, never in the facts.
 * required-message=, only-message= are said instead of 请填写…, …的选项无效.
 * Further: closed="true()" with a default, or value="XPATH", with because= is a computed field (with closed=: what
 * it holds while it is closed); a field that is closed by its condition is
 * otherwise emptied; look="radio"; look="tree" (below); short= and photo="yes" of a section; record= may name
 * several records, and a field or section may name its own; closed=, because=,
 * required=, min-message= of a list; suggest="TABLE ..." of a text, whose names
 * are offered; <codes table="TABLE"/>, whose rows become facts
 * (/facts/codes[@table='TABLE']/row/@code, @name ...); when= of a paper;
 * <papers table="TABLE" only="XPATH" when="XPATH" required="XPATH"/>: a paper
 * for each row that ONLY holds for, with its code as id, name as title, note as
 * hint, column look (photo: a picture of one shape, made small) and column decides
 * (the fields that it proves); $COLUMN is the row's; <group>: fields and
 * lists that hang together, with the papers about them: a return that remarks
 * one field of it opens them all (work/shut.h); from=, until= of a
 * rule.  A rule of field "LIST.FIELD" runs for each row, with the row as its
 * context node.  A rule over @ymd, @days or @months of a date that is empty or
 * no date does not apply.
 * look="tree" options="Q": a choice from a tree that is too large for a list.
 * Four queries: Q (code) gives that one if it may be chosen, for '' one or two
 * of all; Q_under (code, limit) what stands right below, for '' the top;
 * Q_path (code) the way from the top to it; Q_find (text, limit) what is found.
 * Their columns: code, name; of the lists also note and kids (a count).
 * Every date gets ymd, days (since 1970), months (12 * year + month); every
 * code its name and extras as attributes.  A test that compares a date field
 * without @ymd, @days or @months is refused at load. */
#ifndef DEFINE_FORM_H
#define DEFINE_FORM_H
#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include "bianzhi/plugin.h"

struct form;
struct form_paper {
  const char *id, *title, *hint;
  bool asked, required; /* asked: by these facts; else only known */
  bool photo;           /* a picture of one shape, made small          */
  const char *decides;  /* names of the fields that it proves, or NULL */
};

/* Names of fields and lists, and of papers; each ends with NULL. */
struct form_group {
  char **fields, **papers;
};

int form_load (const char *path, const char *pack, GError **error);
const struct form *form_find (const char *name); /* NULL: none */
const char *form_name (const struct form *);     /* "entry/item" */
const char *form_title (const struct form *);
bool form_has_field (const struct form *, const char *name); /* in no list */
/* Once all packs are loaded: the queries that options= names exist. */
int form_link (GError **error);

/* Values from the request, as <item> (or NAME of ROOT): each declared field
 * that the browser may set; a field that is closed (in CLOSED, see below, or
 * by its own condition) keeps the value of OLD.  Dates are brought to
 * YYYY-MM-DD (20260315, 2026.3.15, 2026年3月15日), of month fields to YYYY-MM; what is
 * not a date stays as typed, so that it is shown again.  The caller frees. */
xmlDoc *form_read (const struct form *, struct bz_req *, const char *root,
                   xmlDoc *old, GHashTable *closed);
/* Applies defaults to fields that are absent in VALUES. */
void form_defaults (const struct form *, xmlDoc *values, xmlDoc *facts);
/* The facts document for VALUES: today, head, item, papers; free with
 * xmlFreeDoc.  HEAD and ITEM may be NULL; PAPERS: kinds, ends with NULL. */
xmlDoc *form_facts (struct bz_req *, xmlDoc *head, xmlDoc *item,
                    const struct form *head_form, const struct form *item_form,
                    const char *const *papers);

/* <NAME ymd days months> of a day in FACTS. */
void form_fact_day (xmlDoc *facts, const char *name, const char *day);

enum form_depth {
  FORM_DRAFT, /* what 暂存 stores: codes and lengths alone              */
  FORM_KEEP,  /* types: what is wrong although nothing is asked for yet */
  FORM_SAVE,  /* types, required fields, closed fields: 保存            */
  FORM_CHECK, /* all of it and the rules and papers: 校验, 上报, review */
};
/* Marks everything that is wrong, all at once.  The count of stopping marks
 * that it made.  First, in VALUES and FACTS: computed values are set, fields
 * that their condition closes are emptied, blank rows go (from FORM_SAVE on);
 * the shown name of an option from a query is stored beside its code. */
int form_check (const struct form *, struct bz_req *, xmlDoc *values,
                xmlDoc *facts, enum form_depth);
/* The papers that this form knows, and which of them the facts ask for (the
 * context node is the form's root in FACTS). GArray of struct form_paper, free
 * with g_array_unref. */
GArray *form_papers (const struct form *, xmlDoc *facts);
bool form_has_papers (const struct form *);
/* The section that says photo="yes": where a picture of the person stands; NULL:
 * none. */
const char *form_photo_section (const struct form *);
/* Add <section>s with <f>s, <grid>s to INTO, values, options, marks' sentences
 * and closed reasons included.  READ_ONLY shows values only.  CLOSED as in
 * form_read: name -> reason. */
int form_page (const struct form *, struct bz_req *, xmlDoc *values,
               xmlDoc *facts, GHashTable *closed, bool read_only,
               xmlNode *into);
/* struct form_group, in the form's order; the form's own. */
const GPtrArray *form_groups (const struct form *);
/* Names of all fields that stand in no list, and of all lists; g_strfreev. */
char **form_names (const struct form *);
/* Of these, the ones that somebody can fill in on VALUES and FACTS: not in
 * CLOSED, nor closed by their own condition; g_strfreev. */
char **form_open_names (const struct form *, struct bz_req *, xmlDoc *values,
                        xmlDoc *facts, GHashTable *closed);
/* Add to INTO a <d f t old new> for each field, and each row of a list, that
 * shows something else in NOW than in WAS, and the attribute same: how many
 * that are not empty show the same.  The count of <d>. */
int form_changes (const struct form *, xmlDoc *was, xmlDoc *now, xmlNode *into);
/* Values may hold what they began as: <before>, with the same elements in it
 * (work/before.h).  Then they are an application to change something that is there,
 * and nothing but what it changes is judged: a field or list counts as touched where
 * it differs, or one of its <group> does, and only then it is required, closed,
 * filtered or checked by a rule about it.  A rule without a field always is.  Facts:
 * /facts/before like /facts/item, and an element below /facts/changed for each field
 * and list that differs. */
xmlNode *form_before (const xmlNode *values); /* the element; NULL: none */
bool form_touched (const struct form *, const xmlNode *values,
                   const char *name);
/* Does the field (in no list) or list NAME hold something else in A than in B? */
bool form_differs (const struct form *, const xmlNode *a, const xmlNode *b,
                   const char *name);
/* One of those that differ, as stored (a list: NULL) and as shown. */
struct form_diff {
  const char *name, *title;
  char *was, *now, *was_text, *now_text;
};
/* All of them, in the form's order: struct form_diff; g_ptr_array_unref. */
GPtrArray *form_diff (const struct form *, const xmlNode *was,
                      const xmlNode *now);
/* Do A and B hang together: the same, or of one group? */
bool form_mates (const struct form *, const char *a, const char *b);
/* add:LIST and del:LIST:N of the do= buttons, applied to VALUES.  true if it
 * was one. */
bool form_rows (const struct form *, xmlDoc *values, const char *action);
/* pick:FIELD, pick:FIELD:at:CODE, pick:FIELD:find, pick:FIELD:no and
 * pick:FIELD:is:CODE of the do= buttons of a tree: the last one is applied to
 * VALUES, the others are drawn by form_page.  true if it was one. */
bool form_pick (const struct form *, xmlDoc *values, const char *action);
/* A tree field without a value takes the only one that can be chosen. */
int form_pick_only (const struct form *, struct bz_req *, xmlDoc *values);
/* Do two fields stand in one section? */
bool form_together (const struct form *, const char *a, const char *b);
/* For lists and prints: title (NULL: no such field, list or paper) and shown
 * text ("男", not "1") of a field, also of "duty.2.post". */
const char *form_field_title (const struct form *, const char *field);
const char *form_shown (const struct form *, struct bz_req *, xmlDoc *values,
                        const char *field);
void form_foreach (void (*fn) (const struct form *, void *), void *);
void form_clear (void);
#endif
