# 借调、混岗: who works elsewhere is counted at home, seen by both units, and told when the time is over.
# SPDX-License-Identifier: MulanPSL-2.0
import h_exit as E
import h_quota as H
import h_revoke as V
import office as O

UNIT, OTHER, SECTION = "X305", "D031", "xianshi"
NO = "示组调〔2026〕3号"


def day(town, ahead):
    return E.today(town, -ahead)


def new_case(town, who, action="1", unit=UNIT):
    page = who.post(who.get("/secondment/new").form("/secondment/new").set(unit=str(O.unit_id(town, unit)), action=action))
    assert page.status == 303, page.text[:1500]
    return page.headers["location"].split("?")[0]


def name_of(town, unit):
    return town.one("SELECT name FROM st_unit WHERE unit_code = '%s'" % unit)


def fill(town, who, case, person, status=303, **values):
    path = "%s/item/%s" % (case, E.items(town, case)[person])
    page = who.post(who.get(path).form("/item/").set(**values), extra={"do": "keep"})
    assert page.status == 303, page.text[:1500]
    form = who.get(path).form("/item/")
    form.set(**{k: v for k, v in values.items() if k in form.fields})
    page = who.post(form, files=O.scans(form), extra={"do": "save"})
    assert page.status == status, (page.status, page.text[:2500])
    return page


def filled(town, people, action="1", unit=UNIT, **values):
    who = O.log_in(town, unit)
    case = new_case(town, who, action, unit)
    E.pick(who, case, [p[0] for p in people])
    base = {"1": {"kind": "1", "workplace": name_of(town, OTHER), "workplace_post": "办公室", "since": day(town, 0), "until": day(town, 20)},
            "2": {"until": day(town, 200)}, "3": {"ended_on": day(town, 0)}}[action]
    for p in people:
        fill(town, who, case, p[0], **dict(base, **dict({"doc_no": NO}, **values)))
    return who, case


def handed(town, people, action="1", unit=UNIT, **values):
    who, case = filled(town, people, action, unit, **values)
    O.submit(who, case)
    if E.CHAIN[unit][0]:
        O.decide(O.log_in(town, E.CHAIN[unit][0]), case, "pass")
    return case


def approved(town, people, action="1", unit=UNIT, **values):
    case = handed(town, people, action, unit, **values)
    O.decide(O.log_in(town, E.CHAIN[unit][1]), case, "approve")
    assert O.state(town, case) == "done"
    return case


def place(town, person):
    return town.sql("SELECT IFNULL(w.live, 0), w.unit_name, w.unit_id, w.until, w.ended_on FROM st_workplace w JOIN st_employment e ON e.id = w.employment_id"
                    " WHERE e.person_id = %d ORDER BY w.id" % person)


def listed(page):
    return {"".join(r.find("c").itertext()): ["".join(c.itertext()) for c in r.iter("c")] for r in page.find(".//table[@id='away']").iter("r")}


