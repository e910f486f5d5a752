# 人员异动: only what differs from the register is judged, papered and applied; old and new
# stand side by side.  SPDX-License-Identifier: MulanPSL-2.0
import threading

import d_print as D
import h_exit as E
import h_quota as Q
import office as O
import town as T

UNIT = "X305"
REVIEWER = {"X305": ("X307", "xianshi", "xianbian"), "D031": (None, "xingbian", "shenhe1"), "S006": ("D003", "shibian", "shenhe1")}


def staff(town, n, unit=UNIT, kind="22", more=""):
    return E.staff(town, n, unit, kind, " AND p.native_place != '' " + more)


def new_case(town, who, unit=UNIT):
    page = who.post(who.get("/change/new").form("/change/new").set(unit=str(O.unit_id(town, unit))))
    assert page.status == 303, page.text[:1500]
    return page.headers["location"].split("?")[0]


def item(town, case, person):
    return "%s/item/%s" % (case, E.items(town, case)[person])


def change(town, who, case, person, do="save", status=303, papers=True, **values):
    """Type over what stands there; the papers that this asks for come with it."""
    path = item(town, case, person)
    form = who.get(path).form("/item/").set(**{k.replace("__", "."): v for k, v in values.items()})
    if papers:
        page = who.post(form, extra={"do": "keep"})
        assert page.status == 303, page.text[:1500]
        form = who.get(path).form("/item/")
    files = {k: v for k, v in O.scans(form).items() if k != "paper.new_photo" and k != "paper.over_lead"} if papers else None
    page = who.post(form, files=files, extra={"do": do})
    assert page.status == status, (page.status, page.text[:2500])
    return page


def filled(town, person, unit=UNIT, by=None, **values):
    who = O.log_in(town, by or unit)
    case = new_case(town, who, unit)
    E.pick(who, case, [person])
    page = change(town, who, case, person, **values)
    assert "done=item" in page.headers["location"], who.get(item(town, case, person) + "?check=1").errors()
    return who, case


def to_last(town, case, unit=UNIT):
    """Passed on until the centre has it."""
    while True:
        step = town.one("SELECT step FROM bz_case WHERE id = %d" % O.case_id(case))
        if step == "review":
            return
        O.decide(O.log_in(town, REVIEWER[unit][0 if step == "parent" else 1]), case, "pass")


def centre(town, unit=UNIT):
    return O.log_in(town, REVIEWER[unit][2])


def approved(town, person, unit=UNIT, **values):
    who, case = filled(town, person, unit, **values)
    O.submit(who, case)
    to_last(town, case, unit)
    O.decide(centre(town, unit), case, "approve")
    assert O.state(town, case) == "done"
    return who, case


def recorded(town, case):
    return town.sql("SELECT field, was, now, was_text, now_text FROM st_change WHERE case_id = %d ORDER BY id" % O.case_id(case))


def of(town, person, column):
    return town.one("SELECT %s FROM st_person WHERE id = %d" % (column, person))


def at_work(town, person, column):
    return town.one("SELECT %s FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31'" % (column, person))


def altered(page, n=0):
    return [(d.get("t"), d.get("old"), d.get("new"), d.get("by")) for d in page.all("item")[n].find("altered").iter("d")]


def fine(town):
    return town.tool("verify").returncode == 0


def test_changed(town):
    """HY-82 HY-83 change: who is ticked begins as the register says; one field is typed over, nothing else changes; old and new are kept, shown to the clerk, the reviewer and on the card"""
    one, = staff(town, 1)
    row = "SELECT CONCAT_WS('|', name, sex, id_number, birth_date, ethnic, political, COALESCE(party_join_date, ''), work_start, education, degree, school," \
          " COALESCE(graduation_date, ''), identity, staffing_start, native_place) FROM st_person WHERE id = %d" % one[0]
    before, major, version = town.one(row), of(town, one[0], "major"), int(of(town, one[0], "version"))
    job = town.one("SELECT CONCAT_WS('|', version, funding, structure, wage_source) FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31'" % one[0])
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    E.pick(who, case, [one[0]])
    form = who.get(item(town, case, one[0])).form("/item/")
    assert form.fields["name"] == one[1] and form.fields["id_number"] == one[2] and "work_start" not in form.fields and "staffing_type" not in form.fields, form.fields
    change(town, who, case, one[0], major="地理信息")
    page = who.get(case + "/confirm")
    assert altered(page) == [("专业", major, "地理信息", "")], altered(page)
    page.says("学历学位变更 1 人")
    O.submit(who, case)
    O.decide(O.log_in(town, "X307"), case, "pass")
    assert altered(centre(town).get(case + "/review")) == [("专业", major, "地理信息", "")], "no account moves: the section is left out"
    O.decide(centre(town), case, "approve")
    assert of(town, one[0], "major") == "地理信息" and int(of(town, one[0], "version")) == version + 1 and town.one(row) == before
    assert job == town.one("SELECT CONCAT_WS('|', version, funding, structure, wage_source) FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31'" % one[0])
    assert recorded(town, case) == [["major", major, "地理信息", major, "地理信息"]], recorded(town, case)
    table = [["".join(c.itertext()) for c in r.iter("c")] for r in who.get("/staffing/person/%d" % one[0]).xml.find(".//table[@id='altered']").iter("r")]
    assert table[0][:4] == [E.today(town), "专业", major, "地理信息"] and town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(case)) == table[0][4], table
    assert fine(town)


