# 撤销核准 of 人员异动: each field, seat and account is as it was, on its own day; what was
# changed stays on record beside it.  SPDX-License-Identifier: MulanPSL-2.0
import h_change as C
import h_exit as E
import h_revoke as R
import office as O
import town as T

UNIT = C.UNIT
SCHOOL = {"by": "xianshi", "unit": UNIT}
LEADER = dict(SCHOOL, boss="xianfen")
AGENCY = {"by": "xingbian", "unit": "D031"}
PERSON = "SELECT CONCAT_WS('|', name, sex, id_number, birth_date, ethnic, political, COALESCE(party_join_date, ''), work_start, education, degree, school, major," \
         " COALESCE(graduation_date, ''), identity, staffing_start, native_place, civil_registered) FROM st_person WHERE id = %d"
WORK = "SELECT CONCAT_WS('|', valid_from, staffing_type, funding, structure, admin_use, person_status, post_category, politics_law, civil_rank, wage_source," \
       " COALESCE(organ_id, ''), quota_code, quota_structure, quota_funding) FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31'"
DUTIES = "SELECT seq, COALESCE(post_id, ''), duty, name, appointment_type, doc_no, COALESCE(appoint_date, '') FROM st_duty WHERE employment_id =" \
         " (SELECT id FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31') ORDER BY seq"
TITLES = "SELECT kind, title_name, level, cert_no, approval_body, employed FROM st_qualification WHERE person_id = %d ORDER BY seq"


def register(town, person):
    return town.one(PERSON % person), town.one(WORK % person), town.sql(DUTIES % person), town.sql(TITLES % person)


def book(town, unit, of, code, day):
    return int(town.one("SELECT COALESCE(SUM(amount), 0) FROM st_quota_posting WHERE book = '%s' AND code = '%s' AND account = 'occupied' AND unit_id = %d"
                        " AND posted_on <= '%s'" % (of, code, O.unit_id(town, unit), day)))


def ago(town, case, days):
    """As if the change had been decided DAYS ago."""
    town.sql("UPDATE bz_case SET closed_at = closed_at - INTERVAL %d DAY WHERE id = %d; UPDATE st_quota_posting SET posted_on = posted_on - INTERVAL %d DAY"
             " WHERE case_id = %d" % (days, O.case_id(case), days, O.case_id(case)))


def test_undone(town):
    """undo of a change: name, number, a month with its day, duties and titles with what no form shows are as they were; nothing else; the record stays and the card says 已撤销"""
    one, = C.staff(town, 1)
    town.sql("UPDATE st_person SET political = '01', party_join_date = '2006-06-17' WHERE id = %d; DELETE FROM st_qualification WHERE person_id = %d; INSERT INTO"
             " st_qualification (person_id, seq, kind, title_code, title_name, level, approval_body, cert_no) VALUES (%d, 1, 'title', '', '一级教师', '3', '示例市人社局', 'Z-1')"
             % (one[0], one[0], one[0]))
    before = register(town, one[0])
    number = O.new_number(C.of(town, one[0], "birth_date"), woman=C.of(town, one[0], "sex") == "2")
    who, case = C.approved(town, one[0], name=one[1] + "甲", id_number=number, party_join_date="2007-07", qualification__1__title_name="高级教师")
    after = register(town, one[0])
    assert after[0] != before[0] and after[3] != before[3]
    rows = C.recorded(town, case)
    assert "撤销核准" in [a.text for a in O.log_in(town, "xianshi").get(case).xml.iter("a")]
    R.revoked(town, case, **LEADER)
    assert register(town, one[0]) == before, (before, register(town, one[0]))
    assert C.recorded(town, case) == rows
    table = [["".join(c.itertext()) for c in r.iter("c")] for r in who.get("/staffing/person/%d" % one[0]).xml.find(".//table[@id='altered']").iter("r")]
    assert len(table) == len(rows) and all(t[5].startswith("已撤销（%s" % E.today(town)) for t in table), table
    who.get(case).says("已撤销核准")
    again = C.approved(town, one[0], name=one[1] + "乙")[1]
    assert C.of(town, one[0], "name") == one[1] + "乙"
    O.submit(*R.proposed(town, again, **SCHOOL))
    R.stopped(town, again, "已在另一张在办的撤销核准", **SCHOOL)
    assert C.fine(town)