def test_away(town):
    """secondment: who is registered elsewhere is counted at home alone, stands in the list of both units, printed whole from any page, and on the card, is told when the time runs out, lives on by 续期 and comes back by 结束"""
    one, = E.staff(town, 1)
    before = E.balance(town), E.balance(town, OTHER, "11")
    approved(town, [one])
    assert (E.balance(town), E.balance(town, OTHER, "11")) == before, "no book counts it"
    assert place(town, one[0]) == [["1", name_of(town, OTHER), str(O.unit_id(town, OTHER)), day(town, 20), "NULL"]], place(town, one[0])
    home, there = O.log_in(town, UNIT), O.log_in(town, OTHER)
    for who in (home, there):
        row = listed(who.get("/staffing/away/"))[one[1]]
        assert row[-1] == "20" and NO in row, row
    assert one[1] in listed(home.get("/staffing/away/?way=out")) and one[1] not in listed(home.get("/staffing/away/?way=in"))
    assert one[1] in listed(there.get("/staffing/away/?way=in")) and one[1] not in listed(there.get("/staffing/away/?way=out"))
    assert one[1] not in listed(O.log_in(town, "S006").get("/staffing/away/"))
    assert there.get("/staffing/person/%d" % one[0]).status == 404, "the card is theirs who count them"
    home.get("/staffing/person/%d" % one[0]).says("实际工作单位", name_of(town, OTHER), "办公室")
    assert one[1] in listed(home.get("/staffing/away/?due=1"))
    mine = town.one("SELECT w.id FROM st_workplace w JOIN st_employment e ON e.id = w.employment_id WHERE w.live = 1 AND e.person_id = %d" % one[0])
    for beside in ("above", "below"):
        assert one[1] in listed(home.get("/staffing/away/?as=print&%s=%s" % (beside, mine))), "what is printed is whole"
    count = int(town.one("SELECT COUNT(*) FROM st_workplace WHERE live = 1 AND until <= CURDATE() + INTERVAL 30 DAY"))
    office = O.log_in(town, SECTION).get("/")
    office.says("30 天内到期和已到期的借调、混岗")
    assert count > 0
    approved(town, [one], "2")
    assert place(town, one[0])[0][3] == day(town, 200) and one[1] not in listed(home.get("/staffing/away/?due=1"))
    approved(town, [one], "3")
    assert place(town, one[0])[0][0] == "0" and place(town, one[0])[0][4] == day(town, 0)
    assert one[1] not in listed(home.get("/staffing/away/")) and one[1] in listed(there.get("/staffing/away/?ended=1"))
    assert E.fine(town)


def test_outside(town):
    """secondment: a place outside of the system is told; 混编混岗 needs no last day; who leaves the roll is in the list no longer"""
    one, = E.staff(town, 1)
    who, case = filled(town, [one], workplace="某市派驻工作组", kind="2", until="")
    page = who.get(case + "/confirm")
    assert [e for e in page.all("warnings/e") if "不是本系统的单位" in "".join(e.itertext())], page.text[:1500]
    O.submit(who, case)
    O.decide(O.log_in(town, E.CHAIN[UNIT][0]), case, "pass")
    O.decide(O.log_in(town, SECTION), case, "approve")
    assert place(town, one[0])[0][1:4] == ["某市派驻工作组", "NULL", "NULL"]
    E.approved(town, [one])
    assert one[1] not in listed(who.get("/staffing/away/")) and one[1] in listed(who.get("/staffing/away/?ended=1"))


def test_refused(town):
    """bad input: a second place, an end or more time for who is nowhere else, the unit itself, a day before the entry, a last day before the first or gone by, an end to come: each is refused before it is handed in"""
    one, two = E.staff(town, 2)
    approved(town, [one])
    who, case = filled(town, [one])
    O.submit(who, case, status=422).says("该人员已登记在“%s”" % name_of(town, OTHER))
    for action in "23":
        case = new_case(town, who, action)
        E.pick(who, case, [two[0]])
        path = "%s/item/%s" % (case, E.items(town, case)[two[0]])
        page = who.post(who.get(path).form("/item/").set(doc_no=NO), extra={"do": "check"})
        assert "没有登记借调、混岗" in page.errors()["workplace"], page.errors()
    case = new_case(town, who)
    E.pick(who, case, [two[0]])
    path = "%s/item/%s" % (case, E.items(town, case)[two[0]])
    good = {"kind": "1", "workplace": name_of(town, OTHER), "since": day(town, 0), "until": day(town, 20), "doc_no": NO}
    for values, field, words in (({"workplace": name_of(town, UNIT)}, "workplace", "就是编制所在的单位"), ({"since": "1950-01-01"}, "since", "早于本单位入编时间"),
                                 ({"until": day(town, -1), "since": day(town, -2)}, "until", "已经过去"), ({"since": day(town, 21)}, "until", "早于起始日期"),
                                 ({"until": ""}, "until", "请填写"), ({"kind": ""}, "kind", "请选择"), ({"workplace": ""}, "workplace", "请填写"), ({"doc_no": ""}, "doc_no", "请填写"), ({"since": ""}, "since", "请填写")):
        page = who.post(who.get(path).form("/item/").set(**dict(good, **values)), extra={"do": "check"})
        assert words in page.errors().get(field, ""), (values, page.errors())
    case = new_case(town, who, "3")
    E.pick(who, case, [one[0]])
    path = "%s/item/%s" % (case, E.items(town, case)[one[0]])
    for ended, words in ((day(town, 1), "不能晚于今天"), (day(town, -1), "早于起始日期"), ("", "请填写")):
        page = who.post(who.get(path).form("/item/").set(ended_on=ended, doc_no=NO), extra={"do": "check"})
        assert words in page.errors().get("ended_on", ""), (ended, page.errors())
    case = new_case(town, who, "2")
    E.pick(who, case, [one[0]])
    path = "%s/item/%s" % (case, E.items(town, case)[one[0]])
    page = who.post(who.get(path).form("/item/").set(until=day(town, 20), doc_no=NO), extra={"do": "check"})
    assert "没有续期" in page.errors()["until"], page.errors()


