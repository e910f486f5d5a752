# 撤销核准: a wrong approval of an entry, an exit or a slip is taken back: everything is as if
# it had not been, and what was printed of it is void.  SPDX-License-Identifier: MulanPSL-2.0
import d_print as D
import h_exit as E
import h_quota as Q
import h_use as U
import office as O

UNIT, TYPE, WAY = U.UNIT, U.TYPE, U.WAY


def new(town, by, unit, approval, status=303, **head):
    """提出: (who, path)."""
    who = O.log_in(town, by)
    form = who.get("/revoke/new?unit=%d&approval=%d" % (O.unit_id(town, unit), O.case_id(approval))).form("/revoke/new")
    form.set(**dict({"reason": "身份证号录入有误", "paper_no": "示编办函〔2026〕7号"}, **head))
    page = who.post(form)
    assert page.status == status, (page.status, page.text[:1500])
    return who, page.headers["location"].split("?")[0] if status == 303 else page


def subjects(town, approval):
    """Who is in the approved case; of a slip the case itself."""
    found = town.sql("SELECT subject_id FROM bz_item WHERE case_id = %d AND subject_key != '' ORDER BY seq" % O.case_id(approval))
    return [int(r[0]) for r in found] or [O.case_id(approval)]


def proposed(town, approval, whom=None, by="shibian", unit=UNIT, **head):
    """Filled in, not handed in: (who, path)."""
    who, case = new(town, by, unit, approval, **head)
    O.add_paper(who, case)
    page = who.post(who.get(case + "/pick").form("/pick"), extra={"do": "add", "pick": [str(i) for i in whom or subjects(town, approval)]})
    assert page.status == 303, (page.status, page.text[:1500])
    return who, case


def revoked(town, approval, whom=None, status=303, boss="fenguan", **where):
    """The whole way: the answer of the leader's approval, path."""
    who, case = proposed(town, approval, whom, **where)
    O.submit(who, case)
    return O.decide(O.log_in(town, boss), case, "approve", status=status), case


def stopped(town, approval, *words, **where):
    """Not even handed in."""
    who, case = proposed(town, approval, **where)
    O.submit(who, case, status=422).says(*words)
    return who, case


def entered(town, persons=1, slip_id=""):
    """An approved entry at the school: path."""
    U.room(town, persons + 4) if not slip_id else None
    who = O.clerk(town, UNIT)
    case = U.entry_on(town, who, slip_id, persons)
    O.submit(who, case)
    U.approved(town, case)
    return case


def employment(town, case):
    return int(town.one("SELECT COUNT(*) FROM st_employment WHERE entry_case_id = %d" % O.case_id(case)))


def fine(town):
    done = town.tool("verify", check=False)
    assert done.returncode == 0, done.stdout
    return True


def ago(town, case, days):
    """As if the case had been decided DAYS ago, with what it posted."""
    i = O.case_id(case)
    town.sql("UPDATE bz_case SET closed_at = closed_at - INTERVAL %d DAY WHERE id = %d; UPDATE st_quota_posting SET posted_on = posted_on - INTERVAL %d DAY"
             " WHERE case_id = %d; UPDATE st_employment SET valid_from = valid_from - INTERVAL %d DAY WHERE entry_case_id = %d;"
             " UPDATE st_employment SET valid_to = valid_to - INTERVAL %d DAY WHERE exit_case_id = %d" % (days, i, days, i, days, i, days, i))


def occupied(town, day, unit=UNIT, of=TYPE):
    """实有 at the end of a day."""
    return int(town.one("SELECT COALESCE(SUM(amount), 0) FROM st_quota_posting WHERE book = 'type' AND code = '%s' AND account = 'occupied' AND unit_id = %d"
                        " AND posted_on <= '%s'" % (of, O.unit_id(town, unit), day)))


