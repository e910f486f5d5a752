/* The operators behind an account, for who manages accounts: added, closed, and
 * given first passwords that are shown once, moved to another desk.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include <inttypes.h>
#include <string.h>
#include "data/xml.h"
#include "define/process.h"
#include "people/account.h"
#include "people/crypto.h"
#include "people/password.h"
#include "people/perm.h"
#include "people/session.h"
#include "show/page.h"

enum { NAME_MAX_LETTERS = 30, ROLES_MAX = 16 };

struct account {
  int64_t id;
  const char *name, *state, *unit, *code, *kind;
  bool ours; /* of our own office: an upper one looks on (A5.17) */
};

static xmlNode *
root (struct bz_req *req)
{
  return xml_node (bz_page (req));
}

/* The account that the address names, within the session's scope. */
static int
account_of (struct bz_req *req, struct account *ret)
{
  const char *text = bz_param (req, "account");
  struct bz_rows *rows;
  gint64 id;
  int rc;

  if (text == NULL
      || !g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &id, NULL))
    return bz_fail (req, BZ_NOT_FOUND, "没有这个账号");
  rc = bz_db_open (req, &rows, "bz.account_one",
                   BZ_ARGS (BZ_INT (id), BZ_INT (directory_every (req))));
  if (rc >= 0)
    rc = bz_db_next (rows);
  if (rc < 0)
    return rc;
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND, "没有这个账号，或者它不归您管理");
  *ret = (struct account){ .id = id,
                           .name = bz_db_text (rows, "name"),
                           .state = bz_db_text (rows, "state"),
                           .unit = bz_db_text (rows, "unit"),
                           .code = bz_db_text (rows, "code"),
                           .kind = bz_db_text (rows, "kind"),
                           .ours = bz_db_int (rows, "office_id")
                                == req->session->office_id };
  return BZ_OK;
}

/* -- The page. */

static void
kv (xmlNode *section, const char *title, const char *value)
{
  xml_set (xml_add (section, "kv", value), "t", title);
}

static const char *
role_titles (struct bz_req *req, const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names, ",", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **r = parts; *r != NULL; r++) {
    const char *title = perm_role_title (*r);

    if (**r != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? "、" : "",
                              title != NULL ? title : *r);
  }
  return bz_format (req, "%s", text->str);
}

static const char *
password_word (struct bz_req *req, struct bz_rows *rows)
{
  const char *until = bz_db_text (rows, "password_until");
  const char *locked = bz_db_text (rows, "locked_until");
  const char *state = bz_db_text (rows, "password_state");

  if (locked != NULL && strcmp (locked, bz_now (req)) > 0)
    return bz_format (req, "输错多次，锁定至 %.16s", locked);
  if (g_strcmp0 (state, "first") != 0)
    return "已改为自己的密码";
  if (password_first_over (state, until, bz_now (req)))
    return "初始密码已过期";
  return bz_format (req, "初始密码，%.16s 前有效",
                    until != NULL ? until : bz_now (req));
}

static void
button_cell (struct bz_req *req, xmlNode *r, const char *text, const char *verb,
             int64_t id, const char *of)
{
  xmlNode *c = xml_add (r, "c", text);

  xml_set (c, "do", bz_format (req, "%s:%" PRId64, verb, id));
  xml_set (c, "of", of);
  xml_set (c, "c", "nw");
}

static bool
is_office (const struct account *a)
{
  return strcmp (a->kind, "office") == 0;
}

static void
operator_row (struct bz_req *req, struct bz_rows *rows, xmlNode *table,
              bool office, bool manages)
{
  bool closed = g_strcmp0 (bz_db_text (rows, "state"), "active") != 0;
  const char *name = bz_db_text (rows, "name");
  int64_t id = bz_db_int (rows, "id");
  xmlNode *r = xml_add (table, "r", NULL), *c;

  xml_set (r, "off", closed ? "1" : NULL);
  xml_set (xml_add (r, "c", name), "c", "nw");
  xml_add (r, "c", role_titles (req, bz_db_text (rows, "roles")));
  if (office)
    xml_set (xml_add (r, "c", bz_db_text (rows, "desk")), "c", "nw");
  xml_add (r, "c", closed ? "" : password_word (req, rows));
  c = xml_add (r, "c", closed ? "停用" : "在用");
  xml_set (c, "tone", closed ? "bad" : "ok");
  if (!manages)
    return;
  if (id == bz_user_id (req)) {
    xml_add (r, "c", "本人请用“修改密码”");
    xml_add (r, "c", "");
    return;
  }
  button_cell (req, r, closed ? "恢复并发放初始密码" : "发放初始密码", "first",
               id, name);
  if (closed)
    xml_add (r, "c", "");
  else
    button_cell (req, r, "停用", "close", id, name);
}

