/* bianzhi account: accounts and operators from the command line.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people/account.h"
#include <inttypes.h>
#include "people/audit.h"
#include "people/crypto.h"
#include "people/password.h"
#include "people/perm.h"
#include "serve/clock.h"
#include "serve/conf.h"

enum { WORDS_MAX = 2, LINE_MAX_BYTES = 1024 };

/* What was typed behind "account". */
struct call {
  const char *words[WORDS_MAX]; /* ACCOUNT, OPERATOR or FILE */
  int n_words;
  const char *scope, *roles, *desk;
  bool from_stdin, help;
};

/* -- Making one. */

int
account_roles_ok (struct bz_req *req, char **roles)
{
  guint n = 0;

  for (char **r = roles; *r != NULL; r++, n++)
    if (perm_role_title (*r) == NULL)
      return bz_fail (req, BZ_BAD_INPUT,
                      "没有角色 %s；可用的角色见 bianzhi "
                      "account --help",
                      *r);
  if (n == 0)
    return bz_fail (req, BZ_BAD_INPUT, "请至少指定一个角色");
  for (char **r = roles; *r != NULL && n > 1; r++)
    if (perm_role_alone (*r))
      return bz_fail (req, BZ_CONFLICT,
                      "角色 %s（%s）不能与其他角色由同一人兼任，请分给不同的人",
                      *r, perm_role_title (*r));
  return BZ_OK;
}

/* The scope with CODE. */
static int
scope_find (struct bz_req *req, const char *code, int64_t *id,
            const char **kind)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.scope_by_code", BZ_ARGS (BZ_STR (code)));

  if (rc < 0)
    return rc;
  if (bz_db_next (rows) != 1)
    return bz_fail (req, BZ_NOT_FOUND, "没有代码为 %s 的单位或编办，请核对代码",
                    code);
  *id = bz_db_int (rows, "id");
  *kind = bz_db_text (rows, "kind");
  return BZ_OK;
}

/* A unit's account never gets a role of the office, nor the other way round. */
static int
roles_fit (struct bz_req *req, char **roles, const char *kind)
{
  for (char **r = roles; *r != NULL; r++) {
    const char *of = perm_role_of (*r);

    if (of != NULL && g_strcmp0 (of, kind) != 0)
      return bz_fail (req, BZ_CONFLICT,
                      "角色 %s（%s）不能给%s的账号，请改选角色", *r,
                      perm_role_title (*r),
                      g_str_equal (of, "office") ? "单位" : "编办");
  }
  return BZ_OK;
}

/* The account's id, made if need be.  One that exists must be of this scope. */
static int
account_ensure (struct bz_req *req, const struct account_new *new,
                int64_t scope, const char *kind, int64_t *ret)
{
  struct bz_rows *rows;
  int64_t n;
  int rc = bz_db_open (req, &rows, "bz.account_find",
                       BZ_ARGS (BZ_STR (new->account)));

  if (rc < 0)
    return rc;
  if (bz_db_next (rows) == 1) {
    if (bz_db_int (rows, "scope_id") != scope)
      return bz_fail (req, BZ_CONFLICT,
                      "账号 %s 已属于另一个单位，请换一个账号", new->account);
    if (g_strcmp0 (bz_db_text (rows, "state"), "active") != 0)
      return bz_fail (req, BZ_CONFLICT, "账号 %s 已停用，请换一个账号",
                      new->account);
    *ret = bz_db_int (rows, "id");
    return BZ_OK;
  }
  n = bz_db_exec (req, "bz.account_add",
                  BZ_ARGS (BZ_STR (new->account),
                           BZ_STR (g_strcmp0 (kind, "office") == 0 ? "personal"
                                                                   : "unit"),
                           BZ_INT (scope)));
  if (n < 0)
    return (int) n;
  *ret = bz_db_last_id (req);
  return BZ_OK;
}

static const char *
first_until (struct bz_req *req)
{
  char text[20];

  clock_text (clock_now () + 3600LL * PASSWORD_FIRST_HOURS, text);
  return req_strdup (req, text);
}

