/* Files that came with a form, on their way to be papers.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "work/arrival.h"

#include <string.h>
#include <unistd.h>

#include "data/xml.h"
#include "serve/conf.h"
#include "work/hold.h"
#include "work/paper.h"
#include "work/shut.h"

struct one {
  const char *kind, *name;
  uint8_t sha256[32];
  bool single; /* takes the place of what is there */
  bool held;   /* it was kept, as KEPT             */
  uint8_t kept[32];
};
/* Files above the number of one paper. */
struct over {
  const struct form_paper *paper;
  GString *names; /* of the first of them */
  unsigned n;
};
enum { OVER_NAMED = 3 };

struct arrival {
  GArray *all;  /* struct one                     */
  GArray *over; /* struct over, while it is read  */
};

static void
over_clear (void *data)
{
  struct over *o = data;

  g_string_free (o->names, TRUE);
}

static void
arrival_free (void *data)
{
  struct arrival *a = data;

  g_array_unref (a->all);
  g_array_unref (a->over);
  g_free (a);
}

static struct arrival *
arrival_new (struct bz_req *req)
{
  struct arrival *a = g_new0 (struct arrival, 1);

  a->all = g_array_new (FALSE, TRUE, sizeof (struct one));
  a->over = g_array_new (FALSE, TRUE, sizeof (struct over));
  g_array_set_clear_func (a->over, over_clear);
  req_own (req, a, arrival_free);
  return a;
}

static const struct form_paper *
known (const GArray *papers, const char *kind)
{
  for (unsigned i = 0; i < papers->len; i++) {
    const struct form_paper *p = &g_array_index (papers, struct form_paper, i);

    if (strcmp (p->id, kind) == 0)
      return p;
  }
  return NULL;
}

/* "paper.KIND" of a paper that the form knows; NULL else. */
static const struct form_paper *
paper_for (const struct upload *u, const GArray *papers)
{
  static const char prefix[] = "paper.";

  return u->field != NULL && g_str_has_prefix (u->field, prefix)
         ? known (papers, u->field + strlen (prefix))
         : NULL;
}

/* How many of KIND are there. */
static int
count_there (const struct bz_case *c, int64_t item_id, const char *kind)
{
  const GPtrArray *there = case_papers_of (c, item_id);
  int n = 0;

  for (unsigned i = 0; there != NULL && i < there->len; i++)
    n += g_strcmp0 (xml_child_text (there->pdata[i], "kind"), kind) == 0;
  return n;
}

/* And how many with those that come. */
static int
count_with (const struct bz_case *c, int64_t item_id, const struct arrival *a,
            const char *kind)
{
  int n = count_there (c, item_id, kind);

  for (unsigned i = 0; i < a->all->len; i++)
    n += strcmp (g_array_index (a->all, struct one, i).kind, kind) == 0;
  return n;
}

/* Does it fit?  Else it is named with the others that do not, at the end. */
static int
check_count (struct bz_req *req, struct bz_case *c, int64_t item_id,
             const struct arrival *a, const struct form_paper *p,
             const char *name)
{
  struct over *o = NULL;

  if (p->photo || count_with (c, item_id, a, p->id) < req->conf->paper_files)
    return BZ_OK;
  for (unsigned i = 0; i < a->over->len && o == NULL; i++)
    if (g_array_index (a->over, struct over, i).paper == p)
      o = &g_array_index (a->over, struct over, i);
  if (o == NULL) {
    struct over new = { .paper = p, .names = g_string_new (NULL) };

    g_array_append_val (a->over, new);
    o = &g_array_index (a->over, struct over, a->over->len - 1);
  }
  if (o->n++ < OVER_NAMED)
    g_string_append_printf (o->names, "%s“%s”", o->n > 1 ? "、" : "",
                            paper_label (req, name));
  return BZ_BAD_INPUT;
}

/* Too many scans of one paper are pages of a document; said once. */
static void
say_over (struct bz_req *req, const struct arrival *a)
{
  for (unsigned i = 0; i < a->over->len; i++) {
    const struct over *o = &g_array_index (a->over, struct over, i);
    const char *more = o->n > OVER_NAMED ? bz_format (req, "等 %u 个文件", o->n)
                                         : "";

    (void) bz_mark (req, bz_format (req, "paper.%s", o->paper->id),
                    "%s最多 %d 个文件，%s%s没有收下；"
                    "请把多页合并扫描为一个 PDF 后上传",
                    o->paper->title, req->conf->paper_files, o->names->str,
                    more);
  }
}

