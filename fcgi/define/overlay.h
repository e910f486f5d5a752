/* What a pack adds to forms, processes and businesses of others.  It adds and demands more;
 * it takes nothing away and makes nothing easier.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 *   PACK/overlay/NAME.xml:
 *   <overlay pack="gansu">
 *     <form name="entry/item">
 *       <field name="gansu_origin" record="gansu" after="native_place" .../>
 *                                 behind that field, in its section or list
 *       <section id="gansu_more" title="..." after="basic"> <field .../> </section>
 *                                 (also <list>) behind that one; without after=
 *                                 behind all
 *       <require field="school" when="XPATH"/>
 *                                 to be filled in then, too
 *       <rule id="gansu-origin" .../> <paper .../> <papers .../> <codes .../>
 *       <group .../>              as in a form
 *     </form>
 *     <process business="entry" name="counter" of="1" version="2">
 *       <step name="gansu_city" after="review section" before="done"
 *             passing="同意" title="..." .../>
 *                                 what led from those to before= leads to this one,
 *                                 under the title passing=; an approval of a part
 *                                 (rest=) becomes the new step's
 *       <move name="approve" from="gansu_city" to="done" title="核准"/>
 *                                 to before=, or back
 *     </process>                    a step where="higher" is at the office above;
 *                                 offices that have none keep our moves
 *     <business name="entry">
 *       <brief field="gansu_origin"/> beside the name of an item, too
 *       <option name="gansu_days" .../> <print name="gansu_sheet" .../>
 *       <job name="gansu_all" ...>    as in business.xml; prints of others, too
 *     </business>
 *   </overlay>
 *
 * Names of what is added begin with the pack's: gansu_ of fields, sections, lists and
 * steps, gansu- of rules; so no later version of ours can have them.  A process with an
 * overlay is a version of its own, of= times 1000 plus version=: cases that run keep
 * theirs as long as the file is there, new ones take the highest.  The newest version
 * of a process must have an overlay if any version has.  A file that matches nothing,
 * two overlays that tighten one field, two packs about one process are refused with
 * file and line. */
#ifndef DEFINE_OVERLAY_H
#define DEFINE_OVERLAY_H
#include <glib.h>
#include <libxml/tree.h>

/* Versions that overlays may make of one version of a process. */
enum { OVERLAY_VERSIONS = 1000 };

/* Remember the overlays of a file. */
int overlay_load (const char *path, const char *pack, GError **error);
/* DOC is a form that was read: put into it what packs add. */
int overlay_form (xmlDoc *doc, GError **error);
/* DOC is a process that was read: into RET (xmlDoc, the caller's) the versions that
 * packs make of it. */
int overlay_process (const xmlDoc *doc, GPtrArray *ret, GError **error);
/* DOC is a business that was read: put into it what packs add. */
int overlay_business (xmlDoc *doc, GError **error);
/* Where a pack has asked that FIELD stands beside the name in BUSINESS; NULL: nowhere. */
const xmlNode *overlay_brief (const char *business, const char *field);
/* All forms, processes and businesses were read: each overlay has met its own. */
int overlay_check (GError **error);
void overlay_clear (void);
#endif
