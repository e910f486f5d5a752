# 人员出编: people are ticked, leave the roll, and the book is right on each day.
# SPDX-License-Identifier: MulanPSL-2.0
import threading

import d_print as D
import h_use as U
import office as O
from h_quota import approval, pressed

UNIT, TYPE = "X305", "22"
CHAIN = {"X305": ("X307", "xianshi", "xianfen"), "D031": (None, "xingbian", "fenguan")}
RETIRED = {"exit_reason": "02", "doc_no": "示人社退〔2026〕11号"}
MOVED = {"exit_reason": "012", "destination": "邻省某市第三中学"}


def balance(town, unit=UNIT, of=TYPE, book="type"):
    return [int(v) for v in town.sql("SELECT approved, occupied, reserved FROM st_quota WHERE book = '%s' AND code = '%s' AND unit_id = %d"
                                     % (book, of, O.unit_id(town, unit)))[0]]


def today(town, back=0):
    return town.one("SELECT CURDATE() - INTERVAL %d DAY" % back)


def staff(town, n, unit=UNIT, kind=TYPE, more=""):
    """Persons on staff of the type, in no case: [(id, name, number)]."""
    rows = town.sql("SELECT p.id, p.name, p.id_number FROM st_employment e JOIN st_person p ON p.id = e.person_id"
                    " WHERE e.unit_id = %d AND e.staffing_type = '%s' AND e.valid_to = '9999-12-31' AND e.valid_from < CURDATE()"
                    " AND NOT EXISTS (SELECT 1 FROM bz_item i WHERE i.subject_id = p.id) %s ORDER BY e.id LIMIT %d"
                    % (O.unit_id(town, unit), kind, more, n))
    assert len(rows) == n, rows
    return [(int(r[0]), r[1], r[2]) for r in rows]


def new_case(town, who, unit=UNIT):
    page = who.post(who.get("/exit/new").form("/exit/new").set(unit=str(O.unit_id(town, unit))))
    assert page.status == 303, page.text[:1500]
    return page.headers["location"].split("?")[0]


def pick(who, case, ids, status=303, **values):
    page = who.post(who.get(case + "/pick").form("/pick").set(**values), extra={"do": "add", "pick": [str(i) for i in ids]})
    assert page.status == status, (page.status, page.text[:1500])
    return page


def items(town, case):
    """Ids of the items, by person."""
    return {int(r[0]): r[1] for r in town.sql("SELECT subject_id, id FROM bz_item WHERE case_id = %d" % O.case_id(case))}


def fill(town, who, case, person, do="save", status=303, **values):
    """How one of them leaves, with the papers that this asks for."""
    path = "%s/item/%s" % (case, items(town, case)[person])
    values = dict({"left_on": today(town)}, **values)
    page = who.post(who.get(path).form("/item/").set(**values), extra={"do": "keep"})
    assert page.status == 303, page.text[:1500]
    form = who.get(path).form("/item/").set(**values)
    page = who.post(form, files=O.scans(form), extra={"do": do})
    assert page.status == status, (page.status, page.text[:2500])
    return page


def filled(town, people, unit=UNIT, by=None, **values):
    """A case with all that is asked for: (who, path)."""
    who = O.log_in(town, by or unit)
    case = new_case(town, who, unit)
    pick(who, case, [p[0] for p in people])
    for p in people:
        fill(town, who, case, p[0], **(values or RETIRED))
    return who, case


def to_leader(town, case, unit=UNIT):
    for account in CHAIN[unit][:2]:
        if account:
            O.decide(O.log_in(town, account), case, "pass")


def leader(town, unit=UNIT):
    return O.log_in(town, CHAIN[unit][2])


def approved(town, people, unit=UNIT, **values):
    who, case = filled(town, people, unit, **values)
    O.submit(who, case)
    to_leader(town, case, unit)
    O.decide(leader(town, unit), case, "approve")
    assert O.state(town, case) == "done"
    return case


def refused(town, people, words, **values):
    """Not even handed in."""
    who, case = filled(town, people, **values)
    O.submit(who, case, status=422).says(words)
    return case