def test_entry(town):
    """revoke: one of two who were wrongly entered is taken back: employment, duties, postings of that day and the place of the slip are as before, the other stays; the right one enters on the same slip"""
    U.room(town, 2)
    granted = U.granted(town, [(WAY, TYPE, 2)])
    slip_id = U.slip(town, granted)[0]
    before, case = U.balance(town), entered(town, 2, slip_id)
    one, other = subjects(town, case)
    town.sql("UPDATE st_slip SET granted_on = granted_on - INTERVAL 3 DAY WHERE id = %s; UPDATE st_quota_posting SET posted_on = posted_on - INTERVAL 3 DAY"
             " WHERE case_id = %d" % (slip_id, O.case_id(granted)))
    ago(town, case, 2)
    day, was = E.today(town, 2), occupied(town, E.today(town, 2))
    boss = O.log_in(town, "fenguan")
    who, revoke = proposed(town, case, [one])
    who.get(revoke).says("身份证号录入有误", "已完成")
    O.submit(who, revoke)
    assert employment(town, case) == 2 and U.left(town, slip_id) == 0, "nothing before the leader's approval"
    boss.get(revoke + "/review").says("入编")
    O.decide(boss, revoke, "approve")
    assert employment(town, case) == 1 and U.left(town, slip_id) == 1
    assert town.one("SELECT COUNT(*) FROM st_duty d LEFT JOIN st_employment e ON e.id = d.employment_id WHERE e.id IS NULL") == "0"
    assert town.one("SELECT COUNT(*) FROM st_person WHERE id = %d" % one) == "1" and U.balance(town)[1:] == [before[1] + 1, before[2] - 1]
    assert occupied(town, day) == was - 1, "as of the day itself"
    assert town.sql("SELECT account, SUM(amount) FROM st_quota_posting WHERE case_id = %d AND book = 'type' AND posted_on = '%s' GROUP BY account"
                    % (O.case_id(revoke), day)) == [["occupied", "-1"], ["reserved", "1"]]
    page = O.clerk(town, UNIT).get(case)
    page.says("部分撤销核准", "其中 1 人的核准已撤销", "身份证号录入有误", "CX-")
    assert revoke not in page.text, "the unit does not look at the office's case"
    assert revoke in O.log_in(town, "shibian").get(case).text
    O.log_in(town, "shibian").get("/entry/?tab=done").says("部分撤销核准")
    assert fine(town)
    again = entered(town, 1, slip_id)
    assert U.left(town, slip_id) == 0 and employment(town, again) == 1 and fine(town)
    assert town.one("SELECT COUNT(*) FROM bz_audit WHERE action = 'entry.undo' AND object_type = 'item'") != "0"


def test_sheets(town):
    """revoke: the notice of before says 已作废 with its day on the check page and when looked at; the office issues one anew for those who stay; of a case taken back as a whole none is printed any more"""
    case = entered(town, 2)
    one, other = subjects(town, case)
    names = dict((int(i), n) for i, n in town.sql("SELECT subject_id, label FROM bz_item WHERE case_id = %d" % O.case_id(case)))
    names[one], names[other] = "尤一人", "尤二人"
    for i, n in names.items():
        town.sql("UPDATE bz_item SET label = '%s', body = REGEXP_REPLACE(body, '<name>[^<]*</name>', '<name>%s</name>') WHERE case_id = %d AND subject_id = %d" % (
            n, n, O.case_id(case), i))
    who, office = O.clerk(town, UNIT), O.reviewer(town)
    D.press(who, case)
    old = [town.one("SELECT code FROM bz_sheet WHERE case_id = %d AND print = 'notice'" % O.case_id(case))]
    old += [town.one("SELECT s.code FROM bz_sheet s JOIN bz_item i ON i.id = s.item_id WHERE i.case_id = %d AND i.subject_id = %d" % (O.case_id(case), p))
            for p in (one, other)]
    O.log_in(town, "chakan").get("/check/" + old[0]).says("现在有效")
    revoked(town, case, [one])
    for code, word in zip(old, ("已作废", "作废日期", "现在有效")):
        O.log_in(town, "chakan").get("/check/" + code).says(word)
    page = who.get(case + "/print/notice")
    assert page.find("notice").get("void") == "作废" and len(page.all("notice/item")) == 2, "as it was issued"
    who.get("/inbox/").says("人员入编的核准已撤销", "入编核准通知单", "请交回编办")
    D.press(who, case, "notice", why="再打一份")
    assert who.get(case + "/print/notice").find("notice").get("void") == "作废", "a unit gives out nothing anew"
    D.press(office, case, "notice", why="撤销一人后重新出具")
    page = office.get(case + "/print/notice")
    assert not page.find("notice").get("void") and [i.get("label") for i in page.all("notice/item")] == ["尤二人"], page.text[:1500]
    O.log_in(town, "chakan").get("/check/" + old[0]).says("已作废", "重新出具的为准")
    D.press(office, case, "approval", why="留档")
    assert [(a.get("void"), a.find("item").get("label")) for a in office.get(case + "/print/approval").all("approval")] == [("作废", "尤一人"), (None, "尤二人")]
    revoked(town, case, [other])
    who.get(case).says("已撤销核准", "核准已撤销，打印过的文书已作废", "查看入编核准通知单")
    page = who.get(case)
    assert not [f for f in page.xml.iter("form") if "/print/" in (f.get("action") or "")], "a void case is printed"
    form = who.get(entered(town, 1)).form("/print/notice")
    number = O.case_id(form.action.rsplit("/print", 1)[0])
    form.action = form.action.replace("/%d/" % number, "/%d/" % O.case_id(case))
    assert who.post(form).status in (403, 409)
    assert fine(town)


