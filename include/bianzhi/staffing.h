/* bianzhi/staffing.h - persons, units and the quota book, for plugins.
 * SPDX-License-Identifier: MulanPSL-2.0
 * Ownership and errors as in bianzhi/plugin.h. */
#ifndef BZ_STAFFING_H
#define BZ_STAFFING_H
#include "bianzhi/plugin.h"

#define BZ_STAFFING_MAJOR 0
#define BZ_STAFFING_MINOR 15

/* -- The resident number (GB 11643-1999).  Pure. */

enum bz_idno { BZ_IDNO_OK, BZ_IDNO_LENGTH, BZ_IDNO_LETTERS, BZ_IDNO_DATE,
               BZ_IDNO_CHECK };
/* CHECK receives the right check character when the answer is BZ_IDNO_CHECK
 * (may be NULL). */
BZ_API enum bz_idno bz_idno_check (const char *number, char *check);
/* "YYYY-MM-DD" into RET (11 bytes); sex "1" man, "2" woman.  Only for numbers
 * that bz_idno_check passed. */
BZ_API void bz_idno_birth (const char *number, char *ret);
BZ_API const char *bz_idno_sex (const char *number);
/* The number without its middle; "" if it has not 18 characters. */
BZ_API const char *bz_idno_masked (struct bz_req *, const char *number);
/* Mark FIELD with what is wrong with NUMBER (身份证号第 18 位校验码不符，应为 5 ...).
 * BZ_OK, or BZ_BAD_INPUT. */
BZ_API int bz_idno_mark (struct bz_req *, const char *field,
                         const char *number);

/* -- 验证 (HY-16 to HY-18, A5.11). */

enum bz_known {
  BZ_KNOWN_NEW,          /* 新进人员: nothing is known                      */
  BZ_KNOWN_EXITED,       /* 出编人员: person-level data are loaded, closed  */
  BZ_KNOWN_ELSEWHERE,    /* still on staff: stop, or 发起调动               */
  BZ_KNOWN_OFF_ROLL,     /* only 编外 or 控制数: loaded; closes at approval */
  BZ_KNOWN_RETIRED,      /* 离退休: a stop                                  */
  BZ_KNOWN_MERGED,       /* a record that is another one's part now: a stop */
};
struct bz_person_found {
  enum bz_known known;
  int64_t person_id;         /* 0 when new                                  */
  int matches;               /* name and sex are those on record            */
  const char *unit_name;     /* last or present unit; NULL unless MATCHES   */
  int64_t unit_id;
  const char *staffing_type; /* of the last employment                      */
  const char *category;      /* A B C D E of it; "X" from outside           */
  const char *exit_reason;   /* of the last employment, if ended            */
};
/* Look a number up over the whole installation; the look-up is audited. */
BZ_API BZ_CHECK int bz_person_find (struct bz_req *, const char *name,
                                    const char *sex, const char *id_number,
                                    struct bz_person_found *ret);
/* The same for rules and checks, which tell nobody: UNIT_NAME stays NULL, and
 * nothing is audited, so it may run while a page is shown. */
BZ_API BZ_CHECK int bz_person_known (struct bz_req *, const char *name,
                                     const char *sex, const char *id_number,
                                     struct bz_person_found *ret);
/* Load the person-level fields into ITEM and close them with a reason. */
BZ_API BZ_CHECK int bz_person_fill (struct bz_req *, int64_t person_id,
                                    struct bz_item *);
/* The photo (照片) that stands for the person: a paper's id; 0: none yet. */
BZ_API int64_t bz_person_photo (struct bz_req *, int64_t person_id);
/* Insert or complete the person of ITEM: the id.  The item's paper "photo"
 * becomes the person's.  Inside a transaction. */
BZ_API BZ_CHECK int bz_person_store (struct bz_req *, struct bz_item *,
                                     int64_t *ret);

/* -- Employment (在编关系). */

