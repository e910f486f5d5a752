# 编制核定: what papers approve, take back and freeze; how far an account may be exceeded.
# SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import subprocess
import threading
import time

import d_print as D
import h_amend as amend
import office as O
from h_use import PARENT, TYPE, UNIT, WAY, apply, balance, entry_on, granted, left, room, slip

PAPER = "示编发〔2026〕%d号"
SERIAL = iter(range(1, 1000))


def paper(town, lines, on="2026-03-02", unit=UNIT, by="shibian"):
    """A paper with its lines, not handed in: (who, path, 文号).  LINES: values of the item's form."""
    who, number = O.log_in(town, by), PAPER % next(SERIAL)
    form = who.get("/quota/new").form("/quota/new").set(
        unit=str(O.unit_id(town, unit)), paper_no=number, paper_on=on, paper_title="关于调整学校编制的批复", reason="核增教师编制")
    page = who.post(form)
    assert page.status == 303, page.text[:1500]
    case = page.headers["location"].split("?")[0]
    O.add_paper(who, case)
    for values in lines:
        page = who.post(who.get(case + "/item/new").form("/item/new").set(**values), extra={"do": "save"})
        assert page.status == 303, page.text[:1500]
    return who, case, number


def line(action, amount, book="type", code=TYPE):
    field = {"type": "staffing_type", "structure": "structure", "lead": "leader_class", "rank": "civil_rank", "organ": "organ_quota", "funding": "funding_form"}[book]
    return {"action": action, "book": book, field: code, "amount": str(amount)}


def decided(town, lines, status=303, **where):
    """The paper handed in and approved: the answer of the approval, 文号, path."""
    who, case, number = paper(town, lines, **where)
    O.submit(who, case)
    return O.decide(O.log_in(town, "fenguan"), case, "approve", status=status), number, case


def account(town, account, of=TYPE, book="type", unit=UNIT):
    return int(town.one("SELECT %s FROM st_quota WHERE book = '%s' AND code = '%s' AND unit_id = %d" % (account, book, of, O.unit_id(town, unit))) or 0)


def fine(town):
    return town.tool("verify").returncode == 0


