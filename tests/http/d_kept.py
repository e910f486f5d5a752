# Answers that a worker keeps: a list asks the database twice, and what anybody
# changes is on the next page, whichever worker makes it.
# SPDX-License-Identifier: MulanPSL-2.0
import re

import office as O
import town as T

OFTEN = 12      # so often that every worker of the town has answered
LISTS = ("/", "/entry/", "/entry/?tab=done", "/staffing/person/")


def asked(town, act):
    """Statements of the application for ACT: executed, and sent as text."""
    town.one("SET GLOBAL log_output = 'TABLE'; TRUNCATE mysql.general_log; SET GLOBAL general_log = 1")
    try:
        page = act()
    finally:
        town.one("SET GLOBAL general_log = 0")
    assert page.status == 200, page.status
    return town.sql("SELECT command_type, argument FROM mysql.general_log WHERE command_type IN ('Execute', 'Query') AND user_host NOT LIKE 'root%'")


def everywhere(look):
    """What LOOK gives, again and again: the same from every worker."""
    seen = {look() for n in range(OFTEN)}
    assert len(seen) == 1, seen
    return seen.pop()


def todo(who):
    return who.get("/").find("shell").get("todo")


def test_two_questions(town):
    """kept: a page of a list asks the database who is logged in, and its rows, and nothing else"""
    for who in (O.clerk(town), O.reviewer(town)):
        for path in LISTS:
            for n in range(3 * OFTEN):  # until a worker answers that has made the page
                rows = asked(town, lambda: who.get(path))
                if len(rows) <= 2:
                    break
            assert len(rows) == 2 and all(kind == "Execute" for kind, _ in rows), (path, rows)
            assert "bz_session" in rows[0][1] and "LIMIT" in rows[1][1], (path, rows)


def test_cases_change(town):
    """kept: what a clerk files, hands in and a reviewer decides is in all counts at once"""
    who, boss = O.clerk(town), O.reviewer(town)
    O.make_room(town, 3)
    mine, waits = int(everywhere(lambda: todo(who))), int(everywhere(lambda: todo(boss)))
    case = O.filled_case(who)
    assert int(everywhere(lambda: todo(who))) == mine + 1
    assert int(everywhere(lambda: todo(boss))) == waits
    O.submit(who, case)
    assert int(everywhere(lambda: todo(who))) == mine
    assert int(everywhere(lambda: todo(boss))) == waits + 1
    unread = everywhere(lambda: who.get("/").find("shell").get("inbox"))
    O.decide(boss, case, "return", "请补正")
    assert int(everywhere(lambda: todo(boss))) == waits
    told = everywhere(lambda: who.get("/").find("shell").get("inbox"))
    assert told != unread or told == "99+", (unread, told)


def tabs(who):
    return tuple((t.get("t"), t.get("n")) for t in who.get("/entry/").all("tabs/t"))


def test_tabs_change(town):
    """kept: the tabs of a list count a new case at once"""
    who = O.clerk(town)
    before = dict(everywhere(lambda: tabs(who)))
    O.new_case(who)
    after = dict(everywhere(lambda: tabs(who)))
    assert int(after["待办"]) == int(before["待办"]) + 1, (before, after)


def test_rights_change(town):
    """kept: an account that is closed is out with the next request, from every worker"""
    who = O.clerk(town)
    everywhere(lambda: who.get("/entry/").status)
    account = town.one("SELECT a.name FROM bz_account a JOIN bz_scope s ON s.id = a.scope_id WHERE s.code = '%s' AND a.state = 'active' LIMIT 1" % O.UNIT)
    town.one("UPDATE bz_account SET state = 'closed' WHERE name = '%s'" % account)
    try:
        assert everywhere(lambda: who.get("/entry/").status) == 303
    finally:
        town.one("UPDATE bz_account SET state = 'active' WHERE name = '%s'" % account)


def test_every_writer(town):
    """kept: each named statement that writes a table of kept answers is seen to write it"""
    import glob
    import xml.etree.ElementTree as ET
    reads, writes = set(), []
    for path in glob.glob(T.STAGE + "/share/bianzhi/**/*.xml", recursive=True):
        root = ET.parse(path).getroot()
        if root.tag != "queries":
            continue
        parts = {f.get("name"): f.text for f in root.findall("fragment")}
        for q in root.findall("query"):
            for use in q.iter("use"):
                use.text = parts[use.get("fragment")]
            text = " ".join("".join(q.find("sql").itertext()).split())
            if q.get("kept"):
                reads |= set(re.findall(r"\b(?:bz|st)_[a-z_]+\b(?!\.)", text))
            elif re.match(r"(?i)(INSERT|REPLACE|UPDATE|DELETE)\b", text):
                writes.append((q.get("name"), text))
    assert {"bz_case", "bz_scope_path", "bz_message", "st_unit"} <= reads, reads
    met = set()
    for name, text in writes:
        table = re.match(r"(?i)(?:INSERT(?: IGNORE)? INTO|REPLACE INTO|UPDATE(?: IGNORE)?|DELETE(?: \w+)? FROM) `?([a-z_]+)", text)
        assert table, (name, text)
        met.add(table.group(1))
    assert reads & met >= {"bz_case", "bz_message", "bz_scope", "bz_operator"}, reads & met
    print("# counted: %s" % ", ".join(sorted(reads & met)))
    rows = dict(town.sql("SELECT name, n FROM bz_version"))
    assert int(rows["bz_case"]) > 0 and int(rows["bz_scope"]) > 0, rows
