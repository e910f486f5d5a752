/* The quota book (编制总账): postings, and balances that never lie about them.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

static const struct account {
  const char *name, *update;
  const char *title; /* 核定 ...                                   */
  const char *no_more, *remedy; /* “不够再占用” so many, and what to do       */
  const char *no_less; /* “不能核减” so many                          */
} accounts[] = {
  [BZ_QUOTA_APPROVED] = { "approved", "staffing.quota_approved", "核定",
                          "不能核增", "请核对", "不能核减" },
  [BZ_QUOTA_OCCUPIED] = { "occupied", "staffing.quota_occupied", "实有",
                          "不够再占用", "请先核增编制或办理出编",
                          "不能再减少" },
  [BZ_QUOTA_RESERVED] = { "reserved", "staffing.quota_reserved", "已批未用",
                          "不够再批", "请核减人数或先核增编制", "不能收回" },
  [BZ_QUOTA_INCOMING] = { "incoming", "staffing.quota_incoming", "在途调入",
                          "不够再调入", "请先核增编制或办理出编",
                          "在途调入不能再减少" },
  [BZ_QUOTA_OUTGOING] = { "outgoing", "staffing.quota_outgoing", "在途调出",
                          "不能再调出", "请核对", "在途调出不能再减少" },
  [BZ_QUOTA_FROZEN] = { "frozen", "staffing.quota_frozen", "冻结", "不能冻结",
                        "请核对", "不能解冻" },
};

static const struct {
  const char *book, *codes, *title; /* of the book, where it needs naming */
} books[] = {
  { "type", "staffing_type", "" },
  { "structure", "structure", "编制结构" },
  { "funding", "funding_form", "经费形式" },
  { "lead", "leader_class", "" },
  { "rank", "civil_rank", "" },
  { "organ", "organ_quota", "机构数" },
  { "other", "other_quota", "" },
};

const char *
bz_quota_codes (const char *book)
{
  for (size_t i = 0; i < G_N_ELEMENTS (books); i++)
    if (g_strcmp0 (books[i].book, book) == 0)
      return books[i].codes;
  return NULL;
}

const char *
quota_name (struct bz_req *req, const char *book, const char *code)
{
  const char *codes = bz_quota_codes (book);
  const char *name = codes != NULL ? bz_code_name (req, codes, code) : NULL;

  return name != NULL ? name : code;
}

const char *
bz_quota_title (struct bz_req *req, const char *book, const char *code)
{
  const char *name = quota_name (req, book, code);

  for (size_t i = 0; i < G_N_ELEMENTS (books); i++)
    if (strcmp (books[i].book, book) == 0 && *books[i].title != '\0')
      return bz_format (req, "%s“%s”", books[i].title, name);
  return name;
}

