/* One-time form keys: against forged requests and for exactly-once in one.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "people/key.h"
#include <inttypes.h>
#include "data/db.h"
#include "people/crypto.h"
#include "people/session.h"
#include "serve/clock.h"
#include "serve/conf.h"
#include "serve/log.h"

enum {
  NONCE = 16,
  ISSUED = 8,
  MAC = 32,
  KEY_SIZE = NONCE + ISSUED + MAC,
  VALID_SECONDS = 24 * 3600,
  SKEW_SECONDS = 300,
  ANSWER_MAX = 200
};

/* The same in all workers of an installation; read once in each. */
static uint8_t secret[32];
static bool secret_known;

/* -- The server's secret. */

/* 1: it is known now; 0: the table has none yet; <0. */
static int
secret_read (struct bz_req *req)
{
  struct bz_rows *rows;
  size_t size;
  const void *value;
  int rc;

  if (secret_known)
    return 1;
  if (req->db == NULL)
    return BZ_AWAY;
  rc = bz_db_open (req, &rows, "bz.secret", BZ_NO_ARGS);
  if (rc < 0)
    return rc;
  if (bz_db_next (rows) != 1)
    return 0;
  value = bz_db_blob (rows, "value", &size);
  if (value == NULL || size != sizeof secret) {
    log_line (BZ0064_KEY_SIZE, sizeof secret);
    return BZ_FAILED;
  }
  memcpy (secret, value, sizeof secret);
  secret_known = true;
  return 1;
}

void
key_places (const struct conf *conf)
{
  static bool tried;

  if (!tried && conf->spool != NULL && crypto_places (conf->spool) < 0)
    log_line (BZ0066_NO_LOCK_FILE);
  tried = true;
}

int
key_worker_start (struct bz_req *req)
{
  int rc;

  key_places (req->conf);
  rc = secret_read (req);
  if (rc == 0)
    log_line (BZ0065_KEY_MISSING);
  return rc == 1 ? BZ_OK : rc < 0 ? rc : BZ_FAILED;
}

/* -- Making and checking. */

static void
mac_of (const uint8_t *front, int64_t operator_id, const char *path,
        uint8_t ret[MAC])
{
  g_autoptr (GString) text = g_string_new ("bz-form-key-1|");

  g_string_append_printf (text, "%" PRId64 "|%s|", operator_id, path);
  g_string_append_len (text, (const char *) front, NONCE + ISSUED);
  crypto_hmac (secret, sizeof secret, text->str, text->len, ret);
}

const char *
key_new (struct bz_req *req, const char *path)
{
  uint8_t key[KEY_SIZE];
  uint64_t issued = GUINT64_TO_BE ((uint64_t) clock_now ());
  g_autofree char *text = NULL;

  if (secret_read (req) != 1)
    return NULL;
  crypto_random (key, NONCE);
  memcpy (key + NONCE, &issued, ISSUED);
  mac_of (key, bz_user_id (req), path, key + NONCE + ISSUED);
  text = crypto_base64url (key, sizeof key);
  return req_strdup (req, text);
}

enum key_answer
key_verify (struct bz_req *req, const char *key, const char *path,
            int64_t operator_id)
{
  uint8_t bytes[KEY_SIZE], mac[MAC];
  uint64_t issued;
  int64_t age;

  if (key == NULL || *key == '\0')
    return KEY_MISSING;
  if (secret_read (req) != 1 || !crypto_unbase64url (key, bytes, KEY_SIZE))
    return KEY_FORGED;
  mac_of (bytes, operator_id, path, mac);
  if (!crypto_equal (mac, bytes + NONCE + ISSUED, MAC))
    return KEY_FORGED;
  memcpy (&issued, bytes + NONCE, ISSUED);
  age = clock_now () - (int64_t) GUINT64_FROM_BE (issued);
  return age > VALID_SECONDS || age < -SKEW_SECONDS ? KEY_OLD : KEY_OK;
}

enum key_answer
key_check (struct bz_req *req, int64_t operator_id)
{
  const char *key = bz_param (req, "key");
  enum key_answer answer = key_verify (req, key, req->path, operator_id);

  if (answer == KEY_OK)
    req->form_key = key;
  return answer;
}

/* -- References to files. */

static void
seal_of (int64_t operator_id, const char *path, const uint8_t sha256[32],
         uint8_t ret[MAC])
{
  g_autoptr (GString) text = g_string_new ("bz-held-file-2|");

  g_string_append_printf (text, "%" PRId64 "|%s|", operator_id, path);
  g_string_append_len (text, (const char *) sha256, 32);
  crypto_hmac (secret, sizeof secret, text->str, text->len, ret);
}

