/* 验证, loading and storing persons; opening employments.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "staffing-stub.h"

#define NUMBER "48010120000229504X"

static const char *const found_columns[] = {
  "id",          "name",      "sex",           "employment_id",
  "unit_id",     "unit_name", "staffing_type", "person_status",
  "exit_reason", "open",      "merged",        NULL
};

/* -- 验证. */

/* The five outcomes of A5.11, by the last employment. */
static void
test_outcomes (void)
{
  static const struct {
    const char *type, *reason, *open;
    enum bz_known known;
    const char *category;
    const char *merged;
  } cases[] = {
    { "11", "", "1", BZ_KNOWN_ELSEWHERE, "A", "0" },
    { "121", "", "1", BZ_KNOWN_ELSEWHERE, "A", "0" },
    { "22", "", "1", BZ_KNOWN_ELSEWHERE, "B", "0" },
    { "50", "", "1", BZ_KNOWN_ELSEWHERE, "D", "0" },
    { "44", "", "1", BZ_KNOWN_OFF_ROLL, "D", "0" },
    { "90", "", "1", BZ_KNOWN_OFF_ROLL, "E", "0" },
    { "22", "01", "0", BZ_KNOWN_EXITED, "B", "0" },
    { "11", "012", "0", BZ_KNOWN_EXITED, "A", "0" },
    { "22", "04", "0", BZ_KNOWN_EXITED, "X", "0" },
    { "22", "02", "0", BZ_KNOWN_RETIRED, "X", "0" },
    { "11", "021", "0", BZ_KNOWN_RETIRED, "X", "0" },
    { "11", "03", "0", BZ_KNOWN_RETIRED, "X", "0" },
    { NULL, "", "0", BZ_KNOWN_EXITED, "X", "0" },
    { NULL, "", "0", BZ_KNOWN_MERGED, "X", "1" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *cells[] = { "9",
                            "张三",
                            "1",
                            "4",
                            "7",
                            "市一中",
                            cases[i].type,
                            "10",
                            cases[i].reason,
                            cases[i].open,
                            cases[i].merged };
    const struct bz_script script[] = {
      { "staffing.person_find", NUMBER "|2026-11-22", found_columns, cells, 1,
        0 },
    };
    struct bz_person_found found;

    STUB_SCRIPT (script);
    g_assert_cmpint (bz_person_find (stub_req (), "张三", "1", NUMBER, &found),
                     ==, BZ_OK);
    if (found.known != cases[i].known)
      g_error ("case %u: %d", (unsigned) i, found.known);
    g_assert_cmpstr (found.category, ==, cases[i].category);
    g_assert_true (g_str_has_prefix (stub.audited, "person.verify person 9 "));
    g_assert_cmpstr (stub.read, ==, "person.show person 9");
    stub_end ();
  }
}

static void
test_new (void)
{
  static const struct bz_script script[] = {
    { "staffing.person_find", NULL, found_columns, NULL, 0, 0 },
  };
  struct bz_person_found found;

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_person_find (stub_req (), "张三", "1", NUMBER, &found),
                   ==, BZ_OK);
  g_assert_cmpint (found.known, ==, BZ_KNOWN_NEW);
  g_assert_cmpint (found.person_id, ==, 0);
  g_assert_cmpstr (found.category, ==, "X");
  g_assert_cmpstr (stub.audited, ==, "person.verify person 0 new");
  g_assert_null (stub.read);
}

/* Whoever guesses a number learns no unit from it. */
static void
test_unit_named (void)
{
  static const char *const cells[] = { "9",  "张三", "1", "4", "7", "市一中",
                                       "22", "10",   "",  "1", "0" };
  static const struct bz_script script[] = {
    { "staffing.person_find", NULL, found_columns, cells, 1, 0 },
  };
  static const struct {
    const char *name, *sex;
    int matches;
  } cases[] = { { "张三", "1", 1 },
                { "张山", "1", 0 },
                { "张三", "2", 0 },
                { NULL, NULL, 0 },
                { "", "", 0 } };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    struct bz_person_found found;

    STUB_SCRIPT (script);
    g_assert_cmpint (bz_person_find (stub_req (), cases[i].name, cases[i].sex,
                                     NUMBER, &found),
                     ==, BZ_OK);
    g_assert_cmpint (found.matches, ==, cases[i].matches);
    g_assert_cmpstr (found.unit_name, ==, cases[i].matches ? "市一中" : NULL);
    stub_end ();
  }
}