/* Open one from ITEM at UNIT_ID from DATE on, with its duties.  BZ_CONFLICT
 * with a sentence when the person has a place at that time, or a leading post
 * is full and the item has no paper "over_lead" (超职数配备的批准文件), or has one
 * and the post was filled after the transaction's first look.  A post that goes
 * above its number is recorded with that paper.
 * HOW BZ_OPEN_HIGHER (高职低配, B6): who finds the post full, and has no such paper,
 * takes a free seat of a post above it, column "above" of the table leader_class,
 * in the unit itself or the same 内设机构; counted there, under the duty's own name. */
enum { BZ_OPEN_HIGHER = 1 };
BZ_API BZ_CHECK int bz_employment_open (struct bz_req *, struct bz_item *,
                                        int64_t person_id, int64_t unit_id,
                                        const char *date, int64_t case_id,
                                        unsigned how, int64_t *ret);

/* Post an employment in every book that counts it: its type, its structure, its
 * funding, and a lead for each leading post among its duties.  SIGN 1 at entry, -1 at exit.
 * The codes are those that bz_employment_open recorded.  PAPER: 批准文号 or
 * NULL.  As bz_quota_post otherwise. */
BZ_API BZ_CHECK int bz_employment_post (struct bz_req *, int64_t employment_id,
                                        int sign, const char *date,
                                        int64_t case_id, const char *paper);

/* Is the person on staff at the unit, within the operator's scope?  1, 0, <0. */
BZ_API BZ_CHECK int bz_staff_at (struct bz_req *, int64_t unit_id,
                                 int64_t person_id);
/* Load FIELDS (names of columns of staffing.staff_fields, ends with NULL) of the
 * item's subject, who is on staff at the unit, and close them with WHY.  1; 0: not
 * on staff there; <0. */
BZ_API BZ_CHECK int bz_staff_fill (struct bz_req *, int64_t unit_id,
                                   struct bz_item *,
                                   const char *const *fields, const char *why);

/* How somebody leaves the roll (出编). */
struct bz_exit {
  int64_t person_id, unit_id, case_id;
  const char *date;         /* 出编时间: from this day on they are gone      */
  const char *reason;       /* 出编原因, code of the table exit_reason       */
  const char *happened_on;  /* 减员发生日期, by the paper                    */
  const char *destination, *doc_no;  /* 出编去向, 出编文号; NULL or "": none */
  int late;                 /* 1: 逾期                                       */
  const char *late_reason;
};
/* End the one employment of the person at the unit, in the approving transaction:
 * its duties end with it, so seats of posts and what stood above their number by a
 * paper are free; it is posted -1 in every book that counted it, with DOC_NO as
 * paper; what the person is since is result_status of the reason.  Passes the gate
 * like bz_employment_open.  BZ_CONFLICT with a sentence, and nothing is changed: no
 * such employment any more (never twice), or it began on DATE or later.  RET: its
 * id. */
BZ_API BZ_CHECK int bz_employment_close (struct bz_req *,
                                         const struct bz_exit *, int64_t *ret);

/* -- 借调, 混编混岗: somebody works elsewhere than at the unit that counts them.  One
 * place at a time; no book counts it; both units see the person. */

struct bz_workplace {
  int64_t person_id, unit_id, case_id; /* UNIT_ID: the one that counts them    */
  const char *kind;              /* code of the table workplace_kind          */
  const char *place, *post;      /* 实际工作单位, 从事岗位; post may be ""      */
  const char *doc_no;            /* 批准文号                                   */
  const char *since, *until;     /* first and last day; until NULL or "": none
                                  * was set                                   */
  const char *ended_on;          /* bz_workplace_end: the last day there       */
};
/* Where the person works now who is on staff at the unit, within the operator's
 * scope.  1; 0: nowhere else; <0. */
BZ_API BZ_CHECK int bz_workplace_now (struct bz_req *, int64_t unit_id,
                                      int64_t person_id,
                                      struct bz_workplace *ret);
/* The unit of this installation whose whole or short name TEXT is.  1; 0: none, or
 * several of that short name; <0. */
BZ_API BZ_CHECK int bz_unit_named (struct bz_req *, const char *text,
                                   int64_t *ret_id, const char **ret_name);
