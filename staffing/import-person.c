/* bianzhi import, second half: persons, their places, duties and titles.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "import.h"

static const char *
cell (const struct import *in, const char *column)
{
  return csv_get (in->csv, column);
}

/* "2001-10" stands for its first day. */
static const char *
date (const struct import *in, const char *column)
{
  const char *value = cell (in, column);

  return strlen (value) == 7 ? bz_format (in->req, "%s-01", value) : value;
}

static int
add_person (struct import *in, int64_t *ret)
{
#define C(column) BZ_STR (cell (in, column))
#define D(column) BZ_STR (date (in, column))
  int64_t rows = bz_db_exec (
    in->req, "staffing.person_add",
    BZ_ARGS (C ("name"), C ("sex"), C ("id_number"), D ("birth_date"),
             C ("ethnic"), C ("political"), D ("work_start"), C ("education"),
             C ("native_place"), D ("party_join_date"), C ("degree"),
             C ("school"), C ("major"), D ("graduation_date"), C ("identity"),
             D ("staffing_start"),
             BZ_INT (import_int (in, "civil_registered"))));

  if (rows == BZ_CONFLICT)
    return import_fail (in, "身份证号已登记", cell (in, "person_id"));
  if (rows < 0)
    return (int) rows;
  *ret = bz_db_last_id (in->req);
  return BZ_OK;
}

/* The account of BOOK that counts CODE at this unit: its own, or that of what it is a
 * kind of, whose code is its beginning. */
static const char *
counted_under (const struct import *in, int64_t unit, const char *book,
               const char *of)
{
  char *code = bz_format (in->req, "%s", of);

  for (size_t n = strlen (code); n > 0; code[--n] = '\0')
    if (import_has_account (in, unit, book, code))
      return code;
  return "";
}

static int
add_employment (struct import *in, int64_t person, int64_t unit, int64_t organ)
{
  const char *type = cell (in, "staffing_type");
  bool counts = quota_counts (in->req, type, cell (in, "person_status"));
  bool structured = counts
                 && g_strcmp0 (bz_code_extra (in->req, "staffing_type", type,
                                              "structured"),
                               "1")
                      == 0;
#define UNDER(when, book, field)                                               \
  BZ_STR (when ? counted_under (in, unit, book, cell (in, field)) : "")
  int64_t rows = bz_db_exec (
    in->req, "staffing.employment_add",
    BZ_ARGS (BZ_INT (person), BZ_INT (unit), D ("unit_entry_date"),
             BZ_STR (type), C ("funding"), C ("structure"), C ("admin_use"),
             C ("person_status"), C ("post_category"), C ("post_grade"),
             C ("politics_law"), C ("civil_rank"), C ("wage_source"),
             BZ_INT (organ), C ("entry_mode"), C ("from_unit"),
             C ("from_staffing_type"), C ("quota_doc_no"),
             UNDER (counts, "type", "staffing_type"),
             UNDER (structured, "structure", "structure"),
             UNDER (counts, "funding", "funding"), BZ_INT (0)));
#undef UNDER

  if (rows < 0)
    return (int) rows;
  import_remember (in->employments, cell (in, "person_id"),
                   bz_db_last_id (in->req));
  return BZ_OK;
}

static int
person_row (struct import *in)
{
  int64_t person, unit, organ;
  int rc = import_id (in, in->units, "没有这个单位", cell (in, "unit_code"),
                      &unit);

  if (rc >= 0)
    rc = import_id (in, in->organs, "没有这个内设机构", cell (in, "organ_code"),
                    &organ);
  if (rc < 0)
    return rc;
  if (bz_idno_check (cell (in, "id_number"), NULL) != BZ_IDNO_OK)
    return import_fail (in, "身份证号不正确", cell (in, "person_id"));
  rc = add_person (in, &person);
  if (rc < 0)
    return rc;
  import_remember (in->persons, cell (in, "person_id"), person);
  return add_employment (in, person, unit, organ);
}

/* A duty without an approved post is 无职务 or, under its own name, one of
 * those that the office did not foresee (其他--非领导). */
