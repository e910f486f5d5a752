/* What compiles and is wrong all the same: XPath 1.0 compares two dates as
 * numbers, both NaN, and a misspelt name is simply never there.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/expr.h"

enum kind {
  T_NAME, /* a name test                                             */
  T_CALL, /* a function or node type; "(" follows                    */
  T_AXIS, /* "child::"                                               */
  T_ATTR, /* "@name"                                                 */
  T_VAR,
  T_LITERAL,
  T_NUMBER,
  T_COMPARE,  /* = != < <= > >=                                          */
  T_OPERATOR, /* + - * | and or div mod                                  */
  T_SLASH,    /* / and //                                                */
  T_DOTS,     /* . and ..                                                */
  T_OTHER,    /* ( ) [ ] , and a * that is a name test                   */
};
struct token {
  enum kind kind;
  const char *at;
  size_t n;
};

static GQuark
lint_error (void)
{
  return g_quark_from_static_string ("bz-expression");
}

static bool
name_char (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-' || c == '.'
      || (unsigned char) c >= 0x80;
}

static const struct token *
token_at (const GArray *all, int i)
{
  static const struct token none = { T_OTHER, "", 0 };

  return i >= 0 && (unsigned) i < all->len
         ? &g_array_index (all, struct token, i)
         : &none;
}

/* After these, a name or a star is an operator (XPath 1.0, 3.7), and a slash
 * goes on with a path. */
static bool
ends_operand (const struct token *t)
{
  switch (t->kind) {
  case T_NAME:
  case T_ATTR:
  case T_VAR:
  case T_LITERAL:
  case T_NUMBER:
  case T_DOTS:
    return true;
  case T_OTHER:
    return *t->at == ')' || *t->at == ']' || *t->at == '*';
  default:
    return false;
  }
}

static struct token
read_name (const char *p, const GArray *out)
{
  struct token t = { T_NAME, p, 0 };
  const char *next;

  while (name_char (p[t.n]))
    t.n++;
  if (t.n == 0) { /* nothing that XPath knows; one character */
    t.kind = T_OTHER;
    t.n = 1;
    return t;
  }
  next = p + t.n + strspn (p + t.n, " \t\r\n");
  if (ends_operand (token_at (out, (int) out->len - 1)))
    t.kind = T_OPERATOR;
  else if (next[0] == ':' && next[1] == ':') {
    t.kind = T_AXIS;
    t.n = (size_t) (next + 2 - p);
  }
  else if (*next == '(')
    t.kind = T_CALL;
  return t;
}

static struct token
read_token (const char *p, const GArray *out)
{
  struct token t = { T_OTHER, p, 1 };

  if (*p == '\'' || *p == '"') {
    const char *end = strchr (p + 1, *p);

    t.kind = T_LITERAL;
    t.n = end != NULL ? (size_t) (end - p) + 1 : strlen (p);
  }
  else if (*p == '@' || *p == '$') {
    t.kind = *p == '@' ? T_ATTR : T_VAR;
    while (name_char (p[t.n]))
      t.n++;
    if (t.n == 1 && p[1] == '*')
      t.n = 2;
  }
  else if (strchr ("=<>!", *p) != NULL) {
    t.kind = T_COMPARE;
    t.n = p[1] == '=' ? 2 : 1;
  }
  else if (*p == '/') {
    t.kind = T_SLASH;
    t.n = p[1] == '/' ? 2 : 1;
  }
  else if (*p == '*')
    t.kind = ends_operand (token_at (out, (int) out->len - 1)) ? T_OPERATOR
                                                               : T_OTHER;
  else if (*p == '+' || *p == '|' || *p == '-')
    t.kind = T_OPERATOR;
  else if (g_ascii_isdigit (*p) || (*p == '.' && g_ascii_isdigit (p[1]))) {
    t.kind = T_NUMBER;
    t.n = strspn (p, "0123456789.");
  }
  else if (*p == '.') {
    t.kind = T_DOTS;
    t.n = p[1] == '.' ? 2 : 1;
  }
  else if (strchr ("()[],", *p) == NULL)
    t = read_name (p, out);
  return t;
}

static GArray *
tokens_of (const char *text)
{
  GArray *out = g_array_new (FALSE, FALSE, sizeof (struct token));

  while (*(text += strspn (text, " \t\r\n")) != '\0') {
    struct token t = read_token (text, out);

    g_array_append_val (out, t);
    text += t.n;
  }
  return out;
}

static bool
is_char (const struct token *t, char c)
{
  return t->kind == T_OTHER && t->n == 1 && *t->at == c;
}

static bool
in_path (const struct token *t)
{
  return t->kind == T_NAME || t->kind == T_AXIS || t->kind == T_SLASH
      || t->kind == T_DOTS || t->kind == T_ATTR;
}