def test_exit(town):
    """revoke 恢复: begun in 减少人员, an exit never was: the employment is open again with its duties, the books have one more since the exit's day; verify finds nothing"""
    one, = E.staff(town, 1)
    have = E.balance(town)[1]
    case = E.approved(town, [one])
    assert E.balance(town)[1] == have - 1
    section = O.log_in(town, "xianshi")
    href = next(c.get("href") for r in section.get("/staffing/left/").xml.find(".//table[@id='left']").iter("r")
                for c in r.iter("c") if "".join(c.itertext()) == "恢复" and "".join(r.find("c").itertext()) == one[1])
    assert href.endswith("/revoke/new?unit=%d&approval=%d" % (O.unit_id(town, E.UNIT), O.case_id(case))), href
    clerk = O.clerk(town, E.UNIT)
    assert "恢复" not in clerk.get("/staffing/left/").text
    revoked(town, case, by="xianshi", unit=E.UNIT, boss="xianfen")
    assert E.balance(town)[1] == have and not E.ended(town, one[0])
    assert town.one("SELECT COUNT(*) FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31' AND exit_reason IS NULL AND exit_case_id IS NULL" % one[0]) == "1"
    assert one[1] not in clerk.get("/staffing/left/").text and fine(town)
    clerk.get(case).says("已撤销核准")
    E.approved(town, [one])
    assert E.balance(town)[1] == have - 1 and fine(town), "who was restored can leave"


def test_slip(town):
    """revoke: a slip that nobody has used is taken back as a whole; one that was used is refused: first the entry"""
    U.room(town, 3)
    before = U.balance(town)
    granted = U.granted(town, [(WAY, TYPE, 2), ("10", TYPE, 1)])
    slip_id = U.slip(town, granted)[0]
    entry = entered(town, 1, slip_id)
    who, case = stopped(town, granted, "已使用 1 名", "请先撤销其入编核准")
    revoked(town, entry)
    assert U.left(town, slip_id) == 3
    O.submit(who, case)
    O.decide(O.log_in(town, "fenguan"), case, "approve")
    assert U.balance(town) == before and U.slip(town, granted)[3] == "void" and fine(town)
    assert town.one("SELECT COUNT(*) FROM bz_undone WHERE case_id = %d" % O.case_id(granted)) == "2", "both lines of the slip"
    O.log_in(town, U.PARENT).get(granted).says("已撤销核准")
    form = O.log_in(town, "shibian").get("/revoke/new?unit=%d" % O.unit_id(town, UNIT)).form("/revoke/new")
    assert str(O.case_id(granted)) not in dict(form.options["approval"]), "offered again"


