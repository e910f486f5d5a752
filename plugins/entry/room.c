/* Room in the quota book for who enters.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "room.h"
#include <glib.h>
#include <string.h>
#include "look.h"
#include "slip.h"

/* What CODE of TABLE is called; the code itself where nobody knows it. */
static const char *
name_of (struct bz_req *req, const char *table, const char *code)
{
  const char *name = bz_code_name (req, table, code);

  return name != NULL ? name : code;
}

/* How many persons of other cases in hand need what ITEM has in FIELD. */
static int
count_others (struct bz_req *req, struct bz_case *entry, struct bz_item *item,
              const char *field, int *ret)
{
  const char *others = "0";
  int rc = bz_db_value (req, &others, "entry.in_hand",
                        BZ_ARGS (BZ_INT (bz_case_scope (entry)),
                                 BZ_INT (bz_case_id (entry)), BZ_STR (field),
                                 BZ_STR (bz_item_get (item, field))));

  *ret = (int) g_ascii_strtoll (others, NULL, 10);
  return rc;
}

/* More persons of this case (MINE) than free posts stop.  Other cases in hand could
 * take what this one needs: the last approval decides (decisions 17). */
static int
say_room (struct bz_req *req, const char *name, const char *field,
          const struct bz_balance *balance, int mine, int kept)
{
  const char *beside = "";
  int rc;

  if (kept > 0)
    beside = bz_format (req, "（另有 %d 人使用编制使用单的名额）", kept);
  if (balance->room < mine)
    rc = bz_mark (req, field,
                  "%s不足：%s，本申请单 %d 人%s，请核减人数或先申请编制", name,
                  bz_balance_text (req, balance), mine, beside);
  else
    rc = bz_warn (req, field,
                  "%s空编 %d 名，本申请单 %d 人%s，连同其他在办申请单将超出，"
                  "以先核准的为准",
                  name, balance->free, mine, beside);
  bz_of_case (req);
  return rc;
}

/* Room in one book for PERSON and all of the case who need the same of it. */
static int
check_book (struct bz_req *req, struct bz_case *entry,
            const struct entry_look *look, const struct entry_person *person,
            int book)
{
  const char *code = person->code[book], *field = entry_books[book].field;
  struct bz_balance balance;
  int all, kept, others = 0;
  int rc;

  if (code == NULL || entry_is_kept (person, book))
    return BZ_OK;
  rc = bz_quota_balance (req, bz_case_scope (entry), entry_books[book].book,
                         code, &balance);
  if (rc == 0)
    return bz_mark (req, field, "本单位没有核定%s，请按照批准文件重新选择",
                    bz_quota_title (req, entry_books[book].book, code));
  if (rc < 0)
    return rc;
  all = entry_count (look, book, code, &kept);
  if (balance.room >= all - kept)
    rc = count_others (req, entry, person->item, field, &others);
  if (rc < 0 || balance.room >= all - kept + others)
    return MIN (rc, BZ_OK);
  return say_room (req, bz_quota_title (req, entry_books[book].book, code),
                   field, &balance, all - kept, kept);
}

int
entry_check_room (struct bz_req *req, struct bz_case *entry,
                  struct bz_item *item)
{
  const char *type = bz_item_get (item, "staffing_type");
  const struct entry_person *person;
  struct entry_look *look;
  int rc, worst = BZ_OK;

  if (type == NULL || *type == '\0')
    return BZ_OK;
  rc = entry_look (req, entry, item, &look);
  if (rc < 0)
    return rc;
  person = entry_look_person (look, item);
  if (person->type == NULL)
    return bz_mark (req, "staffing_type",
                    "本单位没有核定%s，请按照《编制审批表》重新选择编制类型",
                    name_of (req, "staffing_type", type));
  if (person->place.fault != NULL)
    return entry_slip_mark (req, look, person);
  for (int b = 0; b < ENTRY_BOOKS; b++) {
    rc = check_book (req, entry, look, person, b);
    if (rc < 0 && rc != BZ_BAD_INPUT)
      return rc;
    worst = MIN (worst, rc);
  }
  return worst;
}