def ended(town, person):
    """(valid_to, exit_reason, case, happened_on, result, destination, doc_no, late) of who left."""
    return town.sql("SELECT e.valid_to, e.exit_reason, e.exit_case_id, x.happened_on, x.result_status, x.destination, x.doc_no, x.late"
                    " FROM st_employment e JOIN st_exit x ON x.employment_id = e.id WHERE e.person_id = %d" % person)


def fine(town):
    return town.tool("verify").returncode == 0


def rows(page):
    """The list to pick from: {name: (id that can be ticked or None, ticked)}."""
    table = page.xml.find(".//table[@id='pick']")
    return {"".join(r.find("c").itertext()): (r.get("pick"), r.get("on")) for r in table.iter("r")}


def test_leaves(town):
    """HY-70 HY-71 HY-72 HY-74 TS-36 exit: two are ticked, the unit's case passes 主管部门, section and leader; the day is that of the last approval, the book has one less of each on that day and not before"""
    one, two = staff(town, 2)
    cap, have, reserved = balance(town)
    who, case = filled(town, [one, two])
    who.get(case).says(one[1], "退休 2 人")
    O.submit(who, case)
    to_leader(town, case)
    assert balance(town) == [cap, have, reserved] and not ended(town, one[0]), "nobody leaves before the last approval"
    O.decide(leader(town), case, "approve")
    assert balance(town) == [cap, have - 2, reserved]
    for person in (one, two):
        assert ended(town, person[0]) == [[today(town), "02", str(O.case_id(case)), today(town), "41", "", RETIRED["doc_no"], "0"]], ended(town, person[0])
    posted = town.sql("SELECT book, amount, posted_on, paper FROM st_quota_posting WHERE case_id = %d AND person_id = %d ORDER BY book DESC"
                      % (O.case_id(case), one[0]))
    assert ["type", "-1", today(town), RETIRED["doc_no"]] in posted, posted
    assert who.get(case + "/item/" + items(town, case)[one[0]]).find(".//f[@id='exit_date']").get("v") == today(town)
    assert fine(town)


def test_picked(town):
    """HY-71 exit: who is on staff stands in a list to tick, without their number; who is in the case is told; several come at once, found by name or number, from several pages"""
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    people = staff(town, 60)
    page = who.get(case + "/pick")
    first, there = rows(page), people[0]
    assert first[there[1]] == (str(there[0]), None), first
    assert there[2] not in page.text, "the number is masked"
    later = next(p for p in people if p[1] not in first)
    form = page.form("/pick")
    form.fields["pick"] = str(there[0])
    for turn, value in [(b.get("n"), b.get("v")) for b in page.xml.iter("b") if b.get("to") == "next"]:
        page = who.post(form, extra={turn: value})
    assert page.status == 200 and not set(rows(page)) & set(first), "the second page"
    page.says("其他页已勾选 1 人")
    found = who.post(page.form("/pick").set(q=later[2].lower()), extra={"do": "find"})
    assert list(rows(found)) == [later[1]] and later[2] not in str(found.headers.get("location")), rows(found)
    form = found.form("/pick")
    assert form.fields["pick"] == str(there[0])
    assert who.post(form, extra={"do": "add", "pick": str(later[0])}).status == 303
    assert set(items(town, case)) == {there[0], later[0]}
    again = rows(who.get(case + "/pick"))
    assert again[there[1]] == (None, None), "who is in the case cannot be ticked"
    pick(who, case, [there[0]], status=422).says("没有勾选要添加的人员")
    looked = "SELECT COUNT(*) FROM bz_audit WHERE action = 'exit.lookup'"
    before = int(town.one(looked))
    assert before > 0
    form = who.get(case + "/pick").form("/pick").set(q=later[2])
    assert who.post(form, extra={"do": "add"}).status == 422 and int(town.one(looked)) == before + 1, "a list by number without a trace"


