/* Reports that a pack declares: a query, its filters and its columns, without C.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 *   PACK/reports.xml:
 *   <reports pack="gansu">
 *     <report name="projects" title="基层服务项目人员" permission="gansu.view"
 *             query="gansu.projects" view="gansu/projects"
 *             menu="实名制管理系统/统计报表/基层服务项目人员"
 *             empty="没有参加过基层服务项目的人员">
 *       <filter name="project" title="服务项目" type="code" code="gansu_project"/>
 *       <filter name="on" title="截至日期" type="date" default="today"/>
 *       <column name="name" title="姓名" href="/staffing/person/{id}"/>
 *       <column name="project" title="服务项目" code="gansu_project"/>
 *       <column name="persons" title="人数" number="yes" sum="yes"/>
 *     </report>
 *   </reports>
 *
 * It is the page /PACK/report/NAME, to look at, to print and as a workbook.  Arguments of
 * the query are the filters in their order (SQL NULL: not asked for) and "limit"; its
 * columns are the report's, and what stands within {} of an address.  Filters stand in
 * addresses, so none is a text: nobody is looked for by name there.  view: a stylesheet
 * of its own for the page; without it the one of all lists.  sum: added up in a last row
 * where the whole table is there.  A query that reads persons needs :scope like any other
 * (data/query.h). */
#ifndef DEFINE_REPORT_H
#define DEFINE_REPORT_H
#include <glib.h>
#include <stdbool.h>

struct report_filter {
  char *name, *title;
  char *codes; /* of type code; NULL: a date            */
  bool today;  /* where nothing is said: today's date   */
};
struct report_column {
  char *name, *title, *codes;
  char *href; /* "/staffing/person/{id}"; NULL: none    */
  bool number, sum;
};
struct report {
  char *path; /* "/gansu/report/projects"               */
  char *title, *permission, *query, *view, *empty;
  GPtrArray *filters, *columns;
};

/* The reports of a file, each with its place in the menu.  Queries of the pack were read
 * before. */
int report_load (const char *path, const char *pack, GError **error);
const struct report *report_find (const char *path); /* NULL: none */
void report_foreach (void (*fn) (const struct report *, void *), void *data);
void report_clear (void);
#endif
