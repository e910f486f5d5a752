# 调动: an exit at one unit and an entry at another end together or not at all (A5.11).
# SPDX-License-Identifier: MulanPSL-2.0
import threading

import h_exit as E
import office as O
from h_quota import pressed

TYPE = "22"
FROM, TO, FAR = "X305", "S006", "S015"      # a school of a county, one of the city (another office), and somebody else
CHAINS = {"X305": ("X307", "xianshi", "xianfen"), "S006": ("D003", "shibian", "fenguan"), "D031": (None, "xingbian", "fenguan")}


def figures(town, unit, book="type", code=TYPE):
    """[实有, 已批未用, 在途调入, 在途调出]"""
    return [int(v) for v in town.sql("SELECT occupied, reserved, incoming, outgoing FROM st_quota WHERE book = '%s' AND code = '%s' AND unit_id = %d"
                                     % (book, code, O.unit_id(town, unit)))[0]]


def plus(figures, *by):
    return [a + b for a, b in zip(figures, by)]


def room(town, unit=TO, posts=6):
    O.make_room(town, posts, unit, TYPE)
    O.make_room(town, 30, unit, "2", "structure")


def people(town, n=1, unit=FROM, kind=TYPE):
    """Young persons on staff, in no case: [(id, name, number, sex)]."""
    rows = town.sql("SELECT p.id, p.name, p.id_number, p.sex FROM st_employment e JOIN st_person p ON p.id = e.person_id"
                    " WHERE e.unit_id = %d AND e.staffing_type = '%s' AND e.valid_to = '9999-12-31' AND e.valid_from < CURDATE()"
                    " AND p.birth_date > '1982-01-01' AND NOT EXISTS (SELECT 1 FROM bz_item i WHERE i.subject_key = p.id_number)"
                    " AND NOT EXISTS (SELECT 1 FROM st_person q WHERE q.name = p.name AND q.id != p.id) ORDER BY e.id LIMIT %d"
                    % (O.unit_id(town, unit), kind, n))
    assert len(rows) == n, rows
    return [(int(r[0]), r[1], r[2], r[3]) for r in rows]


def name_of(town, unit):
    return town.one("SELECT name FROM st_unit WHERE unit_code = '%s'" % unit)


def coming(town, who, to=TO, mode="06", slip="", **values):
    """An entry of WHO, filled in, not handed in: (clerk, path)."""
    clerk = O.clerk(town, to)
    case = O.new_case(clerk, mode, **({"slip": slip} if slip else {}))
    O.add_paper(clerk, case)
    for _, name, number, sex in who:
        O.add_person(clerk, case, name=name, number=number, sex=sex, **(values or O.PUBLIC))
    return clerk, case


def leaving(town, who, unit=FROM, to=TO, reason="011"):
    """An exit of WHO to a unit, filled in, not handed in: (clerk, path)."""
    return E.filled(town, who, unit, exit_reason=reason, destination=name_of(town, to))


def waiting(browser, business):
    """What other units have opened: addresses of the rows."""
    table = browser.get("/%s/pair/" % business).xml.find(".//table[@id='pairs']")
    return [r.findall("c")[-1].get("href").replace("/bianzhi", "", 1) for r in table.findall("r")]


def begun(town, unit, business):
    """办理调出, 办理接收: (clerk, path) of the case that the newest waiting pair makes."""
    clerk = O.clerk(town, unit)
    pair = max(waiting(clerk, business), key=lambda path: int(path.rsplit("/", 1)[1]))
    page = clerk.post(clerk.get(pair).form("/pair/"), extra={"do": "begin"})
    assert page.status == 303, (page.status, page.text[:2000])
    return clerk, page.headers["location"].split("?")[0]


def complete_exit(town, clerk, case):
    """What the exit that was begun so needs still: the day and the papers."""
    for person in E.items(town, case):
        E.fill(town, clerk, case, person)


def complete_entry(town, clerk, case):
    O.add_paper(clerk, case)
    for item in E.items(town, case).values():
        path = "%s/item/%s" % (case, item)
        form = clerk.get(path).form("/item/")
        keep = {k: form.fields.get(k) for k in ("name", "sex", "id_number")}
        form.fields.update(dict(O.PERSON, **O.PUBLIC))
        form.fields.update(keep)
        page = clerk.post(form, files=O.scans(form), extra={"do": "save"})
        assert page.status == 303, (page.status, page.text[:2500])


def to_leader(town, case, unit):
    """An exit, handed in and brought before the leader."""
    for account in filter(None, CHAINS[unit][:2]):
        O.decide(O.log_in(town, account), case, "pass")


