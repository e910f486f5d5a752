/* What a password must be, and the page that changes one.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people/password.h"
#include "data/xml.h"
#include "people/audit.h"
#include "people/crypto.h"
#include "people/demo.h"
#include "people/login.h"
#include "people/resume.h"
#include "people/session.h"
#include "serve/conf.h"
#include "show/page.h"

/* -- Rules. */

/* What everybody tries first; compared without case. */
static const char *const trivial[] = {
  "1234567890", "0123456789",    "0987654321", "123456789a", "a123456789",
  "123456abcd", "abcd123456",    "abc1234567", "1q2w3e4r5t", "1qaz2wsx3edc",
  "qwertyuiop", "qwerty123456",  "asdfghjkl1", "password",   "passw0rd",
  "admin12345", "administrator", "bianzhi",    "bianban",    "bianwei",
  "iloveyou",   "woaini1314",    "5201314",    "88888888",   "66666666",
  "12345678",
};

static int
kinds_of (const char *password)
{
  bool lower = false, upper = false, digit = false, other = false;

  for (const char *p = password; *p != '\0'; p++) {
    if (g_ascii_islower (*p))
      lower = true;
    else if (g_ascii_isupper (*p))
      upper = true;
    else if (g_ascii_isdigit (*p))
      digit = true;
    else
      other = true;
  }
  return lower + upper + digit + other;
}

/* "aaaa...", "abcd...", "9876...": each step between neighbours is the same. */
static bool
is_run (const char *password)
{
  size_t n = strlen (password);

  if (n < 3 || ABS (password[1] - password[0]) > 1)
    return false;
  for (size_t i = 2; i < n; i++)
    if (password[i] - password[i - 1] != password[1] - password[0])
      return false;
  return true;
}

/* One of the list, or one of it with up to three characters more. */
static bool
is_trivial (const char *folded)
{
  size_t n = strlen (folded);

  for (size_t i = 0; i < G_N_ELEMENTS (trivial); i++)
    if (strstr (folded, trivial[i]) != NULL && n <= strlen (trivial[i]) + 4)
      return true;
  return is_run (folded);
}

/* A name of one or two letters may stand in a password by accident. */
static bool
holds_name (const char *folded, const char *name)
{
  g_autofree char *fold = name != NULL ? g_utf8_casefold (name, -1) : NULL;

  return fold != NULL && strlen (fold) >= 4 && strstr (folded, fold) != NULL;
}

GPtrArray *
password_faults (const char *password, const char *account,
                 const char *operator_)
{
  GPtrArray *faults = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = g_utf8_casefold (password, -1);
  glong n = g_utf8_strlen (password, -1);

  if (n < PASSWORD_MIN)
    g_ptr_array_add (
      faults, g_strdup_printf ("密码至少 %d 个字符，现在是 %ld 个，请加长",
                               PASSWORD_MIN, n));
  if (n > PASSWORD_MAX || strlen (password) > CRYPTO_PASSWORD_BYTES)
    g_ptr_array_add (faults, g_strdup_printf ("密码最多 %d 个字符，请缩短",
                                              PASSWORD_MAX));
  if (n > 0 && kinds_of (password) < 2)
    g_ptr_array_add (faults, g_strdup ("密码须包含大写字母、小写字母、数字、"
                                       "其他符号中的至少两种，请修改"));
  if (holds_name (folded, account) || holds_name (folded, operator_))
    g_ptr_array_add (faults,
                     g_strdup ("密码中不能包含单位账号或经办人姓名，请换一个"));
  if (is_trivial (folded))
    g_ptr_array_add (faults, g_strdup ("这个密码过于常见，容易被猜到，"
                                       "请换一个"));
  if (g_str_has_prefix (password, DEMO_PASSWORD_PREFIX))
    g_ptr_array_add (faults, g_strdup_printf ("密码不能以 %s 开头，请换一个",
                                              DEMO_PASSWORD_PREFIX));
  return faults;
}

bool
password_first_over (const char *state, const char *until, const char *now)
{
  return g_strcmp0 (state, "first") == 0 && until != NULL
      && strcmp (until, now) < 0;
}

/* -- The page. */

static void
field (xmlNode *form, const char *id, const char *title, const char *hint)
{
  xmlNode *f = xml_add (form, "f", NULL);

  xml_set (f, "id", id);
  xml_set (f, "t", title);
  xml_set (f, "type", "password");
  xml_set (f, "req", "1");
  xml_set (f, "hint", hint);
}