def test_nothing(town):
    """HY-82 change: an item in which nothing differs is not ready, and its case cannot be handed in"""
    one, = staff(town, 1)
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    E.pick(who, case, [one[0]])
    page = who.post(who.get(item(town, case, one[0])).form("/item/"), extra={"do": "check"})
    assert page.status == 422
    page.says("没有修改任何信息")
    O.submit(who, case, status=422).says("没有修改任何信息")
    change(town, who, case, one[0], major="测绘")
    change(town, who, case, one[0], major=of(town, one[0], "major"), papers=False)
    O.submit(who, case, status=422).says("没有修改任何信息")


def test_papers(town):
    """HY-80 change: number, name and sex ask for identity card and statement, duties for the appointment, titles for the employment paper, a status from 21 to 29 for its paper; nothing else asks for any"""
    one, = staff(town, 1)
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    E.pick(who, case, [one[0]])
    path = item(town, case, one[0])
    sex = {"1": "2", "2": "1"}[of(town, one[0], "sex")]
    structure = at_work(town, one[0], "structure")
    for values, papers in (({"name": one[1] + "甲"}, {"change_idcard"}), ({"sex": sex}, {"change_idcard"}), ({"id_number": O.new_number()}, {"change_idcard"}),
                           ({"duty.1.post": "901"}, {"change_duty"}), ({"qualification.1.title_name": "高级教师", "qualification.1.kind": "title"}, {"change_title"}),
                           ({"person_status": "21"}, {"change_status"}), ({"person_status": "2A"}, set()), ({"major": "测绘", "native_place": "湖南衡阳"}, set()),
                           ({"political": "13", "party_join_date": ""}, set()), ({"wage_source": "2"}, set()), ({"ethnic": "15"}, set()),
                           ({"birth_date": "1985-02-03"}, set()), ({"structure": "1" if structure != "1" else "2"}, set())):
        page = who.post(who.get(path).form("/item/").set(**values), extra={"do": "check"})
        assert {e[6:] for e in page.errors() if e.startswith("paper.")} == papers, (values, page.errors())
    change(town, who, case, one[0], name=one[1] + "甲", papers=False)
    O.submit(who, case, status=422).says("身份证正反页")


def test_closed(town):
    """HY-83 change: 编制类型, 参加工作时间 and the days of entry are told and closed; what a browser sends for them is not read, nor a status that is not the unit's"""
    one, = staff(town, 1)
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    E.pick(who, case, [one[0]])
    path = item(town, case, one[0])
    page = who.get(path)
    for name in ("staffing_type", "work_start", "staffing_start", "unit_entry_date", "entry_mode", "number"):
        f, = [x for x in page.xml.iter("f") if x.get("id") == name]
        assert f.get("type") == "shown" and f.get("closed"), f.attrib
    page.says("有误的由编办凭文件更正")
    form = page.form("/item/").set(major="测绘")
    form.fields.update(staffing_type="11", work_start="1970-01-01", unit_entry_date="1970-01-01", number=O.new_number(), entry_mode="01", staffing_start="1970-01-01")
    assert who.post(form, extra={"do": "save"}).status == 303
    assert [a[0] for a in altered(who.get(case + "/confirm"))] == ["专业"]
    offered = dict(page.form("/item/").options["person_status"])
    assert "10" in offered and "2A" in offered and not {"30", "31", "32", "33", "34", "40", "41", "43", "90"} & set(offered), offered
    for status in ("31", "41", "90"):
        page = who.post(who.get(path).form("/item/").set(person_status=status), extra={"do": "check"})
        assert "person_status" in page.errors(), (status, page.errors())


def test_status(town):
    """HY-83 change: a status that the unit may set is changed with its paper and frees no post; one that frees a post is refused by the approval too, whoever wrote it"""
    one, two = staff(town, 2)
    have = E.balance(town)[1]
    who, case = approved(town, one[0], person_status="21")
    assert at_work(town, one[0], "person_status") == "21" and E.balance(town)[1] == have
    who, case = filled(town, two[0], person_status="22")
    O.submit(who, case)
    to_last(town, case)
    town.sql("UPDATE bz_item SET body = REPLACE(body, '<person_status>22</person_status>', '<person_status>31</person_status>') WHERE case_id = %d" % O.case_id(case))
    assert O.decide(centre(town), case, "approve", status=422) is not None
    assert O.state(town, case) == "open" and at_work(town, two[0], "person_status") != "31" and fine(town)