def test_books(town):
    """undo of a change: the structure is given back on the days on which it was taken, so that the book of each day is what it was before"""
    one, = C.staff(town, 1, more=" AND e.structure IN ('1', '2') AND e.quota_structure = e.structure")
    now, to, category = C.other_structure(town, one[0])
    for of in (now, to):
        O.make_room(town, 40, UNIT, of, "structure")         # on the past days, too
    day, before = E.today(town, 4), register(town, one[0])
    was = [book(town, UNIT, "structure", s, d) for s in (now, to) for d in (day, E.today(town))]
    have = [E.balance(town, UNIT, s, "structure") for s in (now, to)]
    case = C.approved(town, one[0], structure=to, post_category=category)[1]
    ago(town, case, 4)
    assert book(town, UNIT, "structure", to, day) == was[2] + 1
    revoke = R.revoked(town, case, **LEADER)[1]
    assert [book(town, UNIT, "structure", s, d) for s in (now, to) for d in (day, E.today(town))] == was
    assert [E.balance(town, UNIT, s, "structure") for s in (now, to)] == have and register(town, one[0]) == before
    assert sorted(town.sql("SELECT code, amount, posted_on FROM st_quota_posting WHERE case_id = %d" % O.case_id(revoke))) == sorted([[now, "1", day], [to, "-1", day]])
    assert C.fine(town)


def test_no_room(town):
    """bad input: a book has no room today, or had none on a day since: the change stands, and the sentence names book and day"""
    one, = C.staff(town, 1, more=" AND e.structure IN ('1', '2') AND e.quota_structure = e.structure")
    now, to, category = C.other_structure(town, one[0])
    for of in (now, to):
        O.make_room(town, 40, UNIT, of, "structure")         # on the past days, too
    case = C.approved(town, one[0], structure=to, post_category=category)[1]
    ago(town, case, 5)
    unit = O.unit_id(town, UNIT)
    free = int(town.one("SELECT SUM(CASE account WHEN 'approved' THEN amount WHEN 'outgoing' THEN 0 ELSE -amount END) FROM st_quota_posting"
                        " WHERE unit_id = %d AND book = 'structure' AND code = '%s' AND posted_on <= CURDATE() - INTERVAL 3 DAY" % (unit, now)))

    def frozen(n, back):
        town.sql("INSERT INTO st_quota_posting (unit_id, book, code, account, amount, posted_on, paper, recorded_at) VALUES (%d, 'structure', '%s', 'frozen', %d,"
                 " CURDATE() - INTERVAL %d DAY, 'PAST', NOW())" % (unit, now, n, back))
        if back == 0:
            town.sql("UPDATE st_quota SET frozen = frozen + %d WHERE unit_id = %d AND book = 'structure' AND code = '%s'" % (n, unit, now))
    frozen(free, 3)
    frozen(-free, 2)
    who, revoke = R.stopped(town, case, "在 %s 空编 0 名" % E.today(town, 3), "撤销后会超过核定数", **SCHOOL)
    town.sql("DELETE FROM st_quota_posting WHERE paper = 'PAST'")
    full = O.free_posts(town, UNIT, "structure", now)
    frozen(full, 0)
    O.submit(who, revoke, status=422).says("空编 0 名")
    frozen(-1, 0)
    O.submit(who, revoke)
    frozen(1, 0)
    O.decide(O.log_in(town, "xianfen"), revoke, "approve", status=422).says("空编 0 名")
    assert C.at_work(town, one[0], "structure") == to
    frozen(-full, 0)
    O.decide(O.log_in(town, "xianfen"), revoke, "approve")
    assert C.at_work(town, one[0], "quota_structure") == now and C.fine(town)


