/* Processes: loading them, and what stands in them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/process.h"

#include "data/xml.h"
#include "define/overlay.h"
#include "define/source.h"

static GPtrArray *processes;

static void
step_free (void *data)
{
  struct process_step *s = data;

  g_free (s->name);
  g_free (s->title);
  g_strfreev (s->roles);
  g_strfreev (s->corrects);
  g_free (s->climb);
  expr_free (s->when);
  g_free (s);
}

static void
move_free (void *data)
{
  struct process_move *m = data;

  g_free (m->name);
  g_free (m->from);
  g_free (m->to);
  g_free (m->title);
  g_free (m->by);
  g_free (m->rest);
  g_free (m);
}

static void
process_free (void *data)
{
  struct process *p = data;

  g_free (p->name);
  g_free (p->business);
  g_free (p->title);
  g_ptr_array_unref (p->steps);
  g_ptr_array_unref (p->moves);
  g_free (p);
}

/* -- Loading. */

static bool
is_end (const char *name)
{
  static const char *const ends[] = { "done", "rejected", "cancelled", NULL };

  return g_strv_contains (ends, name);
}

static enum where
where_of (const xmlNode *at)
{
  const char *where = source_attr (at, "where");

  if (strcmp (where, "office") == 0)
    return WHERE_OFFICE;
  if (strcmp (where, "higher") == 0)
    return WHERE_HIGHER;
  return strcmp (where, "parent") == 0 ? WHERE_PARENT : WHERE_OWN;
}

static bool
has_word (const xmlNode *at, const char *attribute, const char *word)
{
  const char *text = source_attr (at, attribute);
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", " ", -1);

  return g_strv_contains ((const char *const *) words, word);
}

/* What only a step of the office, or only another one, can have. */
static bool
may_skip (const struct process_step *s)
{
  return s->skip_filed || s->skip_absent || s->when != NULL;
}

static int
read_when (struct process_step *s, const xmlNode *at, GError **error)
{
  if (xml_attr (at, "when") == NULL)
    return 0;
  s->when = expr_new (source_attr (at, "when"), NULL, error);
  return s->when != NULL ? 0 : source_blame (error, at);
}

static int
check_step (const struct process *p, const struct process_step *s,
            const xmlNode *at, GError **error)
{
  bool office = s->where == WHERE_OFFICE;

  if (office && s->days > 0)
    return source_fail (error, at,
                        "the office's steps share one term; write days= at "
                        "<process> instead of step '%s'",
                        s->name);
  if (!office && (s->desk || s->climb != NULL))
    return source_fail (error, at,
                        "step '%s' is not at the office and has no desk= or "
                        "climb=; remove it",
                        s->name);
  if (s->climb != NULL && p->days == 0)
    return source_fail (error, at,
                        "step '%s' climbs when the term is over, but there is "
                        "none; write days= at <process>",
                        s->name);
  if (!office && s->corrects != NULL)
    return source_fail (error, at,
                        "step '%s' is not at the office, which alone puts "
                        "right what a unit wrote; remove corrects=",
                        s->name);
  if (s->skip_absent && s->where != WHERE_PARENT)
    return source_fail (error, at,
                        "step '%s' is not at the parent, whose people are "
                        "never absent; remove 'absent' from skip=",
                        s->name);
  if (p->steps->len == 1 && may_skip (s))
    return source_fail (error, at,
                        "the first step cannot be skipped; remove "
                        "skip=");
  return 0;
}