static int
hash_make (struct bz_req *req, const char *password, const char **ret)
{
  g_autofree char *hash = crypto_password_hash (password,
                                                req->conf->password_cost);

  if (hash == NULL)
    return bz_fail (req, BZ_AWAY, "密码校验正忙，请稍后再试");
  *ret = req_strdup (req, hash);
  return BZ_OK;
}

static int
operator_add (struct bz_req *req, const struct account_new *new,
              int64_t account_id)
{
  bool first = g_str_equal (new->state, "first");
  const char *hash;
  int64_t n, id;
  int rc = hash_make (req, new->password, &hash);

  if (rc < 0)
    return rc;
  n = bz_db_exec (req, "bz.operator_add",
                  BZ_ARGS (BZ_INT (account_id), BZ_STR (new->operator_),
                           BZ_STR (hash), BZ_STR (new->state),
                           BZ_STR (first ? first_until (req) : NULL),
                           BZ_STR (new->desk), BZ_STR (bz_now (req))));
  if (n == BZ_CONFLICT)
    return bz_fail (req, BZ_CONFLICT, "账号 %s 已有经办人 %s，请核对经办人",
                    new->account, new->operator_);
  if (n < 0)
    return (int) n;
  id = bz_db_last_id (req);
  for (char **r = new->roles; *r != NULL &&n >= 0; r++)
    n = bz_db_exec (req, "bz.operator_role_add",
                    BZ_ARGS (BZ_INT (id), BZ_STR (*r)));
  return n < 0 ? (int) n
               : audit_write (req, "account.add", "operator", id, "ok", "");
}

int
account_make (struct bz_req *req, const struct account_new *new)
{
  int64_t account_id, scope;
  const char *kind;
  int rc = account_roles_ok (req, new->roles);

  if (rc >= 0)
    rc = scope_find (req, new->code, &scope, &kind);
  if (rc >= 0)
    rc = roles_fit (req, new->roles, kind);
  if (rc >= 0)
    rc = account_ensure (req, new, scope, kind, &account_id);
  return rc < 0 ? rc : operator_add (req, new, account_id);
}

/* -- Passwords. */

int
account_first (struct bz_req *req, int64_t id, const char *password)
{
  const char *hash;
  int64_t n;
  int rc = hash_make (req, password, &hash);

  if (rc < 0)
    return rc;
  n = bz_db_exec (req, "bz.password_set",
                  BZ_ARGS (BZ_STR (hash), BZ_STR ("first"),
                           BZ_STR (first_until (req)), BZ_INT (id)));
  if (n >= 0)
    n = bz_db_exec (req, "bz.operator_sessions_close", BZ_ARGS (BZ_INT (id)));
  return n < 0 ? (int) n
               : audit_write (req, "account.reset", "operator", id, "ok", "");
}

/* One line of standard input. */
static int
stdin_line (struct bz_req *req, const char **ret)
{
  g_autofree char *line = g_malloc0 (LINE_MAX_BYTES);

  if (fgets (line, LINE_MAX_BYTES, stdin) == NULL)
    return bz_fail (req, BZ_BAD_INPUT, "标准输入中没有密码");
  line[strcspn (line, "\r\n")] = '\0';
  if (!g_utf8_validate (line, -1, NULL))
    return bz_fail (req, BZ_BAD_INPUT, "密码不是 UTF-8 文本");
  *ret = req_strdup (req, line);
  crypto_wipe (line, LINE_MAX_BYTES);
  return BZ_OK;
}

/* A random first password, or the one that the administrator gives. */
static int
password_choose (struct bz_req *req, const struct call *call, const char **ret)
{
  g_autofree char *fresh = NULL;
  g_autoptr (GPtrArray) faults = NULL;
  int rc;

  if (!call->from_stdin) {
    fresh = crypto_first_password ();
    *ret = req_strdup (req, fresh);
    return BZ_OK;
  }
  rc = stdin_line (req, ret);
  if (rc < 0)
    return rc;
  faults = password_faults (*ret, call->words[0], call->words[1]);
  if (faults->len > 0)
    return bz_fail (req, BZ_BAD_INPUT, "%s",
                    (const char *) g_ptr_array_index (faults, 0));
  return BZ_OK;
}

