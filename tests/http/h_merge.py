# 合并重复人员: one person has two records; two of the office make them one, and nothing of
# either is lost.  SPDX-License-Identifier: MulanPSL-2.0
import h_change as C
import h_correct as G
import h_exit as E
import h_quota as H
import office as O

UNIT, BY, BOSS = "X305", "xianshi", "xianfen"


def double(town, keep, since="2003-03-01", until="2006-04-01", unit=UNIT, birth=None):
    """A second record of KEEP, of earlier times, with all that may hang on one: (id, number)."""
    number = O.new_number(birth or C.of(town, keep, "birth_date"), woman=C.of(town, keep, "sex") == "2")
    town.sql("INSERT INTO st_person (name, sex, id_number, birth_date, ethnic, political, work_start, education) SELECT name, sex, '%s', %s, ethnic, political,"
             " work_start, education FROM st_person WHERE id = %d" % (number, "'%s'" % birth if birth else "birth_date", keep))
    other = int(town.one("SELECT id FROM st_person WHERE id_number = '%s'" % number))
    town.sql("INSERT INTO st_employment (person_id, unit_id, valid_from, valid_to, staffing_type, funding, person_status, entry_mode, exit_reason)"
             " VALUES (%d, %d, '%s', '%s', '22', '1', '10', '01', '04')" % (other, O.unit_id(town, unit), since, until))
    town.sql("INSERT INTO st_qualification (person_id, seq, kind, title_code, title_name, level, cert_no) VALUES (%d, 1, 'title', '', '二级教师', '4', 'M-%d');"
             "INSERT INTO st_change (person_id, employment_id, case_id, kind, changed_on, field, title, was, now, was_text, now_text)"
             " SELECT person_id, id, 0, 'change', '2004-05-06', 'education', '学历', '', '21', '', '大学' FROM st_employment WHERE person_id = %d" % (other, other, other))
    return other, number


def one_of(town):
    """Somebody who came in 2012 or later."""
    return C.staff(town, 1, more=" AND e.valid_from > '2012-01-01' AND (SELECT COUNT(*) FROM st_person o WHERE o.name = p.name) = 1")[0]


def new(town, by=BY, unit=UNIT, paper=True, status=303, **head):
    who = O.log_in(town, by)
    form = who.get("/merge/new").form("/merge/new")
    page = who.post(form.set(**dict({"unit": str(O.unit_id(town, unit)) if unit else "", "reason": "补登时号码录错", "paper_no": "无"}, **head)))
    assert page.status == status, (page.status, page.text[:1500])
    if status != 303:
        return who, page
    case = page.headers["location"].split("?")[0]
    if paper:
        O.add_paper(who, case)
    return who, case


def filled(town, keep, number, status=303, **where):
    who, case = new(town, **where)
    E.pick(who, case, [keep])
    path = C.item(town, case, keep)
    page = who.post(who.get(path).form("/item/").set(other_number=number), extra={"do": "save"})
    assert page.status == status, (page.status, page.text[:1500])
    return who, case, path


def stopped(town, keep, number, words):
    who, case, path = filled(town, keep, number)
    page = who.post(who.get(path).form("/item/").set(other_number=number), extra={"do": "check"})
    assert page.status == 422 and words in page.errors().get("other_number", ""), (page.status, page.errors())
    O.submit(who, case, status=422)
    return who, case


def merged(town, keep, number, status=303):
    who, case, _ = filled(town, keep, number)
    O.submit(who, case)
    return O.decide(O.log_in(town, BOSS), case, "approve", status=status), case


def counts(town, person):
    return [int(town.one("SELECT COUNT(*) FROM %s = %d" % (t, person))) for t in
            ("st_employment WHERE person_id", "st_qualification WHERE person_id", "st_change WHERE person_id", "st_quota_posting WHERE person_id",
             "bz_item WHERE subject_id")]


def rehearsed(page):
    return [["".join(c.itertext()) for c in r.iter("c")] for r in page.xml.find(".//table[@id='merger-1']").iter("r")]


def test_merged(town):
    """merge: two records become one: places, titles, changes and cases of both are the one's, the book has the same figures on each day, the rehearsal said so before; the card of the other leads to the one, its number finds the one"""
    one = one_of(town)
    other, number = double(town, one[0])
    book = town.sql("SELECT * FROM st_quota ORDER BY unit_id, book, code")
    before = [a + b for a, b in zip(counts(town, one[0]), counts(town, other))]
    who, case, path = filled(town, one[0], number)
    rows = {r[0]: r[1:] for r in rehearsed(who.get(case))}
    assert rows["身份证号"][0] == rows["身份证号"][2] != rows["身份证号"][1] and "********" in rows["身份证号"][1] and number not in who.get(case).text, rows
    assert "2003-03-01 至 2006-04-01" in rows["在编经历"][1] and rows["在编经历"][2] == "；".join(sorted(rows["在编经历"][:2], key=lambda t: t.split(" ")[1])), rows
    assert int(rows["专业技术职务（条）"][2]) == sum(int(n) for n in rows["专业技术职务（条）"][:2])
    O.submit(who, case)
    boss = O.log_in(town, BOSS)
    assert rehearsed(boss.get(case + "/review"))
    O.decide(boss, case, "approve")
    assert counts(town, other) == [0] * 5
    after = counts(town, one[0])
    assert after[:4] == before[:4] and after[4] == before[4] + 1, (before, after)
    assert town.sql("SELECT * FROM st_quota ORDER BY unit_id, book, code") == book and C.fine(town)
    clerk = O.clerk(town, UNIT)
    page = clerk.get("/staffing/person/%d" % other)
    assert page.status == 303 and page.headers["location"].endswith("/staffing/person/%d" % one[0]), (page.status, page.headers)
    clerk.get("/staffing/person/%d" % one[0]).says("2003-03-01", "2006-04-01", "二级教师")
    form = clerk.get("/staffing/person/").query()
    clerk.post(form.set(q=number)).says(one[1])
    assert town.one("SELECT CONCAT(into_id, '|', case_id) FROM st_merged WHERE person_id = %d" % other) == "%d|%d" % (one[0], O.case_id(case))
    stopped(town, one[0], number, "已经合并")