@contextlib.contextmanager
def holding(town, rows):
    """What SELECT ROWS finds, locked by one who answers what he is asked: a number."""
    holder = subprocess.Popen(["mariadb", "--no-defaults", "-n", "-S", town.run + "/db.sock", "-u", "root", "-N", "-B", "bianzhi"],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(sql):
        holder.stdin.write(sql + ";\n")
        holder.stdin.flush()
        return int(holder.stdout.readline())
    try:
        assert ask("START TRANSACTION; SELECT COUNT(*) FROM (SELECT 1 FROM %s FOR UPDATE) held" % rows) == 1, rows
        yield ask
    finally:
        holder.communicate("COMMIT;\n")


def pressed(town, presses, rows, meanwhile="DO 0"):
    """The answers of all PRESSES, of which each, one after the other, has come to wait for what SELECT ROWS finds or for one before it; then
    who holds that does MEANWHILE, or what it asks of him."""
    got = [None] * len(presses)

    def press(n):
        got[n] = presses[n]()
    threads = [threading.Thread(target=press, args=(n,)) for n in range(len(presses))]
    with holding(town, rows) as ask:
        for n, t in enumerate(threads):
            t.start()
            end = time.monotonic() + 60
            while ask("SELECT COUNT(*) FROM information_schema.INNODB_TRX WHERE trx_state = 'LOCK WAIT'") <= n:
                assert time.monotonic() < end and got[n] is None, "%d does not wait: %s" % (n, getattr(got[n], "text", "")[:800])
                time.sleep(0.11)        # the table is made anew every tenth of a second
        meanwhile(ask) if callable(meanwhile) else ask(meanwhile + "; SELECT 0")
    for t in threads:
        t.join()
    return got


def approval(town, case, by="fenguan"):
    """What presses 核准 of the case, asked already."""
    who = O.log_in(town, by)
    form = O.asked(O.ask(who, case, "approve"))
    return lambda: who.post(form, extra={"move": "approve"})


def test_approved(town):
    """ledger: a paper that gives posts is posted on its own day, in every book that it names, and the figure opens into the paper and its case"""
    before = account(town, "approved")
    _, number, case = decided(town, [line("1", 2), line("1", 1, "structure", "2"), line("1", 1, "rank", "A05"), line("1", 1, "organ", "1")])
    assert account(town, "approved") == before + 2 and account(town, "approved", "A05", "rank") == 1 and account(town, "approved", "1", "organ") == 1
    posted = town.sql("SELECT posted_on, amount, paper FROM st_quota_posting WHERE case_id = %d AND book = 'type'" % O.case_id(case))
    assert [tuple(r) for r in posted] == [("2026-03-02", "2", number)], posted
    unit = O.unit_id(town, UNIT)
    page = O.log_in(town, "chakan").get("/staffing/unit/%d/postings?book=type&code=%s&account=approved" % (unit, TYPE))
    page.says(number)
    assert case in [c.get("href") for c in page.xml.iter("c")], "the figure does not lead to its paper"
    O.log_in(town, "chakan").get("/staffing/unit/%d" % unit).says("职级职数", "机构数")
    assert fine(town)


def test_lines_in_their_order(town):
    """ledger: each line of a paper is looked at after those before it, and posted in their order"""
    approved = account(town, "approved")
    decided(town, [line("1", 3), line("3", 2), line("4", 1), line("2", 1)])
    assert account(town, "approved") == approved + 2 and account(town, "frozen") == 1 and fine(town)
    who, case, _ = paper(town, [line("4", 1), line("4", 1)])
    O.submit(who, case, status=422).says("已冻结 0 名，不能解冻 1 名")
    decided(town, [line("4", 1)])



def forget(town, unit, book, code):
    """As where the unit never had such an account."""
    where = "unit_id = %d AND book = '%s' AND code = '%s'" % (unit, book, code)
    town.sql("DELETE FROM st_quota_posting WHERE " + where)
    town.sql("DELETE FROM st_quota WHERE " + where)
    if book in ("type", "structure", "funding"):
        kind = {"type": "quota_code"}.get(book, "quota_" + book)
        town.sql("UPDATE st_employment SET %s = '' WHERE unit_id = %d AND %s = '%s'" % (kind, unit, kind, code))


def test_funding(town):
    """B4.1 B6 经费形式: a paper that says of which the posts are opens a book of it: who is there is counted, who enters needs room in it, the ledger has its columns from it, since the paper's day"""
    unit = O.unit_id(town, UNIT)
    room(town, 8)
    clerk = O.clerk(town, UNIT)

    def entered():
        case = O.new_case(clerk, WAY)
        O.add_paper(clerk, case)
        O.add_person(clerk, case, **O.PUBLIC)
        O.submit(clerk, case)
        return case
    O.decide(O.reviewer(town, "shenhe2"), entered(), "approve")
    there = int(town.one("SELECT COUNT(*) FROM st_employment WHERE unit_id = %d AND quota_code != '' AND funding = '1' AND valid_to = '9999-12-31'" % unit))
    who, case, number = paper(town, [line("1", there, "funding", "1")])
    page = who.get(case + "/confirm")
    assert not [e for e in page.all("warnings/e")], "as many as are there"
    O.submit(who, case)
    O.decide(O.log_in(town, "fenguan"), case, "approve")
    try:
        assert (account(town, "approved", "1", "funding"), account(town, "occupied", "1", "funding")) == (there, there) and fine(town)
        page = O.add_person(clerk, O.new_case(clerk, WAY), do="check", status=422, **O.PUBLIC)
        told = page.errors()["funding"]
        assert "经费形式“全额拨款”不足" in told and "空编 0 名，本申请单 1 人" in told, told
        page = O.add_person(clerk, O.new_case(clerk, WAY), do="check", status=422, **dict(O.PUBLIC, funding="4"))
        assert "本单位没有核定经费形式“定额补助”" in page.errors()["funding"], page.errors()
        decided(town, [line("1", 1, "funding", "1"), line("1", 4, "funding", "3")])
        entry = entered()
        bars = {r.get("t"): (r.get("cap"), r.get("left")) for r in O.reviewer(town, "shenhe2").get(entry + "/review").xml.iter("row") if r.get("cap")}
        assert bars["经费形式“全额拨款”"] == (str(there + 1), "0"), bars
        O.decide(O.reviewer(town, "shenhe2"), entry, "approve")
        assert account(town, "occupied", "1", "funding") == there + 1 and fine(town)
        assert town.one("SELECT quota_funding FROM st_employment WHERE entry_case_id = %d" % O.case_id(entry)) == "1"
        O.log_in(town, "chakan").get("/staffing/unit/%d" % unit).says("经费形式", "自收自支")
        funds = lambda on: [(r[1], {k[1]: v for k, v in r[3].items() if k[0] == "经费形式"}) for r in ledger_of(town, on)]
        before, after = funds("2026-03-01"), funds("2026-03-02")
        assert before[0][1].get("全额拨款", 0) > 0 and number not in dict(before), before
        assert dict(after)[number] == {"全额拨款": there} and after[0][1] == {}, "since the paper the book speaks, not the unit's form"
    finally:
        for code in "13":
            forget(town, unit, "funding", code)
    assert fine(town)


def ledger_of(town, on):
    """The ledger's lines of the unit."""
    import h_report as R
    name = town.one("SELECT name FROM st_unit WHERE id = %d" % O.unit_id(town, UNIT))
    return [r for r in R.ledger(O.log_in(town, "chakan"), "institution", on) if r[0] == name]


def since(town, where, day):
    return int(town.one("SELECT COALESCE(SUM(amount), 0) FROM st_quota_posting WHERE %s AND account = 'occupied' AND posted_on <= '%s'" % (where, day)))


def one_more(town, where, amount, day, paper=""):
    """A posting like any other, but by nobody."""
    town.sql("UPDATE st_quota SET occupied = occupied + %d WHERE %s" % (amount, where))
    town.sql("INSERT INTO st_quota_posting (unit_id, book, code, account, amount, posted_on, paper, recorded_at)"
             " SELECT unit_id, book, code, 'occupied', %d, '%s', '%s', NOW() FROM st_quota WHERE %s" % (amount, day, paper, where))


def structured(town, order):
    """A unit of the city with people in a structure and a leading class: (id, code, structure, class, who records its papers)."""
    unit, name, structure, lead, desk = town.sql(
        "SELECT s.unit_id, u.unit_code, s.code, l.code, u.review_section FROM st_quota s JOIN st_quota l ON l.unit_id = s.unit_id AND l.book = 'lead'"
        " JOIN st_unit u ON u.id = s.unit_id JOIN st_office f ON f.id = u.office_id WHERE s.book = 'structure' AND s.occupied > 3 AND l.occupied > 1"
        " AND l.occupied <= l.approved AND s.reserved = 0 AND f.division_code = '480300' AND u.unit_code NOT IN ('%s', 'D031') ORDER BY u.id %s LIMIT 1"
        % (UNIT, order))[0]
    return int(unit), name, structure, lead, "shibian" if desk == "事编科" else "xingbian"


def test_opened_where_people_are(town):
    """ledger: a paper that opens a structure or a lead counts those who are there, each since the paper's day or since they came, until they went"""
    unit, name, structure, lead, by = structured(town, "DESC")
    of = {b: "unit_id = %d AND book = '%s' AND code = '%s'" % (unit, b, c) for b, c in (("structure", structure), ("lead", lead))}
    there = {b: int(town.one("SELECT occupied FROM st_quota WHERE " + of[b])) for b in of}
    (went, kind), (late, _) = town.sql("SELECT id, quota_code FROM st_employment WHERE unit_id = %d AND quota_structure = '%s' AND valid_to = '9999-12-31'"
                                       " AND valid_from < '2026-03-01' ORDER BY id IN (SELECT employment_id FROM st_duty WHERE post_id IS NOT NULL)"
                                       " LIMIT 2" % (unit, structure))
    forget(town, unit, "structure", structure)
    forget(town, unit, "lead", lead)
    town.sql("UPDATE st_employment SET valid_to = '2026-05-05' WHERE id = %s" % went)
    town.sql("UPDATE st_employment SET valid_from = '2026-06-06' WHERE id = %s" % late)
    one_more(town, "unit_id = %d AND book = 'type' AND code = '%s'" % (unit, kind), -1, "2026-05-05")
    assert fine(town), town.tool("verify", check=False).stdout
    who, case, _ = paper(town, [line("1", 3, "structure", structure), line("1", 1, "lead", lead), line("1", 2, "structure", structure)], unit=name, by=by)
    O.submit(who, case)
    O.decide(O.log_in(town, "fenguan"), case, "approve")
    assert account(town, "approved", structure, "structure", name) == 5 and account(town, "approved", lead, "lead", name) == 1
    assert account(town, "occupied", structure, "structure", name) == there["structure"] - 1
    assert account(town, "occupied", lead, "lead", name) == there["lead"] == since(town, of["lead"], "2026-03-02")
    days = {"2026-03-01": 0, "2026-03-02": there["structure"] - 1, "2026-05-05": there["structure"] - 2, "2026-06-06": there["structure"] - 1}
    assert {d: since(town, of["structure"], d) for d in days} == days
    assert fine(town), town.tool("verify", check=False).stdout
    who, case, _ = paper(town, [line("2", account(town, "approved", kind, unit=name) - account(town, "occupied", kind, unit=name) + 3, code=kind)], unit=name, by=by)
    O.submit(who, case)
    O.log_in(town, "fenguan").get(case + "/review").says("核减后超编 3 名")
    one_more(town, of["lead"], 1, "2026-10-05", "PROOF")
    try:
        found = town.tool("verify", check=False)
        assert found.returncode != 0 and "因核减超出的 %d\n" % (there["lead"] - 1) in found.stdout, found.stdout
    finally:
        town.sql("DELETE FROM st_quota_posting WHERE paper = 'PROOF'")
        town.sql("UPDATE st_quota SET occupied = occupied - 1 WHERE " + of["lead"])
    assert fine(town)


def test_over_is_explained_once(town):
    """verify: leading posts above their number are those whom a paper found there and who have stayed, or who have a paper: nobody comes in for one who went, or counts twice"""
    unit = O.unit_id(town, "D022")
    of = "unit_id = %d AND book = 'lead' AND code = '21'" % unit
    there = account(town, "occupied", "21", "lead", "D022")
    cut = account(town, "approved", "21", "lead", "D022") - there + 2
    assert there > 2
    decided(town, [line("2", cut, "lead", "21")], unit="D022", by="xingbian")
    assert fine(town), town.tool("verify", check=False).stdout

    def found(left, by_paper, kept):
        words = "lead 21 核定 %d，实有 %d，有超职数批准文件的 %d，因核减超出的 %d\n" % (there - 2, there - 2 + left, by_paper, kept)
        done = town.tool("verify", check=False)
        assert done.returncode != 0 and words in done.stdout, (words, done.stdout)
    post, employment, seq, quota = town.sql(
        "SELECT p.id, e.id, d.seq, p.quota FROM st_post p JOIN st_duty d ON d.post_id = p.id JOIN st_employment e ON e.id = d.employment_id"
        " WHERE p.unit_id = %d AND p.leader_class = '21' AND e.valid_to = '9999-12-31' LIMIT 1" % unit)[0]
    held = int(town.one("SELECT COUNT(*) FROM st_duty d JOIN st_employment e ON e.id = d.employment_id WHERE d.post_id = %s AND e.valid_to = '9999-12-31'" % post))
    try:
        one_more(town, of, -1, "2026-10-05", "PROOF")
        one_more(town, of, 1, "2026-10-06", "PROOF")
        found(2, 0, 1)
        town.sql("DELETE FROM st_quota_posting WHERE paper = 'PROOF'")
        assert fine(town)
        town.sql("UPDATE st_post SET quota = %d WHERE id = %s; INSERT INTO st_over_duty VALUES (%s, %s, 0)" % (held - 1, post, employment, seq))
        assert fine(town), town.tool("verify", check=False).stdout
        one_more(town, of, 1, "2026-10-05", "PROOF")
        found(3, 1, 2)
        town.sql("UPDATE st_quota SET occupied = occupied - 1 WHERE " + of)
    finally:
        town.sql("DELETE FROM st_quota_posting WHERE paper = 'PROOF'; DELETE FROM st_over_duty WHERE employment_id = %s AND paper_id = 0;"
                 " UPDATE st_post SET quota = %s WHERE id = %s" % (employment, quota, post))
    decided(town, [line("1", cut, "lead", "21")], unit="D022", by="xingbian")
    assert fine(town)


def told(town, lines, unit, by, *words):
    """The leader reads WORDS of the lines of a paper, which is then sent back."""
    who, case, _ = paper(town, lines, unit=unit, by=by)
    O.submit(who, case)
    boss = O.log_in(town, "fenguan")
    page = boss.get(case + "/review")
    O.decide(boss, case, "return", opinion="不办")
    read = [k.text for k in page.all("checks/k") if k.get("s") != "ok"]
    assert len(read) == len(words) and all(w in r for w, r in zip(words, read)), read


def refused(town, lines, unit, by, *words):
    who, case, _ = paper(town, lines, unit=unit, by=by)
    O.submit(who, case, status=422).says(*words)


def test_opening_is_looked_at(town):
    """ledger: whom the opening of an account would count is known when the paper is handed in: the leader is told that they are beyond, and what is frozen of them is refused"""
    unit, name, structure, lead, by = structured(town, "ASC")
    there, leads = account(town, "occupied", structure, "structure", name), account(town, "occupied", lead, "lead", name)
    forget(town, unit, "structure", structure)
    forget(town, unit, "lead", lead)
    on = lambda action, n: line(action, n, "structure", structure)  # noqa: E731
    told(town, [on("1", there - 2)], name, by, "单位现有 %d 名计入，核增后超编 2 名，只能出不能进" % there)
    told(town, [line("1", 1, "lead", lead)], name, by, "单位现有 %d 名计入，核增后超职数 %d 名，只能出不能进" % (leads, leads - 1))
    told(town, [on("1", there - 2), on("1", 5), on("3", 3)], name, by)
    refused(town, [on("1", there - 2), on("3", 1)], name, by, "空编 0 名，不能冻结 1 名")
    refused(town, [on("1", there - 2), on("1", 5), on("3", 4)], name, by, "空编 3 名，不能冻结 4 名")
    refused(town, [on("2", 1)], name, by, "核定 0 名，不能核减 1 名")
    told(town, [on("1", there + 1), on("2", 2)], name, by, "核减后超编 1 名，只能出不能进")
    decided(town, [on("1", there + 1), on("3", 1), line("1", leads, "lead", lead)], unit=name, by=by)
    assert account(town, "frozen", structure, "structure", name) == 1 and fine(town)


def test_opening_of_kinds(town):
    """ledger: a type that a paper opens takes its kinds, a kind that it opens before keeps its own people, and the look before counts as the approval will"""
    kind, wide = "122", "12"
    unit, name, desk, approved = town.sql(
        "SELECT q.unit_id, u.unit_code, u.review_section, q.approved FROM st_quota q JOIN st_unit u ON u.id = q.unit_id JOIN st_office f ON f.id = u.office_id"
        " WHERE q.book = 'type' AND q.code = '12' AND q.occupied > 6 AND q.reserved + q.frozen = 0 AND f.division_code = '480300'"
        " AND NOT EXISTS (SELECT 1 FROM st_slip s WHERE s.unit_id = q.unit_id) ORDER BY u.id DESC LIMIT 1")[0]
    unit, by = int(unit), "shibian" if desk == "事编科" else "xingbian"
    assert not town.sql("SELECT id FROM st_employment WHERE unit_id = %d AND staffing_type = '%s'" % (unit, kind))
    mine = "st_employment WHERE unit_id = %d AND valid_to = '9999-12-31' AND quota_code = '%s'" % (unit, wide)
    there = int(town.one("SELECT COUNT(*) FROM " + mine))
    four = ", ".join(r[0] for r in town.sql("SELECT id FROM %s LIMIT 4" % mine))
    town.sql("UPDATE st_employment SET staffing_type = '%s' WHERE id IN (%s)" % (kind, four))
    forget(town, unit, "type", wide)
    beyond = "单位现有 %d 名计入，核增后超编 %d 名，只能出不能进"
    told(town, [line("1", 1, code=wide)], name, by, beyond % (there, there - 1))
    told(town, [line("1", there, code=wide), line("1", 1, code=kind)], name, by)
    told(town, [line("1", 1, code=kind), line("1", 1, code=wide)], name, by, beyond % (4, 3), beyond % (there - 4, there - 5))
    refused(town, [line("1", 5, code=kind), line("1", there - 4, code=wide), line("3", 1, code=wide)], name, by, "空编 0 名，不能冻结 1 名")
    decided(town, [line("1", 5, code=kind), line("3", 1, code=kind), line("4", 1, code=kind), line("1", int(approved), code=wide)], unit=name, by=by)
    assert [account(town, "occupied", c, unit=name) for c in (kind, wide)] == [4, there - 4] and fine(town)


def test_sub_type_opened(town):
    """ledger: an account for a kind of a type that is opened later leaves the slips of that kind usable: the place is the kind's, the slip's goes back to the type"""
    police, kind = "D006", "127"        # 121 is what other tests count under 12
    O.make_room(town, 6, police, "12")
    slip_id = slip(town, granted(town, [("01", kind, 2)], police, by=police, section="xingbian"))[0]
    who, path, _ = paper(town, [line("1", 1, code=kind)], unit=police, by="xingbian")
    O.submit(who, path)
    O.decide(O.log_in(town, "fenguan"), path, "approve")
    assert account(town, "occupied", kind, unit=police) == 0 and account(town, "reserved", "12", unit=police) == 2
    clerk = O.clerk(town, police)
    case = O.new_case(clerk, "01", slip=slip_id)
    O.add_paper(clerk, case)
    O.add_person(clerk, case, staffing_type=kind, politics_law="11")
    page = O.add_person(clerk, case, do="check", status=422, staffing_type=kind, politics_law="11")
    assert "森林公安专项编制不足" in page.errors()["staffing_type"], page.errors()
    O.submit(clerk, case)
    O.decide(O.reviewer(town), case, "approve")
    assert account(town, "occupied", kind, unit=police) == 1 and account(town, "reserved", "12", unit=police) == 1
    assert left(town, slip_id) == 1 and fine(town)


def test_refusals(town):
    """bad input: what became impossible before the leader's approval is refused in the words of its account, with figures that add up"""
    room(town, 2)
    who, case, _ = paper(town, [line("3", 2)])
    O.submit(who, case)
    room(town, 1)
    O.decide(O.log_in(town, "fenguan"), case, "approve", status=422).says("空编 1 名，不能冻结 2 名")


def test_who(town):
    """ledger: a unit's clerk and a department can neither record a paper nor see one"""
    _, _, case = decided(town, [line("1", 1)])
    for account in (UNIT, PARENT):
        who = O.log_in(town, account)
        assert who.get("/quota/new").status == 403 and who.get(case).status in (403, 404)


def test_tomorrow(town):
    """bad input: a paper of a day to come is not handed in"""
    who, case, _ = paper(town, [line("1", 1)], on=town.one("SELECT DATE(NOW() + INTERVAL 1 DAY)"))
    page = O.submit(who, case, status=422)
    page.says("批准日期不能晚于今天")


def test_past_balance(town):
    """bad input: what takes back more than there was on a past day is refused without a trace, though today there is enough"""
    was = int(town.one("SELECT SUM(amount) FROM st_quota_posting WHERE book = 'type' AND code = '%s' AND account = 'approved' AND unit_id = %d"
                       " AND posted_on <= '2026-03-02'" % (TYPE, O.unit_id(town, UNIT))))
    more = max(was - account(town, "approved"), 0) + 50
    decided(town, [line("1", more)], on="2026-06-01")
    approved = account(town, "approved")
    for lines in ([line("2", was + 1)], [line("2", was - 1), line("2", 2)], [line("2", was), line("1", 1), line("2", 2)]):
        who, case, number = paper(town, lines, on="2026-03-02")
        O.submit(who, case, status=422).says("2026-03-02", "负数", "请核对日期和人数")
    # Fine when it is handed in, and not any more when it is approved.
    who, case, number = paper(town, [line("2", was - 1)], on="2026-03-02")
    O.submit(who, case)
    decided(town, [line("2", 2)], on="2026-03-02")
    O.decide(O.log_in(town, "fenguan"), case, "approve", status=422).says("2026-03-02", "负数")
    decided(town, [line("1", 2)], on="2026-03-02")
    assert account(town, "approved") == approved
    assert town.one("SELECT COUNT(*) FROM st_paper WHERE number = '%s'" % number) == "0"
    decided(town, [line("3", 1)], on="2026-06-01")
    who, case, _ = paper(town, [line("4", 1)], on="2026-03-02")
    O.submit(who, case, status=422).says("2026-03-02", "的冻结是 0 名，减少 1 名后会成为负数")
    decided(town, [line("4", 1)], on="2026-06-01")
    decided(town, [line("2", more)], on="2026-06-02")
    assert account(town, "approved") == approved - more and fine(town)


def test_past_at_once(town):
    """bad input: of two papers that together take back more than there was on their day, approved at once, one goes through"""
    day = "2026-03-03"
    was = int(town.one("SELECT SUM(amount) FROM st_quota_posting WHERE book = 'type' AND code = '%s' AND account = 'approved' AND unit_id = %d"
                       " AND posted_on <= '%s'" % (TYPE, O.unit_id(town, UNIT), day)))
    decided(town, [line("1", 2 * was)], on="2026-06-01")
    cases = []
    for _ in range(2):
        who, case, _ = paper(town, [line("2", was // 2 + 1)], on=day)
        O.submit(who, case)
        cases.append(case)
    got = pressed(town, [approval(town, c) for c in cases], quota_row(town, "type", TYPE))
    assert sorted(p.status for p in got) == [303, 409], [p.status for p in got]
    assert fine(town)
    decided(town, [line("1", was // 2 + 1)], on=day)
    decided(town, [line("2", 2 * was)], on="2026-06-02")


def deadlocks(town):
    return int(town.sql("SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'")[0][1])


def quota_row(town, book, code, unit=UNIT):
    return "st_quota WHERE book = '%s' AND code = '%s' AND unit_id = %d" % (book, code, O.unit_id(town, unit))


def entering(town, unit=UNIT, **values):
    """An entry before the reviewer: what presses its approval."""
    clerk = O.clerk(town, unit)
    case = entry_on(town, clerk, values.pop("slip", ""), 1, unit=unit, **values)
    O.submit(clerk, case)
    return approval(town, case, "shenhe1")


def test_paper_passes_the_gate_first(town):
    """ledger: a paper whose second line opens an account waits for an entry at the gate before it holds any account, so that neither ends the other"""
    room(town, 3)
    forget(town, O.unit_id(town, UNIT), "rank", "A05")
    who, case, _ = paper(town, [line("1", 1), line("1", 1, "rank", "A05")])
    O.submit(who, case)
    before, ended = account(town, "occupied"), deadlocks(town)
    got = pressed(town, [entering(town), approval(town, case)], "st_gate")
    assert [p.status for p in got] == [303, 303], [p.text[:1500] for p in got]
    assert deadlocks(town) == ended and account(town, "occupied") == before + 1 and account(town, "approved", "A05", "rank") == 1 and fine(town)


def test_one_at_a_unit(town):
    """ledger: a grant and the cut of a slip, of a type and a structure, and an entry on that slip at once: whoever comes first at the unit goes first, and nobody is ended"""
    room(town, 6)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 3, "2")]))[0]
    ended = deadlocks(town)
    case = amend.waiting(town, slip_id, action="2", amount="1", entry_mode=WAY, staffing_type=TYPE)
    got = pressed(town, [approval(town, case), entering(town, slip=slip_id, structure="2")], quota_row(town, "type", TYPE))
    assert [p.status for p in got] == [303, 303], [p.text[:1500] for p in got]
    assert deadlocks(town) == ended and left(town, slip_id) == 1 and fine(town)
    who = O.log_in(town, PARENT)
    case = apply(town, who, [(WAY, TYPE, 1, "2")])
    O.submit(who, case)
    O.decide(O.log_in(town, "shibian"), case, "pass")
    got = pressed(town, [approval(town, case), entering(town, structure="2")], quota_row(town, "type", TYPE))
    assert [p.status for p in got] == [303, 303], [p.text[:1500] for p in got]
    assert deadlocks(town) == ended and fine(town)


def test_extended_while_it_ends(town):
    """ledger: a slip that is extended while the job that ends it waits for the unit lives on with its places"""
    room(town, 3)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 2)]))[0]
    town.sql("UPDATE st_slip SET valid_until = CURDATE() - INTERVAL 1 DAY WHERE id = %s" % slip_id)
    longer = "UPDATE st_slip SET valid_until = CURDATE() + INTERVAL 9 DAY WHERE id = %s" % slip_id
    done = pressed(town, [lambda: town.tool("jobs", "run", "staffing.slips")], "st_unit WHERE id = %d" % O.unit_id(town, UNIT), longer)
    assert done[0].returncode == 0 and town.one("SELECT state FROM st_slip WHERE id = %s" % slip_id) == "live" and left(town, slip_id) == 2 and fine(town)


