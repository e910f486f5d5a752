/* Parts that several pages of the desk show: sections, papers, steps, log.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "define/process.h"
#include "serve/conf.h"
#include "work/desk-page.h"
#include "work/image.h"
#include "work/move.h"
#include "work/shut.h"

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
    rc = form_page (c->business->head, req, values, facts, c->shut, read_only,
                    into);
    xmlFreeDoc (facts);
  }
  xmlFreeDoc (values);
  return rc;
}

const char *
desk_size (struct bz_req *req, int64_t bytes)
{
  if (bytes >= 1024 * 1024)
    return bz_format (req, "%.1f MB", (double) bytes / (1024 * 1024));
  return bz_format (req, "%lld KB", (long long) ((bytes + 1023) / 1024));
}

const char *
desk_paper_size (struct bz_req *req, const xmlNode *paper)
{
  const char *size = xml_child_text (paper, "size");

  return desk_size (req, size != NULL ? g_ascii_strtoll (size, NULL, 10) : 0);
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

static int
add_files (struct bz_req *req, struct bz_case *c, int64_t item_id,
           const char *kind, xmlNode *x)
{
  const GPtrArray *papers = case_papers_of (c, item_id);
  int n = 0;

  for (unsigned i = 0; papers != NULL && i < papers->len; i++) {
    const xmlNode *p = papers->pdata[i];
    const char *id = xml_child_text (p, "id");
    xmlNode *file;

    if (id == NULL || g_strcmp0 (xml_child_text (p, "kind"), kind) != 0)
      continue;
    file = xml_add (x, "file", NULL);
    xml_set (file, "id", id);
    xml_set (file, "name", xml_child_text (p, "file_name"));
    xml_set (file, "size", desk_paper_size (req, p));
    xml_set (file, "type", type_text (xml_child_text (p, "type")));
    xml_set (file, "href",
             bz_href (req, "%s", desk_path (req, c, "/paper/%s", id)));
    n++;
  }
  return n;
}

/* One paper: asked for, or there although it is not asked for any more.  A photo
 * has a place of its own. */
static void
add_paper (struct bz_req *req, struct bz_case *c, int64_t item_id,
           const struct form_paper *p, xmlNode *list)
{
  xmlNode *x;
  int files;

  if (p->photo)
    return;
  x = xml_add (list, "x", NULL);
  files = add_files (req, c, item_id, p->id, x);
  if (files == 0 && !p->asked) {
    xmlUnlinkNode (x);
    xmlFreeNode (x);
    return;
  }
  xml_set (x, "id", p->id);
  xml_set (x, "t", p->title);
  xml_set (x, "req", p->required ? "1" : NULL);
  if (p->hint != NULL && *p->hint != '\0')
    xml_set (x, "hint", p->hint);
  if (p->decides != NULL && *p->decides != '\0')
    xml_set (x, "decides", p->decides);
  if (xml_attr (list, "ro") == NULL
      && shut_paper (c, item_id, p->id, files > 0))
    xml_set (x, "closed", shut_word);
}

/* KNOWN: of struct form_paper, all that the form knows. */
static int
file_list (struct bz_req *req, struct bz_case *c, const struct bz_item *item,
           const GArray *known, bool read_only, xmlNode *into)
{
  xmlDoc *papers;
  xmlNode *list;
  int rc = case_papers (req, c, &papers);

  if (rc < 0)
    return rc;
  list = xml_add (into, "filelist", NULL);
  if (read_only)
    xml_set (list, "ro", "1");
  for (unsigned i = 0; i < known->len; i++)
    add_paper (req, c, item != NULL ? item->id : 0,
               &g_array_index (known, struct form_paper, i), list);
  return BZ_OK;
}

/* The papers of the head. */
static int
head_papers (struct bz_req *req, struct bz_case *c, GArray **ret)
{
  xmlDoc *facts;
  int rc = case_facts (req, c, NULL, &facts);

  if (rc < 0)
    return rc;
  *ret = form_papers (c->business->head, facts);
  xmlFreeDoc (facts);
  return BZ_OK;
}