def test_kept(town):
    """secondment: an end takes what was registered: another place sent with it is not read, and a case whose person has got another meanwhile is not handed in"""
    one, = E.staff(town, 1)
    approved(town, [one])
    who = O.log_in(town, UNIT)
    case = new_case(town, who, "3")
    E.pick(who, case, [one[0]])
    path = "%s/item/%s" % (case, E.items(town, case)[one[0]])
    form = who.get(path).form("/item/").set(ended_on=day(town, 0), doc_no=NO)
    page = who.post(form, extra={"do": "save", "workplace": "别的单位", "since": "2020-01-01"})
    assert page.status == 303, page.text[:2000]
    shown = {f.get("id"): f.get("v") for f in who.get(path).xml.iter("f")}
    assert shown["workplace"] == name_of(town, OTHER) and shown["since"] == day(town, 0), shown
    approved(town, [one], "2")
    O.submit(who, case, status=422)


def pressed(town, case, *, meanwhile):
    """The answer of an approval that has passed its checks and waits for the unit while MEANWHILE happens."""
    return H.pressed(town, [H.approval(town, case, SECTION)], "st_unit WHERE id = %d" % O.unit_id(town, UNIT), meanwhile)[0]


def test_meanwhile(town):
    """bad input: who got a place, lost theirs or left the roll between the checks and the approval is refused by the approval itself; nothing is done"""
    one, two, three = E.staff(town, 3)
    of = "SELECT id FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31'"
    case = handed(town, [one])
    page = pressed(town, case, meanwhile="INSERT INTO st_workplace (employment_id, kind, unit_name, doc_no, since, case_id)"
                                         " SELECT id, '2', '别处', '无', CURDATE(), 1 FROM (" + of % one[0] + ") e")
    assert page.status == 409 and [r[1] for r in place(town, one[0])] == ["别处"] and O.state(town, case) == "open", (page.status, place(town, one[0]))
    page.says("有人员已登记借调、混岗")
    approved(town, [two])
    case = handed(town, [two], "2")
    page = pressed(town, case, meanwhile="UPDATE st_workplace SET live = NULL WHERE employment_id = (" + of % two[0] + ")")
    assert page.status == 409 and place(town, two[0])[0][3] == day(town, 20) and O.state(town, case) == "open", page.status
    page.says("已经结束")
    case = handed(town, [three])
    page = pressed(town, case, meanwhile="UPDATE st_employment SET valid_to = CURDATE(), exit_reason = '99' WHERE person_id = %d AND valid_to = '9999-12-31'" % three[0])
    town.sql("UPDATE st_employment SET valid_to = '9999-12-31', exit_reason = NULL WHERE person_id = %d AND exit_reason = '99'" % three[0])
    assert page.status == 409 and not place(town, three[0]) and O.state(town, case) == "open", page.status
    page.says("已不在本单位在编")
    assert E.fine(town)


def test_twice(town):
    """secondment: of two presses of 核准 at once one goes through; who stands in another open case is refused there"""
    one, = E.staff(town, 1)
    case = handed(town, [one])
    who, other = filled(town, [one])
    O.submit(who, other, status=422).says("另一张在办的借调、混岗登记申请单")
    presses = [H.approval(town, case, SECTION) for _ in range(2)]
    pages = H.pressed(town, presses[:1], "st_unit WHERE id = %d" % O.unit_id(town, UNIT)) + [presses[1]()]
    assert [p.status == 303 for p in pages] == [True, False] and len(place(town, one[0])) == 1, [p.status for p in pages]