/* Rules may ask as often as they like: nothing is named, nothing audited. */
static void
test_known (void)
{
  static const char *const cells[] = { "9",  "张三", "1", "4", "7", "市一中",
                                       "22", "10",   "",  "1", "0" };
  static const struct bz_script script[] = {
    { "staffing.person_find", NULL, found_columns, cells, 1, 0 },
  };
  struct bz_person_found found;

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_person_known (stub_req (), "张三", "1", NUMBER, &found),
                   ==, BZ_OK);
  g_assert_cmpint (found.known, ==, BZ_KNOWN_ELSEWHERE);
  g_assert_cmpint (found.matches, ==, 1);
  g_assert_null (found.unit_name);
  g_assert_null (stub.audited);
  g_assert_null (stub.read);
}

/* -- Loading. */

static const char *const title_columns[] = {
  "kind",          "title_name",   "level",     "acquire_way",
  "approval_body", "acquire_date", "specialty", "cert_no",
  "employed",      "employ_date",  NULL
};
static const char *const titles[] = { "title", "工程师", "3", "",  "",
                                      NULL,    "",       "",  "0", NULL };

/* What is there is loaded and closed, gaps stay open, and nothing of the last
 * employment comes along but where the person comes from. */
static void
test_fill (void)
{
  static const char *const columns[] = {
    "birth_date",     "ethnic",           "native_place",
    "political",      "party_join_date",  "work_start",
    "education",      "degree",           "school",
    "major",          "graduation_date",  "identity",
    "staffing_start", "civil_registered", NULL
  };
  static const char *const cells[] = { "2000-02-29", "01",         "",   "13",
                                       NULL,         "2022-07-01", "21", "",
                                       "",           "",           NULL, "1",
                                       "2022-07-01", NULL };
  static const char *const from[] = { "unit_name", "staffing_type",
                                      "exit_reason", "open", NULL };
  static const char *const moved[] = { "市一中", "22", "01", "0" };
  static const struct bz_script script[] = {
    { "staffing.person_fields", "9", columns, cells, 1, 0 },
    { "staffing.qualifications_of", "9", title_columns, titles, 1, 0 },
    { "staffing.person_origin", "9|2026-11-22", from, moved, 1, 0 },
  };
  static const char *const untouched[] = { "native_place", "party_join_date",
                                           "school",       "civil_registered",
                                           "funding",      "staffing_type",
                                           "structure",    "person_status" };
  struct bz_item *item;

  STUB_SCRIPT (script);
  item = stub_item ("name=张三&school=");
  g_assert_cmpint (bz_person_fill (stub_req (), 9, item), ==, BZ_OK);
  g_assert_cmpstr (bz_item_get (item, "birth_date"), ==, "2000-02-29");
  g_assert_cmpstr (stub_closed (item, "birth_date"), ==,
                   "已有信息不做修改，更正请办理人员异动");
  for (size_t i = 0; i < G_N_ELEMENTS (untouched); i++)
    g_assert_null (stub_closed (item, untouched[i]));
  g_assert_null (bz_item_get (item, "staffing_type"));
  g_assert_cmpstr (bz_item_get (item, "from_unit"), ==, "市一中");
  g_assert_cmpstr (bz_item_get (item, "from_staffing_type"), ==, "22");
  g_assert_cmpint (bz_item_subject (item), ==, 9);
  g_assert_cmpint (bz_item_rows (item, "qualification"), ==, 1);
  g_assert_cmpstr (bz_item_row_get (item, "qualification", 0, "title_name"), ==,
                   "工程师");
  g_assert_nonnull (stub_closed (item, "qualification"));
}

/* -- Storing. */

#define PERSON                                                                 \
  "name=张三&sex=1&id_number=" NUMBER "&birth_date=2000-02-29"                 \
  "&ethnic=01&political=13&work_start=2022-07-01&education=21"

static const char *const lock_columns[] = { "id", "name", "sex", "merged",
                                            NULL };

static const char *const one_column[] = { "x", NULL };
static const char *const yes[] = { "1" };

#define GATE_OF_PERSONS                                                        \
  {                                                                            \
    "staffing.employment_gate", NULL, one_column, yes, 1, 0                    \
  }