int
desk_filelist (struct bz_req *req, struct bz_case *c, bool read_only,
               xmlNode *into)
{
  g_autoptr (GArray) known = NULL;
  int rc = head_papers (req, c, &known);

  return rc < 0 ? rc : file_list (req, c, NULL, known, read_only, into);
}

/* How far the papers of a form are: as of any section, see form_page. */
static const char *
papers_done (const xmlNode *list)
{
  bool some = false, lacks = false;

  for (xmlNode *x = list != NULL ? xml_child (list, "x") : NULL; x != NULL;
       x = xml_next (x, "x")) {
    bool there = xml_child (x, "file") != NULL;

    some |= there;
    lacks |= !there && xml_attr (x, "req") != NULL;
  }
  return lacks ? "no" : some ? "yes" : "opt";
}

static int
papers_section (struct bz_req *req, struct bz_case *c,
                const struct bz_item *item, const GArray *known, bool read_only,
                xmlNode *into)
{
  xmlNode *papers = xml_add (into, "section", NULL);
  int rc;

  xml_set (papers, "id", "papers");
  xml_set (papers, "t", "附件");
  xml_set (papers, "short", "附件");
  if (!read_only)
    xml_set (papers, "note",
             bz_format (req, "PDF、JPG、PNG，单个不超过 %lld MB，可选多个文件",
                        (long long) (req->conf->max_file >> 20)));
  rc = file_list (req, c, item, known, read_only, papers);
  if (rc >= 0 && !read_only)
    xml_set (papers, "done", papers_done (xml_child (papers, "filelist")));
  return rc;
}

int
desk_papers (struct bz_req *req, struct bz_case *c, bool read_only,
             xmlNode *into)
{
  g_autoptr (GArray) known = NULL;
  int rc = head_papers (req, c, &known);

  return rc < 0 ? rc : papers_section (req, c, NULL, known, read_only, into);
}

/* <photo id t size req hint src> of the paper that is one, into its section. */
static void
add_photo (struct bz_req *req, struct bz_case *c, struct bz_item *item,
           const struct form_paper *p, xmlNode *section)
{
  xmlNode *photo = xml_add (section, "photo", NULL), *file;

  xml_set (photo, "id", bz_format (req, "paper.%s", p->id));
  xml_set (photo, "t", p->title);
  xml_set (photo, "size", bz_format (req, "%dx%d", PHOTO_WIDTH, PHOTO_HEIGHT));
  xml_set (photo, "req", p->required ? "1" : NULL);
  xml_set (photo, "hint", p->asked ? p->hint : "已有照片，可不上传");
  if (item->id != 0)
    (void) add_files (req, c, item->id, p->id, photo);
  file = xml_child (photo, "file");
  if (file == NULL)
    return;
  xml_set (photo, "src", xml_attr (file, "href"));
  if (shut_paper (c, item->id, p->id, true))
    xml_set (photo, "closed", shut_word);
}

/* To fill in, or what is there. */
static int
put_photo (struct bz_req *req, struct bz_case *c, struct bz_item *item,
           const GArray *known, xmlNode *into)
{
  const char *place = form_photo_section (c->business->item);
  xmlNode *section = xml_child (into, "section");
  xmlDoc *papers;
  int rc = case_papers (req, c, &papers);

  while (section != NULL
         && (place == NULL || g_strcmp0 (xml_attr (section, "id"), place) != 0))
    section = xml_next (section, "section");
  for (unsigned i = 0; rc == BZ_OK && section != NULL && i < known->len; i++) {
    const struct form_paper *p = &g_array_index (known, struct form_paper, i);

    if (p->photo)
      add_photo (req, c, item, p, section);
  }
  return rc;
}

