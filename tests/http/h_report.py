# The tables of all units: against figures that are computed from the city's CSV alone.
# SPDX-License-Identifier: MulanPSL-2.0
import collections
import csv
import os

import office as O
import town as T


def rows(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def family(code):
    return "2" if code == "21" else {"1": "1", "2": "3", "3": "4"}.get(code[:1], "5")


def counted():
    """Which staffing types and which states of persons count."""
    types = {r["code"] for r in rows(T.TOP + "/sql/codes/staffing_type.csv") if r["counts_quota"] == "1"}
    states = {r["code"] for r in rows(T.TOP + "/sql/codes/person_status.csv") if r["occupies_quota"] == "1"}
    return types, states


def expected_posts(city, on):
    """unit's name -> [approved, occupied] of each group, as of a day."""
    types, states = counted()
    out, names = collections.defaultdict(lambda: [[0, 0] for _ in range(5)]), {}
    for u in rows(city + "/units.csv"):
        names[u["unit_code"]] = u["name"]
        for column, group in (("quota_admin", 0), ("quota_politics_law", 0), ("quota_civil_like", 1), ("quota_institution", 2), ("quota_worker", 3)):
            out[u["name"]][group][0] += int(u[column] or 0)
    # The book begins with those who were there when the city was loaded.
    gone = {r["person_id"] for r in rows(city + "/person_exits.csv")}
    for p in rows(city + "/persons.csv"):
        if p["staffing_type"] in types and p["person_status"] in states and p["unit_entry_date"] <= on and p["person_id"] not in gone:
            out[names[p["unit_code"]]][int(family(p["staffing_type"])) - 1][1] += 1
    return out


def expected_leads(city, on):
    out, names, posts = collections.defaultdict(lambda: [[0, 0] for _ in range(3)]), {}, {}
    for u in rows(city + "/units.csv"):
        names[u["unit_code"]] = u["name"]
        main, deputy, other = (int(u[c] or 0) for c in ("lead_main", "lead_deputy", "lead_other"))
        out[u["name"]][0][0], out[u["name"]][1][0], out[u["name"]][2][0] = main + deputy + other, main, deputy
    return out


def table(who, path, on):
    """unit's name -> its figures, from all pages."""
    out, href = {}, "%s?on=%s" % (path, on)
    for _ in range(50):
        page = who.get(href)
        assert page.status == 200, page.status
        for r in page.xml.find(".//table[@id='report']").iter("r"):
            cells = ["".join(c.itertext()) for c in r.iter("c")]
            assert cells[0] not in out, "twice: " + cells[0]
            out[cells[0]] = [int(c) for c in cells[2 if path.endswith("posts") else 3:]]
        pager = page.find("pager")
        if pager is None or pager.get("next") is None:
            return out
        href = pager.get("next")
    raise AssertionError("no end of pages")


def four(pair):
    a, o = pair
    return [a, o, max(o - a, 0), max(a - o, 0)]


def test_posts(town):
    """B4.2 各单位编制与人员配备表: every unit's figures are those of the CSV, today and as of two days before; the total is their sum"""
    place = T.Town(persons=1500)
    try:
        who, city = O.log_in(place, "chakan"), os.path.join(place.dir, "city")
        for on in (place.one("SELECT CURDATE()"), "2022-06-30", "2015-01-01"):
            want = expected_posts(city, on)
            got = table(who, "/staffing/report/posts", on)
            wrong = {n: (got[n], want[n]) for n in got if got[n] != sum(map(four, want[n]), [])}
            assert not wrong, (on, len(wrong), list(wrong.items())[:3])
            missing = [n for n in want if n not in got and any(map(any, want[n]))]
            assert not missing, (on, missing[:3])
            page = who.get("/staffing/report/posts?on=" + on)
            total = {k.get("t"): "".join(k.itertext()) for k in page.xml.find(".//section[@id='total']").iter("kv")}
            assert total["事业编制数（其他）"] == "编制数 %d，实有人数 %d" % tuple(sum(v[n] for v in got.values()) for n in (8, 9)), total
        for on, words in (("2999-01-01", "晚于今天"), ("x", "年-月-日"), ("2026-02-30", "年-月-日"), ("2026-1-1x", "年-月-日")):
            page = who.get("/staffing/report/posts?on=" + on)
            assert page.status == 200 and words in page.find(".//table[@id='report']").get("empty"), (on, page.text[:900])
            assert not list(page.xml.iter("r")), on + ": figures of another day than the one that was asked for"
    finally:
        place.close()


def test_before_the_book(town):
    """B4.2: every page of a day before most units' books begin has all its units, with nothing approved, and leads to the next"""
    place = T.Town(persons=300)
    try:
        who = O.log_in(place, "chakan")
        place.sql("UPDATE st_quota_posting SET posted_on = '2001-02-03' WHERE unit_id > (SELECT MIN(unit_id) + 1 FROM st_quota)")
        got = table(who, "/staffing/report/posts", "2001-01-01")
        assert len(got) == int(place.one("SELECT COUNT(DISTINCT unit_id) FROM st_quota WHERE book = 'type'")), len(got)
        assert sum(not any(v) for v in got.values()) > 50
    finally:
        place.close()


def test_leads(town):
    """B4.3 各单位领导职数配备情况表: what is to be filled is what the CSV approves, who fills it is who is in the register"""
    place = T.Town(persons=1500)
    try:
        who, city = O.log_in(place, "chakan"), os.path.join(place.dir, "city")
        today = place.one("SELECT CURDATE()")
        got, want = table(who, "/staffing/report/leads", today), expected_leads(city, today)
        assert len(got) > 50 and all([got[n][0], got[n][4], got[n][8]] == [g[0] for g in want[n]] for n in got), [
            (n, got[n], want[n]) for n in got if [got[n][0], got[n][4], got[n][8]] != [g[0] for g in want[n]]][:3]
        held = dict(place.sql("SELECT u.name, COUNT(*) FROM st_duty d JOIN st_post p ON p.id = d.post_id JOIN st_employment e ON e.id = d.employment_id"
                              " JOIN st_unit u ON u.id = e.unit_id WHERE p.leader_class = '11' AND e.valid_to = '9999-12-31' GROUP BY u.name"))
        assert all(got[n][5] == int(held.get(n, 0)) for n in got)
    finally:
        place.close()