def leader(town, unit=FROM):
    return O.log_in(town, CHAINS[unit][2])


def both(town, who, unit=FROM, to=TO, mode="06", slip=""):
    """The new unit begins, the old one follows; both wait for their last approval: (exit, entry)."""
    room(town, to)
    clerk, entry = coming(town, who, to, mode, slip)
    O.submit(clerk, entry)
    clerk, leave = begun(town, unit, "exit")
    complete_exit(town, clerk, leave)
    O.submit(clerk, leave)
    to_leader(town, leave, unit)
    return leave, entry


def one_pair(town):
    """One person's transfer, both sides handed in: (who, exit, entry, figures of both units before it is decided)."""
    who = people(town, 1)
    leave, entry = both(town, who)
    return who, leave, entry, (figures(town, FROM), figures(town, TO))


def entry_boss(town):
    return O.reviewer(town)


def step(town, case):
    return town.one("SELECT step FROM bz_case WHERE id = %d" % O.case_id(case))


def number(town, case):
    return town.one("SELECT COALESCE(result_number, '') FROM bz_case WHERE id = %d" % O.case_id(case))


def pair_of(town, case):
    return town.sql("SELECT state, why, until FROM bz_pair WHERE %d IN (first_case_id, second_case_id) ORDER BY id DESC LIMIT 1" % O.case_id(case))[0]


def place(town, person):
    """[(unit, from, to)] of the last two employments, the newest first."""
    return town.sql("SELECT u.unit_code, e.valid_from, e.valid_to FROM st_employment e JOIN st_unit u ON u.id = e.unit_id WHERE e.person_id = %d"
                    " ORDER BY e.valid_from DESC LIMIT 2" % person)


def fine(town):
    out = town.tool("verify", check=False)
    assert out.returncode == 0, out.stdout[-1500:]


def moved(town, who, leave, entry, before, unit=FROM, to=TO, code=TYPE):
    """Both are done, on one day, and counted once."""
    today = E.today(town)
    assert [O.state(town, c) for c in (leave, entry)] == ["done"] * 2
    assert number(town, leave) and number(town, entry)
    for person in who:
        assert place(town, person[0])[0] == [to, today, "9999-12-31"] and place(town, person[0])[1][0::2] == [unit, today], place(town, person[0])
    n = len(who)
    assert figures(town, unit, "type", code) == plus(before[0], -n, 0, 0, 0) and figures(town, to, "type", code) == plus(before[1], n, 0, 0, 0)
    assert pair_of(town, leave)[0] == "closed" and town.one("SELECT COUNT(*) FROM st_transit") == "0"
    fine(town)


def test_new_unit_begins(town):
    """HY-18 A5.11 transfer: 验证 offers 调动, 上报 opens it; the old unit finds it waiting, begins with one button, and both end on the day of the last approval, counted as 在途 meanwhile"""
    who = people(town, 2)
    room(town)
    before = figures(town, FROM), figures(town, TO)
    clerk = O.clerk(town, TO)
    case = O.new_case(clerk, "06")
    page = O.item_page(clerk, case, who[0][1], who[0][2], who[0][3])
    page.says("上报后向原单位发起调动", name_of(town, FROM))
    assert page.form("/item/").fields["from_unit"] == name_of(town, FROM)
    clerk, entry = coming(town, who)
    assert not waiting(O.clerk(town, FROM), "exit"), "nothing is opened before 上报"
    O.submit(clerk, entry)
    old = O.clerk(town, FROM)
    assert len(waiting(old, "exit")) == 1 and len(waiting(O.log_in(town, CHAINS[FROM][0]), "exit")) == 1, "the old unit and the one above it"
    assert not waiting(O.clerk(town, "D031"), "exit") and not waiting(O.clerk(town, TO), "exit")
    old.get("/").says("待办调出")
    old.get("/inbox/").says("对方单位发起调动")
    clerk.get(entry).says("未开始办理", name_of(town, FROM))
    old, leave = begun(town, FROM, "exit")
    old.get(leave).says(name_of(town, TO), who[0][1], who[1][1])
    item = old.get("%s/item/%s" % (leave, E.items(town, leave)[who[0][0]])).form("/item/").fields
    assert (item["exit_reason"], item["destination"]) == ("011", name_of(town, TO)), item
    assert not waiting(old, "exit"), "it is begun once"
    complete_exit(town, old, leave)
    O.submit(old, leave)
    to_leader(town, leave, FROM)
    leader(town).get(leave + "/review").says("对方业务状态", "事务中心审核")
    page = O.decide(leader(town), leave, "approve")
    assert page.headers["location"].endswith("done=held"), page.headers["location"]
    assert step(town, leave) == "held" and O.state(town, leave) == "open" and not number(town, leave)
    assert not [c for c in leader(town).get("/exit/?tab=todo").xml.iter("r") if leave in (c.get("href") or "")], "on nobody's desk"
    old.get(leave).says("已同意，待对方办结")
    assert figures(town, FROM) == plus(before[0], 0, 0, 0, 2) and figures(town, TO) == before[1] and not E.ended(town, who[0][0])
    posted = "SELECT SUM(amount) FROM st_quota_posting WHERE unit_id = %d AND book = 'type' AND account = 'outgoing' AND posted_on <= '%s'"
    assert town.one(posted % (O.unit_id(town, FROM), E.today(town))) == "2" and town.one(posted % (O.unit_id(town, FROM), E.today(town, 1))) in ("0", "NULL")
    old.get("/staffing/unit/%d/postings?book=type&code=%s&account=outgoing" % (O.unit_id(town, FROM), TYPE)).says("在途调出", "+1")
    fine(town)
    clerk.get("/inbox/").says("对方单位的业务已同意")
    entry_boss(town).get(entry + "/review").says("已同意，待对方办结")
    O.decide(entry_boss(town), entry, "approve")
    moved(town, who, leave, entry, before)
    old.get(leave).says("同时办结", "通知单编号")


