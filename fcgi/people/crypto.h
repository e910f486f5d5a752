/* Random bytes, hashes, passwords: the only file with GnuTLS and crypt.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef PEOPLE_CRYPTO_H
#define PEOPLE_CRYPTO_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

int crypto_init (void);
void crypto_random (void *ret, size_t size); /* never fails */
void crypto_sha256 (const void *data, size_t size, uint8_t ret[32]);
struct crypto_hash; /* running SHA-256 */
struct crypto_hash *crypto_hash_new (void);
void crypto_hash_add (struct crypto_hash *, const void *, size_t);
void crypto_hash_end (struct crypto_hash *, uint8_t ret[32]); /* frees */
void crypto_hmac (const void *key, size_t key_size, const void *data,
                  size_t size, uint8_t ret[32]);
bool crypto_equal (const void *, const void *, size_t); /* constant time */
void crypto_wipe (void *, size_t);
/* At most two password hashes run at once on the machine; the others wait.  All
 * processes that name the same folder share the two places; without this call
 * they are shared with those that were forked off since crypto_init.  0, or <0:
 * the folder cannot be written. */
int crypto_places (const char *dir);
enum { CRYPTO_PASSWORD_BYTES = 511 }; /* crypt takes no longer password */
/* yescrypt of COST; g_free.  NULL: no place became free in time, or PASSWORD is
 * longer than crypt takes. */
char *crypto_password_hash (const char *password, int cost);
/* 1: right, 0: wrong, -1: no place became free in time. */
int crypto_password_check (const char *password, const char *hash);
char *crypto_hex (const void *, size_t);       /* g_free */
char *crypto_base64url (const void *, size_t); /* g_free, no padding */
/* Bytes of TEXT into RET of SIZE; false unless exactly SIZE. */
bool crypto_unbase64url (const char *text, void *ret, size_t size);
/* A first password: 12 characters, no look-alikes; g_free. */
char *crypto_first_password (void);
#endif
