/* The quota book (编制总账): postings, and balances that never lie about them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

static const struct {
  const char *name, *update;
} accounts[] = {
  [BZ_QUOTA_APPROVED] = { "approved", "staffing.quota_approved" },
  [BZ_QUOTA_OCCUPIED] = { "occupied", "staffing.quota_occupied" },
  [BZ_QUOTA_RESERVED] = { "reserved", "staffing.quota_reserved" },
  [BZ_QUOTA_INCOMING] = { "incoming", "staffing.quota_incoming" },
  [BZ_QUOTA_OUTGOING] = { "outgoing", "staffing.quota_outgoing" },
  [BZ_QUOTA_FROZEN] = { "frozen", "staffing.quota_frozen" },
};

static const struct {
  const char *book, *codes;
} books[] = {
  { "type", "staffing_type" }, { "structure", "structure" },
  { "lead", "leader_class" },  { "rank", "civil_rank" },
  { "organ", "organ_quota" },  { "other", "other_quota" },
};

const char *
quota_name (struct bz_req *req, const char *book, const char *code)
{
  const char *name = NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (books); i++)
    if (strcmp (books[i].book, book) == 0)
      name = bz_code_name (req, books[i].codes, code);
  return name != NULL ? name : code;
}

bool
quota_counts (struct bz_req *req, const char *staffing_type,
              const char *person_status)
{
  return g_strcmp0 (bz_code_extra (req, "staffing_type", staffing_type,
                                   "counts_quota"),
                    "1")
        == 0
      && g_strcmp0 (bz_code_extra (req, "person_status", person_status,
                                   "occupies_quota"),
                    "1")
           == 0;
}

static int
read_balance (struct bz_req *req, const char *query, int64_t unit_id,
              const char *book, const char *code, struct bz_balance *ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, query,
                       BZ_ARGS (BZ_INT (unit_id), BZ_STR (book),
                                BZ_STR (code)));

  if (rc < 0)
    return rc;
  rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  *ret = (struct bz_balance){ 0 };
  if (rc == 0)
    return 0;
  ret->approved = (int) bz_db_int (rows, "approved");
  ret->occupied = (int) bz_db_int (rows, "occupied");
  ret->reserved = (int) bz_db_int (rows, "reserved");
  ret->incoming = (int) bz_db_int (rows, "incoming");
  ret->outgoing = (int) bz_db_int (rows, "outgoing");
  ret->frozen = (int) bz_db_int (rows, "frozen");
  ret->free = ret->approved - ret->occupied - ret->reserved - ret->incoming
            - ret->frozen;
  ret->room = ret->free + (int) bz_db_int (rows, "allowance");
  return 1;
}

int
bz_quota_balance (struct bz_req *req, int64_t unit_id, const char *book,
                  const char *code, struct bz_balance *ret)
{
  return read_balance (req, "staffing.quota_balance", unit_id, book, code, ret);
}

const char *
bz_balance_text (struct bz_req *req, const struct bz_balance *b)
{
  const char *reserved = "", *incoming = "", *frozen = "", *beyond = "";

  if (b->reserved != 0)
    reserved = bz_format (req, "，已批未用 %d 名", b->reserved);
  if (b->incoming != 0)
    incoming = bz_format (req, "，在途调入 %d 名", b->incoming);
  if (b->frozen != 0)
    frozen = bz_format (req, "，冻结 %d 名", b->frozen);
  if (b->room > b->free)
    beyond = bz_format (req, "，允许溢出 %d 名", b->room - b->free);
  return bz_format (req, "核定 %d 名，实有 %d 名%s%s%s，空编 %d 名%s",
                    b->approved, b->occupied, reserved, incoming, frozen,
                    b->free, beyond);
}

/* The update changed nothing: either there is no such account, or no room. */
static int
refuse (struct bz_req *req, const struct bz_posting *p)
{
  const char *name = quota_name (req, p->book, p->code);
  struct bz_balance b;
  int rc = read_balance (req, "staffing.quota_balance_now", p->unit_id, p->book,
                         p->code, &b);

  if (rc < 0)
    return rc;
  if (rc == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "本单位没有核定“%s”，请核对编制类型、编制结构和职务", name);
  if (p->amount > 0)
    return bz_fail (req, BZ_CONFLICT,
                    "“%s”%s，不够再占用 %d 名，请先核增编制或办理出编", name,
                    bz_balance_text (req, &b), p->amount);
  return bz_fail (req, BZ_CONFLICT, "“%s”%s，不能再减少 %d 名，请核对", name,
                  bz_balance_text (req, &b), -p->amount);
}