def test_slip_is_over(town):
    """revoke: where the slip is over meanwhile, its place goes back to the unit: nothing is reserved"""
    U.room(town, 2)
    slip_id = U.slip(town, U.granted(town, [(WAY, TYPE, 2)]))[0]
    before = U.balance(town)
    case = entered(town, 1, slip_id)
    town.sql("UPDATE st_slip SET valid_until = CURDATE() - INTERVAL 1 DAY WHERE id = %s" % slip_id)
    town.tool("jobs", "run", "staffing.slips")
    assert town.one("SELECT state FROM st_slip WHERE id = %s" % slip_id) == "expired"
    revoked(town, case)
    assert U.balance(town) == [before[0], before[1], before[2] - 2] and fine(town)
    assert town.sql("SELECT used, released FROM st_slip_line WHERE slip_id = %s" % slip_id) == [["0", "2"]]


def test_off_roll(town):
    """revoke: a record off roll that the entry closed is open again"""
    U.room(town, 3)
    who = O.clerk(town, UNIT)
    number = O.new_number()
    town.sql("INSERT INTO st_person (name, sex, id_number, birth_date, ethnic, political, work_start, education) VALUES ('控数人', '1', '%s', '1998-03-12', '01', '01',"
             " '2020-07-01', '21'); INSERT INTO st_employment (person_id, unit_id, valid_from, staffing_type, funding, person_status, entry_mode)"
             " SELECT id, %d, '2020-07-01', (SELECT 'X'), '1', '10', '09' FROM st_person WHERE id_number = '%s'" % (number, O.unit_id(town, UNIT), number))
    kind = next(r for r in open(O.T.TOP + "/sql/codes/staffing_type.csv", encoding="utf-8-sig") if "控制数" in r).split(",")[0]
    town.sql("UPDATE st_employment SET staffing_type = '%s' WHERE staffing_type = 'X'" % kind)
    case = U.entry_on(town, who, "", 0)
    O.add_person(who, case, **dict(O.PUBLIC, name="控数人", number=number))
    O.submit(who, case)
    U.approved(town, case)
    rows = "SELECT COUNT(*), SUM(valid_to = '9999-12-31') FROM st_employment e JOIN st_person p ON p.id = e.person_id WHERE p.id_number = '%s'" % number
    assert town.sql(rows) == [["2", "1"]]
    revoked(town, case)
    assert town.sql(rows) == [["1", "1"]] and fine(town)


def test_moved_on(town):
    """bad input: who has left since, or stands in another open case, is not taken back; nor twice, nor in two cases under way"""
    case = entered(town, 1)
    person = subjects(town, case)[0]
    town.sql("UPDATE st_employment SET valid_from = CURDATE() - INTERVAL 1 DAY WHERE entry_case_id = %d; UPDATE st_quota_posting SET posted_on = CURDATE() - INTERVAL 1 DAY"
             " WHERE case_id = %d" % (O.case_id(case), O.case_id(case)))
    who = O.clerk(town, UNIT)
    leaving = E.new_case(town, who, UNIT)
    E.pick(who, leaving, [person])
    E.fill(town, who, leaving, person, **E.RETIRED)
    O.submit(who, leaving)
    section, revoke = stopped(town, case, "另一张在办的申请单")
    for account in ("D003", "shibian"):
        O.decide(O.log_in(town, account), leaving, "pass")
    O.decide(O.log_in(town, "fenguan"), leaving, "approve")
    O.submit(section, revoke, status=422).says("已于 %s 出编" % E.today(town), "先撤销出编核准")
    revoked(town, leaving)
    O.submit(section, revoke)
    stopped(town, case, "已在另一张在办的撤销核准")
    O.decide(O.log_in(town, "fenguan"), revoke, "approve")
    assert employment(town, case) == 0 and fine(town)
    form = section.get("/revoke/new?unit=%d" % O.unit_id(town, UNIT)).form("/revoke/new")
    assert str(O.case_id(case)) not in dict(form.options["approval"])
    town.sql("UPDATE bz_case SET state = 'open', step = 'leader', submitted_by = created_by, submitted_at = NOW() WHERE id = %d" % O.case_id(revoke))
    form = O.log_in(town, "fenguan").get(revoke + "/review").form("/move")
    page = O.press(O.log_in(town, "fenguan"), form, "approve") if form else None
    town.sql("UPDATE bz_case SET state = 'done', step = 'done' WHERE id = %d" % O.case_id(revoke))
    assert page is None or page.status in (403, 409, 422), page.status
    assert town.one("SELECT COUNT(*) FROM bz_undone WHERE case_id = %d" % O.case_id(case)) == "1" and fine(town)