/* The partner of the bracket at I, looking by STEP. */
static int
partner (const GArray *all, int i, int step)
{
  int depth = 0;

  for (; i >= 0 && (unsigned) i < all->len; i += step) {
    const struct token *t = token_at (all, i);

    if (is_char (t, '(') || is_char (t, '['))
      depth += step;
    else if (is_char (t, ')') || is_char (t, ']'))
      depth -= step;
    if (depth == 0)
      return i;
  }
  return i;
}

static bool
date_name (const struct token *t, const struct expr_lint *lint)
{
  g_autofree char *name = NULL;

  if (t->kind != T_NAME || lint->is_date == NULL)
    return false;
  name = g_strndup (t->at, t->n);
  return strcmp (name, "today") == 0 || lint->is_date (lint->of, name);
}

static bool
date_literal (const struct token *t)
{
  g_autofree char *text = g_strndup (t->at, t->n);

  return t->kind == T_LITERAL
      && g_regex_match_simple ("^.[12][0-9]{3}-[01][0-9](-[0-3][0-9])?.$", text,
                               0, 0);
}

/* A path from FROM to TO (both in) that ends in a date and takes none of its
 * numbers. */
static bool
bare_date (const GArray *all, int from, int to, const struct expr_lint *lint)
{
  for (int i = from; i <= to; i++) {
    const struct token *next = token_at (all, i + 1);

    if (is_char (next, '['))
      next = token_at (all, partner (all, i + 1, 1) + 1);
    if (date_name (token_at (all, i), lint) && next->kind != T_SLASH)
      return true;
  }
  return false;
}

/* Functions that give a number or a text of their argument itself. */
static bool
passes_on (const struct token *t)
{
  static const char *const names[] = { "string", "number", "normalize-space",
                                       "sum", "concat" };

  if (t->kind != T_CALL)
    return true; /* plain brackets */
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    if (strlen (names[i]) == t->n && memcmp (names[i], t->at, t->n) == 0)
      return true;
  return false;
}

/* Is the operand that ends at END (to the left of a comparison) a date? */
static bool
left_is_date (const GArray *all, int end, const struct expr_lint *lint)
{
  const struct token *t = token_at (all, end);
  int begin;

  if (date_literal (t) || date_name (t, lint))
    return true;
  if (is_char (t, ']'))
    return date_name (token_at (all, partner (all, end, -1) - 1), lint);
  if (!is_char (t, ')'))
    return false;
  begin = partner (all, end, -1);
  return passes_on (token_at (all, begin - 1))
      && bare_date (all, begin, end, lint);
}

static bool
right_is_date (const GArray *all, int begin, const struct expr_lint *lint)
{
  const struct token *t = token_at (all, begin);
  int end = begin;

  if (date_literal (t))
    return true;
  if (t->kind == T_CALL || is_char (t, '(')) {
    end = partner (all, t->kind == T_CALL ? begin + 1 : begin, 1);
    return passes_on (t) && bare_date (all, begin, end, lint);
  }
  while (in_path (token_at (all, end)) || is_char (token_at (all, end), '['))
    end = (is_char (token_at (all, end), '[') ? partner (all, end, 1) : end)
        + 1;
  end--;
  if (is_char (token_at (all, end), ']'))
    end = partner (all, end, -1) - 1;
  return date_name (token_at (all, end), lint);
}

/* The first step of a path that begins at the context node, or the step below
 * /facts/ROOT; NULL if I is neither. */
static bool
begins_path (const GArray *all, int i, const char *root)
{
  const struct token *before = token_at (all, i - 1);

  if (before->kind != T_SLASH)
    return before->kind != T_AXIS;
  if (root == NULL || i < 5 || before->n != 1)
    return false;
  return token_at (all, i - 5)->kind == T_SLASH && token_at (all, i - 4)->n == 5
      && memcmp (token_at (all, i - 4)->at, "facts", 5) == 0
      && token_at (all, i - 2)->n == strlen (root)
      && memcmp (token_at (all, i - 2)->at, root, strlen (root)) == 0;
}

static int
lint_name (const GArray *all, int i, int depth, const struct expr_lint *lint,
           GError **error)
{
  const struct token *t = token_at (all, i);
  g_autofree char *name = g_strndup (t->at, t->n);

  if (depth > 0 || lint->is_known == NULL || !begins_path (all, i, lint->root)
      || lint->is_known (lint->of, name))
    return 0;
  g_set_error (error, lint_error (), 0,
               "XPath names '%s', which is no field here; correct the name or "
               "declare it in the dictionary",
               name);
  return -1;
}