def test_later(town):
    """bad input: a later change of the same field stands in the way and is undone first; one of another field does not"""
    one, = C.staff(town, 1)
    before = register(town, one[0])
    first = C.approved(town, one[0], major="测绘")[1]
    second = C.approved(town, one[0], major="水文")[1]
    beside = C.approved(town, one[0], native_place="湖南祁东")[1]
    number = town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(second))
    who, case = R.stopped(town, first, "专业此后又由业务 %s 变更" % number, "先撤销后一项", **SCHOOL)
    R.revoked(town, second, **LEADER)
    assert C.of(town, one[0], "major") == "测绘"
    O.submit(who, case)
    town.sql("INSERT INTO st_change (person_id, employment_id, case_id, changed_on, field, title) SELECT person_id, employment_id, %d, changed_on, field, title"
             " FROM st_change WHERE case_id = %d" % (O.case_id(beside), O.case_id(first)))
    O.decide(O.log_in(town, "xianfen"), case, "approve", status=422).says("此后又由业务")
    town.sql("DELETE FROM st_change WHERE case_id = %d AND field = 'major'" % O.case_id(beside))
    O.decide(O.log_in(town, "xianfen"), case, "approve")
    R.revoked(town, beside, **LEADER)
    assert register(town, one[0]) == before


def test_moved(town):
    """bad input: what hangs together with a changed field was put right otherwise since: nothing is overwritten"""
    one, = C.staff(town, 1)
    case = C.approved(town, one[0], major="测绘")[1]
    school = C.of(town, one[0], "school")
    town.sql("UPDATE st_person SET major = '遥感' WHERE id = %d" % one[0])
    who, revoke = R.stopped(town, case, "专业此后又有变更", **SCHOOL)
    town.sql("UPDATE st_person SET major = '测绘' WHERE id = %d" % one[0])
    O.submit(who, revoke)
    town.sql("UPDATE st_person SET major = '遥感' WHERE id = %d" % one[0])
    O.decide(O.log_in(town, "xianfen"), revoke, "approve", status=422).says("此后又有变更")
    assert C.of(town, one[0], "major") == "遥感" and C.of(town, one[0], "school") == school


def test_gone(town):
    """bad input: who has left since is not changed back, before the exit is taken back; nor who stands in another business under way"""
    one, = C.staff(town, 1)
    before = register(town, one[0])
    case = C.approved(town, one[0], major="测绘")[1]
    who, leaving = E.filled(town, [one])
    O.submit(who, leaving)
    section, revoke = R.stopped(town, case, "另一张在办的申请单", **SCHOOL)
    E.to_leader(town, leaving)
    O.decide(E.leader(town), leaving, "approve")
    O.submit(section, revoke, status=422).says("异动后已出编", "先撤销出编核准")
    R.revoked(town, leaving, **LEADER)
    O.submit(section, revoke)
    O.decide(O.log_in(town, "xianfen"), revoke, "approve")
    assert register(town, one[0]) == before and C.fine(town)


def test_seat(town):
    """undo of a change: a leading post that was given up is theirs again, in the lead book too, on the day of the change; refused where it was filled meanwhile"""
    one, other = C.staff(town, 2, "D031", "11", C.LEADER + " AND (SELECT COUNT(*) FROM st_duty d WHERE d.employment_id = e.id) = 1")
    before = register(town, one[0])
    seat, quota, of = town.sql("SELECT p.id, p.quota, p.leader_class FROM st_duty d JOIN st_post p ON p.id = d.post_id JOIN st_employment e ON e.id = d.employment_id"
                               " WHERE e.person_id = %d AND e.valid_to = '9999-12-31'" % one[0])[0]
    have = E.balance(town, "D031", of, "lead")
    day = E.today(town, 3)
    was = book(town, "D031", "lead", of, day)
    case = C.approved(town, one[0], "D031", duty__1__post="901", duty__1__doc_no="", duty__1__appoint_date="")[1]
    ago(town, case, 3)
    assert E.balance(town, "D031", of, "lead")[1] == have[1] - 1 and book(town, "D031", "lead", of, day) == was - 1
    assert town.sql("SELECT post_id, paper_id FROM st_change_seat WHERE case_id = %d" % O.case_id(case)) == [[seat, "0"]]
    held = C.held(town, seat)
    town.sql("UPDATE st_post SET quota = %d WHERE id = %s" % (held, seat))
    try:
        who, revoke = R.stopped(town, case, "此后已另行配备", **AGENCY)
        town.sql("UPDATE st_post SET quota = %d WHERE id = %s" % (held + 1, seat))
        O.submit(who, revoke)
        town.sql("UPDATE st_post SET quota = %d WHERE id = %s" % (held, seat))
        O.decide(O.log_in(town, "fenguan"), revoke, "approve", status=422).says("此后已另行配备")
    finally:
        town.sql("UPDATE st_post SET quota = %d WHERE id = %s" % (max(int(quota), held + 1), seat))
    O.decide(O.log_in(town, "fenguan"), revoke, "approve")
    assert register(town, one[0]) == before, (before, register(town, one[0]))
    assert E.balance(town, "D031", of, "lead") == have and book(town, "D031", "lead", of, day) == was and C.fine(town)


