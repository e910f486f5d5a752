# 单位隶属、名称变更: a unit is renamed or comes under another department by a paper, from a day on; what waits
# moves along or is finished where it is.  SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import xml.etree.ElementTree as ET

import d_print as D
import h_exit as E
import h_report as R
import h_revoke as V
import h_use as U
import office as O

UNIT, OLD, NEW, OTHER = U.UNIT, U.PARENT, "D020", "S012"    # a school, its department, another one, a unit of that
RENAME, MOVE, FREE = "1", "2", "3"
OVER, KEEP = "1", "2"
NO, TITLE = "示编发〔2026〕41号", "关于调整学校隶属关系的通知"


def name_of(town, unit):
    return town.one("SELECT name FROM st_unit WHERE unit_code = '%s'" % unit)


@contextlib.contextmanager
def as_before(town, *units):
    """The units and the tree are what they were when it is over."""
    ids = ", ".join(str(O.unit_id(town, u)) for u in units or (UNIT, OTHER))
    was = town.sql("SELECT u.id, u.name, u.short_name, u.pinyin, COALESCE(u.parent_id, 'NULL'), s.words, s.parent_id FROM st_unit u"
                   " JOIN bz_scope s ON s.id = u.id WHERE u.id IN (%s)" % ids)
    try:
        yield
    finally:
        town.sql("DELETE FROM st_unit_fact; UPDATE bz_case SET kept_by = NULL; DELETE FROM bz_scope_path;"
                 " UPDATE bz_case SET state = 'cancelled', step = 'cancelled' WHERE business = 'reorganise' AND state = 'open'")
        for i, name, short, pinyin, parent, words, above in was:
            town.sql("UPDATE st_unit SET name = '%s', short_name = '%s', pinyin = '%s', parent_id = %s WHERE id = %s;"
                     " UPDATE bz_scope SET name = '%s', words = '%s', parent_id = %s WHERE id = %s" % (name, short, pinyin, parent, i, name, words, above, i))
        town.sql("INSERT INTO bz_scope_path (ancestor_id, scope_id, depth) WITH RECURSIVE path (ancestor_id, scope_id, depth) AS (SELECT id, id, 0"
                 " FROM bz_scope UNION ALL SELECT s.parent_id, path.scope_id, path.depth + 1 FROM path JOIN bz_scope s ON s.id = path.ancestor_id"
                 " WHERE s.parent_id IS NOT NULL) SELECT ancestor_id, scope_id, depth FROM path; UPDATE bz_version SET n = n + 1")


def rename(name, short="市一中新"):
    return {"action": RENAME, "name": name, "short_name": short}


def move(town, parent):
    return {"action": MOVE, "parent": name_of(town, parent)}


def head(town, unit=UNIT, by="shibian", status=303, **values):
    who = O.log_in(town, by)
    page = who.post(who.get("/reorganise/new").form("/reorganise/new").set(**dict(
        {"unit": str(O.unit_id(town, unit)), "paper_no": NO, "paper_on": "2026-03-02", "paper_title": TITLE, "date": E.today(town)}, **values)))
    assert page.status == status, (page.status, page.text[:1500])
    return who, page.headers["location"].split("?")[0] if status == 303 else page


def add(who, case, values, status=303):
    page = who.post(who.get(case + "/item/new").form("/item/new").set(**values), extra={"do": "save"})
    assert page.status == status, (page.status, page.text[:1500])
    return page


def proposed(town, lines, unit=UNIT, by="shibian", **values):
    who, case = head(town, unit, by, **values)
    O.add_paper(who, case)
    for line in lines:
        add(who, case, line)
    return who, case


def changed(town, lines, unit=UNIT, **values):
    """The whole way: the case."""
    who, case = proposed(town, lines, unit, **values)
    O.submit(who, case)
    O.decide(O.log_in(town, "fenguan"), case, "approve")
    return case