/* “行政编制”, 编制结构“专业技术”. */
static const char *
account_title (struct bz_req *req, const struct bz_posting *p)
{
  const char *title = "";

  for (size_t i = 0; i < G_N_ELEMENTS (books); i++)
    if (strcmp (books[i].book, p->book) == 0)
      title = books[i].title;
  return bz_format (req, "%s“%s”", title, quota_name (req, p->book, p->code));
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
  const struct account *account = &accounts[p->account];
  const char *title = account_title (req, p);
  struct bz_balance b;
  int rc = read_balance (req, "staffing.quota_balance_now", p->unit_id, p->book,
                         p->code, &b);

  if (rc < 0)
    return rc;
  if (rc == 0)
    return bz_fail (req, BZ_CONFLICT,
                    "本单位没有核定%s，请核对编制类型、编制结构和职务", title);
  return bz_fail (req, BZ_CONFLICT, "%s%s，%s %d 名，%s", title,
                  bz_balance_text (req, &b),
                  p->amount > 0 ? account->no_more : account->no_less,
                  abs (p->amount), p->amount > 0 ? account->remedy : "请核对");
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

/* What is taken today the update itself has seen. */
static bool
takes_of_past (struct bz_req *req, const struct bz_posting *p)
{
  return p->amount < 0 && strcmp (p->date, bz_today (req)) < 0;
}

/* The row of ROWS, if there is one, as a sentence in RET; else NULL. */
static int
read_short (struct bz_req *req, const struct bz_posting *p,
            struct bz_rows *rows, const char **ret)
{
  int rc = bz_db_next (rows);

  *ret = NULL;
  if (rc > 0)
    *ret = bz_format (
      req, "%s在 %s 的%s是 %d 名，减少 %d 名后会成为负数，请核对日期和人数",
      account_title (req, p), bz_db_text (rows, "day"),
      accounts[p->account].title, (int) bz_db_int (rows, "balance") - p->amount,
      -p->amount);
  return MIN (rc, BZ_OK);
}

int
bz_quota_short (struct bz_req *req, const struct bz_posting *p, int before,
                const char **ret)
{
  struct bz_rows *rows;
  int rc;

  *ret = NULL;
  if (!takes_of_past (req, p))
    return BZ_OK;
  rc = bz_db_open (req, &rows, "staffing.quota_short_seen",
                   BZ_ARGS (BZ_INT (p->unit_id), BZ_STR (p->book),
                            BZ_STR (p->code),
                            BZ_STR (accounts[p->account].name),
                            BZ_STR (p->date), BZ_INT (before + p->amount)));
  return rc < 0 ? rc : read_short (req, p, rows, ret);
}

/* Was the account less than nothing on a day since the posting's own? */
static int
check_past (struct bz_req *req, const struct bz_posting *p)
{
  struct bz_rows *rows;
  const char *why;
  int rc;

  if (!takes_of_past (req, p))
    return BZ_OK;
  rc = bz_db_open (req, &rows, "staffing.quota_short",
                   BZ_ARGS (BZ_INT (p->unit_id), BZ_STR (p->book),
                            BZ_STR (p->code),
                            BZ_STR (accounts[p->account].name),
                            BZ_STR (p->date)));
  if (rc == BZ_OK)
    rc = read_short (req, p, rows, &why);
  if (rc < 0 || why == NULL)
    return rc;
  return bz_fail (req, BZ_CONFLICT, "%s", why);
}

int
quota_write (struct bz_req *req, const struct bz_posting *p)
{
  int rc = write_posting (req, p);

  return rc < 0 ? rc : check_past (req, p);
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
bz_quota_type (struct bz_req *req, int64_t unit_id, const char *staffing_type,
               const char **ret)
{
  *ret = NULL;
  if (staffing_type == NULL
      || g_strcmp0 (bz_code_extra (req, "staffing_type", staffing_type,
                                   "counts_quota"),
                    "1")
           != 0)
    return 0;
  return bz_db_value (req, ret, "staffing.quota_nearest",
                      BZ_ARGS (BZ_INT (unit_id), BZ_STR ("type"),
                               BZ_STR (staffing_type)));
}

const char *
item_text (const struct bz_item *item, const char *field)
{
  const char *value = bz_item_get (item, field);

  return value != NULL ? value : "";
}

/* The item's FIELD counts in BOOK where the unit has an account of it, or of what it is
 * a kind of. */
static int
field_code (struct bz_req *req, const struct bz_item *item, int64_t unit_id,
            const char *book, const char *field, bool now, const char **ret)
{
  const char *code = item_text (item, field);

  if (*code == '\0')
    return 0;
  return bz_db_value (req, ret,
                      now ? "staffing.quota_nearest_now"
                          : "staffing.quota_nearest",
                      BZ_ARGS (BZ_INT (unit_id), BZ_STR (book), BZ_STR (code)));
}

/* In a unit that has the book nobody is of no account: a form of which it has none is
 * its own code, to which nothing can be posted. */
static int
funding_code (struct bz_req *req, const struct bz_item *item, int64_t unit_id,
              bool now, const char **ret)
{
  const char *code = item_text (item, "funding");
  int rc;

  if (*code == '\0')
    return 0;
  rc = bz_db_value (req, ret,
                    now ? "staffing.quota_best_now" : "staffing.quota_best",
                    BZ_ARGS (BZ_INT (unit_id), BZ_STR ("funding"),
                             BZ_STR (code)));
  if (rc > 0 && !g_str_has_prefix (code, *ret))
    *ret = code;
  return rc;
}

static int
quota_code (struct bz_req *req, const struct bz_item *item, int64_t unit_id,
            const char *book, bool now, const char **ret)
{
  const char *type = item_text (item, "staffing_type");

  *ret = NULL;
  if (!quota_counts (req, type, item_text (item, "person_status")))
    return 0;
  if (strcmp (book, "type") == 0)
    return field_code (req, item, unit_id, book, "staffing_type", now, ret);
  if (strcmp (book, "funding") == 0)
    return funding_code (req, item, unit_id, now, ret);
  /* A structure counts where its type is structured. */
  if (g_strcmp0 (bz_code_extra (req, "staffing_type", type, "structured"), "1")
      != 0)
    return 0;
  return field_code (req, item, unit_id, book, "structure", now, ret);
}

int
quota_code_now (struct bz_req *req, const struct bz_item *item, int64_t unit_id,
                const char *book, const char **ret)
{
  return quota_code (req, item, unit_id, book, true, ret);
}

int
bz_quota_code (struct bz_req *req, const struct bz_item *item, int64_t unit_id,
               const char *book, const char **ret)
{
  return quota_code (req, item, unit_id, book, false, ret);
}

/* Do A and B hold the same of all that bz_quota_code looks at? */
static bool
count_alike (const struct bz_item *a, const struct bz_item *b)
{
  static const char *const looked_at[] = { "staffing_type", "structure",
                                           "funding", "person_status" };

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
