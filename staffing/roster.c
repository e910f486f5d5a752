/* The roster: persons found by unit, name or number.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include "show.h"

/* Up to how many persons are counted; how many units make a scope wide, how
 * many of a name are counted before it is common. */
enum { A_PAGE = 20, COUNTED = 1000, WIDE = 50, COMMON = 20000 };

struct filter {
  const char *text, *type; /* the beginning of a name; a staffing type   */
  const char *number;      /* a whole ID number                          */
  const char *from, *to;   /* between which days the employment ends */
  int64_t unit, gone;
  const char *problem;      /* why there is nothing to list, or NULL */
  bool wide;                /* a scope of many units                   */
  struct local_sought kept; /* what plugins' fields say */
  struct bz_pages pages;
};

/* "480301199803121239" of a typed number, NULL: it is none. */
static const char *
typed_number (struct bz_req *req, const char *text)
{
  g_autofree char *upper = g_ascii_strup (text, -1);

  if (strlen (upper) != 18 || strspn (upper, "0123456789") < 17
      || strchr ("0123456789X", upper[17]) == NULL)
    return NULL;
  return bz_format (req, "%s", upper);
}

/* What anybody may read in an address. */
static struct filter
read_filter (struct bz_req *req)
{
  bool gone = show_param (req, "gone", 0) != 0;
  struct filter f = {
    .type = show_text (req, "type"),
    .from = gone ? "0001-01-01" : "9999-12-31",
    .to = gone ? "9999-12-30" : "9999-12-31",
    .unit = show_param (req, "unit", 0),
    .gone = gone,
  };

  local_sought_read (req, &f.kept);
  bz_pages_read (req, A_PAGE, &f.pages);
  return f;
}

/* Name or number: read from a posted form only. */
static void
read_whom (struct bz_req *req, struct filter *f)
{
  const char *typed = show_text (req, "q"), *now;
  g_autofree char *text = g_strstrip (g_strdup (typed != NULL ? typed : ""));

  if (*text == '\0')
    return;
  f->number = typed_number (req, text);
  if (f->number != NULL
      && bz_db_value (req, &now, "staffing.merged_number",
                      BZ_ARGS (BZ_STR (f->number)))
           > 0)
    f->number = now; /* a record that is a part of this one's now */
  if (f->number == NULL)
    f->text = bz_format (req, "%s", text);
}

static bool
asks_whom (const struct filter *f)
{
  return f->text != NULL || f->number != NULL;
}

static const char *
list_href (struct bz_req *req, const struct filter *f)
{
  return bz_href (req, "/staffing/person/?type=%s&unit=%lld&gone=%lld%s",
                  show_escape (req, f->type), (long long) f->unit,
                  (long long) f->gone, local_sought_href (req, &f->kept));
}

static int
list_query (struct bz_req *req, struct filter *f)
{
  static const char *const types[] = { "11", "12", "21", "22", "31" };
  struct bz_node *query = bz_node_add (bz_page (req), "query");
  struct bz_node *control;
  int rc;

  bz_node_set (query, "action", bz_href (req, "/staffing/person/"));
  bz_node_set (query, "method", "post");
  show_control (query, "q", "姓名或身份证号", "text",
                f->number != NULL ? f->number : f->text);
  rc = unit_choice_put (req, query, f->wide, &f->unit, &f->problem);
  if (rc < 0)
    return rc;
  control = show_control (query, "type", "编制类型", "code", f->type);
  show_option (control, "", "全部", f->type != NULL ? f->type : "");
  for (size_t i = 0; i < G_N_ELEMENTS (types); i++)
    show_option (control, types[i],
                 bz_code_name (req, "staffing_type", types[i]), f->type);
  control = show_control (query, "gone", "范围", "code", NULL);
  show_option (control, "", "在编人员", f->gone ? "1" : "");
  show_option (control, "1", "已出编人员", f->gone ? "1" : "");
  local_sought_query (req, query, &f->kept);
  return BZ_OK;
}

static struct bz_node *
list_row (struct bz_req *req, struct bz_rows *rows, struct bz_node *table)
{
  const char *href = bz_href (req, "/staffing/person/%lld",
                              (long long) bz_db_int (rows, "id"));
  struct bz_node *r = bz_table_row (table, href);

  show_cell (r, bz_db_text (rows, "name"), href);
  show_coded (req, r, "sex", bz_db_text (rows, "sex"));
  show_cell (r, bz_db_text (rows, "id_number"), NULL);
  show_unit (req, r, bz_db_text (rows, "unit_name"),
             bz_db_int (rows, "unit_id"));
  show_coded (req, r, "staffing_type", bz_db_text (rows, "staffing_type"));
  show_coded (req, r, "person_status", bz_db_text (rows, "person_status"));
  show_cell (r, bz_db_text (rows, "duty"), NULL);
  show_cell (r, bz_db_text (rows, "valid_from"), NULL);
  return r;
}