def test_old_unit_begins(town):
    """A5.11 transfer: an exit to a unit of the system opens it; the new unit finds 待接收人员, begins its entry with the persons; approved first it holds 在途调入, the exit's approval ends both"""
    who = people(town, 1)
    room(town)
    before = figures(town, FROM), figures(town, TO)
    clerk, leave = leaving(town, who)
    O.submit(clerk, leave)
    O.clerk(town, TO).get("/").says("待接收人员")
    new, entry = begun(town, TO, "entry")
    assert new.get(entry).form(entry).fields["entry_mode"] == "06"
    complete_entry(town, new, entry)
    O.submit(new, entry)
    O.decide(entry_boss(town), entry, "approve")
    assert step(town, entry) == "held" and figures(town, TO) == plus(before[1], 0, 0, 1, 0) and figures(town, TO, "structure", "2")[2] == 1
    assert place(town, who[0][0])[0][0] == FROM
    fine(town)
    to_leader(town, leave, FROM)
    O.decide(leader(town), leave, "approve")
    moved(town, who, leave, entry, before)


def test_two_offices(town):
    """A5.11 transfer: between two offices each decides its own case; whoever is last ends both, and sees no more of the other than its number and state"""
    who = people(town)
    leave, entry = both(town, who)
    before = figures(town, FROM), figures(town, TO)
    O.decide(entry_boss(town), entry, "approve")
    assert figures(town, TO) == plus(before[1], 0, 0, 1, 0)
    county = leader(town)
    assert county.get(entry).status in (403, 404)
    page = county.get(leave + "/review")
    page.says(town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(entry)), "已同意，待对方办结")
    assert entry not in page.text, "a link that leads nowhere"
    O.decide(county, leave, "approve")
    moved(town, who, leave, entry, before)


def test_one_office(town):
    """A5.11 transfer: 转任 between two organs of one office, each on its own desk; its reviewers are led from one case to the other"""
    unit, to, code = "D031", "D008", "11"
    who = people(town, 1, unit, code)
    O.make_room(town, 4, to, code)
    before = figures(town, unit, "type", code), figures(town, to, "type", code)
    clerk, entry = coming(town, who, to, "03", staffing_type=code)
    O.submit(clerk, entry)
    old, leave = begun(town, unit, "exit")
    assert town.one("SELECT EXTRACTVALUE(body, '/item/exit_reason') FROM bz_item WHERE case_id = %d" % O.case_id(leave)) == "11"
    complete_exit(town, old, leave)
    O.submit(old, leave)
    to_leader(town, leave, unit)
    assert entry in leader(town, unit).get(leave + "/review").text
    O.decide(leader(town, unit), leave, "approve")
    O.decide(entry_boss(town), entry, "approve")
    moved(town, who, leave, entry, before, unit, to, code)


