/* The keys of bianzhi.conf: one table from which values are read, checked,
 * defaulted and explained.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef SERVE_CONF_KEY_H
#define SERVE_CONF_KEY_H
#include <stdio.h>
#include "serve/conf.h"

enum conf_kind {
  CONF_TEXT,
  CONF_PATH,
  CONF_INT,
  CONF_SIZE,
  CONF_BOOL,
  CONF_OTHER, /* SET reads it, LOOKS says what it looks like          */
  CONF_FREE,  /* of a section with any names; who reads it checks it  */
};
enum { CONF_NOWHERE = -1 }; /* no member: conf_get and conf_int read it */

/* A further key is a row in conf-key.c and, mostly, a member of struct conf. */
struct conf_key {
  const char *section, *name;
  enum conf_kind kind;
  const char *standard; /* the default as it would be written; NULL: none */
  const char *meaning;  /* one line, also for conf/bianzhi.conf           */
  long at;              /* of the member in struct conf, or CONF_NOWHERE  */
  int64_t min, max;     /* of CONF_INT, CONF_SIZE                         */
  const char *looks;
  int (*set) (struct conf *, const struct conf_key *, const char *file,
              const char *value, GError **);
};
/* Ends with a row whose section is NULL. */
extern const struct conf_key conf_keys[];

/* The row; NULL with *OURS: the section is ours, the key unknown. */
const struct conf_key *conf_key_find (const char *section, const char *name,
                                      bool *ours);
/* Is it a section of the table, or of a plugin that is loaded? */
bool conf_section_known (const struct conf *, const char *section);
/* Put VALUE, which stands in FILE, where the row says.  BZ_OK, or <0 with
 * ERROR, which names file, key and what to do. */
int conf_key_set (struct conf *, const struct conf_key *, const char *file,
                  const char *value, GError **);
/* All keys with their defaults as a file of comments: conf/bianzhi.conf. */
void conf_key_print (FILE *);

/* -- Values, conf-value.c. */

int conf_refuse (GError **, const char *file, const char *section,
                 const char *name, const char *why);
/* VALUE from the folder of FILE on, unless it is absolute. */
char *conf_path_from (const char *file, const char *value);
int conf_value_number (struct conf *, const struct conf_key *, const char *file,
                       const char *value, GError **);
int conf_value_bool (struct conf *, const struct conf_key *, const char *file,
                     const char *value, GError **);
int conf_value_base (struct conf *, const struct conf_key *, const char *file,
                     const char *value, GError **);
int conf_value_cookie (struct conf *, const struct conf_key *, const char *file,
                       const char *value, GError **);
int conf_value_url (struct conf *, const struct conf_key *, const char *file,
                    const char *value, GError **);
int conf_value_peer (struct conf *, const struct conf_key *, const char *file,
                     const char *value, GError **);
int conf_value_sandbox (struct conf *, const struct conf_key *,
                        const char *file, const char *value, GError **);
int conf_value_from (struct conf *, const struct conf_key *, const char *file,
                     const char *value, GError **);
int conf_value_plugins (struct conf *, const struct conf_key *,
                        const char *file, const char *value, GError **);
int conf_value_password (struct conf *, const struct conf_key *,
                         const char *file, const char *value, GError **);
#endif