def test_own(town):
    """HY-83 A5.3 change: where the office leaves a field to its units what changes nothing else is in force when it is handed in, and the page says so before; with anything else in the case, or by default, it is looked at"""
    unit = "D031"
    one, two = staff(town, 2, unit, "11")
    with town.otherwise("[office 480300]\noption.change.own_native=yes\noption.change.own_photo=yes\n"):
        who, case = filled(town, one[0], unit, native_place="湖南省长沙市")
        who.get(case + "/confirm").says("上报后立即生效，不再审核")
        O.submit(who, case)
        assert O.state(town, case) == "done" and of(town, one[0], "native_place") == "湖南省长沙市"
        assert [r[0] for r in recorded(town, case)] == ["native_place"] and fine(town)
        move, by, opened = town.sql("SELECT m.to_step, c.submitted_by = m.operator_id, c.opened_at IS NULL FROM bz_case c JOIN bz_move m ON m.case_id = c.id WHERE c.id = %d"
                                    % O.case_id(case))[0]
        assert (move, by, opened) == ("done", "1", "1")
        who.get(case).says("已核准", "示编异〔")
        who, both = filled(town, two[0], unit, native_place="湖南省长沙市", wage_source="2" if at_work(town, two[0], "wage_source") != "2" else "1")
        who.get(both + "/confirm").says("可以撤回")
        O.submit(who, both)
        assert O.state(town, both) == "open" and of(town, two[0], "native_place") != "湖南省长沙市"
    who, case = filled(town, one[0], unit, native_place="湖南省衡阳市")
    O.submit(who, case)
    assert O.state(town, case) == "open" and of(town, one[0], "native_place") == "湖南省长沙市"


def other_structure(town, person):
    """(now, another that the unit has, its category)"""
    now = at_work(town, person, "structure")
    to = next(s for s in ("1", "2") if s != now)
    return now, to, {"1": "G", "2": "Z"}[to]


def test_structure(town):
    """HY-83 HY-40 change: another 编制结构 passes 事编科 and is posted -1 and +1; without room it is not handed in, and the approval refuses what was taken meanwhile"""
    one, = staff(town, 1, more=" AND e.structure IN ('1', '2') AND e.quota_structure = e.structure")
    now, to, category = other_structure(town, one[0])
    O.make_room(town, 0, UNIT, to, "structure")
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    E.pick(who, case, [one[0]])
    page = who.post(who.get(item(town, case, one[0])).form("/item/").set(structure=to, post_category=category), extra={"do": "check"})
    assert "不足" in page.errors().get("structure", ""), page.errors()
    O.make_room(town, 1, UNIT, to, "structure")
    change(town, who, case, one[0], structure=to, post_category=category)
    was = [E.balance(town, UNIT, s, "structure")[1] for s in (now, to)]
    O.submit(who, case)
    O.decide(O.log_in(town, "X307"), case, "pass")
    assert town.one("SELECT step FROM bz_case WHERE id = %d" % O.case_id(case)) == "section", "an account moves"
    O.log_in(town, "xianshi").get(case + "/review").says("编制与职数")
    O.decide(O.log_in(town, "xianshi"), case, "pass")
    town.sql("UPDATE st_quota SET occupied = occupied + 1 WHERE book = 'structure' AND code = '%s' AND unit_id = %d" % (to, O.unit_id(town, UNIT)))
    O.decide(centre(town), case, "approve", status=422).says("不足")
    town.sql("UPDATE st_quota SET occupied = occupied - 1 WHERE book = 'structure' AND code = '%s' AND unit_id = %d" % (to, O.unit_id(town, UNIT)))
    O.decide(centre(town), case, "approve")
    assert [E.balance(town, UNIT, s, "structure")[1] for s in (now, to)] == [was[0] - 1, was[1] + 1]
    posted = town.sql("SELECT code, amount, posted_on FROM st_quota_posting WHERE case_id = %d AND book = 'structure' ORDER BY id" % O.case_id(case))
    assert posted == [[now, "-1", E.today(town)], [to, "1", E.today(town)]], posted
    assert at_work(town, one[0], "quota_structure") == to and at_work(town, one[0], "structure") == to and fine(town)


def ordered(town, lines):
    """A paper of the county's office about the school, approved."""
    who, case, _ = Q.paper(town, lines, unit=UNIT, by="xianshi")
    O.submit(who, case)
    O.decide(O.log_in(town, "xianfen"), case, "approve")