static int
operators_add (struct bz_req *req, const struct account *a, xmlNode *into,
               bool manages)
{
  static const char *const titles[] = { "经办人", "角色",     "科室", "密码",
                                        "状态",   "密码管理", "停用" };
  xmlNode *table = xml_add (into, "table", NULL);
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.account_operators",
                       BZ_ARGS (BZ_INT (a->id)));

  xml_set (table, "id", "operators");
  xml_set (table, "caption", "经办人");
  xml_set (table, "empty", "还没有经办人");
  for (size_t i = 0; i < (manages ? 7 : 5); i++)
    if (i != 2 || is_office (a)) /* a unit has no desks */
      xml_set (xml_add (table, "col", NULL), "t", titles[i]);
  while (rc >= 0 && (rc = bz_db_next (rows)) == 1)
    operator_row (req, rows, table, is_office (a), manages);
  return MIN (rc, BZ_OK);
}

struct seat {
  char **roles;
  bool bound; /* one of them stands at a step that goes by desks */
};

static void
seat_look (const struct process *p, void *data)
{
  struct seat *seat = data;

  for (unsigned i = 0; i < p->steps->len; i++) {
    const struct process_step *step = p->steps->pdata[i];

    for (char **r = seat->roles; step->desk && *r != NULL; r++)
      if (g_strv_contains ((const char *const *) step->roles, *r))
        seat->bound = true;
  }
}

/* Does one of ROLES stand at a step that goes by desks? */
static bool
desk_bound (char **roles)
{
  struct seat seat = { roles, false };

  process_foreach (seat_look, &seat);
  return seat.bound;
}

struct roles_draw {
  struct bz_req *req;
  xmlNode *f;
  const char *kind; /* of the account's scope; NULL: not known yet */
};

static bool
role_chosen (struct bz_req *req, const char *role)
{
  const char *chosen;

  for (size_t n = 0;
       req_has_errors (req) && (chosen = bz_param_at (req, "roles", n)) != NULL;
       n++)
    if (strcmp (chosen, role) == 0)
      return true;
  return false;
}

static void
role_option (const char *role, const char *title, void *data)
{
  const struct roles_draw *d = data;
  const char *of = perm_role_of (role);
  xmlNode *o;

  if (d->kind != NULL && of != NULL && strcmp (of, d->kind) != 0)
    return;
  o = xml_add (d->f, "o", title);
  xml_set (o, "v", role);
  xml_set (o, "sel", role_chosen (d->req, role) ? "1" : NULL);
}

static void
field (struct bz_req *req, xmlNode *into, const char *id, const char *title,
       const char *hint)
{
  xmlNode *f = xml_add (into, "f", NULL);

  xml_set (f, "id", id);
  xml_set (f, "t", title);
  xml_set (f, "type", "text");
  xml_set (f, "req", "1");
  xml_set (f, "v", req_has_errors (req) ? bz_param (req, id) : "");
  xml_set (f, "hint", hint);
}

static xmlNode *
select_add (xmlNode *into, const char *id, const char *title, const char *hint)
{
  xmlNode *f = xml_add (into, "f", NULL);

  xml_set (f, "id", id);
  xml_set (f, "t", title);
  xml_set (f, "type", "code");
  xml_set (f, "hint", hint);
  return f;
}

static void
option_add (xmlNode *f, const char *value, const char *title,
            const char *chosen)
{
  xmlNode *o = xml_add (f, "o", title);

  xml_set (o, "v", value);
  xml_set (o, "sel", g_strcmp0 (chosen, value) == 0 ? "1" : NULL);
}

/* The desk of the office at which the operator sits, as field ID. */
static int
desk_field (struct bz_req *req, xmlNode *into, const char *id)
{
  const char *typed = req_has_errors (req) ? bz_param (req, id) : NULL;
  xmlNode *f = select_add (into, id, "科室",
                           "分科室办理的角色须选择，只办理该科室联系单位的申请"
                           "单");
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.desk_list",
                       BZ_ARGS (BZ_INT (req->session->office_id)));

  option_add (f, "", "不分科室", NULL);
  while (rc >= 0 && (rc = bz_db_next (rows)) == 1)
    option_add (f, bz_db_text (rows, "desk"), bz_db_text (rows, "desk"), typed);
  return MIN (rc, BZ_OK);
}