static int
read_one (struct bz_req *req, const struct upload *u,
          const struct form_paper *p, struct one *one)
{
  int rc;

  if (p->photo)
    return paper_photo (req, u, u->field, one->sha256, &one->name);
  rc = paper_bytes (req, u, u->field, &one->name);
  memcpy (one->sha256, u->sha256, sizeof one->sha256);
  return rc;
}

/* Whether one more file of P may come, whatever is in it. */
static int
may_come (struct bz_req *req, struct bz_case *c, int64_t item_id,
          const struct arrival *a, const struct form_paper *p, const char *name)
{
  if (shut_paper (c, item_id, p->id, count_there (c, item_id, p->id) > 0))
    return shut_refuse (req, c, "这份附件");
  return check_count (req, c, item_id, a, p, name);
}

/* Wherever it comes from, it passes the same gate. */
static int
take_one (struct bz_req *req, const struct upload *u,
          const struct form_paper *p, bool held, struct arrival *a)
{
  struct one one = { .kind = p->id, .single = p->photo, .held = held };
  int rc = read_one (req, u, p, &one);

  if (rc < 0)
    return rc;
  memcpy (one.kept, u->sha256, sizeof one.kept);
  g_array_append_val (a->all, one);
  return BZ_OK;
}

/* Has the form brought this kept file already? */
static bool
came_before (const struct arrival *a, const char *kind, const uint8_t kept[32])
{
  for (unsigned i = 0; i < a->all->len; i++) {
    const struct one *one = &g_array_index (a->all, struct one, i);

    if (one->held && strcmp (one->kind, kind) == 0
        && memcmp (one->kept, kept, sizeof one->kept) == 0)
      return true;
  }
  return false;
}

/* What was kept as REFERENCE.  1: it came before, and is one file.  Its bytes
 * are looked at only when it may come, and one file's at a time: a small form
 * can name a large file often. */
static int
take_held (struct bz_req *req, struct bz_case *c, int64_t item_id,
           const struct form_paper *p, const char *reference, struct arrival *a)
{
  const char *field = bz_format (req, "paper.%s", p->id);
  struct upload u;
  int rc = hold_find (req, reference, field, &u);

  if (rc == BZ_OK && came_before (a, p->id, u.sha256))
    return 1;
  if (rc == BZ_OK)
    rc = may_come (req, c, item_id, a, p, u.name);
  if (rc == BZ_OK)
    rc = hold_open (req, &u);
  if (rc < 0)
    return rc;
  rc = take_one (req, &u, p, true, a);
  (void) close (u.fd);
  return rc;
}

/* Files of P that came with this form before: the session had ended, or
 * something had to be put right. */
static int
read_held_of (struct bz_req *req, struct bz_case *c, int64_t item_id,
              const struct form_paper *p, struct arrival *a)
{
  const char *name = bz_format (req, "held.paper.%s", p->id);

  for (unsigned i = req->first_body; i < req->params->len; i++) {
    struct param *h = &g_array_index (req->params, struct param, i);
    int rc;

    if (strcmp (h->name, name) != 0 || *h->value == '\0')
      continue;
    rc = take_held (req, c, item_id, p, h->value, a);
    if (rc < 0 && rc != BZ_BAD_INPUT)
      return rc;
    h->refused = rc != BZ_OK;
  }
  return BZ_OK;
}

static int
read_held (struct bz_req *req, struct bz_case *c, int64_t item_id,
           const GArray *papers, struct arrival *a)
{
  int rc = BZ_OK;

  for (unsigned i = 0; rc == BZ_OK && i < papers->len; i++)
    rc = read_held_of (req, c, item_id,
                       &g_array_index (papers, struct form_paper, i), a);
  return rc;
}

