# 编制使用核准: a slip is asked for, granted, printed, and used by entries.
# SPDX-License-Identifier: MulanPSL-2.0
import threading

import d_print as D
import office as O

UNIT, PARENT = "S006", "D003"       # a school, and the department over it
WAY, TYPE = "09", "22"              # 公开招聘 into 事业编制


def balance(town, unit=UNIT, of=TYPE):
    return [int(v) for v in town.sql("SELECT approved, occupied, reserved FROM st_quota WHERE book = 'type' AND code = '%s' AND unit_id = %d"
                                     % (of, O.unit_id(town, unit)))[0]]


def room(town, posts):
    """So many free posts of the type; its structures have room."""
    O.make_room(town, posts, UNIT, TYPE)
    O.make_room(town, 30, UNIT, "2", "structure")


def apply(town, who, lines, unit=UNIT, status=303, **head):
    """An application with its paper; LINES: (way, type, amount[, structure[, values]]).  The case's path."""
    form = who.get("/use/new").form("/use/new")
    form.set(unit=str(O.unit_id(town, unit)), apply_title="关于申请使用编制的请示", apply_no="示教请〔2026〕8号", apply_date="2026-11-02", **head)
    page = who.post(form)
    assert page.status == status, (page.status, page.text[:1500])
    case = page.headers["location"].split("?")[0]
    O.add_paper(who, case)
    for way, kind, amount, *structure in lines:
        form = who.get(case + "/item/new").form("/item/new").set(entry_mode=way, staffing_type=kind, amount=str(amount))
        if structure:
            form.set(structure=structure[0], **dict(*structure[1:]))
        page = who.post(form, extra={"do": "save"})
        assert page.status == status, (page.status, page.text[:1500])
    return case


def granted(town, lines, unit=UNIT, by=PARENT, section="shibian", **head):
    """A slip by the whole chain: the case's path."""
    who = O.log_in(town, by)
    case = apply(town, who, lines, unit, **head)
    O.submit(who, case)
    for account, move in ((section, "pass"), ("fenguan", "approve")):
        page = O.decide(O.log_in(town, account), case, move)
        assert page.status == 303, (account, page.status, page.text[:1500])
    return case


def slip(town, case):
    """(id, number, until, state)"""
    return town.sql("SELECT id, number, valid_until, state FROM st_slip WHERE case_id = %d" % O.case_id(case))[0]


def test_granted(town):
    """TS-30 TS-31 TS-32 TS-33 use: the department asks for a unit, section and leader grant; the slip has a number and its last day, the book reserves"""
    room(town, 5)
    approved, occupied, reserved = balance(town)
    case = granted(town, [(WAY, TYPE, 2), ("10", TYPE, 1)])
    assert O.state(town, case) == "done"
    _, number, until, state = slip(town, case)
    assert number.startswith("示编控〔") and state == "live"
    assert until == town.one("SELECT DATE_FORMAT(CURDATE() + INTERVAL 12 MONTH - INTERVAL 1 DAY, '%Y-%m-%d')"), until
    assert balance(town) == [approved, occupied, reserved + 3]
    assert town.tool("verify").returncode == 0


def test_no_room(town):
    """TS-30 use: more than what is free (核定 − 实有 − 已批未用) is refused when it is handed in, with the figures"""
    room(town, 2)
    who = O.log_in(town, PARENT)
    case = apply(town, who, [(WAY, TYPE, 2), ("10", TYPE, 1)])
    page = who.get(case + "/confirm")
    if page.status == 200:
        page = who.post(page.form("/move"), extra={"move": "submit"})
    assert page.status == 422, page.status
    page.says("可用空编不足", "空编 2 名", "本申请单 3 名")


def test_future_paper(town):
    """TS-31 use: a paper of tomorrow is named before it is handed in, one of today is not"""
    who = O.log_in(town, PARENT)
    for date, refused in ((town.one("SELECT DATE(NOW() + INTERVAL 1 DAY)"), True), (town.one("SELECT DATE(NOW())"), False)):
        form = who.get("/use/new").form("/use/new").set(unit=str(O.unit_id(town, UNIT)), apply_title="关于用编的请示", apply_no="示教请〔2026〕9号",
                                                         apply_date=date)
        case = who.post(form).headers["location"].split("?")[0]
        assert ("apply_date" in who.get(case + "/confirm").errors()) == refused, date


