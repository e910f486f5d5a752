/* Settings of an office, inherited down the tree of offices.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/setting.h"
#include <string.h>
#include "data/xml.h"
#include "serve/conf.h"
#include "work/case.h"

static const char group[] = "office ";
enum { DAYS_MAX = 250, TITLE_MAX = 30, COPY_MAX = 12, OPTION_MAX = 9999 };

/* -- What may be set. */

/* What the part of a key after its name stands for. */
struct subject {
  const struct business *business;      /* NAME.BUSINESS...; else NULL      */
  const struct print *print;            /* NAME.BUSINESS.PRINT; else NULL   */
  const struct business_option *option; /* option.BUSINESS.NAME; else NULL */
};

/* Each says what is wrong with a value and what to do, or NULL; g_free. */

static char *
chain_fault (const struct subject *of, const char *value)
{
  return process_find (of->business->name, value, 0) != NULL
         ? NULL
         : g_strdup ("no process of this name belongs to the business; see "
                     "process/*.xml");
}

static char *
days_fault (const struct subject *of, const char *value)
{
  gint64 n;

  return g_ascii_string_to_signed (value, 10, 1, DAYS_MAX, &n, NULL)
         ? NULL
         : g_strdup_printf ("it is a number of working days, 1 to %d",
                            DAYS_MAX);
}

/* A name stands on paper, in sentences between 《》 and in the names of files. */
static bool
name_ok (const char *name, int most)
{
  bool ok = *name != '\0' && g_utf8_strlen (name, -1) <= most
         && strpbrk (name, "/\\:*?\"<>|") == NULL && strstr (name, "《") == NULL
         && strstr (name, "》") == NULL;

  for (const char *p = name; ok && *p != '\0'; p = g_utf8_next_char (p))
    ok = !g_unichar_iscntrl (g_utf8_get_char (p));
  return ok;
}

static char *
title_fault (const struct subject *of, const char *value)
{
  return name_ok (value, TITLE_MAX)
         ? NULL
         : g_strdup_printf ("a title has 1 to %d letters and none of "
                            "/ \\ : * ? \" < > | 《 》; write one, or take the "
                            "line out to have '%s'",
                            TITLE_MAX, of->print->title);
}

static char *
copies_fault (const struct subject *of, const char *value)
{
  g_auto (GStrv) names = setting_names (value);
  unsigned n = g_strv_length (names), want = of->print->labels->len;

  if (want == 0)
    return g_strdup_printf ("print '%s' has no named copies; take the line out",
                            of->print->name);
  if (n != want)
    return g_strdup_printf ("print '%s' has %u copies, here are %u names; "
                            "write one for each, with ; between them",
                            of->print->name, want, n);
  for (unsigned i = 0; i < n; i++) {
    if (!name_ok (names[i], COPY_MAX))
      return g_strdup_printf ("name %u is empty, longer than %d letters or has "
                              "one of / \\ : * ? \" < > | 《 》; correct it",
                              i + 1, COPY_MAX);
    for (unsigned k = 0; k < i; k++)
      if (strcmp (names[i], names[k]) == 0)
        return g_strdup_printf ("two copies are called '%s'; rename one",
                                names[i]);
  }
  return NULL;
}

static char *
option_fault (const struct subject *of, const char *value)
{
  gint64 n;

  if (g_ascii_isdigit (*of->option->value))
    return g_ascii_string_to_signed (value, 10, 1, OPTION_MAX, &n, NULL)
           ? NULL
           : g_strdup_printf ("it is a number, 1 to %d", OPTION_MAX);
  return strcmp (value, "yes") == 0 || strcmp (value, "no") == 0
         ? NULL
         : g_strdup ("it is yes or no");
}

/* What lies there is checked when it is read: work/download.h. */
static char *
downloads_fault (const struct subject *of, const char *value)
{
  return *value != '\0'
         ? NULL
         : g_strdup ("name the folder with the files and their downloads.xml, "
                     "or take the line out");
}

enum level {
  OF_OFFICE = 1,
  OF_BUSINESS = 2,
  OF_PRINT = 3,
  OF_OPTION = OF_PRINT
}; /* words in the key */

static const struct {
  const char *name;
  enum level level;
  char *(*fault) (const struct subject *, const char *value);
} settings[] = {
  { "downloads", OF_OFFICE, downloads_fault },
  { "chain", OF_BUSINESS, chain_fault },
  { "days", OF_BUSINESS, days_fault },
  { "title", OF_PRINT, title_fault },
  { "copies", OF_PRINT, copies_fault },
  { "option", OF_OPTION, option_fault },
};

char **
setting_names (const char *value)
{
  char **names = g_strsplit (value, ";", -1);

  for (char **n = names; *n != NULL; n++)
    g_strstrip (*n);
  return names;
}

