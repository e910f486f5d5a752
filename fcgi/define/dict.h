/* The dictionary (指标体系): every record and field, declared once.
 * SPDX-License-Identifier: MulanPSL-2.0
 *
 *   <dictionary pack="staffing">
 *     <record name="person" title="人员">
 *       <field name="birth_date" title="出生日期" type="date" class="2"
 *              column="birth_date" code="" max="" gb="A0107"/>
 *       <list name="duty" title="任行政职务情况"> <field .../> </list>
 *
 * of="person" of a plugin's record: what the approved case says in its fields is kept of
 * the person, beside the register's own (staffing/local.c).  list="yes" of such a field:
 * a column of the lists of persons; find="yes" (type code): a filter of them.
 *
 * type: text, area, date, month (without its day), code, check
 * (ticked or not), int, idno.  class: 0 public 1 internal 2 personal
 * 3 sensitive (masked in lists). */
#ifndef DEFINE_DICT_H
#define DEFINE_DICT_H
#include <glib.h>
#include <stdbool.h>

enum field_type {
  FIELD_TEXT,
  FIELD_AREA,
  FIELD_DATE,
  FIELD_MONTH,
  FIELD_CODE,
  FIELD_CHECK,
  FIELD_INT,
  FIELD_IDNO
};
/* So many filters a list of persons has besides its own. */
enum { DICT_SOUGHT = 3 };
struct dict_field {
  char *record, *list; /* list: NULL outside a list */
  char *name, *title, *column, *codes;
  enum field_type type;
  int privacy;         /* 0..3 */
  int max;             /* characters; 0: 200 */
  bool listed, sought; /* in lists of persons: a column, a filter */
};
int dict_load (const char *path, const char *pack, GError **error);
/* "person", NULL, "birth_date"; or with list "duty".  NULL: not declared. */
const struct dict_field *dict_find (const char *record, const char *list,
                                    const char *field);
/* "990101********0038"; other values: first character and stars. */
char *dict_mask (const struct dict_field *, const char *value); /* g_free */
void dict_clear (void);
#endif
