/* What the pages of the desk share; inside fcgi/work only.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_DESK_PAGE_H
#define WORK_DESK_PAGE_H
#include "show/page.h"
#include "work/case.h"

struct move_plan; /* work/move.h */

/* The {case} of the route's business, through the session's scope. */
int desk_case (struct bz_req *, bool lock, struct bz_case **ret);
/* Its {item}. */
int desk_item (struct bz_req *, struct bz_case *, struct bz_item **ret);
/* "/entry/7" + FORMAT, without base path. */
const char *desk_path (struct bz_req *, const struct bz_case *,
                       const char *format, ...) BZ_PRINTF (3, 4);
/* "人员名单" of the business. */
const char *desk_items_title (struct bz_req *, const struct business *);
/* The id in parameter NAME; 0: none, or no id. */
int64_t desk_id (struct bz_req *, const char *name);
xmlNode *desk_root (struct bz_req *); /* <page> */
/* Title, number, status, crumbs, the sentence of ?done=. HERE: last crumb. */
void desk_top (struct bz_req *, const struct bz_case *, const char *here);
void desk_say (struct bz_req *, const char *kind, const char *, ...)
  BZ_PRINTF (3, 4);
/* Does the posted version differ from VERSION? */
bool desk_stale (struct bz_req *, int version);
/* A form that posts to PATH with the hidden version (0: none). */
xmlNode *desk_form (struct bz_req *, xmlNode *into, const char *path,
                    int version);
xmlNode *desk_button (xmlNode *form, const char *name, const char *value,
                      const char *text, const char *look);
void desk_link (xmlNode *form, const char *href, const char *text,
                const char *look);

/* Sections of the head and of an item; the composed reason is filled in.  An
 * item's photo stands in its section, and to read its papers follow. */
int desk_head_sections (struct bz_req *, struct bz_case *, bool read_only,
                        xmlNode *into);
int desk_item_sections (struct bz_req *, struct bz_case *, struct bz_item *,
                        bool read_only, xmlNode *into);
/* The same by FACTS of the item that the caller has. */
int desk_item_sections_in (struct bz_req *, struct bz_case *, struct bz_item *,
                           xmlDoc *facts, bool read_only, xmlNode *into);
/* <filelist>s of the head's papers. 0 or <0. */
int desk_filelist (struct bz_req *, struct bz_case *, bool read_only,
                   xmlNode *into);
/* The section 附件 of the head: what is asked for and what is there. */
int desk_papers (struct bz_req *, struct bz_case *, bool read_only,
                 xmlNode *into);
/* "412 KB", "20.0 MB"; of a <paper> of paper_list. */
const char *desk_size (struct bz_req *, int64_t bytes);
const char *desk_paper_size (struct bz_req *, const xmlNode *paper);
/* The move of a row of the history; NULL: the process knows it no more.  How the
 * process calls it; its name, once it is unknown. */
const struct process_move *desk_move_of (const struct bz_case *,
                                         struct bz_rows *);
const char *desk_move_title (const struct bz_case *, struct bz_rows *);
/* Says once that only what was remarked can change, and what of ITEM, NULL: of
 * the head, is open with it; beside what is shut the page is grey and says
 * nothing. */
int desk_shut (struct bz_req *, struct bz_case *, struct bz_item *);
/* The closed fields of a person who is not stored yet travel with the form. */
void verify_carry (const struct bz_item *, xmlNode *form);
/* Another number than the one that was verified: what was loaded with that one,
 * and what still is its default, goes.  1: so it was, and defaults are to be set
 * anew; 0, <0. */
int verify_forget (struct bz_req *, struct bz_case *, struct bz_item *);
/* Marks of the key's own section, as 校验 would say them. */
int verify_say (struct bz_req *, struct bz_case *, struct bz_item *);
/* A section whose key was refused is not done. */
void verify_state (const struct bz_item *, xmlNode *into);
int desk_steps (struct bz_req *, struct bz_case *, xmlNode *into);
int desk_returned (struct bz_req *, struct bz_case *);
/* On a review page that has its <item>s: <changes> in each that stands there
 * for a second look, and one of the page for the head. */
