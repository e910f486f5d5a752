/* Compiled XPath and its evaluation.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/expr.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "bianzhi/plugin.h"

enum { EXPR_OPERATIONS = 200000 };

struct expr {
  char *source;
  xmlXPathCompExpr *comp;
  bool local;
};
struct eval {
  xmlXPathContext *ctx;
};

static GQuark
expr_error (void)
{
  return g_quark_from_static_string ("bz-expression");
}

/* libxml2 would write to the standard error channel.  It gives no sentence,
 * only the place. */
static void
keep_message (void *into, xmlErrorPtr found)
{
  char **to = into;

  if (to == NULL || *to != NULL)
    return;
  if (found->str1 != NULL && found->int1 >= 0
      && (size_t) found->int1 < strlen (found->str1))
    *to = g_strdup_printf ("at '%s'", found->str1 + found->int1);
  else
    *to = g_strdup ("at its end");
}

static xmlXPathContext *
context_new (xmlDoc *doc, char **message)
{
  xmlXPathContext *ctx = xmlXPathNewContext (doc);

  ctx->error = (xmlStructuredErrorFunc) keep_message;
  ctx->userData = message;
  ctx->opLimit = EXPR_OPERATIONS;
  return ctx;
}

static bool
is_local (const char *text)
{
  return !expr_is_rooted (text) && strstr (text, "..") == NULL
      && strstr (text, "//") == NULL && strstr (text, "ancestor") == NULL
      && strstr (text, "parent") == NULL && strstr (text, "preceding") == NULL
      && strstr (text, "following") == NULL;
}

/* What libxml2 finds only when it evaluates: wrong types, wrong count of
 * arguments.  Variables are not known yet, so these are let pass. */
static bool
can_run (xmlXPathCompExpr *comp, const char *text, char **message)
{
  xmlDoc *doc;
  xmlXPathContext *ctx;
  xmlXPathObject *found;

  if (strchr (text, '$') != NULL)
    return true;
  doc = xmlNewDoc (BAD_CAST "1.0");
  xmlDocSetRootElement (doc, xmlNewDocNode (doc, NULL, BAD_CAST "x", NULL));
  ctx = context_new (doc, message);
  ctx->node = xmlDocGetRootElement (doc);
  found = xmlXPathCompiledEval (comp, ctx);
  if (found != NULL)
    xmlXPathFreeObject (found);
  xmlXPathFreeContext (ctx);
  xmlFreeDoc (doc);
  return found != NULL;
}

struct expr *
expr_new (const char *text, const struct expr_lint *lint, GError **error)
{
  g_autofree char *message = NULL;
  xmlXPathContext *ctx;
  xmlXPathCompExpr *comp;
  struct expr *e;

  if (strlen (text) > 2000) {
    g_set_error (error, expr_error (), 0,
                 "XPath of more than 2000 characters; split the rule");
    return NULL;
  }
  ctx = context_new (NULL, &message);
  comp = xmlXPathCtxtCompile (ctx, BAD_CAST text);
  xmlXPathFreeContext (ctx);
  if (comp == NULL) {
    g_set_error (error, expr_error (), 0,
                 "XPath '%s' does not compile (%s); correct it", text,
                 message != NULL ? message : "at its end");
    return NULL;
  }
  if (lint != NULL && expr_lint (text, lint, error) < 0) {
    xmlXPathFreeCompExpr (comp);
    return NULL;
  }
  if (!can_run (comp, text, &message)) {
    g_set_error (error, expr_error (), 0,
                 "XPath '%s' cannot be evaluated (%s); correct its arguments",
                 text, message != NULL ? message : "at its end");
    xmlXPathFreeCompExpr (comp);
    return NULL;
  }
  e = g_new0 (struct expr, 1);
  e->source = g_strdup (text);
  e->comp = comp;
  e->local = is_local (text);
  return e;
}

void
expr_free (struct expr *e)
{
  if (e == NULL)
    return;
  xmlXPathFreeCompExpr (e->comp);
  g_free (e->source);
  g_free (e);
}

const char *
expr_source (const struct expr *e)
{
  return e->source;
}

bool
expr_is_local (const struct expr *e)
{
  return e->local;
}

struct eval *
eval_new (xmlDoc *facts)
{
  struct eval *v = g_new0 (struct eval, 1);

  v->ctx = context_new (facts, NULL);
  return v;
}

void
eval_free (struct eval *v)
{
  if (v == NULL)
    return;
  xmlXPathFreeContext (v->ctx);
  g_free (v);
}

void
eval_var (struct eval *v, const char *name, const char *value)
{
  xmlXPathRegisterVariable (v->ctx, BAD_CAST name,
                            xmlXPathNewCString (value != NULL ? value : ""));
}

static xmlXPathObject *
evaluate (const struct expr *e, struct eval *v, xmlNode *at)
{
  v->ctx->node = at;
  v->ctx->opCount = 0;
  return xmlXPathCompiledEval (e->comp, v->ctx);
}

bool
expr_true (const struct expr *e, struct eval *v, xmlNode *at, bool otherwise)
{
  xmlXPathObject *found;
  bool truth;

  if (e == NULL)
    return otherwise;
  found = evaluate (e, v, at);
  if (found == NULL)
    return otherwise;
  truth = xmlXPathCastToBoolean (found) != 0;
  xmlXPathFreeObject (found);
  return truth;
}

bool
expr_demands (const struct expr *e, struct eval *v, xmlNode *at)
{
  return e != NULL && expr_true (e, v, at, true);
}

char *
expr_text (const struct expr *e, struct eval *v, xmlNode *at)
{
  xmlXPathObject *found = evaluate (e, v, at);
  xmlChar *text;
  char *copy;

  if (found == NULL)
    return NULL;
  text = xmlXPathCastToString (found);
  xmlXPathFreeObject (found);
  copy = g_strdup ((const char *) text);
  xmlFree (text);
  return copy;
}