def test_taken_back(town):
    """A5.11 transfer: what was agreed to is taken back by who approved; 退回 or 撤回 of the other one takes it back too; its postings are undone, both units are told, and both can agree again"""
    who, leave, entry, before = one_pair(town)
    boss = leader(town)
    O.decide(boss, leave, "approve")
    assert O.clerk(town, FROM).post(boss.get(leave).form("/move"), extra={"move": "release"}).status == 403, "the unit does not take back what its office agreed to"
    page = boss.post(boss.get(leave).form("/move"), extra={"move": "release"})
    assert page.status == 303 and step(town, leave) == "leader" and figures(town, FROM) == before[0], page.text[:1000]
    fine(town)
    O.decide(boss, leave, "approve")
    O.decide(entry_boss(town), entry, "return", "请补正材料")
    assert step(town, leave) == "leader" and figures(town, FROM) == before[0] and pair_of(town, leave)[0] == "open"
    O.clerk(town, FROM).get("/inbox/").says("须重新核准")
    leader(town).get(leave).says("撤回同意")
    fine(town)
    O.decide(boss, leave, "approve")
    clerk = O.clerk(town, TO)
    O.submit(clerk, entry)
    assert O.press(clerk, clerk.get(entry).form("/move"), "withdraw").status == 303
    assert step(town, leave) == "leader" and O.state(town, entry) == "draft" and figures(town, FROM) == before[0]
    O.submit(clerk, entry)
    O.decide(boss, leave, "approve")
    O.decide(entry_boss(town), entry, "approve")
    moved(town, who, leave, entry, before)


def test_batch(town):
    """A5.11 transfer: approved in a batch it is held, too, and the page of what became of it says so; the batch's next case goes its own way"""
    import d_review as R
    who = people(town, 1)
    leave, entry = both(town, who)
    room(town, posts=60)
    O.make_room(town, 60)
    before = figures(town, FROM), figures(town, TO)
    boss = entry_boss(town)
    other = R.handed_in(town, O.clerk(town))
    page = boss.post(R.pick(boss, entry, other).form("/batch"), extra={"do": "approve"}, follow=True)
    page.says("已同意，待对方办结")
    assert step(town, entry) == "held" and O.state(town, other) == "done" and not number(town, entry), page.text[:2500]
    O.decide(leader(town), leave, "approve")
    moved(town, who, leave, entry, before)


def test_refused(town):
    """A5.11 transfer: the old unit says 不同意调出 with a reason, the new one reads it; its case cannot be approved, and the person stays"""
    who = people(town, 1)
    room(town)
    clerk, entry = coming(town, who)
    O.submit(clerk, entry)
    old = O.clerk(town, FROM)
    pair = waiting(old, "exit")[-1]
    page = old.post(old.get(pair).form("/pair/"), extra={"do": "refuse"})
    assert page.status == 422 and "why" in page.errors()
    assert old.post(old.get(pair).form("/pair/").set(why="岗位无人接替"), extra={"do": "refuse"}).status == 303
    assert pair_of(town, entry)[0] == "dissolved" and old.get(pair).status == 404
    clerk.get(entry).says("不同意调出，岗位无人接替", "已于")
    clerk.get("/inbox/").says("调动已终止")
    boss = entry_boss(town)
    page = O.decide(boss, entry, "approve", status=422)
    assert O.state(town, entry) == "open" and place(town, who[0][0])[0][0] == FROM
    O.decide(boss, entry, "return", "原单位不同意")
    fine(town)
    people_free = E.filled(town, who, FROM, exit_reason="04", doc_no="示辞〔2026〕1号")
    O.submit(*people_free)
    assert O.state(town, people_free[1]) == "open", "a refused transfer stops no other exit"


def test_cancelled(town):
    """A5.11 transfer: 作废 and 不予办理 of one side dissolve it; the other goes back to where it was approved and is not approved alone"""
    for end in ("reject", "cancel"):
        who, leave, entry, before = one_pair(town)
        O.decide(leader(town), leave, "approve")
        if end == "reject":
            O.decide(entry_boss(town), entry, "reject", "不符合条件")
        else:
            O.decide(entry_boss(town), entry, "return", "请补正")
            clerk = O.clerk(town, TO)
            O.press(clerk, clerk.get(entry).form("/move"), "cancel")
        assert pair_of(town, leave)[0] == "dissolved" and step(town, leave) == "leader" and figures(town, FROM) == before[0]
        O.clerk(town, FROM).get("/inbox/").says("调动已终止")
        O.decide(leader(town), leave, "approve", status=422).says("的调动没有发起或者已经终止")
        assert O.state(town, leave) == "open" and place(town, who[0][0])[0][0] == FROM
        fine(town)


