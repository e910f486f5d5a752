/* Settings of an office, inherited down the tree of offices.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 *   [office 480321]            the code of the office's scope
 *   chain.entry=online         the process of a business
 *   days.entry=5               working days of the office's term
 *   title.entry.notice=入编核准通知书   what a sheet is called
 *   copies.entry.notice=用编单位;组织部门;财政部门   and its copies, first to
 *                              last, as many as business.xml has
 *   option.entry.slip=no       an <option> of business.xml
 *   downloads=/srv/480321      files for its users: work/download.h
 *
 * An office without a line has that of the office above it; none has one: the
 * business's own default; downloads alone add up.  An unknown key, or a value that
 * does not hold, stops the program at its start: file, line and what to do.  A
 * further key is a row in setting.c. */
#ifndef WORK_SETTING_H
#define WORK_SETTING_H
#include "define/business.h"
#include "serve/conf.h"
#include "serve/req.h"
#include <libxml/tree.h>

/* KEY ("days.entry") of the office OFFICE_ID; OTHERWISE when neither
 * it nor one above it has it.  BZ_OK or <0. */
int setting_get (struct bz_req *, int64_t office_id, const char *key,
                 const char *otherwise, const char **ret);
/* An <option name=> under INTO, of facts, for each option that the office has. */
int setting_options (struct bz_req *, const struct business *,
                     int64_t office_id, xmlNode *into);
/* The newest version of the office's process for a business. */
int setting_process (struct bz_req *, const struct business *,
                     int64_t office_id, const struct process **ret);
/* The parts of a list "a; b", trimmed; ends with NULL.  g_strfreev. */
char **setting_names (const char *value);
/* Once businesses and processes are loaded. */
int setting_check (const struct conf *, GError **error);
#endif
