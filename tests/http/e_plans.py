# Query plans: what the pages of lists read, in a town of a hundred thousand persons
# and twenty thousand ended cases.  Rows are counted as the database read them
# (ANALYZE), so that a plan that only looks good does not pass.
# SPDX-License-Identifier: MulanPSL-2.0
import glob
import json
import os
import re
import xml.etree.ElementTree as ET

import cases as C
import office as O
import town as T

PERSONS, CASES, OPEN = 100000, 20000, 300
BIG = {"l": "st_local", "m": "bz_message", "c": "bz_case", "i": "bz_item", "p": "st_person", "e": "st_employment"}
WAITS = {"own": "entry:counter:draft", "parent": "", "office": "entry:counter:review,entry:counter:section@", "today": "2026-11-25"}
NOBODY = dict.fromkeys(("number", "reason", "label", "key", "unit", "state", "from", "to", "edge", "text", "type"))
places = {}
# What each further person may cost: their number is looked up, here and in other cases.
READ_PERSON, APPROVE_PERSON = 2, 21


def queries():
    out = {}
    for path in glob.glob(T.STAGE + "/share/bianzhi/**/*.xml", recursive=True):
        root = ET.parse(path).getroot()
        if root.tag == "queries":
            texts = {f.get("name"): f.text for f in root.findall("fragment")}
            for q in root.findall("query"):
                sql = q.find("sql")
                out[q.get("name")] = (sql.text or "") + "".join(texts[u.get("fragment")] + (u.tail or "") for u in sql.findall("use"))
    return out


def literal(value):
    return "NULL" if value is None else str(value) if isinstance(value, int) else "'%s'" % value.replace("'", "''")