def test_persons_differ(town):
    """A5.11 transfer: an exit that leaves somebody out is not handed in; persons of two units, or one who comes from outside beside one who is transferred, are not"""
    who = people(town, 2)
    room(town)
    clerk, entry = coming(town, who)
    O.submit(clerk, entry)
    old, leave = begun(town, FROM, "exit")
    complete_exit(town, old, leave)
    item = E.items(town, leave)[who[1][0]]
    page = old.post(old.get("%s/item/%s/remove" % (leave, item)).form("/remove"))
    assert page.status == 303
    O.submit(old, leave, status=422).says("人员不一致", "本申请单 1 人，对方 2 人")
    O.decide(entry_boss(town), entry, "return", "分开办理")
    clerk, mixed = coming(town, people(town, 1) + people(town, 1, FAR))
    O.submit(clerk, mixed, status=422).says("不是同一个原单位的")
    clerk, mixed = coming(town, people(town, 1))
    O.add_person(clerk, mixed, from_unit="外省某单位", from_staffing_type="22", **O.PUBLIC)
    O.submit(clerk, mixed, status=422).says("1 人目前在编、须办理调动，其余 1 人不需要")


def test_modes(town):
    """A5.11 transfer: the reason of the exit answers the form of entry; another one is named before the approval, and 部分核准 is not possible"""
    who = people(town, 2)
    leave, entry = both(town, who)
    town.sql("UPDATE bz_case SET head = REPLACE(head, '<entry_mode>06<', '<entry_mode>12<') WHERE id = %d" % O.case_id(entry))
    O.decide(leader(town), leave, "approve", status=422).says("方式接收，与出编原因")
    town.sql("UPDATE bz_case SET head = REPLACE(head, '<entry_mode>12<', '<entry_mode>06<') WHERE id = %d" % O.case_id(entry))
    boss = entry_boss(town)
    form = boss.get(entry + "/review").form("/move")
    first = E.items(town, entry)[who[0][0]]
    page = boss.post(form.set(opinion="一人不符"), extra={"move": "part", "take": [str(first)]})
    assert page.status == 422 and "不能部分核准" in page.text, (page.status, page.text[:1500])
    assert step(town, entry) == "review"


def test_stranger(town):
    """A5.11 transfer: who does not know name and sex learns no unit and opens nothing; a form that is no transfer is refused as before"""
    (_, name, number, sex), = people(town, 1)
    clerk = O.clerk(town, TO)
    case = O.new_case(clerk, "06")
    page = O.item_page(clerk, case, "李冒名", number, sex)
    page.says("不能发起调动")
    assert name_of(town, FROM) not in page.text
    page = O.item_page(clerk, O.new_case(clerk, "09"), name, number, sex)
    page.says("不能以此形式入编")


def test_elsewhere(town):
    """A5.11 transfer: an exit outside the system ends alone as before; a second case about who is being transferred is refused and says where to go on"""
    gone = E.approved(town, [E.staff(town, 1)[0]], exit_reason="012", destination="邻省某市第三中学")
    assert town.one("SELECT COUNT(*) FROM bz_pair WHERE first_case_id = %d" % O.case_id(gone)) == "0"
    who = people(town, 1)
    room(town)
    clerk, entry = coming(town, who)
    O.submit(clerk, entry)
    O.submit(*leaving(town, who), status=422).says("请从“待办调出”办理")
    who = people(town, 1)
    O.submit(*leaving(town, who))
    O.submit(*coming(town, who), status=422).says("请从“待接收人员”办理接收")


def test_left_meanwhile(town):
    """A5.11 transfer: who has left meanwhile is not transferred; neither ends, and the approver reads why"""
    who = people(town, 1)
    leave, entry = both(town, who)
    O.decide(leader(town), leave, "approve")
    at = "WHERE person_id = %d AND valid_to %s" % (who[0][0], "%s")
    boss = entry_boss(town)
    form = O.asked(O.ask(boss, entry, "approve"))
    before = figures(town, FROM), figures(town, TO)
    page, = pressed(town, [lambda: boss.post(form, extra={"move": "approve"})], "st_gate",
                    "UPDATE st_employment SET valid_to = CURDATE(), exit_reason = '02' " + at % "= '9999-12-31'")
    assert page.status == 409, (page.status, page.text[:1500])
    page.says("不能同时办结，双方都没有办结", "已不在本单位在编")
    assert [step(town, c) for c in (leave, entry)] == ["held", "review"] and (figures(town, FROM), figures(town, TO)) == before
    assert not number(town, leave) and not number(town, entry)
    town.sql("UPDATE st_employment SET valid_to = '9999-12-31', exit_reason = NULL " + at % "= CURDATE()")
    fine(town)
    O.decide(boss, entry, "approve")
    assert O.state(town, leave) == "done"


