/* Parts that several pages of the desk show: sections, papers, steps, log.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "define/process.h"
#include "work/desk-page.h"
#include "work/move.h"

/* The composed reason is shown in its field while nothing else is typed. */
static int
fill_reason (struct bz_req *req, struct bz_case *c, xmlNode *root)
{
  const char *reason, *typed = xml_child_text (root, "reason");
  xmlNode *old = xml_child (root, "reason");
  int rc;

  if (typed != NULL && *typed != '\0')
    return BZ_OK;
  rc = case_reason_now (req, c, &reason);
  if (rc < 0)
    return rc;
  if (old != NULL) {
    xmlUnlinkNode (old);
    xmlFreeNode (old);
  }
  (void) xml_add (root, "reason", reason);
  return BZ_OK;
}

int
desk_head_sections (struct bz_req *req, struct bz_case *c, bool read_only,
                    xmlNode *into)
{
  xmlDoc *values = xmlCopyDoc (c->head, 1), *facts;
  int rc = BZ_OK;

  if (c->items->len > 0 && form_has_field (c->business->head, "reason"))
    rc = fill_reason (req, c, xmlDocGetRootElement (values));
  if (rc == BZ_OK)
    rc = case_facts (req, c, NULL, &facts);
  if (rc == BZ_OK) {
    rc = form_page (c->business->head, req, values, facts, NULL, read_only,
                    into);
    xmlFreeDoc (facts);
  }
  xmlFreeDoc (values);
  return rc;
}

int
desk_item_sections (struct bz_req *req, struct bz_case *c, struct bz_item *item,
                    bool read_only, xmlNode *into)
{
  xmlDoc *facts;
  int rc = case_facts (req, c, item, &facts);

  if (rc < 0)
    return rc;
  rc = form_page (c->business->item, req, item->values, facts, item->closed,
                  read_only, into);
  xmlFreeDoc (facts);
  return rc;
}

/* "412 KB" out of bytes. */
static const char *
size_text (struct bz_req *req, const char *bytes)
{
  gint64 n = bytes != NULL ? g_ascii_strtoll (bytes, NULL, 10) : 0;

  if (n >= 1024 * 1024)
    return bz_format (req, "%.1f MB", (double) n / (1024 * 1024));
  return bz_format (req, "%lld KB", (long long) ((n + 1023) / 1024));
}

static const char *
type_text (const char *type)
{
  if (type == NULL)
    return "";
  if (strcmp (type, "application/pdf") == 0)
    return "PDF";
  if (strcmp (type, "image/jpeg") == 0)
    return "JPEG";
  return strcmp (type, "image/png") == 0 ? "PNG" : type;
}

static void
add_files (struct bz_req *req, struct bz_case *c, xmlDoc *papers,
           const char *kind, xmlNode *x)
{
  for (xmlNode *p = xml_child (xmlDocGetRootElement (papers), "paper");
       p != NULL; p = xml_next (p, "paper")) {
    const char *id = xml_child_text (p, "id");
    xmlNode *file;

    if (id == NULL || g_strcmp0 (xml_child_text (p, "kind"), kind) != 0)
      continue;
    file = xml_add (x, "file", NULL);
    xml_set (file, "id", id);
    xml_set (file, "name", xml_child_text (p, "file_name"));
    xml_set (file, "size", size_text (req, xml_child_text (p, "size")));
    xml_set (file, "type", type_text (xml_child_text (p, "type")));
    xml_set (file, "href",
             bz_href (req, "%s", desk_path (req, c, "/paper/%s", id)));
  }
}

int
desk_filelist (struct bz_req *req, struct bz_case *c, bool read_only,
               xmlNode *into)
{
  g_autoptr (GArray) asked = NULL;
  xmlDoc *papers, *facts;
  xmlNode *list;
  int rc = case_papers (req, c, &papers);

  if (rc == BZ_OK)
    rc = case_facts (req, c, NULL, &facts);
  if (rc < 0)
    return rc;
  asked = form_papers (c->business->head, facts);
  list = xml_add (into, "filelist", NULL);
  if (read_only)
    xml_set (list, "ro", "1");
  for (unsigned i = 0; asked != NULL && i < asked->len; i++) {
    const struct form_paper *p = &g_array_index (asked, struct form_paper, i);
    xmlNode *x = xml_add (list, "x", NULL);

    xml_set (x, "id", p->id);
    xml_set (x, "t", p->title);
    if (p->required)
      xml_set (x, "req", "1");
    if (p->hint != NULL && *p->hint != '\0')
      xml_set (x, "hint", p->hint);
    add_files (req, c, papers, p->id, x);
  }
  xmlFreeDoc (facts);
  return BZ_OK;
}

/* -- Steps and history. */

/* "11-17 15:20" of "2026-11-17 15:20:09". */
static const char *
short_time (struct bz_req *req, const char *at)
{
  return at != NULL && strlen (at) >= 16 ? req_strndup (req, at + 5, 11) : "";
}

static const char *
move_title (const struct bz_case *c, const char *name)
{
  for (unsigned i = 0; name != NULL && i < c->process->moves->len; i++) {
    const struct process_move *m = c->process->moves->pdata[i];

    if (strcmp (m->name, name) == 0)
      return m->title;
  }
  return name;
}

