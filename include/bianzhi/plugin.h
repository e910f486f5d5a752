/* bianzhi/plugin.h - all that a business plugin may use of the platform.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * Ownership: whatever a function with a `struct bz_req *` returns belongs to
 * the request and lives until the reply has gone out; nobody frees it.
 * Arguments are borrowed for the call.  Text is UTF-8.  Dates are "YYYY-MM-DD",
 * times "YYYY-MM-DD hh:mm:ss" in the office's local time.
 * Errors: 0 or a count is success, a negative `enum bz_status` is failure. */
#ifndef BZ_PLUGIN_H
#define BZ_PLUGIN_H
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define BZ_API_MAJOR 0  /* another number: the server refuses the plugin  */
#define BZ_API_MINOR 19 /* one more for each field or function added      */
#define BZ_PRINTF(fmt, args) __attribute__ ((format (printf, fmt, args)))
#define BZ_CHECK             __attribute__ ((warn_unused_result))
#define BZ_API               __attribute__ ((visibility ("default")))

struct bz_req;   /* one request; owns everything that a call below returns */
struct bz_node;  /* one element of a page, of facts or of a definition     */
struct bz_rows;  /* an open query result; closed with its request          */
struct bz_conf;  /* the plugin's own section of bianzhi.conf               */
struct bz_case;  /* an application (申请单): head, items, papers, moves    */
struct bz_item;  /* one person (or other subject) in a case                */

enum bz_status {          /* what handlers return; HTTP status in brackets */
  BZ_OK        =  0,
  BZ_BAD_INPUT = -1,      /* the form comes back with its marks      [422] */
  BZ_FORBIDDEN = -2,      /*                                         [403] */
  BZ_NOT_FOUND = -3,      /*                                         [404] */
  BZ_CONFLICT  = -4,      /* the record changed, or a rule says no   [409] */
  BZ_FAILED    = -5,      /* database, XML, disk or a bug            [500] */
  BZ_AWAY      = -6,      /* the database is away; try again soon    [503] */
};

/* A fact that listeners of all plugins hear inside the change itself. */
struct bz_event {
  const char *topic;      /* "entry.approved", for each approved item      */
  int64_t subject_id;     /* the person, unit ... it is about; 0: none     */
  int64_t case_id;        /* 0 where there is none                         */
  const char *body;       /* NULL, or more of it as XML text               */
};

struct bz_route {
  const char *method, *path;       /* "GET", "/entry/{id}"                 */
  const char *permission;          /* never NULL; "public" opens it to all,
                                    * "session" to all who are logged in   */
  const char *form, *view;         /* what checks the input, what shows it */
  int (*handle) (struct bz_req *); /* a POST runs inside one transaction   */
};