def test_forged(town):
    """HY-71 exit: somebody of another unit, somebody who left, more than a case holds, and an item typed in: each is refused, and nobody of that press is added"""
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    here, = staff(town, 1)
    other = staff(town, 1, unit="S015")[0]
    gone = town.one("SELECT person_id FROM st_employment e WHERE unit_id = %d AND valid_to < CURDATE() AND NOT EXISTS (SELECT 1 FROM st_employment o"
                    " WHERE o.person_id = e.person_id AND o.valid_to = '9999-12-31') LIMIT 1" % O.unit_id(town, UNIT))
    for stranger in [other[0], 999999999] + ([gone] if gone else []):
        pick(who, case, [here[0], stranger], status=409).says("已不在本单位在编人员中")
    pick(who, case, range(1, 202), status=422).says("一张申请单最多 200 人")
    assert not items(town, case)
    assert who.get(case + "/item/new").status == 404
    form = who.get(case + "/pick").form("/pick")
    form.action = form.action.replace("/pick", "/item/new")
    assert who.post(form.set(name="周文博", sex="1", id_number=O.new_number()), extra={"do": "save"}).status in (403, 404)
    assert not items(town, case)
    assert O.log_in(town, "S006").get(case + "/pick").status == 404


def test_reason(town):
    """HY-72 HY-73 exit: 调出 asks for 去向, retirement for its number, death for neither; the reason fits the staffing type; the papers follow it"""
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    one, = staff(town, 1)
    pick(who, case, [one[0]])
    offered = dict(who.get("%s/item/%s" % (case, items(town, case)[one[0]])).form("/item/").options["exit_reason"])
    assert "07" in offered and not {"11", "15", "16", "17"} & set(offered), offered
    for values, wrong in (({"exit_reason": "01"}, "destination"), ({"exit_reason": "02"}, "doc_no"), ({}, "exit_reason"), ({"exit_reason": "02", "left_on": ""}, "left_on")):
        form = who.get("%s/item/%s" % (case, items(town, case)[one[0]])).form("/item/").set(**dict({"left_on": today(town), "exit_reason": ""}, **values))
        page = who.post(form, extra={"do": "check"})
        assert wrong in page.errors(), (values, page.errors())
    form = who.get("%s/item/%s" % (case, items(town, case)[one[0]])).form("/item/").set(left_on=today(town), exit_reason="03")
    page = who.post(form, extra={"do": "check"})
    assert list(page.errors()) == ["paper.014"], page.errors()
    form.set(exit_reason="16")
    assert "exit_reason" in who.post(form, extra={"do": "check"}).errors()


def test_day(town):
    """TS-36 exit: 减员发生日期 is not to come and not before the entry"""
    one, = staff(town, 1)
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    pick(who, case, [one[0]])
    entered = town.one("SELECT valid_from - INTERVAL 1 DAY FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31'" % one[0])
    for day, words in ((today(town, -1), "不能晚于今天"), (entered, "早于本单位入编时间")):
        form = who.get("%s/item/%s" % (case, items(town, case)[one[0]])).form("/item/").set(left_on=day, **RETIRED)
        page = who.post(form, extra={"do": "check"})
        assert words in page.errors()["left_on"], page.errors()


def test_late(town):
    """TS-36 exit: after the end of the month that it happened in a reason is asked for; it is accepted, marked 逾期 and stays so"""
    one, = staff(town, 1)
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    pick(who, case, [one[0]])
    before = town.one("SELECT DATE_FORMAT(CURDATE(), '%Y-%m-01') - INTERVAL 1 DAY")
    path = "%s/item/%s" % (case, items(town, case)[one[0]])
    page = who.post(who.get(path).form("/item/").set(left_on=before, **RETIRED), extra={"do": "check"})
    assert "应在 %s 前上报" % before in page.errors()["late_reason"], page.errors()
    fill(town, who, case, one[0], left_on=before, late_reason="文件送达晚", **RETIRED)
    O.submit(who, case)
    to_leader(town, case)
    O.decide(leader(town), case, "approve")
    assert ended(town, one[0])[0][3] == before and ended(town, one[0])[0][7] == "1"