def test_late(town):
    """bad input: after 30 days an approval stands: the sentence says since when and what is done instead; on the thirtieth it does not"""
    case = entered(town, 1)
    ago(town, case, 31)
    clerk = O.log_in(town, "shibian")
    assert "撤销核准" not in [a.text for a in clerk.get(case).xml.iter("a")], "offered too late"
    stopped(town, case, "这项核准于 %s 作出" % E.today(town, 31), "已超过 30 天", "请改办人员出编")
    case = entered(town, 1)
    ago(town, case, 30)
    assert "撤销核准" in [a.text for a in clerk.get(case).xml.iter("a")]
    who, revoke = proposed(town, case)
    O.submit(who, revoke)
    ago(town, case, 5)                  # how long the leader takes is not the section's
    town.sql("UPDATE bz_case SET submitted_at = submitted_at - INTERVAL 5 DAY WHERE id = %d" % O.case_id(revoke))
    O.decide(O.log_in(town, "fenguan"), revoke, "approve")
    assert employment(town, case) == 0 and fine(town)


def test_not_theirs(town):
    """bad input: a case that is not approved, of another unit or of another office cannot be named; a unit's clerk, a counter and an upper office have no such page or button"""
    U.room(town, 4)
    unit_clerk = O.clerk(town, UNIT)
    waiting = U.entry_on(town, unit_clerk, "", 1)
    O.submit(unit_clerk, waiting)
    done, exit_case = entered(town, 1), E.approved(town, E.staff(town, 1))
    who = O.log_in(town, "shibian")
    for unit, approval in ((UNIT, waiting), ("S012", done), (UNIT, exit_case)):
        form = who.get("/revoke/new?unit=%d" % O.unit_id(town, unit)).form("/revoke/new")
        page = who.post(form.set(approval=str(O.case_id(approval)), reason="误", paper_no="无"))
        assert page.status == 422 and "approval" in page.errors(), (unit, page.status, page.errors())
    assert who.get("/revoke/new?unit=%d&approval=%d" % (O.unit_id(town, E.UNIT), O.case_id(exit_case))).status == 404, "of another office"
    for account in (UNIT, "chuangkou", "D003"):
        assert O.log_in(town, account).get("/revoke/new").status == 403 and "/revoke/" not in O.log_in(town, account).get(done).text
    assert "/revoke/new" not in who.get(exit_case).text, "an upper office"
    assert employment(town, done) == 1


def test_forged(town):
    """bad input: somebody who is not in the approval is not ticked; another approval chosen later leaves those of the first refused"""
    one, other = entered(town, 1), entered(town, 1)
    who, case = new(town, "shibian", UNIT, one)
    for stranger in (subjects(town, other)[0], 999999999):
        page = who.post(who.get(case + "/pick").form("/pick"), extra={"do": "add", "pick": [str(stranger)]})
        assert page.status == 409, page.status
    who, case = proposed(town, one)
    form = who.get(case).form(case)
    assert who.post(form.set(approval=str(O.case_id(other))), extra={"do": "save"}).status == 303
    O.submit(who, case, status=422).says("没有这一人")
    assert employment(town, one) == employment(town, other) == 1


def test_seat_taken(town):
    """bad input: an exit is not taken back when the leading post was filled again, nor when there is no room, today or on a day since, or the person has another place"""
    where = " AND (SELECT COUNT(*) FROM st_duty d JOIN st_post o ON o.id = d.post_id WHERE d.employment_id = e.id) = 1"
    one = E.staff(town, 1, "D031", "11", where)[0]
    old = int(town.one("SELECT id FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31'" % one[0]))
    case = E.approved(town, [one], "D031")
    post, quota = town.sql("SELECT o.id, o.quota FROM st_duty d JOIN st_post o ON o.id = d.post_id WHERE d.employment_id = %d" % old)[0]
    held = int(town.one("SELECT COUNT(*) FROM st_duty d JOIN st_employment e ON e.id = d.employment_id WHERE d.post_id = %s AND e.valid_to = '9999-12-31'" % post))
    town.sql("UPDATE st_post SET quota = %d WHERE id = %s" % (held or 0, post))
    try:
        who, revoke = stopped(town, case, "已另行配备", by="xingbian", unit="D031")
    finally:
        town.sql("UPDATE st_post SET quota = %s WHERE id = %s" % (max(int(quota), held + 1), post))
    O.make_room(town, 0, "D031")
    try:
        O.submit(who, revoke, status=422).says("空编 0 名", "恢复后会超过核定数")
    finally:
        O.make_room(town, 3, "D031")
    O.submit(who, revoke)
    O.decide(O.log_in(town, "fenguan"), revoke, "approve")
    assert town.one("SELECT valid_to FROM st_employment WHERE id = %d" % old) == "9999-12-31" and fine(town)