def tables(node):
    """Every table of a plan: (alias, access type, rows read)."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "table" and isinstance(value, dict) and "access_type" in value:
                rows = (value.get("r_rows") or 0) * (value.get("r_loops") or 0)
                if value["access_type"] == "eq_ref":
                    rows = value.get("r_loops") or 0
                yield value["table_name"], value["access_type"], rows
            yield from tables(value)
    elif isinstance(node, list):
        for value in node:
            yield from tables(value)


def read_by(name, **values):
    """alias -> (access types, rows read) of one execution of the named query."""
    place = places["town"]
    values = dict(dict(NOBODY, operator=1, now="2026-11-23 09:00:00"), **values)
    sql = re.sub(r":([a-z_]+)\b", lambda m: literal(values[m.group(1)]), places["queries"][name])
    plan = json.loads(place.one("ANALYZE FORMAT=JSON " + sql).replace("\\n", "\n").replace("\\\\", "\\"))
    out = {}
    out[""] = plan["query_block"].get("r_total_time_ms", 0)
    for alias, how, rows in tables(plan):
        kinds, sum_ = out.get(alias, (set(), 0))
        out[alias] = (kinds | {how}, sum_ + rows)
    return out


def bounded(bound, name, **values):
    got = read_by(name, **values)
    took = got.pop("", 0)
    told = "%.1f ms, " % took + ", ".join("%s %s %d" % (a, "/".join(sorted(k)), n) for a, (k, n) in sorted(got.items()))
    print("# %s %s: %s" % (name, values.get("scope"), told))
    for alias, (kinds, rows) in got.items():
        if alias in BIG or alias in BIG.values():
            assert "ALL" not in kinds or rows == 0, "%s scans %s: %s" % (name, BIG.get(alias, alias), told)
            assert rows <= bound, "%s reads %d rows of %s, at most %d are allowed: %s" % (name, rows, alias, bound, told)


def prepare():
    if places:
        return
    place = T.Town(persons=PERSONS, start=False)
    C.many_cases(place, CASES, OPEN)
    places.update(town=place, queries=queries())
    places["unit"] = int(place.one("SELECT unit_id FROM st_employment GROUP BY unit_id ORDER BY COUNT(*) DESC, unit_id LIMIT 1"))
    places["office"] = int(place.one("SELECT office_id FROM bz_case GROUP BY office_id ORDER BY COUNT(*) DESC LIMIT 1"))
    places["persons"] = int(place.one("SELECT COUNT(*) FROM st_employment"))
    places["mine"] = int(place.one("SELECT COUNT(*) FROM bz_case WHERE scope_id = %d" % places["unit"]))
    places["staff"] = int(place.one("SELECT COUNT(*) FROM st_employment WHERE unit_id = %d" % places["unit"]))


def test_plan_sees(town):
    """plans: a query without its index is seen"""
    prepare()
    places["queries"]["test.scan"] = "SELECT c.id FROM bz_case c IGNORE INDEX (PRIMARY) WHERE c.reason = 'x' LIMIT 20"
    got = read_by("test.scan")
    assert "ALL" in got["c"][0] and got["c"][1] >= CASES, got


def test_plan_case_list(town):
    """plans: a page of a business's list reads no more cases than its tab holds, and of what has ended a page"""
    prepare()
    for scope in (places["unit"], places["office"]):
        for tab in ("todo", "doing", "back"):
            for name in ("bz.case_list", "bz.case_list_up"):
                bounded(OPEN + 50, name, scope=scope, business="entry", tab=tab, limit=21, **WAITS)
    for name in ("bz.case_list", "bz.case_list_up"):
        bounded(places["mine"] + 50, name, scope=places["unit"], business="entry", tab="done", limit=21, **WAITS)
    # A wide scope walks along the key: past the open cases, then a page.
    edges = {"bz.case_ended": (None, CASES // 2), "bz.case_ended_up": (CASES - 50, CASES // 2)}
    for name, at in edges.items():
        for edge in at:
            bounded(OPEN + 100, name, scope=places["office"], business="entry", limit=21, **dict({"edge": edge}))


def test_plan_case_counts(town):
    """plans: the counts on the tabs read open cases; of ended ones no more than are told"""
    prepare()
    for scope in (places["unit"], places["office"]):
        bounded(OPEN + 50, "bz.case_counts", scope=scope, business="entry", **WAITS)
        bounded(1000 + OPEN, "bz.case_ended_count", scope=scope, business="entry", limit=1000)


def test_plan_todo(town):
    """plans: the workbench reads open cases only"""
    prepare()
    for scope in (places["unit"], places["office"]):
        bounded(OPEN + 50, "bz.todo", scope=scope, limit=20, **WAITS)
        bounded(OPEN + 50, "bz.todo_counts", scope=scope, **WAITS)


def test_plan_inbox(town):
    """plans: the unread count reads as many messages as it tells, a page of the inbox a page, in an inbox of twenty thousand"""
    prepare()
    loud = int(places["town"].one("SELECT MIN(id) FROM st_unit"))
    bounded(110, "bz.inbox_count", scope=loud, may="entry", most=100)
    for edge in (0, 30000):
        bounded(50, "bz.inbox", scope=loud, may="entry", unread=0, edge=edge, limit=21)
    bounded(50, "bz.inbox", scope=loud, may="entry", unread=1, edge=0, limit=21)
    bounded(50, "bz.inbox_up", scope=loud, may="entry", unread=0, edge=1, limit=21)
    last = places["town"].one("SELECT MAX(id) FROM bz_message")
    places["town"].sql("INSERT INTO bz_inbox (operator_id, read_to) VALUES (1, %s)" % last)
    bounded(5, "bz.inbox_count", scope=loud, may="entry", most=100)
    for scope in (places["unit"], places["office"]):
        bounded(OPEN + 50, "bz.inbox_due", scope=scope, due="2026-12-02", returned="2026-11-01", draft="2026-11-01", limit=20, **WAITS)


def test_plan_case_pages(town):
    """plans: the page of one case reads its own rows only"""
    prepare()
    case = int(places["town"].one("SELECT id FROM bz_case WHERE scope_id = %d LIMIT 1" % places["unit"]))
    bounded(2, "bz.case_one", scope=places["unit"], id=case, business="entry")
    bounded(2, "bz.case_items", scope=places["unit"], case=case)


def test_plan_ledger(town):
    """plans: a figure reads the postings of its account, a card the rows of its person"""
    prepare()
    place, unit = places["town"], places["unit"]
    account = int(place.one("SELECT COUNT(*) FROM st_quota_posting WHERE unit_id = %d AND book = 'type' AND code = '11'" % unit))
    got = read_by("staffing.unit_postings", scope=places["office"], unit=unit, book="type", code="11", account="free", edge=0, up=0, limit=51)
    assert got["f"][1] <= account and "ALL" not in got["f"][0], got
    bounded(places["staff"] + 100, "staffing.unit_posts", scope=places["office"], unit=unit)
    person = int(place.one("SELECT person_id FROM st_employment WHERE unit_id = %d LIMIT 1" % unit))
    for name in ("person_employments", "person_duties", "person_versions", "employment_versions", "person_cases"):
        bounded(20, "staffing." + name, scope=places["office"], person=person)
    bounded(20, "staffing.merge_open", scope=places["office"], keep=person, other=person + 1, case=0)


def test_plan_roster(town):
    """plans: the roster reads a page for an office, the staff of a unit for a unit"""
    prepare()
    now = {"from": "9999-12-31", "to": "9999-12-31"}
    bounded(100, "staffing.person_list_wide", scope=places["office"], edge=0, limit=21, **now)
    bounded(places["staff"] + 50, "staffing.person_list", scope=places["unit"], unit=0, edge=0, limit=21, **now)
    bounded(places["staff"] + 50, "staffing.person_list", scope=places["office"], unit=places["unit"], edge=0, limit=21, **now)
    bounded(100, "staffing.person_list_wide_up", scope=places["office"], edge=2 ** 40, limit=21, **now)
    bounded(places["staff"] + 50, "staffing.person_list_up", scope=places["unit"], unit=0, edge=2 ** 40, limit=21, **now)
    bounded(1100, "staffing.person_count", scope=places["office"], unit=0, limit=1000, **now)
    assert "p" not in read_by("staffing.person_count", scope=places["office"], unit=0, limit=1000, **now)


def test_plan_person_found(town):
    """plans: a search by number or by a name's beginning reads the persons that fit"""
    prepare()
    now = {"from": "1900-01-01", "to": "9999-12-31"}
    name, number = places["town"].sql("SELECT name, id_number FROM st_person ORDER BY id DESC LIMIT 1")[0]
    fit = int(places["town"].one("SELECT COUNT(*) FROM st_person WHERE name LIKE '%s%%'" % name))
    bounded(5, "staffing.person_list", scope=places["office"], unit=0, edge=0, limit=21, number=number, **now)
    bounded(5 + 3 * fit, "staffing.person_list", scope=places["office"], unit=0, edge=0, limit=21, text=name, **now)


def test_plan_common_name(town):
    """plans: a page of a common name is walked to, a rare name is looked up; both ways list the same persons"""
    prepare()
    place, now = places["town"], {"from": "9999-12-31", "to": "9999-12-31"}
    here = dict(scope=places["office"], edge=0, limit=21, unit=0, **now)
    common, many = place.sql("SELECT LEFT(name, 1) AS f, COUNT(*) FROM st_person GROUP BY f ORDER BY COUNT(*) DESC LIMIT 1")[0]
    rare = place.one("SELECT name FROM st_person ORDER BY id DESC LIMIT 1")

    def asked(name, **values):
        values = dict(NOBODY, **values)
        return place.sql(re.sub(r":([a-z_]+)\b", lambda m: literal(values[m.group(1)]), places["queries"][name]))
    for text, want in ((common, "1"), (rare, "0")):
        assert asked("staffing.name_common", scope=places["office"], text=text, page=21, limit=20000) == [[want]], text
    assert int(many) > 4000
    bounded(100 * 100000 // int(many), "staffing.person_list_wide", text=common, **here)
    walked = [r[0] for r in asked("staffing.person_list_wide", text=common, **here)]
    assert walked == [r[0] for r in asked("staffing.person_list", text=common, **here)] and len(walked) == 21


def test_plan_kept(town):
    """plans: who has a rare value of a plugin's field is found from it, who has a common one is walked to, in a wide scope and in a small one; both ways list the same persons, and the values of a page are read once"""
    prepare()
    place, now = places["town"], {"from": "9999-12-31", "to": "9999-12-31"}
    place.sql("INSERT INTO st_local (person_id, field, value) SELECT id, 'plan_kind', IF(id % 500 = 0, '1', '0') FROM st_person; ANALYZE TABLE st_local")
    try:
        rare = int(place.one("SELECT COUNT(*) FROM st_local WHERE field = 'plan_kind' AND value = '1'"))
        here = dict(dict.fromkeys(("field_b", "value_b", "field_c", "value_c")), scope=places["office"], edge=0, limit=21, unit=0, field="plan_kind", **now)

        def asked(name, **values):
            values = dict(NOBODY, **values)
            return place.sql(re.sub(r":([a-z_]+)\b", lambda m: literal(values[m.group(1)]), places["queries"][name]))
        for value, want in (("0", "1"), ("1", "0")):
            assert asked("staffing.kept_common", field="plan_kind", value=value, scope=places["office"], page=21, limit=20000) == [[want]], value
        bounded(4 * rare, "staffing.person_kept", value="1", **here)
        bounded(4 * rare, "staffing.person_kept_count", value="1", **dict(here, limit=1000))
        bounded(150, "staffing.person_kept_wide", value="0", **here)
        bounded(150, "staffing.person_kept_wide_up", value="0", **dict(here, edge=2 ** 40))
        bounded(3 * places["staff"] + 50, "staffing.person_kept", value="0", **dict(here, scope=places["unit"]))
        for value in "01":
            walked = [r[0] for r in asked("staffing.person_kept_wide", value=value, **here)]
            assert walked == [r[0] for r in asked("staffing.person_kept", value=value, **here)] and len(walked) == 21
        assert asked("staffing.person_kept", value="0", **dict(here, field_b="plan_kind", value_b="1")) == []
        ids = json.dumps([int(r[1]) for r in asked("staffing.person_kept", value="0", **here)])
        assert len(asked("staffing.local_of_many", ids=ids)) == 21
        bounded(25, "staffing.local_of_many", ids=ids)
    finally:
        place.sql("DELETE FROM st_local WHERE field = 'plan_kind'")


def test_plan_warnings(town):
    """plans: what the workbench warns of reads the accounts of the units in sight, once each, and of slips those that run out, beside twenty thousand that are over"""
    prepare()
    place, soon, today = places["town"], 300, "2026-11-25"
    place.sql("INSERT INTO st_slip (case_id, unit_id, granted_on, valid_until, state) SELECT 1000000 + n.seq, u.id, '2025-01-01',"
              " IF(n.seq <= %d, '%s' + INTERVAL n.seq %% 60 DAY, '2026-01-01'), IF(n.seq <= %d, 'live', 'expired') FROM seq_1_to_20000 n"
              " JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) - 1 AS k FROM st_unit) u ON u.k = n.seq %% (SELECT COUNT(*) FROM st_unit)"
              % (soon, today, soon))
    place.sql("INSERT INTO st_slip_line (slip_id, staffing_type, quota_code, entry_mode, amount, used) SELECT id, '22', '22', '09', 2, state = 'expired' FROM st_slip;"
              " ANALYZE TABLE st_slip, st_slip_line, st_quota")
    page = dict(edge=0, up=0, limit=51)
    for scope in (places["unit"], places["office"]):
        below = "IN (SELECT scope_id FROM bz_scope_path WHERE ancestor_id = %d)" % scope
        units = int(place.one("SELECT COUNT(*) FROM bz_scope_path WHERE ancestor_id = %d" % scope))
        most = {"s": soon + 50, "l": soon + 50}
        for kind, book in (("slips", ""), ("over", "type"), ("leads", "lead"), ("free", "type")):
            most["q"] = int(place.one("SELECT COUNT(*) FROM st_quota WHERE book = '%s' AND unit_id %s" % (book, below))) + units
            for name, values in (("staffing.count_" + kind, {}), ("staffing.warn_" + kind, page)):
                got = read_by(name, scope=scope, today=today, **values)
                took = got.pop("")
                told = "%.1f ms, " % took + ", ".join("%s %s %d" % (a, "/".join(sorted(k)), n) for a, (k, n) in sorted(got.items()))
                print("# %s %s (%d units): %s" % (name, scope, units, told))
                for alias, (kinds, rows) in got.items():
                    assert alias not in most or rows <= most[alias], "%s reads %d rows of %s, at most %d are allowed: %s" % (name, rows, alias, most[alias], told)


def test_plan_left(town):
    """plans: 减少人员 reads a page for an office, who left a unit for a unit, beside a hundred thousand who left; pages turned down and up are the same, whichever way they are read"""
    prepare()
    place, page = places["town"], 51
    place.sql("INSERT INTO st_employment (person_id, unit_id, valid_from, valid_to, staffing_type, funding, person_status, entry_mode, exit_reason)"
              " SELECT person_id, unit_id, '1950-01-01', '1951-01-01' + INTERVAL id % 3000 DAY, staffing_type, funding, person_status, entry_mode,"
              " IF(id % 7 = 0, '17', '02') FROM st_employment WHERE valid_to = '9999-12-31';"
              "INSERT INTO st_exit (employment_id, happened_on, result_status, late) SELECT id, valid_to, '21', id % 19 = 0 FROM st_employment WHERE valid_from = '1950-01-01';"
              "ANALYZE TABLE st_employment, st_exit")
    gone = int(place.one("SELECT COUNT(*) FROM st_employment WHERE valid_from = '1950-01-01'"))
    here = int(place.one("SELECT COUNT(*) FROM st_employment WHERE unit_id = %d" % places["unit"]))
    others = int(place.one("SELECT COUNT(*) FROM st_employment WHERE valid_from > '1950-01-01' AND valid_to < '9999-12-31'"))  # for other reasons
    assert gone > 90000 and here < gone // 20, (gone, here)
    now = dict(reason=None, late=0, limit=page, **{"from": "0001-01-01", "to": "9999-12-30"})
    office = dict(now, scope=places["office"])

    def keys(name, **values):
        values = dict(now, **values)
        return [int(r[0]) for r in place.sql(re.sub(r":([a-z_]+)\b", lambda m: literal(values[m.group(1)]), places["queries"][name]))]
    first = 36524240000000000
    walked = keys("staffing.left_wide", scope=places["office"], edge=first)
    for edge in (first, walked[-1]):
        bounded(3 * page, "staffing.left_wide", edge=edge, **office)
        bounded(3 * page + others, "staffing.left_wide", edge=edge, **dict(office, reason="02"))
        bounded(60 * page + others, "staffing.left_wide", edge=edge, **dict(office, late=1))
        for values in (dict(now, scope=places["unit"], unit=0), dict(office, unit=places["unit"])):
            bounded(2 * here + 100, "staffing.left", edge=edge, **values)
            bounded(2 * here + 100, "staffing.left_up", edge=edge - 30000000000000, **values)
    bounded(3 * page, "staffing.left_wide_up", edge=walked[-1] - 10000000000000, **office)
    many, late = 10001, int(place.one("SELECT COUNT(*) FROM st_exit WHERE late = 1"))
    bounded(2 * many + late, "staffing.left_count", unit=0, **dict(office, limit=many))
    bounded(2 * late + 100, "staffing.left_count", unit=0, **dict(office, late=1, limit=many))
    bounded(2 * here + late + 100, "staffing.left_count", unit=0, **dict(now, scope=places["unit"], limit=many))
    asked = dict(NOBODY, unit=0, **dict(office, limit=many))
    told = place.sql(re.sub(r":([a-z_]+)\b", lambda m: literal(asked[m.group(1)]), places["queries"]["staffing.left_count"]))
    assert told == [[str(many), place.one("SELECT COUNT(*) FROM st_exit x JOIN st_employment e ON e.id = x.employment_id WHERE x.late = 1 AND e.exit_reason != '17'"
                                          " AND e.unit_id IN (SELECT scope_id FROM bz_scope_path WHERE ancestor_id = %d)" % places["office"])]], told
    # Turned down and up again, by both ways.
    assert len(walked) == page and walked == sorted(walked, reverse=True) and len({k // 10000000000 for k in walked}) > 1, walked
    assert walked == keys("staffing.left", scope=places["office"], unit=0, edge=first)
    for down, up, unit in (("left_wide", "left_wide_up", {}), ("left", "left_up", {"unit": 0}), ("left", "left_up", {"unit": places["unit"]})):
        one = keys("staffing." + down, scope=places["office"], edge=first, **unit)
        two = keys("staffing." + down, scope=places["office"], edge=one[-1], **unit)
        assert len(two) == page and two[0] < one[-1], (down, unit)
        assert keys("staffing." + up, scope=places["office"], edge=two[0], **unit) == one[::-1], (up, unit)


def test_plan_end(town):
    """plans: the town of the plans ends"""
    places.pop("town").close()
    places.clear()


def statements(town, act):
    """(what ACT gave, how many statements the application sent for it)."""
    town.sql("SET GLOBAL log_output = 'TABLE'; TRUNCATE mysql.general_log; SET GLOBAL general_log = 1")
    try:
        page = act()
    finally:
        town.sql("SET GLOBAL general_log = 0")
    return page, int(town.one("SELECT COUNT(*) FROM mysql.general_log WHERE command_type IN ('Execute', 'Query') AND user_host NOT LIKE 'root%'"))


def test_asked_per_person(town):
    """plans: pages of forty persons ask two questions a person more than those of four, an approval twenty-one"""
    O.make_room(town, 60)
    who, boss = O.clerk(town), O.reviewer(town)
    counts = []
    for persons in (4, 40):
        case = O.filled_case(who)
        O.grow(town, case, persons)
        page, confirm = statements(town, lambda: who.get(case + "/confirm"))
        assert page.status == 200 and len(page.all("item")) == persons and not page.errors(), page.errors()
        O.submit(who, case)
        page, review = statements(town, lambda: boss.get(case + "/review"))
        assert page.status == 200 and len(page.all("item")) == persons, page.status
        form = O.asked(O.ask(boss, case, "approve"))
        page, approve = statements(town, lambda: boss.post(form, extra={"move": "approve"}))
        assert page.status == 303 and O.state(town, case) == "done", page.status
        counts.append((confirm, review, approve))
    print("# confirm, review, approve of 4 and 40 persons: %s" % counts)
    for n, per_person in enumerate((READ_PERSON, READ_PERSON, APPROVE_PERSON)):
        assert min(c[n] for c in counts) > 10, counts
        assert counts[1][n] <= counts[0][n] + 36 * per_person + 5, counts


def folded(page):
    """[(id, open, 序号, name, brief, findings)] of the persons that are folded."""
    found = re.findall(r'<section class="card item fold" id="item-(\d+)"[^>]*>\s*<details( open="open")?>\s*<summary><h2[^>]*><span class="n num">(\d+)</span>'
                       r'([^<]*)</h2>(?:<small>([^<]*)</small>)?(?:<span class="tag run">([^<]*)</span>)?', page.text)
    return [(i, bool(o), n, t, b, k) for i, o, n, t, b, k in found]


def test_review_few_open(town):
    """review: ten persons are shown as they are, eleven are folded, with a tick for each"""
    O.make_room(town, 20)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who)
    O.grow(town, case, 10)
    O.submit(who, case)
    page = boss.get(case + "/review", html=True)
    assert folded(page) == [] and page.text.count('<section class="card item"') == 10
    O.grow(town, case, 11)
    page = boss.get(case + "/review", html=True)
    assert [f[2] for f in folded(page)] == [str(n + 1) for n in range(11)] and page.text.count('name="take"') == 11
    O.decide(boss, case, "return", "请补正")


def test_review_two_hundred(town):
    """review: a case of two hundred persons, the most that a form takes, is drawn"""
    O.make_room(town, 210)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who, name="夏侯")
    O.grow(town, case, 200)
    assert who.get(case + "/confirm", html=True).text.count('<section class="card item') == 200
    O.submit(who, case)
    page = boss.get(case + "/review", html=True)
    assert page.status == 200 and page.text.count('<section class="card item') == 200, page.status
    assert folded(page)[199][1:] == (False, "200", "夏侯200", "行政编制 · 无职务", "") and not any(f[1] for f in folded(page)), folded(page)[190:]
    # One who is called and was born like somebody on the register.
    odd, name = folded(page)[136][0], "夏侯137"
    birth, known = town.sql("SELECT birth_date, name FROM st_person LIMIT 1")[0]
    town.sql("UPDATE bz_item SET label = '%s', body = REPLACE(REPLACE(body, '1998-03-12', '%s'), '%s', '%s') WHERE id = %s" % (known, birth, name, known, odd))
    page = boss.get(case + "/review")
    assert page.find("checks/k[@item='%s']" % odd) is not None
    html = boss.get(case + "/review", html=True)
    assert [f for f in folded(html) if f[1]] == [(odd, True, "137", known, "行政编制 · 无职务", "系统核验 %d 项" % len(page.all("checks/k[@item='%s']" % odd)))], folded(html)
    # What is typed for one of them is not folded away.
    form = page.form("/move")
    typed = folded(html)[4][0]
    again = boss.post(form, html=True, extra={"move": "return", "remark.%s.education" % typed: "请核对学历"})
    assert again.status == 422 and [f[0] for f in folded(again) if f[1]] == [typed, odd], (again.status, [f for f in folded(again) if f[1]])
    O.decide(boss, case, "return", "请补正")