static int
read_width (struct bz_req *req, struct filter *f)
{
  const char *units;
  int rc = bz_db_value (req, &units, "staffing.scope_units",
                        BZ_ARGS (BZ_INT (WIDE)));

  f->wide = rc > 0 && g_ascii_strtoll (units, NULL, 10) >= WIDE;
  return MIN (rc, BZ_OK);
}

/* Is the name so common that a page of them lies near: 1, else 0. */
static int
is_common (struct bz_req *req, const char *text)
{
  const char *walk;
  int rc = bz_db_value (req, &walk, "staffing.name_common",
                        BZ_ARGS (BZ_STR (text), BZ_INT (A_PAGE + 1),
                                 BZ_INT (COMMON)));

  return rc > 0 ? *walk == '1' : rc;
}

static int
is_kept_common (struct bz_req *req, const struct local_sought *s)
{
  const char *walk;
  int rc = bz_db_value (req, &walk, "staffing.kept_common",
                        BZ_ARGS (BZ_STR (s->field[0]), BZ_STR (s->value[0]),
                                 BZ_INT (A_PAGE + 1), BZ_INT (COMMON)));

  return rc > 0 ? *walk == '1' : rc;
}

/* Whether the list is walked along the key until a page is full: 1, else 0. */
static int
is_walked (struct bz_req *req, const struct filter *f)
{
  if (!f->wide || f->number != NULL || f->unit != 0 || f->gone)
    return 0;
  if (f->kept.count > 0)
    return is_kept_common (req, &f->kept);
  return f->text == NULL ? 1 : is_common (req, f->text);
}

#define KEPT(s)                                                                \
  BZ_STR ((s)->field[0]), BZ_STR ((s)->value[0]), BZ_STR ((s)->field[1]),      \
    BZ_STR ((s)->value[1]), BZ_STR ((s)->field[2]), BZ_STR ((s)->value[2])

/* The same, of whom plugins' fields say what is sought. */
static int
open_kept (struct bz_req *req, const struct filter *f, bool walked,
           struct bz_rows **ret)
{
  if (walked)
    return bz_db_open (req, ret,
                       f->pages.up ? "staffing.person_kept_wide_up"
                                   : "staffing.person_kept_wide",
                       BZ_ARGS (KEPT (&f->kept), BZ_STR (f->text),
                                BZ_STR (f->type), BZ_STR (f->from),
                                BZ_STR (f->to), BZ_INT (f->pages.edge),
                                BZ_INT (f->pages.size + 1)));
  return bz_db_open (req, ret,
                     f->pages.up ? "staffing.person_kept_up"
                                 : "staffing.person_kept",
                     BZ_ARGS (KEPT (&f->kept), BZ_STR (f->text),
                              BZ_STR (f->number), BZ_INT (f->unit),
                              BZ_STR (f->type), BZ_STR (f->from),
                              BZ_STR (f->to), BZ_INT (f->pages.edge),
                              BZ_INT (f->pages.size + 1)));
}

/* A scope of many units is walked along the key, a small one or a rare name is
 * looked up.  A page costs the same in a town and in a province. */
static int
open_list (struct bz_req *req, const struct filter *f, struct bz_rows **ret)
{
  int walked = is_walked (req, f);

  if (walked < 0)
    return walked;
  if (f->kept.count > 0)
    return open_kept (req, f, walked == 1, ret);
  if (walked == 1)
    return bz_db_open (req, ret,
                       f->pages.up ? "staffing.person_list_wide_up"
                                   : "staffing.person_list_wide",
                       BZ_ARGS (BZ_STR (f->text), BZ_STR (f->type),
                                BZ_STR (f->from), BZ_STR (f->to),
                                BZ_INT (f->pages.edge),
                                BZ_INT (f->pages.size + 1)));
  return bz_db_open (req, ret,
                     f->pages.up ? "staffing.person_list_up"
                                 : "staffing.person_list",
                     BZ_ARGS (BZ_STR (f->text), BZ_STR (f->number),
                              BZ_INT (f->unit), BZ_STR (f->type),
                              BZ_STR (f->from), BZ_STR (f->to),
                              BZ_INT (f->pages.edge),
                              BZ_INT (f->pages.size + 1)));
}

