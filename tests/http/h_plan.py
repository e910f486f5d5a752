# 编制使用计划汇总表: the plans of a year.  SPDX-License-Identifier: MulanPSL-2.0
import d_print as D
import office as O
from h_report import cells_of
from h_use import PARENT, TYPE, UNIT, WAY, apply, balance, granted, room, slip

OTHER = "S012"
WAYS = ["考录", "选调", "遴选", "调动（任）", "统一公开招聘", "单位自主实施招聘", "中高级人才", "聘用教师控制数考核入实名编制", "其他"]


def rows(page):
    return [["".join(c.itertext()) for c in r.iter("c")] for r in page.xml.find(".//table[@id='plan']").iter("r")]


def line(town, who, name, year=2026):
    found = [r for r in rows(who.get("/use/report/plan?year=%d" % year)) if r[1] == name]
    return found[0] if found else None


def handed(town, lines, **head):
    who = O.log_in(town, PARENT)
    case = apply(town, who, lines, **head)
    O.submit(who, case)
    return case


def test_plan(town):
    """forms/03 use: the plans of a year are one line for each unit, with its book, the number of each way of filling, conditions, and a sum; drafts, single uses, refusals and other years are not in it"""
    room(town, 30)
    who = O.log_in(town, PARENT)
    name = town.one("SELECT name FROM st_unit WHERE unit_code = '%s'" % UNIT)
    before = line(town, who, name) or ["0"] * 22
    other = line(town, who, name, 2025) or ["0"] * 22
    count = lambda row, i: int(row[i])
    handed(town, [(WAY, TYPE, 2), ("092", TYPE, 1), ("10", TYPE, 3)], annual="1")
    handed(town, [(WAY, TYPE, 4)])                                      # single use
    apply(town, who, [(WAY, TYPE, 5)], annual="1")                      # a draft
    refused = handed(town, [(WAY, TYPE, 1)], annual="1")
    O.decide(O.log_in(town, "shibian"), refused, "return", opinion="不在计划内")
    now = line(town, who, name)
    # 序号 单位 性质 规格 编制 实有 核定领导 已配领导 已批计划 空编 | 合计 考录 选调 遴选 调动 统一 自主 中高级 考核 其他 | 条件 备注
    assert [count(now, i) - count(before, i) for i in range(10, 20)] == [6, 0, 0, 0, 0, 2, 1, 3, 0, 0], (before, now)
    cap, there, reserved = [int(v) for v in town.sql("SELECT SUM(approved), SUM(occupied), SUM(reserved) FROM st_quota WHERE book = 'type' AND unit_id = %d"
                                                     % O.unit_id(town, UNIT))[0]]
    assert [count(now, i) for i in (4, 5, 8, 9)] == [cap, there, reserved, cap - there - reserved], now
    assert balance(town) and (line(town, who, name, 2025) or ["0"] * 22) == other
    total = rows(who.get("/use/report/plan?year=2026"))[-1]
    assert total[1:4] == ["合计", "/", "/"] and count(total, 10) == sum(count(r, 10) for r in rows(who.get("/use/report/plan?year=2026"))[:-1])


def test_taken_along(town):
    """forms/03 use: the table of plans is printed as a whole and had as a workbook; a year that is none is named; nobody sees other units' plans"""
    handed(town, [(WAY, TYPE, 1)], annual="1")
    who = O.log_in(town, PARENT)
    page = who.get("/use/report/plan?year=2026")
    hrefs = {a.text: a.get("href") for a in page.xml.iter("a")}
    whole = who.get(hrefs["打印"])
    assert [m.get("t") for m in page.xml.iter("m") if m.get("cur")] == ["编制使用计划汇总表"], "two items of the menu are marked"
    assert whole.xml.get("view") == "print" and rows(whole) == rows(page)
    got, merged = cells_of(who.get(hrefs["导出 Excel"]).body)
    assert "K2:T2" in merged and [r for r in got if "示例市第一中学" in r] == [r for r in rows(page) if r[1] == "示例市第一中学"], (merged, got[:5])
    who.get("/use/report/plan?year=20x6").says("年度应为四位数字")
    who.get("/use/report/plan?year=1999").says("这一年没有按年度用编计划的申请")
    assert O.clerk(town, OTHER).get("/use/report/plan?year=2026").xml.find(".//table[@id='plan']").find("r") is None
    assert O.log_in(town, "renshe").get("/use/report/plan").status == 403