/* KIND NULL: not known yet whose account it will be. */
static int
operator_fields (struct bz_req *req, xmlNode *into, const char *kind)
{
  struct roles_draw d = { req, NULL, kind };

  field (req, into, "operator", "经办人姓名", "真实姓名，一人一个密码");
  d.f = xml_add (into, "f", NULL);
  xml_set (d.f, "id", "roles");
  xml_set (d.f, "t", "角色");
  xml_set (d.f, "type", "check");
  xml_set (d.f, "req", "1");
  xml_set (d.f, "w", "3");
  perm_foreach_role (role_option, &d);
  return kind == NULL || strcmp (kind, "office") == 0
         ? desk_field (req, into, "desk")
         : BZ_OK;
}

static xmlNode *
section (xmlNode *into, const char *id, const char *title)
{
  xmlNode *s = xml_add (into, "section", NULL);

  xml_set (s, "id", id);
  xml_set (s, "t", title);
  return s;
}

static void
button (xmlNode *form, const char *what, const char *text)
{
  xmlNode *b = xml_add (form, "b", text);

  xml_set (b, "do", what);
  xml_set (b, "c", "pri");
}

/* Has the operator of this row a desk, or needs one?  Not who is logged in, and
 * nobody who is closed. */
static bool
may_move (struct bz_req *req, struct bz_rows *rows)
{
  g_auto (GStrv) roles = g_strsplit (bz_db_text (rows, "roles"), ",", -1);
  const char *desk = bz_db_text (rows, "desk");

  return g_strcmp0 (bz_db_text (rows, "state"), "active") == 0
      && bz_db_int (rows, "id") != bz_user_id (req)
      && ((desk != NULL && *desk != '\0') || desk_bound (roles));
}

/* 调整科室: absent when there is nobody whose desk can change. */
static int
desk_form (struct bz_req *req, const struct account *a, const char *path)
{
  const char *typed = req_has_errors (req) ? bz_param (req, "sitter") : NULL;
  xmlNode *form = NULL, *s = NULL, *f = NULL;
  struct bz_rows *rows;
  int rc = is_office (a) ? bz_db_open (req, &rows, "bz.account_operators",
                                       BZ_ARGS (BZ_INT (a->id)))
                         : BZ_OK;

  while (is_office (a) && rc >= 0 && (rc = bz_db_next (rows)) == 1) {
    const char *desk = bz_db_text (rows, "desk");

    if (!may_move (req, rows))
      continue;
    if (form == NULL) {
      form = page_form (req, root (req), path);
      s = section (form, "move", "调整科室");
      f = select_add (s, "sitter", "经办人", NULL);
      xml_set (f, "req", "1");
    }
    option_add (f, bz_db_text (rows, "id"),
                bz_format (req, "%s（现在：%s）", bz_db_text (rows, "name"),
                           desk != NULL && *desk != '\0' ? desk : "不分科室"),
                typed);
  }
  if (rc < 0 || form == NULL)
    return MIN (rc, BZ_OK);
  rc = desk_field (req, s, "to");
  button (form, "desk", "调整科室");
  return rc;
}

/* What was done before the browser came here by 303. */
static void
say_done (struct bz_req *req)
{
  const char *done = bz_param (req, "done"), *text = NULL;

  if (g_strcmp0 (done, "desk") == 0)
    text = "科室已调整";
  else if (g_strcmp0 (done, "close") == 0)
    text = "经办人已停用";
  if (text != NULL)
    xml_set (xml_add (root (req), "message", text), "kind", "done");
}

static int
account_page (struct bz_req *req, const struct account *a)
{
  const char *path = bz_format (req, "/account/%" PRId64, a->id);
  bool manages = bz_may (req, "account.manage", 0) > 0 && a->ours
              && g_strcmp0 (a->state, "active") == 0;
  xmlNode *into = root (req), *s;
  int rc;

  say_done (req);
  bz_title (req, "账号 %s", a->name);
  bz_crumb (req, "账号目录", bz_href (req, "/account/"));
  bz_crumb (req, a->name, NULL);
  s = section (into, "account", "账号");
  kv (s, "单位账号", a->name);
  kv (s, "单位", a->unit);
  kv (s, "单位代码", a->code);
  kv (s, "状态", strcmp (a->state, "active") == 0 ? "在用" : "停用");
  if (manages)
    into = page_form (req, root (req), path);
  rc = operators_add (req, a, into, manages);
  if (rc < 0 || !manages)
    return rc;
  into = page_form (req, root (req), path);
  rc = operator_fields (req, section (into, "add", "增加经办人"), a->kind);
  button (into, "add", "增加经办人");
  return rc < 0 ? rc : desk_form (req, a, path);
}

