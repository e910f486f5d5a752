/* Items that change what is there (business.xml: <pick before="yes">): each begins as
 * what the hook prefill loads, and what it began as is kept with it as <before> of
 * its values (define/form.h).  What the register says meanwhile is looked at again:
 * what the item does not change follows it; what the item does change, or what hangs
 * together with that, is said to the clerk, who decides anew.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_BEFORE_H
#define WORK_BEFORE_H
#include "work/case.h"

/* A new item begins as it is now. */
void before_keep (struct bz_item *);
enum before_look {
  BEFORE_CHECK, /* follows where nothing is in the way, else stays       */
  BEFORE_SHOW,  /* follows, and says what is in the way                  */
  BEFORE_TAKEN, /* the clerk has seen it: what was typed stands          */
};
/* Look again; stopping marks that it made, or <0.  Nothing where the item keeps no
 * before, or the case is at its end. */
int before_look (struct bz_req *, struct bz_case *, struct bz_item *,
                 enum before_look);
/* What the register says now, as a short hash for a hidden value: who sends it back
 * has seen it.  NULL: nothing is kept, or nobody is there. */
const char *before_seen (struct bz_req *, struct bz_case *, struct bz_item *);
/* <altered same> of INTO with a <d f t old new by> for each field and list that the
 * item changes; by: the papers that prove it. */
int before_show (struct bz_req *, struct bz_case *, struct bz_item *,
                 xmlDoc *facts, xmlNode *into);
#endif
