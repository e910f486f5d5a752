# 信息更正: what 异动 keeps closed was wrong from the beginning and is put right by two of the
# office, with a paper; the book of each past day is right afterwards.  SPDX-License-Identifier: MulanPSL-2.0
import d_print as D
import h_change as C
import h_exit as E
import h_revoke as V
import h_undo as N
import office as O
import town as T

UNIT = "X305"                     # a school of the county: 22; its office's section and leader
BY, BOSS = "xianshi", "xianfen"


def new(town, by=BY, unit=UNIT, paper=True, status=303, **head):
    who = O.log_in(town, by)
    form = who.get("/correct/new").form("/correct/new")
    page = who.post(form.set(**dict({"unit": str(O.unit_id(town, unit)) if unit else "", "reason": "录入有误", "paper_no": "示编办函〔2026〕9号"}, **head)))
    assert page.status == status, (page.status, page.text[:1500])
    if status != 303:
        return who, page
    case = page.headers["location"].split("?")[0]
    if paper:
        O.add_paper(who, case)
    return who, case


def item(town, who, case, person, do="save", status=303, **values):
    path = C.item(town, case, person)
    page = who.post(who.get(path).form("/item/").set(**values), extra={"do": do})
    assert page.status == status, (page.status, page.errors(), page.text[:1500])
    return page


def filled(town, person, by=BY, unit=UNIT, **values):
    who, case = new(town, by, unit)
    E.pick(who, case, [person])
    page = item(town, who, case, person, **values)
    assert "done=item" in page.headers["location"], who.get(C.item(town, case, person) + "?check=1").errors()
    return who, case


def corrected(town, person, boss=BOSS, status=303, **values):
    who, case = filled(town, person, **values)
    O.submit(who, case)
    return O.decide(O.log_in(town, boss), case, "approve", status=status), case


def bad(town, person, field, words, by=BY, unit=UNIT, **values):
    """Not even complete: what the field says."""
    who, case = new(town, by, unit)
    E.pick(who, case, [person])
    page = item(town, who, case, person, do="check", status=422, **values)
    assert words in page.errors().get(field, ""), page.errors()
    return who, case


def began(town, person):
    return town.one("SELECT valid_from FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31'" % person)


def shifted(town, day, days):
    return town.one("SELECT DATE('%s') + INTERVAL %d DAY" % (day, days))


def one_of(town, more=""):
    """Somebody who came years after they began to work."""
    one = C.staff(town, 1, more=" AND e.valid_from > '2012-01-01' AND e.structure IN ('1', '2') AND e.quota_structure = e.structure" + more)[0]
    town.sql("UPDATE st_person SET birth_date = '1980-02-03', work_start = '2002-07-01', staffing_start = '2004-08-01' WHERE id = %d" % one[0])
    return one


def counted(town, of, code, *days):
    return [N.book(town, UNIT, of, code, d) for d in days]


def test_person(town):
    """A5.3 correct: 参加工作时间 and 入编时间 are put right by the office: before and after stand side by side, the card keeps them, no book moves, nothing else changes"""
    one = one_of(town)
    before = N.register(town, one[0])
    who, case = filled(town, one[0], work_start="2001-07-15", staffing_start="2003-09-01")
    assert [a[:3] for a in C.altered(who.get(case + "/confirm"))] == [("参加工作时间", "2002-07-01", "2001-07-15"), ("入编时间", "2004-08-01", "2003-09-01")]
    O.submit(who, case)
    boss = O.log_in(town, BOSS)
    assert len(C.altered(boss.get(case + "/review"))) == 2
    O.decide(boss, case, "approve")
    after = N.register(town, one[0])
    assert after[0] == before[0].replace("2002-07-01", "2001-07-15").replace("2004-08-01", "2003-09-01") and after[1:] == before[1:]
    assert town.sql("SELECT kind, field FROM st_change WHERE case_id = %d ORDER BY id" % O.case_id(case)) == [["correct", "work_start"], ["correct", "staffing_start"]]
    assert not town.sql("SELECT 1 FROM st_quota_posting WHERE case_id = %d" % O.case_id(case)) and C.fine(town)
    O.clerk(town, UNIT).get("/staffing/person/%d" % one[0]).says("参加工作时间", "更正")


