/* The downloads area (附件下载, HY-8).
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * [downloads] dir= names a folder with the files and their list downloads.xml:
 *   <downloads>
 *     <file name="scanner.html" title="《扫描仪使用说明》" note="..."/>
 *   </downloads>
 * for everybody, and so does [office CODE] downloads= for the users of that
 * office, of its units and of the offices below: an office adds to what the one
 * above it lays out.  Its files have addresses of their own, so that two offices
 * may use the same name.
 *
 * Only what a list names is given out; it is read at the start, so a change
 * needs a reload.  A name is one of a file right in the folder: downloads.rng
 * lets no "/" through, and no first ".". */
#ifndef WORK_DOWNLOAD_H
#define WORK_DOWNLOAD_H
#include "serve/conf.h"
#include "serve/req.h"

/* Before the fork.  0; <0 with file, line and what is wrong. */
int download_load (const struct conf *, GError **error);
void download_clear (void);
/* The open folder of list N; -1: there are no more. */
int download_folder (unsigned n);
int download_list (struct bz_req *); /* GET /download/       */
/* GET /download/{file}, /download/{office}/{file} */
int download_get (struct bz_req *);
#endif