def test_late_holds_up_use(town):
    """TS-36 A5.13 use: where an office says so nothing is granted to a unit for some days after it reported an exit late, nor moves on; an exit in time holds up nothing"""
    agency, section = "D031", CHAIN["D031"][1]
    one, two = staff(town, 2, agency, "11")
    by, lines = O.log_in(town, agency), [("01", "11", 1)]
    O.make_room(town, 6, agency, "11")
    O.make_room(town, 3, U.UNIT, U.TYPE)
    under_way, later = U.apply(town, by, lines, agency), U.apply(town, by, lines, agency)
    approved(town, [two], agency)
    office = "[office 480300]\noption.use.late_holds=yes\noption.use.late_days=%d\n"
    with town.otherwise(office % 30):
        O.submit(by, under_way)
        approved(town, [one], agency, left_on=town.one("SELECT DATE_FORMAT(CURDATE(), '%Y-%m-01') - INTERVAL 1 DAY"), late_reason="文件送达晚", **RETIRED)
        O.submit(by, later, status=422).says("30 天内有 1 人逾期办理出编（最近一次 %s）" % today(town), "请于 %s 起再上报" % today(town, -30))
        O.decide(O.log_in(town, section), under_way, "pass", status=422).says("逾期办理出编")
        assert O.state(town, under_way) == "open"
        other = O.log_in(town, U.PARENT)
        O.submit(other, U.apply(town, other, [(U.WAY, U.TYPE, 1)]))
    with town.otherwise(office % 1, now=today(town, -2) + " 09:00:00"):
        O.decide(O.log_in(town, section), under_way, "pass")
    O.submit(by, later)


def test_elsewhere(town):
    """exit: who stands in another open case is refused there and, once that is decided, is no longer on staff"""
    one, = staff(town, 1)
    who, first = filled(town, [one])
    second = filled(town, [one])[1]
    O.submit(who, first)
    O.submit(who, second, status=422).says("另一张在办的人员出编申请单")
    to_leader(town, first)
    O.decide(leader(town), first, "approve")
    O.submit(who, second, status=422).says("已不在本单位在编")


def test_at_once(town):
    """exit: of two approvals at once, of one case or of two about one person, one goes through and posts once"""
    one, = staff(town, 1)
    have = balance(town)[1]
    who, case = filled(town, [one])
    O.submit(who, case)
    to_leader(town, case)
    other = filled(town, [one])[1]
    town.sql("UPDATE bz_case SET state = 'open', step = 'leader', submitted_by = created_by, submitted_at = NOW() WHERE id = %d" % O.case_id(other))
    forms = []
    for path in (case, case, other):
        who = leader(town)
        forms.append((who, who.get(path + "/review").form("/move").set(opinion="")))
    answers = []

    def run(who, form):
        page = who.post(form, extra={"move": "approve"})
        again = O.asked(page)
        answers.append(who.post(again, extra={"move": "approve"}).status if again else page.status)
    threads = [threading.Thread(target=run, args=f) for f in forms]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sum(a == 303 for a in answers) <= 1 and balance(town)[1] in (have, have - 1), answers
    town.sql("UPDATE bz_case SET state = 'cancelled', step = 'cancelled' WHERE id = %d" % O.case_id(other))
    if O.state(town, case) != "done":
        O.decide(leader(town), case, "approve")
    assert balance(town)[1] == have - 1 and len(ended(town, one[0])) == 1 and fine(town)


def at_leader(town):
    """(who leaves, their case, which only waits for 核准)."""
    one, = staff(town, 1)
    who, case = filled(town, [one])
    O.submit(who, case)
    to_leader(town, case)
    return one[0], case


def untouched(town, person, case, have):
    """Nobody left, and the case goes on as if nothing had been."""
    assert balance(town)[1] == have and O.state(town, case) == "open" and not ended(town, person)
    O.decide(leader(town), case, "approve")
    assert balance(town)[1] == have - 1 and len(ended(town, person)) == 1 and fine(town)


def test_twice(town):
    """exit: of two approvals of one case at once the second waits for the first and is told that the case is decided, not that somebody is gone"""
    have = balance(town)[1]
    person, case = at_leader(town)
    first, second = pressed(town, [approval(town, case, CHAIN[UNIT][2]) for _ in range(2)], "bz_case WHERE id = %d" % O.case_id(case))
    assert first.status == 303 and second.status == 409 and "在编" not in second.text, (first.status, second.text[:1500])
    second.says("已核准")
    assert balance(town)[1] == have - 1 and len(ended(town, person)) == 1 and fine(town)