def test_two(town):
    """A5.3 bad input: who has handed it in does not decide, though they may; a leader, a unit's clerk and an upper office do not propose"""
    one = one_of(town)
    who, case = filled(town, one[0], work_start="2001-07-15")
    O.submit(who, case)
    by = town.one("SELECT submitted_by FROM bz_case WHERE id = %d" % O.case_id(case))
    boss = O.log_in(town, BOSS)
    form = boss.get(case + "/review").form("/move").set(opinion="")
    me = town.one("SELECT operator_id FROM bz_move WHERE case_id = %d ORDER BY id DESC LIMIT 1" % O.case_id(case))
    assert me == by
    mine = town.one("SELECT o.id FROM bz_operator o JOIN bz_account a ON a.id = o.account_id WHERE a.name = '%s' ORDER BY o.id LIMIT 1" % BOSS)
    town.sql("UPDATE bz_case SET submitted_by = %s WHERE id = %d" % (mine, O.case_id(case)))
    page = boss.post(form, extra={"move": "approve", "confirmed": "approve"})
    assert page.status in (403, 409) and "由您本人上报，须由其他人审核" in page.text, page.text[:1500]
    assert O.state(town, case) == "open" and C.of(town, one[0], "work_start") == "2002-07-01"
    town.sql("UPDATE bz_case SET submitted_by = %s WHERE id = %d" % (by, O.case_id(case)))
    O.decide(boss, case, "approve")
    for account in (BOSS, UNIT, "X307"):
        assert O.log_in(town, account).get("/correct/new").status == 403, account
    assert O.log_in(town, "shibian").get("/correct/new").form("/correct/new") is not None
    new(town, "shibian", UNIT, status=404)


def test_no_paper(town):
    """A5.3 bad input: without reason, number and paper nothing is handed in"""
    one = one_of(town)
    who, case = new(town, paper=False)
    E.pick(who, case, [one[0]])
    item(town, who, case, one[0], work_start="2001-07-15")
    O.submit(who, case, status=422).says("信息更正的依据文件")
    for field in ("reason", "paper_no", "unit"):
        assert field in new(town, status=422, **{field: ""})[1].errors()


def test_nothing(town):
    """bad input: nothing differs; what belongs to 异动 is closed here, whatever a browser sends"""
    one = one_of(town)
    who, case = new(town)
    E.pick(who, case, [one[0]])
    page = item(town, who, case, one[0], do="check", status=422)
    page.says("没有更正任何信息")
    form = who.get(C.item(town, case, one[0])).form("/item/")
    assert not {"name", "sex", "id_number", "birth_date", "person_status"} & set(form.fields), form.fields
    form.set(work_start="2001-07-15").fields.update(name="改名", person_status="21")
    assert who.post(form, extra={"do": "save"}).status == 303
    assert [a[0] for a in C.altered(who.get(case + "/confirm"))] == ["参加工作时间"]


def test_days(town):
    """bad input: a day before birth or 参加工作, after today, before the first entry"""
    one = one_of(town)
    day = began(town, one[0])
    bad(town, one[0], "work_start", "年满 16 周岁", work_start="1979-01-01")
    bad(town, one[0], "work_start", "不能晚于今天", work_start=E.today(town, -1))
    bad(town, one[0], "staffing_start", "早于参加工作时间", staffing_start="2002-06-30")
    bad(town, one[0], "unit_entry_date", "早于入编时间", unit_entry_date="2004-07-31")
    bad(town, one[0], "unit_entry_date", "不能晚于今天", unit_entry_date=E.today(town, -1))
    assert began(town, one[0]) == day