static int
add_step (struct process *p, const xmlNode *at, GError **error)
{
  const char *name = source_attr (at, "name");
  struct process_step *s;

  if (is_end (name))
    return source_fail (error, at,
                        "'%s' is the name of an end; choose another "
                        "for this step",
                        name);
  if (strcmp (name, PROCESS_HELD) == 0)
    return source_fail (error, at,
                        "'%s' is where a case waits for the other one of its "
                        "pair; choose another name for this step",
                        name);
  if (process_step (p, name) != NULL)
    return source_fail (error, at, "two steps are named '%s'; rename one",
                        name);
  s = g_new0 (struct process_step, 1);
  g_ptr_array_add (p->steps, s);
  s->name = g_strdup (name);
  s->title = g_strdup (source_attr (at, "title"));
  s->roles = g_strsplit (source_attr (at, "role"), " ", -1);
  if (xml_attr (at, "corrects") != NULL)
    s->corrects = g_strsplit (source_attr (at, "corrects"), " ", -1);
  s->climb = g_strdup (source_attr (at, "climb"));
  s->where = where_of (at);
  s->desk = source_yes (at, "desk");
  s->skip_filed = has_word (at, "skip", "filed");
  s->skip_absent = has_word (at, "skip", "absent");
  s->days = source_int (at, "days", 0);
  if (read_when (s, at, error) < 0)
    return BZ_FAILED;
  return check_step (p, s, at, error);
}

static int
check_rest (const struct process *p, const struct process_move *m,
            const xmlNode *at, GError **error)
{
  if (m->rest == NULL)
    return 0;
  if (strcmp (m->to, "done") != 0)
    return source_fail (error, at,
                        "move '%s' has rest= and does not lead to 'done'; "
                        "only an approval can be for a part",
                        m->name);
  if (process_index (p, m->rest) != 0)
    return source_fail (error, at,
                        "what move '%s' does not approve goes to '%s', which "
                        "is not the first step; correct rest=",
                        m->name, m->rest);
  return 0;
}

/* 上报 has a page of its own before it, with every value. */
static int
check_confirm (const struct process *p, const struct process_move *m,
               const xmlNode *at, GError **error)
{
  if (m->confirm && process_index (p, m->from) == 0
      && process_index (p, m->to) > 0)
    return source_fail (error, at,
                        "move '%s' hands the case in, which has a page of its "
                        "own that asks; remove confirm=",
                        m->name);
  return check_rest (p, m, at, error);
}

static int
check_move (const struct process *p, const struct process_move *m,
            const xmlNode *at, GError **error)
{
  if (process_step (p, m->from) == NULL)
    return source_fail (error, at,
                        "move '%s' comes from '%s', which is no "
                        "step; correct from=",
                        m->name, m->from);
  if (process_step (p, m->to) == NULL && !is_end (m->to))
    return source_fail (error, at,
                        "move '%s' goes to '%s', which is neither "
                        "a step nor an end (done, rejected, cancelled); "
                        "correct to=",
                        m->name, m->to);
  if (m->by != NULL && process_step (p, m->by) == NULL)
    return source_fail (error, at,
                        "move '%s' is made by the people of '%s', "
                        "which is no step; correct by=",
                        m->name, m->by);
  if (process_move (p, m->from, m->name) != NULL)
    return source_fail (error, at,
                        "two moves '%s' lead from '%s'; rename or "
                        "remove one",
                        m->name, m->from);
  return check_confirm (p, m, at, error);
}

static int
add_move (struct process *p, const xmlNode *at, GError **error)
{
  struct process_move *m = g_new0 (struct process_move, 1);

  m->name = g_strdup (source_attr (at, "name"));
  m->from = g_strdup (source_attr (at, "from"));
  m->to = g_strdup (source_attr (at, "to"));
  m->title = g_strdup (source_attr (at, "title"));
  m->by = g_strdup (source_attr (at, "by"));
  m->rest = g_strdup (source_attr (at, "rest"));
  m->opinion = source_yes (at, "opinion");
  m->unchecked = g_strcmp0 (source_attr (at, "check"), "no") == 0;
  m->of = source_attr (at, "higher") == NULL ? MOVE_OF_ALL
        : source_yes (at, "higher")          ? MOVE_OF_UNDER
                                             : MOVE_OF_TOP;
  m->confirm = source_attr (at, "confirm") != NULL ? source_yes (at, "confirm")
                                                   : is_end (m->to);
  if (check_move (p, m, at, error) < 0) {
    move_free (m);
    return BZ_FAILED;
  }
  g_ptr_array_add (p->moves, m);
  return 0;
}