enum { BZ_UNDO_LOOK = 1 };
/* What a business cannot declare.  Each member may be NULL. */
struct bz_business {
  const char *name;       /* "entry"; the rest stands in its business.xml  */
  /* 验证 was pressed, or an item is about to be stored: load what is known.
   * Before 上报 once more over a copy: an item in which a closed field holds
   * something else is not handed in.  Never on a GET, but where <pick> says
   * before="yes": there over an item beside the case.                     */
  int (*prefill) (struct bz_req *, struct bz_case *, struct bz_item *);
  /* Add facts for rules below FACTS, e.g. <unit>.  ITEM may be NULL.      */
  int (*facts) (struct bz_req *, struct bz_case *, struct bz_item *,
                struct bz_node *facts);
  /* Checks across tables before 上报 and before each review step: speak by
   * bz_mark (stops) and bz_warn (the reviewer sees it).  ITEM may be NULL:
   * the check of the whole case.                                          */
  int (*check) (struct bz_req *, struct bz_case *, struct bz_item *);
  /* The approving move, once for each approved item, in its transaction.  */
  int (*effect) (struct bz_req *, struct bz_case *, struct bz_item *);
  /* VIEW "review": fill the reviewer's page: checks, quota bars.  VIEW "case":
   * add tables below the items while somebody may add to these.           */
  int (*show) (struct bz_req *, struct bz_case *, const char *view,
               struct bz_node *page);
  /* Add to one sheet of PRINT (its name) what cannot be declared; number,
   * title, unit, issuer, date, moves and all values stand on it already.
   * ITEM NULL: a sheet of the whole case.                                 */
  int (*sheet) (struct bz_req *, struct bz_case *, struct bz_item *,
                const char *print, struct bz_node *sheet);
  /* The approval of ITEM is taken back: reverse what the effect did, in the
   * transaction of case BY, which decides it.  ITEM NULL: of the whole case, where
   * items are lines about nobody.  WHY: NULL, or a sentence that says what stands in
   * the way.  HOW BZ_UNDO_LOOK: only say WHY, before BY is handed in.  Without this
   * hook an approval stands.                                               */
  int (*undo) (struct bz_req *, struct bz_case *, struct bz_item *, int64_t by,
               unsigned how, const char **why);
  /* <pair> of business.xml: with which unit the case has to end together with a case
   * of the other business, in RET; 0: it ends alone.  OTHER: that case, NULL while it
   * is not begun; what does not fit it is marked.                          */
  int (*partner) (struct bz_req *, struct bz_case *,
                  const struct bz_case *other, int64_t *ret);
  /* A case begins because OTHER has opened the pair: what it knows by that.  ITEM
   * NULL: the head; else ITEM, whose subject is set already, is about whom THEIRS is.
   * prefill comes after it.                                                */
  int (*join) (struct bz_req *, struct bz_case *, struct bz_item *,
               const struct bz_case *other, const struct bz_item *theirs);
  /* The case was approved before the other one of its pair: what that means meanwhile
   * (ON 1), and no longer means (0), for each item in that transaction; effect follows
   * when both are approved.                                                */
  int (*hold) (struct bz_req *, struct bz_case *, struct bz_item *, int on);
};
struct bz_listener {
  const char *topic;               /* "entry.approved", "entry.*"          */
  int (*notify) (struct bz_req *, const struct bz_event *); /* <0 vetoes  */
};
struct bz_job {
  /* "retire.list"; "daily 02:30", "every 15m" or "off", see [jobs].       */
  const char *name, *schedule;
  int (*run) (struct bz_req *);
};
struct bz_command {                /* bianzhi NAME ...                     */
  const char *name, *usage, *summary;
  int (*run) (struct bz_req *, int argc, char **argv); /* no transaction  */
};
struct bz_proof {                  /* one invariant of bianzhi verify      */
  const char *name, *summary;
  int (*run) (struct bz_req *);    /* bz_say each finding; return count    */
};

struct bz_warning {                /* what the workbench tells besides cases */
  const char *title;               /* "空编的单位"                           */
  const char *permission;          /* who has it is told, with a step to do  */
  const char *path;                /* the page that lists them               */
  const char *query;               /* how many, in column n; one argument,
                                    * the day                                */
};

/* A table carries its own stride, so that its rows can grow in a minor. */
#define BZ_TABLE(row) struct { const struct row *at; uint32_t count, stride; }
#define BZ_ROWS(a)    { (a), sizeof (a) / sizeof *(a), sizeof *(a) }

struct bz_plugin {
  struct { uint32_t size; uint16_t major, minor; } head;  /* = BZ_HEAD     */
  const char *name;           /* [a-z][a-z0-9]{1,15}; owns /NAME/ and NAME_ */
  const char *version, *title;
  const char *const *needs;   /* plugins to load first; ends with NULL      */

  /* A plugin reads the files and loads the libraries that it needs here:
   * later it runs in the sandbox, which opens none (doc/reliability.md). */
  int  (*load) (const struct bz_conf *);   /* master: no database, threads */
  int  (*worker_start) (struct bz_req *);  /* each worker, database open   */
  void (*worker_stop) (void);
  void (*unload) (void);