def test_later_day(town):
    """A5.3 correct: a later day of entry: on the days between the book counts one less, before and after what it was; type, structure and posts alike"""
    one = one_of(town)
    was = began(town, one[0])
    to = shifted(town, was, 20)
    days = [shifted(town, was, n) for n in (-1, 0, 19, 20)] + [E.today(town)]
    structure = C.at_work(town, one[0], "structure")
    before = [counted(town, "type", "22", *days), counted(town, "structure", structure, *days)]
    have = E.balance(town), E.balance(town, UNIT, structure, "structure")
    corrected(town, one[0], unit_entry_date=to)
    assert began(town, one[0]) == to
    for b, now in zip(before, (counted(town, "type", "22", *days), counted(town, "structure", structure, *days))):
        assert now == [b[0], b[1] - 1, b[2] - 1, b[3], b[4]], (b, now)
    assert (E.balance(town), E.balance(town, UNIT, structure, "structure")) == have and C.fine(town)


def test_earlier_day(town):
    """A5.3 correct: an earlier day counts one more on the days between; it needs room on each of them, today's being full or not"""
    one = one_of(town)
    town.sql("UPDATE st_person SET staffing_start = '2002-08-01' WHERE id = %d" % one[0])
    was = town.one("SELECT '%s' - INTERVAL 0 DAY" % began(town, one[0]))
    town.sql("UPDATE st_employment SET valid_from = CURDATE() - INTERVAL 30 DAY WHERE person_id = %d AND valid_to = '9999-12-31'; UPDATE st_quota_posting SET"
             " posted_on = CURDATE() - INTERVAL 30 DAY WHERE person_id = %d AND posted_on = '%s'" % (one[0], one[0], was))
    to, between = E.today(town, 50), E.today(town, 40)
    O.make_room(town, 40, UNIT, "22")                    # on each past day, too
    full = O.free_posts(town, UNIT, of="22")
    freeze = "UPDATE st_quota SET frozen = frozen + %d WHERE unit_id = %d AND book = 'type' AND code = '22'"
    free = int(town.one("SELECT SUM(CASE account WHEN 'approved' THEN amount WHEN 'outgoing' THEN 0 ELSE -amount END) FROM st_quota_posting"
                        " WHERE unit_id = %d AND book = 'type' AND code = '22' AND posted_on <= CURDATE() - INTERVAL 42 DAY" % O.unit_id(town, UNIT)))
    there = "INSERT INTO st_quota_posting (unit_id, book, code, account, amount, posted_on, paper, recorded_at) VALUES (%d, 'type', '22', 'frozen', %d," \
            " CURDATE() - INTERVAL %d DAY, 'PAST', NOW())"
    town.sql(there % (O.unit_id(town, UNIT), free, 42))
    town.sql(there % (O.unit_id(town, UNIT), -free, 35))
    who, case = bad(town, one[0], "unit_entry_date", "在 %s 空编" % E.today(town, 42), unit_entry_date=to)
    town.sql("DELETE FROM st_quota_posting WHERE paper = 'PAST'")
    days = [E.today(town, n) for n in (51, 50, 31, 30, 0)]
    before = counted(town, "type", "22", *days)
    item(town, who, case, one[0], unit_entry_date=to)
    O.submit(who, case)
    town.sql(there % (O.unit_id(town, UNIT), free, 42))
    town.sql(there % (O.unit_id(town, UNIT), -free, 35))
    O.decide(O.log_in(town, BOSS), case, "approve", status=422).says("空编", "更正后会超过核定数")
    town.sql("DELETE FROM st_quota_posting WHERE paper = 'PAST'")
    town.sql(there % (O.unit_id(town, UNIT), full, 0) + "; " + freeze % (full, O.unit_id(town, UNIT)))
    assert O.free_posts(town, UNIT, of="22") == 0, "today's are all taken, and it asks for none of them"
    O.decide(O.log_in(town, BOSS), case, "approve")
    town.sql("DELETE FROM st_quota_posting WHERE paper = 'PAST'; " + freeze % (-full, O.unit_id(town, UNIT)))
    now = counted(town, "type", "22", *days)
    assert now == [before[0], before[1] + 1, before[2] + 1, before[3], before[4]], (before, now)
    assert began(town, one[0]) == to and between > to and C.fine(town)
    O.make_room(town, 3, UNIT, "22")