def test_opened_while_an_entry_waits(town):
    """ledger: an entry that waits at the gate while a paper opens a structure and a leading class is counted in both"""
    name, structure, lead = "S012", "2", "12"
    unit = O.unit_id(town, name)
    O.make_room(town, 2, name, TYPE)
    post, code = town.sql("SELECT id, post_code FROM st_post WHERE unit_id = %d AND leader_class = '%s' LIMIT 1" % (unit, lead))[0]
    town.sql("UPDATE st_post SET quota = quota + 1 WHERE id = %s" % post)
    book = {"structure": structure, "lead": lead}
    was = {b: account(town, "approved", book[b], b, name) for b in book}
    there = {b: account(town, "occupied", book[b], b, name) for b in book}
    assert account(town, "reserved", structure, "structure", name) == 0
    for b in book:
        forget(town, unit, b, book[b])
    who, case, _ = paper(town, [line("1", was[b] + 1, b, book[b]) for b in book], unit=name)
    O.submit(who, case)
    entry = entering(town, name, structure=structure, duty__1__post=code, duty__1__doc_no="示任〔2026〕1号", duty__1__appoint_date="2026-11-02")
    got = pressed(town, [approval(town, case), entry], "st_gate")
    assert [p.status for p in got] == [303, 303], [p.text[:1500] for p in got]
    assert {b: account(town, "occupied", book[b], b, name) - there[b] for b in book} == {"structure": 1, "lead": 1}
    assert fine(town), town.tool("verify", check=False).stdout