def test_no_room(town):
    """A5.11 transfer: 在途调入 takes a place at once; without one nobody is held; and when the exit is last, what refuses the entry refuses both"""
    who = people(town, 1)
    leave, entry = both(town, who)
    O.make_room(town, 0, TO, TYPE)
    O.decide(entry_boss(town), entry, "approve", status=422)
    O.make_room(town, 1, TO, TYPE)
    O.decide(entry_boss(town), entry, "approve")
    assert O.free_posts(town, TO, "type", TYPE) == 0, "the place is taken"
    clerk, other = coming(town, people(town, 1, FAR))
    O.submit(clerk, other, status=422).says("在途调入 1 名")
    before = figures(town, FROM), figures(town, TO)
    O.decide(leader(town), leave, "approve")
    assert figures(town, TO) == plus(before[1], 1, 0, -1, 0)
    fine(town)


def test_on_a_slip(town):
    """A5.11 TS-38 transfer: who comes on a slip takes its place when held, gives it back when taken back, and uses it at the end; a slip that is over meanwhile refuses both"""
    import h_use as U
    room(town)
    slip_id = U.slip(town, U.granted(town, [("06", TYPE, 1)], unit=TO, by=CHAINS[TO][0]))[0]
    who = people(town, 1)
    leave, entry = both(town, who, slip=slip_id)
    before = figures(town, FROM), figures(town, TO)
    boss = entry_boss(town)
    O.decide(boss, entry, "approve")
    assert figures(town, TO) == plus(before[1], 0, -1, 1, 0) and U.left(town, slip_id) == 0
    fine(town)
    boss.post(boss.get(entry).form("/move"), extra={"move": "release"})
    assert figures(town, TO) == before[1] and U.left(town, slip_id) == 1
    O.decide(boss, entry, "approve")
    town.sql("UPDATE st_slip SET valid_until = CURDATE() - INTERVAL 1 DAY WHERE id = %s" % slip_id)
    O.decide(leader(town), leave, "approve", status=409).says("不能同时办结", "到期")
    assert step(town, entry) == "held" and O.state(town, leave) == "open" and place(town, who[0][0])[0][0] == FROM
    town.sql("UPDATE st_slip SET valid_until = CURDATE() + INTERVAL 1 DAY WHERE id = %s" % slip_id)
    O.decide(leader(town), leave, "approve")
    moved(town, who, leave, entry, (before[0], plus(before[1], 0, -1, 0, 0)))
    assert U.left(town, slip_id) == 0 and town.one("SELECT COUNT(*) FROM st_slip_use u JOIN st_slip_line l ON l.id = u.line_id WHERE l.slip_id = %s" % slip_id) == "1"


def test_too_late(town):
    """A5.11 transfer: what is not ended by its last day is dissolved by the job; held places are free, both are told; before that nothing is"""
    who, leave, entry, before = one_pair(town)
    O.decide(leader(town), leave, "approve")
    assert pair_of(town, leave)[2] == town.one("SELECT CURDATE() + INTERVAL 30 DAY"), "option transfer_days"
    assert town.tool("jobs", "run", "cases.pairs").returncode == 0
    assert pair_of(town, leave)[0] == "open"
    town.sql("UPDATE bz_pair SET until = CURDATE() WHERE second_case_id = %d" % O.case_id(entry))
    town.tool("jobs", "run", "cases.pairs")
    assert pair_of(town, leave)[0] == "open", "the last day counts"
    town.sql("UPDATE bz_pair SET until = CURDATE() - INTERVAL 1 DAY WHERE second_case_id = %d" % O.case_id(entry))
    O.decide(entry_boss(town), entry, "approve", status=422).says("已经过期")
    town.tool("jobs", "run", "cases.pairs")
    assert pair_of(town, leave)[0] == "dissolved" and step(town, leave) == "leader" and figures(town, FROM) == before[0]
    for unit in (FROM, TO):
        O.clerk(town, unit).get("/inbox/").says("调动已终止")
    O.clerk(town, TO).get(entry).says("已经过期")
    fine(town)


def first_of(leave, entry):
    """The case of a pair that is locked first, whichever is moved."""
    return "bz_case WHERE id = %d" % min(O.case_id(leave), O.case_id(entry))


def asked(who, case, move, opinion=""):
    """What presses MOVE of the case, asked already."""
    form = O.asked(O.ask(who, case, move, opinion))
    return lambda: who.post(form, extra={"move": move})


def released(town, case):
    """What presses 撤回同意 of the held case."""
    boss = leader(town)
    form = boss.get(case).form("/move")
    return lambda: boss.post(form, extra={"move": "release"})


def pair_row(case):
    """Where who has locked his own case waits."""
    return "bz_pair WHERE id = (SELECT pair_id FROM bz_case WHERE id = %d)" % O.case_id(case)


