/* The desk: the pages that every declared business gets.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 * For business NAME (permissions NAME.view NAME.apply NAME.review NAME.print):
 *   GET  /NAME/          POST         list: tab, filters, keyset paging; a
 *                                     search for a name posts
 *   GET  /NAME/new       POST         新建: the head form
 *   GET  /NAME/{case}                 the case page
 *   POST /NAME/{case}                 head: do=save
 *   POST /NAME/{case}/paper           do=add (multipart) | do=rm:ID
 *   GET  /NAME/{case}/paper/{paper}   the file
 *   GET  /NAME/{case}/item/new, /NAME/{case}/item/{item}      the item's form
 *   POST the same                     do=verify|save|keep|check|add:L|del:L:N
 *   GET  /NAME/{case}/pick   POST     where items are picked, in place of item/new:
 *                                     the list; q= do=find, below= above=, do=add
 *   GET  /NAME/{case}/item/{item}/remove             POST: the deed
 *   GET  /NAME/{case}/item/{item}/correct            POST: what a step of the
 *                                     office puts right itself
 *   GET  /NAME/{case}/confirm         every value once more, then 上报
 *   GET  /NAME/{case}/review          the reviewer's page
 *   GET  /NAME/batch?pick=ID          several clean cases, to be confirmed, or
 *                     ?done=ID&stale=ID&no=ID  what became of them
 *   POST /NAME/batch                  pick=ID version.ID=N: the forward move of
 *                                     each, see decisions/0020
 *   GET  /NAME/pair/                  what other units have opened (work/pair.h)
 *   GET  /NAME/pair/{pair}   POST     one of these; do=begin, do=refuse why=
 *   POST /NAME/{case}/move            move=submit|approve|return|...
 *   POST /NAME/{case}/print/{print}   registers the print, 303 to
 *   GET  /NAME/{case}/print/{print}   the sheets
 *   GET  /NAME/{case}/print/{print}/pdf
 * and GET / the workbench. */
#ifndef WORK_DESK_H
#define WORK_DESK_H
#include "define/business.h"

int desk_routes (const struct business *, GError **error);
int workbench_routes (GError **error);
#endif
