/* The card of one person: what is on record now, and how it came about.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"
#include "show.h"

struct value {
  const char *title, *column, *codes;
};

static const struct value of_person[] = {
  { "姓名", "name", NULL },
  { "性别", "sex", "sex" },
  { "身份证号", "id_number", NULL },
  { "出生日期", "birth_date", NULL },
  { "民族", "ethnic", "ethnic" },
  { "籍贯", "native_place", NULL },
  { "政治面貌", "political", "political" },
  { "入党团时间", "party_join_date", NULL },
  { "参加工作时间", "work_start", NULL },
  { "学历", "education", "education" },
  { "学位", "degree", "degree" },
  { "毕业学校", "school", NULL },
  { "专业", "major", NULL },
  { "毕业时间", "graduation_date", NULL },
  { "人员身份", "identity", "identity" },
  { "入编时间", "staffing_start", NULL },
};

static const struct value of_employment[] = {
  { "单位", "unit_name", NULL },
  { "所在内设机构", "organ", NULL },
  { "编制类型", "staffing_type", "staffing_type" },
  { "经费形式", "funding", "funding_form" },
  { "编制结构", "structure", "structure" },
  { "行政编制用途", "admin_use", "admin_use" },
  { "人员状态", "person_status", "person_status" },
  { "政法人员分类", "politics_law", "politics_law" },
  { "公务员职级", "civil_rank", "civil_rank" },
  { "岗位类别", "post_category", "post_category" },
  { "岗位等级", "post_grade", "post_grade" },
  { "工资来源", "wage_source", "wage_source" },
  { "本单位入编时间", "unit_entry_date", NULL },
  { "进入本单位形式", "entry_mode", "entry_mode" },
  { "原工作单位", "from_unit", NULL },
  { "原编制类型", "from_staffing_type", "staffing_type" },
  { "控编文号", "entry_paper", NULL },
  { "出编日期", "valid_to", NULL },
  { "出编原因", "exit_reason", "exit_reason" },
};

/* How it ended; of an employment that the register saw end. */
static const struct value of_exit[] = {
  { "减员发生日期", "happened_on", NULL },
  { "出编去向", "destination", NULL },
  { "出编文号", "exit_doc", NULL },
  { "逾期原因", "late_reason", NULL },
};

/* Where they work who are counted here (借调, 混编混岗). */
static const struct value of_workplace[] = {
  { "实际工作单位", "workplace", NULL },
  { "借调、混岗性质", "workplace_kind", "workplace_kind" },
  { "从事岗位", "workplace_post", NULL },
  { "借调、混岗起始日期", "away_since", NULL },
  { "借调、混岗截止日期", "away_until", NULL },
};

static const char *
value_text (struct bz_req *req, struct bz_rows *rows, const struct value *v)
{
  const char *text = bz_db_text (rows, v->column);

  return v->codes != NULL ? show_code (req, v->codes, text)
                          : bz_field_shown (req, "person", v->column, text);
}

/* -- Now. */

/* <photo> beside the person's data, if there is one. */
static int
card_photo (struct bz_req *req, int64_t person_id, struct bz_node *section)
{
  int64_t paper = bz_person_photo (req, person_id);
  struct bz_node *photo;

  if (paper <= 0)
    return (int) paper;
  photo = bz_node_add (section, "photo");
  bz_node_set (photo, "t", "照片");
  bz_node_set (photo, "src",
               bz_href (req, "/staffing/person/%lld/photo",
                        (long long) person_id));
  return BZ_OK;
}

/* GET /staffing/person/{id}/photo */
int
person_photo (struct bz_req *req)
{
  const char *paper;
  int64_t id;
  int rc = bz_param_int (req, "id", &id);

  if (rc < 0)
    return rc;
  rc = bz_db_value (req, &paper, "staffing.photo_seen", BZ_ARGS (BZ_INT (id)));
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND, "没有这名人员的照片");
  if (rc < 0)
    return rc;
  bz_audit_read (req, "person.photo", "person", id);
  return bz_paper_send (req, g_ascii_strtoll (paper, NULL, 10));
}

/* The number is masked; the whole one is a look of its own, on record. */
static void
card_number (struct bz_req *req, struct bz_rows *rows, bool whole,
             struct bz_node *section)
{
  const char *number = bz_db_text (rows, "id_number");
  struct bz_node *kv = bz_node_add (section, "kv");

