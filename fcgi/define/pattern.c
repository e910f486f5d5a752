/* Sentences with {XPATH} in them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/expr.h"

struct piece {
  char *text; /* NULL: EXPR */
  struct expr *expr;
};
struct pattern {
  GArray *pieces;
};

static void
piece_clear (void *data)
{
  struct piece *p = data;

  g_free (p->text);
  expr_free (p->expr);
}

static void
add_text (struct pattern *p, const char *text, size_t n)
{
  struct piece piece = { .text = g_strndup (text, n) };

  if (n > 0)
    g_array_append_val (p->pieces, piece);
  else
    g_free (piece.text);
}

/* The end of the XPath that begins at TEXT: a brace in a literal is text. */
static const char *
closing (const char *text)
{
  char quote = '\0';

  for (; *text != '\0'; text++)
    if (quote != '\0')
      quote = *text == quote ? '\0' : quote;
    else if (*text == '"' || *text == '\'')
      quote = *text;
    else if (*text == '}')
      return text;
  return NULL;
}

static int
add_expr (struct pattern *p, const char *text, size_t n,
          const struct expr_lint *lint, GError **error)
{
  g_autofree char *source = g_strstrip (g_strndup (text, n));
  struct piece piece = { 0 };

  piece.expr = expr_new (strcmp (source, "count") == 0 ? "$count" : source,
                         lint, error);
  if (piece.expr == NULL)
    return -1;
  g_array_append_val (p->pieces, piece);
  return 0;
}

struct pattern *
pattern_new (const char *text, const struct expr_lint *lint, GError **error)
{
  struct pattern *p = g_new0 (struct pattern, 1);

  p->pieces = g_array_new (FALSE, TRUE, sizeof (struct piece));
  g_array_set_clear_func (p->pieces, piece_clear);
  while (*text != '\0') {
    size_t plain = strcspn (text, "{}");
    const char *end;

    add_text (p, text, plain);
    text += plain;
    if (*text == '\0')
      break;
    end = *text == '{' ? closing (text + 1) : NULL;
    if (end == NULL) {
      g_set_error (error, g_quark_from_static_string ("bz-expression"), 0,
                   "a brace without its partner at '%s'; write {XPATH}", text);
      pattern_free (p);
      return NULL;
    }
    if (add_expr (p, text + 1, (size_t) (end - text - 1), lint, error) < 0) {
      pattern_free (p);
      return NULL;
    }
    text = end + 1;
  }
  return p;
}

void
pattern_free (struct pattern *p)
{
  if (p == NULL)
    return;
  g_array_unref (p->pieces);
  g_free (p);
}

char *
pattern_text (const struct pattern *p, struct eval *v, xmlNode *at)
{
  GString *out = g_string_new (NULL);

  for (unsigned i = 0; i < p->pieces->len; i++) {
    const struct piece *piece = &g_array_index (p->pieces, struct piece, i);
    g_autofree char *value = NULL;

    if (piece->text == NULL)
      value = expr_text (piece->expr, v, at);
    g_string_append (out, piece->text != NULL ? piece->text
                          : value != NULL     ? value
                                              : "");
  }
  return g_string_free (out, FALSE);
}