const char *
key_seal (struct bz_req *req, int64_t operator_id, const char *path,
          const uint8_t sha256[32])
{
  uint8_t bytes[32 + MAC];
  g_autofree char *text = NULL;

  if (secret_read (req) != 1)
    return NULL;
  memcpy (bytes, sha256, 32);
  seal_of (operator_id, path, sha256, bytes + 32);
  text = crypto_base64url (bytes, sizeof bytes);
  return req_strdup (req, text);
}

bool
key_unseal (struct bz_req *req, int64_t operator_id, const char *path,
            const char *reference, uint8_t sha256[32])
{
  uint8_t bytes[32 + MAC], mac[MAC];

  if (secret_read (req) != 1
      || !crypto_unbase64url (reference, bytes, sizeof bytes))
    return false;
  seal_of (operator_id, path, bytes, mac);
  memcpy (sha256, bytes, 32);
  return crypto_equal (mac, bytes + 32, MAC);
}

/* -- Exactly once. */

/* The nonce of the request's key as 32 digits; NULL: there is none. */
static const char *
nonce_of (struct bz_req *req)
{
  uint8_t bytes[KEY_SIZE];
  g_autofree char *text = NULL;

  if (req->form_key == NULL
      || !crypto_unbase64url (req->form_key, bytes, KEY_SIZE))
    return NULL;
  text = crypto_hex (bytes, NONCE);
  return req_strdup (req, text);
}

/* 1 with the stored answer (NULL where there is none yet) and the attempt that
 * stored it, 0 no row, <0. */
static int
answer_read (struct bz_req *req, const char *query, const char *nonce,
             const char **ret, int64_t *attempt)
{
  struct bz_rows *rows;
  int rc = bz_db_open (req, &rows, query, BZ_ARGS (BZ_STR (nonce)));

  if (rc >= 0)
    rc = bz_db_next (rows);
  if (rc == 1) {
    *ret = bz_db_text (rows, "answer");
    *attempt = bz_db_int (rows, "attempt");
  }
  return rc;
}

/* The row is another attempt's, of the same form. */
static int
claim_again (struct bz_req *req, const char *nonce, int64_t attempt,
             const char **ret)
{
  int64_t before, n;
  int rc = answer_read (req, "bz.key_locked", nonce, ret, &before);

  /* The row went away between the two: as if it had never been there. */
  if (rc == 0)
    return BZ_AWAY;
  if (rc < 0 || *ret != NULL)
    return rc;
  n = bz_db_exec (req, "bz.key_again",
                  BZ_ARGS (BZ_INT (attempt), BZ_STR (nonce)));
  return n < 0 ? (int) n : 1;
}

int
key_claim (struct bz_req *req, int64_t attempt, const char **ret)
{
  const char *nonce = nonce_of (req);
  int64_t n;

  if (nonce == NULL)
    return bz_fail (req, BZ_FORBIDDEN,
                    "这张表单缺少校验信息，未作任何保存；"
                    "请重新打开后办理。");
  n = bz_db_exec (req, "bz.key_claim",
                  BZ_ARGS (BZ_STR (nonce), BZ_INT (bz_user_id (req)),
                           BZ_STR (req->path), BZ_STR (bz_now (req)),
                           BZ_INT (attempt)));
  if (n >= 0)
    return BZ_OK;
  return n == BZ_CONFLICT ? claim_again (req, nonce, attempt, ret) : (int) n;
}

int
key_answer_set (struct bz_req *req, const char *location)
{
  const char *nonce = nonce_of (req);
  const char *answer = location;
  int64_t n;

  if (nonce == NULL || location == NULL)
    return BZ_OK;
  /* Without its filters an address always fits; none at all would let the
   * same form run twice. */
  if (g_utf8_strlen (answer, -1) > ANSWER_MAX)
    answer = req_strndup (req, location, strcspn (location, "?#"));
  if (g_utf8_strlen (answer, -1) > ANSWER_MAX)
    answer = bz_href (req, "/");
  n = bz_db_exec (req, "bz.key_answer",
                  BZ_ARGS (BZ_STR (answer), BZ_STR (nonce)));
  return (int) MIN (n, 0);
}

int
key_lookup (struct bz_req *req, int64_t attempt, const char **ret)
{
  const char *nonce = nonce_of (req);
  int64_t last = 0;
  int rc = nonce == NULL ? 0
                         : answer_read (req, "bz.key_look", nonce, ret, &last);

  return rc == 1 && *ret == NULL && last != attempt ? 0 : rc;
}