static void
test_store_new (void)
{
  static const struct bz_script script[] = {
    GATE_OF_PERSONS,
    { "staffing.person_lock", NUMBER, lock_columns, NULL, 0, 0 },
    { "staffing.person_add",
      "张三|1|" NUMBER "|2000-02-29|01|13|2022-07-01|21||2001-10-01||||||"
      "|0",
      NULL, NULL, 0, 1 },
  };
  struct bz_item *item;
  int64_t id = 0;

  STUB_SCRIPT (script);
  item = stub_item (PERSON "&party_join_date=2001-10");
  g_assert_cmpint (bz_person_store (stub_req (), item, &id), ==, BZ_OK);
  g_assert_cmpint (id, ==, 3);
  g_assert_cmpint (bz_item_subject (item), ==, 3);
}

/* An existing person is completed, never overwritten. */
static void
test_store_known (void)
{
  static const char *const cells[] = { "9", "张三", "1", "0" };
  static const struct bz_script script[] = {
    GATE_OF_PERSONS,
    { "staffing.person_lock", NULL, lock_columns, cells, 1, 0 },
    { "staffing.person_complete", "9|示例省||||法学||||0", NULL, NULL, 0, 1 },
  };
  int64_t id = 0;

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_person_store (stub_req (),
                                    stub_item (
                                      PERSON "&native_place=示例省&major=法学"),
                                    &id),
                   ==, BZ_OK);
  g_assert_cmpint (id, ==, 9);
}

/* The photo of the case becomes the person's. */
static void
test_store_photo (void)
{
  static const char *const cells[] = { "9", "张三", "1", "0" };
  static const struct bz_script script[] = {
    GATE_OF_PERSONS,
    { "staffing.person_lock", NULL, lock_columns, cells, 1, 0 },
    { "staffing.person_complete", NULL, NULL, NULL, 0, 1 },
    { "staffing.photo_put", "9|77|2026-11-22", NULL, NULL, 0, 1 },
  };
  int64_t id = 0;

  STUB_SCRIPT (script);
  stub.kind = "photo";
  g_assert_cmpint (bz_person_store (stub_req (), stub_item (PERSON), &id), ==,
                   BZ_OK);
  stub.kind = NULL;
}

/* 未聘未评 is no title. */
static void
test_store_titles (void)
{
  static const struct bz_script script[] = {
    GATE_OF_PERSONS,
    { "staffing.person_lock", NUMBER, lock_columns, NULL, 0, 0 },
    { "staffing.person_add", NULL, NULL, NULL, 0, 1 },
    { "staffing.qualifications_of", "3", title_columns, NULL, 0, 0 },
    { "staffing.qualification_add",
      "3|1|worker|3|高级工||||2020-08-31|||1|"
      "2021-01-01",
      NULL, NULL, 0, 1 },
  };
  int64_t id = 0;

  STUB_SCRIPT (script);
  g_assert_cmpint (
    bz_person_store (
      stub_req (),
      stub_item (
        PERSON
        "&qualification.1.kind=worker&qualification.1.title_name=高级工"
        "&qualification.1.acquire_date=2020-08-31&qualification.1.employed=1"
        "&qualification.1.employ_date=2021-01-01&qualification.2.kind=none"),
      &id),
    ==, BZ_OK);
}

/* Titles on record are not written over. */
static void
test_store_titles_known (void)
{
  static const char *const cells[] = { "9", "张三", "1", "0" };
  static const struct bz_script script[] = {
    GATE_OF_PERSONS,
    { "staffing.person_lock", NULL, lock_columns, cells, 1, 0 },
    { "staffing.person_complete", NULL, NULL, NULL, 0, 1 },
    { "staffing.qualifications_of", "9", title_columns, titles, 1, 0 },
  };
  int64_t id = 0;

  STUB_SCRIPT (script);
  g_assert_cmpint (
    bz_person_store (
      stub_req (),
      stub_item (PERSON
                 "&qualification.1.kind=title&qualification.1.title_name=教授"),
      &id),
    ==, BZ_OK);
}

/* Nobody comes in under the number of a record that is another one's part now. */
static void
test_store_merged (void)
{
  static const char *const cells[] = { "9", "张三", "1", "1" };
  static const struct bz_script script[] = {
    GATE_OF_PERSONS,
    { "staffing.person_lock", NULL, lock_columns, cells, 1, 0 },
  };
  int64_t id = 0;

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_person_store (stub_req (), stub_item (PERSON), &id), ==,
                   BZ_CONFLICT);
  g_assert_nonnull (strstr (stub.fail, "已合并到同一人的另一条记录"));
  stub_end ();
}