def stopped(town, line, *words, **values):
    """Not handed in."""
    who, case = head(town, **values)
    O.add_paper(who, case)
    page = who.post(who.get(case + "/item/new").form("/item/new").set(**line), extra={"do": "save"})
    if page.status == 303:
        page = O.submit(who, case, status=422)
    assert page.status == 422, page.status
    page.says(*words)


def waiting(town):
    """An application of the school that waits at its department."""
    U.room(town, 20)
    who = O.clerk(town, UNIT)
    case = U.apply(town, who, [(U.WAY, U.TYPE, 1)])
    O.submit(who, case)
    assert O.state(town, case) == "open"
    return case


def todo(who, case):
    return any((e.get("href") or "").startswith(case) for t in who.get("/use/?tab=todo").xml.iter("table") for e in t.iter())


def acts_for(town, who, unit):
    """May they begin something for the unit?"""
    form = who.get("/use/new").form("/use/new")
    page = who.post(form.set(unit=str(O.unit_id(town, unit)), apply_title="请示", apply_no="1号", apply_date="2026-11-02"))
    assert page.status in (303, 404, 422), page.status
    return page.status == 303


def may_pass(who, case):
    page = who.get(case + "/review")
    return page.status == 200 and any(m.get("do") == "pass" for m in page.xml.iter("move"))


def facts(town, unit=UNIT):
    return [tuple(r) for r in town.sql("SELECT valid_from, valid_to, name FROM st_unit_fact WHERE unit_id = %d ORDER BY valid_from" % O.unit_id(town, unit))]


def test_renamed(town):
    """A5.17 reorganise: another name from a past day on: lists and pages have it, ledger and tables as of the day before have the old one, 沿革表 tells it with its paper, a sheet of before stays, the unit is told"""
    before, new, day = name_of(town, UNIT), "示例市滨江中学", E.today(town, 3)
    case = V.entered(town)
    clerk = O.clerk(town, UNIT)
    D.press(clerk, case)
    with as_before(town):
        decided = changed(town, [rename(new, "滨江中学")], date=day)
        assert facts(town) == [("1000-01-01", day, before), (day, "9999-12-31", new)], facts(town)
        assert name_of(town, UNIT) == new and town.one("SELECT name FROM bz_scope WHERE id = %d" % O.unit_id(town, UNIT)) == new
        look, unit = O.log_in(town, "chakan"), O.unit_id(town, UNIT)
        look.get("/staffing/unit/%d" % unit).says(new)
        look.get("/staffing/unit/%d/papers" % unit).says(NO, TITLE, "名称由“%s”变更为“%s”" % (before, new), "简称由“市一中”变更为“滨江中学”", day)
        assert town.one("SELECT pinyin LIKE 'bjzx %%' FROM st_unit WHERE id = %d" % unit) == "1"
        for on, there, gone in ((E.today(town, 4), before, new), (day, new, before)):
            names = {r[0] for r in R.ledger(look, "institution", on)}
            assert there in names and gone not in names, on
            for path in ("/staffing/report/posts", "/staffing/report/leads"):
                names = set(R.table(look, path, on))
                assert gone not in names and (there in names or path.endswith("leads")), (path, on)
        told = ET.tostring(clerk.get(case + "/print/notice").find("notice"), "unicode")
        assert before in told and new not in told, "a sheet tells what it told"
        clerk.get("/inbox/").says("单位隶属、名称变更已核准")
        clerk.get(decided).says(NO, new)
        assert town.one("SELECT COUNT(*) FROM bz_audit WHERE action = 'unit.change' AND object_id = %d" % unit) != "0"