def test_decided_meanwhile(town):
    """exit: an approval that waited for its case goes by what the case is then; of one that went back nobody leaves"""
    have = balance(town)[1]
    person, case = at_leader(town)
    this = "bz_case WHERE id = %d" % O.case_id(case)
    page, = pressed(town, [approval(town, case, CHAIN[UNIT][2])], this, "UPDATE %s" % this.replace("WHERE", "SET state = 'returned', step = 'draft' WHERE"))
    assert page.status in (403, 409), (page.status, page.text[:1500])
    town.sql("UPDATE bz_case SET state = 'open', step = 'leader' WHERE id = %d" % O.case_id(case))
    untouched(town, person, case, have)


def test_gone_meanwhile(town):
    """exit: who left by another way while the approval waited does not leave again, though the approval saw them there"""
    have = balance(town)[1]
    person, case = at_leader(town)
    place = "WHERE person_id = %d AND valid_to %s" % (person, "%s")
    leaves = "UPDATE st_employment SET valid_to = CURDATE(), exit_reason = '02' " + place % "= '9999-12-31'"
    page, = pressed(town, [approval(town, case, CHAIN[UNIT][2])], "st_gate", leaves)
    assert page.status == 409, (page.status, page.text[:1500])
    page.says("已不在本单位在编")
    town.sql("UPDATE st_employment SET valid_to = '9999-12-31', exit_reason = NULL " + place % "= CURDATE()")
    untouched(town, person, case, have)


def test_recorded_meanwhile(town):
    """exit: how an employment ended stands once; an approval that would write it a second time is undone as a whole"""
    have = balance(town)[1]
    person, case = at_leader(town)
    kept = "FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31'" % person
    page, = pressed(town, [approval(town, case, CHAIN[UNIT][2])], "st_gate",
                    "INSERT INTO st_exit (employment_id, happened_on, result_status) SELECT id, CURDATE(), '41' " + kept)
    assert page.status == 409, (page.status, page.text[:1500])
    town.sql("DELETE FROM st_exit WHERE employment_id = (SELECT id %s)" % kept)
    untouched(town, person, case, have)


def test_post(town):
    """exit: who held a leading post frees its seat and its class"""
    where = " AND EXISTS (SELECT 1 FROM st_duty d JOIN st_post o ON o.id = d.post_id JOIN st_quota q ON q.unit_id = e.unit_id AND q.book = 'lead'" \
            " AND q.code = o.leader_class WHERE d.employment_id = e.id)"
    one = staff(town, 1, "D031", "11", where)[0]
    post, lead = town.sql("SELECT d.post_id, o.leader_class FROM st_duty d JOIN st_post o ON o.id = d.post_id JOIN st_employment e ON e.id = d.employment_id"
                          " WHERE e.person_id = %d AND e.valid_to = '9999-12-31' LIMIT 1" % one[0])[0]
    holders = "SELECT COUNT(*) FROM st_duty d JOIN st_employment e ON e.id = d.employment_id WHERE d.post_id = %s AND e.valid_to > CURDATE()" % post
    had, led = int(town.one(holders)), balance(town, "D031", lead, "lead")[1]
    approved(town, [one], "D031", **RETIRED)
    assert int(town.one(holders)) == had - 1 and balance(town, "D031", lead, "lead")[1] == led - 1 and fine(town)


def test_today(town):
    """exit: who entered today leaves tomorrow at the earliest"""
    one, = staff(town, 1)
    who, case = filled(town, [one])
    was = town.one("SELECT valid_from FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31'" % one[0])
    O.submit(who, case)
    to_leader(town, case)
    town.sql("UPDATE st_employment SET valid_from = CURDATE() WHERE person_id = %d AND valid_to = '9999-12-31'" % one[0])
    try:
        O.decide(leader(town), case, "approve", status=409).says("今天才入编")
        assert O.state(town, case) == "open" and not ended(town, one[0])
    finally:
        town.sql("UPDATE st_employment SET valid_from = '%s' WHERE person_id = %d AND valid_to = '9999-12-31'" % (was, one[0]))