  BZ_TABLE (bz_route)    routes;
  BZ_TABLE (bz_business) businesses;
  BZ_TABLE (bz_listener) listeners;
  BZ_TABLE (bz_job)      jobs;
  BZ_TABLE (bz_command)  commands;
  BZ_TABLE (bz_proof)    proofs;
  BZ_TABLE (bz_warning)  warnings;
  /* New fields go here, at the end, and raise BZ_API_MINOR. */
};
#define BZ_HEAD { sizeof (struct bz_plugin), BZ_API_MAJOR, BZ_API_MINOR }
#define BZ_EXPORT(plugin)                                                   \
  BZ_API const struct bz_plugin *bz_plugin_entry (void);                    \
  const struct bz_plugin *bz_plugin_entry (void) { return &(plugin); }

/* -- Failing.  All return a status, so that a handler can return the call. */

/* The request fails with STATUS; the text is for the clerk: Chinese, what is
 * wrong and what to do, no SQL, no path, no personal data.  The first text
 * stays. */
BZ_API int bz_fail (struct bz_req *, enum bz_status, const char *, ...)
  BZ_PRINTF (3, 4);
/* Mark a field ("birth_date", row fields "duty.2.post", papers "paper.ID",
 * NULL for the form as a whole).  Always BZ_BAD_INPUT. */
BZ_API int bz_mark (struct bz_req *, const char *field, const char *, ...)
  BZ_PRINTF (3, 4);
/* A finding that does not stop: the clerk and the reviewer see it.  BZ_OK. */
BZ_API int bz_warn (struct bz_req *, const char *field, const char *, ...)
  BZ_PRINTF (3, 4);
/* The mark or warning just made speaks of the whole case, whichever item it was
 * found with: a look at the case says it once and without a name. */
BZ_API void bz_of_case (struct bz_req *);
BZ_API void bz_debug (struct bz_req *, const char *, ...) BZ_PRINTF (2, 3);
/* One line of a command or proof to its user. */
BZ_API void bz_say (struct bz_req *, const char *, ...) BZ_PRINTF (2, 3);

/* -- Request, session, memory. */

/* First value of a parameter of the path, query or body; NULL: absent. */
BZ_API const char *bz_param (struct bz_req *, const char *name);
/* The Nth value (from 0) of a repeated parameter; NULL: no more. */
BZ_API const char *bz_param_at (struct bz_req *, const char *name, size_t n);
/* A whole number; absent or not a number: marks the field, BZ_BAD_INPUT. */
BZ_API BZ_CHECK int bz_param_int (struct bz_req *, const char *name,
                                  int64_t *ret);
BZ_API int64_t bz_user_id (struct bz_req *);   /* operator; 0: nobody      */
BZ_API int64_t bz_user_scope (struct bz_req *);/* root of what they may see */
/* 1: the operator has PERMISSION and SCOPE_ID lies in their scope. 0: no.
 * SCOPE_ID 0 asks for the permission alone.  <0: failed. */
BZ_API int bz_may (struct bz_req *, const char *permission, int64_t scope_id);
BZ_API const char *bz_today (struct bz_req *); /* "2026-11-22"             */
BZ_API const char *bz_now (struct bz_req *);   /* "2026-11-22 10:26:03"    */
BZ_API void *bz_alloc (struct bz_req *, size_t);  /* zeroed; never NULL    */
BZ_API char *bz_format (struct bz_req *, const char *, ...) BZ_PRINTF (2, 3);
/* The Nth working day after DATE by the calendar of A5.1 into RET (11 bytes).
 * BZ_BAD_INPUT: DATE is none. */
BZ_API BZ_CHECK int bz_workday_after (const char *date, int n, char *ret);

/* KEY of the plugin's own section of bianzhi.conf, as text; OTHERWISE: nothing is said of
 * it.  In load: to refuse what makes no sense. */
BZ_API const char *bz_conf_text (const struct bz_conf *, const char *key,
                                 const char *otherwise);
