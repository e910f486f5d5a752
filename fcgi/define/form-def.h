/* A form in memory, shared by the form-*.c files and nobody else.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DEFINE_FORM_DEF_H
#define DEFINE_FORM_DEF_H
#include "define/code.h"
#include "define/dict.h"
#include "define/expr.h"
#include "define/form.h"
#include "serve/req.h"

/* Why something is closed, and what it holds while it is. */
struct form_lock {
  struct expr *closed; /* NULL: always open                          */
  struct pattern *because;
  struct expr *value; /* computed; with no CLOSED: always           */
};
struct form_field {
  const struct dict_field *dict;
  char *title, *hint, *button, *button_title, *wide;
  char *options;        /* named query, or NULL: the code table       */
  char **suggest;       /* code tables whose names are offered        */
  enum field_type type; /* the dictionary's; with options: a code     */
  struct expr *required, *initial, *only;
  struct pattern *missing, *barred; /* instead of our sentences, or NULL  */
  struct form_lock lock;
  bool radio;
  bool tree; /* options is the first of four queries, see form.h   */
};
struct form_part { /* a section or a list                        */
  char *name, *title, *brief, *note;
  bool list, photo;
  GPtrArray *fields;     /* struct form_field                          */
  struct form_lock lock; /* the rest is for lists only                 */
  struct expr *required;
  char *min_text;
  int min, max;
};
enum form_severity { RULE_STOP, RULE_WARN, RULE_TELL };
struct form_rule {
  char *id, *field, *cite, *from, *until;
  const struct form_part *each; /* a list: the rule runs for each row   */
  const char *cell;             /* its field in the row                 */
  enum form_severity severity;
  struct expr *test, *when;
  GPtrArray *dates; /* struct expr: without them it does not apply */
  struct pattern *text;
};
/* A paper, or the papers that stand in a code table: then ONLY says which rows
 * are meant, and all three see a row's columns as variables. */
struct form_ask {
  char *id, *title, *hint;
  const struct code_table *table; /* NULL: one paper                       */
  struct expr *required, *when, *only;
};
struct form {
  char *name, *title, *root; /* root: "head", "item"                       */
  char **records;
  GPtrArray *parts, *papers, *rules;
  GPtrArray *codes;  /* code tables whose rows are facts: char *        */
  GPtrArray *groups; /* struct form_group                               */
};

/* A look at values and facts together. */
struct sight {
  const struct form *form;
  struct bz_req *req;
  xmlNode *values; /* root element; NULL: none                   */
  xmlNode *at;     /* the same thing in the facts                */
  xmlDoc *facts, *own_facts;
  struct eval *eval;
  GHashTable *closed;  /* of form_read, or NULL                      */
  GHashTable *queried; /* query -> GPtrArray of struct option        */
  int stops;
};
void sight_open (struct sight *, const struct form *, struct bz_req *,
                 xmlDoc *values, xmlDoc *facts, GHashTable *closed);
void sight_close (struct sight *);
/* The part, the field, or NULL. */
const struct form_part *form_list (const struct form *, const char *list);
const struct form_field *part_field (const struct form_part *,
                                     const char *name);
const struct form_field *form_scalar (const struct form *, const char *name);
/* The Nth row (from 1) of LIST under ROOT. */
xmlNode *row_at (const xmlNode *root, const char *list, int n);
/* A child element's text, "" when there is none. */
const char *value_of (const xmlNode *parent, const char *name);
/* Is it closed by its condition, on these facts? */
bool lock_holds (const struct form_lock *, struct sight *, xmlNode *at);
bool lock_is_local (const struct form_lock *);

/* Facts of one value: the element, dates and codes with their attributes. */
void facts_put (xmlNode *into, const struct form_field *, const char *value,
                const char *shown);
void facts_drop (xmlNode *parent, const char *name);

/* What may be chosen. */
struct option {
  char *code, *name, *group;
};
/* GPtrArray of struct option; g_ptr_array_unref.  FILTER: `only' applies.  AT:
 * the facts that the filter sees.  CODE: that one alone, if it is among them;
 * NULL: all.  NULL: the query failed. */
GPtrArray *option_list (struct sight *, const struct form_field *, xmlNode *at,
                        bool filter, const char *code);
const struct option *option_find (const GPtrArray *, const char *code);
/* The rows of a query with columns code, name and perhaps group; NULL: it
 * failed. */
GPtrArray *option_rows (struct bz_rows *);
/* Of a tree: VALUE if it may be chosen; "": one or two of what may be. */
GPtrArray *tree_options (struct bz_req *, const struct form_field *,
                         const char *value);
/* <f type="tree"> EL: the chosen one by name, and the tree while a button
 * keeps it open.  0 or <0. */
int tree_put (struct bz_req *, xmlNode *el, const struct form_field *,
              const xmlNode *node, const char *value);
/* What a value looks like to the eye; NODE is its element in the values.
 * g_free. */
char *value_shown (const struct form_field *, const xmlNode *node);

/* The columns of one row of a code table as variables. */
void code_vars (struct eval *, const struct code_table *, const struct code *,
                const char *group);
/* All papers that are missing, marked. */
void papers_check (struct sight *);
const char *paper_title (const struct form *, const char *paper);

/* Second pass of loading, in form-rules.c: everything that is XPath. */
int form_compile (struct form *, const xmlNode *root, GError **error);
/* Third pass, in form-group.c. */
int form_add_groups (struct form *, const xmlNode *root, GError **error);
void form_group_free (void *group);
#endif