def test_past_is_proved(town):
    """verify: an account that was less than nothing on a past day is found, with its day"""
    account = "unit_id, book, code, account"
    one = town.one("SELECT MAX(id) FROM st_quota_posting WHERE account = 'occupied' AND book = 'type' AND code = '%s'" % TYPE)
    town.sql("INSERT INTO st_quota_posting (%s, amount, posted_on, paper, recorded_at) SELECT %s, x.n, x.d, 'PROOF', NOW() FROM st_quota_posting,"
             " (SELECT -1 AS n, '1970-01-02' AS d UNION SELECT 1, '1970-01-03') x WHERE id = %s" % (account, account, one))
    try:
        found = town.tool("verify", check=False)
        assert found.returncode != 0 and "occupied 在 1970-01-02 为 -1" in found.stdout, found.stdout
    finally:
        town.sql("DELETE FROM st_quota_posting WHERE paper = 'PROOF'")
    assert fine(town)


def test_frozen(town):
    """ledger: frozen posts are approved and not free: no slip takes them until they are set free; what is used cannot be frozen"""
    room(town, 3)
    decided(town, [line("3", 2)])
    assert account(town, "frozen") == 2
    case = granted(town, [(WAY, TYPE, 1)])
    boss = O.log_in(town, "fenguan")
    D.press(boss, case, "slip")
    quota = boss.get(case + "/print/slip").xml.find("slip").find("quota")
    assert quota.get("cap").endswith("（冻结 2）") and quota.get("free") == "1", dict(quota.attrib)
    room(town, 1)
    who = O.log_in(town, PARENT)
    case = apply(town, who, [(WAY, TYPE, 2)])
    page = who.get(case + "/confirm")
    if page.status == 200:
        page = who.post(page.form("/move"), extra={"move": "submit"})
    assert page.status == 422
    page.says("冻结 2 名", "空编 1 名")
    beyond, path, _ = paper(town, [line("3", 2)])
    O.submit(beyond, path, status=422).says("空编 1 名，不能冻结 2 名")
    beyond, path, _ = paper(town, [line("4", 3)])
    O.submit(beyond, path, status=422).says("已冻结 2 名，不能解冻 3 名")
    decided(town, [line("4", 2)])
    assert account(town, "frozen") == 0 and fine(town)
    slip(town, granted(town, [(WAY, TYPE, 2)]))