int desk_changes (struct bz_req *, struct bz_case *);
/* In the opinion's form: <remark n t v> for each field and paper of the head. */
int desk_remarks (struct bz_req *, struct bz_case *);
/* The box take=ITEM beside each <item>, where a move for some of them is
 * allowed. */
void desk_takes (struct bz_req *, struct bz_case *);
int desk_log (struct bz_req *, struct bz_case *, xmlNode *into);
/* What an item said about 验证, as messages. */
void desk_says (struct bz_req *, const struct bz_item *);

/* Which cases wait for this operator: "business:process:step,..." for each
 * relation of the operator to the case; of the office also "...:step@DESK",
 * for units that this desk serves, "...:step!", once the term is over, and
 * "...:step^", where the case's is the office right below. */
struct desk_waits {
  const char *own, *parent, *office, *today;
};
/* BUSINESS NULL: of all that the operator may see. */
void desk_waits (struct bz_req *, const struct business *,
                 struct desk_waits *ret);
bool desk_waits_none (const struct desk_waits *);
/* The rest of a term: "余 2 个工作日", "超期 1 个工作日"; NULL without one.
 * "（暂定）" where the calendar is not loaded. */
const char *desk_left (struct bz_req *, const char *due_on, bool *late);

/* The waiting cases before and after this one, for the page's head. */
int desk_near (struct bz_req *, const struct bz_case *);
/* For page_frame (): how much waits for this operator. */
int near_shell (struct bz_req *, xmlNode *shell);

/* How the other case of its pair stands, or why there is none any more. */
int pair_section (struct bz_req *, struct bz_case *, xmlNode *into);
/* How many pairs wait to be begun by the operator's side; NULL: none. */
int pairs_count (struct bz_req *, const struct business *, const char **ret);
int pairs_get (struct bz_req *);
int pair_get (struct bz_req *);
int pair_post (struct bz_req *);

int list_get (struct bz_req *);
int head_new_get (struct bz_req *);
int head_new_post (struct bz_req *);
int case_get (struct bz_req *);
int case_post (struct bz_req *);
int case_page (struct bz_req *, struct bz_case *);
int paper_post (struct bz_req *);
/* Remove the paper of ID_TEXT.  1, <0. */
int paper_drop (struct bz_req *, struct bz_case *, const char *id_text);
int paper_get (struct bz_req *);
int item_new_get (struct bz_req *);
int item_new_post (struct bz_req *);
/* Items picked from a list. */
int pick_get (struct bz_req *);
int pick_post (struct bz_req *);
int item_get (struct bz_req *);
int item_post (struct bz_req *);
int item_remove_get (struct bz_req *);
int item_remove_post (struct bz_req *);
/* Check-answers before 上报. */
int confirm_get (struct bz_req *);
int confirm_page (struct bz_req *, struct bz_case *);
/* Before a move that is to be confirmed: what it will do.  The form posts to
 * /move again, with confirmed=MOVE or with back. */
int ask_page (struct bz_req *, struct bz_case *, const struct move_plan *);
int review_get (struct bz_req *);
/* An item for who puts some of its fields right at the office. */
int correct_get (struct bz_req *);
int correct_post (struct bz_req *);
/* <table id="corrections"> of what was put right, if anything was. */
int desk_corrections (struct bz_req *, struct bz_case *);
int review_page (struct bz_req *, struct bz_case *);
int move_post (struct bz_req *);
int batch_get (struct bz_req *);
int batch_post (struct bz_req *);
int print_post (struct bz_req *);
/* 归档材料 of a closed case, in place of the papers that its forms ask for. */
int archive_section (struct bz_req *, struct bz_case *, xmlNode *into);
int print_get (struct bz_req *);
int print_pdf (struct bz_req *);
/* The forms that ask for prints and what was printed, on the page of a closed
 * case. */
int print_forms (struct bz_req *, struct bz_case *, xmlNode *into);
#endif
