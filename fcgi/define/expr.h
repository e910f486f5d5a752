/* XPath 1.0 in definitions: compiled at load, evaluated on facts.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef DEFINE_EXPR_H
#define DEFINE_EXPR_H
#include <glib.h>
#include <libxml/tree.h>
#include <stdbool.h>

/* What the text of an expression is checked against at load.  OF is handed to
 * the functions, each of which may be NULL (no such name, any name). */
struct expr_lint {
  const void *of;
  const char *root; /* "item": /facts/item/NAME is looked at too  */
  bool (*is_date) (const void *of, const char *name);
  bool (*is_known) (const void *of, const char *name);
  bool (*is_var) (const void *of, const char *name);
};
/* Dates compared as text or number, names that nobody declared, functions that
 * XPath does not have.  0, or <0 with ERROR. */
int expr_lint (const char *text, const struct expr_lint *, GError **error);
/* Does TEXT hold a path from the root, other than /facts/today? */
bool expr_is_rooted (const char *text);
/* The paths in TEXT that end in @ymd, @days or @months, as texts. */
GPtrArray *expr_date_paths (const char *text);

struct expr;
/* LINT may be NULL.  NULL: ERROR says why. */
struct expr *expr_new (const char *text, const struct expr_lint *,
                       GError **error);
void expr_free (struct expr *); /* NULL is allowed */
const char *expr_source (const struct expr *);
/* It asks for nothing outside of its context node, but the day. */
bool expr_is_local (const struct expr *);

/* An open document; evaluation is limited in depth and operations. */
struct eval;
struct eval *eval_new (xmlDoc *facts);
void eval_free (struct eval *);
void eval_var (struct eval *, const char *name, const char *value);
/* The truth of E at AT; OTHERWISE when E is NULL or cannot be evaluated. */
bool expr_true (const struct expr *, struct eval *, xmlNode *at,
                bool otherwise);
/* The same for a demand (required=): without one nothing is demanded, but one
 * that cannot be evaluated is taken to hold. */
bool expr_demands (const struct expr *, struct eval *, xmlNode *at);
/* Its string; NULL when it cannot be evaluated.  g_free. */
char *expr_text (const struct expr *, struct eval *, xmlNode *at);

/* A sentence with {XPATH} in it; {count} is the variable $count. */
struct pattern;
struct pattern *pattern_new (const char *text, const struct expr_lint *,
                             GError **error);
void pattern_free (struct pattern *);
char *pattern_text (const struct pattern *, struct eval *, xmlNode *at);
#endif