def test_type(town):
    """A5.3 correct: another type has counted since the day of entry, on each day; the wrong one has not, and with it goes its structure; both balances are right, verify finds nothing"""
    one = one_of(town)
    unit, day = O.unit_id(town, UNIT), began(town, one[0])
    town.sql("INSERT IGNORE INTO st_quota (unit_id, book, code, approved, occupied) VALUES (%d, 'type', '31', 0, 0)" % unit)
    if town.one("SELECT COUNT(*) FROM st_quota_posting WHERE unit_id = %d AND book = 'type' AND code = '31'" % unit) == "0":
        town.sql("INSERT INTO st_quota_posting (unit_id, book, code, account, amount, posted_on, paper, recorded_at) VALUES (%d, 'type', '31', 'approved', 1,"
                 " '2000-01-01', 'OPEN', NOW()); UPDATE st_quota SET approved = approved + 1 WHERE unit_id = %d AND book = 'type' AND code = '31'" % (unit, unit))
    O.make_room(town, 2, UNIT, "31")
    days = [shifted(town, day, -1), day, E.today(town)]
    structure = C.at_work(town, one[0], "structure")
    before = [counted(town, b, c, *days) for b, c in (("type", "22"), ("type", "31"), ("structure", structure))]
    have = E.balance(town), E.balance(town, UNIT, "31")
    town.sql("UPDATE st_employment SET civil_rank = 'X02' WHERE person_id = %d AND valid_to = '9999-12-31'" % one[0])
    case = corrected(town, one[0], staffing_type="31")[1]
    now = [counted(town, b, c, *days) for b, c in (("type", "22"), ("type", "31"), ("structure", structure))]
    for b, n, more in zip(before, now, (-1, 1, -1)):
        assert n == [b[0], b[1] + more, b[2] + more], (b, n)
    assert E.balance(town)[1] == have[0][1] - 1 and E.balance(town, UNIT, "31")[1] == have[1][1] + 1
    assert town.sql("SELECT staffing_type, quota_code, quota_structure FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31'" % one[0]) == [["31", "31", ""]]
    assert "staffing_type" in [r[0] for r in C.recorded(town, case)] and C.fine(town)
    E.approved(town, [one])
    assert E.balance(town, UNIT, "31")[1] == have[1][1] and C.fine(town), "who leaves, leaves the right account"


def test_no_account(town):
    """bad input: the unit has no account of the type; it has no room"""
    one = one_of(town)
    town.sql("UPDATE st_employment SET civil_rank = 'X02' WHERE person_id = %d AND valid_to = '9999-12-31'" % one[0])
    have = {r[0] for r in town.sql("SELECT code FROM st_quota WHERE book = 'type' AND unit_id = %d" % O.unit_id(town, UNIT))}
    none = next(t for t in ("32", "31") if t not in have)
    bad(town, one[0], "staffing_type", "本单位没有核定", staffing_type=none)
    other = next((t for t in have if t not in ("22",) and t[0] == "3"), None)
    if other is not None:
        O.make_room(town, 0, UNIT, other)
        bad(town, one[0], "staffing_type", "空编 0 名", staffing_type=other)
    bad(town, one[0], "staffing_type", "不能更正为", staffing_type="90")
    assert C.at_work(town, one[0], "staffing_type") == "22"


