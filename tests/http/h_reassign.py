# 所属编办变更: a unit, with all below it, comes under another office by a paper, from a day on; what waits goes along
# or is finished before.  SPDX-License-Identifier: MulanPSL-2.0
import contextlib

import h_exit as E
import h_reorganise as H
import h_report as R
import h_revoke as V
import h_use as U
import office as O

UNIT, OVER, BELOW = "X305", "X307", "D003"     # a county's school, its department, the city's department
CITY, COUNTY, OTHER = "480300", "480321", "480302"
MOVE, FINISH = "1", "2"
NO, TITLE = "示编发〔2026〕52号", "关于调整学校管理体制的通知"


def office(town, code):
    return int(town.one("SELECT id FROM st_office WHERE division_code = '%s'" % code))


def office_of(town, unit=UNIT):
    return town.one("SELECT CONCAT(o.division_code, ' ', b.code) FROM st_unit u JOIN st_office o ON o.id = u.office_id JOIN bz_scope s ON s.id = u.id"
                    " JOIN bz_scope b ON b.id = s.office_id WHERE u.unit_code = '%s'" % unit)


def name_of(town, unit):
    return town.one("SELECT name FROM st_unit WHERE unit_code = '%s'" % unit)


@contextlib.contextmanager
def as_before(town, *units):
    """The units, the offices of their cases and the tree are what they were when it is over."""
    ids = ", ".join(str(O.unit_id(town, u)) for u in units or (UNIT, OVER))
    town.sql("UPDATE bz_case SET state = 'cancelled', step = 'cancelled' WHERE scope_id IN (%s) AND business != 'use'"
             " AND state IN ('draft', 'open', 'returned')" % ids)         # what earlier tests have left
    was = town.sql("SELECT u.id, u.office_id, COALESCE(u.parent_id, 'NULL'), u.review_section, s.parent_id, u.name FROM st_unit u"
                   " JOIN bz_scope s ON s.id = u.id WHERE u.id IN (%s)" % ids)
    try:
        yield
    finally:
        town.sql("DELETE FROM st_unit_fact; DELETE FROM bz_scope_path; UPDATE bz_case SET state = 'cancelled', step = 'cancelled'"
                 " WHERE business = 'reassign' AND state IN ('draft', 'open', 'returned')")
        for i, of, parent, desk, above, name in was:
            town.sql("UPDATE st_unit SET office_id = %s, parent_id = %s, review_section = '%s', name = '%s' WHERE id = %s;"
                     " UPDATE bz_scope SET office_id = %s, parent_id = %s, desk = '%s', name = '%s' WHERE id = %s;"
                     " UPDATE bz_case SET office_id = %s, kept_by = NULL WHERE scope_id = %s AND state != 'done' AND business != 'reassign'" % (
                         of, parent, desk, name, i, of, above, desk, name, i, of, i))
        town.sql("INSERT INTO bz_scope_path (ancestor_id, scope_id, depth) WITH RECURSIVE path (ancestor_id, scope_id, depth) AS (SELECT id, id, 0"
                 " FROM bz_scope UNION ALL SELECT s.parent_id, path.scope_id, path.depth + 1 FROM path JOIN bz_scope s ON s.id = path.ancestor_id"
                 " WHERE s.parent_id IS NOT NULL) SELECT ancestor_id, scope_id, depth FROM path; UPDATE bz_version SET n = n + 1")


def head(town, unit=UNIT, by="shibian", status=303, **values):
    who = O.log_in(town, by)
    page = who.post(who.get("/reassign/new").form("/reassign/new").set(**dict(
        {"unit": str(O.unit_id(town, unit)), "paper_no": NO, "paper_on": "2026-03-02", "paper_title": TITLE, "date": E.today(town),
         "waiting": MOVE}, **values)))
    assert page.status == status, (page.status, page.text[:1500])
    return who, page.headers["location"].split("?")[0] if status == 303 else page


