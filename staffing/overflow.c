/* 编制溢出规则: by how many posts a unit may go beyond what is approved, and what the
 * units of an office may that have no rule of their own.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

struct rule {
  int64_t scope_id;
  const char *word; /* as typed */
  int amount, percent;
};

/* "2" posts, "5%", "none"; "office" as the unit's office has it: amount -1. */
static bool
rule_read (const char *word, struct rule *ret)
{
  char *end = NULL;
  gint64 n;

  ret->word = word;
  ret->percent = 0;
  ret->amount = g_str_equal (word, "none") ? 0 : -1;
  if (g_str_equal (word, "none") || g_str_equal (word, "office"))
    return true;
  n = g_ascii_strtoll (word, &end, 10);
  if (!g_ascii_isdigit (*word) || n > 999 || (*end != '\0' && *end != '%'))
    return false;
  ret->percent = *end == '%';
  ret->amount = (int) n;
  return *end == '\0' || (end[1] == '\0' && n <= 100);
}

static int
rule_store (struct bz_req *req, void *data)
{
  const struct rule *r = data;
  int64_t rows = r->amount < 0 ? bz_db_exec (req, "staffing.overflow_drop",
                                             BZ_ARGS (BZ_INT (r->scope_id)))
                               : bz_db_exec (req, "staffing.overflow_set",
                                             BZ_ARGS (BZ_INT (r->scope_id),
                                                      BZ_INT (r->amount),
                                                      BZ_INT (r->percent)));

  return rows < 0
         ? (int) rows
         : bz_audit (req, "staffing.overflow", "scope", r->scope_id, r->word);
}

/* bianzhi overflow CODE RULE */
int
overflow_run (struct bz_req *req, int argc, char **argv)
{
  struct rule r = { .scope_id = 0 };
  const char *id;
  int rc;

  if (argc < 2 || !rule_read (argv[argc - 1], &r))
    return bz_fail (
      req, BZ_BAD_INPUT,
      "用法：bianzhi overflow 代码 规则；代码是单位代码或编办的行政区划代码，"
      "规则是名数（2）、核定数的百分比（5%%）、none（不允许）"
      "或 office（单位按编办的规则）");
  rc = bz_db_value (req, &id, "staffing.overflow_scope",
                    BZ_ARGS (BZ_STR (argv[argc - 2])));
  if (rc < 0)
    return rc;
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND, "没有代码是 %s 的单位或者编办，请核对",
                    argv[argc - 2]);
  r.scope_id = g_ascii_strtoll (id, NULL, 10);
  rc = bz_db_atomic (req, rule_store, &r);
  if (rc >= 0)
    bz_say (req, "%s 的编制溢出规则：%s", argv[argc - 2], argv[argc - 1]);
  return rc;
}