/* The business, and its print or option, that the words of a key name. */
static char *
subject_read (char *const *word, struct subject *ret)
{
  *ret = (struct subject){ 0 };
  if (word[1] == NULL)
    return NULL;
  ret->business = business_find (word[1]);
  if (ret->business == NULL)
    return g_strdup ("there is no such business; see [server] plugins");
  if (word[2] == NULL)
    return NULL;
  ret->option = business_option (ret->business, word[2]);
  if (strcmp (word[0], "option") == 0)
    return ret->option != NULL
           ? NULL
           : g_strdup_printf ("business '%s' has no option '%s'; see the "
                              "<option name=> of its business.xml",
                              word[1], word[2]);
  ret->print = business_print (ret->business, word[2]);
  if (ret->print == NULL)
    return g_strdup_printf ("business '%s' prints no '%s'; its sheets are the "
                            "<print name=> of its business.xml",
                            word[1], word[2]);
  return NULL;
}

static char *
fault_find (const char *key, const char *value)
{
  g_auto (GStrv) word = g_strsplit (key, ".", OF_PRINT + 1);
  struct subject of;

  for (size_t i = 0; i < G_N_ELEMENTS (settings); i++)
    if (g_strcmp0 (settings[i].name, word[0]) == 0
        && g_strv_length (word) == settings[i].level) {
      char *fault = subject_read (word, &of);

      return fault != NULL ? fault : settings[i].fault (&of, value);
    }
  return g_strdup ("an office has no such setting; is it misspelt?");
}

int
setting_check (const struct conf *conf, GError **error)
{
  GHashTableIter i;
  void *name, *value;

  g_hash_table_iter_init (&i, conf->values);
  while (g_hash_table_iter_next (&i, &name, &value)) {
    g_auto (GStrv) part = g_strsplit (name, "\n", 2);
    g_autofree char *fault = NULL;
    g_autofree char *place = NULL;

    if (g_str_has_prefix (part[0], group))
      fault = fault_find (part[1], value);
    if (fault == NULL)
      continue;
    place = conf_place (conf, part[0], part[1]);
    g_set_error (error, CONF_ERROR, 0, "%s[%s] %s=%s: %s", place, part[0],
                 part[1], (const char *) value, fault);
    return BZ_FAILED;
  }
  return BZ_OK;
}

/* -- Looking up. */

/* Without any line there is nothing to ask the database for. */
static bool
is_set_anywhere (const struct conf *conf, const char *key)
{
  g_autofree char *end = g_strconcat ("\n", key, NULL);
  GHashTableIter i;
  void *name;

  if (conf == NULL)
    return false;
  g_hash_table_iter_init (&i, conf->values);
  while (g_hash_table_iter_next (&i, &name, NULL))
    if (g_str_has_prefix (name, group) && g_str_has_suffix (name, end))
      return true;
  return false;
}

int
setting_get (struct bz_req *req, int64_t office_id, const char *key,
             const char *otherwise, const char **ret)
{
  const char *found = NULL;
  struct bz_rows *rows;
  int rc;

  *ret = otherwise;
  if (!is_set_anywhere (req->conf, key))
    return BZ_OK;
  rc = bz_db_open (req, &rows, "bz.scope_codes", BZ_ARGS (BZ_INT (office_id)));
  if (rc < 0)
    return rc;
  while ((rc = bz_db_next (rows)) > 0) {
    g_autofree char *section = g_strconcat (group, bz_db_text (rows, "code"),
                                            NULL);

    if (found == NULL)
      found = conf_get (req->conf, section, key, NULL);
  }
  if (found != NULL)
    *ret = found;
  return rc;
}

static int
option_get (struct bz_req *req, const struct business *b,
            const struct business_option *o, int64_t office_id,
            const char **ret)
{
  return setting_get (req, office_id,
                      bz_format (req, "option.%s.%s", b->name, o->name),
                      o->value, ret);
}

int
setting_options (struct bz_req *req, const struct business *b,
                 int64_t office_id, xmlNode *into)
{
  int rc = BZ_OK;

  for (unsigned i = 0; i < b->options->len && rc >= 0; i++) {
    const struct business_option *o = b->options->pdata[i];
    const char *value;

    rc = option_get (req, b, o, office_id, &value);
    if (rc >= 0)
      xml_set (xml_add (into, "option", value), "name", o->name);
  }
  return rc < 0 ? rc : BZ_OK;
}

int
bz_case_option (struct bz_req *req, const struct bz_case *c, const char *name,
                const char **ret)
{
  const struct business_option *o = business_option (c->business, name);
  int rc;

  if (o == NULL)
    return bz_fail (req, BZ_FAILED, "业务没有“%s”这一选项", name);
  rc = option_get (req, c->business, o, c->office_id, ret);
  return rc < 0 ? rc : BZ_OK;
}

int
setting_process (struct bz_req *req, const struct business *b,
                 int64_t office_id, const struct process **ret)
{
  const char *key = bz_format (req, "chain.%s", b->name), *name;
  int rc = setting_get (req, office_id, key, b->chain, &name);

  if (rc == BZ_OK)
    *ret = process_find (b->name, name, 0);
  return rc;
}