/* Spread over the moves: forwards from REACHED, or backwards from ends. */
static void
spread (const struct process *p, GHashTable *reached, bool backwards)
{
  bool more = true;

  while (more) {
    more = false;
    for (unsigned i = 0; i < p->moves->len; i++) {
      const struct process_move *m = p->moves->pdata[i];
      const char *from = backwards ? m->to : m->from;
      char *to = backwards ? m->from : m->to;

      if (g_hash_table_contains (reached, from) || (backwards && is_end (from)))
        more |= g_hash_table_add (reached, to);
    }
  }
}

static int
check_graph (const struct process *p, const xmlNode *root, GError **error)
{
  g_autoptr (GHashTable) in = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) out = g_hash_table_new (g_str_hash, g_str_equal);
  const xmlNode *at = xml_child (root, "step");

  g_hash_table_add (in, ((struct process_step *) p->steps->pdata[0])->name);
  spread (p, in, false);
  spread (p, out, true);
  for (unsigned i = 0; i < p->steps->len; i++) {
    const struct process_step *s = p->steps->pdata[i];

    if (!g_hash_table_contains (in, s->name))
      return source_fail (error, at,
                          "no move leads to step '%s'; add one or "
                          "remove the step",
                          s->name);
    if (!g_hash_table_contains (out, s->name))
      return source_fail (error, at,
                          "from step '%s' no way leads to an end "
                          "(done, rejected, cancelled); add a move",
                          s->name);
    at = xml_next (at, "step");
  }
  return 0;
}

/* A step that is left out leads to where its own people would lead: to an approval
 * only where a when= says so, never because of who hands in. */
static int
check_skips (const struct process *p, const xmlNode *root, GError **error)
{
  const xmlNode *at = xml_child (root, "step");

  for (unsigned i = 0; i < p->steps->len; i++, at = xml_next (at, "step")) {
    const struct process_step *s = p->steps->pdata[i];

    const struct process_move *on = process_on (p, s);

    if (may_skip (s)
        && (on == NULL
            || (s->when == NULL && process_step (p, on->to) == NULL)))
      return source_fail (error, at,
                          "step '%s' may be skipped, but no move leads from "
                          "it to a later step; add one or remove skip=",
                          s->name);
  }
  return 0;
}

/* Where nobody is above, nobody would ever take the step. */
static int
check_higher (const struct process *p, const xmlNode *root, GError **error)
{
  const xmlNode *at = xml_child (root, "move");

  for (unsigned i = 0; i < p->moves->len; i++, at = xml_next (at, "move")) {
    const struct process_move *m = p->moves->pdata[i];
    const struct process_step *to = process_step (p, m->to);

    if (to != NULL && to->where == WHERE_HIGHER && m->of != MOVE_OF_UNDER
        && process_step (p, m->from)->where != WHERE_HIGHER)
      return source_fail (error, at,
                          "move '%s' leads to step '%s' of the office above, "
                          "which not every office has; write higher=\"yes\", "
                          "and a move with higher=\"no\" for the others",
                          m->name, m->to);
  }
  return 0;
}

static int
build (struct process *p, const xmlNode *root, GError **error)
{
  int rc = 0;

  if (process_find (p->business, p->name, p->version) != NULL)
    return source_fail (error, root,
                        "process '%s' of '%s' has a version %d "
                        "already; raise version=, running cases keep the old "
                        "one",
                        p->name, p->business, p->version);
  for (const xmlNode *n = xml_child (root, "step"); n != NULL && rc == 0;
       n = xml_next (n, "step"))
    rc = add_step (p, n, error);
  for (const xmlNode *n = xml_child (root, "move"); n != NULL && rc == 0;
       n = xml_next (n, "move"))
    rc = add_move (p, n, error);
  if (rc == 0)
    rc = check_graph (p, root, error);
  if (rc == 0)
    rc = check_higher (p, root, error);
  return rc == 0 ? check_skips (p, root, error) : rc;
}

static struct process *
process_new (const xmlNode *root)
{
  struct process *p = g_new0 (struct process, 1);

  p->name = g_strdup (source_attr (root, "name"));
  p->business = g_strdup (source_attr (root, "business"));
  p->title = g_strdup (source_attr (root, "title"));
  p->version = source_int (root, "version", 1);
  p->days = source_int (root, "days", 0);
  p->withdraw_until_passed = g_strcmp0 (source_attr (root, "withdraw"),
                                        "opened")
                          != 0;
  p->steps = g_ptr_array_new_with_free_func (step_free);
  p->moves = g_ptr_array_new_with_free_func (move_free);
  return p;
}