def test_who(town):
    """secondment: a unit registers its own people, the section of its office decides, the other unit and strangers see no case"""
    one, = E.staff(town, 1)
    case = handed(town, [one])
    for account in ("S006", OTHER):
        assert O.log_in(town, account).get(case).status in (403, 404), account
    assert O.log_in(town, "renshe").get("/secondment/").status == 403
    O.decide(O.log_in(town, SECTION), case, "return", "请核对")
    assert town.one("SELECT step FROM bz_case WHERE id = %d" % O.case_id(case)) == "draft" and not place(town, one[0])


def back(town, case, whom, status=303):
    return V.revoked(town, case, whom, status, boss="xianfen", by=SECTION, unit=UNIT)[0]


def stays(town, case, whom, *words):
    V.stopped(town, case, *words, whom=whom, by=SECTION, unit=UNIT)


def test_begin_back(town):
    """secondment: 撤销核准 of a registration: the place never was, in no list and on no card; the unit is told, another place can be registered; of two persons one alone"""
    one, two = E.staff(town, 2)
    case = approved(town, [one, two])
    back(town, case, [one[0]])
    assert not place(town, one[0]) and place(town, two[0])[0][0] == "1"
    home = O.log_in(town, UNIT)
    for who in (home, O.log_in(town, OTHER)):
        assert one[1] not in listed(who.get("/staffing/away/")) and two[1] in listed(who.get("/staffing/away/"))
    home.get("/inbox/").says("借调、混岗登记的核准已撤销")
    home.get(case).says("已撤销")
    approved(town, [one], workplace="省委专班")
    assert [p[1] for p in place(town, one[0])] == ["省委专班"]
    back(town, case, [two[0]])
    assert not place(town, two[0]) and E.fine(town)


def test_end_back(town):
    """secondment: 撤销核准 of an end: the place goes on until its last day; not where another was registered since, until that is taken back"""
    one, = E.staff(town, 1)
    approved(town, [one])
    ended = approved(town, [one], "3")
    assert place(town, one[0])[0][0] == "0"
    other = approved(town, [one], workplace="省委专班")
    stays(town, ended, [one[0]], "此后又办理了业务", "先撤销后一项")
    back(town, other, [one[0]])
    back(town, ended, [one[0]])
    assert place(town, one[0]) == [["1", name_of(town, OTHER), str(O.unit_id(town, OTHER)), day(town, 20), "NULL"]]
    assert E.fine(town)


def test_longer_back(town):
    """secondment: 撤销核准 of a 续期: the last day and the paper are those before it; the registration itself only afterwards"""
    one, = E.staff(town, 1)
    begun = approved(town, [one], doc_no="示组调〔2026〕1号")
    longer = approved(town, [one], "2")
    assert place(town, one[0])[0][3] == day(town, 200)
    stays(town, begun, [one[0]], "此后又办理了业务")
    back(town, longer, [one[0]])
    assert place(town, one[0])[0][3] == day(town, 20)
    assert town.one("SELECT w.doc_no FROM st_workplace w JOIN st_employment e ON e.id = w.employment_id WHERE e.person_id = %d" % one[0]) == "示组调〔2026〕1号"
    back(town, begun, [one[0]])
    assert not place(town, one[0]) and E.fine(town)


def test_back_left(town):
    """bad input: secondment: who has left the roll since has no place to be taken back"""
    one, = E.staff(town, 1)
    case = approved(town, [one])
    town.sql("UPDATE st_employment SET valid_to = CURDATE(), exit_reason = '99' WHERE person_id = %d AND valid_to = '9999-12-31'" % one[0])
    try:
        stays(town, case, [one[0]], "该人员已出编")
    finally:
        town.sql("UPDATE st_employment SET valid_to = '9999-12-31', exit_reason = NULL WHERE person_id = %d AND exit_reason = '99'" % one[0])
    assert place(town, one[0])[0][0] == "1"