def proposed(town, to=CITY, parent="", unit=UNIT, by="shibian", **values):
    who, case = head(town, unit, by, **values)
    O.add_paper(who, case)
    page = who.post(who.get(case + "/item/new").form("/item/new").set(office=str(office(town, to)), parent=parent and name_of(town, parent)),
                    extra={"do": "save"})
    assert page.status == 303, (page.status, page.text[:1500])
    return who, case


def handed_in(town, **values):
    who, case = proposed(town, **values)
    O.submit(who, case)
    return case


def changed(town, **values):
    """The whole way: the case."""
    case = handed_in(town, **values)
    O.decide(O.log_in(town, "fenguan"), case, "approve")
    return case


def stopped(town, *words, to=CITY, parent="", **values):
    """Not handed in."""
    who, case = head(town, **values)
    O.add_paper(who, case)
    page = who.post(who.get(case + "/item/new").form("/item/new").set(office=str(office(town, to)), parent=parent), extra={"do": "save"})
    if page.status == 303:
        page = O.submit(who, case, status=422)
    assert page.status == 422, page.status
    page.says(*words)


def refused(town, case, *words):
    """The leader cannot approve it; nothing is changed."""
    before = office_of(town)
    boss = O.log_in(town, "fenguan")
    page = O.press(boss, boss.get(case + "/review").form("/move"), "approve")
    assert page.status in (409, 422), page.status
    page.says(*words)
    assert O.state(town, case) == "open" and office_of(town) == before


def waiting(town):
    """An application of the county's school, passed by its department: it waits at the county's section."""
    O.make_room(town, 20, UNIT, U.TYPE)
    O.make_room(town, 30, UNIT, "2", "structure")
    who = O.clerk(town, UNIT)
    case = U.apply(town, who, [(U.WAY, U.TYPE, 1)], UNIT)
    O.submit(who, case)
    O.decide(O.log_in(town, OVER), case, "pass")
    assert town.one("SELECT step FROM bz_case WHERE id = %d" % O.case_id(case)) == "section"
    return case


def begins(town, by):
    """May they begin something for the school?"""
    who = O.log_in(town, by)
    form = who.get("/reorganise/new").form("/reorganise/new")
    page = who.post(form.set(unit=str(O.unit_id(town, UNIT)), paper_no=NO, paper_on="2026-03-02", paper_title=TITLE, date=E.today(town)))
    assert page.status in (303, 404, 422), page.status
    if page.status == 303:
        town.sql("UPDATE bz_case SET state = 'cancelled', step = 'cancelled' WHERE id = %d" % O.case_id(page.headers["location"].split("?")[0]))
    return page.status == 303


def test_handed_over(town):
    """A5.17 reassign: a county's school comes to the city with its department of there: what waits at the county's section waits at the city's and is granted there, under its number; the county sees and begins nothing any more; unit, department and office are told"""
    case = waiting(town)
    number = town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(case))
    county, city = O.log_in(town, "xianshi"), O.log_in(town, "shibian")
    assert H.may_pass(county, case) and not H.may_pass(city, case)
    assert begins(town, "xianshi") and not begins(town, "shibian")
    with as_before(town):
        decided = changed(town, parent=BELOW)
        assert office_of(town) == "%s %s" % (CITY, CITY)
        assert town.one("SELECT p.unit_code FROM st_unit u JOIN st_unit p ON p.id = u.parent_id WHERE u.unit_code = '%s'" % UNIT) == BELOW
        assert county.get(case).status == 404 and not begins(town, "xianshi") and begins(town, "shibian")
        assert county.get("/staffing/unit/%d" % O.unit_id(town, UNIT)).status == 404
        for who in (O.clerk(town, UNIT), O.log_in(town, BELOW)):
            who.get("/inbox/").says("所属编办变更已核准")
            who.get(decided).says(NO)
        O.decide(city, case, "pass")
        O.decide(O.log_in(town, "fenguan"), case, "approve")
        assert town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(case)) == number
        O.log_in(town, "chakan").get("/staffing/unit/%d/papers" % O.unit_id(town, UNIT)).says(
            NO, TITLE, "所属编办由“丙县委编办”变更为“示例市委编办”", "主管部门由“%s”变更为“%s”" % (name_of(town, OVER), name_of(town, BELOW)))
        assert town.tool("verify").returncode == 0


