/* bianzhi account load-demo: the fixed accounts of the demo city.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people/account.h"
#include "people/demo.h"
#include "serve/conf.h"

enum { COLUMNS = 6, MAY_BE_EMPTY = 5 };

/* The demo's file is ours: a comma never stands inside a value. */
static int
line_make (struct bz_req *req, char **cell)
{
  struct account_new new = {
    .account = cell[0],
    .operator_ = cell[1],
    .password = cell[2],
    .roles = NULL,
    .code = cell[4],
    .state = "set",
    .desk = *cell[5] != '\0' ? cell[5] : NULL,
  };
  g_auto (GStrv) roles = g_strsplit_set (cell[3], " ;|", -1);

  new.roles = roles;
  return account_make (req, &new);
}

struct row {
  char **cell;
  bool there;
};

static int
row_in (struct bz_req *req, void *data)
{
  struct row *row = data;
  struct bz_rows *rows;
  int64_t account;
  int rc = bz_db_open (req, &rows, "bz.account_find",
                       BZ_ARGS (BZ_STR (row->cell[0])));

  row->there = false;
  if (rc >= 0 && bz_db_next (rows) == 1) {
    account = bz_db_int (rows, "id");
    rc = bz_db_open (req, &rows, "bz.operator_find",
                     BZ_ARGS (BZ_INT (account), BZ_STR (row->cell[1])));
    row->there = rc >= 0 && bz_db_next (rows) == 1;
  }
  return rc < 0 || row->there ? rc : line_make (req, row->cell);
}

/* One line: 1 it was loaded, 0 it was there, <0. */
static int
line_load (struct bz_req *req, const char *line, int number)
{
  g_auto (GStrv) cell = g_strsplit (line, ",", -1);
  struct row row = { cell, false };
  int rc;

  if (g_strv_length (cell) != COLUMNS)
    return bz_fail (req, BZ_BAD_INPUT, "第 %d 行应有 %d 列", number, COLUMNS);
  for (int i = 0; i < COLUMNS; i++)
    if (*g_strstrip (cell[i]) == '\0' && i != MAY_BE_EMPTY)
      return bz_fail (req, BZ_BAD_INPUT, "第 %d 行第 %d 列是空的", number,
                      i + 1);
  if (!g_str_has_prefix (cell[2], DEMO_PASSWORD_PREFIX))
    return bz_fail (req, BZ_BAD_INPUT, "第 %d 行的密码须以 %s 开头", number,
                    DEMO_PASSWORD_PREFIX);
  rc = bz_db_atomic (req, row_in, &row);
  return rc < 0 ? rc : !row.there;
}

static bool
header_ok (const char *line)
{
  return g_str_equal (line, "account,operator,password,roles,unit_code,desk");
}

int
account_load_demo (struct bz_req *req, const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  int loaded = 0, rc = BZ_OK;

  if (!req->conf->demo)
    return bz_fail (req, BZ_FORBIDDEN,
                    "演示账号只能装入演示系统（[server] demo=true）");
  if (!g_file_get_contents (path, &text, NULL, &error))
    return bz_fail (req, BZ_NOT_FOUND, "%s", error->message);
  if (!g_utf8_validate (text, -1, NULL))
    return bz_fail (req, BZ_BAD_INPUT, "文件不是 UTF-8 文本");
  lines = g_strsplit (g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text,
                      "\n", -1);
  if (lines[0] == NULL || !header_ok (g_strchomp (lines[0])))
    return bz_fail (req, BZ_BAD_INPUT,
                    "第 1 行应为 account,operator,password,"
                    "roles,unit_code,desk");
  for (int i = 1; lines[i] != NULL && rc >= 0; i++) {
    if (*g_strstrip (lines[i]) == '\0')
      continue;
    rc = line_load (req, lines[i], i + 1);
    loaded += MAX (rc, 0);
  }
  if (rc < 0)
    return rc;
  bz_say (req, "装入演示账号 %d 个", loaded);
  return BZ_OK;
}