static int
write_posting (struct bz_req *req, const struct bz_posting *p)
{
  int64_t rows = bz_db_exec (req, "staffing.posting_add",
                             BZ_ARGS (BZ_INT (p->unit_id), BZ_STR (p->book),
                                      BZ_STR (p->code),
                                      BZ_STR (accounts[p->account].name),
                                      BZ_INT (p->amount), BZ_STR (p->date),
                                      BZ_INT (p->case_id),
                                      BZ_INT (p->person_id),
                                      BZ_STR (p->paper != NULL ? p->paper : ""),
                                      BZ_STR (bz_now (req))));

  return rows < 0 ? (int) rows : BZ_OK;
}

/* Was the account less than nothing on a day since the posting's own?  What is
 * taken today the update itself has seen. */
static int
check_past (struct bz_req *req, const struct bz_posting *p)
{
  const char *least = NULL;
  int rc;

  if (p->amount > 0 || strcmp (p->date, bz_today (req)) >= 0)
    return BZ_OK;
  rc = bz_db_value (req, &least, "staffing.quota_least",
                    BZ_ARGS (BZ_INT (p->unit_id), BZ_STR (p->book),
                             BZ_STR (p->code),
                             BZ_STR (accounts[p->account].name),
                             BZ_STR (p->date)));
  if (rc <= 0 || least == NULL || g_ascii_strtoll (least, NULL, 10) >= 0)
    return MIN (rc, BZ_OK);
  return bz_fail (
    req, BZ_CONFLICT,
    "“%s”在 %s 还没有这么多，减少 %d 名后会成为负数，请核对日期和人数",
    quota_name (req, p->book, p->code), p->date, -p->amount);
}

int
bz_quota_post (struct bz_req *req, const struct bz_posting *p)
{
  int64_t rows;
  int rc;

  if (p->amount == 0)
    return BZ_OK;
  rows = bz_db_exec (req, accounts[p->account].update,
                     BZ_ARGS (BZ_INT (p->unit_id), BZ_STR (p->book),
                              BZ_STR (p->code), BZ_INT (p->amount)));
  if (rows == 0 && p->over && p->account == BZ_QUOTA_OCCUPIED)
    rows = bz_db_exec (req, "staffing.quota_over",
                       BZ_ARGS (BZ_INT (p->unit_id), BZ_STR (p->book),
                                BZ_STR (p->code), BZ_INT (p->amount)));
  if (rows == 0 || rows == BZ_CONFLICT)
    return refuse (req, p);
  rc = rows < 0 ? (int) rows : write_posting (req, p);
  return rc < 0 ? rc : check_past (req, p);
}

int
bz_quota_approve (struct bz_req *req, const struct bz_quota_paper *paper,
                  const char *book, const char *code,
                  enum bz_quota_account account, int amount)
{
  struct bz_posting posting = { .unit_id = paper->unit_id,
                                .book = book,
                                .code = code,
                                .account = account,
                                .amount = amount,
                                .date = paper->date,
                                .case_id = paper->case_id,
                                .paper = paper->number };
  int64_t rows;

