# What a browser can forge, send twice or look at: nothing gets past a closed
# field, and every look at personal data leaves its row.
# SPDX-License-Identifier: MulanPSL-2.0
import office as O
import town as T


def rows_of(town, action, after=0):
    """How many rows of the audit chain ACTION has behind row AFTER."""
    return int(town.one("SELECT COUNT(*) FROM bz_audit WHERE chain = 'work' AND action = '%s' AND seq > %d" % (action, after)))


def last_row(town):
    return int(town.one("SELECT seq FROM bz_audit_head WHERE chain = 'work'"))


def exited(town, offset):
    """Somebody who left: id, name, sex, number."""
    who = town.sql("SELECT p.id, p.name, p.sex, p.id_number FROM st_person p JOIN st_employment e ON e.person_id = p.id"
                   " JOIN st_duty d ON d.employment_id = e.id AND d.duty = '0' WHERE e.valid_to = '9999-12-31'"
                   " AND e.staffing_type = '11' AND p.ethnic = '01' AND p.work_start < '2010-01-01' ORDER BY p.id LIMIT 1 OFFSET %d" % offset)[0]
    town.sql("START TRANSACTION; UPDATE st_quota q JOIN st_employment e ON e.unit_id = q.unit_id AND ((q.book = 'type' AND q.code = e.quota_code)"
             " OR (q.book = 'structure' AND q.code = e.quota_structure))"
             " SET q.occupied = q.occupied - 1 WHERE e.person_id = {0} AND e.valid_to = '9999-12-31';"
             " INSERT INTO st_quota_posting (unit_id, book, code, account, amount, posted_on, person_id, paper, recorded_at)"
             " SELECT unit_id, 'type', quota_code, 'occupied', -1, '2026-11-01', person_id, '', NOW() FROM st_employment"
             " WHERE person_id = {0} AND valid_to = '9999-12-31';"
             " UPDATE st_employment SET valid_to = '2026-11-01', exit_reason = '01' WHERE person_id = {0} AND valid_to = '9999-12-31';"
             " COMMIT".format(who[0]))
    return who


def test_kept_without_verify(town):
    """HY-16 暂存 without 验证 does not carry other values than the record's past 上报"""
    O.make_room(town, 5)
    pid, name, sex, number = exited(town, 11)
    who = O.clerk(town)
    case = O.new_case(who, "03")
    O.add_paper(who, case)
    form = who.get(case + "/item/new").form("/item/new").set(name=name, sex=sex, id_number=number)
    form.fields.update(O.PERSON)
    form.set(ethnic="02", birth_date="%s-%s-%s" % (number[6:10], number[10:12], number[12:14]), work_start="2005-07-01")
    assert who.post(form, extra={"do": "keep"}).status == 303
    item = town.one("SELECT id FROM bz_item WHERE case_id = %d" % O.case_id(case))
    page = O.submit(who, case, status=422)
    assert [e for e in page.all("errors/e") if "不做修改" in "".join(e.itertext())], page.text[:2500]
    assert O.state(town, case) == "draft"
    form = who.get(case + "/item/" + item).form("/item/" + item)
    assert who.post(form, files=O.scans(form), extra={"do": "save"}).status == 303
    assert "<ethnic>01" in town.one("SELECT body FROM bz_item WHERE id = " + item)
    O.submit(who, case)
    assert O.state(town, case) == "open"


def test_look_up_is_on_record(town):
    """HY-18 a record that is shown with a refused form is on record, though the change is rolled back"""
    pid, name, sex, number = exited(town, 12)
    who = O.clerk(town)
    case = O.new_case(who, "03")
    before = last_row(town)
    form = who.get(case + "/item/new").form("/item/new").set(name=name, sex=sex, id_number=number, verified=number)
    page = who.post(form, extra={"do": "save"})
    assert page.status == 422 and [f for f in page.xml.iter("f") if f.get("closed") and f.get("v")], page.status
    assert town.one("SELECT COUNT(*) FROM bz_audit WHERE action = 'person.show' AND object_id = %s AND seq > %d" % (pid, before)) == "1"
    assert rows_of(town, "entry.view_item", before) == 1


