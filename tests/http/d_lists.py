# The list of a business: what each tab holds, how many, looking for somebody by
# ID number, turning pages both ways.  SPDX-License-Identifier: MulanPSL-2.0
import urllib.parse
import xml.etree.ElementTree as ET

import office as O
import town as T
from d_search import hides, names

ENDED = "('done', 'rejected', 'cancelled')"


def tabs(page):
    return {t.get("t"): t.get("n") for t in page.xml.iter("t") if t.get("n") is not None}


def many(town, count, state, word):
    """COUNT cases of the clerk's unit in STATE, by SQL: number -> id order."""
    town.sql("INSERT INTO bz_case (business, process, process_version, scope_id, office_id, number, step, state, head, reason, created_by,"
             " created_at, updated_at) SELECT 'entry', 'counter', 1, u.id, u.office_id, CONCAT('%(w)s', LPAD(seq, 4, '0')), '%(s)s', '%(s)s',"
             " '<head/>', '%(w)s', 1, NOW(), NOW() FROM seq_1_to_%(n)d JOIN st_unit u ON u.unit_code = 'D031'"
             % {"w": word, "s": state, "n": count})
    return [r[0] for r in town.sql("SELECT number FROM bz_case WHERE reason = '%s' ORDER BY id DESC" % word)]


def walk(who, page, to, table="cases"):
    """The first column page by page, as far as TO leads."""
    pages = [names(page, table)]
    while page.find("pager").get(to):
        page = who.get(page.find("pager").get(to))
        pages.append(names(page, table))
        assert len(pages) < 100
    return pages, page


def test_cases_by_number(town):
    """lists: a whole ID number, posted, finds its case and no other; a part finds none; the look is audited"""
    O.make_room(town, 3)
    who, number = O.clerk(town), O.new_number()
    case = O.new_case(who)
    O.add_person(who, case, number=number)
    mine = town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(case))
    looks = "SELECT COUNT(*) FROM bz_audit WHERE action = 'entry.lookup'"
    before = int(town.one(looks))
    for typed in (number, " %s " % number.lower()):
        page = who.post(who.get("/entry/").query(), subject=typed)
        assert names(page, "cases") == [mine], typed
        hides(page, number, number.lower())
    assert int(town.one(looks)) == before + 2
    for typed in (number[:17], number[:6], number[1:], number[:17] + "%", number[:17] + "_"):
        assert names(who.post(who.get("/entry/").query(), subject=typed), "cases") == [], typed
    assert number not in town.one("SELECT GROUP_CONCAT(detail) FROM bz_audit WHERE action = 'entry.lookup'")
    assert names(O.clerk(town, "D008").post(O.clerk(town, "D008").get("/entry/").query(), subject=number), "cases") == []
    page = who.get("/entry/?subject=" + number)
    assert page.query().fields["subject"] == "" and names(page, "cases") == names(who.get("/entry/"), "cases")
    hides(page, number)
    before = town.one(looks)
    who.post(who.get("/entry/").query(), label="某")
    assert town.one(looks) == before


def test_roster_lookup_audited(town):
    """roster: a search by ID number is on record, without the number; one by name is none"""
    boss, number = O.reviewer(town), town.one("SELECT id_number FROM st_person LIMIT 1")
    looks = "SELECT COUNT(*) FROM bz_audit WHERE action = 'person.lookup'"
    before = int(town.one(looks))
    boss.post(boss.get("/staffing/person/").query(), q="王")
    assert int(town.one(looks)) == before
    boss.post(boss.get("/staffing/person/").query(), q=number)
    assert int(town.one(looks)) == before + 1
    assert town.one("SELECT COUNT(*) FROM bz_audit WHERE detail LIKE '%%%s%%'" % number) == "0"


def test_pages_both_ways(town):
    """lists: pages of ended cases lead down and up again, the filters go along, in a unit and in an office"""
    want = many(town, 47, "cancelled", "翻页测试")
    query = "/entry/?tab=done&reason=" + urllib.parse.quote("翻页测试")
    for who in (O.clerk(town), O.reviewer(town)):
        down, last = walk(who, who.get(query), "next")
        assert [n for p in down for n in p] == want and [len(p) for p in down] == [20, 20, 7], [len(p) for p in down]
        up, first = walk(who, last, "prev")
        assert [n for p in reversed(up) for n in p] == want and names(first, "cases") == want[:20]
        assert last.query().fields["reason"] == "翻页测试" and names(who.get(last.find("pager").get("first")), "cases") == want[:20]
    # Another unit's cases are not among them.
    assert not set(want) & {n for p in walk(O.clerk(town, "D008"), O.clerk(town, "D008").get("/entry/?tab=done"), "next")[0] for n in p}
    town.sql("DELETE FROM bz_case WHERE reason = '翻页测试'")


