/* Forms: checking values, all marks at once.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "define/form-def.h"

#include "data/xml.h"
#include "define/date.h"

enum { TEXT_MAX = 200, INT_DIGITS = 9 };

/* One place of a form: a field, alone or in a row. */
struct spot {
  const struct form_field *f;
  xmlNode *values, *at; /* the parents of its element                 */
  char *name;           /* "birth_date", "duty.2.post"                */
  char *title; /* 出生日期, 任行政职务情况第 2 行的职务      */
  enum form_depth depth;
};

static void
stop (struct sight *s, const char *name, char *text)
{
  (void) bz_mark (s->req, name, "%s", text);
  s->stops++;
  g_free (text);
}

static bool
is_marked (const struct sight *s, const char *name)
{
  for (unsigned i = 0; i < s->req->marks->len; i++) {
    const struct mark *m = &g_array_index (s->req->marks, struct mark, i);

    if (!m->warn && name != NULL && g_strcmp0 (m->field, name) == 0)
      return true;
  }
  return false;
}

/* -- One value. */

static char *
missing (struct sight *s, const struct spot *p)
{
  static const char *const verb[]
    = { [FIELD_CODE] = "选择", [FIELD_CHECK] = "勾选" };
  enum field_type type = p->f->type;

  if (p->f->missing != NULL)
    return pattern_text (p->f->missing, s->eval, p->at);
  return g_strdup_printf ("请%s%s",
                          type < G_N_ELEMENTS (verb) && verb[type] != NULL
                            ? verb[type]
                            : "填写",
                          p->title);
}

static char *
wrong_date (const struct spot *p, const char *value)
{
  bool month_will_do = p->f->type == FIELD_MONTH;
  char buf[11];

  switch (date_read (value, buf)) {
  case DATE_DAY:
    return NULL;
  case DATE_MONTH:
    return month_will_do
           ? NULL
           : g_strdup_printf ("%s只有年月，请填写到日，例如 2026-03-15",
                              p->title);
  case DATE_IMPOSSIBLE:
    return g_strdup_printf ("%s的日期不存在，请核对年、月、日", p->title);
  case DATE_FAR:
    return g_strdup_printf ("%s的年份应在 1900 至 2100 之间，请核对", p->title);
  default:
    return g_strdup_printf ("%s不是日期，请按 %s 的格式填写", p->title,
                            month_will_do ? "2026-03" : "2026-03-15");
  }
}

static char *
wrong_int (const struct spot *p, const char *value)
{
  const char *digits = *value == '-' ? value + 1 : value;
  size_t n = strspn (digits, "0123456789");

  if (n > 0 && n <= INT_DIGITS && digits[n] == '\0')
    return NULL;
  return g_strdup_printf ("%s应为整数，请只填数字，不超过 %d 位", p->title,
                          INT_DIGITS);
}