/* The number of one person with the name of another stops the approval. */
static void
test_store_other_name (void)
{
  static const char *const cells[] = { "9", "李四", "1", "0" };
  static const struct bz_script script[] = {
    GATE_OF_PERSONS,
    { "staffing.person_lock", NULL, lock_columns, cells, 1, 0 },
  };
  int64_t id = 0;

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_person_store (stub_req (), stub_item (PERSON), &id), ==,
                   BZ_CONFLICT);
  g_assert_cmpint (id, ==, 0);
  g_assert_null (strstr (stub.fail, "李四"));
}

static void
test_store_race (void)
{
  static const struct bz_script script[] = {
    GATE_OF_PERSONS,
    { "staffing.person_lock", NULL, lock_columns, NULL, 0, 0 },
    { "staffing.person_add", NULL, NULL, NULL, 0, BZ_CONFLICT },
  };
  int64_t id = 0;

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_person_store (stub_req (), stub_item (PERSON), &id), ==,
                   BZ_CONFLICT);
  g_assert_nonnull (stub.fail);
}

/* What forms let through by mistake does not reach the database. */
static void
test_store_incomplete (void)
{
  static const char *const bad[] = {
    "",
    "name=张三",
    PERSON "&birth_date=",
    PERSON "&id_number=1",
    PERSON "&education=",
    PERSON "&id_number=480101200002295044",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++) {
    int64_t id = 0;

    stub_begin (NULL, 0);
    g_assert_cmpint (bz_person_store (stub_req (), stub_item (bad[i]), &id), ==,
                     BZ_CONFLICT);
  }
}

/* -- Employments. */

#define PLACE                                                                  \
  "staffing_type=22&structure=2&person_status=10&funding=1"                    \
  "&entry_mode=09&duty.1.post=0"

static const char *const now_columns[] = {
  "id", "unit_id", "staffing_type", "valid_from", "before_it", NULL
};
static const char *const type_22[] = { "22" };
static const char *const funds[] = { "1" }, *const structs[] = { "2" };

#define GATE                                                                   \
  GATE_OF_PERSONS,                                                             \
  {                                                                            \
    "staffing.unit_lock", "7", one_column, yes, 1, 0                           \
  }
#define NO_RECORD                                                              \
  GATE,                                                                        \
  {                                                                            \
    "staffing.employment_now", "9|2026-11-22", now_columns, NULL, 0, 0         \
  }
#define COUNTED                                                                   \
  { "staffing.quota_nearest_now", "7|type|22", one_column, type_22, 1, 0 },       \
    { "staffing.quota_nearest_now", "7|structure|2", one_column, structs, 1, 0 }, \
  {                                                                               \
    "staffing.quota_best_now", "7|funding|1", one_column, funds, 1, 0             \
  }
#define PLACE_ADDED                                                            \
  {                                                                            \
    "staffing.employment_add",                                                 \
      "9|7|2026-11-22|22|1|2||10||"                                            \
      "|||"                                                                    \
      "|0|09||||22|2|1|3",                                                     \
      NULL, NULL, 0, 1                                                         \
  }

static int
open_place_how (const char *values, unsigned how, int64_t *ret)
{
  return bz_employment_open (stub_req (), stub_item (values), 9, 7,
                             "2026-11-22", 3, how, ret);
}

static int
open_place (const char *values, int64_t *ret)
{
  return open_place_how (values, 0, ret);
}

static void
test_open (void)
{
  static const struct bz_script script[] = {
    NO_RECORD,
    COUNTED,
    PLACE_ADDED,
    { "staffing.duty_add", "7|1|0|0|无职务|1||", NULL, NULL, 0, 1 },
    { "staffing.person_start", "9|2026-11-22", NULL, NULL, 0, 1 },
  };
  int64_t id = 0;

  STUB_SCRIPT (script);
  g_assert_cmpint (open_place (PLACE, &id), ==, BZ_OK);
  g_assert_cmpint (id, ==, 7);
}