def test_ended_in_scope(town):
    """lists: 已办 of an office holds every ended case of its units, each once, and its count says how many"""
    O.make_room(town, 3)
    clerk = O.clerk(town)
    case = O.filled_case(clerk)
    O.submit(clerk, case)
    O.decide(O.reviewer(town), case, "reject", "不符合条件")
    for account in ("shenhe1", "xianbian"):
        who = O.log_in(town, account)
        scope = town.one("SELECT a.scope_id FROM bz_account a WHERE a.name = '%s'" % account)
        want = [r[0] for r in town.sql("SELECT number FROM bz_case WHERE business = 'entry' AND state IN %s AND scope_id IN"
                                       " (SELECT scope_id FROM bz_scope_path WHERE ancestor_id = %s) ORDER BY id DESC" % (ENDED, scope))]
        pages, _ = walk(who, who.get("/entry/?tab=done"), "next")
        assert [n for p in pages for n in p] == want, account
        assert tabs(who.get("/entry/"))["已办"] == str(len(want))


def test_counts(town):
    """lists: the counts of 待办, 在办, 已办, 被退回 are the rows that each tab holds; beyond 999 it says 999+"""
    O.make_room(town, 3)
    who = O.clerk(town)
    case = O.filled_case(who)
    O.submit(who, case)
    for tab, title in (("todo", "待办"), ("doing", "在办"), ("done", "已办"), ("back", "被退回")):
        page = who.get("/entry/?tab=" + tab)
        pages, _ = walk(who, page, "next")
        assert tabs(page)[title] == str(sum(len(p) for p in pages)), (tab, tabs(page))
    assert tabs(who.get("/entry/"))["在办"] != "0"
    many(town, 1000, "cancelled", "计数测试")
    try:
        assert tabs(who.get("/entry/"))["已办"] == "999+" == tabs(O.reviewer(town).get("/entry/"))["已办"]
    finally:
        town.sql("DELETE FROM bz_case WHERE reason = '计数测试'")


def test_days_left(town):
    """lists: a case under review says its days left to both sides, in red when they are over"""
    O.make_room(town, 3)
    case = O.filled_case(O.clerk(town))
    number = town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(case))

    def left(page):
        row = next(r for r in page.xml.iter("r") if r.findtext("c") == number)
        return next((c.text, c.get("tone")) for c in row.findall("c") if "工作日" in (c.text or "") or "超期" in (c.text or ""))
    with town.otherwise(now="2026-09-30 10:00:00"):
        O.submit(O.clerk(town), case)
        for now, says in ((None, ("余 3 个工作日", None)), ("2026-10-10 10:00:00", ("余 0 个工作日", None)), ("2026-10-11 10:00:00", ("已超期", "bad")),
                          ("2026-10-12 10:00:00", ("超期 1 个工作日", "bad"))):
            if now:
                town.app(now)
            assert left(O.clerk(town).get("/entry/?tab=doing")) == left(O.reviewer(town).get("/entry/")) == says, now
        O.decide(O.reviewer(town), case, "return", "请补正")


def test_empty_says_what(town):
    """lists: an empty table says what to do next"""
    who = O.clerk(town, "X304")
    def empty(page):
        return next(t.get("empty") for t in page.xml.iter("table") if t.get("id") == "cases")
    assert "新建" in empty(who.get("/entry/"))
    assert "新建" not in empty(O.reviewer(town).get("/entry/"))
    assert "重新上报" in empty(who.get("/entry/?tab=back"))
    assert "重置" in empty(who.get("/entry/?tab=back&number=9999999"))


def test_words(town):
    """lists: a date that is none is said to be left out, not to be harmless for saving; a draft is not yet reviewed, nothing changed"""
    who, boss = O.clerk(town), O.reviewer(town)
    page = who.get("/entry/?tab=done&from=32.13.2026", html=True)
    assert "项查询条件无法识别，未按它查询" in page.text and "不影响保存" not in page.text, page.text
    page = boss.get(O.new_case(who) + "/review", html=True)
    assert page.status == 409 and "现在不能办理" in page.text and "上报后才能审核" in page.text and "内容已变化" not in page.text


def shape(root):
    """Which elements a page has, where, and with which attributes."""
    out = set()
    def walk_(e, path):
        path = "%s/%s" % (path, e.tag)
        # what waits or is unread is another matter
        out.add((path, tuple(sorted(a for a in e.attrib if a not in ("inbox", "todo") and (e.tag, a) != ("m", "n")))))
        for child in e:
            walk_(child, path)
    walk_(root, "")
    return out


def test_roster_as_counted(town):
    """lists: the roster's page is made as the one whose instructions are counted, with 20 persons"""
    page = O.reviewer(town).get("/staffing/person/")
    saved = ET.parse(T.TOP + "/tests/bench/roster.xml").getroot()
    assert len(saved.findall("table/r")) == len(page.all("table/r")) == 20
    assert shape(saved) == shape(page.xml), "tests/bench/roster.xml is not what the server sends: %s" % (shape(saved) ^ shape(page.xml))