def test_funding_book(town):
    """HY-83 HY-40 change: another 经费形式 passes 事编科; in a unit whose book says of which the posts are it needs an account with room there, and is posted -1 and +1"""
    unit = O.unit_id(town, UNIT)
    one, = staff(town, 1, more=" AND e.structure = '2' AND e.funding = '1' AND e.quota_code != ''")
    there = int(town.one("SELECT COUNT(*) FROM st_employment WHERE unit_id = %d AND quota_code != '' AND funding = '1' AND valid_to = '9999-12-31'" % unit))
    ordered(town, [Q.line("1", there, "funding", "1")])
    held = lambda of: Q.account(town, "occupied", of, "funding", UNIT)
    try:
        who = O.clerk(town, UNIT)
        case = new_case(town, who, UNIT)
        E.pick(who, case, [one[0]])
        form = who.get(item(town, case, one[0])).form("/item/").set(funding="3")
        page = who.post(form, extra={"do": "check"})
        assert "本单位没有核定经费形式“自收自支”" in page.errors().get("funding", ""), page.errors()
        ordered(town, [Q.line("1", 1, "funding", "3")])
        change(town, who, case, one[0], funding="3")
        O.submit(who, case)
        if town.one("SELECT step FROM bz_case WHERE id = %d" % O.case_id(case)) == "parent":
            O.decide(O.log_in(town, REVIEWER[UNIT][0]), case, "pass")
        assert town.one("SELECT step FROM bz_case WHERE id = %d" % O.case_id(case)) == "section", "an account moves"
        O.decide(O.log_in(town, REVIEWER[UNIT][1]), case, "pass")
        ordered(town, [Q.line("2", 1, "funding", "3")])
        O.decide(centre(town, UNIT), case, "approve", status=422).says("不足")
        ordered(town, [Q.line("1", 1, "funding", "3")])
        O.decide(centre(town, UNIT), case, "approve")
        assert (held("1"), held("3"), at_work(town, one[0], "quota_funding")) == (there - 1, 1, "3")
        posted = town.sql("SELECT code, amount, posted_on FROM st_quota_posting WHERE case_id = %d AND book = 'funding' ORDER BY id" % O.case_id(case))
        assert posted == [["1", "-1", E.today(town)], ["3", "1", E.today(town)]] and fine(town), posted
    finally:
        for code in "13":
            Q.forget(town, unit, "funding", code)
    assert fine(town)


def test_swap(town):
    """change: two of a case who change places where both are full: the first finds no room, and the case says so before it is handed in"""
    one, two = (staff(town, 1, more=" AND e.structure = '%s' AND e.quota_structure = '%s'" % (s, s))[0] for s in ("1", "2"))
    for s in "12":
        O.make_room(town, 0, UNIT, s, "structure")
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    E.pick(who, case, [one[0], two[0]])
    change(town, who, case, one[0], structure="2", post_category="Z", papers=False)
    change(town, who, case, two[0], structure="1", post_category="G", papers=False)
    O.submit(who, case, status=422).says("不足")
    O.make_room(town, 1, UNIT, "2", "structure")
    O.submit(who, case)
    to_last(town, case)
    O.decide(centre(town), case, "approve")
    assert at_work(town, one[0], "structure") == "2" and at_work(town, two[0], "structure") == "1" and fine(town)


def test_funding(town):
    """HY-83 HY-40 change: another 经费形式 passes 事编科; where the unit has a book of it, it is posted there"""
    unit = O.unit_id(town, UNIT)
    one, = staff(town, 1, more=" AND e.funding = '1' AND e.quota_funding = ''")
    who, case = approved(town, one[0], funding="2")
    assert at_work(town, one[0], "funding") == "2" and at_work(town, one[0], "quota_funding") == ""
    assert town.one("SELECT COUNT(*) FROM bz_move WHERE case_id = %d AND from_step = 'section'" % O.case_id(case)) == "1"
    assert not town.sql("SELECT 1 FROM st_quota_posting WHERE case_id = %d" % O.case_id(case))


def post_of(town, unit, free=True, but="0"):
    """(code, id, class) of a leading post of the unit with a seat free, or with none."""
    rows = town.sql("SELECT p.post_code, p.id, p.leader_class FROM st_post p JOIN st_quota q ON q.unit_id = p.unit_id AND q.book = 'lead' AND q.code = p.leader_class"
                    " WHERE p.unit_id = %d AND p.id != %s AND (p.quota %s (SELECT COUNT(*) FROM st_duty d JOIN st_employment e ON e.id = d.employment_id"
                    " WHERE d.post_id = p.id AND e.valid_to = '9999-12-31')) ORDER BY p.id" % (O.unit_id(town, unit), but, ">" if free else "<="))
    return rows[0] if rows else None


