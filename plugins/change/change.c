/* 人员异动: what cannot be declared - who is meant, the book, the effect.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <glib.h>
#include <stdbool.h>
#include <string.h>
#include "bianzhi/staffing.h"
#include "look.h"

static const char *
get (const struct bz_item *item, const char *field)
{
  const char *value = bz_item_get (item, field);

  return value != NULL ? value : "";
}

/* Who was ticked: all that the register says of them. */
static int
change_prefill (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  static const char kept[]
    = "编制类型、参加工作时间、入编时间等不在异动中变更，"
      "有误的由编办凭文件更正";
  static const char *const closed[] = { "number",          "staffing_type",
                                        "work_start",      "staffing_start",
                                        "unit_entry_date", "entry_mode" };
  int rc = bz_staff_load (req, bz_case_scope (c), item);

  if (rc == 0)
    return bz_mark (req, "name", "该人员已不在本单位在编，请从申请单中删除");
  if (rc < 0)
    return rc;
  bz_item_set (item, "number", bz_item_get (item, "id_number"));
  for (size_t i = 0; i < G_N_ELEMENTS (closed); i++)
    bz_item_close (item, closed[i], kept);
  return BZ_OK;
}

/* -- Facts. */

/* The table of changes; those which an office may leave to its units: the option. */
static const struct {
  const char *type, *own;
} types[] = {
  { "ID", NULL },
  { "NAME", NULL },
  { "SEX", NULL },
  { "POST", NULL },
  { "TITLE", NULL },
  { "NATION", "own_nation" },
  { "BIRTH", NULL },
  { "FUND", NULL },
  { "POLITICS", "own_politics" },
  { "RANK", NULL },
  { "NATIVE", "own_native" },
  { "EDU", "own_edu" },
  { "IDENTITY", NULL },
  { "STRUCT", NULL },
  { "ORGAN", "own_organ" },
  { "WAGE", "own_wage" },
  { "STATUS", NULL },
  { "PHOTO", "own_photo" },
  { "LAW", NULL },
};

static bool
is_photo (size_t type)
{
  return strcmp (types[type].type, "PHOTO") == 0;
}

/* Is FIELD one of those that are changed by the type? */
static bool
type_has (struct bz_req *req, size_t type, const char *field)
{
  const char *names = bz_code_extra (req, "change_type", types[type].type,
                                     "fields");
  g_auto (GStrv) fields = g_strsplit (names != NULL ? names : "", " ", -1);

  return g_strv_contains ((const char *const *) fields, field);
}

static bool
type_changes (struct bz_req *req, const struct bz_item *item, size_t type)
{
  struct bz_item_change d;

  if (is_photo (type))
    return bz_item_paper (req, item, "new_photo") > 0;
  for (size_t n = 0; bz_item_change (req, item, n, &d) > 0; n++)
    if (type_has (req, type, d.field))
      return true;
  return false;
}

/* "姓名更正 1 人，任职变动 2 人": of the whole case, by the table of changes (HY-81). */
static void
add_changing (struct bz_req *req, struct bz_case *c, struct bz_node *facts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (size_t t = 0; t < G_N_ELEMENTS (types); t++) {
    size_t n = 0;

    for (size_t i = 0; i < bz_case_items (c); i++)
      n += type_changes (req, bz_case_item (c, i), t);
    if (n > 0)
      g_string_append_printf (text, "%s%s %zu 人", text->len > 0 ? "，" : "",
                              bz_code_extra (req, "change_type", types[t].type,
                                             "brief"),
                              n);
  }
  if (text->len > 0)
    bz_node_set (bz_node_add (facts, "changing"), "text", text->str);
}

/* May units of the case's office change this by themselves?  1, 0, <0. */
static int
type_is_own (struct bz_req *req, const struct bz_case *c, size_t type)
{
  const char *own = "no";
  int rc = types[type].own != NULL
           ? bz_case_option (req, c, types[type].own, &own)
           : BZ_OK;

  return rc < 0 ? rc : strcmp (own, "yes") == 0;
}

/* The same of all that ITEM changes; what no type has is not theirs. */
static int
item_is_own (struct bz_req *req, const struct bz_case *c,
             const struct bz_item *item)
{
  struct bz_item_change d;
  size_t n = 0, own = 0;
  bool photo = false;

  for (size_t t = 0; t < G_N_ELEMENTS (types); t++) {
    int is = type_is_own (req, c, t);

    if (is < 0)
      return is;
    if (is_photo (t))
      photo = is == 0 && type_changes (req, item, t);
    for (n = 0; bz_item_change (req, item, n, &d) > 0; n++)
      own += is != 0 && type_has (req, t, d.field);
  }
  return own == n && !photo;
}

/* <own/>: nobody has to look at it (A5.3: by the unit itself, or by case). */
static int
add_own (struct bz_req *req, struct bz_case *c, struct bz_node *facts)
{
  int rc = bz_case_items (c) > 0;

  for (size_t i = 0; i < bz_case_items (c) && rc > 0; i++)
    rc = item_is_own (req, c, bz_case_item (c, i));
  if (rc > 0)
    (void) bz_node_add (facts, "own");
  return MIN (rc, BZ_OK);
}