/* In the approving transaction; locks like bz_employment_close.  BZ_CONFLICT with a
 * sentence: no longer on staff at the unit; begin: has a place already; extend (until
 * and doc_no alone) and end: has none. */
BZ_API BZ_CHECK int bz_workplace_begin (struct bz_req *,
                                        const struct bz_workplace *);
BZ_API BZ_CHECK int bz_workplace_extend (struct bz_req *,
                                         const struct bz_workplace *);
BZ_API BZ_CHECK int bz_workplace_end (struct bz_req *,
                                      const struct bz_workplace *);

/* -- 异动. */
/* Load all that the register says of the item's subject, who is on staff at the unit:
 * the fields of the record person, 任行政职务情况, 聘(评)专业技术职务情况.  1; 0: not on
 * staff there; <0. */
BZ_API BZ_CHECK int bz_staff_load (struct bz_req *, int64_t unit_id,
                                   struct bz_item *);
struct bz_change {
  int64_t unit_id, case_id;
  const char *date;
};
/* What ITEM (of a <pick before="yes">) changes, and nothing else, becomes what the
 * register says of its subject, in the approving transaction: columns of person and
 * employment with their version, duties (one that stays keeps its seat; as
 * bz_employment_open, by the paper "over_lead"), qualifications, the paper "new_photo".
 * Another structure, funding or leading post is posted -1 under the old account and +1
 * under the new one.  Each field is recorded with its case.  Not changed here, whatever
 * the item says: staffing type and the days of entry.
 * Passes the gate; locks person and unit.  BZ_CONFLICT with a sentence, and nothing is
 * changed: not on staff there any more; somebody else has changed one of these fields or
 * what hangs together with it (bz_item_conflict); the number is another person's; the
 * status is not the unit's to choose; no room, no seat. */
BZ_API BZ_CHECK int bz_staff_change (struct bz_req *, const struct bz_change *,
                                     struct bz_item *);
/* 更正 by the office: what ITEM says of the type, the days of entry and 参加工作时间, and of
 * what hangs together with the type, has been so from the beginning.  What was posted under
 * the wrong type or since the wrong day is met on its own day and posted rightly, so that
 * the book of each day is right; recorded as 更正.  Locks and refuses as bz_staff_change;
 * also: no account, no room on a day since, another employment at that time, a day behind
 * something that was decided of this one. */
BZ_API BZ_CHECK int bz_staff_correct (struct bz_req *, const struct bz_change *,
                                      struct bz_item *);
/* What it would say, of which field; WHY NULL: nothing.  For a look.  BZ_OK, <0. */
BZ_API BZ_CHECK int bz_staff_correct_look (struct bz_req *,
                                           const struct bz_change *,
                                           struct bz_item *, const char **field,
                                           const char **why);
/* -- 合并重复人员 (doc/decisions/0057-merge.md). */
struct bz_merger {
  int64_t keep_id;           /* the record that stays                        */
  const char *number;        /* 身份证号 of the one that goes                */
  int64_t unit_id, case_id;
  const char *date;          /* business date                                */
};
/* WHY NULL: they can be made one; else what hinders.  For a look.  BZ_OK, <0. */
BZ_API BZ_CHECK int bz_merge_look (struct bz_req *, const struct bz_merger *,
                                   const char **why);
/* All that belongs to the one is the other's from now on: employments with their slips
 * and postings, titles, changes, cases, a photo where it has none.  No figure of the book
 * changes.  Its number leads to the one that stays, and nobody is registered under it.
 * Passes the gate; locks both.  BZ_CONFLICT with a sentence, and nothing is changed. */
BZ_API BZ_CHECK int bz_merge (struct bz_req *, const struct bz_merger *);
/* A table ID under INTO: both records side by side, and what will be.  Nothing where there
 * is no such record.  BZ_OK, <0. */
BZ_API BZ_CHECK int bz_merge_show (struct bz_req *, const struct bz_merger *,
                                   const char *id, struct bz_node *into);

