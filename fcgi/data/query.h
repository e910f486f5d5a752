/* The named queries: sql/queries.xml of the platform and of each plugin.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 *   <queries xmlns="" pack="entry">
 *     <scoped table="st_person"/>            tables that need the scope
 *     <query name="entry.list">
 *       <arg name="state" type="text"/>      int text date blob
 *       <sql>SELECT ... WHERE state = :state AND unit_id IN
 *            (SELECT scope_id FROM bz_scope_path
 *             WHERE ancestor_id = :scope)</sql>
 *     </query>
 *     <query name="staffing.person_by_number" unscoped="why it may look
 *            beyond the scope"> ...
 *     <fragment name="mine">c.scope_id = :scope OR ...</fragment>
 *     <query ...><sql>SELECT ... WHERE <use fragment="mine"/> ...
 *
 * A <fragment> is a text that several queries of its file say: it takes the
 * place of each <use> before the statement is read, so all of the below holds
 * for the whole.  It stands before or behind the queries, holds no <use>, and
 * its parameters are declared by each query.  One that no query uses, a name
 * twice, and a <use> of one that is not there are refused.
 *
 * A page's questions see one state of the database.  A SELECT that says
 * apart="yes" need not: alone on its page it needs no transaction.  One that says
 * kept="yes" is answered from the worker's memory until a table that it reads is
 * changed (kept.h); it must be a plain SELECT whose tables stand behind FROM and
 * JOIN.
 *
 * Arguments are given in the order of <arg>; a :name may stand several times.
 * :scope and :operator are filled in by the platform from the session (never
 * by the caller).  A SELECT that names a scoped table and neither uses :scope
 * nor says unscoped="..." is refused at load, so is an argument that is
 * declared and not used, used and not declared, a name outside the pack (all
 * names begin with "PACK."; the platform's pack is "bz" and may use any first
 * part that is no plugin's, e.g. "session.load"), a name twice, a second
 * statement in one <sql>, a bare "?" and executable comments. */
#ifndef DATA_QUERY_H
#define DATA_QUERY_H
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum query_type { QUERY_INT, QUERY_TEXT, QUERY_DATE, QUERY_BLOB };
enum { QUERY_SCOPE = -1, QUERY_OPERATOR = -2 };
struct query {
  char *name;
  char *sql; /* with ? for each parameter                  */
  int *slot; /* for each ?: index of its argument, or
                               * QUERY_SCOPE / QUERY_OPERATOR               */
  unsigned n_slots;
  enum query_type *type; /* of each argument                           */
  char **arg;            /* name of each; ends with NULL               */
  unsigned n_args;
  bool reads;     /* SELECT                                     */
  bool steady;    /* reads, locks nothing, calls nothing that
                               * answers otherwise the next time            */
  bool views;     /* reads something without locking it         */
  bool apart;     /* need not agree with the rest of its page    */
  bool kept;      /* apart, and kept from request to request     */
  char **tables;  /* that it reads; or changes, if it is no SELECT */
  char *unscoped; /* the reason, or NULL                        */
  char *file;     /* where it stands                            */
  long line;
};
/* Before the fork: 0, or <0 with ERROR naming file and line. */
int query_load (const char *path, const char *pack, GError **error);
const struct query *query_find (const char *name); /* NULL: no such */
/* Has a query with the first part of NAME ("entry" of "entry.list") been
 * loaded? */
bool query_pack_known (const char *name);
/* Does a query whose answers are kept read TABLE? */
bool query_keeps (const char *table);
void query_foreach (void (*fn) (const struct query *, void *), void *);
void query_clear (void);
#endif
