# The tables of all units: against figures that are computed from the city's CSV alone.
# SPDX-License-Identifier: MulanPSL-2.0
import collections
import csv
import os

import office as O
import town as T


def rows(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def family(code):
    return "2" if code == "21" else {"1": "1", "2": "3", "3": "4"}.get(code[:1], "5")


def counted():
    """Which staffing types and which states of persons count."""
    types = {r["code"] for r in rows(T.TOP + "/sql/codes/staffing_type.csv") if r["counts_quota"] == "1"}
    states = {r["code"] for r in rows(T.TOP + "/sql/codes/person_status.csv") if r["occupies_quota"] == "1"}
    return types, states


def expected_posts(city, on):
    """unit's name -> [approved, occupied] of each group, as of a day."""
    types, states = counted()
    out, names = collections.defaultdict(lambda: [[0, 0] for _ in range(5)]), {}
    for u in rows(city + "/units.csv"):
        names[u["unit_code"]] = u["name"]
        for column, group in (("quota_admin", 0), ("quota_politics_law", 0), ("quota_civil_like", 1), ("quota_institution", 2), ("quota_worker", 3)):
            out[u["name"]][group][0] += int(u[column] or 0)
    # The book begins with those who were there when the city was loaded.
    gone = {r["person_id"] for r in rows(city + "/person_exits.csv")}
    for p in rows(city + "/persons.csv"):
        if p["staffing_type"] in types and p["person_status"] in states and p["unit_entry_date"] <= on and p["person_id"] not in gone:
            out[names[p["unit_code"]]][int(family(p["staffing_type"])) - 1][1] += 1
    return out


def expected_leads(city, on):
    out, names, posts = collections.defaultdict(lambda: [[0, 0] for _ in range(3)]), {}, {}
    for u in rows(city + "/units.csv"):
        names[u["unit_code"]] = u["name"]
        main, deputy, other = (int(u[c] or 0) for c in ("lead_main", "lead_deputy", "lead_other"))
        out[u["name"]][0][0], out[u["name"]][1][0], out[u["name"]][2][0] = main + deputy + other, main, deputy
    return out


def table(who, path, on):
    """unit's name -> its figures, from all pages."""
    out, href = {}, "%s?on=%s" % (path, on)
    for _ in range(50):
        page = who.get(href)
        assert page.status == 200, page.status
        for r in page.xml.find(".//table[@id='report']").iter("r"):
            cells = ["".join(c.itertext()) for c in r.iter("c")]
            assert cells[0] not in out, "twice: " + cells[0]
            out[cells[0]] = [int(c) for c in cells[2 if path.endswith("posts") else 3:]]
        pager = page.find("pager")
        if pager is None or pager.get("next") is None:
            return out
        href = pager.get("next")
    raise AssertionError("no end of pages")


def four(pair):
    a, o = pair
    return [a, o, max(o - a, 0), max(a - o, 0)]


def test_posts(town):
    """B4.2 各单位编制与人员配备表: every unit's figures are those of the CSV, today and as of two days before; the total is their sum"""
    place = T.Town(persons=1500)
    try:
        who, city = O.log_in(place, "chakan"), os.path.join(place.dir, "city")
        for on in (place.one("SELECT CURDATE()"), "2022-06-30", "2015-01-01"):
            want = expected_posts(city, on)
            got = table(who, "/staffing/report/posts", on)
            wrong = {n: (got[n], want[n]) for n in got if got[n] != sum(map(four, want[n]), [])}
            assert not wrong, (on, len(wrong), list(wrong.items())[:3])
            missing = [n for n in want if n not in got and any(map(any, want[n]))]
            assert not missing, (on, missing[:3])
            page = who.get("/staffing/report/posts?on=" + on)
            total = {k.get("t"): "".join(k.itertext()) for k in page.xml.find(".//section[@id='total']").iter("kv")}
            assert total["事业编制数（其他）"] == "编制数 %d，实有人数 %d" % tuple(sum(v[n] for v in got.values()) for n in (8, 9)), total
        for on, words in (("2999-01-01", "晚于今天"), ("x", "年-月-日"), ("2026-02-30", "年-月-日"), ("2026-1-1x", "年-月-日")):
            page = who.get("/staffing/report/posts?on=" + on)
            assert page.status == 200 and words in page.find(".//table[@id='report']").get("empty"), (on, page.text[:900])
            assert not list(page.xml.iter("r")), on + ": figures of another day than the one that was asked for"
    finally:
        place.close()


def test_before_the_book(town):
    """B4.2: every page of a day before most units' books begin has all its units, with nothing approved, and leads to the next"""
    place = T.Town(persons=300)
    try:
        who = O.log_in(place, "chakan")
        place.sql("UPDATE st_quota_posting SET posted_on = '2001-02-03' WHERE unit_id > (SELECT MIN(unit_id) + 1 FROM st_quota)")
        got = table(who, "/staffing/report/posts", "2001-01-01")
        assert len(got) == int(place.one("SELECT COUNT(DISTINCT unit_id) FROM st_quota WHERE book = 'type'")), len(got)
        assert sum(not any(v) for v in got.values()) > 50
    finally:
        place.close()


def test_leads(town):
    """B4.3 各单位领导职数配备情况表: what is to be filled is what the CSV approves, who fills it is who is in the register"""
    place = T.Town(persons=1500)
    try:
        who, city = O.log_in(place, "chakan"), os.path.join(place.dir, "city")
        today = place.one("SELECT CURDATE()")
        got, want = table(who, "/staffing/report/leads", today), expected_leads(city, today)
        assert len(got) > 50 and all([got[n][0], got[n][4], got[n][8]] == [g[0] for g in want[n]] for n in got), [
            (n, got[n], want[n]) for n in got if [got[n][0], got[n][4], got[n][8]] != [g[0] for g in want[n]]][:3]
        held = dict(place.sql("SELECT u.name, COUNT(*) FROM st_duty d JOIN st_post p ON p.id = d.post_id JOIN st_employment e ON e.id = d.employment_id"
                              " JOIN st_unit u ON u.id = e.unit_id WHERE p.leader_class = '11' AND e.valid_to = '9999-12-31' GROUP BY u.name"))
        assert all(got[n][5] == int(held.get(n, 0)) for n in got)
    finally:
        place.close()


# B4.1, as the source has it: group, group within, column.
CIVIL_RANKS = ["一级巡视员", "二级巡视员", "一级调研员", "二级调研员", "三级调研员", "四级调研员", "一级主任科员", "二级主任科员", "三级主任科员",
               "四级主任科员", "一级科员", "二级科员", "其他"]
BY_POST = ["巡视员", "副巡视员", "调研员", "副调研员", "主任科员", "副主任科员"]
REST = ([(None, "其他领导职数"), (None, "批准内设机构数"), (None, "批准其他工作机构数"), (None, "内设机构领导正职"), (None, "内设机构领导副职")]
        + [("纪检监察领导职数", t) for t in ("合计", "纪检组长/纪委书记/专职纪检监察员", "纪检副组长/纪委副书记", "监察室主任", "其他领导")]
        + [("非领导职数", t) for t in ("部门非领导", "内设机构非领导")] + [("非领导职数", "其中（按职务） " + t) for t in BY_POST]
        + [("综合管理类公务员职级", t) for t in CIVIL_RANKS])
OTHER = [("其他", t) for t in ("工作人员", "工勤人员", "其他人员")]
LEVELS = [(g, t) for g in ("省部级", "厅局级", "县处级", "乡科级", "股级") for t in ("正", "副")] + [(None, "其他职级")]
FRONT = [(None, t) for t in ("序号", "机构名称", "批准文号", "日期", "编制数")]
OF_UNIT = [("经费形式", t) for t in ("全额拨款", "差额补贴", "经费自理")] + [("事业编制结构", t) for t in ("管理人员", "专业技术人员", "工勤人员", "生产工人")]
HEADS = {
    "agency": FRONT + [("编制类别", t) for t in ("行政编制", "政法专项编制", "纪检监察行政编制", "机关工勤人员编制", "机关使用事业编制")] + [(None, "省市乡县领导")]
    + [("部门领导职数", t) for t in ("合计", "部门正职领导", "部门副职领导", "秘书长", "机关党委书记", "专业技术领导", "政治部主任")] + REST + OTHER + LEVELS,
    "civil": FRONT + OF_UNIT + [("编制类别", t) for t in ("行政", "政法专项", "纪检监察行政", "工勤人员", "事业")]
    + [("单位领导职数", t) for t in ("合计", "党委书记", "行政正职", "党委副书记", "行政副职", "秘书长", "专业技术领导")] + REST + OTHER + LEVELS,
    "institution": FRONT + OF_UNIT + [("单位领导职数", t) for t in ("合计", "党委书记", "行政正职", "党委副书记", "行政副职", "专业技术领导")] + REST + LEVELS,
}


def kind_of(unit):
    if unit["unit_category"] < "80":
        return "agency"
    return "civil" if unit["civil_like"] == "1" or unit["unit_category"] == "80" else "institution"


def paper_lines(units, papers):
    """The lines of quotas.csv as the ledger shows them, those of one paper in one."""
    titles = {("organ", "1"): (None, "批准内设机构数"), ("funding", "1"): ("经费形式", "全额拨款"), ("funding", "2"): ("经费形式", "差额补贴"),
              **{("rank", "A0%d" % (n + 2)): ("综合管理类公务员职级", "%s级调研员" % "一二三四"[n - 1]) for n in range(1, 5)}}
    out = []
    for u in units:
        mine = [p for p in papers if p["unit_code"] == u["unit_code"]]
        for on, paper in sorted({(p["paper_on"], p["paper"]) for p in mine}):
            out.append([u["name"], paper, on, {titles[p["book"], p["code"]]: int(p["amount"]) for p in mine if p["paper"] == paper}])
    return out


def expected_line(unit, kind, papers):
    """What the opening of the books says of a unit: (group, column) -> number."""
    n = {k: int(unit[k] or 0) for k in unit if k.startswith(("quota_", "struct_", "lead_", "mid_"))}
    posts = n["quota_admin"] + n["quota_politics_law"] + n["quota_civil_like"] + n["quota_institution"] + n["quota_worker"]
    funding = {"1": "全额拨款", "2": "差额补贴", "3": "经费自理"}.get(unit["funding_form"][:1])
    heads = {"agency": "部门领导职数", "civil": "单位领导职数", "institution": "单位领导职数"}[kind]
    main, deputy = ("部门正职领导", "部门副职领导") if kind == "agency" else ("行政正职", "行政副职")
    line = {(None, "编制数"): posts, (heads, "合计"): n["lead_main"] + n["lead_deputy"] + n["lead_other"], (heads, main): n["lead_main"],
            (heads, deputy): n["lead_deputy"], (None, "其他领导职数"): n["lead_other"], (None, "内设机构领导正职"): n["mid_main"],
            (None, "内设机构领导副职"): n["mid_deputy"]}
    if kind == "agency":
        line.update({("编制类别", "行政编制"): n["quota_admin"], ("编制类别", "政法专项编制"): n["quota_politics_law"],
                     ("编制类别", "机关工勤人员编制"): n["quota_worker"]})
    else:
        if any(p["unit_code"] == unit["unit_code"] and p["book"] == "funding" for p in papers):
            funding = None  # a paper tells what is of which
        line.update({("经费形式", funding): posts if funding else 0, ("事业编制结构", "管理人员"): n["struct_mgmt"], ("事业编制结构", "专业技术人员"): n["struct_prof"],
                     ("事业编制结构", "工勤人员"): n["struct_worker"]})
    if kind == "civil":
        line.update({("编制类别", "行政"): n["quota_admin"], ("编制类别", "政法专项"): n["quota_politics_law"], ("编制类别", "工勤人员"): n["quota_worker"],
                     ("编制类别", "事业"): n["quota_civil_like"] + n["quota_institution"]})
    return {k: v for k, v in line.items() if v}


def head_of(page):
    return [(c.get("g"), (c.get("s") + " " if c.get("s") else "") + c.get("t")) for c in page.xml.find(".//table[@id='ledger']").iter("col")]


def ledger(who, kind, on):
    """All lines of all pages: [name, 文号, day, {column: number}]."""
    out, href = [], "/staffing/report/ledger?kind=%s&on=%s" % (kind, on)
    for _ in range(50):
        page = who.get(href)
        assert page.status == 200, page.status
        head = head_of(page)
        assert head == HEADS[kind], [p for p in zip(head, HEADS[kind]) if p[0] != p[1]][:3]
        for r in page.xml.find(".//table[@id='ledger']").iter("r"):
            cells = ["".join(c.itertext()) for c in r.iter("c")]
            out.append([cells[1], cells[2], cells[3], {h: int(v) for h, v in zip(head[4:], cells[4:]) if v}])
        pager = page.find("pager")
        if pager is None or pager.get("next") is None:
            return out
        href = pager.get("next")
    raise AssertionError("no end of pages")


def test_ledger(town):
    """B4.1 机构编制台账: the columns of the three kinds are the source's; every unit's line is that of the CSV, its papers follow with their days, and a past day has no later paper"""
    import h_quota as Q
    place = T.Town(persons=300)
    try:
        who, city = O.log_in(place, "chakan"), os.path.join(place.dir, "city")
        units, papers = rows(city + "/units.csv"), rows(city + "/quotas.csv")
        _, number, _ = Q.decided(place, [Q.line("1", 2), Q.line("1", 1, "lead", "17"), Q.line("1", 3, "rank", "A05"), Q.line("1", 4, "organ", "1")])
        name = next(u["name"] for u in units if u["unit_code"] == Q.UNIT)
        new = [name, number, "2026-03-02", {(None, "编制数"): 2, ("经费形式", "全额拨款"): 2, ("单位领导职数", "合计"): 1, ("单位领导职数", "党委书记"): 1,
                                             ("综合管理类公务员职级", "三级调研员"): 3, (None, "批准内设机构数"): 4}]
        for kind in HEADS:
            want = {u["name"]: expected_line(u, kind, papers) for u in units if kind_of(u) == kind}
            given = paper_lines([u for u in units if kind_of(u) == kind], papers)
            want = {n: line for n, line in want.items() if line}
            for on in ("2026-03-01", place.one("SELECT CURDATE()")):
                lines = ledger(who, kind, on)
                shown = [r for r in lines if r[0] != "合计"]
                assert [r for r in shown if r in given] == given, (kind, on, given, [r for r in shown if r[2] != "1949-10-01"])
                opening = [r for r in shown if r != new and r not in given]
                assert (new in shown) == (kind == "institution" and on > "2026-03-01"), (kind, on)
                wrong = [(r, want.get(r[0])) for r in opening if r[3] != want.get(r[0])]
                assert not wrong and len(opening) == len(want), (kind, on, len(opening), len(want), wrong[:2])
                total = [r[3] for r in lines if r[0] == "合计"]
                assert sum(t[(None, "编制数")] for t in total) == sum(r[3].get((None, "编制数"), 0) for r in shown)
        assert [r for r in ledger(who, "agency", "1949-09-30")] == []
        page = who.get("/staffing/unit/%d/papers" % O.unit_id(place, Q.UNIT))
        page.says("机构编制沿革表", number, "关于调整学校编制的批复", "核增教师编制", "事业编制 +2", "党委书记 +1")
    finally:
        place.close()


def cells_of(workbook):
    """The rows of the one sheet of an .xlsx file, each {column letters: text}."""
    import io
    import re
    import xml.etree.ElementTree as E
    import zipfile
    book = zipfile.ZipFile(io.BytesIO(workbook))
    assert book.testzip() is None
    for name in book.namelist():
        E.fromstring(book.read(name))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    sheet = E.fromstring(book.read("xl/worksheets/sheet1.xml"))
    out = [["".join(c.itertext()) for c in r.iter(space + "c")] for r in sheet.iter(space + "row")]
    merged = [m.get("ref") for m in sheet.iter(space + "mergeCell")]
    assert all(re.fullmatch(r"[A-Z]{1,2}\d+:[A-Z]{1,2}\d+", m) for m in merged) and len(set(merged)) == len(merged)
    return out, merged


def test_taken_along(town):
    """B4.1 B4.2 B4.3: each table can be printed as a whole and had as a workbook that opens, with all rows, the same figures and the titles of groups over their columns"""
    who, on = O.log_in(town, "chakan"), town.one("SELECT CURDATE()")
    for path, first, groups in (("/staffing/report/posts?on=" + on, 0, "C2:F2"), ("/staffing/report/leads?on=" + on, 0, "D2:G2"),
                                ("/staffing/report/ledger?kind=agency&on=" + on, 1, "F2:J2")):
        page = who.get(path)
        hrefs = {a.text: a.get("href") for a in page.xml.iter("a")}
        whole = who.get(hrefs["打印"])
        assert whole.find("pager") is None and whole.xml.get("view") == "print"
        want = [["".join(c.itertext()) for c in r.iter("c")] for r in whole.xml.iter("r")]
        assert len(want) > 50 and want[-1][first] in ("总计", "合计")
        got = who.get(hrefs["导出 Excel"])
        assert got.status == 200 and got.headers["content-type"].endswith("spreadsheetml.sheet") and ".xlsx" in got.headers["content-disposition"]
        lines, merged = cells_of(got.body)
        assert lines[0][0] == page.xml.get("title") and groups in merged, merged
        assert lines[-len(want):] == want, [p for p in zip(lines[-len(want):], want) if p[0] != p[1]][:2]
    one = "/staffing/unit/%d/papers" % O.unit_id(town)
    papers = {a.text: a.get("href") for a in who.get(one).xml.iter("a")}
    assert who.get(papers["打印"]).xml.get("view") == "print" and cells_of(who.get(papers["导出 Excel"]).body)[0][1][:3] == ["序号", "日期", "文号"]
    assert who.get("/staffing/unit/?as=xlsx").headers["content-type"].startswith("application/xml"), "a page that offers no tables gives a workbook"