def test_room_since(town):
    """bad input: there was no room for one more on a day between exit and today, though there is now; and who has another place since stays there"""
    one, two = E.staff(town, 2)
    case = E.approved(town, [one, two])
    ago(town, case, 5)
    of = "unit_id = %d AND book = 'type' AND code = '%s'" % (O.unit_id(town, E.UNIT), E.TYPE)
    free = O.free_posts(town, E.UNIT, of=E.TYPE)
    there = "INSERT INTO st_quota_posting (unit_id, book, code, account, amount, posted_on, paper, recorded_at) SELECT unit_id, book, code, 'frozen', %d," \
            " CURDATE() - INTERVAL %d DAY, 'PAST', NOW() FROM st_quota WHERE " + of
    town.sql(there % (free, 3))
    town.sql(there % (-free, 2))
    where = {"by": "xianshi", "unit": E.UNIT}
    who, revoke = stopped(town, case, "在 %s 空编 0 名" % E.today(town, 3), whom=[one[0]], **where)
    town.sql("DELETE FROM st_quota_posting WHERE paper = 'PAST'")
    other = O.unit_id(town, "S012")
    town.sql("INSERT INTO st_employment (person_id, unit_id, valid_from, staffing_type, funding, person_status, entry_mode) VALUES (%d, %d, CURDATE(), '22', '1', '10', '09')"
             % (one[0], other))
    O.submit(who, revoke, status=422).says("又有新的在编关系")
    town.sql("DELETE FROM st_employment WHERE person_id = %d AND unit_id = %d" % (one[0], other))
    O.submit(who, revoke)
    have = E.balance(town)[1]
    O.decide(O.log_in(town, "xianfen"), revoke, "approve")
    assert E.balance(town)[1] == have + 1 and fine(town)


def test_at_once(town):
    """revoke: two who approve the same revocation at once, and one who approves another of the same entry: it is taken back once"""
    case = entered(town, 1)
    who, first = proposed(town, case)
    O.submit(who, first)
    other = proposed(town, case)[1]
    have = U.balance(town)[1]
    presses = [Q.approval(town, first), Q.approval(town, first)]
    town.sql("UPDATE bz_case SET state = 'open', step = 'leader', submitted_by = created_by, submitted_at = NOW() WHERE id = %d" % O.case_id(other))
    form = O.log_in(town, "fenguan").get(other + "/review").form("/move")
    boss = O.log_in(town, "fenguan")
    presses.append(lambda: boss.post(form.set(opinion=""), extra={"move": "approve", "confirmed": "approve"}))
    got = Q.pressed(town, presses[:2], "bz_case WHERE id = %d" % O.case_id(first), "UPDATE bz_case SET state = 'draft', step = 'draft' WHERE id = %d" % O.case_id(other))
    town.sql("UPDATE bz_case SET state = 'open', step = 'leader' WHERE id = %d" % O.case_id(other))
    assert sorted(p.status for p in got)[0] == 303 and sorted(p.status for p in got)[1] in (303, 409), [p.status for p in got]
    assert presses[2]().status in (200, 403, 409, 422)
    assert U.balance(town)[1] == have - 1 and employment(town, case) == 0
    assert town.one("SELECT COUNT(*) FROM bz_undone WHERE case_id = %d" % O.case_id(case)) == "1" and fine(town)
    town.sql("UPDATE bz_case SET state = 'cancelled', step = 'cancelled' WHERE id = %d" % O.case_id(other))