/* <id birth ymd sex sex_name>: what a valid number itself says. */
static void
add_number (struct bz_req *req, const struct bz_item *item,
            struct bz_node *facts)
{
  const char *number = get (item, "id_number");
  struct bz_node *id;
  char birth[11];

  if (bz_idno_check (number, NULL) != BZ_IDNO_OK)
    return;
  bz_idno_birth (number, birth);
  id = bz_node_add (facts, "id");
  bz_node_set (id, "birth", birth);
  bz_node_setf (id, "ymd", "%.4s%.2s%.2s", birth, birth + 5, birth + 8);
  bz_node_set (id, "sex", bz_idno_sex (number));
  bz_node_set (id, "sex_name", bz_code_name (req, "sex", bz_idno_sex (number)));
}

/* <post name quota held mine without/> for each leading post that ITEM takes,
 * <lead name figures mine/> for a class of which the book has none left. */
static int
add_seats (struct bz_req *req, struct bz_case *c, struct bz_item *item,
           struct bz_node *facts)
{
  struct change_look *look;
  struct bz_balance balance;
  int rc = change_look (req, c, item, &look);

  for (const struct change_taking *t = rc < 0 ? NULL : look->takings; t != NULL;
       t = t->next) {
    const struct change_figure *f = t->figure;
    struct bz_node *n;

    if (bz_item_id (t->item) != bz_item_id (item)
        || (f->book != NULL && (strcmp (f->book, "lead") != 0 || !t->lacks)))
      continue;
    n = bz_node_add (facts, f->book != NULL ? "lead" : "post");
    bz_node_set (n, "name", f->title);
    bz_node_setf (n, "mine", "%d", f->taken);
    if (f->book != NULL) {
      rc = bz_quota_balance (req, bz_case_scope (c), "lead", f->code, &balance);
      bz_node_set (n, "name", bz_code_name (req, "leader_class", f->code));
      bz_node_set (n, "figures", bz_balance_text (req, &balance));
      continue;
    }
    bz_node_setf (n, "quota", "%d", f->approved);
    bz_node_setf (n, "held", "%d", f->occupied - (f->taken - f->net));
    bz_node_setf (n, "without", "%d", t->lacks && !t->over ? 1 : 0);
  }
  return MIN (rc, BZ_OK);
}

/* <account/>: 行编科 or 事编科 decides; <own/>: nobody. */
static int
change_facts (struct bz_req *req, struct bz_case *c, struct bz_item *item,
              struct bz_node *facts)
{
  int rc = bz_unit_facts (req, bz_case_scope (c), facts);
  bool moves = false;

  if (rc < 0)
    return rc;
  if (item != NULL) {
    add_number (req, item, facts);
    return add_seats (req, c, item, facts);
  }
  for (size_t i = 0; i < bz_case_items (c); i++)
    moves |= change_moves (req, bz_case_item (c, i));
  if (moves)
    (void) bz_node_add (facts, "account");
  add_changing (req, c, facts);
  return add_own (req, c, facts);
}

/* -- Checks. */

/* One's own number may be put right, nobody else's taken. */
static int
check_number (struct bz_req *req, const struct bz_item *item)
{
  const char *number = get (item, "id_number");
  struct bz_person_found found;
  int rc;

  if (!bz_item_changes (item, "id_number") || *number == '\0')
    return BZ_OK;
  rc = bz_idno_mark (req, "id_number", number);
  if (rc == BZ_OK)
    rc = bz_person_known (req, get (item, "name"), get (item, "sex"), number,
                          &found);
  if (rc < 0 || found.person_id == 0
      || found.person_id == bz_item_subject (item))
    return rc;
  return bz_mark (req, "id_number",
                  "该身份证号已登记在另一人员名下，不能更正为该号码；"
                  "请核对号码，确为同一人的请联系编办办理合并");
}

/* Changes may go side by side; who leaves or is moved otherwise waits. */
static int
check_elsewhere (struct bz_req *req, const struct bz_case *c,
                 const struct bz_item *item)
{
  const char *business;
  int rc = bz_db_value (req, &business, "change.open_elsewhere",
                        BZ_ARGS (BZ_STR (get (item, "number")),
                                 BZ_INT (bz_item_subject (item)),
                                 BZ_INT (bz_case_id (c))));

  if (rc <= 0)
    return rc;
  return bz_mark (req, "name",
                  "该人员在另一张在办的%s申请单中，"
                  "请等其办结，或由上报单位撤回后再办理",
                  strcmp (business, "exit") == 0 ? "人员出编" : "业务");
}