def entry_on(town, who, slip_id, persons, mode=WAY, unit=UNIT, **values):
    """An entry with its persons on a slip, not handed in."""
    case = O.new_case(who, mode, unit=str(O.unit_id(town, unit)), slip=str(slip_id))
    O.add_paper(who, case)
    for _ in range(persons):
        O.add_person(who, case, **dict(O.PUBLIC, **values))
    return case


def approved(town, case):
    page = O.decide(O.reviewer(town), case, "approve")
    assert page.status == 303, (page.status, page.text[:1500])


def left(town, slip_id):
    return int(town.one("SELECT SUM(amount - used - released) FROM st_slip_line WHERE slip_id = %s" % slip_id))


def test_used_in_parts(town):
    """TS-34 TS-38 entry: two come on a slip of three, the third later; reserved becomes occupied, each with the slip's number, and the slip is used up"""
    room(town, 3)
    slip_id, number, _, _ = slip(town, granted(town, [(WAY, TYPE, 3)]))
    assert O.free_posts(town, UNIT, of=TYPE) == 0
    who, (cap, before, reserved) = O.clerk(town, UNIT), balance(town)
    first = entry_on(town, who, slip_id, 2)
    O.submit(who, first)
    O.reviewer(town).get(first + "/review").says("编制使用单“%s”余 3 名，核准后 1 名" % number)
    approved(town, first)
    assert balance(town) == [cap, before + 2, reserved - 2] and left(town, slip_id) == 1
    assert town.one("SELECT GROUP_CONCAT(DISTINCT entry_paper) FROM st_employment WHERE entry_case_id = %d" % O.case_id(first)) == number
    second = entry_on(town, who, slip_id, 1)
    O.submit(who, second)
    approved(town, second)
    assert balance(town) == [cap, before + 3, reserved - 3] and left(town, slip_id) == 0
    form = who.get("/entry/new").form("/entry/new")
    assert slip_id not in dict(form.options["slip"]), form.options["slip"]
    assert town.tool("verify").returncode == 0


def test_figures_add_up(town):
    """TS-38 entry: who comes on a slip takes none of the free posts: another case that fills them is not warned; one beyond is told figures that add up"""
    others = int(town.one(          # of cases that other tests left, without a slip
        "SELECT COUNT(*) FROM bz_item i JOIN bz_case c ON c.id = i.case_id WHERE c.business = 'entry' AND c.state = 'open' AND c.scope_id = %d"
        " AND EXTRACTVALUE(i.body, '/item/staffing_type') = '%s' AND EXTRACTVALUE(c.head, '/head/slip') = ''" % (O.unit_id(town, UNIT), TYPE)))
    room(town, 5 + others)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 2)]))[0]
    who = O.clerk(town, UNIT)
    O.submit(who, entry_on(town, who, slip_id, 2))
    other = entry_on(town, who, "", 3)
    told = [e.text for e in who.get(other + "/confirm").all("warnings/e") if "空编" in (e.text or "")]
    assert not told, told
    O.make_room(town, 3, UNIT, TYPE)
    page = O.add_person(who, other, do="check", status=422, **O.PUBLIC)
    cap, there, reserved = balance(town)
    assert reserved >= 2 and cap - there - reserved == 3
    want = "核定 %d 名，实有 %d 名，已批未用 %d 名，空编 3 名，本申请单 4 人" % (cap, there, reserved)
    assert want in page.errors()["staffing_type"], page.errors()