/* The same later, of section [PLUGIN]. */
BZ_API const char *bz_conf_of (struct bz_req *, const char *plugin,
                               const char *key, const char *otherwise);

/* -- Database.  SQL stands in sql/queries.xml under a name, never in C. */

enum { BZ_ARG_NULL, BZ_ARG_INT, BZ_ARG_STR, BZ_ARG_BLOB };
struct bz_arg { uint32_t type; uint32_t len; int64_t num; const char *str; };
#define BZ_INT(v)     { BZ_ARG_INT, 0, (v), NULL }
#define BZ_STR(s)     { BZ_ARG_STR, 0, 0, (s) }  /* a NULL s is SQL NULL; an
                                                  * empty s is NULL for dates */
#define BZ_BLOB(p, n) { BZ_ARG_BLOB, (uint32_t) (n), 0, (const char *) (p) }
#define BZ_NULL       { BZ_ARG_NULL, 0, 0, NULL }
#define BZ_ARGS(...) (const struct bz_arg[]) { __VA_ARGS__ },              \
  sizeof ((const struct bz_arg[]) { __VA_ARGS__ }) / sizeof (struct bz_arg)
#define BZ_NO_ARGS NULL, 0
/* Run a statement that returns no rows: the count of rows that it wrote or, for
 * an UPDATE, that met its condition.  BZ_CONFLICT: a UNIQUE key, a period or a
 * CHECK said no (the transaction goes on); any other failure ends it. */
BZ_API BZ_CHECK int64_t bz_db_exec (struct bz_req *, const char *query,
                                    const struct bz_arg *, size_t);
/* The id that the last bz_db_exec made. */
BZ_API int64_t bz_db_last_id (struct bz_req *);
/* Add one <ROW> under INTO for each row, an element in it for each column;
 * SQL NULL adds none.  The count of rows. */
BZ_API BZ_CHECK int64_t bz_db_xml (struct bz_req *, struct bz_node *into,
                                   const char *row, const char *query,
                                   const struct bz_arg *, size_t);
BZ_API BZ_CHECK int bz_db_open (struct bz_req *, struct bz_rows **ret,
                                const char *query, const struct bz_arg *,
                                size_t);
BZ_API BZ_CHECK int bz_db_next (struct bz_rows *); /* 1 row, 0 end, <0 failed */
/* The column's value in the current row; NULL for SQL NULL.  Belongs to the
 * request. */
BZ_API const char *bz_db_text (struct bz_rows *, const char *column);
BZ_API int64_t bz_db_int (struct bz_rows *, const char *column); /* NULL: 0 */
/* The same for bytes; *SIZE receives their count.  NULL for SQL NULL. */
BZ_API const void *bz_db_blob (struct bz_rows *, const char *column,
                               size_t *size);
/* Run FN (REQ, DATA) in one transaction, for commands and jobs, which have none
 * around them; again when the database asks for it, so FN starts from the
 * beginning each time.  What FN returned, or how the commit failed. */
BZ_API BZ_CHECK int bz_db_atomic (struct bz_req *,
                                  int (*fn) (struct bz_req *, void *data),
                                  void *data);
/* One value of a query that gives at most one row.  1, 0 no row, <0. */
BZ_API BZ_CHECK int bz_db_value (struct bz_req *, const char **ret,
                                 const char *query, const struct bz_arg *,
                                 size_t);

/* -- Page. */
BZ_API struct bz_node *bz_page (struct bz_req *);
BZ_API struct bz_node *bz_node_add (struct bz_node *parent, const char *name);
BZ_API void bz_node_set (struct bz_node *, const char *attribute,
                         const char *value);       /* NULL value: nothing  */
BZ_API void bz_node_setf (struct bz_node *, const char *attribute,
                          const char *, ...) BZ_PRINTF (3, 4);
BZ_API void bz_node_text (struct bz_node *, const char *);
/* An address of this application, base path included: "/entry/%lld". */
BZ_API const char *bz_href (struct bz_req *, const char *, ...)
  BZ_PRINTF (2, 3);