/* -- 撤销核准: an approval is taken back, in the approving transaction of the case that
 * decides it (hook undo of struct bz_business).  Each reads its rows locked, so it
 * happens once.  WHY: NULL, or a sentence that says what stands in the way; then the
 * transaction has to be given up.  BZ_OK, or <0. */
struct bz_undo {
  int64_t person_id, unit_id; /* PERSON_ID 0: a slip                         */
  int64_t case_id;            /* whose approval is taken back                */
  int64_t by;                 /* the case that decides it                    */
  unsigned how;               /* BZ_UNDO_LOOK: only say WHY                  */
};
/* What the hook undo is called with; ITEM NULL: a slip as a whole. */
BZ_API struct bz_undo bz_undo_of (const struct bz_case *, const struct bz_item *,
                                  int64_t by, unsigned how);
/* 入编: the employment and its duties never were; postings are undone on their own
 * day; the place of its slip is free again, or goes back to the unit where the slip is
 * over; a record off roll that it closed is open.  The person stays on the register. */
BZ_API BZ_CHECK int bz_entry_undo (struct bz_req *, const struct bz_undo *,
                                   const char **why);
/* 出编, 恢复: the employment has never ended.  Not where the person has another since,
 * a post was filled, or a book had no room for one more on any day since. */
BZ_API BZ_CHECK int bz_exit_undo (struct bz_req *, const struct bz_undo *,
                                  const char **why);
/* 异动: each field that ITEM, the approved one, has changed is as it was, photo and
 * seats included; postings are undone on their own day; the record of the change stays.
 * Not where the person has left, a later change has touched one of these fields, a seat
 * that was given up is filled, or a book had no room on any day since. */
BZ_API BZ_CHECK int bz_change_undo (struct bz_req *, const struct bz_undo *,
                                    struct bz_item *, const char **why);
/* 借调、混编混岗: a place that was registered never was, one that ended goes on, one that
 * was prolonged ends on its day before.  SAID: until and doc_no of the item.  Not where
 * the person has left, or something was registered since. */
struct bz_workplace;
BZ_API BZ_CHECK int bz_workplace_undo (struct bz_req *, const struct bz_undo *,
                                       const struct bz_workplace *said,
                                       const char **why);
/* 编制使用核准: as bz_slip_cancel. */
BZ_API BZ_CHECK int bz_slip_undo (struct bz_req *, const struct bz_undo *,
                                  const char **why);

/* -- The quota book (编制总账). */

enum bz_quota_account { BZ_QUOTA_APPROVED, BZ_QUOTA_OCCUPIED,
                        BZ_QUOTA_RESERVED, BZ_QUOTA_INCOMING,
                        BZ_QUOTA_OUTGOING, BZ_QUOTA_FROZEN };
struct bz_posting {
  int64_t unit_id;
  const char *book, *code;       /* "type" "11"; "structure" "2"; "lead" "11";
                                    "funding" "2"                           */
  enum bz_quota_account account;
  int amount;                    /* may be negative                          */
  const char *date;              /* business date                            */
  int64_t case_id, person_id;    /* 0: none                                  */
  const char *paper;             /* 批准文号 or NULL                         */
  int over;                      /* 1: book "lead" may go above the approved
                                    number by as many as are recorded with a
                                    paper (bz_employment_open)               */
};
/* Post, and change the balance in the same transaction by a conditional
 * update: BZ_CONFLICT with a sentence (bz_balance_text) when there is no room, or
 * when the account would have been less than nothing on a past day. */
BZ_API BZ_CHECK int bz_quota_post (struct bz_req *, const struct bz_posting *);
struct bz_balance {
  int approved, occupied, reserved, incoming, outgoing;
  int free;                      /* approved - occupied - reserved - incoming
                                    - frozen: 空编, below 0 where 超编        */
  int frozen;
  int room;                      /* what may still be taken: free, and what the
                                    overflow rule allows beyond              */
};
/* The code table of a book: "funding_form" of "funding", "leader_class" of "lead"; NULL:
 * no such book. */
BZ_API const char *bz_quota_codes (const char *book);
/* What an account is called in a sentence: 行政编制; 编制结构“专业技术”.  Lives with the
 * request. */