def test_several_lines(town):
    """TS-38 entry: a slip with several lines alike, and one that keeps a structure, has a place for each whom it has places for, and for nobody more"""
    room(town, 8)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 1), (WAY, TYPE, 1), (WAY, TYPE, 1, "2")]))[0]
    who = O.clerk(town, UNIT)
    case = entry_on(town, who, slip_id, 1)                                              # of 专业技术: the line for it
    O.add_person(who, case, **dict(O.PUBLIC, structure="1", post_category="G", post_grade=""))
    O.add_person(who, case, **O.PUBLIC)
    page = O.add_person(who, case, do="check", status=422, **O.PUBLIC)
    assert "余 3 名，本申请单 4 人" in page.errors()["staffing_type"], page.errors()
    O.submit(who, case)
    O.reviewer(town).get(case + "/review").says("余 3 名，核准后 0 名")
    approved(town, case)
    assert left(town, slip_id) == 0 and town.tool("verify").returncode == 0
    assert [r[0] for r in town.sql("SELECT used FROM st_slip_line WHERE slip_id = %s" % slip_id)] == ["1"] * 3


def test_narrow_way(town):
    """TS-33 TS-38 entry: who comes by a kind of a way takes the line for that kind, so that the line for the whole way is left for the others"""
    room(town, 8)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 1), ("091", TYPE, 1)]))[0]
    who = O.clerk(town, UNIT)
    for mode, used in (("091", ["0", "1"]), ("092", ["1", "1"])):
        case = entry_on(town, who, slip_id, 1, mode=mode)
        O.submit(who, case)
        approved(town, case)
        assert [r[0] for r in town.sql("SELECT used FROM st_slip_line WHERE slip_id = %s ORDER BY id" % slip_id)] == used, mode
    assert town.tool("verify").returncode == 0


def test_wide_place_keeps_no_structure(town):
    """TS-38 entry: two of one structure, one place that keeps it and one that does not: the second needs room in the structure, and is told so before 上报"""
    room(town, 8)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 1, "2"), (WAY, TYPE, 1)]))[0]
    others = int(town.one("SELECT reserved FROM st_quota WHERE unit_id = %d AND book = 'structure' AND code = '2'" % O.unit_id(town, UNIT)))
    assert others >= 1
    O.make_room(town, 0, UNIT, "2", "structure")
    try:
        who = O.clerk(town, UNIT)
        case = entry_on(town, who, slip_id, 1)
        page = O.add_person(who, case, do="check", status=422, **O.PUBLIC)
        assert "本申请单 1 人（另有 1 人使用编制使用单的名额）" in page.errors()["structure"], page.errors()
        O.make_room(town, 1, UNIT, "2", "structure")
        O.add_person(who, case, **O.PUBLIC)
        O.submit(who, case)
        approved(town, case)
        assert left(town, slip_id) == 0 and town.tool("verify").returncode == 0
    finally:
        room(town, 8)


def test_no_room_of_a_structure(town):
    """TS-30 use: a structure without room is named when it is handed in, not first at the leader's"""
    room(town, 8)
    O.make_room(town, 1, UNIT, "2", "structure")
    who = O.log_in(town, PARENT)
    case = apply(town, who, [(WAY, TYPE, 1, "2"), ("10", TYPE, 1, "2")])
    O.submit(who, case, status=422).says("编制结构“专业技术”可用空编不足", "空编 1 名", "本申请单 2 名")
    room(town, 8)


def test_beyond_the_slip(town):
    """TS-38 entry: more persons than the slip has left, another way of filling, another type, and no places: each is refused with what to do"""
    room(town, 8)
    slip_id, number, _, _ = slip(town, granted(town, [(WAY, TYPE, 1)]))
    who = O.clerk(town, UNIT)
    two = entry_on(town, who, slip_id, 1)
    O.submit(who, two)
    other = entry_on(town, who, slip_id, 1)
    O.submit(who, other)
    approved(town, two)
    page = O.decide(O.reviewer(town), other, "approve", status=422)
    page.says("名额已用完")
    assert O.state(town, other) == "open" and left(town, slip_id) == 0


def test_another_way(town):
    """TS-33 TS-38 entry: a slip for one way of filling is none for another one, a kind of its way is in it"""
    room(town, 8)
    slip_id, number, _, _ = slip(town, granted(town, [(WAY, TYPE, 2)]))
    who = O.clerk(town, UNIT)
    case = entry_on(town, who, slip_id, 1, mode="091")
    O.submit(who, case)
    case = O.new_case(who, "10", unit=str(O.unit_id(town, UNIT)), slip=str(slip_id))
    O.add_paper(who, case)
    page = O.add_person(who, case, do="check", status=422, **O.PUBLIC)
    page.says("没有以“人才引进”方式进入事业编制的名额")