BZ_API int bz_redirect (struct bz_req *, const char *, ...) BZ_PRINTF (2, 3);
/* Another view than the route's. */
BZ_API void bz_view (struct bz_req *, const char *view);
BZ_API void bz_title (struct bz_req *, const char *, ...) BZ_PRINTF (2, 3);
BZ_API void bz_crumb (struct bz_req *, const char *text, const char *href);

/* -- Pages of a long list.  Each lies beside a row of the one that the reader came
 * from, so that the thousandth costs what the first does. */
struct bz_pages {
  int size;            /* rows of a page                                   */
  int64_t edge;        /* key of the row that it lies beside; 0: the first */
  int up;              /* 1: it lies above that row: the query gives the
                        * rows above EDGE, the nearest first               */
  int rows;            /* that came                                        */
  int64_t top, bottom; /* keys of the first and the last row shown; 0      */
};
/* The page of the address, "below=KEY" or "above=KEY"; the first for neither or
 * nonsense, and where SIZE is BZ_AS_ROWS: a whole table has one. */
BZ_API void bz_pages_read (struct bz_req *, int size, struct bz_pages *ret);
/* The next row of a query for SIZE + 1 rows, with its KEY above 0.  1: it belongs
 * to the page; 0: it only says that there are more, and is not shown. */
BZ_API int bz_pages_row (struct bz_pages *, int64_t key);
/* After the last row: the <r> of TABLE stand in their order, and <pager> of the
 * page leads on and back.  HREF: the first page with its filters; NULL for a
 * pager that posts, whose action and hidden fields the caller adds. */
BZ_API struct bz_node *bz_pages_end (struct bz_req *, const struct bz_pages *,
                                     struct bz_node *table, const char *href);

/* -- Tables. */
/* One below INTO with these titles of columns; one that begins with "#" holds
 * numbers.  EMPTY: what stands there while it has no row; may be NULL. */
BZ_API struct bz_node *bz_table (struct bz_node *into, const char *id,
                                 const char *caption, const char *empty,
                                 const char *const *columns, size_t count);
BZ_API struct bz_node *bz_table_row (struct bz_node *table, const char *href);
/* TEXT and HREF may be NULL.  Attribute "c": "num r" a number, "nw" unbroken. */
BZ_API struct bz_node *bz_table_cell (struct bz_node *row, const char *text,
                                      const char *href);

/* -- Tables to take along. */
enum bz_as { BZ_AS_PAGE, BZ_AS_PRINT, BZ_AS_WORKBOOK };
enum { BZ_AS_ROWS = 5000 };
/* The tables of this page can be printed as a whole (?as=print) and had as a
 * workbook of Excel (?as=xlsx, the first of them): tools lead there.  HREF: the
 * page's own address with its filters.  How it was asked for: for the latter two
 * the handler gives all rows, BZ_AS_ROWS at most, and no pager. */
BZ_API enum bz_as bz_offer_tables (struct bz_req *, const char *href);
/* The same of a page that is printed, and no workbook. */
BZ_API enum bz_as bz_offer_print (struct bz_req *, const char *href);

/* -- Codes.  Tables are sql/codes/TABLE.csv; EXTRA is a further column. */
BZ_API const char *bz_code_name (struct bz_req *, const char *table,
                                 const char *code);        /* NULL: unknown */
BZ_API const char *bz_code_extra (struct bz_req *, const char *table,
                                  const char *code, const char *extra);
/* The Nth code (from 0) of TABLE, in its order, and what it is called; NULL: no more. */
BZ_API const char *bz_code_at (struct bz_req *, const char *table, size_t n,
                               const char **name);
/* The code that TABLE calls NAME; NULL: none. */
BZ_API const char *bz_code_named (struct bz_req *, const char *table,
                                  const char *name);

struct bz_kept_field {
  const char *name, *title, *record, *record_title;
};
/* The Nth field (from 0) that plugins want kept of a "person" (dictionary, of=).  1; 0: no
 * more. */