def test_number_alone_opens_nothing(town):
    """HY-18 who knows only the number of somebody who left sees nothing of the record and cannot hand in"""
    pid, name, sex, number = exited(town, 13)
    O.make_room(town, 3)
    who = O.clerk(town)
    case = O.new_case(who, "03")
    O.add_paper(who, case)
    before = last_row(town)
    form = who.get(case + "/item/new").form("/item/new").set(name="别名", sex=sex, id_number=number)
    page = who.post(form, extra={"do": "verify"})
    page.says("不一致")
    assert not [f for f in page.xml.iter("f") if f.get("id") in ("ethnic", "school", "from_unit") and (f.get("closed") or f.get("v"))]
    assert town.one("SELECT COUNT(*) FROM bz_audit WHERE action = 'person.show' AND object_id = %s AND seq > %d" % (pid, before)) == "1"
    form = page.form("/item/")
    form.fields.update(O.PERSON)
    assert who.post(form, extra={"do": "keep"}).status == 303
    page = O.submit(who, case, status=422)
    assert [e for e in page.all("errors/e") if "不一致" in "".join(e.itertext())], page.text[:2500]


def test_paper_is_on_record(town):
    """who opened a paper is on record"""
    O.make_room(town, 3)
    who = O.clerk(town)
    case = O.filled_case(who)
    paper = who.get(case).find(".//x/file").get("href")
    before = last_row(town)
    assert who.get(paper).status == 200
    assert rows_of(town, "entry.view_paper", before) == 1


def test_remarks_come_back(town):
    """remarks that cannot be stored change nothing and come back with all that was typed"""
    O.make_room(town, 3)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who)
    O.submit(who, case)
    item = town.one("SELECT id FROM bz_item WHERE case_id = %d" % O.case_id(case))
    page = O.decide(boss, case, "return", "请补正", 422, **{"remark__%s__political" % item: "长" * 401})
    page.says("最多 400 字")
    form = page.form("/move")
    assert O.state(town, case) == "open" and [m for m in page.xml.iter("move") if m.get("do") == "return"]
    assert page.find("item/section/f[@id='political']").get("remark") == "长" * 401
    page = O.decide(boss, case, "return", "", 422, **{"remark__%s__political" % item: "请核对政治面貌"})
    assert page.find("item/section/f[@id='political']").get("remark") == "请核对政治面貌"
    page = O.decide(boss, case, "return", "请补正", 422, **{"remark__999999__political": "别的申请单"})
    assert O.state(town, case) == "open"
    assert form.key


def test_remarks_of_the_last_return(town):
    """a second return does not repeat the remarks of the first"""
    O.make_room(town, 3)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who)
    O.submit(who, case)
    item = town.one("SELECT id FROM bz_item WHERE case_id = %d" % O.case_id(case))
    O.decide(boss, case, "return", "请补正", **{"remark__%s__political" % item: "请核对政治面貌"})
    who.get(case + "/item/" + item).says("请核对政治面貌")
    O.submit(who, case)
    O.decide(boss, case, "return", "附件不清晰")
    assert "请核对政治面貌" not in who.get(case + "/item/" + item).text


def test_acts_for_from_the_first(town):
    """HY-5 the row of 新建 says for which unit a parent acts"""
    child, parent = town.sql("SELECT c.unit_code, p.unit_code FROM st_unit c JOIN st_unit p ON p.id = c.parent_id WHERE p.unit_code IN (%s) LIMIT 1"
                             % ",".join("'%s'" % a["account"] for a in O.ACCOUNTS if "clerk" in a["roles"].split(";")))[0]
    who = O.log_in(town, parent)
    form = who.get("/entry/new").form("/entry/new").set(entry_mode="06", unit=str(O.unit_id(town, child)))
    page = who.post(form)
    assert page.status == 303, page.text[:2000]
    case = O.case_id(page.headers["location"].split("?")[0])
    assert town.one("SELECT acting_for FROM bz_audit WHERE action = 'entry.create' AND object_id = %d" % case) == str(O.unit_id(town, child))


def test_long_password(town):
    """a password of any length tells nothing of which accounts exist"""
    answers = []
    for account in (O.demo("D031")["account"], "nobody"):
        b = T.Browser(town)
        form = b.get("/login").form("/login").set(account=account, operator=O.demo("D031")["operator"], password="x" * 600)
        page = b.post(form)
        answers.append((page.status, sorted(page.errors().values())))
    assert answers[0] == answers[1], answers
