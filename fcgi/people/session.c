/* Who is logged in: sessions, and the log-in that opens one.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people/session.h"
#include "data/db.h"
#include "people/audit.h"
#include "people/crypto.h"
#include "people/demo.h"
#include "people/password.h"
#include "people/tx.h"
#include "serve/clock.h"
#include "serve/conf.h"

enum { TOKEN = 32, SEEN_SECONDS = 60 };

/* -- Tokens and times. */

/* What the database knows of a cookie: the token's SHA-256 as digits.  NULL:
 * this is no token. */
static const char *
token_hash (struct bz_req *req, const char *cookie)
{
  uint8_t token[TOKEN], hash[32];
  g_autofree char *text = NULL;

  if (cookie == NULL || !crypto_unbase64url (cookie, token, TOKEN))
    return NULL;
  crypto_sha256 (token, sizeof token, hash);
  text = crypto_hex (hash, sizeof hash);
  return req_strdup (req, text);
}

static const char *
time_text (struct bz_req *req, int64_t when)
{
  char text[20];

  clock_text (when, text);
  return req_strdup (req, text);
}

static const char *
idle_since (struct bz_req *req)
{
  return time_text (req, clock_now () - 60LL * req->conf->idle_minutes);
}

static const char *
absolute_since (struct bz_req *req)
{
  return time_text (req, clock_now () - 3600LL * req->conf->absolute_hours);
}

static void
cookie_set (struct bz_req *req, const char *token)
{
  const struct conf *conf = req->conf;

  req->set_cookie = bz_format (req,
                               "%s=%s; Path=%s; HttpOnly; SameSite=Lax%s%s",
                               conf->cookie, token,
                               *conf->base != '\0' ? conf->base : "/",
                               *token == '\0' ? "; Max-Age=0" : "",
                               req->https ? "; Secure" : "");
}

/* -- Loading. */

static const char *const *
roles_split (struct bz_req *req, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", ",", -1);
  guint n = g_strv_length (parts), kept = 0;
  const char **ret = bz_alloc (req, (n + 1) * sizeof *ret);

  for (guint i = 0; i < n; i++)
    if (*parts[i] != '\0')
      ret[kept++] = req_strdup (req, parts[i]);
  return ret;
}

static struct session *
session_from (struct bz_req *req, struct bz_rows *rows)
{
  struct session *s = bz_alloc (req, sizeof *s);

  *s = (struct session){
    .operator_id = bz_db_int (rows, "operator_id"),
    .account_id = bz_db_int (rows, "account_id"),
    .scope_id = bz_db_int (rows, "scope_id"),
    .office_id = bz_db_int (rows, "office_id"),
    .operator_name = bz_db_text (rows, "operator_name"),
    .account_name = bz_db_text (rows, "account_name"),
    .scope_name = bz_db_text (rows, "scope_name"),
    .scope_kind = bz_db_text (rows, "scope_kind"),
    .office_name = bz_db_text (rows, "office_name"),
    .office_phone = bz_db_text (rows, "office_phone"),
    .roles = roles_split (req, bz_db_text (rows, "roles")),
    .desk = bz_db_text (rows, "desk"),
    .must_change = g_strcmp0 (bz_db_text (rows, "password_state"), "set") != 0,
  };
  return s;
}

static int
seen_write (struct bz_req *req, void *token)
{
  int64_t n = bz_db_exec (req, "bz.session_seen",
                          BZ_ARGS (BZ_STR (bz_now (req)), BZ_STR (token)));

  return (int) MIN (n, 0);
}

/* At most once a minute; a failure costs nothing but a shorter session. */
static void
seen_now (struct bz_req *req, const char *seen_at, const char *token)
{
  if (seen_at != NULL
      && strcmp (seen_at, time_text (req, clock_now () - SEEN_SECONDS)) <= 0)
    (void) tx_own (req, seen_write, (void *) token);
}

int
session_load (struct bz_req *req)
{
  const char *token = token_hash (req, req->cookie);
  struct bz_rows *rows;
  int rc;

  req->session = NULL;
  req->session_expired = req->cookie != NULL;
  if (req->db != NULL)
    db_counts (req->db, NULL);
  if (token == NULL)
    return BZ_OK;
  rc = bz_db_open (req, &rows, "bz.session_load",
                   BZ_ARGS (BZ_STR (token), BZ_STR (idle_since (req)),
                            BZ_STR (absolute_since (req))));
  if (rc < 0)
    return rc;
  if (bz_db_next (rows) != 1)
    return BZ_OK;
  req->session = session_from (req, rows);
  req->session_expired = false;
  if (rows_has (rows, "counts"))
    db_counts (req->db, bz_db_text (rows, "counts"));
  seen_now (req, bz_db_text (rows, "seen_at"), token);
  return BZ_OK;
}

