# The staffing floor on real data: import against the CSV that it read, pages
# within their scope, proofs that see each fault.
# SPDX-License-Identifier: MulanPSL-2.0
import csv
import os
import re
from collections import Counter

import office as O

# Columns of units.csv and the account each opens.
ACCOUNTS = {"quota_admin": ("type", "11"), "quota_politics_law": ("type", "12"), "quota_civil_like": ("type", "21"),
            "quota_institution": ("type", "22"), "quota_worker": ("type", "31"), "struct_mgmt": ("structure", "1"),
            "struct_prof": ("structure", "2"), "struct_worker": ("structure", "3"), "lead_main": ("lead", "11"),
            "lead_deputy": ("lead", "12"), "lead_other": ("lead", "13"), "mid_main": ("lead", "21"),
            "mid_deputy": ("lead", "22")}


def city(town, name):
    with open(os.path.join(town.dir, "city", name + ".csv"), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def cells(row):
    return ["".join(c.itertext()) for c in row.findall("c")]


def table(page, which):
    return next(t for t in page.xml.iter("table") if t.get("id") == which)


def test_import_counts(town):
    """import: as many rows as the CSV files have"""
    for name, source in (("st_unit", "units"), ("st_organ", "organs"), ("st_post", "posts"),
                         ("st_qualification", "person_titles")):
        assert int(town.one("SELECT COUNT(*) FROM " + name)) == len(city(town, source)), name
    numbers = {r[0] for r in town.sql("SELECT id_number FROM st_person")}
    assert {r["id_number"] for r in city(town, "persons")} <= numbers


def test_import_approved(town):
    """import: the approved figures are those of units.csv, each opened by one posting"""
    want = {(u["unit_code"],) + ACCOUNTS[c]: int(u[c]) for u in city(town, "units") for c in ACCOUNTS if int(u[c])}
    have = {(r[0], r[1], r[2]): int(r[3]) for r in town.sql(
        "SELECT unit_code, book, code, amount FROM st_quota_posting JOIN st_unit u ON u.id = unit_id"
        " WHERE account = 'approved' AND paper = '期初导入'")}
    assert have == want


def test_import_papers(town):
    """import: each line of quotas.csv is posted with its paper on its day, and the accounts hold their sum"""
    have = [tuple(r) for r in town.sql("SELECT unit_code, book, code, amount, paper, posted_on FROM st_quota_posting p JOIN st_unit u ON u.id = p.unit_id"
                                       " WHERE account = 'approved' AND case_id IS NULL AND paper NOT IN ('期初导入', '测试核定') ORDER BY p.id")]
    want = [tuple(q[c] for c in ("unit_code", "book", "code", "amount", "paper", "paper_on")) for q in city(town, "quotas")]
    assert want and [h for h in have if h[4].startswith("示编")] == want, have
    sums = Counter()
    for q in city(town, "quotas"):
        sums[q["unit_code"], q["book"], q["code"]] += int(q["amount"])
    for (unit, book, code), n in sums.items():
        assert town.one("SELECT approved FROM st_quota q JOIN st_unit u ON u.id = q.unit_id WHERE u.unit_code = '%s' AND book = '%s' AND code = '%s'"
                        % (unit, book, code)) == str(n), (unit, book, code)


def test_import_occupied(town):
    """import: the occupied figures follow from persons who have not left and leading posts of the CSV"""
    want, posts = Counter(), {p["post_code"]: p for p in city(town, "posts")}
    left = {p["person_id"] for p in city(town, "person_exits")}
    units = {p["person_id"]: p["unit_code"] for p in city(town, "persons") if p["person_id"] not in left}
    funded = {(q["unit_code"], q["code"]) for q in city(town, "quotas") if q["book"] == "funding"}
    assert left and len(units) > 1000, (len(left), len(units))
    for p in city(town, "persons"):
        if p["person_id"] in left:
            continue
        want[p["unit_code"], "type", p["staffing_type"][:2]] += 1
        if p["staffing_type"] in ("21", "22") and p["structure"]:
            want[p["unit_code"], "structure", p["structure"]] += 1
        if (p["unit_code"], p["funding"]) in funded:
            want[p["unit_code"], "funding", p["funding"]] += 1
    for d in city(town, "person_posts"):
        if d["post_code"] and d["person_id"] in units:
            want[units[d["person_id"]], "lead", posts[d["post_code"]]["leader_class"]] += 1
    have = {(r[0], r[1], r[2]): int(r[3]) for r in town.sql(
        "SELECT unit_code, book, code, SUM(amount) FROM st_quota_posting JOIN st_unit u ON u.id = unit_id"
        " WHERE account = 'occupied' AND amount > 0 AND case_id IS NULL GROUP BY 1, 2, 3")}
    assert have == dict(want), [(k, have.get(k), want.get(k)) for k in set(have) | set(want)
                                if have.get(k) != want.get(k)][:5]


def test_import_once(town):
    """import: a second one over existing data is refused and changes nothing"""
    before = town.one("SELECT COUNT(*) FROM st_person")
    out = town.tool("import", os.path.join(town.dir, "city"), check=False)
    assert out.returncode != 0 and "导入只用于空的数据库" in out.stdout, out.stdout
    assert town.one("SELECT COUNT(*) FROM st_person") == before


def test_scope_tree(town):
    """import: a child lies below its parent, a unit below its office, a county below the city"""
    def below(code):
        return {r[0] for r in town.sql("SELECT s.code FROM bz_scope a JOIN bz_scope_path p ON p.ancestor_id = a.id"
                                       " JOIN bz_scope s ON s.id = p.scope_id WHERE a.code = '%s'" % code)}
    units = city(town, "units")
    assert below("D003") >= {"D003", "S006"} and below("S006") == {"S006"}
    assert below("480300") >= {u["unit_code"] for u in units}
    assert {c for c in below("480321") if not c.startswith("48")} == {
        u["unit_code"] for u in units if u["office"] == "480321"}


def test_one_place(town):
    """HY-18 the database itself refuses a second place for one person at one time"""
    try:
        town.sql("INSERT INTO st_employment (person_id, unit_id, valid_from, staffing_type, funding, person_status,"
                 " entry_mode) SELECT person_id, unit_id, valid_from + INTERVAL 1 DAY, staffing_type, funding,"
                 " person_status, entry_mode FROM st_employment WHERE valid_to = '9999-12-31' LIMIT 1")
    except RuntimeError as e:
        assert "uq_employment_person" in str(e), e
    else:
        raise AssertionError("two places for one person")


def test_units_in_scope(town):
    """units: a clerk sees the own unit, a parent its children too, the office all"""
    def codes(who, address="/staffing/unit/"):
        return [cells(r)[1] for r in table(who.get(address), "units").findall("r")]
    assert codes(O.clerk(town)) == ["D031"]
    parent = codes(O.clerk(town, "D003"))
    assert parent[0] == "D003" and "S006" in parent and "D031" not in parent
    boss = O.reviewer(town)
    whole = codes(boss) + codes(boss, "/staffing/unit/?from=100")
    assert len(whole) == len(set(whole)) == len(city(town, "units"))
    county = O.log_in(town, "xianbian")
    assert set(codes(county)) == {u["unit_code"] for u in city(town, "units") if u["office"] == "480321"}


def test_unit_search(town):
    """units: found by name, short name, code and initials of the pinyin"""
    boss = O.reviewer(town)
    for q in ("生态环境", "市生态环境局", "D031", "d031", "ssthjj", "STHJ"):
        page = boss.get("/staffing/unit/?q=" + O.T.urllib.parse.quote(q))
        assert "D031" in [cells(r)[1] for r in table(page, "units").findall("r")], q
    page = boss.get("/staffing/unit/?q=%25")
    assert page.status == 200


def test_figures_open(town):
    """ledger: each figure of a unit opens into postings that add up to it, with the balance after each"""
    who, unit = O.clerk(town), O.unit_id(town)
    checked, names = 0, set()
    for row in table(who.get("/staffing/unit/%d" % unit), "quota").findall("r"):
        for cell in row.findall("c"):
            if "account=" not in (cell.get("href") or ""):
                continue
            address, postings = cell.get("href"), []
            while address:
                page = who.get(address)
                assert page.status == 200, address
                postings += [cells(p) for p in table(page, "postings").findall("r")]
                address = page.find("pager").get("next")
            assert sum(int(p[2]) for p in postings) == int(cell.text), cell.get("href")
            balance = 0
            for p in reversed(postings):
                balance += int(p[2])
                assert balance == int(p[3]), (cell.get("href"), p)
            checked += 1
            names.add(cell.get("href").rsplit("account=", 1)[1])
    assert checked >= 20 and {"approved", "occupied", "reserved", "free"} <= names, names


def test_figure_to_person_and_case(town):
    """ledger: a posting leads to its person, masked, and to its case; the figures stand on top"""
    O.make_room(town, 3)
    who, boss, unit = O.clerk(town), O.reviewer(town), O.unit_id(town)
    case = O.filled_case(who, name="分录测试")
    O.submit(who, case)
    O.decide(boss, case, "approve")
    page = who.get("/staffing/unit/%d/postings?book=type&code=11&account=occupied" % unit)
    row = table(page, "postings").findall("r")[0]
    person, number = town.sql("SELECT p.id, p.id_number FROM st_person p JOIN st_employment e ON e.person_id = p.id"
                              " WHERE e.entry_case_id = %d" % O.case_id(case))[0]
    assert cells(row)[2] == "+1" and cells(row)[6] == "分录测试" and cells(row)[7] == number[:6] + "********" + number[-4:], cells(row)
    links = [c.get("href") for c in row.findall("c") if c.get("href")]
    assert links == [case, "/bianzhi/staffing/person/" + person], links
    assert number not in page.text and all(who.get(a).status == 200 for a in links)
    tabs = {t.get("t"): t.get("n") for t in page.xml.iter("t") if t.get("n") is not None}
    assert int(tabs["核定"]) - int(tabs["实有"]) - int(tabs["已批未用"]) - int(tabs["在途调入"]) == int(tabs["空编"]) == O.free_posts(town), tabs
    assert who.get("/staffing/unit/%d/postings?book=type&code=11&account=nothing" % unit).status == 404
    for path in ("unit/%d" % unit, "unit/", "person/"):
        assert next(who.get("/staffing/" + path).xml.iter("crumb"))[0].text == "首页", path
    assert who.get("/staffing/unit/%d/postings?book=type&code=99" % unit).find(".//t[@t='空编']").get("n") == "0"
    assert O.log_in(town, "chuangkou").get("/staffing/unit/%d/postings?book=type&code=11" % unit).status == 200


def test_posts_and_holders(town):
    """ledger: each leading post of a unit stands with whoever sits in it, and its empty seats"""
    boss = O.reviewer(town)
    unit = int(town.one("SELECT p.unit_id FROM st_post p JOIN st_duty d ON d.post_id = p.id GROUP BY p.unit_id ORDER BY COUNT(*) DESC LIMIT 1"))
    seen, post, seats = {}, None, {}
    for row in table(boss.get("/staffing/unit/%d" % unit), "posts").findall("r"):
        c, person = cells(row), row.findall("c")[6].get("href")
        if c[4]:
            post = (c[0], c[1])
            seen.setdefault(post, [])
            seats[post] = (int(c[4]), int(c[5]), c[6])
        if person:
            seen[post].append(c[6])
    for (quota, held, text), holders in zip([seats[p] for p in seen], seen.values()):
        assert held == len(holders) and (holders or text == "空缺 %d 名" % quota), (quota, held, text)
    want = town.sql("SELECT n.name FROM st_duty d JOIN st_employment e ON e.id = d.employment_id JOIN st_person n ON n.id = e.person_id"
                    " WHERE d.post_id IN (SELECT id FROM st_post WHERE unit_id = %d) AND e.valid_to = '9999-12-31'" % unit)
    assert sorted(n for h in seen.values() for n in h) == sorted(r[0] for r in want) and want


def test_persons_masked(town):
    """persons: numbers are masked in lists and on the card; the whole one is a look of its own, audited"""
    who = O.clerk(town)
    page = who.get("/staffing/person/")
    rows = table(page, "persons").findall("r")
    assert rows and all(re.fullmatch(r"\d{6}\*{8}\d{3}[\dX]", cells(r)[2]) for r in rows)
    assert not re.search(r"\d{17}[\dX]", page.text.split("</shell>")[1])
    person = int(rows[0].get("href").rsplit("/", 1)[1])
    number = town.one("SELECT id_number FROM st_person WHERE id = %d" % person)
    looks = "SELECT COUNT(*) FROM bz_audit WHERE action = '%s' AND object_id = " + str(person)
    before = [int(town.one(looks % a)) for a in ("person.view", "person.unmask")]
    page = who.get("/staffing/person/%d" % person)
    assert number not in page.text
    page.says(number[:6] + "********" + number[-4:])
    more = [k.get("href") for k in page.xml.iter("kv") if k.get("href")]
    assert len(more) == 1 and number not in more[0]
    who.get(more[0]).says(number)
    assert [int(town.one(looks % a)) for a in ("person.view", "person.unmask")] == [before[0] + 1, before[1] + 1]


def test_person_history(town):
    """persons: the card tells every employment, duty, case and change; cases of other businesses or units are not on it"""
    O.make_room(town, 3)
    who, boss = O.clerk(town), O.reviewer(town)
    case, number = O.new_case(who), O.new_number()
    O.add_paper(who, case)
    O.add_person(who, case, name="经历测试", number=number)
    O.submit(who, case)
    O.decide(boss, case, "approve")
    person = town.one("SELECT id FROM st_person WHERE id_number = '%s'" % number)
    town.sql("UPDATE st_person SET major = '变更测试' WHERE id = " + person)
    page = who.get("/staffing/person/" + person)
    history = [cells(r) for r in table(page, "history").findall("r")]
    assert len(history) == 1 and history[0][2] == "在编" and "考录" in history[0][4], history
    assert [cells(r)[0] for r in table(page, "duty").findall("r")] == ["无职务"]
    done = table(page, "cases").findall("r")
    assert len(done) == 1 and done[0].get("href") == case and "已核准" in cells(done[0]), [cells(r) for r in done]
    changes = [cells(r)[1:] for r in table(page, "changes").findall("r")]
    assert any(c[0] == "专业" and c[2] == "变更测试" for c in changes), changes
    assert len(table(O.log_in(town, "chuangkou").get("/staffing/person/" + person), "cases").findall("r")) == 1
    town.sql("UPDATE bz_case SET business = 'nothing' WHERE id = %d" % O.case_id(case))
    try:
        assert not table(who.get("/staffing/person/" + person), "cases").findall("r")
    finally:
        town.sql("UPDATE bz_case SET business = 'entry' WHERE id = %d" % O.case_id(case))


def test_person_elsewhere(town):
    """persons: a person of another unit, guessed by address, is not found, and the look is not a view"""
    other = int(town.one("SELECT person_id FROM st_employment WHERE unit_id = %d LIMIT 1" % O.unit_id(town, "D003")) or 0) \
        or int(town.one("SELECT person_id FROM st_employment WHERE unit_id != %d LIMIT 1" % O.unit_id(town)))
    who = O.clerk(town)
    before = town.one("SELECT COUNT(*) FROM bz_audit WHERE action = 'person.view'")
    assert who.get("/staffing/person/%d" % other).status == 404
    assert who.get("/staffing/person/99999999").status == 404
    assert who.get("/staffing/unit/%d" % O.unit_id(town, "D003")).status == 404
    assert who.get("/staffing/unit/%d/postings?book=type&code=11" % O.unit_id(town, "D003")).status == 404
    assert town.one("SELECT COUNT(*) FROM bz_audit WHERE action = 'person.view'") == before


def walk(who, address):
    """Ids of all persons of a list, page by page."""
    seen = []
    while address:
        page = who.get(address)
        seen += [r.get("href").rsplit("/", 1)[1] for r in table(page, "persons").findall("r")]
        address = page.find("pager").get("next")
        assert len(seen) < 5000
    return seen


def test_persons_paged(town):
    """persons: page by page each one comes once, whether the scope is wide or small"""
    for who, scope in ((O.clerk(town), O.unit_id(town)),
                       (O.reviewer(town), int(town.one("SELECT id FROM st_office WHERE division_code = '480300'")))):
        seen = walk(who, "/staffing/person/")
        want = town.sql("SELECT person_id FROM st_employment WHERE valid_to = '9999-12-31' AND unit_id IN"
                        " (SELECT scope_id FROM bz_scope_path WHERE ancestor_id = %d)" % scope)
        assert len(seen) == len(set(seen)) and set(seen) == {r[0] for r in want}
    unit = O.unit_id(town)
    assert set(walk(O.reviewer(town), "/staffing/person/?unit=%d" % unit)) == set(walk(O.clerk(town), "/staffing/person/"))


def persons(page):
    return [r.get("href").rsplit("/", 1)[1] for r in table(page, "persons").findall("r")]


def test_persons_both_ways(town):
    """persons: forward to the end and back are the same rows, in a wide scope, in a unit, of one type, of a search by name, gone or not"""
    town.sql("UPDATE st_employment SET valid_to = '2026-11-19' WHERE valid_from < '2026-11-19' AND valid_to = '9999-12-31' AND unit_id <> %d AND id %% 29 = 0" % O.unit_id(town))
    boss, who = O.reviewer(town), O.clerk(town)
    try:
        for one, address in ((boss, ""), (boss, "?type=11"), (boss, "?unit=%d" % O.unit_id(town)), (boss, "?gone=1"), (who, "")):
            pages = O.both_ways(one.get("/staffing/person/" + address), O.links(one), persons)
            assert len(pages) > 1, address
        name = town.one("SELECT LEFT(name, 1) FROM st_person GROUP BY 1 ORDER BY COUNT(*) DESC LIMIT 1")
        first = boss.post(boss.get("/staffing/person/").query(), q=name)
        pages = O.both_ways(first, lambda page, to: boss.post(page.turn(to)) if page.turn(to) else None, persons)
        assert len(pages) > 1, len(pages)
    finally:
        town.sql("UPDATE st_employment SET valid_to = '9999-12-31' WHERE valid_to = '2026-11-19'")


def test_nothing_above(town):
    """lists: an address above the first row is an empty page with a way to the first"""
    who = O.clerk(town)
    for address in ("/staffing/person/?above=1", "/inbox/?above=9223372036854775807", "/entry/?tab=done&above=9223372036854775807",
                    "/staffing/unit/%d/postings?book=type&code=11&account=free&above=9223372036854775807" % O.unit_id(town)):
        page = who.get(address)
        assert page.status == 200 and not page.find("pager").get("next") and not page.find("pager").get("prev"), address
        assert who.get(page.find("pager").get("first")).status == 200, address
        assert "第一页</a>" in who.get(address, html=True).text, address


def test_postings_both_ways(town):
    """ledger: the postings of a figure forward to the end and back are the same rows, with the same balance"""
    who, unit = O.clerk(town), O.unit_id(town)
    many = 120
    town.sql("INSERT INTO st_quota_posting (unit_id, book, code, account, amount, posted_on, paper, recorded_at)"
             " SELECT %d, 'type', '11', 'approved', IF(seq %% 2, 1, -1), '2026-06-30', '翻页测试', NOW() FROM seq_1_to_%d" % (unit, many))
    try:
        first = who.get("/staffing/unit/%d/postings?book=type&code=11&account=approved" % unit)
        pages = O.both_ways(first, O.links(who), lambda page: [tuple(cells(r)) for r in table(page, "postings").findall("r")])
        assert len(pages) > 2 and sum(map(len, pages)) > many
    finally:
        town.sql("DELETE FROM st_quota_posting WHERE paper = '翻页测试'")


def test_odd_addresses(town):
    """persons and units: nonsense in an address is a page or a refusal, never a fault"""
    boss = O.reviewer(town)
    for a in ("person/?below=-1&unit=x&type=%27%20OR%201=1&gone=7", "unit/?from=-5",
              "unit/?from=999999999999999999999", "person/?below=9223372036854775807", "person/?above=x&below=y"):
        assert boss.get("/staffing/" + a).status == 200, a
    for a in ("unit/0", "unit/x", "unit/-1", "unit/1/postings", "person/x", "person/0",
              "person/99999999999999999999"):
        assert boss.get("/staffing/" + a).status in (404, 422), a


# Proof: a fault that it must see, and how to mend it; %d is a unit with people.
FAULTS = {
    "balances": ("UPDATE st_quota SET reserved = reserved + 1 WHERE unit_id = %d LIMIT 1",
                 "UPDATE st_quota SET reserved = 0 WHERE unit_id = %d"),
    "types": ("UPDATE st_employment SET quota_code = '11x' WHERE unit_id = %d AND quota_code = '11' ORDER BY id LIMIT 1",
              "UPDATE st_employment SET quota_code = '11' WHERE unit_id = %d AND quota_code = '11x'"),
    "structures": ("UPDATE st_employment SET quota_structure = '1' WHERE quota_structure = '2' AND %d ORDER BY id LIMIT 1",
                   "UPDATE st_employment SET quota_structure = structure WHERE quota_structure != '' AND %d"),
    "leads": ("UPDATE st_duty SET post_id = NULL WHERE post_id IS NOT NULL AND %d ORDER BY id LIMIT 1",
              "UPDATE st_duty d JOIN st_post p ON p.post_code = d.duty SET d.post_id = p.id WHERE %d"),
    "accounts": ("UPDATE st_employment SET quota_code = '' WHERE unit_id = %d AND quota_code = '11' ORDER BY id LIMIT 1",
                 "UPDATE st_employment SET quota_code = '11' WHERE unit_id = %d AND quota_code = '' AND staffing_type = '11'"),
}


def test_proofs(town):
    """bianzhi verify sees each fault: balances, types, structures, leads, accounts; clean when it is gone"""
    unit = int(town.one("SELECT unit_id FROM st_employment WHERE quota_code = '11' GROUP BY unit_id"
                        " ORDER BY COUNT(*) DESC LIMIT 1"))
    for name, (spoil, mend) in FAULTS.items():
        try:
            assert town.one((spoil % unit) + "; SELECT ROW_COUNT()") == "1", name
            out = town.tool("verify", check=False)
        finally:
            town.sql(mend % unit)
        assert out.returncode != 0 and re.search(r"^%s +\d+ findings" % name, out.stdout, flags=re.M), (name, out.stdout)
    out = town.tool("verify", check=False)
    assert out.returncode == 0, out.stdout