static int
duty_row (struct import *in)
{
  const char *code = cell (in, "post_code"), *name = cell (in, "post_name");
  int64_t employment, post, rows;
  int rc = import_id (in, in->employments, "没有这名人员",
                      cell (in, "person_id"), &employment);

  if (rc >= 0)
    rc = import_id (in, in->posts, "没有这个职务", code, &post);
  if (rc < 0)
    return rc;
  if (post == 0)
    code = strcmp (name, "无职务") == 0 ? "0" : "901";
  rows = bz_db_exec (in->req, "staffing.duty_add",
                     BZ_ARGS (BZ_INT (employment),
                              BZ_INT (import_int (in, "seq")), BZ_INT (post),
                              BZ_STR (code), BZ_STR (name),
                              C ("appointment_type"), C ("doc_no"),
                              D ("appoint_date")));
  return rows < 0 ? (int) rows : BZ_OK;
}

/* Who has left, why, and from which day on. */
static int
exit_row (struct import *in)
{
  int64_t employment, rows;
  int rc = import_id (in, in->employments, "没有这名人员",
                      cell (in, "person_id"), &employment);

  if (rc < 0)
    return rc;
  rows = bz_db_exec (in->req, "staffing.employment_close",
                     BZ_ARGS (BZ_INT (employment), D ("exit_date"),
                              C ("exit_reason"), BZ_INT (0)));
  if (rows == 0)
    return import_fail (in, "出编日期不晚于入编日期", cell (in, "person_id"));
  return rows < 0 ? (int) rows : BZ_OK;
}

static int
title_row (struct import *in)
{
  int64_t person, rows;
  int rc = import_id (in, in->persons, "没有这名人员", cell (in, "person_id"),
                      &person);

  if (rc < 0)
    return rc;
  rows = bz_db_exec (in->req, "staffing.qualification_add",
                     BZ_ARGS (BZ_INT (person), BZ_INT (import_int (in, "seq")),
                              C ("kind"), C ("title_code"), C ("title_name"),
                              C ("level"), C ("acquire_way"),
                              C ("approval_body"), D ("acquire_date"),
                              C ("specialty"), C ("cert_no"),
                              BZ_INT (import_int (in, "employed")),
                              D ("employ_date")));
  return rows < 0 ? (int) rows : BZ_OK;
#undef C
#undef D
}

int
import_persons (struct import *in)
{
  static const char *const persons[] = { "person_id",
                                         "name",
                                         "sex",
                                         "id_number",
                                         "birth_date",
                                         "ethnic",
                                         "native_place",
                                         "political",
                                         "party_join_date",
                                         "work_start",
                                         "education",
                                         "degree",
                                         "school",
                                         "major",
                                         "graduation_date",
                                         "unit_code",
                                         "organ_code",
                                         "staffing_type",
                                         "funding",
                                         "admin_use",
                                         "structure",
                                         "post_category",
                                         "post_grade",
                                         "person_status",
                                         "politics_law",
                                         "civil_rank",
                                         "civil_registered",
                                         "identity",
                                         "entry_mode",
                                         "from_unit",
                                         "from_staffing_type",
                                         "quota_doc_no",
                                         "unit_entry_date",
                                         "staffing_start",
                                         "wage_source",
                                         NULL };
  static const char *const duties[] = { "person_id",        "seq",
                                        "post_code",        "post_name",
                                        "appointment_type", "doc_no",
                                        "appoint_date",     NULL };
  static const char *const titles[] = {
    "person_id",    "seq",       "kind",        "title_code",
    "title_name",   "level",     "acquire_way", "approval_body",
    "acquire_date", "specialty", "cert_no",     "employed",
    "employ_date",  NULL
  };
  static const char *const exits[] = { "person_id", "exit_date", "exit_reason",
                                       NULL };
  int rc = import_file (in, "persons.csv", persons, person_row);

  if (rc >= 0)
    rc = import_file (in, "person_posts.csv", duties, duty_row);
  if (rc >= 0)
    rc = import_file (in, "person_titles.csv", titles, title_row);
  if (rc >= 0 && import_has (in, "person_exits.csv"))
    rc = import_file (in, "person_exits.csv", exits, exit_row);
  return rc;
}