int
operator_show (struct bz_req *req)
{
  struct account a;
  int rc = account_of (req, &a);

  return rc < 0 ? rc : account_page (req, &a);
}

/* -- The password, once. */

/* It stands on this page and nowhere else. */
static void
show_once (struct bz_req *req, const char *account, const char *operator_,
           const char *password)
{
  xmlNode *s = section (root (req), "once", "初始密码");
  xmlNode *m = xml_add (root (req), "message",
                        "初始密码只在本页显示这一次，请当面交给经办人；"
                        "本页不要打印、截屏");

  xml_set (m, "kind", "warn");
  kv (s, "单位账号", account);
  kv (s, "经办人", operator_);
  kv (s, "初始密码", password);
  xml_set (s->last, "c", "secret");
  kv (s, "有效期",
      bz_format (req, "%d 小时，首次登录须修改", PASSWORD_FIRST_HOURS));
}

static const char *
fresh_password (struct bz_req *req)
{
  g_autofree char *fresh = crypto_first_password ();

  return req_strdup (req, fresh);
}

/* -- Adding. */

/* What was typed as the operator's name, trimmed. */
static const char *
name_typed (struct bz_req *req, const char *field_)
{
  const char *typed = bz_param (req, field_);
  g_autofree char *name = g_strstrip (g_strdup (typed != NULL ? typed : ""));

  return req_strdup (req, name);
}

static bool
name_ok (struct bz_req *req, const char *field_, const char *what,
         const char *name)
{
  bool plain = *name != '\0' && g_utf8_strlen (name, -1) <= NAME_MAX_LETTERS;

  for (const char *p = name; plain && *p != '\0'; p = g_utf8_next_char (p))
    plain = !g_unichar_iscntrl (g_utf8_get_char (p));
  if (!plain)
    (void) bz_mark (req, field_, "请填写%s，不超过 %d 个字", what,
                    NAME_MAX_LETTERS);
  return plain;
}

/* The ticked roles; ends with NULL. */
static char **
roles_typed (struct bz_req *req)
{
  char **roles = bz_alloc (req, (ROLES_MAX + 1) * sizeof *roles);
  const char *role;

  for (size_t n = 0;
       n < ROLES_MAX && (role = bz_param_at (req, "roles", n)) != NULL; n++)
    roles[n] = (char *) role;
  return roles;
}

static int
desk_known (struct bz_req *req, const char *desk, bool *any, bool *known)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.desk_list",
                       BZ_ARGS (BZ_INT (req->session->office_id)));

  *any = *known = false;
  while (rc >= 0 && (rc = bz_db_next (rows)) == 1) {
    *any = true;
    *known = *known || strcmp (bz_db_text (rows, "desk"), desk) == 0;
  }
  return MIN (rc, BZ_OK);
}

/* The desk chosen in FIELD, which belongs with the roles: without one an
 * operator would have the cases of every desk.  *RET NULL: none. */
static int
desk_typed (struct bz_req *req, const char *field_, char **roles,
            const char **ret)
{
  const char *typed = bz_param (req, field_);
  bool bound = desk_bound (roles), any, known;
  int rc = desk_known (req, typed != NULL ? typed : "", &any, &known);

  *ret = NULL;
  if (rc < 0)
    return rc;
  if (typed == NULL || *typed == '\0')
    return bound && any ? bz_mark (req, field_, "该角色分科室办理，请选择科室")
                        : BZ_OK;
  if (!bound)
    return bz_mark (req, field_, "该角色不分科室办理，请选“不分科室”");
  if (!known)
    return bz_mark (req, field_, "没有这个科室，请从列表中选择");
  *ret = typed;
  return BZ_OK;
}

/* A refusal of account_make becomes a mark: the form comes back. */
static int
make (struct bz_req *req, struct account_new *new)
{
  int rc;

  new->state = "first";
  new->password = fresh_password (req);
  rc = account_make (req, new);
  if (rc != BZ_CONFLICT && rc != BZ_BAD_INPUT && rc != BZ_NOT_FOUND)
    return rc;
  (void) bz_mark (req, NULL, "%s", req->fail_text);
  req->fail_text = NULL;
  return BZ_BAD_INPUT;
}