  bz_node_set (kv, "t", "身份证号");
  if (whole)
    bz_node_text (kv, number);
  else {
    bz_node_text (kv, bz_idno_masked (req, number));
    bz_node_set (kv, "more", "查看完整号码");
    bz_node_set (kv, "href",
                 bz_href (req, "/staffing/person/%lld?number=whole",
                          (long long) bz_db_int (rows, "id")));
  }
}

static int
card_person (struct bz_req *req, struct bz_rows *rows, int64_t id, bool whole)
{
  struct bz_node *section = show_section (bz_page (req), "basic",
                                          "人员基本信息");

  for (size_t i = 0; i < G_N_ELEMENTS (of_person); i++)
    if (strcmp (of_person[i].column, "id_number") == 0)
      card_number (req, rows, whole, section);
    else
      show_value (section, of_person[i].title,
                  value_text (req, rows, &of_person[i]));
  return card_photo (req, id, section);
}

static void
card_employment (struct bz_req *req, struct bz_rows *rows)
{
  struct bz_node *section = show_section (bz_page (req), "staffing",
                                          "编制信息");

  for (size_t i = 0; i < G_N_ELEMENTS (of_employment); i++)
    show_value (section, of_employment[i].title,
                value_text (req, rows, &of_employment[i]));
  for (size_t i = 0; i < G_N_ELEMENTS (of_workplace); i++)
    show_value (section, of_workplace[i].title,
                of_workplace[i].codes != NULL
                  ? value_text (req, rows, &of_workplace[i])
                  : bz_db_text (rows, of_workplace[i].column));
  for (size_t i = 0; i < G_N_ELEMENTS (of_exit); i++)
    show_value (section, of_exit[i].title,
                bz_db_text (rows, of_exit[i].column));
  if (bz_db_int (rows, "civil_registered") != 0)
    show_value (section, "已公务员登记", "是");
}

/* What plugins of provinces ask besides: a section for each record of theirs. */
static int
card_local (struct bz_req *req, int64_t person_id)
{
  g_autoptr (GHashTable) values = NULL;
  struct bz_node *section = NULL;
  const char *record = NULL;
  struct bz_kept_field f;
  int rc = bz_kept_field (LOCAL_OF, 0, &f) > 0
           ? local_values (req, person_id, false, &values)
           : BZ_OK;

  for (size_t n = 0; rc == BZ_OK && bz_kept_field (LOCAL_OF, n, &f) > 0; n++) {
    const char *value = g_hash_table_lookup (values, f.name);

    if (g_strcmp0 (record, f.record) != 0)
      section = NULL;
    record = f.record;
    if (value == NULL)
      continue;
    if (section == NULL)
      section = show_section (bz_page (req), f.record, f.record_title);
    show_value (section, f.title,
                bz_field_shown (req, f.record, f.name, value));
  }
  return rc;
}