def held(town, post):
    return int(town.one("SELECT COUNT(*) FROM st_duty d JOIN st_employment e ON e.id = d.employment_id WHERE d.post_id = %s AND e.valid_to = '9999-12-31'" % post))


LEADER = " AND EXISTS (SELECT 1 FROM st_duty d JOIN st_post o ON o.id = d.post_id JOIN st_quota q ON q.unit_id = e.unit_id AND q.book = 'lead'" \
         " AND q.code = o.leader_class WHERE d.employment_id = e.id)"


def test_post(town):
    """HY-80 HY-83 change: another post gives up the old seat and takes the new one, in the lead book too, by its paper and by 行编科; a post without a seat needs the paper for 超职数"""
    one = staff(town, 1, "D031", "11", LEADER)[0]
    old = town.sql("SELECT o.id, o.leader_class FROM st_duty d JOIN st_post o ON o.id = d.post_id JOIN st_employment e ON e.id = d.employment_id"
                   " WHERE e.person_id = %d AND e.valid_to = '9999-12-31' LIMIT 1" % one[0])[0]
    full = town.sql("SELECT p.post_code, p.id, p.name FROM st_post p WHERE p.unit_id = %d AND p.id != %s AND p.quota <= (SELECT COUNT(*) FROM st_duty d"
                    " JOIN st_employment e ON e.id = d.employment_id WHERE d.post_id = p.id AND e.valid_to = '9999-12-31') AND p.quota > 0 LIMIT 1"
                    % (O.unit_id(town, "D031"), old[0]))[0]
    who = O.clerk(town, "D031")
    case = new_case(town, who, "D031")
    E.pick(who, case, [one[0]])
    path = item(town, case, one[0])
    page = who.post(who.get(path).form("/item/").set(**{"duty.1.post": full[0], "duty.1.doc_no": "示组干〔2026〕9号", "duty.1.appoint_date": E.today(town)}), extra={"do": "check"})
    assert "职数不够" in page.errors().get("duty", ""), page.errors()
    town.sql("UPDATE st_post SET quota = quota + 1 WHERE id = %s" % full[1])
    new_class = town.one("SELECT leader_class FROM st_post WHERE id = %s" % full[1])
    O.make_room(town, 1, "D031", new_class, "lead")
    leads = {c: E.balance(town, "D031", c, "lead")[1] for c in {old[1], new_class}}
    seats = held(town, old[0]), held(town, full[1])
    values = {"duty__1__post": full[0], "duty__1__doc_no": "示组干〔2026〕9号", "duty__1__appoint_date": E.today(town)}
    change(town, who, case, one[0], **values)
    t, was, now, by = altered(who.get(case + "/confirm"))[0]
    assert t == "任行政职务情况" and full[2] in now and "示组干〔2026〕9号" in now and by == "任免文件", (t, was, now, by)
    O.submit(who, case)
    assert town.one("SELECT step FROM bz_case WHERE id = %d" % O.case_id(case)) == "section"
    to_last(town, case, "D031")
    O.decide(centre(town, "D031"), case, "approve")
    assert (held(town, old[0]), held(town, full[1])) == (seats[0] - 1, seats[1] + 1)
    leads[old[1]] -= 1
    leads[new_class] += 1
    assert {c: E.balance(town, "D031", c, "lead")[1] for c in leads} == leads and fine(town)


def test_post_over(town):
    """HY-83 change: a post whose seats are all taken is had by the paper for 超职数, and stands above its number with it; giving it up takes the paper along"""
    one = staff(town, 1, "D031", "11", " AND NOT EXISTS (SELECT 1 FROM st_duty d WHERE d.employment_id = e.id AND d.post_id IS NOT NULL)")[0]
    post = town.sql("SELECT p.post_code, p.id, p.leader_class FROM st_post p WHERE p.unit_id = %d AND p.quota = (SELECT COUNT(*) FROM st_duty d"
                    " JOIN st_employment e ON e.id = d.employment_id WHERE d.post_id = p.id AND e.valid_to = '9999-12-31') AND p.quota > 0 LIMIT 1" % O.unit_id(town, "D031"))[0]
    who = O.clerk(town, "D031")
    case = new_case(town, who, "D031")
    E.pick(who, case, [one[0]])
    path = item(town, case, one[0])
    values = {"duty.1.post": post[0], "duty.1.doc_no": "示组干〔2026〕10号", "duty.1.appoint_date": E.today(town)}
    assert who.post(who.get(path).form("/item/").set(**values), extra={"do": "keep"}).status == 303
    form = who.get(path).form("/item/")
    page = who.post(form, files={"paper." + k: (k + ".pdf", O.scan(k)) for k in ("change_duty", "over_lead")}, extra={"do": "save"})
    assert page.status == 303 and "done=item" in page.headers["location"], (page.text[:1500], who.get(path + "?check=1").errors())
    O.submit(who, case)
    to_last(town, case, "D031")
    seats = held(town, post[1])
    O.decide(centre(town, "D031"), case, "approve")
    over = "SELECT COUNT(*) FROM st_over_duty o JOIN st_employment e ON e.id = o.employment_id WHERE e.person_id = %d" % one[0]
    assert held(town, post[1]) == seats + 1 and town.one(over) == "1" and fine(town)
    case = approved(town, one[0], "D031", duty__1__post="0", duty__1__doc_no="", duty__1__appoint_date="")[1]
    assert held(town, post[1]) == seats and town.one(over) == "0" and fine(town)


