/* Which paths a process may open.  SPDX-License-Identifier: MulanPSL-2.0
 *
 * Numbers instead of <linux/landlock.h>, which distributions with an older
 * kernel do not have: what is built there runs on newer ones too. */
#include "serve/landlock.h"
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
  CREATE_RULESET = 444, /* the same on all architectures */
  ADD_RULE = 445,
  RESTRICT_SELF = 446,
  ASK_VERSION = 1,
  PATH_BENEATH = 1,
  /* Rights. */
  WRITE_FILE = 1 << 1,
  READ_FILE = 1 << 2,
  READ_DIR = 1 << 3,
  REMOVE_FILE = 1 << 5,
  MAKE_REG = 1 << 8,
  TRUNCATE = 1 << 14, /* since version 3 */
  READS = READ_FILE | READ_DIR,
  WRITES = READS | WRITE_FILE | REMOVE_FILE | MAKE_REG | TRUNCATE
};

struct beneath {
  uint64_t allowed;
  int32_t folder;
} __attribute__ ((packed));

/* All rights that the kernel's version knows. */
static uint64_t
rights_of (long version)
{
  return version >= 3 ? 0x7fff : version == 2 ? 0x3fff : 0x1fff;
}

static bool
place_add (int rules, const struct landlock_place *p, uint64_t known)
{
  const struct beneath b = { .allowed = known
                                      & (uint64_t) (p->write ? WRITES : READS),
                             .folder = p->folder };

  return syscall (ADD_RULE, rules, PATH_BENEATH, &b, 0) == 0;
}

static long
version_ask (void)
{
  return syscall (CREATE_RULESET, NULL, 0, ASK_VERSION);
}

bool
landlock_there (void)
{
  return version_ask () > 0;
}

bool
landlock_enter (const struct landlock_place *place, size_t n)
{
  long version = version_ask ();
  uint64_t known = rights_of (version);
  bool ok = version > 0;
  int rules;

  if (!ok)
    return false;
  rules = (int) syscall (CREATE_RULESET, &known, sizeof known, 0);
  ok = rules >= 0;
  for (size_t i = 0; ok && i < n; i++)
    ok = place_add (rules, &place[i], known);
  ok = ok && prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    && syscall (RESTRICT_SELF, rules, 0) == 0;
  if (rules >= 0)
    close (rules);
  return ok;
}
