/* Fuzz target: definition files, from the parser over the schema to the loader.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * The name of the root element says which loader reads it, beside the sample
 * definitions of tests/defs/good.  What is refused has a reason, and a form, a
 * process or a business that is refused leaves nothing behind; what is accepted
 * can be used. */
#include "fuzz.h"

#include "data/query.h"
#include "data/xml.h"
#include "define/business.h"
#include "define/code.h"
#include "define/dict.h"
#include "define/form.h"
#include "define/process.h"
#include "people/perm.h"
#include "../unit/sample.h"

typedef int (*loader) (const char *path, const char *pack, GError **error);

static const struct kind {
  const char *root;
  loader load;
  bool single; /* one thing in a file: the whole of it or none */
} kinds[] = {
  { "form", form_load, true },         { "process", process_load, true },
  { "business", business_load, true }, { "dictionary", dict_load, false },
  { "queries", query_load, false },    { "menu", menu_load, false },
  { "roles", perm_load, false },
};

static const struct kind *
kind_of (const char *text)
{
  for (const char *p = text; (p = strchr (p, '<')) != NULL;)
    if (g_ascii_isalpha (*++p)) {
      size_t n = strcspn (p, " \t\r\n/>");

      for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
        if (strlen (kinds[i].root) == n && strncmp (p, kinds[i].root, n) == 0)
          return &kinds[i];
      return &kinds[0];
    }
  return &kinds[0];
}

/* The schemas stay: compiling them takes most of the time. */
static void
forget (void)
{
  business_clear ();
  process_clear ();
  form_clear ();
  query_clear ();
  perm_clear ();
  dict_clear ();
  code_clear ();
}

static void
form_count (const struct form *form, void *state)
{
  ++*(int *) state;
}

static void
process_count (const struct process *process, void *state)
{
  ++*(int *) state;
}

static void
business_count (const struct business *business, void *state)
{
  ++*(int *) state;
}

static void
query_count (const struct query *query, void *state)
{
  ++*(int *) state;
}

static void
role_count (const char *role, const char *title, void *state)
{
  ++*(int *) state;
}

static int
count (void)
{
  int n = menu_items () != NULL ? (int) menu_items ()->len : 0;

  form_foreach (form_count, &n);
  process_foreach (process_count, &n);
  business_foreach (business_count, &n);
  query_foreach (query_count, &n);
  perm_foreach_role (role_count, &n);
  return n;
}

/* Its conditions and sentences run on a form that nobody has filled in. */
static void
form_use (const struct form *form, void *state)
{
  struct bz_req *req = req_new (NULL, NULL);
  xmlDoc *values = form_read (form, req, "item", NULL, NULL);
  xmlDoc *facts = form_facts (req, NULL, values, NULL, form, NULL);
  g_auto (GStrv) names = form_names (form);
  GArray *papers = form_papers (form, facts);

  form_defaults (form, values, facts);
  g_array_unref (papers);
  xmlFreeDoc (facts);
  xmlFreeDoc (values);
  req_free (req);
}

static void
business_use (const struct business *b, void *state)
{
  xmlDoc *facts = xmlNewDoc (BAD_CAST "1.0");

  xmlDocSetRootElement (facts,
                        xmlNewDocNode (facts, NULL, BAD_CAST "facts", NULL));
  g_free (business_reason (b, facts, 2));
  xmlFreeDoc (facts);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  const char *path;
  const struct kind *kind = kind_of (text);
  int before, rc;

  if (form_find ("sample/item") == NULL)
    sample_load (TRUE);
  before = count ();
  (void) fuzz_file (data, size, &path);
  rc = kind->load (path, "sample", &error);
  g_assert ((rc < 0) == (error != NULL));
  if (rc < 0) {
    g_assert (*error->message != '\0');
    g_assert (!kind->single || count () == before);
    if (!kind->single)
      forget ();
    return 0;
  }
  (void) form_link (&error);
  form_foreach (form_use, NULL);
  business_foreach (business_use, NULL);
  forget ();
  return 0;
}