static int
process_add (const xmlNode *root, GError **error)
{
  struct process *p = process_new (root);
  int rc = build (p, root, error);

  if (rc < 0) {
    process_free (p);
    return rc;
  }
  if (processes == NULL)
    processes = g_ptr_array_new_with_free_func (process_free);
  g_ptr_array_add (processes, p);
  return 0;
}

int
process_load (const char *path, const char *pack, GError **error)
{
  xmlDoc *doc = source_load (path, "process", error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (xml_doc_free);
  int rc;

  if (doc == NULL)
    return BZ_FAILED;
  g_ptr_array_add (all, doc);
  rc = overlay_process (doc, all, error);
  for (unsigned i = 0; i < all->len && rc == 0; i++)
    rc = process_add (xmlDocGetRootElement (all->pdata[i]), error);
  return rc;
}

/* -- Looking up. */

const struct process *
process_find (const char *business, const char *name, int version)
{
  const struct process *found = NULL;

  for (unsigned i = 0; processes != NULL && i < processes->len; i++) {
    const struct process *p = processes->pdata[i];

    if (strcmp (p->business, business) != 0 || strcmp (p->name, name) != 0)
      continue;
    if (version == p->version
        || (version == 0 && (found == NULL || p->version > found->version)))
      found = p;
  }
  return found;
}

int
process_declared (const char *business, const char *name)
{
  int newest = 0;

  for (unsigned i = 0; processes != NULL && i < processes->len; i++) {
    const struct process *p = processes->pdata[i];

    if (p->version < OVERLAY_VERSIONS && strcmp (p->business, business) == 0
        && strcmp (p->name, name) == 0)
      newest = MAX (newest, p->version);
  }
  return newest;
}

const struct process_step *
process_step (const struct process *p, const char *name)
{
  for (unsigned i = 0; i < p->steps->len; i++) {
    const struct process_step *s = p->steps->pdata[i];

    if (strcmp (s->name, name) == 0)
      return s;
  }
  return NULL;
}

int
process_index (const struct process *p, const char *name)
{
  for (unsigned i = 0; i < p->steps->len; i++)
    if (strcmp (((struct process_step *) p->steps->pdata[i])->name, name) == 0)
      return (int) i;
  return -1;
}

const struct process_move *
process_move (const struct process *p, const char *step, const char *name)
{
  for (unsigned i = 0; i < p->moves->len; i++) {
    const struct process_move *m = p->moves->pdata[i];

    if (strcmp (m->from, step) == 0 && strcmp (m->name, name) == 0)
      return m;
  }
  return NULL;
}

const struct process_move *
process_whole (const struct process *p, const struct process_move *m)
{
  for (unsigned i = 0; m->rest != NULL && i < p->moves->len; i++) {
    const struct process_move *other = p->moves->pdata[i];

    if (other->rest == NULL && strcmp (other->from, m->from) == 0
        && strcmp (other->to, m->to) == 0)
      return other;
  }
  return m;
}

void
process_foreach (void (*fn) (const struct process *, void *), void *data)
{
  for (unsigned i = 0; processes != NULL && i < processes->len; i++)
    fn (processes->pdata[i], data);
}

void
process_clear (void)
{
  g_clear_pointer (&processes, g_ptr_array_unref);
}

const char **
process_idle (const struct process *p, xmlDoc *facts)
{
  g_autoptr (GPtrArray) idle = g_ptr_array_new ();
  struct eval *eval = eval_new (facts);
  bool any = false;

  for (unsigned i = 0; i < p->steps->len; i++) {
    const struct process_step *s = p->steps->pdata[i];

    any |= s->when != NULL;
    if (!expr_true (s->when, eval, xmlDocGetRootElement (facts), true))
      g_ptr_array_add (idle, s->name);
  }
  eval_free (eval);
  g_ptr_array_add (idle, NULL);
  return any ? (const char **) g_ptr_array_steal (idle, NULL) : NULL;
}