static void
button (xmlNode *form, const char *text)
{
  xmlNode *b = xml_add (form, "b", text);

  xml_set (b, "do", "save");
  xml_set (b, "c", "pri");
}

int
password_page (struct bz_req *req)
{
  const char *next = bz_param (req, "next");
  xmlNode *page = xml_node (bz_page (req)), *form;

  bz_title (req, "修改密码");
  bz_view (req, "password");
  if (req->session->must_change) {
    xml_set (page, "first", "1");
    xml_set (page, "note",
             "您使用的是初始密码，须先改为自己的密码，再办理业务");
  }
  form = page_form (req, page, "/password");
  field (form, "old_password",
         req->session->must_change ? "初始密码" : "现在的密码", NULL);
  field (form, "new_password", "新密码",
         "至少 10 个字符，含大写字母、小写字母、数字、其他符号中的至少两种");
  field (form, "new_password_again", "再次输入新密码", NULL);
  if (login_local (next))
    page_hidden (form, "next", next);
  resume_carry (req, form);
  button (form, "保存新密码");
  return BZ_OK;
}

int
password_show (struct bz_req *req)
{
  return password_page (req);
}

/* -- Changing. */

struct change {
  const char *old, *new, *again, *hash;
};

static void
faults_mark (struct bz_req *req, const char *password)
{
  const struct session *s = req->session;
  g_autoptr (GPtrArray) faults = password_faults (password, s->account_name,
                                                  s->operator_name);

  for (guint i = 0; i < faults->len; i++)
    (void) bz_mark (req, "new_password", "%s",
                    (const char *) g_ptr_array_index (faults, i));
}

static int
busy (struct bz_req *req)
{
  return bz_fail (req, BZ_AWAY, "此刻使用的人较多，密码没有改变，请稍后再试。");
}

/* The old password.  BZ_OK also when it is wrong: then there is a mark. */
static int
old_check (struct bz_req *req, const struct change *c)
{
  int rc;

  if (c->old == NULL || *c->old == '\0') {
    (void) bz_mark (req, "old_password", "请填写现在的密码");
    return BZ_OK;
  }
  rc = crypto_password_check (c->old, c->hash);
  if (rc < 0)
    return busy (req);
  if (rc == 1)
    return BZ_OK;
  rc = session_password_wrong (req);
  (void) bz_mark (req, "old_password", "现在的密码不对，请重新填写");
  return rc;
}

static void
new_check (struct bz_req *req, const struct change *c)
{
  if (c->new == NULL || *c->new == '\0') {
    (void) bz_mark (req, "new_password", "请填写新密码");
    return;
  }
  faults_mark (req, c->new);
  if (g_strcmp0 (c->new, c->again) != 0)
    (void) bz_mark (req, "new_password_again",
                    "两次输入的新密码不一致，请重新输入");
  if (g_strcmp0 (c->new, c->old) == 0)
    (void) bz_mark (req, "new_password",
                    "新密码不能与现在的密码相同，请换一个");
}

static int
store (struct bz_req *req, const char *password)
{
  g_autofree char *hash = crypto_password_hash (password,
                                                req->conf->password_cost);
  int64_t id = bz_user_id (req), n;
  int rc;

  if (hash == NULL)
    return busy (req);
  n = bz_db_exec (req, "bz.password_set",
                  BZ_ARGS (BZ_STR (hash), BZ_STR ("set"), BZ_NULL,
                           BZ_INT (id)));
  if (n < 0)
    return (int) n;
  rc = session_close_others (req);
  return rc < 0 ? rc
                : audit_write (req, "password", "operator", id, "ok",
                               "changed by the operator");
}

int
password_change (struct bz_req *req)
{
  struct change c = { bz_param (req, "old_password"),
                      bz_param (req, "new_password"),
                      bz_param (req, "new_password_again"), NULL };
  const char *next = bz_param (req, "next");
  int rc = bz_db_value (req, &c.hash, "bz.password_hash", BZ_NO_ARGS);

  if (rc == 0)
    return bz_fail (req, BZ_FAILED, "没有找到您的账号，请重新登录。");
  if (rc > 0)
    rc = old_check (req, &c);
  if (rc < 0)
    return rc;
  new_check (req, &c);
  if (req_has_errors (req)) {
    rc = password_page (req);
    return rc < 0 ? rc : BZ_BAD_INPUT;
  }
  rc = store (req, c.new);
  if (rc < 0)
    return rc;
  req->session->must_change = false;
  if (resume_waits (req))
    return resume_finish (req);
  return bz_redirect (req, "%s", login_local (next) ? next : "/");
}