static int
check_room (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  struct change_look *look;
  struct bz_balance balance;
  int rc = change_look (req, c, item, &look), worst = rc;

  for (const struct change_taking *t = rc < 0 ? NULL : look->takings; t != NULL;
       t = t->next) {
    const struct change_figure *f = t->figure;

    if (!t->lacks || f->book == NULL || strcmp (f->book, "lead") == 0
        || bz_item_id (t->item) != bz_item_id (item))
      continue;
    rc = bz_quota_balance (req, bz_case_scope (c), f->book, f->code, &balance);
    if (rc < 0)
      return rc;
    worst = rc == 0
            ? bz_mark (req, f->field,
                       "本单位没有核定%s，请按照批准文件重新选择", f->title)
            : bz_mark (req, f->field,
                       "%s不足：%s，本申请单 %d 人转入，请核减人数或先申请编制",
                       f->title, bz_balance_text (req, &balance), f->taken);
    bz_of_case (req);
  }
  return worst;
}

static int
change_check (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  int rc, worst;

  if (item == NULL)
    return BZ_OK;
  rc = bz_staff_at (req, bz_case_scope (c), bz_item_subject (item));
  if (rc <= 0)
    return rc; /* said by prefill, with which each check begins */
  worst = check_number (req, item);
  if (worst == BZ_OK || worst == BZ_BAD_INPUT)
    rc = check_elsewhere (req, c, item);
  worst = MIN (worst, rc);
  if (worst < 0 && worst != BZ_BAD_INPUT)
    return worst;
  rc = check_room (req, c, item);
  return rc < 0 && rc != BZ_BAD_INPUT ? rc : MIN (worst, rc);
}

/* -- The approval of one person. */

static int
change_effect (struct bz_req *req, struct bz_case *c, struct bz_item *item)
{
  const struct bz_change x = { .unit_id = bz_case_scope (c),
                               .case_id = bz_case_id (c),
                               .date = bz_today (req) };

  return bz_staff_change (req, &x, item);
}

/* -- The reviewer's page. */

static void
add_bars (struct bz_req *req, const struct change_look *look,
          struct bz_node *page)
{
  struct bz_node *quota = bz_node_add (page, "quota");

  bz_node_set (quota, "label", "编制与职数");
  for (const struct change_figure *f = look->figures; f != NULL; f = f->next) {
    struct bz_node *row;

    if (f->net == 0 && f->taken == 0)
      continue;
    row = bz_node_add (quota, "row");
    bz_node_set (row, "t",
                 g_strcmp0 (f->book, "lead") == 0
                   ? bz_format (req, "%s职数",
                                bz_code_name (req, "leader_class", f->code))
                   : f->title);
    bz_node_setf (row, "cap", "%d", f->approved);
    bz_node_setf (row, "have", "%d", f->occupied);
    bz_node_setf (row, "add", "%d", f->net);
    bz_node_setf (row, "left", "%d", f->free - f->net);
  }
}

static void
add_people (struct bz_req *req, struct bz_case *c, struct bz_node *page)
{
  struct bz_node *person = bz_node_add (page, "person");

  bz_node_setf (person, "note", "共 %zu 人", bz_case_items (c));
  for (size_t i = 0; i < bz_case_items (c); i++) {
    struct bz_item *item = bz_case_item (c, i);
    struct bz_node *p = bz_node_add (person, "p");
    struct bz_item_change d;
    size_t n = 0;

    while (bz_item_change (req, item, n, &d) > 0)
      n++;
    bz_node_set (p, "t", get (item, "name"));
    bz_node_setf (p, "item", "%lld", (long long) bz_item_id (item));
    bz_node_text (p, bz_format (req, "变更 %zu 项", n));
  }
}

static int
change_show (struct bz_req *req, struct bz_case *c, const char *view,
             struct bz_node *page)
{
  struct change_look *look;
  int rc;

  if (strcmp (view, "review") != 0)
    return BZ_OK;
  add_people (req, c, page);
  (void) bz_node_add (page, "checks");
  rc = change_look (req, c, NULL, &look);
  if (rc == BZ_OK && look->takings != NULL)
    add_bars (req, look, page);
  return rc;
}

/* The sheet lists what has changed (form 10). */
static int
change_sheet (struct bz_req *req, struct bz_case *c, struct bz_item *item,
              const char *print, struct bz_node *sheet)
{
  return item != NULL ? bz_item_alter (req, c, item, sheet) : BZ_OK;
}

/* -- Its approval is taken back. */

static int
change_undo (struct bz_req *req, struct bz_case *c, struct bz_item *item,
             int64_t by, unsigned how, const char **why)
{
  const struct bz_undo undo = bz_undo_of (c, item, by, how);

  return bz_change_undo (req, &undo, item, why);
}

static const struct bz_business businesses[] = {
  { .name = "change",
    .prefill = change_prefill,
    .facts = change_facts,
    .check = change_check,
    .effect = change_effect,
    .show = change_show,
    .sheet = change_sheet,
    .undo = change_undo },
};
static const char *const needs[] = { "staffing", NULL };
static const struct bz_plugin change = {
  .head = BZ_HEAD,
  .name = "change",
  .version = "0.1",
  .title = "人员异动",
  .needs = needs,
  .businesses = BZ_ROWS (businesses),
};
BZ_EXPORT (change)