def test_who_left_before(town):
    """A5.15 reorganise: who left before a unit was renamed left it by its old name: 减少人员, 在编经历 and 任行政职务情况; who is there is there by the new one"""
    person, unit, ended = town.sql("SELECT e.person_id, e.unit_id, e.valid_to FROM st_employment e JOIN st_duty d ON d.employment_id = e.id JOIN st_unit u ON u.id = e.unit_id"
                                   " WHERE e.valid_to < '9999-12-31' AND e.exit_reason != '17' AND u.office_id = (SELECT id FROM st_office WHERE division_code = '480300')"
                                   " AND NOT EXISTS (SELECT 1 FROM st_employment l WHERE l.person_id = e.person_id AND l.valid_from > e.valid_from) LIMIT 1")[0]
    new, short = town.sql("SELECT name, short_name FROM st_unit WHERE id = %s" % unit)[0]
    look = O.log_in(town, "chakan")
    try:
        town.sql("INSERT INTO st_unit_fact (unit_id, valid_from, valid_to, name, short_name, office_id, case_id) SELECT id, '1000-01-01', '%(d)s', '示例市旧名局',"
                 " '旧名局', office_id, NULL FROM st_unit WHERE id = %(u)s; INSERT INTO st_unit_fact (unit_id, valid_from, name, short_name, office_id, case_id)"
                 " SELECT id, '%(d)s', name, short_name, office_id, 1 FROM st_unit WHERE id = %(u)s" % {"u": unit, "d": ended})
        card = look.get("/staffing/person/%s" % person)
        cells = {t.get("id"): [["".join(c.itertext()) for c in r.iter("c")] for r in t.iter("r")] for t in card.xml.iter("table")}
        assert cells["history"][0][0] == "示例市旧名局", cells["history"]
        assert {r[2] for r in cells["duty"]} == {"旧名局"}, cells["duty"]
        page = look.get("/staffing/left/?unit=%s&from=%s&to=%s" % (unit, ended, ended))
        page.says("旧名局")
        here = town.one("SELECT person_id FROM st_employment WHERE unit_id = %s AND valid_to = '9999-12-31' LIMIT 1" % unit)
        page = look.get("/staffing/person/%s" % here)
        page.says(new)
        assert "旧名局" not in page.text
    finally:
        town.sql("DELETE FROM st_unit_fact")


def test_handed_over(town):
    """A5.9 A5.17 reorganise: 移交: an application that waits at the old department waits at the new one, which passes it and acts for the unit; the old one sees and begins nothing any more; slips and numbers stay"""
    case, old, new = waiting(town), O.log_in(town, OLD), O.log_in(town, NEW)
    number = town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(case))
    slips = town.one("SELECT COUNT(*) FROM st_slip WHERE unit_id = %d" % O.unit_id(town, UNIT))
    assert todo(old, case) and new.get(case).status == 404 and may_pass(old, case)
    assert not acts_for(town, new, UNIT) and acts_for(town, old, UNIT)
    with as_before(town):
        decided = changed(town, [move(town, NEW)], waiting=OVER)
        assert town.one("SELECT p.unit_code FROM st_unit u JOIN st_unit p ON p.id = u.parent_id WHERE u.unit_code = '%s'" % UNIT) == NEW
        assert not todo(old, case) and old.get(case).status == 404 and not acts_for(town, old, UNIT)
        assert todo(new, case) and acts_for(town, new, UNIT)
        new.get("/inbox/").says("单位隶属、名称变更已核准")
        new.get(decided).says(NO)
        O.decide(new, case, "pass")
        O.decide(O.log_in(town, "shibian"), case, "pass")
        O.decide(O.log_in(town, "fenguan"), case, "approve")
        assert town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(case)) == number
        assert int(town.one("SELECT COUNT(*) FROM st_slip WHERE unit_id = %d" % O.unit_id(town, UNIT))) == int(slips) + 1
        O.log_in(town, "chakan").get("/staffing/unit/%d/papers" % O.unit_id(town, UNIT)).says("主管部门由“%s”变更为“%s”" % (name_of(town, OLD), name_of(town, NEW)))
        assert town.tool("verify").returncode == 0


