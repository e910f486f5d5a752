/* Columns of the three ledgers, as public systems print them (B4.1).  "省市乡县领导"
 * stands so in the source.  SPDX-License-Identifier: MulanPSL-2.0 */
#include "ledger-column.h"
#include <glib.h>
#include <string.h>

enum {
  AGENCIES = LEDGER_AGENCY | LEDGER_CIVIL,
  UNITS = LEDGER_CIVIL | LEDGER_INSTITUTION,
  ALL = AGENCIES | UNITS
};

/* clang-format off */
const struct ledger_column ledger_columns[] = {
  { ALL, NULL, NULL, "编制数", "type", "*" },
  { UNITS, "经费形式", NULL, "全额拨款", "funding", "1" },
  { UNITS, "经费形式", NULL, "差额补贴", "funding", "2" },
  { UNITS, "经费形式", NULL, "经费自理", "funding", "3 31 32" },
  { UNITS, "事业编制结构", NULL, "管理人员", "structure", "1" },
  { UNITS, "事业编制结构", NULL, "专业技术人员", "structure", "2" },
  { UNITS, "事业编制结构", NULL, "工勤人员", "structure", "3" },
  { UNITS, "事业编制结构", NULL, "生产工人", "structure", "5" },
  { LEDGER_AGENCY, "编制类别", NULL, "行政编制", "type", "11 13" },
  { LEDGER_AGENCY, "编制类别", NULL, "政法专项编制", "type", "12*" },
  { LEDGER_AGENCY, "编制类别", NULL, "纪检监察行政编制", "type", "14" },
  { LEDGER_AGENCY, "编制类别", NULL, "机关工勤人员编制", "type", "3*" },
  { LEDGER_AGENCY, "编制类别", NULL, "机关使用事业编制", "type", "24" },
  { LEDGER_CIVIL, "编制类别", NULL, "行政", "type", "11 13" },
  { LEDGER_CIVIL, "编制类别", NULL, "政法专项", "type", "12*" },
  { LEDGER_CIVIL, "编制类别", NULL, "纪检监察行政", "type", "14" },
  { LEDGER_CIVIL, "编制类别", NULL, "工勤人员", "type", "3*" },
  { LEDGER_CIVIL, "编制类别", NULL, "事业", "type", "2*" },
  { LEDGER_AGENCY, NULL, NULL, "省市乡县领导", "lead", "3G" },
  { LEDGER_AGENCY, "部门领导职数", NULL, "合计", "lead", "1*" },
  { LEDGER_AGENCY, "部门领导职数", NULL, "部门正职领导", "lead", "11" },
  { LEDGER_AGENCY, "部门领导职数", NULL, "部门副职领导", "lead", "12" },
  { LEDGER_AGENCY, "部门领导职数", NULL, "秘书长", "lead", "14" },
  { LEDGER_AGENCY, "部门领导职数", NULL, "机关党委书记", "lead", "41" },
  { LEDGER_AGENCY, "部门领导职数", NULL, "专业技术领导", "lead", "15" },
  { LEDGER_AGENCY, "部门领导职数", NULL, "政治部主任", "lead", "16" },
  { UNITS, "单位领导职数", NULL, "合计", "lead", "1*" },
  { UNITS, "单位领导职数", NULL, "党委书记", "lead", "17" },
  { UNITS, "单位领导职数", NULL, "行政正职", "lead", "11" },
  { UNITS, "单位领导职数", NULL, "党委副书记", "lead", "18" },
  { UNITS, "单位领导职数", NULL, "行政副职", "lead", "12" },
  { LEDGER_CIVIL, "单位领导职数", NULL, "秘书长", "lead", "14" },
  { UNITS, "单位领导职数", NULL, "专业技术领导", "lead", "15" },
  { ALL, NULL, NULL, "其他领导职数", "lead", "13 43 44" },
  { ALL, NULL, NULL, "批准内设机构数", "organ", "1" },
  { ALL, NULL, NULL, "批准其他工作机构数", "organ", "2" },
  { ALL, NULL, NULL, "内设机构领导正职", "lead", "21" },
  { ALL, NULL, NULL, "内设机构领导副职", "lead", "22" },
  { ALL, "纪检监察领导职数", NULL, "合计", "lead", "5*" },
  { ALL, "纪检监察领导职数", NULL, "纪检组长/纪委书记/专职纪检监察员", "lead", "51" },
  { ALL, "纪检监察领导职数", NULL, "纪检副组长/纪委副书记", "lead", "52" },
  { ALL, "纪检监察领导职数", NULL, "监察室主任", "lead", "53" },
  { ALL, "纪检监察领导职数", NULL, "其他领导", "lead", "54" },
  { ALL, "非领导职数", NULL, "部门非领导", "lead", "61" },
  { ALL, "非领导职数", NULL, "内设机构非领导", "lead", "62" },
  { ALL, "非领导职数", "其中（按职务）", "巡视员", "lead", "63" },
  { ALL, "非领导职数", "其中（按职务）", "副巡视员", "lead", "64" },
  { ALL, "非领导职数", "其中（按职务）", "调研员", "lead", "65" },
  { ALL, "非领导职数", "其中（按职务）", "副调研员", "lead", "66" },
  { ALL, "非领导职数", "其中（按职务）", "主任科员", "lead", "67" },
  { ALL, "非领导职数", "其中（按职务）", "副主任科员", "lead", "68" },
  { ALL, "综合管理类公务员职级", NULL, "一级巡视员", "rank", "A01" },
  { ALL, "综合管理类公务员职级", NULL, "二级巡视员", "rank", "A02" },
  { ALL, "综合管理类公务员职级", NULL, "一级调研员", "rank", "A03" },
  { ALL, "综合管理类公务员职级", NULL, "二级调研员", "rank", "A04" },
  { ALL, "综合管理类公务员职级", NULL, "三级调研员", "rank", "A05" },
  { ALL, "综合管理类公务员职级", NULL, "四级调研员", "rank", "A06" },
  { ALL, "综合管理类公务员职级", NULL, "一级主任科员", "rank", "A07" },
  { ALL, "综合管理类公务员职级", NULL, "二级主任科员", "rank", "A08" },
  { ALL, "综合管理类公务员职级", NULL, "三级主任科员", "rank", "A09" },
  { ALL, "综合管理类公务员职级", NULL, "四级主任科员", "rank", "A10" },
  { ALL, "综合管理类公务员职级", NULL, "一级科员", "rank", "A11" },
  { ALL, "综合管理类公务员职级", NULL, "二级科员", "rank", "A12" },
  { ALL, "综合管理类公务员职级", NULL, "其他", "rank", "B* C* D* E* F* G* H*" },
  { AGENCIES, "其他", NULL, "工作人员", "other", "1" },
  { AGENCIES, "其他", NULL, "工勤人员", "other", "2" },
  { AGENCIES, "其他", NULL, "其他人员", "other", "3" },
  { ALL, "省部级", NULL, "正", "lead", "3D" },
  { ALL, "省部级", NULL, "副", "lead", "3E" },
  { ALL, "厅局级", NULL, "正", "lead", "31" },
  { ALL, "厅局级", NULL, "副", "lead", "32" },
  { ALL, "县处级", NULL, "正", "lead", "33 37" },
  { ALL, "县处级", NULL, "副", "lead", "34 38" },
  { ALL, "乡科级", NULL, "正", "lead", "35 39" },
  { ALL, "乡科级", NULL, "副", "lead", "36 3A" },
  { ALL, "股级", NULL, "正", "lead", "3B" },
  { ALL, "股级", NULL, "副", "lead", "3C" },
  { ALL, NULL, NULL, "其他职级", "lead", "3F" },
};
/* clang-format on */
const size_t ledger_column_count = G_N_ELEMENTS (ledger_columns);

/* WORD of SIZE bytes is CODE, or ends with * after what CODE begins with. */
static bool
word_fits (const char *word, size_t size, const char *code)
{
  if (size > 0 && word[size - 1] == '*')
    return strncmp (word, code, size - 1) == 0;
  return strlen (code) == size && strncmp (word, code, size) == 0;
}

bool
ledger_column_takes (const struct ledger_column *c, const char *book,
                     const char *code)
{
  if (strcmp (c->book, book) != 0)
    return false;
  for (const char *word = c->codes; *word != '\0';) {
    size_t size = strcspn (word, " ");

    if (word_fits (word, size, code))
      return true;
    word += size;
    word += strspn (word, " ");
  }
  return false;
}