int64_t
session_was_of (struct bz_req *req)
{
  const char *token = token_hash (req, req->cookie), *id = NULL;

  if (token == NULL || req->session != NULL || req->db == NULL
      || bz_db_value (req, &id, "bz.session_was_of", BZ_ARGS (BZ_STR (token)))
           != 1)
    return 0;
  return g_ascii_strtoll (id, NULL, 10);
}

bool
session_has_role (const struct session *session, const char *role)
{
  for (const char *const *r = session != NULL ? session->roles : NULL;
       r != NULL && *r != NULL; r++)
    if (g_str_equal (*r, role))
      return true;
  return false;
}

int
session_close (struct bz_req *req)
{
  const char *token = token_hash (req, req->cookie);
  int64_t n = 0;

  if (token != NULL)
    n = bz_db_exec (req, "bz.session_close", BZ_ARGS (BZ_STR (token)));
  if (n < 0)
    return (int) n;
  cookie_set (req, "");
  return BZ_OK;
}

int
session_close_others (struct bz_req *req)
{
  const char *token = token_hash (req, req->cookie);
  int64_t n = bz_db_exec (req, "bz.session_others",
                          BZ_ARGS (BZ_INT (bz_user_id (req)),
                                   BZ_STR (token != NULL ? token : "")));

  return (int) MIN (n, 0);
}

/* -- Log-in. */

struct attempt {
  int64_t operator_id; /* 0: there is no such operator */
  const char *hash, *state, *until;
  bool right;               /* the password                 */
  const char *locked_until; /* answer: NULL or a time       */
  const char *token;        /* to open                      */
};

/* The one operator that is meant; with several and no name there is none. */
static int
attempt_find (struct bz_req *req, const char *account, const char *name,
              struct attempt *ret)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, "bz.login_find",
                       BZ_ARGS (BZ_STR (account), BZ_STR (name)));

  if (rc < 0)
    return rc;
  *ret = (struct attempt){ 0 };
  if (bz_db_next (rows) != 1)
    return BZ_OK;
  ret->operator_id = bz_db_int (rows, "id");
  ret->hash = bz_db_text (rows, "password_hash");
  ret->state = bz_db_text (rows, "password_state");
  ret->until = bz_db_text (rows, "password_until");
  if (bz_db_next (rows) == 1)
    *ret = (struct attempt){ 0 };
  return BZ_OK;
}

/* Whether the account exists must not show in the time that this takes. */
static int
attempt_check (struct bz_req *req, const char *password, struct attempt *a)
{
  g_autofree char *wasted = NULL;
  int rc;

  /* What crypt does not take is wrong for everybody, known or not. */
  if (strlen (password) > CRYPTO_PASSWORD_BYTES)
    return BZ_OK;
  if (a->operator_id == 0 || a->hash == NULL) {
    wasted = crypto_password_hash (password, req->conf->password_cost);
    rc = wasted == NULL ? -1 : 0;
  }
  else
    rc = crypto_password_check (password, a->hash);
  if (rc < 0)
    return bz_fail (req, BZ_AWAY, "此刻登录的人较多，请稍后再试。");
  a->right = rc == 1;
  return BZ_OK;
}

static int
attempt_audit (struct bz_req *req, const struct attempt *a, const char *why)
{
  struct audit_row row = {
    .chain = why != NULL ? "refused" : "work",
    .action = "login",
    .object_type = "operator",
    .object_id = a->operator_id,
    .result = why != NULL ? "refused" : "ok",
    .detail = why != NULL ? why : "",
    .operator_id = why != NULL ? 0 : a->operator_id,
  };

  return audit_put (req, &row);
}

/* One more failure; the one that is too many locks. */
static int
failure_count (struct bz_req *req, struct attempt *a, int64_t failures,
               bool was_locked)
{
  int most = req->conf->lock_after;
  int minutes = req->conf->lock_minutes;
  int64_t n;

  failures = was_locked ? 1 : failures + 1;
  if (failures >= most)
    a->locked_until = time_text (req, clock_now () + 60 * minutes);
  n = bz_db_exec (req, "bz.login_count",
                  BZ_ARGS (BZ_INT (failures), BZ_STR (a->locked_until),
                           BZ_INT (a->operator_id)));
  return n < 0
         ? (int) n
         : attempt_audit (req, a,
                          a->locked_until != NULL ? "wrong password, now locked"
                                                  : "wrong password");
}

/* Under the operator's row lock, so that guesses sent at once are counted one
 * by one, and a right guess after the lock fell is refused. */