def test_kept(town):
    """A5.9 reorganise: 在原部门办结: the old department passes what waits and begins nothing; the new one acts for the unit and passes what comes; when the last has ended the old one looks on no more"""
    case, old, new = waiting(town), O.log_in(town, OLD), O.log_in(town, NEW)
    with as_before(town):
        who, change = proposed(town, [move(town, NEW)], waiting=KEEP)
        O.submit(who, change)
        boss = O.log_in(town, "fenguan")
        page = boss.get(change + "/review")
        n = int(town.one("SELECT COUNT(*) FROM bz_case WHERE scope_id = %d AND state IN ('open', 'returned') AND id != %d" % (
            O.unit_id(town, UNIT), O.case_id(change))))
        page.says("在办的其他申请单 %d 张" % n)
        O.decide(boss, change, "approve")
        others = [r[0] for r in town.sql("SELECT id FROM bz_case WHERE kept_by IS NOT NULL AND id != %d" % O.case_id(case))]
        assert len(others) == n - 1, (others, n)
        for other in others:                # what earlier tests have left
            town.sql("UPDATE bz_case SET kept_by = NULL WHERE id = %s" % other)
        assert todo(old, case) and not todo(new, case) and not may_pass(new, case)
        assert not acts_for(town, old, UNIT) and acts_for(town, new, UNIT)
        since = waiting(town)
        assert todo(new, since) and not todo(old, since) and not may_pass(old, since)
        O.decide(old, case, "return", opinion="请补充说明")
        clerk = O.clerk(town, UNIT)
        O.submit(clerk, case)
        assert todo(old, case) and not todo(new, case), "again at whoever has begun it"
        O.decide(old, case, "pass")
        O.decide(O.log_in(town, "shibian"), case, "pass")
        assert old.get(case).status == 200
        O.decide(boss, case, "approve")
        assert old.get(case).status == 404 and town.one("SELECT COUNT(*) FROM bz_scope_path WHERE former = 1") == "0"
        O.decide(new, since, "pass")


def test_freed(town):
    """reorganise: 取消主管部门: the unit stands under its office; what waits can only be finished where it is"""
    case, old = waiting(town), O.log_in(town, OLD)
    with as_before(town):
        stopped(town, {"action": FREE}, "只能“在原部门办结”", waiting=OVER)
        changed(town, [{"action": FREE}], waiting=KEEP)
        assert town.one("SELECT parent_id IS NULL FROM st_unit WHERE unit_code = '%s'" % UNIT) == "1"
        assert todo(old, case) and not acts_for(town, old, UNIT)
        O.decide(old, case, "pass")
        who = O.clerk(town, UNIT)
        alone = U.apply(town, who, [(U.WAY, U.TYPE, 1)])
        O.submit(who, alone)
        assert town.one("SELECT step FROM bz_case WHERE id = %d" % O.case_id(alone)) == "section"


def test_both(town):
    """reorganise: name and department by one paper are one fact; a third line about the same is refused"""
    before = name_of(town, UNIT)
    with as_before(town):
        who, case = head(town, waiting=OVER)
        O.add_paper(who, case)
        add(who, case, rename("示例市卫生学校"))
        add(who, case, move(town, NEW))
        assert who.post(who.get(case + "/item/new").form("/item/new").set(action=FREE), extra={"do": "save"}).status == 409
        O.submit(who, case)
        O.decide(O.log_in(town, "fenguan"), case, "approve")
        assert [f[2] for f in facts(town)] == [before, "示例市卫生学校"], facts(town)
        assert town.one("SELECT parent_id = %d FROM st_unit_fact WHERE unit_id = %d AND valid_to = '9999-12-31'" % (
            O.unit_id(town, NEW), O.unit_id(town, UNIT))) == "1"


def test_twice(town):
    """reorganise: the same twice in one case"""
    who, case = head(town, waiting=OVER)
    O.add_paper(who, case)
    add(who, case, rename("示例市东方中学"))
    page = who.post(who.get(case + "/item/new").form("/item/new").set(**rename("示例市西方中学", "西方")), extra={"do": "save"})
    (O.submit(who, case, status=422) if page.status == 303 else page).says("每项只登记一次")