BZ_API int bz_kept_field (const char *of, size_t n, struct bz_kept_field *ret);
/* How lists of persons show the Nth: a column, a filter. */
enum { BZ_KEPT_LISTED = 1, BZ_KEPT_SOUGHT = 2 };
BZ_API unsigned bz_kept_look (const char *of, size_t n);
/* The code table of the Nth; NULL: it is of another type. */
BZ_API const char *bz_kept_codes (const char *of, size_t n);
/* VALUE of FIELD, which is in no list, as every page shows it: a code by its
 * name, a month without its day; as it is where the dictionary has no such field. */
BZ_API const char *bz_field_shown (struct bz_req *, const char *record,
                                   const char *field, const char *value);

/* -- Cases. */
/* A stored case with its items, whoever asks: for listeners, jobs and commands, which
 * show it to nobody.  Not locked.  1; 0: there is none, or its plugin is not loaded. */
BZ_API BZ_CHECK int bz_case_read (struct bz_req *, int64_t case_id,
                                  struct bz_case **ret);
BZ_API int64_t bz_case_id (const struct bz_case *);
BZ_API int64_t bz_case_scope (const struct bz_case *);   /* the unit       */
BZ_API const char *bz_case_scope_name (const struct bz_case *);
BZ_API int64_t bz_case_office (const struct bz_case *);
BZ_API const char *bz_case_number (const struct bz_case *);  /* 业务单号   */
BZ_API const char *bz_case_get (const struct bz_case *, const char *field);
BZ_API void bz_case_set (struct bz_case *, const char *field, const char *);
/* Of the open pair that the case stands in: the id of the other case, 0 while it is
 * not begun.  1; 0: it stands in none. */
BZ_API int bz_case_pair (const struct bz_case *, int64_t *ret_other);
/* The field of the head as a whole number; 0: empty, or none. */
BZ_API int64_t bz_case_int (const struct bz_case *, const char *field);
/* What the case's office says of an <option> of business.xml: "yes", "no" or a
 * number's digits. */
BZ_API BZ_CHECK int bz_case_option (struct bz_req *, const struct bz_case *,
                                    const char *name, const char **ret);
BZ_API size_t bz_case_items (const struct bz_case *);
BZ_API struct bz_item *bz_case_item (const struct bz_case *, size_t n);
/* While all items of a case are checked, one after another, nothing in it changes:
 * what the business found out for one may stand at the place returned, NULL at first,
 * for the next.  It lives with the request.  NULL: nothing may be kept now. */
BZ_API void **bz_case_notes (struct bz_case *);
BZ_API int64_t bz_item_id (const struct bz_item *);      /* 0: not stored  */
BZ_API const char *bz_item_get (const struct bz_item *, const char *field);
/* Has the item's form this field, in no list?  1, 0. */
BZ_API int bz_item_has (const struct bz_item *, const char *field);
/* The field as a whole number; 0: empty, or none. */
BZ_API int64_t bz_item_int (const struct bz_item *, const char *field);
BZ_API void bz_item_set (struct bz_item *, const char *field, const char *);
/* Close a field: shown grey with WHY, and what the browser sends for it is
 * not read.  WHY NULL opens it. */
BZ_API void bz_item_close (struct bz_item *, const char *field,
                           const char *why);
BZ_API size_t bz_item_rows (const struct bz_item *, const char *list);
BZ_API const char *bz_item_row_get (const struct bz_item *, const char *list,
                                    size_t row, const char *field);
BZ_API void bz_item_row_set (struct bz_item *, const char *list, size_t row,
                             const char *field, const char *value);
/* What the value of FIELD, whose options a query gives, is called: of a row of LIST,
 * or with LIST NULL of the item itself. */
BZ_API void bz_item_call (struct bz_item *, const char *list, size_t row,
                          const char *field, const char *shown);
