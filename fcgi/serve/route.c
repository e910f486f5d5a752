/* From method and path to the row that serves them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "serve/route.h"
#include "define/form.h"
#include "people/perm.h"
#include "serve/req.h"
#include "show/view.h"

/* A route with its path cut at the slashes; "{id}" is kept as it stands. */
struct entry {
  struct route route;
  char **segments;
  unsigned n;
};

static GPtrArray *entries; /* struct entry; filled before the fork */

G_DEFINE_QUARK (bz - route - error, route_error)

static void
entry_free (void *p)
{
  struct entry *e = p;

  g_strfreev (e->segments);
  g_free (e);
}

static bool
is_name (const char *segment)
{
  return *segment == '{';
}

static bool
segment_ok (const char *segment, bool last)
{
  size_t length = strlen (segment);

  if (length == 0)
    return last; /* "/entry/" */
  if (is_name (segment)) {
    if (length < 3 || segment[length - 1] != '}')
      return false;
    for (size_t i = 1; i < length - 1; i++)
      if (!g_ascii_islower (segment[i]) && segment[i] != '_')
        return false;
    return true;
  }
  for (size_t i = 0; i < length; i++)
    if (!g_ascii_isalnum (segment[i]) && strchr ("-_.", segment[i]) == NULL)
      return false;
  return segment[0] != '.';
}

static int
refuse (GError **error, const struct bz_route *row, const char *pack,
        const char *why)
{
  g_set_error (error, route_error_quark (), 0, "route %s %s of %s: %s",
               row->method != NULL ? row->method : "(no method)",
               row->path != NULL ? row->path : "(no path)", pack, why);
  return BZ_FAILED;
}

/* What is wrong with the row by itself; NULL: nothing. */
static const char *
row_fault (const struct bz_route *row, const char *pack)
{
  g_autofree char *own = g_strdup_printf ("/%s/", pack);
  g_auto (GStrv) segments = NULL;

  if (row->method == NULL
      || (!g_str_equal (row->method, "GET")
          && !g_str_equal (row->method, "POST")))
    return "the method is GET or POST";
  if (row->path == NULL || *row->path != '/')
    return "the path begins with a slash";
  if (row->permission == NULL || *row->permission == '\0')
    return "it has no permission; \"public\" opens it to all, \"session\" to "
           "all who are logged in";
  if (row->handle == NULL)
    return "it has no handler";
  if (g_str_equal (row->permission, "local") && !g_str_equal (pack, "bz"))
    return "only routes of the platform are \"local\"";
  if (!g_str_equal (pack, "bz") && !g_str_has_prefix (row->path, own))
    return "a plugin's paths begin with its name";
  segments = g_strsplit (row->path + 1, "/", -1);
  for (char **s = segments; *s != NULL; s++)
    if (!segment_ok (*s, s[1] == NULL))
      return "a segment is letters, digits, - _ . or {name}";
  return NULL;
}

/* Would the two serve the same requests? */
static bool
same_shape (const struct entry *a, char *const *segments, unsigned n)
{
  if (a->n != n)
    return false;
  for (unsigned i = 0; i < n; i++) {
    bool name = is_name (a->segments[i]);

    if (name != is_name (segments[i])
        || (!name && !g_str_equal (a->segments[i], segments[i])))
      return false;
  }
  return true;
}

int
route_add (const struct bz_route *row, const char *pack,
           const struct business *business, GError **error)
{
  const char *fault = row_fault (row, pack);
  struct entry *e;

  if (fault != NULL)
    return refuse (error, row, pack, fault);
  if (entries == NULL)
    entries = g_ptr_array_new_with_free_func (entry_free);
  e = g_new0 (struct entry, 1);
  *e = (struct entry){
    .route = { .row = *row,
               .pack = pack,
               .business = business,
               .number = entries->len },
    .segments = g_strsplit (row->path + 1, "/", -1),
  };
  e->n = g_strv_length (e->segments);
  for (unsigned i = 0; i < entries->len; i++) {
    const struct entry *other = entries->pdata[i];

    if (g_str_equal (other->route.row.method, row->method)
        && same_shape (other, e->segments, e->n)) {
      entry_free (e);
      return refuse (error, row, pack, "another route serves this path");
    }
  }
  g_ptr_array_add (entries, e);
  return BZ_OK;
}