def test_two_approvals(town):
    """A5.11 transfer: of two last approvals at once the second ends both, whichever comes first; of one twice the second is told"""
    who, leave, entry, before = one_pair(town)
    presses = [asked(leader(town), leave, "approve"), asked(entry_boss(town), entry, "approve")]
    got = pressed(town, presses, first_of(leave, entry))
    assert [p.status for p in got] == [303, 303], [p.text[:800] for p in got]
    moved(town, who, leave, entry, before)
    who, leave, entry, before = one_pair(town)
    O.decide(leader(town), leave, "approve")
    presses = [asked(entry_boss(town), entry, "approve") for _ in range(2)]
    got = pressed(town, presses, "bz_case WHERE id = %d" % O.case_id(entry))
    assert [p.status for p in got] == [303, 409], [p.text[:800] for p in got]
    moved(town, who, leave, entry, before)


def test_at_the_last_moment(town):
    """A5.11 transfer: taken back by one side while the other approves: the approval waits for the next, or has ended both and who takes back is told"""
    who, leave, entry, before = one_pair(town)
    O.decide(leader(town), leave, "approve")
    got = pressed(town, [released(town, leave), asked(entry_boss(town), entry, "approve")], pair_row(leave))
    # Each has its own case and waits for the other's: the database ends one, which comes second (0055).
    if [p.status for p in got] == [303, 303]:
        assert [step(town, c) for c in (leave, entry)] == ["leader", "held"] and figures(town, FROM) == before[0]
        O.decide(leader(town), leave, "approve")
    else:
        assert [p.status for p in got] == [409, 303], [p.text[:800] for p in got]
    moved(town, who, leave, entry, before)


def test_other_mind(town):
    """A5.11 transfer: the last approval and the refusal of the same case at once: the first ends both, the second is told"""
    who, leave, entry, before = one_pair(town)
    O.decide(entry_boss(town), entry, "approve")
    got = pressed(town, [asked(leader(town), leave, "approve"), asked(leader(town), leave, "reject", "不同意")], first_of(leave, entry))
    assert [p.status for p in got] == [303, 409], [p.text[:800] for p in got]
    moved(town, who, leave, entry, before)


def test_both_cancel(town):
    """A5.11 transfer: cancelled by both sides at once: the pair is dissolved once, and nothing is left behind"""
    who, leave, entry, before = one_pair(town)
    O.decide(leader(town), leave, "approve")
    got = pressed(town, [asked(entry_boss(town), entry, "reject", "不符合条件"), released(town, leave)], pair_row(leave))
    assert sorted(p.status for p in got) in ([303, 303], [303, 409]), [p.text[:800] for p in got]
    assert pair_of(town, leave)[0] == "dissolved" and step(town, leave) == "leader" and O.state(town, entry) == "rejected"
    assert (figures(town, FROM), figures(town, TO)) == before
    fine(town)


def test_unordered(town):
    """A5.11 transfer: many at once, each way, without the helper's order: each pair ends once and the book is right"""
    pairs = []
    for _ in range(3):
        who = people(town, 1)
        pairs.append((who, *both(town, who)))
    room(town, posts=60)             # else what one takes is a new finding of the next
    before = figures(town, FROM), figures(town, TO)
    presses = []
    for _, leave, entry in pairs:
        presses += [asked(leader(town), leave, "approve"), asked(entry_boss(town), entry, "approve")]
    got = []
    threads = [threading.Thread(target=lambda p=p: got.append(p().status)) for p in presses]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert got == [303] * 6, got
    assert figures(town, FROM) == plus(before[0], -3, 0, 0, 0) and figures(town, TO) == plus(before[1], 3, 0, 0, 0)
    fine(town)


def test_undone(town):
    """A5.11 transfer: of units of two offices neither side's approval is taken back, and the sentence says what to do"""
    import h_revoke as R
    who = people(town, 1)
    leave, entry = both(town, who)
    O.decide(leader(town), leave, "approve")
    O.decide(entry_boss(town), entry, "approve")
    for case, unit, by in ((entry, TO, "shibian"), (leave, FROM, "xianshi")):
        R.stopped(town, case, "对方单位属于另一编办", "另行办理一次调动", unit=unit, by=by)


OLD, NEW, KIND = "D031", "D020", "11"       # two agencies of the city