def test_corrected(town):
    """HY-72 exit: the section replaces reason, day and destination of the unit; both see what was and what is; nobody else can, and nothing else changes"""
    one, = staff(town, 1)
    who, case = filled(town, [one])
    path = "%s/item/%s/correct" % (case, items(town, case)[one[0]])
    section = O.log_in(town, CHAIN[UNIT][1])
    O.submit(who, case)
    assert who.get(path).status == 403 and section.get(path).status == 409, "the parent's turn"
    O.decide(O.log_in(town, CHAIN[UNIT][0]), case, "pass")
    assert path in [(i.get("href") or "").replace("/bianzhi", "", 1) for i in section.get(case + "/review").all("item")] \
        or path in [i.get("href") for i in section.get(case + "/review").all("item")]
    page = section.get(path)
    form = page.form("/correct")
    assert set(form.fields) - {"version"} <= {"exit_reason", "left_on", "destination", "doc_no", "late_reason"}, form.fields
    stale = section.get(path).form("/correct")
    page = section.post(form.set(exit_reason="011"))
    assert page.status == 422 and "destination" in page.errors(), page.errors()
    form = page.form("/correct").set(exit_reason="021", doc_no="示人社退〔2026〕12号", note="不是科里填的", name="别人", staffing_type="11")
    page = section.post(form)
    assert page.status == 303, page.text[:1500]
    assert section.post(stale.set(exit_reason="022")).status == 409
    body = town.one("SELECT body FROM bz_item WHERE id = %s" % items(town, case)[one[0]])
    assert "<exit_reason>021</exit_reason>" in body and one[1] in body and "别人" not in body and "不是科里填的" not in body, body
    for reader, address in ((who, case), (leader(town), case + "/review")):
        told = [["".join(c.itertext()) for c in r.iter("c")] for r in reader.get(address).xml.find(".//table[@id='corrections']").iter("r")]
        assert [t[1:5] for t in told] == [["出编原因", "退休", "提前退休", "业务科核定"],
                                          ["出编文号", RETIRED["doc_no"], "示人社退〔2026〕12号", "业务科核定"]], told
    who.get(case).says("提前退休 1 人")
    O.decide(section, case, "pass")
    assert section.get(path).status == 409
    O.decide(leader(town), case, "approve")
    assert ended(town, one[0])[0][1] == "021"
    assert town.one("SELECT COUNT(*) FROM bz_audit WHERE action = 'exit.correct'") != "0"


def test_prints(town):
    """HY-74 exit: 出编通知单 in two copies for each person with the figures of the book just before and after, 出编（核减）申请表 and 编制核销回执 of the case; as pages and PDF, with a number, not before the approval"""
    one, two = staff(town, 2)
    who, case = filled(town, [one, two])
    assert who.get(case + "/print/notice").status == 409
    O.submit(who, case)
    to_leader(town, case)
    cap, have = balance(town)[:2]
    O.decide(leader(town), case, "approve")
    assert D.press(who, case).status == 303
    page = who.get(case + "/print/all")
    notices = page.all("notice")
    assert [n.get("no") for n in notices] == [notices[0].get("no")] * 2 and "编出〔" in notices[0].get("no"), notices[0].get("no")
    assert [[c.get("t") for c in n.iter("copy")] for n in notices] == [["编办", "用编单位"]] * 2
    assert [[n.find("quota").get(k) for k in ("cap", "before", "after")] for n in notices] == \
        [[str(cap), str(have), str(have - 1)], [str(cap), str(have - 1), str(have - 2)]], [n.find("quota").attrib for n in notices]
    assert notices[0].findtext("item/exit_date") == today(town) and notices[0].findtext("item/exit_reason") == "退休"
    assert len(page.all("application")) == 1 and len(page.all("application/item")) == 2
    told, = page.all("clearance")
    assert [c.get("t") for c in told.iter("copy")] == ["用编单位", "人力资源社会保障部门", "财政部门"] and told.get("no") == notices[0].get("no")
    assert [i.findtext("name") for i in told.iter("item")] == [one[1], two[1]]
    html = who.get(case + "/print/all", html=True).text
    for word in ("出编通知单", "编制核销回执", "起核销下列 2 名人员的编制", "财政部门", "出编（核减）申请表", one[1], one[2], "核销意见", "第二联", RETIRED["doc_no"]):
        assert word in html, word
    D.pdf(who, case)