BZ_API const char *bz_quota_title (struct bz_req *, const char *book,
                                   const char *code);
/* "核定 46 名，实有 44 名，已批未用 1 名，空编 1 名": all that the last figure comes
 * from; what is none but 核定, 实有 and 空编 is left out.  Where room is more than
 * that, it stands behind: "，允许溢出 2 名".  Lives with the request. */
BZ_API const char *bz_balance_text (struct bz_req *, const struct bz_balance *);
/* 1, 0 no such account (all zero), <0. */
BZ_API BZ_CHECK int bz_quota_balance (struct bz_req *, int64_t unit_id,
                                      const char *book, const char *code,
                                      struct bz_balance *ret);
/* How many people of the unit the account would count if a paper opened it now
 * (bz_quota_approve): for a look at a paper before it is approved.  Of a book of
 * approved numbers alone none.  BZ_OK, or <0. */
BZ_API BZ_CHECK int bz_quota_there (struct bz_req *, int64_t unit_id,
                                    const char *book, const char *code,
                                    int *ret);
/* What bz_quota_post would say of a past day of the account, where BEFORE were
 * posted on it, on the same date, before the posting: a sentence that lives with
 * the request, or NULL: nothing.  For a look, as above.  BZ_OK, or <0. */
BZ_API BZ_CHECK int bz_quota_short (struct bz_req *, const struct bz_posting *,
                                    int before, const char **ret);
/* An approval paper (批准文件) of a unit: what is recorded with its lines. */
struct bz_quota_paper {
  int64_t unit_id, case_id;
  const char *number, *date;     /* 批准文号; its day, on which it is posted  */
  const char *title, *summary;   /* 文件名称, 摘要; summary may be NULL       */
};
/* One line of PAPER, in the approving transaction: AMOUNT of ACCOUNT (approved or
 * frozen; below 0 takes back) under CODE of BOOK.  The account is opened where the
 * unit has none: who is there already is counted in it, since the paper's day.
 * BZ_CONFLICT with a sentence: the paper is of a day to come, or as bz_quota_post.
 * What is approved may fall below what is used: 超编 is a finding, not a mistake. */
BZ_API BZ_CHECK int bz_quota_approve (struct bz_req *,
                                      const struct bz_quota_paper *,
                                      const char *book, const char *code,
                                      enum bz_quota_account account,
                                      int amount);
/* The code under which a staffing type is counted at this unit: itself if the
 * unit has such an account, else the nearest parent type that it has ("121"
 * counts under "12").  1; 0, and RET NULL: the type does not count or the unit has
 * none; <0. */
BZ_API BZ_CHECK int bz_quota_type (struct bz_req *, int64_t unit_id,
                                   const char *staffing_type,
                                   const char **ret);
/* The code of BOOK ("type", "structure", "funding") under which ITEM will count at the unit
 * once it is approved: what bz_employment_open records.  1, 0 under none, <0.  A
 * funding of which a unit with such a book has no account gives its own code, and
 * can be posted nowhere. */
BZ_API BZ_CHECK int bz_quota_code (struct bz_req *, const struct bz_item *,
                                   int64_t unit_id, const char *book,
                                   const char **ret);
/* How many items of the case will count under CODE of BOOK, or <0. */
BZ_API BZ_CHECK int bz_quota_count (struct bz_req *, const struct bz_case *,
                                    int64_t unit_id, const char *book,
                                    const char *code);

/* -- 编制使用单 (TS-32, TS-33, A5.6): posts that the office has granted before
 * anybody comes.  What is left of a live slip is reserved in the quota book. */

struct bz_slip_line {
  const char *staffing_type, *entry_mode; /* codes                           */
  int amount;                             /* above 0                         */
  const char *structure;                  /* code, reserved too; NULL: none  */
};
/* Add a line to the slip of the case at UNIT_ID, which the first line opens, from
 * DATE to UNTIL, the last day.  BZ_CONFLICT with a sentence: the unit has no such
 * posts, or not so many free.  In the approving transaction. */