def test_demanded(town):
    """TS-38 entry: an office that demands slips refuses an entry without one, and asks for none where none is used; the slip stands in for the paper"""
    with town.otherwise("[office 480300]\noption.entry.slip=yes\n"):
        room(town, 8)
        slip_id = slip(town, granted(town, [(WAY, TYPE, 1)]))[0]
        who = O.clerk(town, UNIT)
        unit = str(O.unit_id(town, UNIT))
        page = who.post(who.get("/entry/new").form("/entry/new").set(unit=unit, entry_mode=WAY))
        assert page.status == 422 and "slip" in page.errors(), page.text[:800]
        page.says("须先有编制使用单")
        page = who.post(who.get("/entry/new").form("/entry/new").set(unit=unit, entry_mode="07"))
        assert page.status == 303, page.text[:800]
        case = O.new_case(who, WAY, unit=unit, slip=str(slip_id))
        form = who.get(case).form(case + "/paper")
        assert "approval" not in form.wanted, form.wanted


def test_foreign_slip(town):
    """TS-38 entry: a slip of another unit is not among the choices and is refused when it is sent"""
    room(town, 3)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 1)]))[0]
    who = O.clerk(town)
    form = who.get("/entry/new").form("/entry/new")
    page = who.post(form.set(entry_mode="01", slip=str(slip_id)))
    assert page.status == 422 and "slip" in page.errors(), (page.status, page.text[:800])


def test_expired(town):
    """TS-33 use: a slip whose last day is over gives back what is left, once, and cannot be used"""
    room(town, 3)
    slip_id, number, _, _ = slip(town, granted(town, [(WAY, TYPE, 2)]))
    who, before = O.clerk(town, UNIT), balance(town)
    case = entry_on(town, who, slip_id, 1)
    O.submit(who, case)
    town.sql("UPDATE st_slip SET valid_until = CURDATE() - INTERVAL 1 DAY WHERE id = %s" % slip_id)
    page = O.decide(O.reviewer(town), case, "approve", status=422)
    page.says("到期")
    for _ in range(2):
        assert town.tool("jobs", "run", "staffing.slips").returncode == 0
        assert balance(town) == [before[0], before[1], before[2] - 2]
    assert slip_state(town, slip_id) == "expired" and town.tool("verify").returncode == 0


def slip_state(town, slip_id):
    return town.one("SELECT state FROM st_slip WHERE id = %s" % slip_id)