  if (strcmp (paper->date, bz_today (req)) > 0)
    return bz_fail (req, BZ_CONFLICT,
                    "批准文件“%s”的日期晚于今天，请核对后再办理",
                    paper->number);
  rows = bz_db_exec (req, "staffing.paper_add",
                     BZ_ARGS (BZ_INT (paper->case_id), BZ_INT (paper->unit_id),
                              BZ_STR (paper->number), BZ_STR (paper->date),
                              BZ_STR (paper->title),
                              BZ_STR (paper->summary != NULL ? paper->summary
                                                             : "")));
  if (rows >= 0 && amount > 0)
    rows = bz_db_exec (req, "staffing.quota_account",
                       BZ_ARGS (BZ_INT (paper->unit_id), BZ_STR (book),
                                BZ_STR (code)));
  return rows < 0 ? (int) rows : bz_quota_post (req, &posting);
}

const char *
bz_quota_type (struct bz_req *req, int64_t unit_id, const char *staffing_type)
{
  const char *code;

  if (staffing_type == NULL
      || g_strcmp0 (bz_code_extra (req, "staffing_type", staffing_type,
                                   "counts_quota"),
                    "1")
           != 0)
    return NULL;
  if (bz_db_value (req, &code, "staffing.quota_type",
                   BZ_ARGS (BZ_INT (unit_id), BZ_STR (staffing_type)))
      <= 0)
    return NULL;
  return code;
}

const char *
item_text (const struct bz_item *item, const char *field)
{
  const char *value = bz_item_get (item, field);

  return value != NULL ? value : "";
}

/* A structure counts where its type is structured and the unit has such an
 * account. */
static int
structure_code (struct bz_req *req, const struct bz_item *item, int64_t unit_id,
                const char **ret)
{
  const char *structure = item_text (item, "structure"), *found;
  int rc;

  if (*structure == '\0'
      || g_strcmp0 (bz_code_extra (req, "staffing_type",
                                   item_text (item, "staffing_type"),
                                   "structured"),
                    "1")
           != 0)
    return 0;
  rc = bz_db_value (req, &found, "staffing.quota_has",
                    BZ_ARGS (BZ_INT (unit_id), BZ_STR ("structure"),
                             BZ_STR (structure)));
  if (rc > 0)
    *ret = structure;
  return rc;
}

int
bz_quota_code (struct bz_req *req, const struct bz_item *item, int64_t unit_id,
               const char *book, const char **ret)
{
  const char *type = item_text (item, "staffing_type"), *code;

  if (!quota_counts (req, type, item_text (item, "person_status")))
    return 0;
  if (strcmp (book, "structure") == 0)
    return structure_code (req, item, unit_id, ret);
  code = bz_quota_type (req, unit_id, type);
  if (code == NULL)
    return 0;
  *ret = code;
  return 1;
}

/* Do A and B hold the same of all that bz_quota_code looks at? */
static bool
count_alike (const struct bz_item *a, const struct bz_item *b)
{
  static const char *const looked_at[] = { "staffing_type", "structure",
                                           "person_status" };

  for (size_t i = 0; i < G_N_ELEMENTS (looked_at); i++)
    if (strcmp (item_text (a, looked_at[i]), item_text (b, looked_at[i])) != 0)
      return false;
  return true;
}

int
bz_quota_count (struct bz_req *req, const struct bz_case *c, int64_t unit_id,
                const char *book, const char *code)
{
  const struct bz_item *last = NULL;
  bool counts = false;
  int n = 0;

  for (size_t i = 0; i < bz_case_items (c); i++) {
    const struct bz_item *item = bz_case_item (c, i);
    const char *of = NULL;

    /* Most persons of a case are like the one before. */
    if (last == NULL || !count_alike (last, item)) {
      int rc = bz_quota_code (req, item, unit_id, book, &of);

      if (rc < 0)
        return rc;
      counts = rc > 0 && g_strcmp0 (of, code) == 0;
    }
    last = item;
    n += counts;
  }
  return n;
}