def test_office_told(town):
    """reassign: a county that a unit comes to finds it in its inbox, and the unit among its own; nobody has been its desk there"""
    with as_before(town, "S006"):
        decided = changed(town, unit="S006", to=COUNTY, parent=OVER)
        county = O.log_in(town, "xianshi")
        county.get("/inbox/").says("所属编办变更已核准")
        county.get(decided).says(NO)
        assert office_of(town, "S006") == "%s %s" % (COUNTY, COUNTY)
        assert town.one("SELECT review_section FROM st_unit WHERE unit_code = 'S006'") == "事编科"
    town.sql("UPDATE bz_scope SET desk = NULL WHERE office_id = %d" % office(town, OTHER))
    try:
        with as_before(town, "S006"):
            changed(town, unit="S006", to=OTHER)
            assert town.one("SELECT CONCAT(u.review_section, COALESCE(s.desk, '-')) FROM st_unit u JOIN bz_scope s ON s.id = u.id WHERE u.unit_code = 'S006'") == "-"
    finally:
        town.sql("UPDATE bz_scope s JOIN st_unit u ON u.id = s.id SET s.desk = u.review_section WHERE s.office_id = %d" % office(town, OTHER))


def test_finished_before(town):
    """reassign: 由原编办办结: no approval while something waits, with how much; after the county has decided it is approved"""
    case = waiting(town)
    with as_before(town):
        n = int(town.one("SELECT COUNT(*) FROM bz_case c WHERE c.scope_id = %d AND c.state IN ('open', 'returned')" % O.unit_id(town, UNIT)))
        change = handed_in(town, waiting=FINISH)
        O.log_in(town, "fenguan").get(change + "/review").says("在办的其他申请单 %d 张" % n, "示例市委编办")
        refused(town, change, "在办申请单还有 %d 张" % n, "请等原编办办结后再核准")
        O.decide(O.log_in(town, "xianshi"), case, "return", opinion="请补充说明")
        refused(town, change, "请等原编办办结后再核准")
        town.sql("UPDATE bz_case SET state = 'cancelled', step = 'cancelled' WHERE scope_id = %d AND state IN ('open', 'returned') AND id != %d" % (
            O.unit_id(town, UNIT), O.case_id(change)))
        O.decide(O.log_in(town, "fenguan"), change, "approve")
        assert office_of(town) == "%s %s" % (CITY, CITY)


def test_office_has_begun(town):
    """reassign: what the county has begun itself it finishes or cancels before, whatever was chosen; a draft of the unit goes along"""
    with as_before(town):
        who = O.clerk(town, UNIT)
        form = who.get("/use/new").form("/use/new")
        page = who.post(form.set(unit=str(O.unit_id(town, UNIT)), apply_title="请示", apply_no="1号", apply_date="2026-11-02"))
        draft = O.case_id(page.headers["location"].split("?")[0])
        county = O.log_in(town, "xianshi")
        page = county.post(county.get("/reorganise/new").form("/reorganise/new").set(
            unit=str(O.unit_id(town, UNIT)), paper_no=NO, paper_on="2026-03-02", paper_title=TITLE, date=E.today(town)))
        own = page.headers["location"].split("?")[0]
        change = handed_in(town)
        refused(town, change, "编办自己登记的申请单还有 1 张没有办结")
        O.press(county, county.get(own).form("/move"), "cancel")
        assert O.state(town, own) == "cancelled"
        O.decide(O.log_in(town, "fenguan"), change, "approve")
        assert town.one("SELECT office_id FROM bz_case WHERE id = %d" % draft) == str(office(town, CITY))