def test_elsewhere(town):
    """bad input: another employment at that time; a day behind an 异动 that was decided since"""
    one = one_of(town)
    town.sql("UPDATE st_person SET staffing_start = '2002-08-01' WHERE id = %d" % one[0])
    day = began(town, one[0])
    town.sql("INSERT INTO st_employment (person_id, unit_id, valid_from, valid_to, staffing_type, funding, person_status, entry_mode, exit_reason) VALUES"
             " (%d, %d, '2008-01-01', '%s' - INTERVAL 30 DAY, '22', '1', '10', '09', '01')" % (one[0], O.unit_id(town, "S012"), day))
    try:
        who, case = bad(town, one[0], "unit_entry_date", "到 %s 为止另有在编关系" % shifted(town, day, -30), unit_entry_date=shifted(town, day, -31))
    finally:
        town.sql("DELETE FROM st_employment WHERE person_id = %d AND unit_id = %d" % (one[0], O.unit_id(town, "S012")))
    two = one_of(town)
    C.approved(town, two[0], major="测绘")
    town.sql("UPDATE st_change SET changed_on = CURDATE() - INTERVAL 5 DAY WHERE person_id = %d" % two[0])
    bad(town, two[0], "unit_entry_date", "在 %s 已办理了其他业务" % E.today(town, 5), unit_entry_date=E.today(town, 4))


def test_gone(town):
    """bad input: who has left meanwhile, or stands in another case under way; what another correction has put right meanwhile is not overwritten"""
    one, two = one_of(town), C.staff(town, 2)[1]
    who, case = filled(town, one[0], work_start="2001-07-15")
    leaving = E.filled(town, [one])[1]
    O.submit(who, case)
    O.submit(O.clerk(town, UNIT), leaving, status=422)
    town.sql("UPDATE st_employment SET valid_to = CURDATE() WHERE person_id = %d AND valid_to = '9999-12-31'" % one[0])
    try:
        O.decide(O.log_in(town, BOSS), case, "approve", status=422).says("已不在本单位在编")
    finally:
        town.sql("UPDATE st_employment SET valid_to = '9999-12-31' WHERE person_id = %d AND valid_to = CURDATE()" % one[0])
    town.sql("UPDATE st_person SET work_start = '2002-07-02' WHERE id = %d" % one[0])
    O.decide(O.log_in(town, BOSS), case, "approve", status=422).says("参加工作时间")
    assert C.of(town, one[0], "work_start") == "2002-07-02"
    gone = E.filled(town, [two])[1]
    O.submit(O.clerk(town, UNIT), gone)
    who, case = new(town)
    E.pick(who, case, [two[0]])
    town.sql("UPDATE st_person SET birth_date = '1980-02-03', staffing_start = '2004-08-01' WHERE id = %d" % two[0])
    page = item(town, who, case, two[0], do="check", status=422, work_start="2001-07-15")
    assert "另一张在办的申请单" in page.errors().get("name", ""), page.errors()


def sheets(town, case):
    """Of each sheet of the case in its order: print, item, state, code of what replaced it."""
    return town.sql("SELECT s.print, s.item_id, s.state, COALESCE((SELECT n.code FROM bz_sheet n WHERE n.id = s.replaced_by), ''), s.code FROM bz_sheet s"
                    " WHERE s.case_id = %d ORDER BY s.id" % O.case_id(case))