/* Somebody who is on staff stays where he is. */
static void
test_open_twice (void)
{
  static const char *const cells[] = { "4", "8", "22", "2020-01-01", "1" };
  static const struct bz_script looked[] = {
    GATE,
    { "staffing.employment_now", NULL, now_columns, cells, 1, 0 },
  };
  static const struct bz_script raced[] = {
    NO_RECORD,
    COUNTED,
    { "staffing.employment_add", NULL, NULL, NULL, 0, BZ_CONFLICT },
  };
  int64_t id = 0;

  STUB_SCRIPT (looked);
  g_assert_cmpint (open_place (PLACE, &id), ==, BZ_CONFLICT);
  g_assert_true (g_str_has_prefix (stub.fail, "该人员在所填时间已在编"));
  STUB_SCRIPT (raced);
  g_assert_cmpint (open_place (PLACE, &id), ==, BZ_CONFLICT);
  g_assert_true (g_str_has_prefix (stub.fail, "该人员在所填时间已在编"));
  g_assert_cmpint (id, ==, 0);
}

/* 编外 and 控制数 end where the roll begins. */
static void
test_open_off_roll (void)
{
  static const char *const cells[] = { "5", "8", "90", "2020-01-01", "1" };
  static const struct bz_script script[] = {
    GATE,
    { "staffing.employment_now", NULL, now_columns, cells, 1, 0 },
    { "staffing.employment_close", "5|2026-11-22|17|3", NULL, NULL, 0, 1 },
    COUNTED,
    PLACE_ADDED,
    { "staffing.duty_add", NULL, NULL, NULL, 0, 1 },
    { "staffing.person_start", NULL, NULL, NULL, 0, 0 },
  };
  int64_t id = 0;

  STUB_SCRIPT (script);
  g_assert_cmpint (open_place (PLACE, &id), ==, BZ_OK);
}

/* A post has as many holders as the office approved. */
static void
test_open_post (void)
{
  static const char *const post[] = { "id", "name", "quota", NULL };
  static const char *const cells[] = { "31", "校长", "1" };
  static const char *const none[] = { "0" };
  static const struct bz_script full[] = {
    NO_RECORD,
    COUNTED,
    PLACE_ADDED,
    { "staffing.post_take", "7|S006-L01", post, cells, 1, 0 },
    { "staffing.post_held", "31|2026-11-22", one_column, yes, 1, 0 },
  };
  static const struct bz_script free_post[] = {
    NO_RECORD,
    COUNTED,
    PLACE_ADDED,
    { "staffing.post_take", "7|S006-L01", post, cells, 1, 0 },
    { "staffing.post_held", "31|2026-11-22", one_column, none, 1, 0 },
    { "staffing.duty_add", "7|1|31|S006-L01|校长|2|示任〔2026〕1号|2026-11-01",
      NULL, NULL, 0, 1 },
    { "staffing.person_start", NULL, NULL, NULL, 0, 0 },
  };
  static const struct bz_script foreign[] = {
    NO_RECORD,
    COUNTED,
    PLACE_ADDED,
    { "staffing.post_take", "7|S006-L01", post, NULL, 0, 0 },
  };
#define HEAD                                                                   \
  "&duty.1.post=S006-L01&duty.1.appointment_type=2"                            \
  "&duty.1.doc_no=示任〔2026〕1号&duty.1.appoint_date=2026-11-01"
  int64_t id = 0;

  STUB_SCRIPT (full);
  g_assert_cmpint (open_place (PLACE HEAD, &id), ==, BZ_CONFLICT);
  g_assert_nonnull (strstr (stub.fail, "核定 1 名，已配 1 名"));
  STUB_SCRIPT (foreign);
  g_assert_cmpint (open_place (PLACE HEAD, &id), ==, BZ_CONFLICT);
  STUB_SCRIPT (free_post);
  g_assert_cmpint (open_place (PLACE HEAD, &id), ==, BZ_OK);
}

/* By a paper that says so, one more than approved: not for a post with room, and
 * not when it was filled after those who decide looked. */