static int
operator_adding (struct bz_req *req, const struct account *a)
{
  struct account_new new = { .account = a->name,
                             .code = a->code,
                             .operator_ = name_typed (req, "operator"),
                             .roles = roles_typed (req) };
  int rc = BZ_OK, drawn;

  if (!name_ok (req, "operator", "经办人姓名", new.operator_))
    rc = BZ_BAD_INPUT;
  if (new.roles[0] == NULL)
    rc = bz_mark (req, "roles", "请至少勾选一个角色");
  if (rc == BZ_OK)
    rc = desk_typed (req, "desk", new.roles, &new.desk);
  if (rc == BZ_OK)
    rc = make (req, &new);
  if (rc < 0 && rc != BZ_BAD_INPUT)
    return rc;
  if (rc == BZ_OK)
    show_once (req, a->name, new.operator_, new.password);
  drawn = account_page (req, a);
  return drawn < 0 ? drawn : rc;
}

/* -- First passwords, closing. */

/* The operator TEXT of the account. */
static int
operator_in (struct bz_req *req, const struct account *a, const char *text,
             int64_t *id, struct bz_rows **rows)
{
  gint64 n;
  int rc;

  if (text == NULL
      || !g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &n, NULL))
    return bz_fail (req, BZ_NOT_FOUND, "没有这名经办人，请从账号中重新选择");
  *id = n;
  rc = bz_db_open (req, rows, "bz.operator_in",
                   BZ_ARGS (BZ_INT (a->id), BZ_INT (n)));
  if (rc >= 0)
    rc = bz_db_next (*rows);
  if (rc == 0)
    return bz_fail (req, BZ_NOT_FOUND,
                    "账号 %s 没有这名经办人，请从账号中重新选择", a->name);
  return MIN (rc, BZ_OK);
}

/* The same, but not who presses the button. */
static int
operator_of (struct bz_req *req, const struct account *a, const char *text,
             int64_t *id, struct bz_rows **rows)
{
  int rc = operator_in (req, a, text, id, rows);

  if (rc == BZ_OK && *id == bz_user_id (req))
    return bz_fail (req, BZ_CONFLICT,
                    "不能为本人发放初始密码或者停用本人，请用“修改密码”");
  return rc;
}

static int
first_password (struct bz_req *req, const struct account *a, const char *text)
{
  const char *password = fresh_password (req);
  struct bz_rows *rows;
  int64_t id;
  int rc = operator_of (req, a, text, &id, &rows);

  if (rc == BZ_OK && g_strcmp0 (bz_db_text (rows, "state"), "active") != 0)
    rc = account_open (req, id);
  if (rc == BZ_OK)
    rc = account_first (req, id, password);
  if (rc < 0)
    return rc;
  show_once (req, a->name, bz_db_text (rows, "name"), password);
  return account_page (req, a);
}

static int
operator_closing (struct bz_req *req, const struct account *a, const char *text)
{
  struct bz_rows *rows;
  int64_t id;
  int rc = operator_of (req, a, text, &id, &rows);

  if (rc >= 0)
    rc = account_close (req, true, id);
  return rc < 0 ? rc
                : bz_redirect (req, "/account/%" PRId64 "?done=close", a->id);
}

/* -- The desk. */

/* Who may sit where is a matter of others: nobody moves himself. */
static int
sitter_of (struct bz_req *req, const struct account *a, int64_t *id,
           struct bz_rows **rows)
{
  int rc = operator_in (req, a, bz_param (req, "sitter"), id, rows);

  if (rc == BZ_OK && *id == bz_user_id (req))
    return bz_fail (req, BZ_CONFLICT, "本人的科室由其他安全管理员调整");
  if (rc == BZ_OK && g_strcmp0 (bz_db_text (*rows, "state"), "active") != 0)
    return bz_fail (req, BZ_CONFLICT, "经办人已停用，请先恢复，再调整科室");
  return rc;
}

static int
desk_changing (struct bz_req *req, const struct account *a)
{
  g_auto (GStrv) roles = NULL;
  struct bz_rows *rows;
  const char *desk;
  int64_t id;
  int rc = sitter_of (req, a, &id, &rows), drawn;

  if (rc < 0)
    return rc;
  roles = g_strsplit (bz_db_text (rows, "roles"), ",", -1);
  rc = desk_typed (req, "to", roles, &desk);
  if (rc == BZ_BAD_INPUT) {
    drawn = account_page (req, a);
    return drawn < 0 ? drawn : rc;
  }
  if (rc == BZ_OK)
    rc = account_desk (req, id, desk);
  return rc < 0 ? rc
                : bz_redirect (req, "/account/%" PRId64 "?done=desk", a->id);
}

