/* What the system finds in a case before a reviewer decides (系统核验).
 * SPDX-License-Identifier: MulanPSL-2.0 */
#ifndef WORK_FINDINGS_H
#define WORK_FINDINGS_H
#include <libxml/tree.h>
#include <stdbool.h>
#include "work/case.h"

/* Add to PAGE what the checks of the case and the business's own `show` say now:
 * <checks>, the most serious first, and what else the business shows beside
 * them.  Its seen= says which of them stop or want a look, a short hash each, as
 * a form carries it to findings_unseen.  The checks' marks do not stay in the
 * request.  BZ_OK or <0. */
int findings_add (struct bz_req *, struct bz_case *, xmlNode *page);
/* How many of them stop or want a look; 0: the case is clean. */
unsigned findings_open (const xmlNode *page);
/* Their sentences, joined; owned by the request. */
const char *findings_text (struct bz_req *, const xmlNode *page);
/* How many of them the page that this request answers did not show, or <0. */
int findings_unseen (struct bz_req *, struct bz_case *);
#endif
