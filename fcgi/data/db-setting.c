/* What the database server and a session on it must be like, why, and what to
 * do where it is not: data, asked by the driver.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "data/db-setting.h"
#include <string.h>

#define OURS                                                                   \
  "each connection sets it itself, so something between it and the server "    \
  "takes it back: connect to the server directly"

/* conf/my.cnf.d/bianzhi.cnf sets what is the server's. */
const struct db_setting db_settings[] = {
  { .name = "innodb_flush_log_at_trx_commit",
    .want = "1",
    .hard = true,
    .reason = "acknowledged changes would be lost in a crash" },
  { .name = "innodb_doublewrite",
    .want = "ON|1|DETECT_AND_RECOVER",
    .hard = true,
    .reason = "a torn page could not be repaired" },
  { .name = "innodb_force_recovery",
    .want = "0",
    .hard = true,
    .reason = "the server is repairing itself and may forget changes" },
  { .name = "sync_binlog",
    .want = "1",
    .when = "log_bin",
    .reason = "after a crash a copy made from the binary log differs" },
  { .name = "character_set_database",
    .want = "utf8mb4",
    .hard = true,
    .reason = "rare characters in names would be lost",
    .remedy = "ALTER DATABASE ... CHARACTER SET utf8mb4, before bianzhi migrate"
              " makes the first table" },
  { .name = "innodb_rollback_on_timeout",
    .want = "ON|1",
    .reason = "half a transaction can stay after a lock was waited for" },
  { .name = "local_infile",
    .want = "OFF|0",
    .reason = "the server could ask clients for their files" },
  { .name = "require_secure_transport",
    .want = "ON|1",
    .reason = "who connects over the network could do it in clear" },
  { .name = "read_only",
    .want = "OFF|0",
    .reason = "nothing can be saved",
    .remedy = "connect to the server that takes changes" },
  { .name = "max_allowed_packet",
    .least = 16 << 20,
    .reason = "a large page or file could not be stored" },
  { .name = "max_prepared_stmt_count",
    .least = 4096,
    .reason = "each worker keeps up to 64 statements" },
  /* Of the session. */
  { .name = "character_set_client",
    .want = "utf8mb4",
    .hard = true,
    .reason = "rare characters in names would be lost",
    .remedy = OURS },
  { .name = "character_set_connection",
    .want = "utf8mb4",
    .hard = true,
    .reason = "rare characters in names would be lost",
    .remedy = OURS },
  { .name = "character_set_results",
    .want = "utf8mb4",
    .hard = true,
    .reason = "rare characters in names would be lost",
    .remedy = OURS },
  { .name = "sql_mode",
    .want = "STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,"
            "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,"
            "ONLY_FULL_GROUP_BY",
    .hard = true,
    .reason = "values would be cut silently",
    .remedy = OURS },
  { .name = "time_zone",
    .want = "+08:00",
    .hard = true,
    .reason = "times would be wrong",
    .remedy = OURS },
  { .name = "tx_isolation",
    .want = "REPEATABLE-READ",
    .hard = true,
    .reason = "a page would not agree with itself",
    .remedy = OURS },
  { .name = "foreign_key_checks",
    .want = "ON|1",
    .hard = true,
    .reason = "rows could lose what they refer to" },
  { .name = "check_constraint_checks",
    .want = "ON|1",
    .hard = true,
    .reason = "checks would not be checked" },
  { .name = "unique_checks",
    .want = "ON|1",
    .hard = true,
    .reason = "doubles could be stored" },
  { .name = NULL },
};

static bool
one_of (const char *value, const char *want)
{
  g_auto (GStrv) choice = g_strsplit (want, "|", -1);

  for (size_t i = 0; choice[i] != NULL; i++)
    if (g_ascii_strcasecmp (value, choice[i]) == 0)
      return true;
  return false;
}

static bool
all_of (const char *value, const char *want)
{
  g_auto (GStrv) have = g_strsplit (value, ",", -1);
  g_auto (GStrv) need = g_strsplit (want, ",", -1);

  for (size_t i = 0; need[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) have, need[i]))
      return false;
  return true;
}

bool
db_setting_ok (const struct db_setting *s, const char *value)
{
  gint64 n;

  if (value == NULL)
    return false;
  if (s->want == NULL)
    return g_ascii_string_to_signed (value, 10, s->least, G_MAXINT64, &n, NULL);
  return strchr (s->want, ',') != NULL ? all_of (value, s->want)
                                       : one_of (value, s->want);
}

char *
db_setting_say (const struct db_setting *s, const char *value)
{
  g_autofree char *want = s->want != NULL
                          ? g_strndup (s->want, strcspn (s->want, "|"))
                          : g_strdup_printf ("%" G_GINT64_FORMAT, s->least);
  g_autofree char *line
    = g_strdup_printf ("write %s = %s under [mariadbd] and restart the server",
                       s->name, want);

  return g_strdup_printf ("%s is %s, %s %s%s: %s; %s", s->name,
                          value != NULL ? value : "unknown",
                          s->hard ? "must be" : "better", want,
                          s->want == NULL ? " or more" : "", s->reason,
                          s->remedy != NULL ? s->remedy : line);
}