/* How many there are, unless they are too many to count for a page. */
static int
list_total (struct bz_req *req, const struct filter *f, struct bz_node *pager)
{
  const char *count;
  int rc;

  if (f->kept.count > 0)
    rc = bz_db_value (req, &count, "staffing.person_kept_count",
                      BZ_ARGS (KEPT (&f->kept), BZ_STR (f->text),
                               BZ_STR (f->number), BZ_INT (f->unit),
                               BZ_STR (f->type), BZ_STR (f->from),
                               BZ_STR (f->to), BZ_INT (COUNTED)));
  else if (asks_whom (f))
    rc = bz_db_value (req, &count, "staffing.person_found_count",
                      BZ_ARGS (BZ_STR (f->text), BZ_STR (f->number),
                               BZ_INT (f->unit), BZ_STR (f->type),
                               BZ_STR (f->from), BZ_STR (f->to),
                               BZ_INT (COUNTED)));
  else
    rc = bz_db_value (req, &count, "staffing.person_count",
                      BZ_ARGS (BZ_INT (f->unit), BZ_STR (f->type),
                               BZ_STR (f->from), BZ_STR (f->to),
                               BZ_INT (COUNTED)));
  if (rc > 0 && g_ascii_strtoll (count, NULL, 10) < COUNTED)
    bz_node_set (pager, "total", count);
  return rc < 0 ? rc : BZ_OK;
}

static void
pager_hidden (struct bz_node *pager, const char *name, const char *value)
{
  struct bz_node *hidden = bz_node_add (pager, "hidden");

  bz_node_set (hidden, "n", name);
  bz_node_set (hidden, "v", value);
}

/* The pages of a search for somebody: a form that posts the same again. */
static void
pager_post (struct bz_req *req, const struct filter *f, struct bz_node *pager)
{
  bz_node_set (pager, "action", bz_href (req, "/staffing/person/"));
  pager_hidden (pager, "q", f->number != NULL ? f->number : f->text);
  if (f->type != NULL)
    pager_hidden (pager, "type", f->type);
  if (f->unit > 0)
    pager_hidden (pager, "unit", bz_format (req, "%lld", (long long) f->unit));
  if (f->gone)
    pager_hidden (pager, "gone", "1");
  for (unsigned i = 0; i < f->kept.count; i++)
    pager_hidden (pager, f->kept.field[i], f->kept.value[i]);
}

static int
list_fill (struct bz_req *req, struct filter *f, struct bz_node *table)
{
  g_autoptr (GArray) persons = g_array_new (FALSE, FALSE, sizeof (int64_t));
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();
  struct bz_rows *rows;
  int rc = open_list (req, f, &rows);

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    int64_t id = bz_db_int (rows, "id");

    if (bz_pages_row (&f->pages, bz_db_int (rows, "employment_id")) == 0)
      continue;
    g_ptr_array_add (shown, list_row (req, rows, table));
    g_array_append_val (persons, id);
  }
  return rc < 0 ? rc : local_cells (req, persons, shown);
}

static int
list_rows (struct bz_req *req, struct filter *f, struct bz_node *table)
{
  struct bz_node *pager;
  int rc = list_fill (req, f, table);

  if (rc < 0)
    return rc;
  if (f->pages.size == BZ_AS_ROWS) {
    show_cut (&f->pages, table,
              "人数太多，没有全部列出，请按单位或者编制类型分别打印、导出");
    return BZ_OK;
  }
  pager = bz_pages_end (req, &f->pages, table,
                        asks_whom (f) ? NULL : list_href (req, f));
  if (asks_whom (f))
    pager_post (req, f, pager);
  return list_total (req, f, pager);
}

static int
list_page (struct bz_req *req, struct filter *f)
{
  static const char *const columns[] = { "姓名", "性别",          "身份证号",
                                         "单位", "编制类型",      "人员状态",
                                         "职务", "本单位入编时间" };
  const char *empty = "没有符合条件的人员，请更换查询条件";
  struct bz_node *table;
  int rc;

  bz_title (req, "人员信息");
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "人员信息", NULL);
  rc = read_width (req, f);
  if (rc < 0 || (rc = list_query (req, f)) < 0)
    return rc;
  /* Who is looked for by name is not put into an address. */
  if (f->problem == NULL && !asks_whom (f)
      && bz_offer_tables (req, list_href (req, f)) != BZ_AS_PAGE)
    bz_pages_read (req, BZ_AS_ROWS, &f->pages);
  table = bz_table (bz_page (req), "persons", "人员",
                    f->problem != NULL ? f->problem : empty, columns,
                    G_N_ELEMENTS (columns));
  local_columns (table);
  return f->problem != NULL ? BZ_OK : list_rows (req, f, table);
}

/* GET /staffing/person/: never by name or number, whatever the address says. */
int
person_list (struct bz_req *req)
{
  struct filter f = read_filter (req);

  return list_page (req, &f);
}

/* POST /staffing/person/: the same page for a search; it changes nothing. */
int
person_search (struct bz_req *req)
{
  struct filter f = read_filter (req);

  read_whom (req, &f);
  if (f.number != NULL) /* to know that a number exists is to know somebody */
    bz_audit_read (req, "person.lookup", "person", 0);
  return list_page (req, &f);
}