static int
attempt_judge (struct bz_req *req, void *data)
{
  struct attempt *a = data;
  struct bz_rows *rows;
  const char *until;
  int rc;

  a->locked_until = NULL;
  if (a->operator_id == 0)
    return attempt_audit (req, a, "unknown");
  rc = bz_db_open (req, &rows, "bz.login_lock",
                   BZ_ARGS (BZ_INT (a->operator_id)));
  if (rc < 0)
    return rc;
  if (bz_db_next (rows) != 1)
    return BZ_FAILED;
  until = bz_db_text (rows, "locked_until");
  if (until != NULL && strcmp (until, bz_now (req)) > 0) {
    a->locked_until = until;
    return attempt_audit (req, a, "locked");
  }
  if (a->right)
    return BZ_OK;
  return failure_count (req, a, bz_db_int (rows, "failures"), until != NULL);
}

static int
session_open (struct bz_req *req, const struct attempt *a)
{
  const char *hash = token_hash (req, a->token);
  const char *before = token_hash (req, req->cookie);
  int64_t n = 0;

  if (before != NULL)
    n = bz_db_exec (req, "bz.session_close", BZ_ARGS (BZ_STR (before)));
  if (n >= 0)
    n = bz_db_exec (req, "bz.session_sweep",
                    BZ_ARGS (BZ_INT (a->operator_id), BZ_STR (idle_since (req)),
                             BZ_STR (absolute_since (req))));
  if (n >= 0)
    n = bz_db_exec (req, "bz.session_open",
                    BZ_ARGS (BZ_STR (hash), BZ_INT (a->operator_id),
                             BZ_STR (bz_now (req)),
                             BZ_STR (req_strndup (req, req->remote,
                                                  strnlen (req->remote, 64)))));
  return (int) MIN (n, 0);
}

static int
attempt_right (struct bz_req *req, void *data)
{
  struct attempt *a = data;
  int rc = attempt_judge (req, a);
  int64_t n;

  if (rc < 0 || a->locked_until != NULL)
    return rc;
  if (password_first_over (a->state, a->until, bz_now (req)))
    return attempt_audit (req, a, "first password expired");
  n = bz_db_exec (req, "bz.login_count",
                  BZ_ARGS (BZ_INT (0), BZ_NULL, BZ_INT (a->operator_id)));
  if (n < 0)
    return (int) n;
  rc = session_open (req, a);
  return rc < 0 ? rc : attempt_audit (req, a, NULL);
}

static int
locked_fail (struct bz_req *req, const struct attempt *a)
{
  return bz_fail (req, BZ_FORBIDDEN,
                  "连续 %d 次输错密码，已暂停登录，请于 %.5s 以后再试；"
                  "忘记密码的，请联系编办重新发放初始密码。",
                  req->conf->lock_after, a->locked_until + 11);
}

static int
refuse_demo (struct bz_req *req)
{
  struct attempt nobody = { 0 };
  int rc = tx_own (req, attempt_judge, &nobody);

  return rc < 0 ? rc
                : bz_fail (req, BZ_FORBIDDEN,
                           "演示密码只能在演示系统中使用；"
                           "请联系编办重新发放初始密码。");
}

/* The password was right: open the session, unless a lock or an expired first
 * password stands against it. */
static int
login_open (struct bz_req *req, struct attempt *a)
{
  uint8_t token[TOKEN];
  g_autofree char *text = NULL;
  int rc;

  crypto_random (token, sizeof token);
  text = crypto_base64url (token, sizeof token);
  a->token = req_strdup (req, text);
  rc = tx_own (req, attempt_right, a);
  if (rc < 0)
    return rc;
  if (a->locked_until != NULL)
    return locked_fail (req, a);
  if (password_first_over (a->state, a->until, bz_now (req)))
    return bz_fail (req, BZ_FORBIDDEN,
                    "初始密码已过有效期，请联系编办"
                    "重新发放初始密码。");
  req->cookie = a->token;
  cookie_set (req, a->token);
  return session_load (req);
}

int
session_login (struct bz_req *req, const char *account, const char *operator_,
               const char *password)
{
  struct attempt a;
  int rc;

  if (!req->conf->demo && g_str_has_prefix (password, DEMO_PASSWORD_PREFIX))
    return refuse_demo (req);
  rc = attempt_find (req, account, operator_, &a);
  if (rc >= 0)
    rc = attempt_check (req, password, &a);
  if (rc < 0)
    return rc;
  if (a.right)
    return login_open (req, &a);
  rc = tx_own (req, attempt_judge, &a);
  if (rc < 0)
    return rc;
  if (a.locked_until != NULL)
    return locked_fail (req, &a);
  return bz_fail (req, BZ_FORBIDDEN,
                  "单位账号、经办人或密码不对。一个账号有多名经办人的，"
                  "须填写经办人姓名。");
}

/* The session's own password was given wrongly: counts like a log-in. */
int
session_password_wrong (struct bz_req *req)
{
  struct attempt a = { .operator_id = bz_user_id (req) };
  int rc = tx_own (req, attempt_judge, &a);

  return rc < 0 ? rc : a.locked_until != NULL ? locked_fail (req, &a) : BZ_OK;
}