def near(town):
    """A transfer between two units of one office, done: (person, exit, entry, what both had before)."""
    who = people(town, 1, OLD, KIND)
    O.make_room(town, 4, NEW, KIND)
    before = figures(town, OLD, "type", KIND), figures(town, NEW, "type", KIND)
    clerk, entry = coming(town, who, NEW, staffing_type=KIND)
    O.submit(clerk, entry)
    clerk, leave = begun(town, OLD, "exit")
    complete_exit(town, clerk, leave)
    O.submit(clerk, leave)
    to_leader(town, leave, OLD)
    O.decide(leader(town, OLD), leave, "approve")
    O.decide(entry_boss(town), entry, "approve")
    moved(town, who, leave, entry, before, OLD, NEW, KIND)
    return who[0], leave, entry, before


def test_undone_both(town):
    """A5.11 transfer: where one office decides for both units, taking back either approval takes back both: the person has never left, both books are as before, both units are told; from either side, and not twice"""
    import h_revoke as R
    for side in ("entry", "exit"):
        person, leave, entry, before = near(town)
        case, unit = (entry, NEW) if side == "entry" else (leave, OLD)
        page, revoke = R.revoked(town, case, [person[0]], unit=unit, by="xingbian")
        assert page.status == 303
        assert [row[0::2] for row in place(town, person[0])] == [[OLD, "9999-12-31"]], place(town, person[0])
        assert (figures(town, OLD, "type", KIND), figures(town, NEW, "type", KIND)) == before
        for account, of in ((NEW, entry), (OLD, leave)):
            assert town.one("SELECT undone FROM bz_case WHERE id = %d" % O.case_id(of)) == "1"
            assert town.one("SELECT COUNT(*) FROM bz_undone WHERE case_id = %d AND by_case_id = %d" % (O.case_id(of), O.case_id(revoke))) == "1"
            O.clerk(town, account).get(of).says("核准已撤销")
            O.clerk(town, account).get("/inbox/").says("的核准已撤销")
        fine(town)
        R.new(town, "xingbian", OLD if side == "entry" else NEW, leave if side == "entry" else entry, status=422)


def test_undone_late(town):
    """A5.11 transfer: it is not taken back once the person has left the new unit, whichever side asks; while one side is being taken back the other is not"""
    import h_revoke as R
    person, leave, entry, _ = near(town)
    row = "WHERE person_id = %d AND entry_case_id = %d" % (person[0], O.case_id(entry))
    town.sql("UPDATE st_employment SET valid_to = CURDATE() + INTERVAL 1 DAY, exit_reason = '04' " + row)
    for case, unit in ((entry, NEW), (leave, OLD)):
        R.stopped(town, case, "出编", unit=unit, by="xingbian")
    town.sql("UPDATE st_employment SET valid_to = '9999-12-31', exit_reason = NULL " + row)
    who, revoke = R.proposed(town, entry, [person[0]], unit=NEW, by="xingbian")
    O.submit(who, revoke)
    R.stopped(town, leave, "在另一张在办的申请单", unit=OLD, by="xingbian")
    O.decide(O.log_in(town, "fenguan"), revoke, "approve")
    assert town.one("SELECT COUNT(*) FROM bz_undone WHERE case_id IN (%d, %d)" % (O.case_id(entry), O.case_id(leave))) == "2"
    assert [r[0::2] for r in place(town, person[0])] == [[OLD, "9999-12-31"]], place(town, person[0])
    fine(town)


def test_forged(town):
    """A5.11 transfer: what waits for one unit is nobody else's; what is ended is not begun again"""
    who = people(town, 1)
    room(town)
    clerk, entry = coming(town, who)
    O.submit(clerk, entry)
    old = O.clerk(town, FROM)
    pair = waiting(old, "exit")[-1]
    form = old.get(pair).form("/pair/")
    for account in ("S006", "D031", "D003"):
        stranger = O.clerk(town, account)
        assert stranger.get(pair).status == 404
        mine = stranger.get("/exit/new").form("/exit/new")
        mine.action = form.action
        assert stranger.post(mine, extra={"do": "begin"}).status in (403, 404)
    assert O.log_in(town, "xianfen").get(pair).status == 403
    twice = [old.get(pair).form("/pair/") for _ in range(3)]

    def press(form, action):
        return lambda: old.post(form.set(why="改主意"), extra={"do": action})
    got = pressed(town, [press(twice[0], "begin"), press(twice[1], "refuse")], "bz_case WHERE id = %d" % O.case_id(entry))
    assert [p.status for p in got] == [303, 409], [p.text[:800] for p in got]
    assert press(twice[2], "begin")().status == 404
    assert pair_of(town, entry)[0] == "open"
    assert town.one("SELECT COUNT(*) FROM bz_case c JOIN bz_pair p ON p.first_case_id = c.id WHERE p.second_case_id = %d" % O.case_id(entry)) == "1"