def test_last_place(town):
    """TS-38 entry: of two cases for one last place of a slip that are approved at once, one goes through"""
    room(town, 3)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 1)]))[0]
    who = O.clerk(town, UNIT)
    cases = [entry_on(town, who, slip_id, 1) for _ in range(2)]
    for case in cases:
        O.submit(who, case)
    bosses = [O.reviewer(town, a) for a in ("shenhe1", "shenhe2")]
    forms = [O.asked(O.ask(b, c, "approve")) for b, c in zip(bosses, cases)]
    got = [None, None]

    def press(n):
        got[n] = bosses[n].post(forms[n], extra={"move": "approve"}).status

    threads = [threading.Thread(target=press, args=(n,)) for n in range(2)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(got)[0] == 303 and sorted(got)[1] in (409, 422), got
    assert left(town, slip_id) == 0 and town.tool("verify").returncode == 0


def test_sheet(town):
    """TS-32 print: the slip's sheet in four copies: figures of the book as they were, persons in Chinese capitals, last day; and its PDF"""
    room(town, 20)
    before = balance(town)
    case = granted(town, [(WAY, TYPE, 11), ("10", TYPE, 1)])
    _, number, until, _ = slip(town, case)
    boss = O.log_in(town, "fenguan")
    D.press(boss, case, "slip")
    page = boss.get(case + "/print/slip")
    sheet = page.xml.find("slip")
    assert sheet.get("no") == number and sheet.find("slip").get("until") == until and [c.get("t") for c in sheet.findall("copy")] == [
        "编办", "主管部门（用编单位）", "组织、人社部门", "财政部门"]
    assert dict(sheet.find("granted").attrib) == {"all": "12", "capitals": "壹拾贰"}
    q = sheet.find("quota")
    assert [int(q.get(k)) for k in ("cap", "have", "granted", "now")] == before + [12], (before, dict(q.attrib))
    leads = town.sql("SELECT SUM(approved), SUM(occupied) FROM st_quota WHERE book = 'lead' AND code LIKE '1%%' AND unit_id = %d" % O.unit_id(town, UNIT))[0]
    assert [sheet.find("leads").get(k) for k in ("cap", "have")] == leads, dict(sheet.find("leads").attrib)
    text = D.text_of(D.pdf(boss, case, "slip"))
    for words in ("机关事业单位编制使用单", number, "有效期至：" + until, "示例市第一中学", "公开招聘", "人才引进", "壹拾贰名", "领导职数", "是否年度用编"):
        assert words in text, (words, text[:1500])
    assert D.pages(D.pdf(boss, case, "slip")) == 4


def test_page_of_a_slip(town):
    """TS-33 use: the unit's page leads to the slip, which shows what was granted, what is left and who came on it; no other unit sees it"""
    room(town, 3)
    slip_id, number, until, _ = slip(town, granted(town, [(WAY, TYPE, 2)]))
    who = O.clerk(town, UNIT)
    case = entry_on(town, who, slip_id, 1, name="谭使用")
    O.submit(who, case)
    approved(town, case)
    unit = who.get("/staffing/unit/%d" % O.unit_id(town, UNIT))
    unit.says("编制使用单", number, until)
    page = who.get("/staffing/slip/" + slip_id)
    page.says("编制使用单 " + number, "公开招聘", "事业编制", "谭使用", "可使用")
    card = [c.get("href") for c in page.xml.find(".//table[@id='uses']").iter("c") if c.text == "谭使用"]
    assert who.get(card[0].replace("/bianzhi", "", 1)).status == 200, card
    one = town.one("SELECT MAX(id) FROM st_employment WHERE entry_case_id = %d" % O.case_id(case))
    town.sql("UPDATE st_employment SET unit_id = %d WHERE id = %s" % (O.unit_id(town), one))
    try:
        card = [c.get("href") for c in who.get("/staffing/slip/" + slip_id).xml.find(".//table[@id='uses']").iter("c") if c.text == "谭使用"]
        assert card == [None], "who went on elsewhere is named, without a way to a card that is refused"
    finally:
        town.sql("UPDATE st_employment SET unit_id = %d WHERE id = %s" % (O.unit_id(town, UNIT), one))
    assert [["".join(c.itertext()) for c in r.iter("c")][3:] for r in page.xml.find(".//table[@id='lines']").iter("r")] == [["2", "1", "0", "1"]]
    paper = who.get({a.text: a.get("href") for a in page.xml.find("tools").iter("a")}["打印"])
    assert paper.xml.get("view") == "print" and paper.xml.get("title") == "编制使用单使用记录"
    for part in ("lines", "uses"):
        rows = [[["".join(c.itertext()) for c in r.iter("c")] for r in p.xml.find(".//table[@id='%s']" % part).iter("r")] for p in (page, paper)]
        assert rows[0] == rows[1] and rows[0], (part, rows)
    html = who.get("/staffing/slip/%s?as=print" % slip_id, html=True).text
    assert html.index(number) < html.index("<h2>用编明细</h2>") < html.index("<h2>使用记录</h2>") < html.index("谭使用") and "纸张 A4。" in html, html[:1500]
    town.sql("UPDATE st_slip SET valid_until = CURDATE() + INTERVAL 4 DAY WHERE id = %s" % slip_id)
    who.get("/staffing/slip/" + slip_id).says("可使用，余 5 天")
    assert O.clerk(town).get("/staffing/slip/" + slip_id).status == 404
    assert who.get("/staffing/slip/0").status == 404 and who.get("/staffing/slip/x").status == 404