def test_notice(town):
    """A5.3 HY-20 correct: the notice that told it wrongly is 已替换 at once, by one that says what is right, under the same number; who else came keeps theirs; the approved case stays as it was; the unit is told"""
    case = V.entered(town, 2)
    clerk, nobody = O.clerk(town, V.UNIT), T.Browser(town)
    D.press(clerk, case)
    old = sheets(town, case)
    one, other = V.subjects(town, case)
    item = {int(s): i for s, i in town.sql("SELECT subject_id, id FROM bz_item WHERE case_id = %d" % O.case_id(case))}
    body = town.sql("SELECT body, version FROM bz_item WHERE case_id = %d ORDER BY id" % O.case_id(case))
    was = C.of(town, one, "work_start")
    right = shifted(town, was, -40)
    who, correction = filled(town, one, "shibian", V.UNIT, work_start=right, from_unit="示例省第二师范学院")
    O.submit(who, correction)
    assert sheets(town, case) == old, "a proposal replaces nothing"
    O.decide(O.log_in(town, "fenguan"), correction, "approve")
    now = sheets(town, case)
    assert [(r[0], r[1], r[2]) for r in now] == [("notice", "0", "replaced")] + [("approval", i, "replaced" if i == item[one] else "valid") for _, i, *_ in old[1:]] \
        + [("notice", "0", "valid"), ("approval", item[one], "valid")], now
    assert now[0][3] == now[3][4] and [r[3] for r in now if r[1] == item[one]][0] == now[4][4]
    assert nobody.get("/check/" + now[0][4]).xml.find(".//kv[@t='状态']").text == "已替换"
    assert nobody.get("/check/" + now[3][4]).xml.find(".//kv[@t='状态']").text == "有效"
    page = clerk.get(case + "/print/notice")
    assert page.find("notice").get("void") is None and page.find("notice").get("no") == town.one("SELECT result_number FROM bz_case WHERE id = %d" % O.case_id(case))
    assert sorted(i.find("from_unit").text or "" for i in page.all("notice/item"))[-1] == "示例省第二师范学院"
    drawn = clerk.get(case + "/print/approval").all("approval")
    assert sorted(a.find("item/work_start").text for a in drawn) == sorted([right, C.of(town, other, "work_start")])
    assert town.sql("SELECT body, version FROM bz_item WHERE case_id = %d ORDER BY id" % O.case_id(case)) == body
    clerk.get("/inbox/").says("人员入编核准的内容已由编办更正", "《入编核准通知单》", "已替换，请重新打印")
    clerk.get(case).says("核准的内容有更正", "录入有误", town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(correction)))
    D.press(clerk, case, "notice", why="更正后重新打印")
    assert len(sheets(town, case)) == len(now) and C.fine(town)


def test_notice_twice(town):
    """A5.3 correct: two of one notice put right in one case make one new notice; put right once more, the newest value stands on the newest sheet"""
    case = V.entered(town, 2)
    clerk = O.clerk(town, V.UNIT)
    D.press(clerk, case, "notice")
    both = V.subjects(town, case)
    who, correction = new(town, "shibian", V.UNIT)
    E.pick(who, correction, both)
    for n, person in enumerate(both):
        item(town, who, correction, person, from_unit="原单位%d" % n)
    O.submit(who, correction)
    O.decide(O.log_in(town, "fenguan"), correction, "approve")
    assert [r[2] for r in sheets(town, case)] == ["replaced", "valid"], sheets(town, case)
    who, correction = filled(town, both[0], "shibian", V.UNIT, from_unit="原单位甲")
    O.submit(who, correction)
    O.decide(O.log_in(town, "fenguan"), correction, "approve")
    assert [r[2] for r in sheets(town, case)] == ["replaced", "replaced", "valid"], sheets(town, case)
    assert {i.find("from_unit").text for i in clerk.get(case + "/print/notice").all("notice/item")} == {"原单位甲", "原单位1"}


def test_notice_day(town):
    """A5.3 HY-21 correct: another day and another way of coming stand on the person's own sheet, page and PDF; what was not printed yet is printed rightly from the first"""
    case = V.entered(town, 1)
    one, = V.subjects(town, case)
    clerk, day = O.clerk(town, V.UNIT), E.today(town, 3)
    O.make_room(town, 40, V.UNIT, V.TYPE)
    town.sql("UPDATE st_quota_posting SET posted_on = posted_on - INTERVAL 30 DAY WHERE unit_id = %d AND account = 'approved' AND posted_on > '2026-01-01';"
             % O.unit_id(town, V.UNIT))
    who, correction = filled(town, one, "shibian", V.UNIT, unit_entry_date=day, staffing_start=day, entry_mode="10")
    O.submit(who, correction)
    O.decide(O.log_in(town, "fenguan"), correction, "approve")
    assert not sheets(town, case)
    D.press(clerk, case)
    assert [r[2] for r in sheets(town, case)] == ["valid", "valid"]
    y, m, d = (int(x) for x in day.split("-"))
    words = "自%d年%d月%d日起入编" % (y, m, d)
    html = clerk.get(case + "/print/approval", html=True).text
    assert words in html.replace(" ", "").replace("\n", "") and day in html, html[:3000]
    assert words in D.text_of(D.pdf(clerk, case, "approval")).replace(" ", "").replace("\n", "")
