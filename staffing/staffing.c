/* The middle floor: persons, units and the quota book.
 * SPDX-License-Identifier: MulanPSL-2.0 */
#include "part.h"

static const struct bz_route routes[] = {
  { "GET", "/staffing/unit/", "staffing.view", NULL, "list", unit_list },
  { "GET", "/staffing/unit/{id}", "staffing.view", NULL, "record", unit_show },
  { "GET", "/staffing/unit/{id}/postings", "staffing.view", NULL, "list",
    unit_postings },
  { "GET", "/staffing/unit/{id}/papers", "staffing.view", NULL, "list",
    unit_papers },
  { "GET", "/staffing/report/ledger", "staffing.view", NULL, "list",
    report_ledger },
  { "GET", "/staffing/slip/{id}", "staffing.view", NULL, "record", slip_show },
  { "GET", "/staffing/report/posts", "staffing.view", NULL, "list",
    report_posts },
  { "GET", "/staffing/report/leads", "staffing.view", NULL, "list",
    report_leads },
  { "GET", "/staffing/warning/slips", "staffing.view", NULL, "list",
    warning_slips },
  { "GET", "/staffing/warning/over", "staffing.view", NULL, "list",
    warning_over },
  { "GET", "/staffing/warning/leads", "staffing.view", NULL, "list",
    warning_leads },
  { "GET", "/staffing/warning/free", "staffing.view", NULL, "list",
    warning_free },
  { "GET", "/staffing/left/", "staffing.view", NULL, "list", person_left },
  { "GET", "/staffing/away/", "staffing.view", NULL, "list", person_away },
  { "GET", "/staffing/person/", "staffing.view", NULL, "list", person_list },
  { "POST", "/staffing/person/", "staffing.view", NULL, "list", person_search },
  { "GET", "/staffing/person/{id}", "staffing.view", NULL, "record",
    person_show },
  { "GET", "/staffing/person/{id}/photo", "staffing.view", NULL, "record",
    person_photo },
};

static const struct bz_command commands[] = {
  { "import", "DIR",
    "load offices, units, posts and persons from CSV files "
    "into an empty database",
    import_run },
  { "overflow", "CODE RULE",
    "by how many posts a unit, or each unit of an office, may go beyond what "
    "is "
    "approved: 2, 5%, none; office: the unit as its office",
    overflow_run },
  { "words", "",
    "fill in anew by what units are found: short names, initials of the pinyin",
    words_run },
};

static const struct bz_proof proofs[] = {
  { "balances", "总账余额等于分录合计", proof_balances },
  { "past", "各科目在过去任何一天都不为负", proof_past },
  { "slips", "总账已批未用等于编制使用单未用的名额", proof_slips },
  { "transit", "总账在途等于已同意、未办结的调动", proof_transit },
  { "merged", "已合并的人员记录没有在编经历", proof_merged },
  { "units", "单位的名称、隶属、编办与权限树一致", proof_units },
  { "types", "各编制类型实有等于在编人数", proof_types },
  { "structures", "各编制结构实有等于在编人数", proof_structures },
  { "fundings", "各经费形式实有等于在编人数", proof_fundings },
  { "leads", "领导职数实有等于现任职务", proof_leads },
  { "over", "超出核定的领导职数都有批准文件", proof_over },
  { "one-place", "一人只有一个在编关系", proof_one_place },
  { "accounts", "在编人员的编制类型都有账户", proof_accounts },
};

static const struct bz_warning warnings[] = {
  { "60 天内到期的编制使用单", "staffing.view", "/staffing/warning/slips",
    "staffing.count_slips" },
  { "超编的单位", "staffing.view", "/staffing/warning/over",
    "staffing.count_over" },
  { "超职数的单位", "staffing.view", "/staffing/warning/leads",
    "staffing.count_leads" },
  { "空编的单位", "staffing.view", "/staffing/warning/free",
    "staffing.count_free" },
  { "30 天内到期和已到期的借调、混岗", "staffing.view", "/staffing/away/?due=1",
    "staffing.count_away" },
};

static const struct bz_job jobs[] = {
  { "staffing.slips", "daily 00:20", slips_expire },
};

static const struct bz_plugin staffing = {
  .head = BZ_HEAD,
  .name = "staffing",
  .version = "0.1.0",
  .title = "机构编制实名制基础信息",
  .routes = BZ_ROWS (routes),
  .commands = BZ_ROWS (commands),
  .jobs = BZ_ROWS (jobs),
  .proofs = BZ_ROWS (proofs),
  .warnings = BZ_ROWS (warnings),
};
BZ_EXPORT (staffing)