static void
test_open_over (void)
{
  static const char *const post[] = { "id", "name", "quota", NULL };
  static const char *const cells[] = { "31", "校长", "1" };
  static const char *const none[] = { "0" };
#define TAKE                                                                   \
  NO_RECORD, COUNTED, PLACE_ADDED,                                             \
  {                                                                            \
    "staffing.post_take", "7|S006-L01", post, cells, 1, 0                      \
  }
#define HELD(q, n)                                                             \
  {                                                                            \
    q, "31|2026-11-22", one_column, n, 1, 0                                    \
  }
  static const struct bz_script full[] = {
    TAKE,
    HELD ("staffing.post_held", yes),
    HELD ("staffing.post_seen", yes),
    { "staffing.duty_add", NULL, NULL, NULL, 0, 1 },
    { "staffing.over_put", "7|1|77", NULL, NULL, 0, 1 },
    { "staffing.person_start", NULL, NULL, NULL, 0, 0 },
  };
  static const struct bz_script room[] = {
    TAKE,
    HELD ("staffing.post_held", none),
    { "staffing.duty_add", NULL, NULL, NULL, 0, 1 },
    { "staffing.person_start", NULL, NULL, NULL, 0, 0 },
  };
  static const struct bz_script unseen[] = {
    TAKE,
    HELD ("staffing.post_held", yes),
    HELD ("staffing.post_seen", none),
  };
  int64_t id = 0;

  STUB_SCRIPT (full);
  stub.kind = "over_lead";
  g_assert_cmpint (open_place (PLACE HEAD, &id), ==, BZ_OK);
  STUB_SCRIPT (room);
  stub.kind = "over_lead";
  g_assert_cmpint (open_place (PLACE HEAD, &id), ==, BZ_OK);
  STUB_SCRIPT (unseen);
  stub.kind = "over_lead";
  g_assert_cmpint (open_place (PLACE HEAD, &id), ==, BZ_CONFLICT);
  g_assert_nonnull (strstr (stub.fail, "核定 1 名，已配 1 名"));
  stub.kind = NULL;
}

/* 高职低配: the seat is that of a post above with room, the nearest first; the duty
 * keeps its own name; without any seat the post is as full as ever. */
static void
test_open_higher (void)
{
  static const char *const post[] = { "id", "name", "quota", "leader_class",
                                      NULL };
  static const char *const above[] = { "id", "quota", NULL };
  static const char *const cells[] = { "33", "其他领导", "1", "13" };
  static const char *const deputies[] = { "31", "1", "32", "2" };
  static const char *const head[] = { "30", "1" };
  static const char *const none[] = { "0" }, *const two[] = { "2" };
#define FULL                                                                   \
  NO_RECORD, COUNTED, PLACE_ADDED,                                             \
    { "staffing.post_take", "7|S006-L01", post, cells, 1, 0 },                 \
    { "staffing.post_held", "33|2026-11-22", one_column, yes, 1, 0 },          \
    { "staffing.post_seen", "33|2026-11-22", one_column, yes, 1, 0 },          \
    { "staffing.posts_above", "33|12", above, deputies, 2, 0 },                \
  {                                                                            \
    "staffing.post_held", "31|2026-11-22", one_column, yes, 1, 0               \
  }
  static const struct bz_script near[] = {
    FULL,
    { "staffing.post_held", "32|2026-11-22", one_column, yes, 1, 0 },
    { "staffing.duty_add",
      "7|1|32|S006-L01|其他领导|2|示任〔2026〕1号|2026-11-01", NULL, NULL, 0,
      1 },
    { "staffing.person_start", NULL, NULL, NULL, 0, 0 },
  };
  static const struct bz_script far[] = {
    FULL,
    { "staffing.post_held", "32|2026-11-22", one_column, two, 1, 0 },
    { "staffing.posts_above", "33|11", above, head, 1, 0 },
    { "staffing.post_held", "30|2026-11-22", one_column, none, 1, 0 },
    { "staffing.duty_add",
      "7|1|30|S006-L01|其他领导|2|示任〔2026〕1号|2026-11-01", NULL, NULL, 0,
      1 },
    { "staffing.person_start", NULL, NULL, NULL, 0, 0 },
  };
  static const struct bz_script nowhere[] = {
    FULL,
    { "staffing.post_held", "32|2026-11-22", one_column, two, 1, 0 },
    { "staffing.posts_above", "33|11", above, head, 1, 0 },
    { "staffing.post_held", "30|2026-11-22", one_column, yes, 1, 0 },
  };
  static const struct bz_script unseen[] = {
    NO_RECORD,
    COUNTED,
    PLACE_ADDED,
    { "staffing.post_take", "7|S006-L01", post, cells, 1, 0 },
    { "staffing.post_held", "33|2026-11-22", one_column, yes, 1, 0 },
    { "staffing.post_seen", "33|2026-11-22", one_column, none, 1, 0 },
  };
  int64_t id = 0;

  STUB_SCRIPT (unseen);
  g_assert_cmpint (open_place_how (PLACE HEAD, BZ_OPEN_HIGHER, &id), ==,
                   BZ_CONFLICT);
  g_assert_nonnull (strstr (stub.fail, "核定 1 名，已配 1 名"));
  STUB_SCRIPT (near);
  g_assert_cmpint (open_place_how (PLACE HEAD, BZ_OPEN_HIGHER, &id), ==, BZ_OK);
  STUB_SCRIPT (far);
  g_assert_cmpint (open_place_how (PLACE HEAD, BZ_OPEN_HIGHER, &id), ==, BZ_OK);
  STUB_SCRIPT (nowhere);
  g_assert_cmpint (open_place_how (PLACE HEAD, BZ_OPEN_HIGHER, &id), ==,
                   BZ_CONFLICT);
  g_assert_nonnull (strstr (stub.fail, "核定 1 名，已配 1 名"));
}