static char *
wrong_idno (const struct spot *p, const char *value)
{
  size_t n = strspn (value, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ()-");

  if (value[n] == '\0' && n >= 6 && n <= 24)
    return NULL;
  return g_strdup_printf ("%s只能由数字和字母组成，请按证件填写", p->title);
}

static char *
wrong_length (const struct spot *p, const char *value)
{
  glong max = p->f->dict->max > 0 ? p->f->dict->max : TEXT_MAX;
  glong n = g_utf8_strlen (value, -1);

  if (n <= max)
    return NULL;
  return g_strdup_printf ("%s不能超过 %ld 个字，现有 %ld 个字，请缩短",
                          p->title, max, n);
}

/* A code of a table that nothing filters is looked up; long tables are not
 * made into options for that. */
static bool
plain_code (const struct form_field *f, const char *value)
{
  const struct code *code = code_find (f->dict->codes, value);

  return code != NULL && !code_is_group (code_table (f->dict->codes), code);
}

/* VALUE is not among what may be chosen: is it known at all, and why not? */
static char *
barred (struct sight *s, const struct spot *p, const char *value, bool filter)
{
  const xmlNode *node = xml_child (p->values, p->f->dict->name);
  g_autofree char *shown = value_shown (p->f, node);

  if (!filter || p->f->only == NULL || strcmp (shown, value) == 0)
    return g_strdup_printf ("%s的选项无效，请重新选择", p->title);
  if (p->f->barred != NULL)
    return pattern_text (p->f->barred, s->eval, p->at);
  return g_strdup_printf ("%s“%s”不在可选范围，请重新选择", p->title, shown);
}

/* A code must be among the options; what it is called is kept beside it when
 * no code table knows it. */
static char *
wrong_code (struct sight *s, const struct spot *p, const char *value)
{
  bool computed = p->f->lock.value != NULL
               && lock_holds (&p->f->lock, s, p->at);
  bool filter = p->depth > FORM_KEEP && !computed;
  const struct option *o;
  GPtrArray *all;
  char *wrong = NULL;

  if (p->f->options == NULL && (p->f->only == NULL || !filter))
    return plain_code (p->f, value)
           ? NULL
           : g_strdup_printf ("%s的选项无效，请重新选择", p->title);
  all = p->f->tree ? tree_options (s->req, p->f, value)
                   : option_list (s, p->f, p->at, filter, value);
  if (all == NULL)
    return g_strdup_printf ("%s的选项暂时无法读取，请稍后再试", p->title);
  o = option_find (all, value);
  if (o == NULL)
    wrong = barred (s, p, value, filter);
  else if (p->f->options != NULL) {
    xml_set (xml_child (p->values, p->f->dict->name), "name", o->name);
    facts_put (p->at, p->f, value, o->name);
  }
  g_ptr_array_unref (all);
  return wrong;
}

/* A draft keeps half a number and a date that is none: they are put right
 * later. */
static bool
may_be_unfinished (const struct form_field *f)
{
  return f->type == FIELD_DATE || f->type == FIELD_MONTH || f->type == FIELD_INT
      || f->type == FIELD_IDNO;
}

static char *
wrong_value (struct sight *s, const struct spot *p, const char *value)
{
  if (p->depth == FORM_DRAFT && may_be_unfinished (p->f))
    return wrong_length (p, value);
  switch (p->f->type) {
  case FIELD_DATE:
  case FIELD_MONTH:
    return wrong_date (p, value);
  case FIELD_INT:
    return wrong_int (p, value);
  case FIELD_IDNO:
    return wrong_idno (p, value);
  case FIELD_CODE:
    return wrong_code (s, p, value);
  case FIELD_CHECK:
    return NULL;
  default:
    if (strstr (value, "\xef\xbf\xbd") != NULL)
      return g_strdup_printf ("%s含有无法识别的字符，请重新输入", p->title);
    return wrong_length (p, value);
  }
}

static void
check_spot (struct sight *s, struct spot *p)
{
  g_autofree char *value = g_strdup (value_of (p->values, p->f->dict->name));
  char *wrong = NULL;

  if (!form_touched (s->form, s->values, p->name))
    ; /* as the register has it */
  else if (*value != '\0')
    wrong = wrong_value (s, p, value);
  else if (p->depth > FORM_KEEP && !lock_holds (&p->f->lock, s, p->at)
           && expr_demands (p->f->required, s->eval, p->at))
    wrong = missing (s, p);
  if (wrong != NULL)
    stop (s, p->name, wrong);
  g_free (p->name);
  g_free (p->title);
}

/* -- Settling: computed values, closed fields, blank rows. */

/* WHOLE: its own name, or that of its list. */
static void
settle_field (struct sight *s, const struct form_field *f, const char *whole,
              xmlNode *values, xmlNode *at)
{
  const char *name = f->dict->name;
  g_autofree char *value = NULL;

  if (!lock_holds (&f->lock, s, at)
      || !form_touched (s->form, s->values, whole))
    return;
  if (f->lock.value != NULL)
    value = expr_text (f->lock.value, s->eval, at);
  else if (lock_is_local (&f->lock))
    return; /* form_read has done it, or a hook closed it */
  if (value != NULL && strcmp (value, value_of (values, name)) == 0)
    return;
  facts_drop (values, name);
  facts_put (at, f, value, NULL);
  if (value != NULL && *value != '\0')
    xml_add (values, name, value);
}

static bool
is_blank (struct sight *s, const struct form_part *part, const xmlNode *row,
          xmlNode *at)
{
  for (unsigned i = 0; i < part->fields->len; i++) {
    const struct form_field *f = part->fields->pdata[i];
    const char *value = value_of (row, f->dict->name);
    g_autofree char *initial = f->initial != NULL
                               ? expr_text (f->initial, s->eval, at)
                               : NULL;

    if (*value != '\0' && f->lock.value == NULL
        && g_strcmp0 (value, initial) != 0)
      return false;
  }
  return true;
}

static void
unlink_row (xmlNode *row)
{
  xmlUnlinkNode (row);
  xmlFreeNode (row);
}

static void
count_rows (struct sight *s, const struct form_part *part)
{
  xmlNode *list = xml_child (s->at, part->name);
  g_autofree char *text = NULL;
  int n = 0;

  while (row_at (s->at, part->name, n + 1) != NULL)
    n++;
  text = g_strdup_printf ("%d", n);
  if (list != NULL)
    xml_set (list, "count", text);
}

static void
settle_list (struct sight *s, const struct form_part *part,
             enum form_depth depth)
{
  xmlNode *row, *at;
  int n = 1;

  if (lock_holds (&part->lock, s, s->at) && !lock_is_local (&part->lock)
      && form_touched (s->form, s->values, part->name)) {
    facts_drop (s->values, part->name);
    facts_drop (s->at, part->name);
    xml_add (s->at, part->name, NULL);
  }
  while ((row = row_at (s->values, part->name, n)) != NULL
         && (at = row_at (s->at, part->name, n)) != NULL) {
    for (unsigned i = 0; i < part->fields->len; i++)
      settle_field (s, part->fields->pdata[i], part->name, row, at);
    if (depth > FORM_KEEP && is_blank (s, part, row, at)) {
      unlink_row (row);
      unlink_row (at);
    }
    else
      n++;
  }
  count_rows (s, part);
}

static void
settle (struct sight *s, enum form_depth depth)
{
  for (unsigned i = 0; i < s->form->parts->len; i++) {
    const struct form_part *part = s->form->parts->pdata[i];

    if (part->list)
      settle_list (s, part, depth);
    for (unsigned j = 0; !part->list && j < part->fields->len; j++) {
      const struct form_field *f = part->fields->pdata[j];

      settle_field (s, f, f->dict->name, s->values, s->at);
    }
  }
}

/* -- Lists. */

static void
check_count (struct sight *s, const struct form_part *part, int rows)
{
  bool closed = lock_holds (&part->lock, s, s->at)
             || !form_touched (s->form, s->values, part->name);
  int min = expr_true (part->required, s->eval, s->at, true)
            ? MAX (part->min, part->required != NULL ? 1 : 0)
            : 0;

  if (rows > part->max)
    stop (s, part->name,
          g_strdup_printf ("%s最多填写 %d 行，请删除多余的行", part->title,
                           part->max));
  if (closed || rows >= min)
    return;
  if (part->min_text != NULL)
    stop (s, part->name, g_strdup (part->min_text));
  else if (min == 1)
    stop (s, part->name, g_strdup_printf ("%s至少填写一行", part->title));
  else
    stop (s, part->name,
          g_strdup_printf ("%s至少填写 %d 行，现有 %d 行", part->title, min,
                           rows));
}

static void
check_list (struct sight *s, const struct form_part *part,
            enum form_depth depth)
{
  xmlNode *row, *at;
  int n = 0;

  while ((row = row_at (s->values, part->name, n + 1)) != NULL
         && (at = row_at (s->at, part->name, n + 1)) != NULL) {
    n++;
    for (unsigned i = 0; i < part->fields->len; i++) {
      struct spot p = { part->fields->pdata[i], row, at, NULL, NULL, depth };

      p.name = g_strdup_printf ("%s.%d.%s", part->name, n, p.f->dict->name);
      p.title = g_strdup_printf ("%s第 %d 行的%s", part->title, n, p.f->title);
      check_spot (s, &p);
    }
  }
  if (depth > FORM_KEEP)
    check_count (s, part, n);
}

static void
check_section (struct sight *s, const struct form_part *part,
               enum form_depth depth)
{
  for (unsigned i = 0; i < part->fields->len; i++) {
    struct spot p = {
      part->fields->pdata[i], s->values, s->at, NULL, NULL, depth
    };

    p.name = g_strdup (p.f->dict->name);
    p.title = g_strdup (p.f->title);
    check_spot (s, &p);
  }
}

/* -- Rules. */

static bool
has_dates (const struct form_rule *r, struct sight *s, xmlNode *at)
{
  for (unsigned i = 0; i < r->dates->len; i++) {
    g_autofree char *value = expr_text (r->dates->pdata[i], s->eval, at);

    if (value == NULL || *value == '\0')
      return false;
  }
  return true;
}

static bool
in_force (const struct form_rule *r, struct sight *s)
{
  const char *today = value_of (xmlDocGetRootElement (s->facts), "today");

  return (r->from == NULL || strcmp (r->from, today) <= 0)
      && (r->until == NULL || strcmp (today, r->until) < 0);
}

static void
run_rule (struct sight *s, const struct form_rule *r, xmlNode *at,
          const char *field)
{
  g_autofree char *text = NULL;
  g_autofree char *sentence = NULL;

  if (field != NULL && !form_touched (s->form, s->values, field))
    return;
  /* A rule that cannot be evaluated is broken, never fulfilled. */
  if (is_marked (s, field) || !expr_true (r->when, s->eval, at, true)
      || !has_dates (r, s, at) || expr_true (r->test, s->eval, at, false))
    return;
  text = pattern_text (r->text, s->eval, at);
  sentence = r->cite != NULL ? g_strdup_printf ("%s（依据：%s）", text, r->cite)
                             : g_strdup (text);
  if (r->severity == RULE_STOP)
    stop (s, field, g_steal_pointer (&sentence));
  else
    (void) bz_warn (s->req, field, "%s", sentence);
}

static void
check_rule (struct sight *s, const struct form_rule *r)
{
  xmlNode *at;

  if (!in_force (r, s))
    return;
  if (r->each == NULL) {
    run_rule (s, r, s->at, r->field);
    return;
  }
  for (int n = 1; (at = row_at (s->at, r->each->name, n)) != NULL; n++) {
    g_autofree char *field = g_strdup_printf ("%s.%d.%s", r->each->name, n,
                                              r->cell);

    run_rule (s, r, at, field);
  }
}

int
form_check (const struct form *form, struct bz_req *req, xmlDoc *values,
            xmlDoc *facts, enum form_depth depth)
{
  struct sight s;

  sight_open (&s, form, req, values, facts, NULL);
  settle (&s, depth);
  for (unsigned i = 0; i < form->parts->len; i++) {
    const struct form_part *part = form->parts->pdata[i];

    if (part->list)
      check_list (&s, part, depth);
    else
      check_section (&s, part, depth);
  }
  for (unsigned i = 0; depth == FORM_CHECK && i < form->rules->len; i++)
    check_rule (&s, form->rules->pdata[i]);
  if (depth == FORM_CHECK)
    papers_check (&s);
  sight_close (&s);
  return s.stops;
}