static int
lint_call (const struct token *t, GError **error)
{
  static const char *const known[] = { "last",
                                       "position",
                                       "count",
                                       "id",
                                       "local-name",
                                       "namespace-uri",
                                       "name",
                                       "string",
                                       "concat",
                                       "starts-with",
                                       "contains",
                                       "substring-before",
                                       "substring-after",
                                       "substring",
                                       "string-length",
                                       "normalize-space",
                                       "translate",
                                       "boolean",
                                       "not",
                                       "true",
                                       "false",
                                       "lang",
                                       "number",
                                       "sum",
                                       "floor",
                                       "ceiling",
                                       "round",
                                       "text",
                                       "node",
                                       "comment",
                                       "processing-instruction",
                                       NULL };
  g_autofree char *name = g_strndup (t->at, t->n);

  if (g_strv_contains (known, name))
    return 0;
  g_set_error (error, lint_error (), 0,
               "XPath 1.0 has no function '%s'; use one that it has", name);
  return -1;
}

static int
lint_var (const struct token *t, const struct expr_lint *lint, GError **error)
{
  g_autofree char *name = g_strndup (t->at + 1, t->n - 1);

  if (lint->is_var != NULL && lint->is_var (lint->of, name))
    return 0;
  g_set_error (error, lint_error (), 0,
               "the variable '$%s' does not exist here; options have $code, "
               "$name and the columns of their table, a reason has $count",
               name);
  return -1;
}

/* string(birth_date) = '' asks whether it is there, and that is allowed. */
static bool
asks_presence (const GArray *all, int i)
{
  const struct token *left = token_at (all, i - 1);
  const struct token *right = token_at (all, i + 1);

  return (is_char (left, ')') && right->kind == T_LITERAL && right->n == 2)
      || (left->kind == T_LITERAL && left->n == 2 && right->kind == T_CALL);
}

static int
lint_compare (const GArray *all, int i, const struct expr_lint *lint,
              GError **error)
{
  if (asks_presence (all, i))
    return 0;
  if (!left_is_date (all, i - 1, lint) && !right_is_date (all, i + 1, lint))
    return 0;
  g_set_error (error, lint_error (), 0,
               "a date is compared as text, which is never true in XPath 1.0; "
               "compare its @ymd (20260315), @days or @months");
  return -1;
}

int
expr_lint (const char *text, const struct expr_lint *lint, GError **error)
{
  g_autoptr (GArray) all = tokens_of (text);
  int rc = 0, depth = 0;

  for (int i = 0; rc == 0 && (unsigned) i < all->len; i++) {
    const struct token *t = token_at (all, i);

    depth += is_char (t, '[') - is_char (t, ']');
    if (t->kind == T_NAME)
      rc = lint_name (all, i, depth, lint, error);
    else if (t->kind == T_CALL)
      rc = lint_call (t, error);
    else if (t->kind == T_VAR)
      rc = lint_var (t, lint, error);
    else if (t->kind == T_COMPARE)
      rc = lint_compare (all, i, lint, error);
  }
  return rc;
}

static bool
date_attr (const struct token *t)
{
  return t->kind == T_ATTR
      && ((t->n == 4 && memcmp (t->at, "@ymd", 4) == 0)
          || (t->n == 5 && memcmp (t->at, "@days", 5) == 0)
          || (t->n == 7 && memcmp (t->at, "@months", 7) == 0));
}

GPtrArray *
expr_date_paths (const char *text)
{
  g_autoptr (GArray) all = tokens_of (text);
  GPtrArray *out = g_ptr_array_new_with_free_func (g_free);
  int depth = 0;

  for (int i = 0; (unsigned) i < all->len; i++) {
    const struct token *t = token_at (all, i);
    int from = i;

    depth += is_char (t, '[') - is_char (t, ']');
    if (depth > 0 || !date_attr (t))
      continue;
    while (from > 0 && in_path (token_at (all, from - 1)))
      from--;
    /* A step with a predicate is not taken apart. */
    if (from < i && !is_char (token_at (all, from - 1), ']')
        && !is_char (token_at (all, from - 1), ')'))
      g_ptr_array_add (out, g_strndup (token_at (all, from)->at,
                                       (size_t) (t->at + t->n
                                                 - token_at (all, from)->at)));
  }
  return out;
}

static bool
is_name (const struct token *t, const char *name)
{
  return t->kind == T_NAME && t->n == strlen (name)
      && strncmp (t->at, name, t->n) == 0;
}

bool
expr_is_rooted (const char *text)
{
  g_autoptr (GArray) all = tokens_of (text);

  for (int i = 0; (unsigned) i < all->len; i++)
    if (token_at (all, i)->kind == T_SLASH
        && !ends_operand (token_at (all, i - 1))
        && !(is_name (token_at (all, i + 1), "facts")
             && token_at (all, i + 2)->kind == T_SLASH
             && is_name (token_at (all, i + 3), "today")))
      return true;
  return false;
}
