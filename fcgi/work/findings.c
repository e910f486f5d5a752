/* What the system finds in a case before a reviewer decides (系统核验).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/findings.h"
#include <string.h>
#include "data/xml.h"
#include "work/check.h"

static const char *const serious[] = { "no", "at" };

static bool
is_open (const xmlNode *k)
{
  for (size_t i = 0; i < G_N_ELEMENTS (serious); i++)
    if (g_strcmp0 (xml_attr (k, "s"), serious[i]) == 0)
      return true;
  return false;
}

static xmlNode *
checks_of (xmlNode *page)
{
  xmlNode *checks = xml_child (page, "checks");

  return checks != NULL ? checks : xml_add (page, "checks", NULL);
}

/* "item.31.post" is about item 31: a finding leads to its person. */
static const char *
item_of (struct bz_req *req, const char *field)
{
  static const char prefix[] = "item.";
  const char *id = field != NULL && g_str_has_prefix (field, prefix)
                   ? field + strlen (prefix)
                   : NULL;

  return id != NULL ? req_strndup (req, id, strcspn (id, ".")) : NULL;
}

/* Marks of the checks, from FROM on, stand here instead of on the page's top.
 * One sentence is said once.  Was one about a paper? */
static bool
add_marks (struct bz_req *req, unsigned from, xmlNode *checks)
{
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);
  bool papers = false;

  for (unsigned i = from; i < req->marks->len; i++) {
    const struct mark *m = &g_array_index (req->marks, struct mark, i);
    const char *item = item_of (req, m->field);
    xmlNode *k;

    papers = papers || (m->field != NULL && strstr (m->field, "paper."));
    if (!g_hash_table_add (said, (char *) m->text))
      continue;
    k = xml_add (checks, "k", m->text);
    xml_set (k, "s", m->warn ? "at" : "no");
    if (item != NULL)
      xml_set (k, "item", item);
  }
  g_array_set_size (req->marks, from);
  return papers;
}

/* That a required paper is missing is a mark; that all are there is said too. */
static int
add_papers (struct bz_req *req, struct bz_case *c, bool missing,
            xmlNode *checks)
{
  unsigned files = 0;
  xmlDoc *papers;
  int rc = case_papers (req, c, &papers);

  if (rc < 0)
    return rc;
  for (xmlNode *p = xml_child (xmlDocGetRootElement (papers), "paper");
       p != NULL; p = xml_next (p, "paper"))
    files++;
  if (files > 0 && !missing)
    xml_set (xml_add (checks, "k",
                      bz_format (req, "必交附件齐全，共 %u 个文件", files)),
             "s", "ok");
  return BZ_OK;
}

/* -- What a page has shown. */

enum { HASH = 16 }; /* hex digits */

static const char *
hash_of (struct bz_req *req, const xmlNode *k)
{
  const char *item = xml_attr (k, "item"), *detail = xml_attr (k, "d");
  xmlChar *text = xmlNodeGetContent (k);
  g_autofree char *all = g_strjoin ("\n", item != NULL ? item : "",
                                    detail != NULL ? detail : "",
                                    (const char *) text, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all,
                                                        -1);

  xmlFree (text);
  return req_strndup (req, sum, HASH);
}

/* Of the checks and of the business alike. */
static const char *
seen_of (struct bz_req *req, xmlNode *checks)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (xmlNode *k = xml_child (checks, "k"); k != NULL; k = xml_next (k, "k"))
    if (is_open (k))
      g_string_append_printf (all, " %s", hash_of (req, k));
  return req_strdup (req, all->str);
}

int
findings_unseen (struct bz_req *req, struct bz_case *c)
{
  xmlNode *scratch = xmlNewDocNode (req->page, NULL, BAD_CAST "page", NULL);
  const char *seen = bz_param (req, "seen");
  int rc = findings_add (req, c, scratch), n = 0;

  for (xmlNode *k = rc < 0 ? NULL
                           : xml_child (xml_child (scratch, "checks"), "k");
       k != NULL; k = xml_next (k, "k"))
    n += is_open (k)
      && (seen == NULL || strstr (seen, hash_of (req, k)) == NULL);
  xmlFreeNode (scratch);
  return rc < 0 ? rc : n;
}

/* -- The page. */

/* What the business has put into <checks> of its own comes into ours. */
static void
gather (xmlNode *checks)
{
  xmlNode *other, *k;

  while ((other = xml_next (checks, "checks")) != NULL) {
    while ((k = xml_child (other, "k")) != NULL) {
      xmlUnlinkNode (k);
      xmlAddChild (checks, k);
    }
    xmlUnlinkNode (other);
    xmlFreeNode (other);
  }
}

/* The most serious first; the order within one kind stays. */
static void
sort (xmlNode *checks)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (xmlNode *k = xml_child (checks, "k"); k != NULL; k = xml_next (k, "k"))
    g_ptr_array_add (all, k);
  for (size_t s = 0; s <= G_N_ELEMENTS (serious); s++)
    for (unsigned i = 0; i < all->len; i++) {
      xmlNode *k = all->pdata[i];
      bool fits = s < G_N_ELEMENTS (serious)
                  ? g_strcmp0 (xml_attr (k, "s"), serious[s]) == 0
                  : !is_open (k);

      if (!fits)
        continue;
      xmlUnlinkNode (k);
      xmlAddChild (checks, k);
    }
}

int
findings_add (struct bz_req *req, struct bz_case *c, xmlNode *page)
{
  unsigned before = req->marks->len;
  xmlNode *checks = checks_of (page);
  int rc = check_case (req, c);
  bool missing;

  if (rc < 0)
    return rc;
  missing = add_marks (req, before, checks);
  if (c->business->hooks.show != NULL)
    rc = c->business->hooks.show (req, c, "review", xml_bz (page));
  if (rc >= 0)
    rc = add_papers (req, c, missing, checks);
  gather (checks);
  if (rc < 0)
    return rc;
  xml_set (checks, "note", "按现在的数据核对");
  xml_set (checks, "seen", seen_of (req, checks));
  sort (checks);
  return BZ_OK;
}

unsigned
findings_open (const xmlNode *page)
{
  unsigned n = 0;

  for (xmlNode *k = xml_child (xml_child (page, "checks"), "k"); k != NULL;
       k = xml_next (k, "k"))
    n += is_open (k);
  return n;
}

const char *
findings_text (struct bz_req *req, const xmlNode *page)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (xmlNode *k = xml_child (xml_child (page, "checks"), "k"); k != NULL;
       k = xml_next (k, "k")) {
    xmlChar *said = is_open (k) ? xmlNodeGetContent (k) : NULL;

    if (said != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "；" : "", said);
    xmlFree (said);
  }
  return req_strdup (req, text->str);
}
