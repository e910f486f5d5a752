# 招录结果登记: 组织、人社部门 say who was chosen to come on a slip; the unit's entry begins
# with them.  SPDX-License-Identifier: MulanPSL-2.0
import d_kept as K
import office as O
from h_quota import approval, pressed
from h_use import PARENT, TYPE, UNIT, WAY, approved, balance, entry_on, granted, left, room, slip

THERE = "该身份证号已在这张编制使用单登记为录用人员，不能重复登记，请删除"
PAPER = {"paper_no": "示人社聘〔2026〕5号", "paper_on": "2026-11-02"}


def result(town, slip_id, hired, people=(), **values):
    """A result, not handed in: (who, path).  PEOPLE: (name, sex, number)."""
    who = O.log_in(town, "renshe")
    form = who.get("/hire/new").form("/hire/new").set(unit=str(O.unit_id(town, UNIT)))
    form.set(**dict(PAPER, slip=str(slip_id), hired=str(hired), **values))
    page = who.post(form)
    assert page.status == 303, page.text[:1500]
    case = page.headers["location"].split("?")[0]
    O.add_paper(who, case)
    for name, sex, number in people:
        page = who.post(who.get(case + "/item/new").form("/item/new").set(name=name, sex=sex, id_number=number), extra={"do": "save"})
        assert page.status == 303, page.text[:1500]
    return who, case


def handed(town, *args, **values):
    who, case = result(town, *args, **values)
    O.submit(who, case)
    return case


def recorded(town, *args, **values):
    case = handed(town, *args, **values)
    O.decide(O.log_in(town, "shibian"), case, "approve")
    assert O.state(town, case) == "done"
    return case


def refused(town, words, *args, **values):
    who, case = result(town, *args, **values)
    O.submit(who, case, status=422).says(words)


def fine(town):
    return town.tool("verify").returncode == 0


def over(town, slip_id):
    """Its last day passes."""
    town.sql("UPDATE st_slip SET valid_until = CURDATE() - INTERVAL 1 DAY WHERE id = %s" % slip_id)
    assert town.tool("jobs", "run", "staffing.slips").returncode == 0


def offered(page):
    """The names that a case offers, with their addresses."""
    rows = [list(r.iter("c")) for t in page.xml.iter("table") if t.get("id") == "chosen" for r in t.iter("r")]
    return {"".join(r[0].itertext()): r[2].get("href").replace("/bianzhi", "", 1) for r in rows}


def test_lives_on(town):
    """A5.6 TS-33 hire: a slip with a recorded 招录结果, a number without names, does not end by its last day; who was chosen comes in later"""
    room(town, 4)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 2)]))[0]
    recorded(town, slip_id, 1)
    before = balance(town)
    over(town, slip_id)
    assert balance(town) == before and left(town, slip_id) == 2, (before, balance(town), left(town, slip_id))
    O.log_in(town, PARENT).get("/staffing/slip/%s" % slip_id).says("可使用，已录用 1 名", "登记招录结果", "录用 1 名")
    who = O.clerk(town, UNIT)
    case = entry_on(town, who, slip_id, 1)
    assert not offered(who.get(case))
    O.submit(who, case)
    approved(town, case)
    assert left(town, slip_id) == 1 and fine(town)