static void
password_say (struct bz_req *req, const struct call *call, const char *password)
{
  bz_say (req, "账号 %s，经办人 %s", call->words[0], call->words[1]);
  if (!call->from_stdin)
    bz_say (req, "初始密码 %s （只显示这一次）", password);
  bz_say (req, "初始密码 %d 小时内有效，首次登录须修改", PASSWORD_FIRST_HOURS);
}

/* -- Commands. */

static int
make_in (struct bz_req *req, void *data)
{
  return account_make (req, data);
}

static int
add (struct bz_req *req, const struct call *call)
{
  g_auto (GStrv) roles = NULL;
  struct account_new new = { .account = call->words[0],
                             .operator_ = call->words[1],
                             .code = call->scope,
                             .desk = call->desk,
                             .state = "first" };
  int rc;

  if (call->n_words != 2 || call->scope == NULL || call->roles == NULL)
    return bz_fail (req, BZ_BAD_INPUT,
                    "用法：bianzhi account add 账号 经办人 "
                    "--scope 代码 --roles 角色,角色 [--desk 科室] "
                    "[--password-stdin]");
  new.roles = roles = g_strsplit (call->roles, ",", -1);
  rc = account_roles_ok (req, roles);
  if (rc >= 0)
    rc = password_choose (req, call, &new.password);
  if (rc >= 0)
    rc = bz_db_atomic (req, make_in, &new);
  if (rc >= 0)
    password_say (req, call, new.password);
  return rc;
}

/* The ids of ACCOUNT and, unless NULL, of its OPERATOR. */
static int
ids_find (struct bz_req *req, const struct call *call, int64_t *account_id,
          int64_t *operator_id)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.account_find",
                       BZ_ARGS (BZ_STR (call->words[0])));

  if (rc < 0)
    return rc;
  if (bz_db_next (rows) != 1)
    return bz_fail (req, BZ_NOT_FOUND, "没有账号 %s，请核对账号",
                    call->words[0]);
  *account_id = bz_db_int (rows, "id");
  *operator_id = 0;
  if (call->n_words < 2)
    return BZ_OK;
  rc = bz_db_open (req, &rows, "bz.operator_find",
                   BZ_ARGS (BZ_INT (*account_id), BZ_STR (call->words[1])));
  if (rc < 0)
    return rc;
  if (bz_db_next (rows) != 1)
    return bz_fail (req, BZ_NOT_FOUND, "账号 %s 没有经办人 %s，请核对经办人",
                    call->words[0], call->words[1]);
  *operator_id = bz_db_int (rows, "id");
  return BZ_OK;
}

struct target {
  const struct call *call;
  const char *password;
};

static int
reset_in (struct bz_req *req, void *data)
{
  const struct target *t = data;
  int64_t account_id, id;
  int rc = ids_find (req, t->call, &account_id, &id);

  return rc < 0 ? rc : account_first (req, id, t->password);
}

static int
reset (struct bz_req *req, const struct call *call)
{
  struct target t = { call, NULL };
  int rc;

  if (call->n_words != 2)
    return bz_fail (req, BZ_BAD_INPUT,
                    "用法：bianzhi account reset 账号 经办人 "
                    "[--password-stdin]");
  rc = password_choose (req, call, &t.password);
  if (rc >= 0)
    rc = bz_db_atomic (req, reset_in, &t);
  if (rc >= 0)
    password_say (req, call, t.password);
  return rc;
}

int
account_open (struct bz_req *req, int64_t id)
{
  int64_t n = bz_db_exec (req, "bz.operator_state",
                          BZ_ARGS (BZ_STR ("active"), BZ_INT (id)));

  return n < 0 ? (int) n
               : audit_write (req, "account.open", "operator", id, "ok", "");
}