def test_seat_stays(town):
    """HY-83 change: a corrected document number of a duty leaves its seat and the book as they are"""
    one = staff(town, 1, "D031", "11", LEADER)[0]
    seat = "SELECT GROUP_CONCAT(d.id, ':', d.post_id ORDER BY d.id) FROM st_duty d JOIN st_employment e ON e.id = d.employment_id WHERE e.person_id = %d" % one[0]
    before = town.one(seat)
    who, case = approved(town, one[0], "D031", duty__1__doc_no="示组干〔2026〕11号", duty__1__appoint_date="2026-02-01")
    assert town.one(seat) == before and not town.sql("SELECT 1 FROM st_quota_posting WHERE case_id = %d" % O.case_id(case))
    assert town.one("SELECT doc_no FROM st_duty d JOIN st_employment e ON e.id = d.employment_id WHERE e.person_id = %d ORDER BY d.seq LIMIT 1" % one[0]) == "示组干〔2026〕11号"
    assert not town.sql("SELECT 1 FROM bz_move WHERE case_id = %d AND from_step = 'section'" % O.case_id(case)), "no account moves"


def test_titles(town):
    """HY-80 HY-83 change: a title is added with its paper; one that stays keeps what no form shows; one that is taken out goes"""
    one = staff(town, 1, more=" AND (SELECT COUNT(*) FROM st_qualification s WHERE s.person_id = p.id AND s.kind = 'title') = 1")[0]
    town.sql("UPDATE st_qualification SET approval_body = '省职改办' WHERE person_id = %d" % one[0])
    titles = "SELECT title_name, approval_body FROM st_qualification WHERE person_id = %d ORDER BY seq" % one[0]
    old = town.sql(titles)
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    E.pick(who, case, [one[0]])
    path = item(town, case, one[0])
    assert who.post(who.get(path).form("/item/"), extra={"do": "add:qualification"}).status == 200
    form = who.post(who.get(path).form("/item/"), extra={"do": "add:qualification"}).form("/item/")
    form.set(**{"qualification.2.kind": "title", "qualification.2.title_name": "经济师", "qualification.2.level": "3"})
    page = who.post(form, files={"paper.change_title": ("聘书.pdf", O.scan("title"))}, extra={"do": "save"})
    assert page.status == 303 and "done=item" in page.headers["location"], (page.text[:1500], who.get(path + "?check=1").errors())
    O.submit(who, case)
    to_last(town, case)
    O.decide(centre(town), case, "approve")
    assert town.sql(titles) == old + [["经济师", ""]]
    who, case = O.clerk(town, UNIT), new_case(town, O.clerk(town, UNIT))
    E.pick(who, case, [one[0]])
    path = item(town, case, one[0])
    form = who.post(who.get(path).form("/item/"), extra={"do": "del:qualification:1"}).form("/item/")
    assert who.post(form, files={"paper.change_title": ("聘书.pdf", O.scan("title"))}, extra={"do": "save"}).status == 303
    O.submit(who, case)
    to_last(town, case)
    O.decide(centre(town), case, "approve")
    assert town.sql(titles) == [["经济师", ""]] and fine(town)


def test_number(town):
    """HY-80 HY-83 change: a number is put right with its paper: check digit, sex and birthday as for an entry; another person's is refused, says nothing of them and leads to the office"""
    one, two = staff(town, 2)
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    E.pick(who, case, [one[0]])
    path = item(town, case, one[0])

    def check(**values):
        return who.post(who.get(path).form("/item/").set(**values), extra={"do": "check"})
    page = check(id_number=two[2])
    assert "另一人员名下" in page.errors()["id_number"] and "编办" in page.errors()["id_number"] and two[1] not in page.text, page.errors()
    wrong = one[2][:17] + ("1" if one[2][17] != "1" else "2")
    assert "校验码不符" in check(id_number=wrong).errors()["id_number"]
    sex, birth = of(town, one[0], "sex"), of(town, one[0], "birth_date")
    assert "性别与身份证号不一致" in check(id_number=O.new_number(birth, woman=sex == "1")).errors()["sex"]
    right = O.new_number(birth, woman=sex == "2")
    change(town, who, case, one[0], id_number=right)
    assert altered(who.get(case + "/confirm"))[0] == ("身份证号", one[2], right, "身份证正反页、单位盖章证明")
    O.submit(who, case)
    to_last(town, case)
    town.sql("UPDATE st_person SET id_number = '%s' WHERE id = %d" % (right, two[0]))
    O.decide(centre(town), case, "approve", status=422).says("另一人员名下")
    town.sql("UPDATE st_person SET id_number = '%s' WHERE id = %d" % (two[2], two[0]))
    O.decide(centre(town), case, "approve")
    assert of(town, one[0], "id_number") == right
    card = who.get("/staffing/person/%d" % one[0])
    assert right not in card.text and one[2] not in card.text, "the card names the change and shows no number"


