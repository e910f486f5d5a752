# 编制使用计划汇总表: the plans of a year.  SPDX-License-Identifier: MulanPSL-2.0
import office as O
from h_report import cells_of
from h_use import PARENT, TYPE, UNIT, WAY, apply, balance, room

OTHER = "S012"


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
