/* The public page of check codes: is a sheet that somebody brings ours, and
 * does it hold.  It tells number, date, unit, count and state, nothing else.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <string.h>
#include "data/xml.h"
#include "serve/route.h"
#include "work/checkcode.h"
#include "work/desk-page.h"
#include "work/sheet.h"

static void
ask_add (struct bz_req *req, const char *typed)
{
  char code[CHECKCODE_SIZE + 1];
  g_autofree char *shown = checkcode_read (typed, code) ? checkcode_shown (code)
                                                        : NULL;
  xmlNode *query = xml_add (desk_root (req), "query", NULL), *f;

  xml_set (query, "action", bz_href (req, "/check/"));
  f = xml_add (query, "f", NULL);
  xml_set (f, "id", "code");
  xml_set (f, "t", "校验码");
  xml_set (f, "type", "text");
  xml_set (f, "max", "40");
  xml_set (f, "v", shown != NULL ? shown : typed);
}

static void
row_add (xmlNode *section, const char *title, const char *value)
{
  xmlNode *kv = xml_add (section, "kv", value);

  xml_set (kv, "t", title);
  xml_set (kv, "w", "3");
}

/* What the business of a sheet calls their number: 人数. */
static const char *
count_title (struct bz_req *req, struct bz_rows *rows)
{
  const struct business *b = business_find (bz_db_text (rows, "business"));

  return b != NULL ? bz_format (req, "%s数", b->item_word) : "数量";
}

/* A void sheet in whose place a newer one stands. */
static const char *
anew_text (struct bz_req *req, struct bz_rows *rows)
{
  const char *on = bz_db_text (rows, "anew_on");

  return on == NULL ? ""
                    : bz_format (req, "；%s 已重新出具，以重新出具的为准", on);
}

static void
found_add (struct bz_req *req, struct bz_rows *rows, const char *code)
{
  const char *state = bz_db_text (rows, "state");
  const char *on = bz_db_text (rows, "state_on");
  xmlNode *section = xml_add (desk_root (req), "section", NULL);
  const char *count = count_title (req, rows);
  g_autofree char *shown = checkcode_shown (code);

  if (strcmp (state, "valid") == 0)
    desk_say (req, "tell",
              "这份文书由本系统出具，现在有效。请将编号、日期、单位、%s与"
              "纸质文书逐项核对，有一项不符的，纸质文书不可采信",
              count);
  else
    desk_say (req, "warn", "这份文书由本系统出具，但%s，不能再使用%s",
              sheet_word (state), anew_text (req, rows));
  xml_set (section, "id", "sheet");
  xml_set (section, "t", "查验结果");
  row_add (section, "校验码", shown);
  row_add (section, "编号", bz_db_text (rows, "number"));
  row_add (section, "日期", bz_db_text (rows, "dated"));
  row_add (section, "单位", bz_db_text (rows, "unit"));
  row_add (section, count, bz_db_text (rows, "items"));
  row_add (section, "状态", sheet_word (state));
  if (on != NULL)
    row_add (section, strcmp (state, "void") == 0 ? "作废日期" : "替换日期",
             on);
}

/* Nobody's code: said plainly, and no page to be taken for a find. */
static int
unknown (struct bz_req *req, const char *text)
{
  desk_say (req, "warn", "%s", text);
  req->http_status = 404;
  return BZ_OK;
}

static int
answer (struct bz_req *req, const char *typed)
{
  char code[CHECKCODE_SIZE + 1];
  struct bz_rows *rows;
  int rc;

  if (!checkcode_read (typed, code))
    return unknown (req, "校验码有误：应为 12 位数字和字母，请对照纸质文书重新"
                         "输入；输入无误仍查不到的，不是本系统出具的文书");
  rc = bz_db_open (req, &rows, "bz.sheet_public", BZ_ARGS (BZ_STR (code)));
  if (rc == BZ_OK)
    rc = bz_db_next (rows);
  if (rc == 0)
    return unknown (req, "没有这个校验码，不是本系统出具的文书，请勿采信；"
                         "如有疑问，请联系出具单位核实");
  if (rc > 0)
    found_add (req, rows, code);
  return MIN (rc, 0);
}

/* GET /check/, typed with or without its slash, and /check/{code}: the code
 * comes from the QR, or is typed. */
static int
check_get (struct bz_req *req)
{
  const char *typed = bz_param (req, "code");
  int rc = BZ_OK;

  bz_title (req, "文书查验");
  if (typed != NULL && *typed != '\0')
    rc = answer (req, typed);
  else
    desk_say (req, "tell", "扫描文书上的二维码，或者输入二维码旁的校验码");
  ask_add (req, typed != NULL ? typed : "");
  return rc;
}

int
check_routes (GError **error)
{
  static const struct bz_route table[] = {
    { "GET", "/check", "public", NULL, "check", check_get },
    { "GET", "/check/", "public", NULL, "check", check_get },
    { "GET", "/check/{code}", "public", NULL, "check", check_get },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (table); i++) {
    int rc = route_add (&table[i], "bz", NULL, error);

    if (rc < 0)
      return rc;
  }
  return BZ_OK;
}