def test_merged(town):
    """change: two cases change different fields of one person: both are approved, each writes its own alone"""
    one, = staff(town, 1)
    who, first = filled(town, one[0], major="测绘")
    second = filled(town, one[0], native_place="湖南祁东")[1]
    for case in (first, second):
        O.submit(who, case)
        to_last(town, case)
    O.decide(centre(town), first, "approve")
    assert altered(centre(town).get(second + "/review"))[0][0] == "籍贯"
    O.decide(centre(town), second, "approve")
    assert (of(town, one[0], "major"), of(town, one[0], "native_place")) == ("测绘", "湖南祁东")
    assert [r[0] for r in recorded(town, second)] == ["native_place"]


def test_conflict(town):
    """change: what another case has changed meanwhile, or what hangs together with it, is not overwritten: the second approval is refused, the case goes back, the page says what is there now, and the clerk decides anew"""
    one, = staff(town, 1)
    who, first = filled(town, one[0], major="测绘")
    second = filled(town, one[0], major="水文")[1]
    third = filled(town, one[0], school="湖南农业大学")[1]
    same = filled(town, one[0], major="测绘", native_place="湖南耒阳")[1]
    for case in (first, second, third, same):
        O.submit(who, case)
        to_last(town, case)
    O.decide(centre(town), first, "approve")
    for case in (second, third):
        O.decide(centre(town), case, "approve", status=422).says("专业的登记信息已变为“测绘”")
        assert O.state(town, case) == "open" and of(town, one[0], "major") == "测绘"
    O.decide(centre(town), same, "approve")
    assert [r[0] for r in recorded(town, same)] == ["native_place"], "what is so already is not changed again"
    O.decide(centre(town), second, "return", "专业已变更，请核对")
    path = item(town, second, one[0])
    page = who.get(path)
    assert "已变为“测绘”" in page.errors()["major"], page.errors()
    form = page.form("/item/")
    assert form.fields["major"] == "水文", "nothing that was typed is lost"
    stale = who.get(path).form("/item/")
    stale.fields["register"] = "0" * 24
    assert "major" in who.post(stale, extra={"do": "save"}).errors(), "who has not seen it is told"
    O.submit(who, second, status=422).says("已变为“测绘”")
    assert who.post(form, extra={"do": "save"}).status == 303
    assert altered(who.get(second + "/confirm")) == [("专业", "测绘", "水文", "")]
    O.submit(who, second)
    to_last(town, second)
    O.decide(centre(town), second, "approve")
    assert of(town, one[0], "major") == "水文"


def test_at_once(town):
    """change: of two approvals at once that change the same field one goes through, and the other overwrites nothing"""
    one, = staff(town, 1)
    forms, cases = [], []
    for major in ("测绘", "水文"):
        who, case = filled(town, one[0], major=major)
        O.submit(who, case)
        to_last(town, case)
        boss = centre(town)
        cases.append(case)
        forms.append((boss, boss.get(case + "/review").form("/move").set(opinion="")))
    forms = [(boss, O.asked(boss.post(form, extra={"move": "approve"})) or form) for boss, form in forms]
    answers = []

    def run(boss, form):
        answers.append(boss.post(form, extra={"move": "approve"}).status)
    threads = [threading.Thread(target=run, args=f) for f in forms]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(answers)[0] == 303 and sorted(answers)[1] in (409, 422), answers
    done = [c for c in cases if O.state(town, c) == "done"]
    assert len(done) == 1 and recorded(town, done[0])[0][2] == of(town, one[0], "major")