def test_left(town):
    """TS-20 TS-36 exit: 减少人员 lists who left with reason, day and 逾期, counted; by unit, reason, day and 逾期; the card says what they are since; another unit sees none of them"""
    one, two = staff(town, 2)
    before = town.one("SELECT DATE_FORMAT(CURDATE(), '%Y-%m-01') - INTERVAL 1 DAY")
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    pick(who, case, [one[0], two[0]])
    fill(town, who, case, one[0], **RETIRED)
    fill(town, who, case, two[0], left_on=before, late_reason="商调函送达晚", **MOVED)
    O.submit(who, case)
    to_leader(town, case)
    O.decide(leader(town), case, "approve")

    def listed(page):
        return {"".join(r[0].itertext()): ["".join(c.itertext()) for c in r] for r in ([*r.iter("c")] for r in page.xml.find(".//table[@id='left']").iter("r"))}
    page = who.get("/staffing/left/")
    rows = listed(page)
    assert rows[one[1]][5:] == ["退休", today(town), today(town), "", ""] and one[2] not in page.text, rows[one[1]]
    assert rows[two[1]][5:] == ["调往市外", before, today(town), MOVED["destination"], "逾期"], rows[two[1]]
    n, late = town.sql("SELECT COUNT(*), SUM(COALESCE(x.late, 0)) FROM st_employment e LEFT JOIN st_exit x ON x.employment_id = e.id WHERE e.unit_id = %d"
                       " AND e.valid_to < '9999-12-31' AND e.exit_reason != '17'" % O.unit_id(town, UNIT))[0]
    page.says("共 %s 人，其中逾期 %s 人" % (n, late))
    assert set(listed(who.get("/staffing/left/?late=1"))) >= {two[1]} and one[1] not in listed(who.get("/staffing/left/?late=1"))
    assert one[1] in listed(who.get("/staffing/left/?reason=02")) and two[1] not in listed(who.get("/staffing/left/?reason=02"))
    assert two[1] in listed(who.get("/staffing/left/?reason=01")), "011 and 012 are kinds of 01"
    assert not listed(who.get("/staffing/left/?from=%s" % today(town, -1)))
    for day in ("2026-13-40", "11/20/2026"):
        who.get("/staffing/left/?from=" + day).says("无法识别")
    assert one[1] in who.get("/staffing/left/?as=print", html=True).text
    who.get("/staffing/person/%d" % two[0]).says("调出", "减员发生日期", before, MOVED["destination"], "商调函送达晚")
    for page in (O.clerk(town, "D031").get("/staffing/left/"), O.clerk(town, "D031").get("/staffing/left/?unit=%d" % O.unit_id(town, UNIT))):
        assert two[1] not in page.text


def test_left_is_cut(town):
    """TS-20 减少人员: a list too long for one sheet says so, printed, and what to do; a narrower one is whole"""
    unit = O.unit_id(town, UNIT)
    town.sql("INSERT INTO st_person (name, sex, id_number, birth_date, ethnic, political, work_start, education)"
             " SELECT '离编', '1', CONCAT('LEFT', seq), '1960-01-01', '01', '13', '1980-01-01', '21' FROM seq_1_to_5001;"
             "INSERT INTO st_employment (person_id, unit_id, valid_from, valid_to, staffing_type, funding, person_status, entry_mode, exit_reason)"
             " SELECT id, %d, '1980-01-01', IF(id_number = 'LEFT1', '2001-01-02', '2001-01-01'), '22', '1', '11', '09', '02' FROM st_person WHERE name = '离编'" % unit)
    try:
        who = O.clerk(town, UNIT)
        whole = who.get("/staffing/left/?to=2001-12-31&as=print")
        whole.says("人数太多，没有全部列出", "请缩小出编时间的范围")
        narrow = who.get("/staffing/left/?from=2001-1-2&to=2001-12-31&as=print")
        assert "没有全部列出" not in narrow.text and len(list(narrow.xml.iter("r"))) == 1, narrow.text[:1500]
    finally:
        town.sql("DELETE FROM st_employment WHERE person_id IN (SELECT id FROM st_person WHERE name = '离编'); DELETE FROM st_person WHERE name = '离编'")


