/* What 人员入编 decides without request or database: pure functions.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "rules.h"
#include <stdbool.h>
#include <string.h>

const char *
entry_origin (const struct bz_person_found *found, const char *stated_category)
{
  int still_counts = found->known == BZ_KNOWN_ELSEWHERE
                  || found->known == BZ_KNOWN_OFF_ROLL
                  || (found->exit_reason != NULL
                      && strncmp (found->exit_reason, "01", 2) == 0);

  if (still_counts && found->category != NULL)
    return found->category;
  if (stated_category != NULL && *stated_category != '\0')
    return stated_category;
  return "X";
}

int
entry_mode_transfers (const char *mode)
{
  static const char *const modes[] = { "03", "04", "05", "06", "12", "16" };

  for (size_t i = 0; mode != NULL && i < sizeof modes / sizeof *modes; i++)
    if (strcmp (mode, modes[i]) == 0)
      return 1;
  return 0;
}

/* Only who knows name, sex and number gets to see a record, or may go on with
 * it. */
static const char *
stranger (const struct bz_person_found *found)
{
  bool record = found->known == BZ_KNOWN_EXITED
             || found->known == BZ_KNOWN_OFF_ROLL;

  return record && !found->matches ? "验证结果：该身份证号已登记，姓名或性别与"
                                     "登记的不一致，不载入原有信息；"
                                     "请按身份证核对姓名、性别和身份证号"
                                   : NULL;
}

const char *
entry_outcome (const struct bz_person_found *found, int64_t unit_id,
               const char *mode, const char **ret_kind)
{
  *ret_kind = "stop";
  if (stranger (found) != NULL)
    return stranger (found);
  switch (found->known) {
  case BZ_KNOWN_NEW:
    *ret_kind = "tell";
    return "验证结果：新进人员，请填写录入所有基本信息";
  case BZ_KNOWN_EXITED:
    *ret_kind = "tell";
    return "验证结果：出编人员，请完善缺失信息，已有信息不做修改";
  case BZ_KNOWN_OFF_ROLL:
    *ret_kind = "tell";
    return "验证结果：编外或控制数人员，已载入原有信息；"
           "核准后原编外或控制数记录同时终止";
  case BZ_KNOWN_RETIRED:
    return "验证结果：离退休人员，不能入编；如有错误请与编办联系";
  case BZ_KNOWN_MERGED:
    return "验证结果：该身份证号的记录已合并到同一人的另一条记录，"
           "请核对后填写现在的身份证号";
  case BZ_KNOWN_ELSEWHERE:
    break;
  }
  if (unit_id != 0 && found->unit_id == unit_id)
    return "验证结果：该人员已是本单位在编人员，不能重复入编；"
           "如要更正信息，请办理人员异动";
  if (entry_mode_transfers (mode) && !found->matches)
    return "验证结果：该人员目前在编，姓名或性别与登记的不一致，不能发起调动；"
           "请按身份证核对姓名、性别和身份证号";
  if (entry_mode_transfers (mode)) {
    *ret_kind = "tell";
    return "验证结果：该人员目前在编，已有信息不做修改；上报后向原单位发起调动"
           "，"
           "原单位的调出和本次入编都核准后同时生效";
  }
  return "验证结果：该人员目前在编，不能以此形式入编；"
         "请核对身份证号和进入形式，或先由原单位办理出编";
}

const char *
entry_finding (enum bz_known known)
{
  switch (known) {
  case BZ_KNOWN_NEW:
    return "新进人员，无在编记录";
  case BZ_KNOWN_EXITED:
    return "出编人员，原有信息已载入";
  case BZ_KNOWN_OFF_ROLL:
    return "编外或控制数人员，核准后原记录终止";
  case BZ_KNOWN_MERGED:
  case BZ_KNOWN_RETIRED:
    return "离退休人员，不能入编";
  case BZ_KNOWN_ELSEWHERE:
    break;
  }
  return "目前在原单位在编，调出和入编同时办结";
}
