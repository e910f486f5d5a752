# Requirements of the entry case that need more than one field: accounts, units,
# several persons, 验证, and fields that fill themselves.
# SPDX-License-Identifier: MulanPSL-2.0
import re

import office as O
import town as T


def accounts(page):
    table = next(t for t in page.xml.iter("table") if t.get("id") == "accounts")
    return [["".join(c.itertext()) for c in r.findall("c")] for r in table.findall("r")]


def test_directory(town):
    """HY-4 the account directory: the counter looks up account and operators of a unit, a clerk does not"""
    who = O.log_in(town, "chuangkou")
    assert [m for m in who.get("/").xml.iter("m") if m.get("href") == "/bianzhi/account/"], "not in the menu"
    name = town.one("SELECT name FROM st_unit WHERE unit_code = 'D031'")
    for q in ("D031", name, name[1:4]):
        rows = accounts(who.get("/account/?q=" + T.urllib.parse.quote(q)))
        mine = [r for r in rows if r[0] == "D031"]
        assert mine and mine[0][1] == name and "王敏" in mine[0][3] and "李建国" in mine[0][3], (q, rows)
    assert accounts(who.get("/account/?q=%25")) == []
    page = who.get("/account/")
    assert len(accounts(page)) >= 8
    for row in O.ACCOUNTS:
        assert row["password"] not in page.text
    assert O.clerk(town).get("/account/").status == 403 and O.reviewer(town).get("/account/").status == 403


def test_left(town):
    """HY-16 the imported city has persons who left: they are on the list of 已出编人员 and 验证 loads them"""
    rows = town.sql("SELECT p.name, p.sex, p.id_number, p.native_place FROM st_person p JOIN st_employment e ON e.person_id = p.id JOIN bz_scope s ON s.id = e.unit_id"
                    " WHERE e.valid_to < CURDATE() AND e.exit_reason IN ('01', '012', '04', '05', '07', '08') AND e.exit_case_id IS NULL AND p.native_place != ''"
                    " AND NOT EXISTS (SELECT 1 FROM st_employment n WHERE n.person_id = p.id AND n.valid_to > CURDATE())"
                    " AND NOT EXISTS (SELECT 1 FROM bz_item i JOIN bz_case c ON c.id = i.case_id"
                    "                 WHERE i.subject_key = p.id_number AND c.state IN ('draft', 'returned', 'open')) ORDER BY p.id LIMIT 3")
    assert rows, "nobody left"
    gone = O.reviewer(town).get("/staffing/person/?gone=1").text
    assert all(r[0] in gone for r in rows), rows
    who = O.clerk(town)
    case = O.new_case(who, "01")
    for name, sex, number, place in rows:
        page = O.item_page(who, case, name, number, sex)
        f = next(f for f in page.xml.iter("f") if f.get("id") == "native_place")
        assert f.get("v") == place and f.get("closed"), page.text[:1500]


def test_parent_for_child(town):
    """HY-5 a parent's account does its child unit's business, and the audit says for whom"""
    unit = "S006"
    O.make_room(town, 3, unit, "22")
    O.make_room(town, 3, unit, "2", "structure")
    parent, child = O.clerk(town, "D003"), O.unit_id(town, unit)
    page = parent.post(parent.get("/entry/new").form("/entry/new"), extra={"do": "pick:unit"})
    offered = [n.get("v") for n in page.xml.iter("n")]
    assert str(child) in offered, offered
    assert str(O.unit_id(town, "D031")) not in offered, "a unit that is not its child is offered"
    case = O.new_case(parent, "09", unit=str(child))
    O.add_paper(parent, case)
    O.add_person(parent, case, **O.PUBLIC)
    O.submit(parent, case)
    assert town.one("SELECT scope_id FROM bz_case WHERE id = %d" % O.case_id(case)) == str(child)
    rows = town.sql("SELECT action, acting_for, operator_id FROM bz_audit WHERE object_type = 'case' AND object_id = %d AND chain = 'work'"
                    " AND result = 'ok'" % O.case_id(case))
    operator = town.one("SELECT o.id FROM bz_operator o JOIN bz_account a ON a.id = o.account_id WHERE a.name = 'D003'")
    acts = {r[0] for r in rows}
    assert {"entry.submit", "entry.paper"} <= acts and all(r[1] == str(child) and r[2] == operator for r in rows), rows
    O.clerk(town, unit).get(case).says(town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(case)))
    assert O.clerk(town).get(case).status == 404
    own = O.new_case(parent)
    assert town.sql("SELECT DISTINCT acting_for FROM bz_audit WHERE object_type = 'case' AND object_id = %d" % O.case_id(own)) == [["0"]]
    O.decide(O.reviewer(town), case, "return", "请补正")