def handed_in(town, case, day):
    """The case and who is in it, as if all of it had been on DAY."""
    town.sql("UPDATE bz_move SET at = '%s 10:00:00' WHERE case_id = %d" % (day, O.case_id(case)))
    town.sql("UPDATE bz_item SET added_at = '%s 09:00:00' WHERE case_id = %d" % (day, O.case_id(case)))


def is_late(who, case, item):
    page = who.post(who.get("%s/item/%s" % (case, item)).form("/item/").set(late_reason=""), extra={"do": "check"})
    return "late_reason" in page.errors()


def test_in_time(town):
    """TS-36 exit: a return, whole or of a part, does not make late what was handed in in time; what was taken back was not handed in, nor who was added since"""
    one, two, three = staff(town, 3)
    before = town.one("SELECT DATE_FORMAT(CURDATE(), '%Y-%m-01') - INTERVAL 1 DAY")
    who = O.clerk(town, UNIT)
    case = new_case(town, who)
    pick(who, case, [one[0], two[0]])
    for person in (one, two):
        fill(town, who, case, person[0], left_on=before, late_reason="文件晚到", **RETIRED)
    O.submit(who, case)
    handed_in(town, case, before)
    O.decide(O.log_in(town, CHAIN[UNIT][0]), case, "return", "请核对")
    assert not is_late(who, case, items(town, case)[one[0]])
    pick(who, case, [three[0]])
    fill(town, who, case, three[0], left_on=before, late_reason="文件晚到", **RETIRED)
    assert is_late(who, case, items(town, case)[three[0]]), "who was added since was not handed in in time"
    assert who.post(who.get("%s/item/%s/remove" % (case, items(town, case)[three[0]])).form("/remove")).status == 303
    O.submit(who, case)
    boss = [O.log_in(town, a) for a in CHAIN[UNIT]]
    O.decide(boss[0], case, "pass")
    O.decide(boss[1], case, "pass")
    both = items(town, case)
    page = O.press(boss[2], boss[2].get(case + "/review").form("/move").set(opinion="一人再核"), "part", take=[both[one[0]]])
    assert page.status == 303, page.text[:1500]
    rest = "/exit/" + town.one("SELECT id FROM bz_case WHERE split_from = %d" % O.case_id(case))
    assert list(items(town, rest)) == [two[0]] and not is_late(who, rest, both[two[0]]), "the rest of a part was handed in with the whole"
    O.submit(who, rest)
    assert who.post(who.get(rest).form("/move"), extra={"move": "withdraw"}).status == 303
    assert is_late(who, rest, both[two[0]])


def test_corrected_day(town):
    """TS-36 exit: the day that the section puts right to one after the handing-in is in time, and asks the leader for nothing"""
    one, = staff(town, 1)
    who, boss = O.clerk(town, UNIT), [O.log_in(town, a) for a in CHAIN[UNIT]]
    case = new_case(town, who)
    pick(who, case, [one[0]])
    fill(town, who, case, one[0], left_on=today(town, 1), **dict(RETIRED, late_reason="文件晚到") if today(town, 1)[:7] != today(town)[:7] else RETIRED)
    O.submit(who, case)
    O.decide(boss[0], case, "pass")
    past = town.one("SELECT DATE_FORMAT(CURDATE(), '%Y-%m-01') - INTERVAL 3 DAY")
    later = town.one("SELECT DATE_FORMAT(CURDATE(), '%Y-%m-01') - INTERVAL 1 DAY")
    handed_in(town, case, past)
    path = "%s/item/%s/correct" % (case, items(town, case)[one[0]])
    page = boss[1].post(boss[1].get(path).form("/correct").set(left_on=later), extra={"do": "save"})
    assert page.status == 303, page.text[:2000]
    O.decide(boss[1], case, "pass")
    O.decide(boss[2], case, "approve")
    assert O.state(town, case) == "done"
    assert town.one("SELECT x.late FROM st_exit x JOIN st_employment e ON e.id = x.employment_id WHERE e.exit_case_id = %d" % O.case_id(case)) == "0"