int
operator_change (struct bz_req *req)
{
  const char *action = bz_param (req, "do");
  struct account a;
  int rc = account_of (req, &a);

  if (rc < 0)
    return rc;
  if (!a.ours)
    return bz_fail (req, BZ_FORBIDDEN, "账号 %s 由所属编办的安全管理员管理",
                    a.name);
  if (g_strcmp0 (a.state, "active") != 0)
    return bz_fail (req, BZ_CONFLICT, "账号 %s 已停用", a.name);
  if (g_strcmp0 (action, "add") == 0)
    return operator_adding (req, &a);
  if (g_strcmp0 (action, "desk") == 0)
    return desk_changing (req, &a);
  if (action != NULL && g_str_has_prefix (action, "first:"))
    return first_password (req, &a, action + strlen ("first:"));
  if (action != NULL && g_str_has_prefix (action, "close:"))
    return operator_closing (req, &a, action + strlen ("close:"));
  return bz_fail (req, BZ_NOT_FOUND, "没有选择办理什么，请重新打开账号");
}

/* -- A new account. */

static int
new_page (struct bz_req *req)
{
  xmlNode *form, *s;
  int rc;

  bz_title (req, "新建账号");
  bz_crumb (req, "账号目录", bz_href (req, "/account/"));
  bz_crumb (req, "新建账号", NULL);
  form = page_form (req, root (req), "/account/new");
  s = section (form, "whose", "账号");
  field (req, s, "code", "单位代码",
         "单位信息中的单位代码；编办填行政区划代码");
  field (req, s, "account", "单位账号", "一般与单位代码相同");
  rc = operator_fields (req, section (form, "add", "第一名经办人"), NULL);
  button (form, "add", "建立账号");
  return rc;
}

int
operator_new_show (struct bz_req *req)
{
  return new_page (req);
}

/* Does the scope with CODE lie below who manages, in the same office? */
static int
code_ok (struct bz_req *req, const char *code)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.scope_by_code", BZ_ARGS (BZ_STR (code)));

  if (rc >= 0)
    rc = bz_db_next (rows);
  if (rc > 0 && bz_db_int (rows, "office_id") != req->session->office_id)
    rc = 0;
  if (rc > 0)
    rc = bz_may (req, "account.manage", bz_db_int (rows, "id"));
  if (rc < 0)
    return rc;
  return rc > 0 ? BZ_OK
                : bz_mark (req, "code", "没有这个代码的单位，请核对单位代码");
}

static int
new_check (struct bz_req *req, struct account_new *new)
{
  int rc = code_ok (req, new->code);

  if (rc < 0 && rc != BZ_BAD_INPUT)
    return rc;
  if (!name_ok (req, "account", "单位账号", new->account))
    rc = BZ_BAD_INPUT;
  if (!name_ok (req, "operator", "经办人姓名", new->operator_))
    rc = BZ_BAD_INPUT;
  if (new->roles[0] == NULL)
    rc = bz_mark (req, "roles", "请至少勾选一个角色");
  return rc == BZ_OK ? desk_typed (req, "desk", new->roles, &new->desk) : rc;
}

static void
made_page (struct bz_req *req, const struct account_new *new)
{
  xmlNode *a;

  bz_title (req, "账号 %s 已建立", new->account);
  bz_crumb (req, "账号目录", bz_href (req, "/account/"));
  bz_crumb (req, new->account, NULL);
  show_once (req, new->account, new->operator_, new->password);
  a = xml_add (xml_add (root (req), "tools", NULL), "a", "返回账号目录");
  xml_set (a, "href", bz_href (req, "/account/"));
}

int
operator_new (struct bz_req *req)
{
  struct account_new new = { .account = name_typed (req, "account"),
                             .code = name_typed (req, "code"),
                             .operator_ = name_typed (req, "operator"),
                             .roles = roles_typed (req) };
  int rc = new_check (req, &new), drawn = BZ_OK;

  if (rc == BZ_OK)
    rc = make (req, &new);
  if (rc == BZ_BAD_INPUT)
    drawn = new_page (req);
  if (rc == BZ_OK)
    made_page (req, &new);
  return drawn < 0 ? drawn : rc;
}