def test_nobody_again(town):
    """bad input: under the number of a record that was merged nobody is registered again: 验证 says so, and its number is in no log"""
    one = one_of(town)
    other, number = double(town, one[0])
    name, sex = C.of(town, one[0], "name"), C.of(town, one[0], "sex")
    merged(town, one[0], number)
    who = O.clerk(town, "S006")
    case = O.new_case(who, "09", unit=str(O.unit_id(town, "S006")))
    form = who.get(case + "/item/new").form("/item/new").set(name=name, sex=sex, id_number=number)
    page = who.post(form, extra={"do": "verify"})
    page.says("已合并到同一人的另一条记录")
    assert number not in town.log("app")


def test_other_people(town):
    """bad input: another name or sex, no such number, one's own number, a record of another office: not merged, and nothing is told of it"""
    one, two = C.staff(town, 2)
    words = "没有这个身份证号的记录，或者姓名、性别与保留的记录不同"
    stopped(town, one[0], C.of(town, two[0], "id_number"), words)
    stopped(town, one[0], O.new_number(C.of(town, one[0], "birth_date")), words)
    who, case, path = filled(town, one[0], C.of(town, one[0], "id_number"))
    assert "身份证号相同" in who.post(who.get(path).form("/item/"), extra={"do": "check"}).errors()["other_number"]
    _, number = double(town, one[0], unit="S006")
    stopped(town, one[0], number, words)
    who, case, _ = filled(town, one[0], number)
    assert who.get(case).xml.find(".//table[@id='merger-1']") is None


def test_both_there(town):
    """bad input: both on staff on one day are not merged, from which day is said; who stands in another open case neither"""
    one = one_of(town)
    began = G.began(town, one[0])
    _, number = double(town, one[0], until=G.shifted(town, began, 3))
    stopped(town, one[0], number, "自 %s 起同时在编" % began)
    two = C.staff(town, 3)[2]
    other, number = double(town, two[0], since="2001-01-01", until="2002-01-01")
    who, case, _ = filled(town, two[0], number)
    O.submit(who, case)
    stopped(town, two[0], number, "另一张在办的申请单 %s" % town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(case)))
    O.decide(O.log_in(town, BOSS), case, "approve")
    assert counts(town, other)[0] == 0


def test_birthday(town):
    """merge: another day of birth is shown in the rehearsal to who proposes and who decides; it is theirs to know"""
    one = one_of(town)
    other, number = double(town, one[0], birth="1971-02-03")
    who, case, _ = filled(town, one[0], number)
    assert "两条记录不同，请核对是否同一人" in dict((r[0], r[3]) for r in rehearsed(who.get(case)))["出生日期"]


def test_two_of_the_office(town):
    """bad input: without reason, number and paper nothing is handed in; leaders and units propose nothing"""
    one = one_of(town)
    _, number = double(town, one[0])
    for field in ("reason", "paper_no", "unit"):
        assert field in new(town, status=422, **{field: ""})[1].errors()
    who, case, _ = filled(town, one[0], number, paper=False)
    O.submit(who, case, status=422).says("证明两条记录是同一人的文件")
    for account in (BOSS, UNIT, "X307"):
        assert O.log_in(town, account).get("/merge/new").status == 403, account


def test_meanwhile(town):
    """bad input: who came in elsewhere under the other number between the checks and the approval is not merged by it; of two approvals at once one is done"""
    one = one_of(town)
    other, number = double(town, one[0])
    who, case, _ = filled(town, one[0], number)
    O.submit(who, case)
    page = H.pressed(town, [H.approval(town, case, BOSS)], "st_person WHERE id = %d" % one[0],
                     meanwhile="UPDATE st_employment SET valid_to = '9999-12-31', exit_reason = NULL WHERE person_id = %d" % other)[0]
    town.sql("UPDATE st_employment SET valid_to = '2006-04-01', exit_reason = '04' WHERE person_id = %d" % other)
    assert page.status == 409 and counts(town, other)[0] == 1, (page.status, counts(town, other))
    presses = [H.approval(town, case, BOSS) for _ in range(2)]
    pages = H.pressed(town, presses[:1], "st_person WHERE id = %d" % one[0]) + [presses[1]()]
    assert [p.status == 303 for p in pages] == [True, False] and counts(town, other)[0] == 0 and C.fine(town)