static int
read_files (struct bz_req *req, struct bz_case *c, int64_t item_id,
            const GArray *papers, struct arrival *a)
{
  for (unsigned i = 0; i < req->uploads->len; i++) {
    struct upload *u = &g_array_index (req->uploads, struct upload, i);
    const struct form_paper *p = paper_for (u, papers);
    int rc;

    if (u->size == 0 && (u->name == NULL || *u->name == '\0'))
      continue; /* a control that was left empty */
    if (p == NULL)
      return bz_fail (req, BZ_CONFLICT,
                      "这张申请单现在不需要这份附件，"
                      "请重新打开申请单后上传");
    rc = may_come (req, c, item_id, a, p, u->name);
    if (rc == BZ_OK)
      rc = take_one (req, u, p, false, a);
    if (rc < 0 && rc != BZ_BAD_INPUT)
      return rc;
    u->refused = rc < 0;
  }
  return BZ_OK;
}

int
arrival_read (struct bz_req *req, struct bz_case *c, struct bz_item *item,
              struct arrival **ret)
{
  struct arrival *a = arrival_new (req);
  g_autoptr (GArray) papers = NULL;
  unsigned before = req->marks->len;
  xmlDoc *facts, *there;
  int rc = case_papers (req, c, &there);

  if (rc == BZ_OK)
    rc = case_facts (req, c, item, &facts);
  if (rc < 0)
    return rc;
  papers = form_papers (item != NULL ? c->business->item : c->business->head,
                        facts);
  xmlFreeDoc (facts);
  rc = read_held (req, c, item != NULL ? item->id : 0, papers, a);
  if (rc == BZ_OK)
    rc = read_files (req, c, item != NULL ? item->id : 0, papers, a);
  if (rc < 0)
    return rc;
  say_over (req, a);
  *ret = a;
  for (unsigned i = before; i < req->marks->len; i++)
    if (!g_array_index (req->marks, struct mark, i).warn)
      return BZ_BAD_INPUT;
  return (int) a->all->len;
}

void
arrival_expect (const struct arrival *a, struct bz_item *item)
{
  for (unsigned i = 0; i < a->all->len; i++)
    g_ptr_array_add (item->coming,
                     g_strdup (g_array_index (a->all, struct one, i).kind));
}

/* What is there of KIND goes, for another takes its place.  What the case was
 * read with, each by its number: to look for it once more would lock the place
 * behind the last paper of all, where those of other new cases go. */
static int
make_room (struct bz_req *req, const struct bz_case *c, int64_t item_id,
           const char *kind)
{
  const GPtrArray *there = case_papers_of (c, item_id);
  int rc = BZ_OK;

  for (unsigned i = 0; rc == BZ_OK && there != NULL && i < there->len; i++)
    if (g_strcmp0 (xml_child_text (there->pdata[i], "kind"), kind) == 0)
      rc = paper_remove (req, c->id, paper_id (there->pdata[i]));
  return rc;
}

/* Does another one of the form take the place of the one at AT? */
static bool
is_followed (const struct arrival *a, unsigned at)
{
  const struct one *one = &g_array_index (a->all, struct one, at);

  for (unsigned i = at + 1; one->single && i < a->all->len; i++)
    if (strcmp (g_array_index (a->all, struct one, i).kind, one->kind) == 0)
      return true;
  return false;
}

static int
attach_one (struct bz_req *req, const struct bz_case *c, int64_t item_id,
            const struct arrival *a, unsigned at)
{
  const struct one *one = &g_array_index (a->all, struct one, at);
  int rc = BZ_OK;

  if (!is_followed (a, at)) {
    if (one->single)
      rc = make_room (req, c, item_id, one->kind);
    if (rc == BZ_OK)
      rc = paper_attach (req, c->id, item_id, one->kind, one->sha256,
                         one->name);
  }
  return rc >= 0 && one->held ? hold_drop (req, one->kept) : rc;
}

int
arrival_attach (struct bz_req *req, struct bz_case *c, struct bz_item *item,
                const struct arrival *a)
{
  xmlDoc *there;
  int rc = case_papers (req, c, &there);

  for (unsigned i = 0; rc >= 0 && i < a->all->len; i++)
    rc = attach_one (req, c, item != NULL ? item->id : 0, a, i);
  case_papers_drop (c);
  return rc;
}