int
route_check (GError **error)
{
  for (unsigned i = 0; entries != NULL && i < entries->len; i++) {
    const struct route *r = &((struct entry *) entries->pdata[i])->route;
    const struct bz_route *row = &r->row;

    if (!g_str_equal (row->permission, "public")
        && !g_str_equal (row->permission, "session")
        && !perm_known (row->permission))
      return refuse (error, row, r->pack,
                     "no role grants its permission; see roles.xml");
    if (row->view != NULL && !view_exists (row->view))
      return refuse (error, row, r->pack, "its view does not exist");
    if (row->form != NULL && form_find (row->form) == NULL)
      return refuse (error, row, r->pack, "its form does not exist");
  }
  return BZ_OK;
}

static bool
entry_matches (const struct entry *e, char *const *segments, unsigned n)
{
  if (e->n != n)
    return false;
  for (unsigned i = 0; i < n; i++)
    if (is_name (e->segments[i]) ? *segments[i] == '\0'
                                 : !g_str_equal (e->segments[i], segments[i]))
      return false;
  return true;
}

/* A fixed word wins over a {name}, from the left: /entry/new is not case
 * "new". */
static bool
entry_better (const struct entry *a, const struct entry *b)
{
  for (unsigned i = 0; b != NULL && i < a->n; i++)
    if (is_name (a->segments[i]) != is_name (b->segments[i]))
      return is_name (b->segments[i]);
  return b == NULL;
}

/* The best entry for METHOD; *OTHER: the path is served by another method. */
static const struct entry *
entry_find (const char *method, char *const *segments, bool *other)
{
  const struct entry *best = NULL;
  unsigned n = g_strv_length ((char **) segments);

  *other = false;
  for (unsigned i = 0; entries != NULL && i < entries->len; i++) {
    const struct entry *e = entries->pdata[i];

    if (!entry_matches (e, segments, n))
      continue;
    if (!g_str_equal (e->route.row.method, method))
      *other = true;
    else if (entry_better (e, best))
      best = e;
  }
  return best;
}

const struct route *
route_lookup (const char *method, const char *path)
{
  g_auto (GStrv) segments = NULL;
  const struct entry *e;
  bool other;

  if (*path != '/')
    return NULL;
  segments = g_strsplit (path + 1, "/", -1);
  e = entry_find (method, segments, &other);
  return e != NULL ? &e->route : NULL;
}

/* The {names} come before what query and body say, so that nobody can put
 * another id over the one in the path. */
static void
names_add (struct bz_req *req, const struct entry *e, char *const *segments)
{
  unsigned at = 0;

  for (unsigned i = 0; i < e->n; i++) {
    const char *name = e->segments[i];
    struct param p;

    if (!is_name (name))
      continue;
    p.name = req_strndup (req, name + 1, strlen (name) - 2);
    p.value = req_strdup (req, segments[i]);
    g_array_insert_val (req->params, at, p);
    at++;
  }
  req->first_body += at;
}

int
route_find (struct bz_req *req)
{
  g_auto (GStrv) segments = NULL;
  const struct entry *e;
  bool other;

  if (*req->path != '/')
    return BZ_NOT_FOUND;
  segments = g_strsplit (req->path + 1, "/", -1);
  e = entry_find (req->method, segments, &other);
  if (e == NULL) {
    if (other)
      req->http_status = 405;
    return BZ_NOT_FOUND;
  }
  names_add (req, e, segments);
  req->route = &e->route;
  return BZ_OK;
}

static const char *
or_dash (const char *text)
{
  return text != NULL ? text : "-";
}

void
route_print (FILE *to)
{
  for (unsigned i = 0; entries != NULL && i < entries->len; i++) {
    const struct route *r = &((struct entry *) entries->pdata[i])->route;

    (void) fprintf (to, "%-4s %-40s %-20s %-16s %-16s %s\n", r->row.method,
                    r->row.path, r->row.permission, or_dash (r->row.form),
                    or_dash (r->row.view), r->pack);
  }
}

bool
route_is_local (const struct route *route)
{
  return route != NULL && g_str_equal (route->row.permission, "local");
}

unsigned
route_count (void)
{
  return entries != NULL ? entries->len : 0;
}

const struct route *
route_at (unsigned number)
{
  return number < route_count ()
         ? &((struct entry *) entries->pdata[number])->route
         : NULL;
}

void
route_foreach (void (*fn) (const struct route *, void *), void *state)
{
  for (unsigned i = 0; entries != NULL && i < entries->len; i++)
    fn (&((struct entry *) entries->pdata[i])->route, state);
}

void
route_clear (void)
{
  g_clear_pointer (&entries, g_ptr_array_unref);
}