def test_over(town):
    """undo of a change: a seat above its number comes back with the paper by which it stood there"""
    one = C.staff(town, 1, "D031", "11", C.LEADER + " AND (SELECT COUNT(*) FROM st_duty d WHERE d.employment_id = e.id) = 1")[0]
    work, seat, quota, of = town.sql("SELECT e.id, p.id, p.quota, p.leader_class FROM st_duty d JOIN st_post p ON p.id = d.post_id JOIN st_employment e ON"
                                     " e.id = d.employment_id WHERE e.person_id = %d AND e.valid_to = '9999-12-31'" % one[0])[0]
    over = "SELECT seq, paper_id FROM st_over_duty WHERE employment_id = %s" % work
    town.sql("UPDATE st_post SET quota = %d WHERE id = %s; INSERT INTO st_over_duty (employment_id, seq, paper_id) VALUES (%s, 1, 777)" % (C.held(town, seat) - 1, seat, work))
    try:
        case = C.approved(town, one[0], "D031", duty__1__post="901", duty__1__doc_no="", duty__1__appoint_date="")[1]
        assert town.sql(over) == []
        R.revoked(town, case, **AGENCY)
        assert town.sql(over) == [["1", "777"]] and C.fine(town)
    finally:
        town.sql("DELETE FROM st_over_duty WHERE employment_id = %s; UPDATE st_post SET quota = %s WHERE id = %s" % (work, quota, seat))


def test_photo(town):
    """undo of a change: the photo of before is the person's again, none where there was none; not where it was exchanged again"""
    one, = C.staff(town, 1)
    photo = "SELECT COALESCE((SELECT paper_id FROM st_person_photo WHERE person_id = %d), 0)" % one[0]
    town.sql("DELETE FROM st_person_photo WHERE person_id = %d" % one[0])
    cases = []
    for n in range(2):
        who = O.clerk(town, UNIT)
        case = C.new_case(town, who)
        E.pick(who, case, [one[0]])
        page = who.post(who.get(C.item(town, case, one[0])).form("/item/"), files={"paper.new_photo": ("照片.png", T.photo())}, extra={"do": "save"})
        assert page.status == 303
        O.submit(who, case)
        C.to_last(town, case)
        O.decide(C.centre(town), case, "approve")
        cases.append((case, town.one(photo)))
    R.stopped(town, cases[0][0], "照片此后又由业务", **SCHOOL)
    R.revoked(town, cases[1][0], **LEADER)
    assert town.one(photo) == cases[0][1]
    town.sql("UPDATE st_person_photo SET paper_id = paper_id + 1 WHERE person_id = %d" % one[0])
    R.stopped(town, cases[0][0], "照片此后又有更换", **SCHOOL)
    town.sql("UPDATE st_person_photo SET paper_id = paper_id - 1 WHERE person_id = %d; UPDATE bz_case SET state = 'cancelled', step = 'cancelled' WHERE business = 'revoke'"
             " AND state = 'draft'" % one[0])
    R.revoked(town, cases[0][0], **LEADER)
    assert town.one(photo) == "0"


def test_entry_too(town):
    """undo of a change: then the entry before it can be taken back too, and what was changed stays on record"""
    case = R.entered(town, 1)
    person = R.subjects(town, case)[0]
    changed = C.approved(town, person, R.UNIT, native_place="湖南耒阳")[1]
    where = {"by": "shibian", "unit": R.UNIT}
    R.stopped(town, case, "此后又办理了业务", **where)
    R.revoked(town, changed, **where)
    town.sql("UPDATE bz_case SET state = 'cancelled', step = 'cancelled' WHERE business = 'revoke' AND state = 'draft'")
    R.revoked(town, case, **where)
    assert R.employment(town, case) == 0 and len(C.recorded(town, changed)) == 1 and C.fine(town)