BZ_API BZ_CHECK int bz_slip_grant (struct bz_req *, int64_t case_id,
                                   int64_t unit_id,
                                   const struct bz_slip_line *,
                                   const char *date, const char *until);
/* The slip takes the number that its approved case has drawn. */
BZ_API BZ_CHECK int bz_slip_name (struct bz_req *, int64_t case_id);

struct bz_slip_place {
  int64_t slip_id, line_id;
  const char *number;  /* of the slip                                        */
  int amount, left;    /* of all the lines that fit, without what was given
                        * back; of these, what nobody has used                */
  int line_left;       /* of LINE_ID alone                                   */
  const char *fault;   /* NULL: it can be used; else what is wrong and what
                        * to do                                              */
  const char *code;    /* of book "type": where the line's places are
                        * reserved                                           */
  const char *structure; /* whose places the line keeps too; "": none's      */
  const char *entry_mode; /* of the line; "": none                            */
  int several;         /* 1: no structure was asked for, and lines of several
                        * fit                                                */
};
/* A slip as it is looked at once; lives with the request.  One that is not the
 * unit's, not within the scope, void, or over on DATE ("": no day) has no places.
 * BZ_OK, or <0. */
struct bz_slip;
BZ_API BZ_CHECK int bz_slip_read (struct bz_req *, int64_t slip_id,
                                  int64_t unit_id, const char *date,
                                  struct bz_slip **ret);
struct bz_slip_head {
  const char *number, *until; /* its last day; NULL where there is no such slip */
  int granted, used;          /* places, without what was given back            */
  const char *fault;          /* as of a place                                  */
};
BZ_API struct bz_slip_head bz_slip_head (const struct bz_slip *);
/* The line on which somebody comes into STAFFING_TYPE by ENTRY_MODE, or a kind of
 * it (公开遴选 is a kind of 转任).  STRUCTURE: whom a line for another structure does
 * not fit; NULL: any.  The place is taken in this look alone: who asks next gets
 * what is left, as when all of them are approved in this order.  BZ_OK, or <0. */
BZ_API BZ_CHECK int bz_slip_take (struct bz_req *, struct bz_slip *,
                                  const char *staffing_type,
                                  const char *structure,
                                  const char *entry_mode,
                                  struct bz_slip_place *ret);
/* Both for one person alone. */
BZ_API BZ_CHECK int bz_slip_find (struct bz_req *, int64_t slip_id,
                                  int64_t unit_id, const char *staffing_type,
                                  const char *structure,
                                  const char *entry_mode, const char *date,
                                  struct bz_slip_place *ret);
/* EMPLOYMENT_ID of PERSON_ID, which was opened in this transaction, takes one place
 * of it: it is used, and reserved no longer.  BZ_CONFLICT with a sentence: somebody else took the last one. */
BZ_API BZ_CHECK int bz_slip_use (struct bz_req *, const struct bz_slip_place *,
                                 int64_t unit_id, int64_t employment_id,
                                 int64_t person_id, int64_t case_id,
                                 const char *date);

/* -- 在途 (decisions 17): a transfer that is approved on one side and not closed yet. */
struct bz_transit {
  int64_t person_id, unit_id, case_id;
  const char *date, *paper;  /* business date; 批准文号 or NULL              */
};
/* 在途调出, 在途调入: posted once in each book of types, structures and fundings that
 * counts the person at the unit, or will count ITEM there; who comes takes PLACE of a
 * slip (NULL: none) at once.  Passes the gate, locks the unit.  BZ_CONFLICT with a
 * sentence, and nothing is changed: not on staff at the unit; no room. */
BZ_API BZ_CHECK int bz_transit_out (struct bz_req *, const struct bz_transit *);
BZ_API BZ_CHECK int bz_transit_in (struct bz_req *, const struct bz_item *,
                                   const struct bz_transit *,
                                   const struct bz_slip_place *place);
/* Whichever it was, it is no longer: before the effect of the same case, or because
 * there will be none.  The place of a slip is its own again, of one that is over
 * meanwhile the unit's. */
BZ_API BZ_CHECK int bz_transit_back (struct bz_req *,
                                     const struct bz_transit *);