def test_refused(town):
    """reorganise: nothing differs, a name or short name that is taken, a parent of another office, below it, itself, an institution over an agency, the same parent: each with its reason"""
    short = town.one("SELECT short_name FROM st_unit WHERE unit_code = '%s'" % UNIT)
    stopped(town, rename(name_of(town, UNIT), short), "没有变更")
    stopped(town, rename(name_of(town, OTHER)), "已有单位使用这个名称")
    stopped(town, rename("示例市东方中学", "市一医院"), "使用这个简称")
    stopped(town, move(town, "X307"), "不能隶属于其他编办的单位", waiting=OVER)
    stopped(town, {"action": MOVE, "parent": "没有的局"}, "本编办没有这个名称的单位", waiting=OVER)
    stopped(town, move(town, UNIT), "不能隶属于自己", waiting=OVER)
    stopped(town, move(town, OLD), "与现在的相同", waiting=OVER)
    stopped(town, move(town, UNIT), "事业单位不能作为机关的主管部门", waiting=OVER, unit="D031", by="xingbian")
    stopped(town, move(town, NEW), "请先在申请信息中选择“在办申请单”")


def test_circle(town):
    """reorganise: a unit below it cannot be its parent, nor when both were asked for at once: the second approval is refused and changes nothing"""
    with as_before(town):
        one, first = proposed(town, [move(town, OTHER)], waiting=OVER)
        two, second = proposed(town, [move(town, UNIT)], unit=OTHER, waiting=OVER)
        O.submit(one, first)
        O.submit(two, second)
        boss = O.log_in(town, "fenguan")
        O.decide(boss, first, "approve")
        page = O.press(boss, boss.get(second + "/review").form("/move"), "approve")
        assert page.status in (409, 422), page.status
        page.says("隶属于本单位")
        assert O.state(town, second) == "open" and facts(town, OTHER) == []


def test_days(town):
    """reorganise: a day to come, and one not after the last change, are refused; a paper of tomorrow too"""
    with as_before(town):
        changed(town, [rename("示例市东方中学")], date=E.today(town, 5))
        day = E.today(town, 5)
        stopped(town, rename("示例市西方中学"), "须晚于这一天", day, date=day)
        stopped(town, rename("示例市西方中学"), "生效日期不能晚于今天", date=E.today(town, -1))
        stopped(town, rename("示例市西方中学"), "批准日期不能晚于今天", paper_on=E.today(town, -1))
        changed(town, [rename("示例市西方中学")], date=E.today(town, 4))
        assert [f[:2] for f in facts(town)] == [("1000-01-01", day), (day, E.today(town, 4)), (E.today(town, 4), "9999-12-31")]


def test_one_at_a_time(town):
    """reorganise: while one is under way for the unit there is no second; who may not propose or decide is refused"""
    with as_before(town):
        who, first = proposed(town, [rename("示例市东方中学")])
        O.submit(who, first)
        number = town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(first))
        stopped(town, rename("示例市西方中学"), "已有在办的单位隶属、名称变更", number)
        assert who.get(first + "/review").status in (403, 404), "who proposes does not decide"
        assert O.clerk(town, UNIT).get("/reorganise/new").status in (403, 404)
        O.decide(O.log_in(town, "fenguan"), first, "return", opinion="请核对")
        assert name_of(town, UNIT) != "示例市东方中学"


def test_same_name(town):
    """reorganise: two units are to be called the same by two papers at once: the second approval is refused and changes nothing"""
    with as_before(town):
        one, first = proposed(town, [rename("示例市东方中学", "东方中学")])
        two, second = proposed(town, [rename("示例市东方中学", "东方二中")], unit=OTHER)
        O.submit(one, first)
        O.submit(two, second)
        boss = O.log_in(town, "fenguan")
        O.decide(boss, first, "approve")
        page = O.press(boss, boss.get(second + "/review").form("/move"), "approve")
        assert page.status in (409, 422), page.status
        page.says("已有单位使用这个名称")
        assert facts(town, OTHER) == [] and O.state(town, second) == "open"