def test_cut_below(town):
    """ledger: a paper may take back more than is free: the leader is told, the unit is over its number, and nobody comes in"""
    room(town, 5)
    granted(town, [(WAY, TYPE, 4)])
    who, case, _ = paper(town, [line("2", 3)])
    O.submit(who, case)
    O.log_in(town, "fenguan").get(case + "/review").says("核减后核定", "空编 -2 名，请核对编制使用单")
    O.decide(O.log_in(town, "fenguan"), case, "approve")
    cap, there, reserved = balance(town)
    assert cap - there - reserved == -2
    who = O.log_in(town, PARENT)
    case = apply(town, who, [(WAY, TYPE, 1)])
    page = who.get(case + "/confirm")
    if page.status == 200:
        page = who.post(page.form("/move"), extra={"move": "submit"})
    assert page.status == 422
    page.says("空编 -2 名")
    decided(town, [line("1", 5)])


def rule(town, code, word, ok=True):
    done = town.tool("overflow", code, word, check=ok)
    assert (done.returncode == 0) == ok, done.stdout
    return done.stdout


def test_overflow(town):
    """ledger: an overflow rule - a number, a percentage, the office's for units without their own - lets so many in beyond the approved and not one more"""
    cap = sum(balance(town)[:1])
    room(town, 0)
    cap = balance(town)[0]
    try:
        for code, word, more in ((UNIT, "2", 2), (UNIT, "5%", cap * 5 // 100), ("480300", "1", 1), (UNIT, "none", 0)):
            if code != UNIT:
                rule(town, UNIT, "office")
            rule(town, code, word)
            who = O.log_in(town, PARENT)
            case = apply(town, who, [(WAY, TYPE, more + 1)])
            O.submit(who, case, status=422).says("空编 0 名" + ("，允许溢出 %d 名" % more if more else ""), "本申请单 %d 名" % (more + 1))
        rule(town, UNIT, "2")
        O.log_in(town, PARENT).get("/staffing/unit/%d" % O.unit_id(town, UNIT)).says("编制溢出规则", "允许超出核定 2 名")
        slip_id = slip(town, granted(town, [(WAY, TYPE, 2)]))[0]
        assert left(town, slip_id) == 2 and fine(town)
    finally:
        rule(town, UNIT, "office")
        rule(town, "480300", "none")
    for code, word in ((UNIT, "x"), (UNIT, "-1"), (UNIT, "101%"), (UNIT, "1000"), (UNIT, ""), ("NOBODY", "2")):
        assert "用法" in rule(town, code, word, ok=False) or code == "NOBODY"
    decided(town, [line("1", 5)])


def test_structure_kept(town):
    """TS-32 use: a slip for a structure keeps places of it too, who comes on it has it, and what is given back is free again"""
    room(town, 4)
    reserved, free = account(town, "reserved", "2", "structure"), O.free_posts(town, UNIT, "structure", "2")
    who = O.log_in(town, PARENT)
    case = apply(town, who, [])
    form = who.get(case + "/item/new").form("/item/new").set(entry_mode=WAY, staffing_type=TYPE, amount="2", structure="2")
    assert who.post(form, extra={"do": "save"}).status == 303
    O.submit(who, case)
    O.decide(O.log_in(town, "shibian"), case, "pass")
    O.decide(O.log_in(town, "fenguan"), case, "approve")
    slip_id = slip(town, case)[0]
    assert account(town, "reserved", "2", "structure") == reserved + 2 and O.free_posts(town, UNIT, "structure", "2") == free - 2 and fine(town)
    O.make_room(town, 0, UNIT, "2", "structure")    # what the slip keeps is the last there is
    free = 2
    clerk = O.clerk(town, UNIT)
    wrong = entry_on(town, clerk, slip_id, 1, structure="1", post_category="G", post_grade="")
    O.submit(clerk, wrong, status=422).says("编制结构“专业技术”")
    right = entry_on(town, clerk, slip_id, 1, structure="2")
    O.submit(clerk, right)
    O.decide(O.reviewer(town), right, "approve")
    assert account(town, "reserved", "2", "structure") == reserved + 1 and O.free_posts(town, UNIT, "structure", "2") == free - 2 and fine(town)
    town.sql("UPDATE st_slip SET valid_until = CURDATE() - INTERVAL 1 DAY WHERE id = %s" % slip_id)
    assert town.tool("jobs", "run", "staffing.slips").returncode == 0
    assert account(town, "reserved", "2", "structure") == reserved and O.free_posts(town, UNIT, "structure", "2") == free - 1 and fine(town)