/* A slip after it was granted, in the transaction of the approval that decides
 * it; each is recorded with its case.  BZ_CONFLICT with a sentence: the slip is
 * not the unit's or over, or has not so much left. */
struct bz_slip_change {
  int64_t slip_id, line_id, unit_id, case_id;
  const char *date;                  /* business date                         */
};
/* 延期: until a later last day. */
BZ_API BZ_CHECK int bz_slip_extend (struct bz_req *,
                                    const struct bz_slip_change *,
                                    const char *until);
/* 部分核减: AMOUNT unused places of a line are given back. */
BZ_API BZ_CHECK int bz_slip_cut (struct bz_req *, const struct bz_slip_change *,
                                 int amount);
/* 撤销: a slip that nobody has used. */
BZ_API BZ_CHECK int bz_slip_cancel (struct bz_req *,
                                    const struct bz_slip_change *);
/* 招录结果: HIRED persons were chosen to come on it, those recorded by name among
 * them; from now on it does not end by its last day. */
BZ_API BZ_CHECK int bz_slip_hired (struct bz_req *,
                                   const struct bz_slip_change *, int hired);
/* 录用人员: one of those who were chosen, by name; once each.  The entry of the unit
 * begins with them. */
BZ_API BZ_CHECK int bz_slip_choose (struct bz_req *,
                                    const struct bz_slip_change *,
                                    const char *name, const char *sex,
                                    const char *id_number);
/* Is ID_NUMBER among the 录用人员 that other cases than CASE_ID have recorded on the
 * unit's slip?  1, 0, or <0; COUNT: how many they are.  ID_NUMBER NULL asks for
 * the count alone. */
BZ_API BZ_CHECK int bz_slip_names (struct bz_req *, int64_t slip_id,
                                   int64_t unit_id, int64_t case_id,
                                   const char *id_number, int *count);
/* 变更用编形式: what is left of a line may be filled by ENTRY_MODE. */
BZ_API BZ_CHECK int bz_slip_turn (struct bz_req *,
                                  const struct bz_slip_change *,
                                  const char *entry_mode);

/* -- Units. */

/* Facts of a unit under FACTS: <unit id name kind(机关, 事业) category
 * funding_form level civil_like review_section division
 * division_level(1 province, 2 city, 3 county)>NAME</unit> and a
 * <quota book code approved occupied free/> for each account. */
BZ_API BZ_CHECK int bz_unit_facts (struct bz_req *, int64_t unit_id,
                                   struct bz_node *facts);

/* -- Name, supervising department (主管部门) and office (编办) of a unit, as dated
 * facts. */

struct bz_unit_change {
  int64_t unit_id, case_id;
  const char *date;              /* 生效日期: from this day on                 */
  const char *paper_no, *paper_on, *paper_title; /* 批准文号, its day, its title */
  const char *name, *short_name; /* NULL: they stay                           */
  const char *parent;            /* the parent's name, whole or short; "": the unit
                                  * stands under its office; NULL: it stays    */
  int keep;                      /* as of struct bz_scope_move                */
  int64_t office_id;             /* with all units below it to that office, 0: it
                                  * stays; PARENT is a unit there, or ""       */
};
/* Of the case's unit, with what its head says: date, paper_no, paper_on, paper_title. */
BZ_API struct bz_unit_change bz_unit_change_of (const struct bz_case *);
enum { BZ_UNIT_LOOK = 1 }; /* only say WHY */
/* What the change would be refused for: FIELD ("name", "short_name", "parent", "office",
 * "date") and WHY, a sentence; NULL: nothing.  Without BZ_UNIT_LOOK it is made, in the approving
 * transaction: dated rows, the unit, the tree that permissions follow.  Changes of one
 * case on one day make one fact.  Passes the gate, so no two units move at once, and
 * locks the unit.  BZ_OK; BZ_CONFLICT with the sentence, and nothing is changed; <0. */
BZ_API BZ_CHECK int bz_unit_change (struct bz_req *,
                                    const struct bz_unit_change *, unsigned how,
                                    const char **field, const char **why);
#endif