/* What this item is about, once known: the person's id. */
BZ_API int64_t bz_item_subject (const struct bz_item *);
BZ_API void bz_item_set_subject (struct bz_item *, int64_t subject_id);
/* A sentence shown on top of the item's form (the outcome of 验证). KIND:
 * "tell", "warn", "stop" (the item cannot be saved as complete). */
BZ_API void bz_item_say (struct bz_item *, const char *kind, const char *, ...)
  BZ_PRINTF (3, 4);
/* -- Items of a <pick before="yes">: changes of what is there. */
/* What the item began as, as an item of its own: nothing that is set in it reaches
 * ITEM.  NULL: it keeps none. */
BZ_API struct bz_item *bz_item_before (struct bz_req *, const struct bz_item *);
/* What turns ITEM back, as an item of its own: it begins as what ITEM makes, and says
 * what ITEM began as.  It has no papers.  NULL: ITEM keeps no beginning. */
BZ_API struct bz_item *bz_item_reverse (struct bz_req *, const struct bz_item *);
struct bz_item_change {
  const char *field, *title; /* of a field in no list, or a list                */
  const char *was, *now;     /* as stored; NULL: of a list                      */
  const char *was_text, *now_text; /* as every page shows it                    */
};
/* The Nth (from 0) of what the item changes.  1; 0: no more. */
BZ_API int bz_item_change (struct bz_req *, const struct bz_item *, size_t n,
                           struct bz_item_change *ret);
/* What the approved case CASE_ID said of SUBJECT_ID was wrong from the beginning: in the
 * fields that ITEM, of the case that is being approved, changes, sheets of it say what ITEM
 * says (doc/decisions/0058-a-sheet-put-right.md).  Those that were issued are replaced, and the unit
 * is told, at the end of the approval.  For an effect.  BZ_OK, also where the case has no
 * such item; <0. */
BZ_API BZ_CHECK int bz_item_amend (struct bz_req *, int64_t case_id, int64_t subject_id,
                                   const struct bz_item *);
/* Does it change this field or list?  1, 0. */
BZ_API int bz_item_changes (const struct bz_item *, const char *field);
/* The title of a field or list that ITEM changes, or that is in one <group> with
 * one, and that is in NOW neither what ITEM began with nor what it makes of it: somebody else has changed it.  NULL: none.  For an
 * effect that has read NOW under its lock. */
BZ_API const char *bz_item_conflict (const struct bz_item *,
                                     const struct bz_item *now);
/* <altered same> under INTO with a <d f t old new by> for each that it changes; by:
 * titles of the papers that prove it. */
BZ_API BZ_CHECK int bz_item_alter (struct bz_req *, struct bz_case *,
                                   struct bz_item *, struct bz_node *into);
/* A table ID of cases under INTO as in a list of the platform, with links and
 * words of state.  QUERY gives id business process step state number label
 * reason at due_on scope_name.  Cases whose business the operator may not view
 * are left out.  BZ_OK or <0. */
BZ_API BZ_CHECK int bz_case_table (struct bz_req *, struct bz_node *into,
                                   const char *id, const char *caption,
                                   const char *empty, const char *query,
                                   const struct bz_arg *, size_t);
/* The approval of ITEM_ID of an approved case (0: of the whole case, where its items
 * are lines about nobody) is taken back by BY, in the transaction that approves BY:
 * recorded, once for ever, with what its business undoes; its sheets are void, its
 * unit is told, listeners hear "NAME.undone".  What ended together with it (<pair>) is
 * taken back with it, where one office decides for both units.  BZ_CONFLICT with a sentence: something
 * stands in the way. */
BZ_API BZ_CHECK int bz_case_undo (struct bz_req *, struct bz_case *by,
                                  int64_t case_id, int64_t item_id);
/* What bz_case_undo would say, in WHY, which may be NULL: nothing.  Locks and changes
 * nothing.  BZ_OK, or <0. */
BZ_API BZ_CHECK int bz_case_undo_look (struct bz_req *, struct bz_case *by,
                                       int64_t case_id, int64_t item_id,
                                       const char **why);