int
account_close (struct bz_req *req, bool operator_, int64_t id)
{
  int64_t n = bz_db_exec (req,
                          operator_ ? "bz.operator_state" : "bz.account_state",
                          BZ_ARGS (BZ_STR ("closed"), BZ_INT (id)));

  if (n >= 0)
    n = bz_db_exec (req,
                    operator_ ? "bz.operator_sessions_close"
                              : "bz.account_sessions_close",
                    BZ_ARGS (BZ_INT (id)));
  return n < 0 ? (int) n
               : audit_write (req, "account.close",
                              operator_ ? "operator" : "account", id, "ok", "");
}

static const char *
desk_word (const char *desk)
{
  return desk != NULL && *desk != '\0' ? desk : "不分科室";
}

int
account_desk (struct bz_req *req, int64_t id, const char *desk)
{
  struct bz_rows *rows;
  const char *was;
  int64_t n = bz_db_open (req, &rows, "bz.operator_desk_was",
                          BZ_ARGS (BZ_INT (id)));

  if (n >= 0)
    n = bz_db_next (rows);
  if (n <= 0)
    return n < 0 ? (int) n : bz_fail (req, BZ_NOT_FOUND, "没有这名经办人");
  was = desk_word (bz_db_text (rows, "desk"));
  if (strcmp (was, desk_word (desk)) == 0)
    return BZ_OK;
  n = bz_db_exec (req, "bz.operator_desk",
                  BZ_ARGS (BZ_STR (desk), BZ_INT (id)));
  return n < 0
         ? (int) n
         : audit_write (req, "account.desk", "operator", id, "ok",
                        bz_format (req, "%s -> %s", was, desk_word (desk)));
}

/* Without --desk: any. */
static int
desk_in (struct bz_req *req, void *data)
{
  const struct call *call = data;
  int64_t account_id, id;
  int rc = ids_find (req, call, &account_id, &id);

  return rc < 0 ? rc : account_desk (req, id, call->desk);
}

static int
desk (struct bz_req *req, const struct call *call)
{
  int rc;

  if (call->n_words != 2)
    return bz_fail (req, BZ_BAD_INPUT,
                    "用法：bianzhi account desk 账号 经办人 [--desk 科室]");
  rc = bz_db_atomic (req, desk_in, (void *) call);
  if (rc >= 0)
    bz_say (req, "%s / %s：%s", call->words[0], call->words[1],
            call->desk != NULL ? call->desk : "不限科室");
  return rc;
}

static int
close_in (struct bz_req *req, void *data)
{
  const struct call *call = data;
  int64_t account_id, id;
  int rc = ids_find (req, call, &account_id, &id);
  bool one = call->n_words == 2;

  if (rc < 0)
    return rc;
  return account_close (req, one, one ? id : account_id);
}

static int
close_command (struct bz_req *req, const struct call *call)
{
  int rc;

  if (call->n_words < 1)
    return bz_fail (req, BZ_BAD_INPUT,
                    "用法：bianzhi account close 账号 [经办人]");
  rc = bz_db_atomic (req, close_in, (void *) call);
  if (rc >= 0)
    bz_say (req, "已停用，其登录同时失效");
  return rc;
}

static int
list (struct bz_req *req, const struct call *call)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.account_list",
                       BZ_ARGS (
                         BZ_STR (call->scope != NULL ? call->scope : "")));

  if (rc < 0)
    return rc;
  while ((rc = bz_db_next (rows)) == 1)
    bz_say (req, "%s\t%s\t%s %s\t%s\t%s\t%s", bz_db_text (rows, "name"),
            bz_db_text (rows, "state"), bz_db_text (rows, "code"),
            bz_db_text (rows, "unit"), bz_db_text (rows, "operator_name"),
            bz_db_text (rows, "operator_state"), bz_db_text (rows, "roles"));
  return rc;
}