def test_stranger_for_child(town):
    """HY-5 A5.9 a parent cannot act for a unit that is not its child, nor a child for its parent"""
    for account, unit in (("D020", "S006"), ("S006", "D003"), ("D003", "S012")):
        who = O.clerk(town, account)
        page = who.post(who.get("/entry/new").form("/entry/new").set(entry_mode="01", unit=str(O.unit_id(town, unit))))
        assert page.status == 422 and "unit" in page.errors(), (account, unit, page.status)


def test_several_persons(town):
    """HY-7 one application carries several people, each approved, each with its own post"""
    O.make_room(town, 4)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who, persons=3)
    who.get(case).says("共 3 人")
    label = town.one("SELECT label FROM bz_case WHERE id = %d" % O.case_id(case))
    assert "等3人" in label, label
    O.submit(who, case)
    before = O.free_posts(town)
    O.decide(boss, case, "approve")
    assert O.free_posts(town) == before - 3
    assert town.one("SELECT COUNT(DISTINCT person_id) FROM st_employment WHERE entry_case_id = %d" % O.case_id(case)) == "3"


def test_several_no_room(town):
    """HY-7 three persons and two posts: none is approved"""
    O.make_room(town, 2)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who, persons=3)
    page = who.get(case + "/confirm")
    page = who.post(page.form("/move"), extra={"move": "submit"})
    if page.status == 303:
        assert O.decide(boss, case, "approve", status=422).status == 422
    assert town.one("SELECT COUNT(*) FROM st_employment WHERE entry_case_id = %d" % O.case_id(case)) == "0"
    assert O.free_posts(town) == 2
    O.make_room(town, 5)


def test_unit_choice(town):
    """HY-11 申请单位: the clerk's own unit is chosen, others are not offered, none at all is refused"""
    who, mine = O.clerk(town), str(O.unit_id(town))
    form = who.get("/entry/new").form("/entry/new")
    assert form.fields["unit"] == mine
    page = who.post(form.set(entry_mode="01", unit=""))
    assert page.status == 422 and "unit" in page.errors(), page.errors()
    page = who.post(who.get("/entry/new").form("/entry/new").set(entry_mode="01", unit="999999"))
    assert page.status == 422 and "unit" in page.errors(), page.errors()


def test_verify_first(town):
    """HY-15 添加 asks 姓名, 性别, 身份证号 first; 保存 without 验证 verifies"""
    O.make_room(town, 3)
    who = O.clerk(town)
    case = O.new_case(who)
    page = who.get(case + "/item/new")
    first = page.find(".//section")
    assert [f.get("id") for f in first.findall("f")] == ["name", "sex", "id_number"] and "务必仔细核对" in first.get("note")
    button = first.findall("f")[2]
    assert button.get("btn") == "verify" and button.get("btn-t") == "验证"
    form = page.form("/item/new")
    form.fields.update(O.PERSON, name="周文博", sex="1", id_number=O.new_number())
    assert who.post(form, extra={"do": "save"}).status == 303
    name, sex, number = town.sql("SELECT p.name, p.sex, p.id_number FROM st_person p JOIN st_employment e ON e.person_id = p.id"
                                 " WHERE e.valid_to = '9999-12-31' AND e.unit_id != %d LIMIT 1 OFFSET 3" % O.unit_id(town))[0]
    form = who.get(case + "/item/new").form("/item/new")
    form.fields.update(O.PERSON, name=name, sex=sex, id_number=number)
    page = who.post(form, extra={"do": "save"})
    assert page.status in (200, 422), page.status
    page.says("目前在编")
    assert town.one("SELECT COUNT(*) FROM bz_item WHERE case_id = %d" % O.case_id(case)) == "1"


def test_new_person(town):
    """HY-17 验证 finds a new person: 新进人员, every basic field is open and empty"""
    who = O.clerk(town)
    case = O.new_case(who)
    form = who.get(case + "/item/new").form("/item/new")
    page = who.post(form.set(name="谭𬭎", sex="1", id_number=O.new_number("1999-08-09")), extra={"do": "verify"})
    page.says("新进人员")
    fields = {f.get("id"): f for f in page.xml.iter("f")}
    for name in ("ethnic", "work_start", "education", "political", "from_unit", "from_staffing_type"):
        assert not fields[name].get("closed") and not fields[name].get("v"), fields[name].attrib
        assert not [o for o in fields[name].findall("o") if o.get("sel") and o.get("v")], name
    assert fields["birth_date"].get("v") == "1999-08-09"


def test_form_of_entry_shown(town):
    """HY-45 进入本单位形式 is shown from the head, cannot be typed, and follows the head"""
    O.make_room(town, 3)
    who = O.clerk(town)
    case = O.new_case(who)
    form = who.get(case + "/item/new").form("/item/new")
    assert "entry_mode" not in form.fields
    O.add_person(who, case, entry_mode="99")
    item = town.one("SELECT id FROM bz_item WHERE case_id = %d" % O.case_id(case))
    page = who.get(case + "/item/" + item)
    field = [f for f in page.xml.iter("f") if f.get("id") == "entry_mode"][0]
    assert field.get("closed") and field.get("type") == "shown" and "考录" in (field.get("v") or "".join(field.itertext())), field.attrib
    assert "<entry_mode>99" not in town.one("SELECT body FROM bz_item WHERE id = " + item)
    head = who.get(case).form(case)
    assert who.post(head.set(entry_mode="02")).status == 303
    form = who.get(case + "/item/" + item).form("/item/")
    assert who.post(form, extra={"do": "save"}).status == 303
    assert "<entry_mode>02" in town.one("SELECT body FROM bz_item WHERE id = " + item)