/* Where the operator begins to take back the approval of a case of the unit, which
 * its office gave on DAY; NULL: it is too late, or the operator may not. */
BZ_API const char *bz_case_undo_href (struct bz_req *, int64_t case_id,
                                      int64_t unit_id, int64_t office_id,
                                      const char *day);
/* -- The tree of scopes, as far as units move in it. */
/* Is scope ID below UNDER, or UNDER itself, today?  1, 0, <0. */
BZ_API BZ_CHECK int bz_scope_under (struct bz_req *, int64_t id, int64_t under);
/* How many cases of the scope wait or were returned, but for the case BY. */
BZ_API BZ_CHECK int bz_scope_waiting (struct bz_req *, int64_t id, int64_t by,
                                      int *ret);
/* How many cases of the scope and of those below it wait or were returned, but for
 * those of the business of the case BY; in OFFICE how many, drafts too, an office has
 * begun itself. */
BZ_API BZ_CHECK int bz_scope_open (struct bz_req *, int64_t id, int64_t by,
                                   int *ret, int *office);
/* NAME, and the words by which it is found besides. */
BZ_API BZ_CHECK int bz_scope_rename (struct bz_req *, int64_t id,
                                     const char *name, const char *words);
struct bz_scope_move {
  int64_t id, parent_id; /* PARENT_ID 0: its office                           */
  int64_t case_id;       /* whose approval this is                            */
  int keep;              /* 1: what waits is finished by whoever is above now; they
                          * look on until the last of it has ended.  0: it waits for
                          * the new one, at the same step                     */
  int64_t office_id;     /* with all below it to that office, where the cases of its
                          * units wait from now on (KEEP 0); 0: it stays      */
};
/* The scope, with all below it, comes under another one of its office, or of
 * OFFICE_ID, in the approving transaction; permissions and acting for follow at once,
 * and the new parent is told.  BZ_CONFLICT: that one is below it.  The caller keeps
 * others out of the tree meanwhile. */
BZ_API BZ_CHECK int bz_scope_move (struct bz_req *,
                                   const struct bz_scope_move *);
/* The newest paper (附件) of KIND that a stored item has: its id; 0: none. */
BZ_API int64_t bz_item_paper (struct bz_req *, const struct bz_item *,
                              const char *kind);
/* The reply of a GET is this paper; the caller has seen to it that the operator
 * may look at it.  BZ_NOT_FOUND: there is no such paper. */
BZ_API int bz_paper_send (struct bz_req *, int64_t paper_id);
/* Tell the listeners.  <0: one of them vetoed. */
BZ_API BZ_CHECK int bz_emit (struct bz_req *, const struct bz_event *);
/* The next number of a gap-free series of OFFICE_ID, KIND and this year, in
 * the pattern of the configuration, e.g. "示编入〔2026〕1号". */
BZ_API BZ_CHECK int bz_series_next (struct bz_req *, int64_t office_id,
                                    const char *kind, const char **ret);
/* A row of the audit chain, in the current transaction: it is written right before
 * the COMMIT, after whatever else the transaction does, in the order of the calls,
 * and the COMMIT fails without it.  So it may be called anywhere; nobody holds the
 * chain while waiting for another lock.  Outside a transaction it is written at
 * once.  DETAIL carries no personal data beyond ids.  <0: not in a transaction that
 * only reads (see bz_audit_read), or the database is away. */
BZ_API BZ_CHECK int bz_audit (struct bz_req *, const char *action,
                              const char *object_type, int64_t object_id,
                              const char *detail);
/* A page shows personal data unmasked: a row of the audit chain, written before
 * the first byte goes out (without it there is no page).  For a GET, and for a
 * POST that shows a page, even if its own transaction is rolled back. */
BZ_API void bz_audit_read (struct bz_req *, const char *action,
                           const char *object_type, int64_t object_id);
#ifdef __cplusplus
}
#endif
#endif