def test_names(town):
    """A5.6 hire: who was chosen by name stands on the slip and in the unit's case, and the entry begins with them; who has come or is in the case is not offered"""
    room(town, 4)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 2)]))[0]
    people = [("卓选一", "1", O.new_number()), ("卓选二", "2", O.new_number(woman=True))]
    recorded(town, slip_id, 2, people)
    who = O.clerk(town, UNIT)
    page = who.get("/staffing/slip/%s" % slip_id)
    page.says("录用人员", "卓选一", "卓选二", "未入编")
    assert town.one("SELECT COUNT(*) FROM st_slip_change WHERE slip_id = %s" % slip_id) == "1", "the number is recorded once, not with each name"
    assert people[0][2] not in page.text, "the number is not masked"
    case = entry_on(town, who, slip_id, 0)
    there = offered(who.get(case))
    assert list(there) == ["卓选一", "卓选二"], there
    for name, sex, number in people:
        form = who.get(there[name]).form("/item/new")
        assert (form.fields["name"], form.fields["sex"], form.fields["id_number"]) == (name, sex, number), form.fields
    form = who.get(there["卓选二"]).form("/item/new")
    form = who.post(form, extra={"do": "verify"}).form("/item/")
    assert form.fields["name"] == "卓选二"
    form.fields.update(O.PERSON)
    form.fields.update(O.PUBLIC)
    assert who.post(form, files=O.scans(form), extra={"do": "save"}).status == 303
    assert list(offered(who.get(case))) == ["卓选一"]
    O.submit(who, case)
    assert not offered(who.get(case)), "who can add nobody is offered nobody"
    approved(town, case)
    rows = {"".join(r[0].itertext()): "".join(r[3].itertext()) for r in
            ([*r.iter("c")] for r in who.get("/staffing/slip/%s" % slip_id).xml.find(".//table[@id='chosen']").iter("r"))}
    assert rows == {"卓选一": "未入编", "卓选二": town.one("SELECT CURDATE()")}, rows
    assert list(offered(who.get(entry_on(town, who, slip_id, 0)))) == ["卓选一"] and fine(town)


def test_foreign(town):
    """A5.6 hire: a name of another slip is given to nobody, whatever the address asks"""
    room(town, 4)
    first, second = (slip(town, granted(town, [(WAY, TYPE, 1)]))[0] for _ in range(2))
    recorded(town, first, 1, [("卓旁人", "1", O.new_number())])
    who = O.clerk(town, UNIT)
    address = offered(who.get(entry_on(town, who, first, 0)))["卓旁人"]
    case = entry_on(town, who, second, 0)
    for asked in (case + "/item/new?" + address.split("?")[1], case + "/item/new?chosen=x", case + "/item/new?chosen=0"):
        form = who.get(asked).form("/item/new")
        assert not form.fields.get("name") and not form.fields.get("id_number"), (asked, form.fields)


def test_refused(town):
    """bad input: more than the slip grants, fewer than have come, more names than chosen, a number that is none, another's sex, the same person twice: each is refused before it is handed in"""
    room(town, 6)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 3)]))[0]
    refused(town, "核准 3 名，录用人数须为 1 至 3", slip_id, 4)
    number = O.new_number()
    refused(town, "录用人数 1 名，所列人员 2 名", slip_id, 1, [("卓一", "1", number), ("卓二", "1", O.new_number())])
    refused(town, "已有同一身份证号的录用人员", slip_id, 2, [("卓一", "1", number), ("卓二", "1", number)])
    refused(town, "性别与身份证号不一致", slip_id, 2, [("卓一", "2", number)])
    refused(town, "身份证号", slip_id, 2, [("卓一", "1", number[:-1] + ("0" if number[-1] != "0" else "1"))])
    who = O.clerk(town, UNIT)
    case = entry_on(town, who, slip_id, 2)
    O.submit(who, case)
    approved(town, case)
    refused(town, "已入编 2 名", slip_id, 1)


