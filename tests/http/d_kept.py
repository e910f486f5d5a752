# Answers that a worker keeps: a list asks the database twice, and what anybody
# changes is on the next page, whichever worker makes it.
# SPDX-License-Identifier: MulanPSL-2.0
import collections
import glob
import re
import subprocess
import xml.etree.ElementTree as ET

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


def unread(who):
    return int(who.get("/").find("shell").get("inbox") or 0)


def test_two_questions(town):
    """kept: a page of a list asks the database who is logged in, and its rows, and nothing else; the inbox its unread ones too"""
    for who in (O.clerk(town), O.reviewer(town)):
        for path, n in [(p, 2) for p in LISTS] + [("/inbox/", 3)]:
            for _ in range(3 * OFTEN):  # until a worker answers that has made the page
                rows = asked(town, lambda: who.get(path))
                if len(rows) <= n:
                    break
            assert len(rows) == n and all(kind == "Execute" for kind, _ in rows), (path, rows)
            assert "bz_session" in rows[0][1] and any("LIMIT" in text for _, text in rows[1:]), (path, rows)


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
    assert who.post(who.get("/inbox/").form("/inbox/"), extra={"do": "all"}).status == 303
    assert everywhere(lambda: unread(who)) == 0
    O.decide(boss, case, "return", "请补正")
    assert int(everywhere(lambda: todo(boss))) == waits
    assert everywhere(lambda: unread(who)) == 1


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


def written(path):
    """(name, the table that its words say it changes) of each statement of PATH that is no SELECT."""
    root = ET.parse(path).getroot()
    for q in root.findall("query") if root.tag == "queries" else ():
        text = " ".join("".join(q.find("sql").itertext()).split())
        table = re.match(r"(?i)(?:INSERT(?: IGNORE)? INTO|REPLACE INTO|UPDATE(?: IGNORE)?|DELETE(?: \w+)? FROM) `?([a-z_]+)", text)
        if not re.match(r"(?i)(SELECT|WITH|CREATE|DO)\b", text) and q.find("sql/use") is None:
            assert table, (path, q.get("name"), text)
            yield q.get("name"), table.group(1)


def test_every_writer(town):
    """kept: each named statement that writes a table of kept answers is counted for that table"""
    out = subprocess.run([T.STAGE + "/sbin/bianzhi-fcgi", "-c", town.dir + "/bianzhi.conf", "--queries"], stdout=subprocess.PIPE, text=True, check=True)
    told = {line.split()[0]: (line.split()[1], line.split()[3].split(",")) for line in out.stdout.splitlines()}
    seen = collections.Counter()
    for path in glob.glob(T.STAGE + "/share/bianzhi/**/*.xml", recursive=True):
        for name, table in written(path) if "/bianzhi/kit/" not in path else ():     # templates, with no name yet
            if name in told:
                assert told[name][0] == "write" and table in told[name][1], (name, table, told[name])
                seen[table] += 1
    assert all(seen[t] > 0 for t in ("bz_case", "bz_message", "bz_scope", "bz_operator", "st_unit")), seen


def test_counts(town):
    """kept: a change through a page counts its tables once more, and no others of those that are kept"""
    def counts():
        return {name: int(n) for name, n in town.sql("SELECT name, n FROM bz_version")}

    who = O.clerk(town)
    before = counts()
    O.new_case(who)
    after = counts()
    assert after["bz_case"] == before["bz_case"] + 1, (before, after)
    assert all(after[t] == before[t] for t in ("bz_scope", "bz_operator", "bz_account") if t in before), (before, after)