def test_gone(town):
    """change: who has left, or stands in another open case, is refused with a sentence; the approval refuses who left meanwhile"""
    one, = staff(town, 1)
    who, case = filled(town, one[0], major="测绘")
    leaving = E.filled(town, [one])[1]
    O.submit(who, leaving)
    O.submit(who, case, status=422).says("另一张在办的人员出编申请单")
    E.to_leader(town, leaving)
    O.decide(E.leader(town), leaving, "approve")
    O.submit(who, case, status=422).says("已不在本单位在编")
    two, = staff(town, 1)
    who, case = filled(town, two[0], major="测绘")
    O.submit(who, case)
    to_last(town, case)
    town.sql("UPDATE st_employment SET valid_to = CURDATE() WHERE person_id = %d AND valid_to = '9999-12-31'" % two[0])
    try:
        O.decide(centre(town), case, "approve", status=422).says("已不在本单位在编")
    finally:
        town.sql("UPDATE st_employment SET valid_to = '9999-12-31' WHERE person_id = %d AND valid_to = CURDATE()" % two[0])
    assert O.state(town, case) == "open" and of(town, two[0], "major") != "测绘"


def test_exit_waits(town):
    """change: who stands in an open change does not leave until that is decided"""
    one, = staff(town, 1)
    who, case = filled(town, one[0], major="测绘")
    O.submit(who, case)
    leaving = E.filled(town, [one])[1]
    O.submit(who, leaving, status=422).says("另一张在办的")


def test_reason(town):
    """HY-81 change: 业务事由 is what is corrected and how many, made from what the items change"""
    one, two = staff(town, 2)
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    E.pick(who, case, [one[0], two[0]])
    change(town, who, case, one[0], major="测绘", name=one[1] + "甲")
    change(town, who, case, two[0], school="湖南农业大学")
    who.get(case).says("姓名更正 1 人，学历学位变更 2 人")
    O.submit(who, case)
    assert town.one("SELECT reason FROM bz_case WHERE id = %d" % O.case_id(case)) == "姓名更正 1 人，学历学位变更 2 人"


def test_why_not(town):
    """HY-84 change: applied for online, three working days of the office by configuration, seen by the unit; a return and a refusal must say why"""
    one, = staff(town, 1)
    who, case = filled(town, one[0], major="测绘")
    O.submit(who, case)
    O.decide(O.log_in(town, "X307"), case, "pass")
    due = town.one("SELECT due_on FROM bz_case WHERE id = %d" % O.case_id(case))
    assert due > E.today(town), due
    for move in ("return", "reject"):
        assert O.decide(centre(town), case, move, "", status=422) is not None and O.state(town, case) == "open"
    O.decide(centre(town), case, "return", "请附说明")
    who.get(case).says("请附说明")


def test_forged(town):
    """change: somebody of another unit is not picked, an item is not typed in, another unit sees nothing"""
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    other = E.staff(town, 1, unit="S015")[0]
    E.pick(who, case, [other[0]], status=409).says("已不在本单位在编人员中")
    assert who.get(case + "/item/new").status == 404 and O.log_in(town, "S006").get(case).status == 404


def test_prints(town):
    """HY-82 change: 人员信息异动审批表 lists what has changed alone, with old, new and paper; as page and PDF, with a number, not before the approval"""
    one, = staff(town, 1)
    major = of(town, one[0], "major")
    who, case = filled(town, one[0], major="测绘", name=one[1] + "甲")
    assert who.get(case + "/print/approval").status == 409
    O.submit(who, case)
    to_last(town, case)
    O.decide(centre(town), case, "approve")
    assert D.press(who, case, "approval").status == 303
    page = who.get(case + "/print/approval")
    D.pdf(who, case, "approval")
    sheet, = page.all("approval")
    assert [(d.get("t"), d.get("old"), d.get("new"), d.get("by")) for d in sheet.iter("d")] == \
        [("姓名", one[1], one[1] + "甲", "身份证正反页、单位盖章证明"), ("专业", major, "测绘", "")], [d.attrib for d in sheet.iter("d")]
    html = who.get(case + "/print/approval", html=True).text
    for word in ("人员信息异动审批表", "变更前", "变更后", "依据（附件）", one[1] + "甲", "编异〔"):
        assert word in html, word
    assert town.one("SELECT label FROM bz_item WHERE case_id = %d" % O.case_id(case)) == one[1] + "甲"


def test_photo(town):
    """A5.3 change: a photo alone is a change; it becomes the person's, and the record says so"""
    one, = staff(town, 1)
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    E.pick(who, case, [one[0]])
    path = item(town, case, one[0])
    page = who.post(who.get(path).form("/item/"), files={"paper.new_photo": ("照片.png", T.photo())}, extra={"do": "save"})
    assert page.status == 303 and "done=item" in page.headers["location"], (page.text[:1500], who.get(path + "?check=1").errors())
    who.get(case).says("照片变更 1 人")
    O.submit(who, case)
    to_last(town, case)
    O.decide(centre(town), case, "approve")
    assert town.one("SELECT paper_id FROM st_person_photo WHERE person_id = %d" % one[0]) == town.one("SELECT id FROM bz_paper WHERE case_id = %d" % O.case_id(case))
    assert [r[0] for r in recorded(town, case)] == ["photo"]