static int
card_qualifications (struct bz_req *req, int64_t person_id)
{
  static const char *const columns[] = { "名称",         "级别",
                                         "取得资格途径", "资格审批单位",
                                         "取得资格时间", "工种（专业）",
                                         "证书号码",     "聘任时间" };
  struct bz_node *table = bz_table (bz_page (req), "qualification",
                                    "聘(评)专业技术职务情况", "未聘未评",
                                    columns, G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.person_qualifications",
                       BZ_ARGS (BZ_INT (person_id)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    struct bz_node *r = bz_table_row (table, NULL);

    show_cell (r, bz_db_text (rows, "title_name"), NULL);
    show_coded (req, r, "title_level", bz_db_text (rows, "level"));
    show_coded (req, r, "title_acquire_way", bz_db_text (rows, "acquire_way"));
    show_cell (r, bz_db_text (rows, "approval_body"), NULL);
    show_cell (r, bz_db_text (rows, "acquire_date"), NULL);
    show_cell (r, bz_db_text (rows, "specialty"), NULL);
    show_cell (r, bz_db_text (rows, "cert_no"), NULL);
    show_cell (r, bz_db_text (rows, "employ_date"), NULL);
  }
  return got;
}

/* -- How it came about. */

static int
card_duties (struct bz_req *req, int64_t person_id)
{
  static const char *const columns[] = { "职务",     "内设机构", "单位",
                                         "任职类型", "任职文号", "任职时间",
                                         "现任" };
  struct bz_node *table = bz_table (bz_page (req), "duty", "任行政职务情况",
                                    "没有登记职务", columns,
                                    G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.person_duties",
                       BZ_ARGS (BZ_INT (person_id)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    struct bz_node *r = bz_table_row (table, NULL);

    show_cell (r, bz_db_text (rows, "name"), NULL);
    show_cell (r, bz_db_text (rows, "organ"), NULL);
    show_cell (r, bz_db_text (rows, "unit_name"), NULL);
    show_coded (req, r, "appointment_type",
                bz_db_text (rows, "appointment_type"));
    show_cell (r, bz_db_text (rows, "doc_no"), NULL);
    show_cell (r, bz_db_text (rows, "appoint_date"), NULL);
    show_cell (r,
               g_strcmp0 (bz_db_text (rows, "valid_to"), "9999-12-31") == 0
                 ? "现任"
                 : "原任",
               NULL);
  }
  return got;
}

static int
card_employments (struct bz_req *req, int64_t person_id)
{
  static const char *const columns[] = { "单位",     "入编",     "出编",
                                         "编制类型", "进入形式", "出编原因" };
  struct bz_node *table = bz_table (bz_page (req), "history", "在编经历",
                                    "没有在编经历", columns,
                                    G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, "staffing.person_employments",
                       BZ_ARGS (BZ_INT (person_id)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    const char *until = bz_db_text (rows, "valid_to");
    struct bz_node *r = bz_table_row (table, NULL);

    show_unit (req, r, bz_db_text (rows, "unit_name"),
               bz_db_int (rows, "in_scope") != 0 ? bz_db_int (rows, "unit_id")
                                                 : 0);
    show_cell (r, bz_db_text (rows, "valid_from"), NULL);
    show_cell (r, g_strcmp0 (until, "9999-12-31") == 0 ? "在编" : until, NULL);
    show_coded (req, r, "staffing_type", bz_db_text (rows, "staffing_type"));
    show_coded (req, r, "entry_mode", bz_db_text (rows, "entry_mode"));
    show_coded (req, r, "exit_reason", bz_db_text (rows, "exit_reason"));
  }
  return got;
}

/* One row for each value that differs from the version before.  A number is
 * named and not shown. */
static void
changes_between (struct bz_req *req, struct bz_rows *rows,
                 const struct value *values, size_t count, const char **before,
                 bool first, struct bz_node *table)
{
  for (size_t i = 0; i < count; i++) {
    bool number = strcmp (values[i].column, "id_number") == 0;
    const char *now = value_text (req, rows, &values[i]);

    if (!first && g_strcmp0 (before[i], now) != 0) {
      struct bz_node *r = bz_table_row (table, NULL);

      show_cell (r, bz_db_text (rows, "recorded_at"), NULL);
      show_cell (r, values[i].title, NULL);
      show_cell (r, number ? "（不显示）" : before[i], NULL);
      show_cell (r, number ? "（不显示）" : now, NULL);
    }
    before[i] = now;
  }
}

static int
changes_of (struct bz_req *req, int64_t person_id, const char *query,
            const struct value *values, size_t count, struct bz_node *table)
{
  const char **before = bz_alloc (req, count * sizeof *before);
  int64_t record = -1;
  struct bz_rows *rows;
  int got;
  int rc = bz_db_open (req, &rows, query, BZ_ARGS (BZ_INT (person_id)));

  if (rc < 0)
    return rc;
  while ((got = bz_db_next (rows)) > 0) {
    changes_between (req, rows, values, count, before,
                     record != bz_db_int (rows, "id"), table);
    record = bz_db_int (rows, "id");
  }
  return got;
}

static int
card_changes (struct bz_req *req, int64_t person_id)
{
  static const char *const columns[] = { "登记时间", "项目", "变更前",
                                         "变更后" };
  struct bz_node *table = bz_table (bz_page (req), "changes", "变更记录",
                                    "基本信息登记以来没有变更", columns,
                                    G_N_ELEMENTS (columns));
  int rc = changes_of (req, person_id, "staffing.person_versions", of_person,
                       G_N_ELEMENTS (of_person), table);

  return rc < 0
         ? rc
         : changes_of (req, person_id, "staffing.employment_versions",
                       of_employment, G_N_ELEMENTS (of_employment), table);
}

/* 异动记录: what cases have changed, the last first.  A number is named and not
 * shown. */
static int
card_altered (struct bz_req *req, int64_t person_id)
{
  static const char *const columns[] = { "日期",   "项目", "变更前",
                                         "变更后", "依据", "撤销核准" };
  struct bz_node *table = bz_table (bz_page (req), "altered", "异动记录",
                                    "没有办理过异动", columns,
                                    G_N_ELEMENTS (columns));
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "staffing.person_changes",
                       BZ_ARGS (BZ_INT (person_id)));

  while (rc >= 0 && (rc = bz_db_next (rows)) > 0) {
    bool number = g_strcmp0 (bz_db_text (rows, "field"), "id_number") == 0;
    const char *business = bz_db_text (rows, "business");
    struct bz_node *r = bz_table_row (table, NULL);

    show_cell (r, bz_db_text (rows, "changed_on"), NULL);
    show_cell (r,
               strcmp (bz_db_text (rows, "kind"), "correct") == 0
                 ? bz_format (req, "%s（更正）", bz_db_text (rows, "title"))
                 : bz_db_text (rows, "title"),
               NULL);
    show_cell (r, number ? "（不显示）" : bz_db_text (rows, "was_text"), NULL);
    show_cell (r, number ? "（不显示）" : bz_db_text (rows, "now_text"), NULL);
    show_cell (r, bz_db_text (rows, "number"),
               bz_may (req, bz_format (req, "%s.view", business),
                       bz_db_int (rows, "case_scope"))
                   > 0
                 ? bz_href (req, "/%s/%lld", business,
                            (long long) bz_db_int (rows, "case_id"))
                 : NULL);
    show_cell (r,
               bz_db_text (rows, "undone_on") != NULL
                 ? bz_format (req, "已撤销（%s）",
                              bz_db_text (rows, "undone_on"))
                 : "",
               NULL);
  }
  return rc;
}

static int
card_cases (struct bz_req *req, int64_t person_id)
{
  return bz_case_table (req, bz_page (req), "cases", "业务办理记录",
                        "没有在本系统办理过业务", "staffing.person_cases",
                        BZ_ARGS (BZ_INT (person_id)));
}

/* GET /staffing/person/{id}?number=whole: each look is on record, that at the
 * whole number by a name of its own. */
int
person_show (struct bz_req *req)
{
  static int (*const parts[]) (struct bz_req *, int64_t) = {
    card_local,   card_employments, card_duties,  card_qualifications,
    card_altered, card_cases,       card_changes,
  };
  bool whole = g_strcmp0 (show_text (req, "number"), "whole") == 0;
  struct bz_rows *rows;
  const char *into;
  int64_t id;
  int rc = bz_param_int (req, "id", &id);

  if (rc < 0)
    return rc;
  rc = bz_db_open (req, &rows, "staffing.person_card", BZ_ARGS (BZ_INT (id)));
  if (rc < 0)
    return rc;
  rc = bz_db_next (rows);
  if (rc == 0
      && bz_db_value (req, &into, "staffing.merged_into", BZ_ARGS (BZ_INT (id)))
           > 0)
    return bz_redirect (req, "/staffing/person/%s", into);
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND, "没有这名人员，或者不在您的查询范围内");
  if (rc < 0)
    return rc;
  bz_audit_read (req, whole ? "person.unmask" : "person.view", "person", id);
  bz_title (req, "%s", bz_db_text (rows, "name"));
  bz_crumb (req, "首页", bz_href (req, "/"));
  bz_crumb (req, "人员信息", bz_href (req, "/staffing/person/"));
  bz_crumb (req, bz_db_text (rows, "name"), NULL);
  rc = card_person (req, rows, id, whole);
  card_employment (req, rows);
  for (size_t i = 0; i < G_N_ELEMENTS (parts) && rc >= 0; i++)
    rc = parts[i](req, id);
  return rc < 0 ? rc : BZ_OK;
}