/* An entry is posted in every book that counts it; an exit takes it back. */
static void
test_post (void)
{
  static const char *const columns[] = {
    "person_id",     "unit_id",     "quota_code", "quota_structure",
    "quota_funding", "entry_paper", NULL
  };
  static const char *const cells[] = { "9", "7", "22", "2", "1", "" };
  static const char *const lead[] = { "leader_class", "posts", NULL };
  static const char *const lead_cells[] = { "11", "1" };
  static const struct bz_script script[] = {
    { "staffing.employment_quota", "4", columns, cells, 1, 0 },
    { "staffing.employment_leads", "4", lead, lead_cells, 1, 0 },
    { "staffing.quota_occupied", "7|type|22|-1", NULL, NULL, 0, 1 },
    { "staffing.posting_add", NULL, NULL, NULL, 0, 1 },
    { "staffing.quota_occupied", "7|structure|2|-1", NULL, NULL, 0, 1 },
    { "staffing.posting_add", NULL, NULL, NULL, 0, 1 },
    { "staffing.quota_occupied", "7|funding|1|-1", NULL, NULL, 0, 1 },
    { "staffing.posting_add", NULL, NULL, NULL, 0, 1 },
    { "staffing.quota_occupied", "7|lead|11|-1", NULL, NULL, 0, 1 },
    { "staffing.posting_add",
      "7|lead|11|occupied|-1|2026-11-22|3|9|示编〔2026〕1号"
      "|2026-11-22 10:26:03",
      NULL, NULL, 0, 1 },
  };

  STUB_SCRIPT (script);
  g_assert_cmpint (bz_employment_post (stub_req (), 4, -1, "2026-11-22", 3,
                                       "示编〔2026〕1号"),
                   ==, BZ_OK);
}

int
main (int argc, char **argv)
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/person/A5.11/five-outcomes", test_outcomes);
  g_test_add_func ("/person/HY-17/new", test_new);
  g_test_add_func ("/person/A5.11/unit-named-only-if-all-match",
                   test_unit_named);
  g_test_add_func ("/person/known-is-silent", test_known);
  g_test_add_func ("/person/HY-16/known-is-loaded-and-closed", test_fill);
  g_test_add_func ("/person/store-new", test_store_new);
  g_test_add_func ("/person/HY-16/store-completes-gaps", test_store_known);
  g_test_add_func ("/person/HY-46/photo-is-kept", test_store_photo);
  g_test_add_func ("/employment/HY-48/above-the-number-by-a-paper",
                   test_open_over);
  g_test_add_func ("/employment/HY-48/a-seat-above", test_open_higher);
  g_test_add_func ("/person/HY-66/titles-are-stored", test_store_titles);
  g_test_add_func ("/person/HY-66/titles-on-record-stay",
                   test_store_titles_known);
  g_test_add_func ("/person/store-merged", test_store_merged);
  g_test_add_func ("/person/HY-32/number-of-another", test_store_other_name);
  g_test_add_func ("/person/stored-by-another-meanwhile", test_store_race);
  g_test_add_func ("/person/incomplete-never-reaches-the-database",
                   test_store_incomplete);
  g_test_add_func ("/employment/open", test_open);
  g_test_add_func ("/employment/HY-18/no-second-place", test_open_twice);
  g_test_add_func ("/employment/A5.11/off-roll-record-closes",
                   test_open_off_roll);
  g_test_add_func ("/employment/HY-48/post-is-approved-and-free",
                   test_open_post);
  g_test_add_func ("/employment/posted-in-every-book", test_post);
  rc = g_test_run ();
  stub_end ();
  return rc;
}