/* Did a move lead on?  A case that was sent or taken back has not passed the
 * step that it came back from. */
static bool
move_led_on (const struct bz_case *c, const char *name)
{
  for (unsigned i = 0; name != NULL && i < c->process->moves->len; i++) {
    const struct process_move *m = c->process->moves->pdata[i];

    if (strcmp (m->name, name) == 0)
      return move_kind (c->process, m) != MOVE_BACK;
  }
  return true;
}

static const char *
move_tone (const struct bz_case *c, const char *name)
{
  for (unsigned i = 0; name != NULL && i < c->process->moves->len; i++) {
    const struct process_move *m = c->process->moves->pdata[i];

    if (strcmp (m->name, name) != 0)
      continue;
    switch (move_kind (c->process, m)) {
    case MOVE_ON:
      return "run";
    case MOVE_DONE:
      return "ok";
    default:
      return strcmp (name, "withdraw") == 0 ? "wait" : "bad";
    }
  }
  return "wait";
}

int
desk_log (struct bz_req *req, struct bz_case *c, xmlNode *into)
{
  xmlNode *log = xml_add (into, "log", NULL);
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.moves", BZ_ARGS (BZ_INT (c->id)));

  if (rc < 0)
    return rc;
  while ((rc = bz_db_next (rows)) > 0) {
    const char *move = bz_db_text (rows, "move");
    xmlNode *l = xml_add (log, "l", bz_db_text (rows, "opinion"));

    xml_set (l, "at", short_time (req, bz_db_text (rows, "at")));
    xml_set (l, "who", bz_db_text (rows, "who"));
    xml_set (l, "act", move_title (c, move));
    xml_set (l, "tone", move_tone (c, move));
  }
  return rc;
}

/* Why a returned case came back stands on top of its page. */
int
desk_returned (struct bz_req *req, struct bz_case *c)
{
  struct bz_rows *rows;
  int rc;

  if (strcmp (c->state, "returned") != 0)
    return BZ_OK;
  rc = bz_db_open (req, &rows, "bz.moves", BZ_ARGS (BZ_INT (c->id)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc <= 0)
    return rc;
  desk_say (req, "warn", "%s于 %s %s：%s", bz_db_text (rows, "who"),
            short_time (req, bz_db_text (rows, "at")),
            move_title (c, bz_db_text (rows, "move")),
            bz_db_text (rows, "opinion"));
  return BZ_OK;
}

/* Who took the case out of each step last: step -> row of <moves>. */
static int
last_moves (struct bz_req *req, struct bz_case *c, GHashTable *who,
            GHashTable *at)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.moves", BZ_ARGS (BZ_INT (c->id)));

  if (rc < 0)
    return rc;
  while ((rc = bz_db_next (rows)) > 0) {
    const char *step = bz_db_text (rows, "from_step");

    if (step == NULL || g_hash_table_contains (who, step)
        || !move_led_on (c, bz_db_text (rows, "move")))
      continue; /* newest first */
    g_hash_table_insert (who, (void *) step, (void *) bz_db_text (rows, "who"));
    g_hash_table_insert (at, (void *) step, (void *) bz_db_text (rows, "at"));
  }
  return rc;
}

static void
add_step (struct bz_req *req, struct bz_case *c, xmlNode *steps,
          const struct process_step *step, int side)
{
  xmlNode *s = xml_add (steps, "s", NULL);
  bool late = false;
  const char *left = side == 0 ? desk_left (req, c->due_on, &late) : NULL;

  xml_set (s, "t", step->title);
  xml_set (s, "st", side < 0 ? "done" : side > 0 ? "next" : "now");
  if (left != NULL)
    xml_set (s, "at", left);
  if (late)
    xml_set (s, "late", "1");
}

int
desk_steps (struct bz_req *req, struct bz_case *c, xmlNode *into)
{
  g_autoptr (GHashTable) who = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) at = g_hash_table_new (g_str_hash, g_str_equal);
  xmlNode *steps = xml_add (into, "steps", NULL), *end;
  bool over = process_step (c->process, c->step) == NULL, passed = true;
  const char *tone;
  int rc = last_moves (req, c, who, at);

  for (unsigned i = 0; rc == BZ_OK && i < c->process->steps->len; i++) {
    const struct process_step *step = c->process->steps->pdata[i];
    bool now = strcmp (step->name, c->step) == 0;

    if (now)
      passed = false;
    add_step (req, c, steps, step,
              now ? 0
              : passed && (!over || g_hash_table_contains (who, step->name))
                ? -1
                : 1);
    if (passed && g_hash_table_contains (who, step->name)) {
      xml_set (steps->last, "who", g_hash_table_lookup (who, step->name));
      xml_set (steps->last, "at",
               short_time (req, g_hash_table_lookup (at, step->name)));
    }
  }
  end = xml_add (steps, "s", NULL);
  xml_set (end, "t", over ? case_status (c, &tone) : "办结");
  xml_set (end, "st", over ? "done" : "next");
  if (over && c->closed_at != NULL)
    xml_set (end, "at", short_time (req, c->closed_at));
  return rc;
}