int
desk_item_sections_in (struct bz_req *req, struct bz_case *c,
                       struct bz_item *item, xmlDoc *facts, bool read_only,
                       xmlNode *into)
{
  g_autoptr (GArray) known = form_papers (c->business->item, facts);
  int rc = form_page (c->business->item, req, item->values, facts,
                      shut_join (req, item->closed, item->shut), read_only,
                      into);

  if (rc == BZ_OK)
    rc = put_photo (req, c, item, known, into);
  return rc == BZ_OK && form_has_papers (c->business->item)
         ? papers_section (req, c, item, known, read_only, into)
         : rc;
}

int
desk_item_sections (struct bz_req *req, struct bz_case *c, struct bz_item *item,
                    bool read_only, xmlNode *into)
{
  xmlDoc *facts;
  int rc = case_facts (req, c, item, &facts);

  if (rc < 0)
    return rc;
  rc = desk_item_sections_in (req, c, item, facts, read_only, into);
  xmlFreeDoc (facts);
  return rc;
}

/* -- Steps and history. */

/* "11-17 15:20" of "2026-11-17 15:20:09". */
static const char *
short_time (struct bz_req *req, const char *at)
{
  return at != NULL && strlen (at) >= 16 ? req_strndup (req, at + 5, 11) : "";
}

/* "2026-11-17 15:20": the history goes over years. */
static const char *
long_time (struct bz_req *req, const char *at)
{
  return at != NULL ? req_strndup (req, at, 16) : "";
}

const struct process_move *
desk_move_of (const struct bz_case *c, struct bz_rows *rows)
{
  const char *from = bz_db_text (rows, "from_step");
  const char *name = bz_db_text (rows, "move");

  return from != NULL && name != NULL ? process_move (c->process, from, name)
                                      : NULL;
}

const char *
desk_move_title (const struct bz_case *c, struct bz_rows *rows)
{
  /* What a case does because of the other one of its pair (work/pair.h). */
  static const struct {
    const char *name, *title;
  } paired[] = { { "release", "撤回同意" }, { "close", "同时办结" } };
  const struct process_move *m = desk_move_of (c, rows);
  const char *name = bz_db_text (rows, "move");

  for (size_t i = 0; i < G_N_ELEMENTS (paired); i++)
    if (m == NULL && g_strcmp0 (paired[i].name, name) == 0)
      return paired[i].title;
  if (m != NULL && g_strcmp0 (bz_db_text (rows, "to_step"), PROCESS_HELD) == 0)
    return "同意，待对方办结";
  return m != NULL ? m->title : name;
}

/* Did a move lead on?  A case that was sent or taken back has not passed the
 * step that it came back from. */
static bool
move_led_on (const struct bz_case *c, struct bz_rows *rows)
{
  const struct process_move *m = desk_move_of (c, rows);

  return m == NULL || move_kind (c->process, m) != MOVE_BACK;
}

static const char *
move_tone (const struct bz_case *c, struct bz_rows *rows)
{
  const struct process_move *m = desk_move_of (c, rows);

  switch (m != NULL ? move_kind (c->process, m) : MOVE_ON) {
  case MOVE_ON:
    return m != NULL ? "run" : "wait";
  case MOVE_DONE:
    return strcmp (c->state, "done") == 0 ? "ok" : "bad";
  default:
    return m->by != NULL ? "wait" : "bad";
  }
}

/* 宋佳, or 宋佳（代市生态环境局） who acted for the unit. */
static const char *
mover (struct bz_req *req, struct bz_rows *rows)
{
  const char *who = bz_db_text (rows, "who");
  const char *for_whom = bz_db_text (rows, "acting_for");

  if (who == NULL || for_whom == NULL)
    return who;
  return bz_format (req, "%s（代%s）", who, for_whom);
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
    xmlNode *l = xml_add (log, "l", bz_db_text (rows, "opinion"));

    xml_set (l, "at", long_time (req, bz_db_text (rows, "at")));
    xml_set (l, "who", mover (req, rows));
    xml_set (l, "act", desk_move_title (c, rows));
    xml_set (l, "tone", move_tone (c, rows));
  }
  return rc;
}