def test_all_below(town):
    """reassign: with a department goes what is below it: both have their fact of that day, the tree and the accounts follow; a name that is taken there is refused"""
    with as_before(town):
        town.sql("UPDATE st_unit SET name = '%s' WHERE unit_code = '%s'" % (name_of(town, "S006"), UNIT))
        try:
            stopped(town, "新的编办已有单位叫", unit=OVER)
        finally:
            town.sql("UPDATE st_unit u JOIN bz_scope s ON s.id = u.id SET u.name = s.name WHERE u.unit_code = '%s'" % UNIT)
        day = E.today(town, 3)
        changed(town, unit=OVER, date=day)
        for unit in (UNIT, OVER):
            assert office_of(town, unit) == "%s %s" % (CITY, CITY), unit
            found = town.sql("SELECT f.valid_from, o.division_code FROM st_unit_fact f JOIN st_office o ON o.id = f.office_id WHERE f.unit_id = %d ORDER BY 1" % O.unit_id(town, unit))
            assert [tuple(r) for r in found] == [("1000-01-01", COUNTY), (day, CITY)], (unit, found)
        assert O.log_in(town, OVER).get("/staffing/unit/%d" % O.unit_id(town, UNIT)).status == 200
        assert O.log_in(town, "xianshi").get("/staffing/unit/%d" % O.unit_id(town, OVER)).status == 404
        assert town.tool("verify").returncode == 0


def test_ledger_of_the_day(town):
    """B4.1 B4.2 A5.17 reassign: the tables of a past day count the unit with the office that it belonged to on that day, of today with the new one; the city above both counts it on both; the department below which it stands sees its own"""
    name, day = name_of(town, UNIT), E.today(town, 3)
    on, before = E.today(town, 1), E.today(town, 4)
    with as_before(town):
        was = R.table(O.log_in(town, "xianxing"), "/staffing/report/posts", on)
        assert name in was
        changed(town, to=OTHER, date=day)
        county, city = O.log_in(town, "xianxing"), O.log_in(town, "chakan")
        now, then = (R.table(county, "/staffing/report/posts", d) for d in (on, before))
        assert name not in now and name in then
        assert set(was) - {name} == set(now) and now == {k: v for k, v in was.items() if k != name}
        assert name not in R.table(county, "/staffing/report/leads", on) and name in R.table(county, "/staffing/report/leads", before)
        assert name in {r[0] for r in R.ledger(county, "institution", before)}
        assert name not in {r[0] for r in R.ledger(county, "institution", on)}
        for d in (on, before):
            assert name in R.table(city, "/staffing/report/posts", d)
            assert name in R.table(O.clerk(town, UNIT), "/staffing/report/posts", d)
        for d, units in ((on, now), (before, then)):
            shown = [k.text for k in county.get("/staffing/report/posts?on=" + d).xml.iter("kv") if k.get("t") == "单位"]
            assert shown == [str(len(units))], (d, shown, len(units))


def test_undone_there(town):
    """reassign: what the county has approved the office of today takes back; the county cannot any more"""
    O.make_room(town, 20, UNIT, U.TYPE)
    O.make_room(town, 30, UNIT, "2", "structure")
    slip = waiting(town)
    O.decide(O.log_in(town, "xianshi"), slip, "pass")
    O.decide(O.log_in(town, "xianfen"), slip, "approve")
    with as_before(town):
        assert "/revoke/new" in O.log_in(town, "xianshi").get(slip).text
        changed(town, parent=BELOW)
        assert O.log_in(town, "xianshi").get(slip).status == 404
        assert "/revoke/new" in O.log_in(town, "shibian").get(slip).text
        V.revoked(town, slip, unit=UNIT)
        assert U.slip(town, slip)[3] == "void", U.slip(town, slip)