def figures(town):
    """核定, 在编, 未使用计划; 领导职数, 实配领导, 其他领导 of the unit."""
    return [town.one("SELECT COALESCE(SUM(%s), 0) FROM st_quota WHERE unit_id = %d AND %s" % (what, O.unit_id(town, UNIT), where)) for what, where in (
        ("approved", "book = 'type'"), ("occupied", "book = 'type'"), ("reserved", "book = 'type'"), ("approved", "book = 'lead' AND code LIKE '1%'"),
        ("occupied", "book = 'lead' AND code LIKE '1%' AND code != '13'"), ("occupied", "book = 'lead' AND code = '13'"))]


def test_sheet(town):
    """forms/03 print: an annual plan has the form 事业单位编制使用计划申报表 in three copies, front and back: the unit, its book before, a row of each way of filling; and its PDF"""
    room(town, 30)
    granted(town, [(WAY, TYPE, 1)])
    before = figures(town)
    long = "全日制硕士研究生及以上学历、硕士及以上学位，数学类、物理学类、教育学类专业，具有高级中学教师资格证书，年龄35周岁以下。" * 3
    case = granted(town, [(WAY, TYPE, 2, "2", {"conditions": long}), ("10", TYPE, 3, "2", {"conditions": "博士", "note": "学科带头人"}),
                          ("091", TYPE, 1, "1", {"conditions": "本科"}), ("14", TYPE, 1)], annual="1")
    number, until = slip(town, case)[1:3]
    boss = O.log_in(town, "fenguan")
    D.press(boss, case, "plan")
    sheet = boss.get(case + "/print/plan").xml.find("plan")
    plan = sheet.find("plan")
    assert [c.get("t") for c in sheet.findall("copy")] == ["使用编制单位", "主管部门", "编办"] and sheet.get("no") == number
    assert [plan.get(k) for k in ("approved", "occupied", "reserved", "lead_cap", "lead_have", "lead_other")] == before, (before, plan.attrib)
    assert plan.get("year") == "2026" and plan.get("all") == "7" and plan.get("fund") == "1", plan.attrib
    assert [(w.get("t"), w.get("n")) for w in plan.iter("way") if w.get("n")] == [("统一公开招聘", "3"), ("中高级人才", "3"), ("其他", "1")]
    assert [w.get("t") for w in plan.iter("way")] == WAYS and [w.get("note") for w in plan.iter("way")][6:] == ["学科带头人", "", "聘任制公务员"]
    assert sheet.find("slip").get("until") == until
    text = D.text_of(D.pdf(boss, case, "plan"), "-l", "2")
    for words in ("事业单位编制使用计划申报表", "2026 年度", "示例市第一中学", "全额拨款（√", "未使用计划数（人）", "实配单位其他领导人数",
                  "申报单位负责人签字", "填报人", "有效期至 " + until, "印制", number):
        assert words.replace(" ", "") in text.replace(" ", ""), (words, text)
    assert D.pages(D.pdf(boss, case, "plan")) == 6
    html = boss.get(case + "/print/plan", html=True).text
    assert html.count('class="sheet"') == 6 and html.count("全额拨款（√）") == 3
    was = town.one("SELECT unit_category FROM st_unit WHERE unit_code = '%s'" % UNIT)
    town.sql("UPDATE st_unit SET unit_category = '30' WHERE unit_code = '%s'" % UNIT)
    try:
        assert boss.get(case + "/print/plan").status == 200, "what left the office can be printed again"
    finally:
        town.sql("UPDATE st_unit SET unit_category = '%s' WHERE unit_code = '%s'" % (was, UNIT))


def test_sheet_of_plans_only(town):
    """forms/03 print: a single use has no 申报表, neither has the plan of an organ: no form for it, no address, and the question before the approval does not speak of it"""
    room(town, 30)
    O.make_room(town, 5, PARENT, "11")
    cases = [granted(town, [(WAY, TYPE, 1)]), granted(town, [("01", "11", 1)], unit=PARENT, section="xingbian", annual="1")]
    boss = O.log_in(town, "fenguan")
    for case in cases:
        page = boss.get(case)
        page.says("机关事业单位编制使用单")
        assert "申报表" not in page.text, page.text
        for address in ("/print/plan", "/print/plan/pdf"):
            assert boss.get(case + address).status == 404
    who, sheets = O.log_in(town, PARENT), "出具《机关事业单位编制使用单》一式四联"
    for head, words in (({}, "。"), ({"annual": "1"}, "，《事业单位编制使用计划申报表》一式三联。")):
        case = apply(town, who, [(WAY, TYPE, 1)], **head)
        O.submit(who, case)
        O.decide(O.log_in(town, "shibian"), case, "pass")
        O.ask(boss, case, "approve").says(sheets + words)