/* The row of <moves> that sent the case back last. 1, 0: there is none. */
static int
return_row (struct bz_req *req, const struct bz_case *c, struct bz_rows **ret)
{
  int rc = bz_db_open (req, ret, "bz.moves", BZ_ARGS (BZ_INT (c->id)));

  while (rc >= 0 && (rc = bz_db_next (*ret)) > 0)
    if (bz_db_int (*ret, "id") == c->return_id)
      return rc;
  return rc;
}

/* Why a case came back, and whom to call, stand on top of its page until it is
 * handed in for good, also after 上报 and 撤回 (A5.18). */
int
desk_returned (struct bz_req *req, struct bz_case *c)
{
  const char *phone = NULL;
  struct bz_rows *rows;
  int rc;

  if (c->return_id == 0)
    return BZ_OK;
  rc = return_row (req, c, &rows);
  if (rc <= 0)
    return rc;
  rc = bz_db_value (req, &phone, "bz.office_phone",
                    BZ_ARGS (BZ_INT (c->office_id)));
  if (rc < 0)
    return rc;
  desk_say (req, "warn", "%s于 %s %s：%s%s%s", bz_db_text (rows, "who"),
            short_time (req, bz_db_text (rows, "at")),
            desk_move_title (c, rows), bz_db_text (rows, "opinion"),
            rc > 0 ? "　咨询电话 " : "", rc > 0 ? phone : "");
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
        || !move_led_on (c, rows))
      continue; /* newest first */
    g_hash_table_insert (who, (void *) step, (void *) mover (req, rows));
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

/* The way that a case takes when nothing is asked of others: the first move of
 * each step that leads on or is the approval.  Names, borrowed. */
static GHashTable *
main_way (const struct bz_case *c)
{
  const struct process *p = c->process;
  GHashTable *way = g_hash_table_new (g_str_hash, g_str_equal);
  const struct process_step *at = p->steps->pdata[0];

  for (unsigned i = 0; at != NULL && i < p->moves->len; i++) {
    const struct process_move *m = p->moves->pdata[i];
    enum move_kind kind = move_kind (p, m);

    if (strcmp (m->from, at->name) != 0 || !process_knows (m, case_is_top (c))
        || (kind != MOVE_ON && kind != MOVE_DONE))
      continue;
    g_hash_table_add (way, at->name);
    at = process_step (p, m->to);
    i = (unsigned) -1; /* from the first move again */
  }
  return way;
}

/* A step that the case did not take, or that only some cases take, is not
 * drawn: it was skipped, or nobody was asked. */
static bool
step_is_drawn (const struct process_step *step, int side, GHashTable *way,
               GHashTable *who)
{
  if (side == 0 || g_hash_table_contains (who, step->name))
    return true;
  return side > 0 && g_hash_table_contains (way, step->name);
}

int
desk_steps (struct bz_req *req, struct bz_case *c, xmlNode *into)
{
  g_autoptr (GHashTable) who = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) at = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) way = main_way (c);
  xmlNode *steps = xml_add (into, "steps", NULL), *end;
  int now = process_index (c->process, c->step);
  bool over = now < 0;
  const char *tone;
  int rc = last_moves (req, c, who, at);

  for (unsigned i = 0; rc == BZ_OK && i < c->process->steps->len; i++) {
    const struct process_step *step = c->process->steps->pdata[i];
    int side = over || (int) i < now ? -1 : (int) i > now;

    if (!step_is_drawn (step, side, way, who))
      continue;
    add_step (req, c, steps, step, side);
    if (side < 0 && g_hash_table_contains (who, step->name)) {
      xml_set (steps->last, "who", g_hash_table_lookup (who, step->name));
      xml_set (steps->last, "at",
               short_time (req, g_hash_table_lookup (at, step->name)));
    }
  }
  end = xml_add (steps, "s", NULL);
  xml_set (end, "t", over ? case_status (c, &tone) : "办结");
  xml_set (end, "st", case_is_held (c) ? "now" : over ? "done" : "next");
  if (over && c->closed_at != NULL)
    xml_set (end, "at", short_time (req, c->closed_at));
  return rc;
}