def test_refused(town):
    """reassign: the office it has, a department of elsewhere, a day to come, one not after the last change of it or of one below it, a paper of tomorrow, nothing chosen for what waits: each with its reason"""
    stopped(town, "所属编办与现在的相同", to=COUNTY)
    stopped(town, "新的编办没有这个名称的单位", parent=name_of(town, "X304"))
    stopped(town, "生效日期不能晚于今天", date=E.today(town, -1))
    stopped(town, "批准日期不能晚于今天", paper_on=E.today(town, -1))
    _, page = head(town, status=422, waiting="")
    assert "waiting" in page.errors()
    with as_before(town):
        changed(town, to=OTHER, date=E.today(town, 3))
        stopped(town, "须晚于这一天", E.today(town, 3), date=E.today(town, 3))
    with as_before(town):
        town.sql("INSERT INTO st_unit_fact (unit_id, valid_from, valid_to, name, short_name, office_id, case_id) SELECT id, '%s', '9999-12-31', name,"
                 " short_name, office_id, 1 FROM st_unit WHERE unit_code = '%s'" % (E.today(town, 2), UNIT))
        stopped(town, "单位或者下属单位上一次变更", unit=OVER, date=E.today(town, 3))


def test_who(town):
    """A5.17 reassign: an office above both decides: a county cannot take or give, a clerk not at all; who proposes does not decide"""
    _, page = head(town, "S006", by="xianshi", status=422)
    page.says("不属于您所管的单位") if "不属于您所管的单位" in page.text else page.says("不在您所管的范围内")
    who, case = head(town, by="xianshi")
    form = who.get(case + "/item/new").form("/item/new")
    assert {v for v, _ in form.options["office"] if v} == {str(office(town, COUNTY))}, form.options["office"]
    page = who.post(form.set(office=str(office(town, CITY))), extra={"do": "save"})
    assert page.status == 422, page.status
    assert O.clerk(town, UNIT).get("/reassign/new").status in (403, 404)
    with as_before(town):
        case = handed_in(town)
        assert O.log_in(town, "shibian").get(case + "/review").status in (403, 404)
        county = O.log_in(town, "xianfen").get(case + "/review")
        assert county.status in (403, 404) or not [m for m in county.xml.iter("move")], "the county looks on"


def test_one_at_a_time(town):
    """reassign: while one is under way for a unit there is none for it, for one above it or below it; for another one there is"""
    with as_before(town):
        first = handed_in(town, unit=OVER)
        number = town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(first))
        stopped(town, "已有在办的所属编办变更", number)
        stopped(town, "已有在办的所属编办变更", number, unit=OVER, to=OTHER)
        handed_in(town, unit="X304", to=OTHER)
        O.decide(O.log_in(town, "fenguan"), first, "return", opinion="请核对")
        below = handed_in(town)
        stopped(town, "已有在办的所属编办变更", unit=OVER)
        assert O.state(town, below) == "open"


def test_proof(town):
    """reassign: bianzhi verify sees a unit, its newest fact, its scope or the tree say something else than the others"""
    unit = O.unit_id(town, UNIT)
    assert town.tool("verify").returncode == 0
    for spoil in ("UPDATE bz_scope SET office_id = %d WHERE id = %d" % (office(town, CITY), unit),
                  "UPDATE bz_scope SET name = '别的学校' WHERE id = %d" % unit,
                  "UPDATE st_unit SET parent_id = NULL WHERE id = %d" % unit,
                  "DELETE FROM bz_scope_path WHERE scope_id = %d AND ancestor_id = %d" % (unit, office(town, CITY)),
                  "INSERT INTO st_unit_fact (unit_id, valid_from, name, short_name, parent_id, office_id, case_id) SELECT id, '2026-01-01', '旧名',"
                  " short_name, parent_id, office_id, 1 FROM st_unit WHERE id = %d" % unit):
        with as_before(town):
            town.sql(spoil)
            said = town.tool("verify", check=False)
            assert said.returncode != 0 and "units" in said.stdout and "findings" in said.stdout, (spoil, said.stdout)
    assert town.tool("verify").returncode == 0