static int
load_demo (struct bz_req *req, const struct call *call)
{
  if (call->n_words != 1)
    return bz_fail (req, BZ_BAD_INPUT, "用法：bianzhi account load-demo 文件");
  return account_load_demo (req, call->words[0]);
}

static const struct command {
  const char *name, *usage;
  int (*run) (struct bz_req *, const struct call *);
} commands[] = {
  { "add",
    "ACCOUNT OPERATOR --scope CODE --roles A,B [--desk DESK] "
    "[--password-stdin]",
    add },
  { "desk", "ACCOUNT OPERATOR [--desk DESK]   (without --desk: any)", desk },
  { "reset", "ACCOUNT OPERATOR [--password-stdin]", reset },
  { "close", "ACCOUNT [OPERATOR]", close_command },
  { "list", "[--scope CODE]", list },
  { "load-demo", "FILE   (only where [server] demo is on)", load_demo },
};

static void
say_role (const char *role, const char *title, void *req)
{
  bz_say (req, "  %-18s %s", role, title);
}

static int
help (struct bz_req *req, const struct command *only)
{
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (only == NULL || only == &commands[i])
      bz_say (req, "usage: bianzhi account %s %s", commands[i].name,
              commands[i].usage);
  bz_say (req, "CODE is a unit's or an office's code.  Without "
               "--password-stdin a random first password is printed once.");
  bz_say (req, "roles:");
  perm_foreach_role (say_role, req);
  return BZ_OK;
}

/* -- The words of the call. */

static bool
option_value (const char *name, int argc, char **argv, int *at,
              const char **ret)
{
  size_t n = strlen (name);

  if (strncmp (argv[*at], name, n) == 0 && argv[*at][n] == '=') {
    *ret = argv[*at] + n + 1;
    return true;
  }
  if (!g_str_equal (argv[*at], name) || *at + 1 >= argc)
    return false;
  *ret = argv[++*at];
  return true;
}

static int
call_read (struct bz_req *req, int argc, char **argv, struct call *call)
{
  *call = (struct call){ 0 };
  for (int i = 0; i < argc; i++) {
    if (!g_utf8_validate (argv[i], -1, NULL))
      return bz_fail (req, BZ_BAD_INPUT, "参数不是 UTF-8 文本");
    if (g_str_equal (argv[i], "--help") || g_str_equal (argv[i], "-h"))
      call->help = true;
    else if (g_str_equal (argv[i], "--password-stdin"))
      call->from_stdin = true;
    else if (option_value ("--scope", argc, argv, &i, &call->scope)
             || option_value ("--roles", argc, argv, &i, &call->roles)
             || option_value ("--desk", argc, argv, &i, &call->desk))
      continue;
    else if (argv[i][0] == '-')
      return bz_fail (req, BZ_BAD_INPUT,
                      "不认识选项 %s，或它缺少值；"
                      "见 bianzhi account --help",
                      argv[i]);
    else if (argv[i][0] == '\0' || call->n_words == WORDS_MAX)
      return bz_fail (req, BZ_BAD_INPUT,
                      "参数有空的或者太多；"
                      "见 bianzhi account --help");
    else
      call->words[call->n_words++] = argv[i];
  }
  return BZ_OK;
}

int
account_command (struct bz_req *req, int argc, char **argv)
{
  const struct command *command = NULL;
  struct call call;
  int rc;

  if (argc > 0 && g_str_equal (argv[0], "account")) {
    argc--;
    argv++;
  }
  if (argc == 0)
    return bz_fail (req, BZ_BAD_INPUT, "缺少子命令；见 bianzhi account --help");
  if (g_str_equal (argv[0], "--help") || g_str_equal (argv[0], "-h"))
    return help (req, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[0], commands[i].name))
      command = &commands[i];
  if (command == NULL)
    return bz_fail (req, BZ_BAD_INPUT,
                    "没有子命令 %s；见 bianzhi account "
                    "--help",
                    argv[0]);
  rc = call_read (req, argc - 1, argv + 1, &call);
  if (rc < 0)
    return rc;
  return call.help ? help (req, command) : command->run (req, &call);
}