def test_appointment_type(town):
    """HY-49 任职类型 is 任职 unless another is chosen, must be chosen, and only from its table"""
    O.make_room(town, 3)
    who = O.clerk(town)
    case = O.new_case(who)
    form = O.item_form(who, case)
    assert form.fields["duty.1.appointment_type"] == "1", form.fields
    assert dict(form.options["duty.1.appointment_type"])["1"] == "任职", form.options["duty.1.appointment_type"]
    for value in ("", "99"):
        page = O.add_person(who, case, status=422, duty__1__appointment_type=value)
        assert "duty.1.appointment_type" in page.errors(), page.errors()


def test_from_elsewhere(town):
    """HY-68 HY-69 原工作单位 goes with 原编制类型, and both decide whether the form of entry fits"""
    O.make_room(town, 3)
    who = O.clerk(town)
    case = O.new_case(who, "03")
    page = O.add_person(who, case, do="check", status=422, from_staffing_type="11")
    assert "from_unit" in page.errors(), page.errors()
    page = O.add_person(who, case, do="check", status=200, from_staffing_type="11", from_unit="示例市某局")
    assert not page.errors()
    page = O.add_person(who, case, do="check", status=422, from_staffing_type="22", from_unit="示例市某学校")
    assert "调任" in page.errors()["staffing_type"], page.errors()
    page = O.add_person(who, case, do="check", status=422, from_staffing_type="zz", from_unit="示例市某学校")
    assert "from_staffing_type" in page.errors(), page.errors()


def test_from_record(town):
    """HY-68 HY-69 of a person who left by 调出 both come from the record"""
    O.make_room(town, 3)
    pid, name, sex, number, unit, kind = town.sql(
        "SELECT p.id, p.name, p.sex, p.id_number, u.name, e.staffing_type FROM st_person p JOIN st_employment e ON e.person_id = p.id JOIN st_unit u"
        " ON u.id = e.unit_id WHERE e.valid_to = '9999-12-31' AND e.staffing_type = '11' AND u.unit_code != 'D031'"
        " AND NOT EXISTS (SELECT 1 FROM st_duty d WHERE d.employment_id = e.id AND d.post_id IS NOT NULL) LIMIT 1 OFFSET 11")[0]
    town.sql("START TRANSACTION; UPDATE st_quota q JOIN st_employment e ON e.unit_id = q.unit_id AND q.book = 'type' AND q.code = e.staffing_type"
             " SET q.occupied = q.occupied - 1 WHERE e.person_id = {0} AND e.valid_to = '9999-12-31';"
             " INSERT INTO st_quota_posting (unit_id, book, code, account, amount, posted_on, person_id, paper, recorded_at)"
             " SELECT unit_id, 'type', staffing_type, 'occupied', -1, '2026-11-01', person_id, '测试出编', NOW() FROM st_employment"
             " WHERE person_id = {0} AND valid_to = '9999-12-31';"
             " UPDATE st_employment SET valid_to = '2026-11-01', exit_reason = '01' WHERE person_id = {0} AND valid_to = '9999-12-31';"
             " COMMIT".format(pid))
    who = O.clerk(town)
    form = O.item_form(who, O.new_case(who, "03"), name=name, number=number, sex=sex)
    assert form.fields.get("from_unit") == unit and form.fields.get("from_staffing_type") == kind, form.fields


def test_notice_copies(town):
    """the notice is printed in three copies, a second print needs a reason and is counted"""
    O.make_room(town, 3)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who)
    assert who.get(case + "/print/notice").status == 409
    O.submit(who, case)
    O.decide(boss, case, "approve")
    form = who.get(case).form("/print/notice")
    assert [t for _, t in form.options["part.notice"]] == ["全部三联", "第一联（用编单位）", "第二联（组织、人社部门）",
                                                     "第三联（财政部门）"], form.options
    assert who.post(form).status == 303
    sheet = who.get(case + "/print/notice", html=True).text
    assert len(set(re.findall(r"第[一二三]联</b>", sheet))) == 3 and "用编单位" in sheet and "财政部门" in sheet, sheet[:1500]
    form = who.get(case).form("/print/notice")
    assert who.post(form).status == 422
    assert who.post(form, why__notice="纸张损坏").status == 303
    assert town.sql("SELECT nth, copies FROM bz_print WHERE case_id = %d ORDER BY nth" % O.case_id(case)) == [["1", "3"], ["2", "3"]]