def test_before(town):
    """A5.6 hire: a name that the slip has already is marked at its number when the case is handed in and when the section looks; those on the slip and the new ones together are no more than 录用人数"""
    room(town, 6)
    slip_id, number = slip(town, granted(town, [(WAY, TYPE, 4)]))[:2]
    first, second = ("卓一", "1", O.new_number()), ("卓二", "1", O.new_number())
    waits = handed(town, slip_id, 3, [first, second])
    recorded(town, slip_id, 3, [first])
    page = O.decide(O.log_in(town, "shibian"), waits, "approve", status=422)
    assert [k.text for k in page.all("checks/k") if k.get("s") == "no"] == ["卓一：" + THERE], page.text[:1500]
    who, case = result(town, slip_id, 1, [first])
    marks = O.submit(who, case, status=422).all("errors/e")
    assert ["".join(e.itertext()) for e in marks] == ["卓一：" + THERE], "who is there already is no new name"
    assert who.get(marks[0].get("href")).errors() == {"id_number": THERE}
    refused(town, "“%s”已登记录用人员 1 名，本次所列 2 名，合计 3 名，超过录用人数 2 名" % number, slip_id, 2, [second, ("卓三", "2", O.new_number(woman=True))])
    recorded(town, slip_id, 2, [second])
    refused(town, "“%s”已登记录用人员 2 名，录用人数不能少于这个数" % number, slip_id, 1)
    recorded(town, slip_id, 3)
    assert town.one("SELECT COUNT(*) FROM st_slip_chosen WHERE slip_id = %s" % slip_id) == "2" and fine(town)


def test_one_question(town):
    """hire: who is on the slip already is asked for once, however many the case names"""
    room(town, 6)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 4)]))[0]
    recorded(town, slip_id, 1, [("卓零", "1", O.new_number())])
    who, case = result(town, slip_id, 4, [("卓%s" % n, "1", O.new_number()) for n in "一二三"])
    asked = [text for _, text in K.asked(town, lambda: who.get(case + "/confirm")) if "st_slip_chosen" in text]
    assert len(asked) == 1, asked


def meanwhile(town, slip_id, case, *statements):
    """The section confirms CASE; between its checks and its effects, which the slip's lock holds up, STATEMENTS happen."""
    return pressed(town, [approval(town, case, "shibian")], "st_slip WHERE id = %s" % slip_id, "; ".join(statements))[0]


def test_meanwhile(town):
    """bad input: a name that comes onto the slip while the section confirms is refused by the approval itself, so is one name too many; nothing is done"""
    room(town, 6)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 3)]))[0]
    one, two = O.new_number(), O.new_number()
    add = "INSERT INTO st_slip_chosen (slip_id, name, sex, id_number, case_id, chosen_on) VALUES (%s, '卓一', '1', '%s', 1, CURDATE())"
    waits = handed(town, slip_id, 1, [("卓一", "1", one)])
    page = meanwhile(town, slip_id, waits, add % (slip_id, one))
    assert page.status == 409, page.status
    page.says("已登记过所列人员")
    assert O.state(town, waits) == "open" and town.one("SELECT COUNT(*) FROM st_slip_chosen WHERE slip_id = %s" % slip_id) == "1"
    waits = handed(town, slip_id, 2, [("卓二", "1", two)])
    page = meanwhile(town, slip_id, waits, add % (slip_id, O.new_number()))
    assert page.status == 409, page.status
    page.says("共登记录用人员 3 名", "录用人数 2 名")
    assert O.state(town, waits) == "open" and town.one("SELECT COUNT(*) FROM st_slip_chosen WHERE slip_id = %s" % slip_id) == "2"


def test_ended(town):
    """bad input: a slip that ended meanwhile is refused when the section confirms"""
    room(town, 4)
    ended = slip(town, granted(town, [(WAY, TYPE, 1)]))[0]
    waits = handed(town, ended, 1)
    over(town, ended)
    O.decide(O.log_in(town, "shibian"), waits, "approve", status=422).says("到期")


def test_who(town):
    """hire: 组织、人社 record and see results, neither persons nor other businesses; a unit and a department cannot record a result"""
    room(town, 4)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 1)]))[0]
    case = recorded(town, slip_id, 1)
    who = O.log_in(town, "renshe")
    for path in ("/staffing/person/", "/entry/", "/use/new", "/amend/new", "/quota/new", "/accounts/"):
        assert who.get(path).status in (403, 404), path
    who.get("/hire/").says("招录结果登记")
    for account in (UNIT, PARENT):
        assert O.log_in(town, account).get("/hire/new").status == 403
        assert O.log_in(town, account).get(case).status in (403, 404)
