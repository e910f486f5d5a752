# Tables of a running town against a script that reads the CSV files alone.
# SPDX-License-Identifier: MulanPSL-2.0
import csv
import os
from collections import Counter

import c_staffing as C
import town as T


def rows(*path):
    with open(os.path.join(*path), encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def test_pairs(town):
    """HY-12 table: the pairs of form of entry, origin and target are those of entry_mode_pair.csv"""
    source = rows(T.TOP, "sql", "codes", "entry_mode_pair.csv")
    want = {(r["entry_mode"], r["from_category"], r["to_category"]): (r["rule"], r["note"] if r["rule"] == "deny" else "") for r in source}
    assert len(want) == len(source), "a pair stands twice in the CSV"
    have = {tuple(r[:3]): (r[3], r[4] if len(r) > 4 else "") for r in town.sql("SELECT * FROM entry_pair")}
    wrong = [(k, have.get(k), want.get(k)) for k in sorted(set(have) | set(want)) if have.get(k) != want.get(k)]
    assert not wrong, wrong
    print("# %d pairs" % len(want))


def test_pairs_known(town):
    """HY-12 table: every form of entry of a pair is in entry_mode.csv, every category is A to E, X or *"""
    modes = {r["code"] for r in rows(T.TOP, "sql", "codes", "entry_mode.csv")}
    for r in rows(T.TOP, "sql", "codes", "entry_mode_pair.csv"):
        assert r["entry_mode"] in modes, r
        assert r["from_category"] in "ABCDEX*" and r["to_category"] in "ABCDEX*" and r["rule"] in ("allow", "deny", "review"), r
        assert r["rule"] != "deny" or r["note"], "a refusal says what to use: %s" % r


def opening(town, account):
    return {(r[0], r[1]): int(r[2]) for r in town.sql("SELECT book, code, SUM(amount) FROM st_quota_posting WHERE account = '%s'"
                                                      " AND case_id IS NULL AND (amount > 0 OR paper LIKE '示编%%') AND paper != '测试核定' GROUP BY book, code HAVING SUM(amount) != 0" % account)}


def test_approved_sums(town):
    """table: the approved figures of the import are the sums of conf/demo/units.csv and quotas.csv"""
    want = Counter()
    for u in rows(T.TOP, "conf", "demo", "units.csv"):
        for column, key in C.ACCOUNTS.items():
            want[key] += int(u[column] or 0)
    for q in rows(T.TOP, "conf", "demo", "quotas.csv"):
        want[q["book"], q["code"]] += int(q["amount"])
    assert opening(town, "approved") == {k: n for k, n in want.items() if n}


def test_occupied_sums(town):
    """table: the occupied figures of the import are counts of the generated persons who have not left and of their leading posts"""
    city = os.path.join(town.dir, "city")
    left = {p["person_id"] for p in rows(city, "person_exits.csv")}
    leads = {p["post_code"]: p["leader_class"] for p in rows(T.TOP, "conf", "demo", "posts.csv")}
    funded = {(q["unit_code"], q["code"]) for q in rows(T.TOP, "conf", "demo", "quotas.csv") if q["book"] == "funding"}
    want = Counter()
    for p in rows(city, "persons.csv"):
        if p["person_id"] in left:
            continue
        want["type", p["staffing_type"][:2]] += 1
        if p["staffing_type"] in ("21", "22") and p["structure"]:
            want["structure", p["structure"]] += 1
        if (p["unit_code"], p["funding"]) in funded:
            want["funding", p["funding"]] += 1
    for d in rows(city, "person_posts.csv"):
        if d["post_code"] and d["person_id"] not in left:
            want["lead", leads[d["post_code"]]] += 1
    assert opening(town, "occupied") == dict(want), (opening(town, "occupied"), want)


def test_balances(town):
    """table: what stands in the book now is what all postings add up to, account by account"""
    for account in ("approved", "occupied", "reserved", "incoming"):
        want = {tuple(r[:3]): r[3] for r in town.sql("SELECT unit_id, book, code, SUM(amount) FROM st_quota_posting WHERE account = '%s'"
                                                     " GROUP BY 1, 2, 3 HAVING SUM(amount) != 0" % account)}
        have = {tuple(r[:3]): r[3] for r in town.sql("SELECT unit_id, book, code, %s FROM st_quota WHERE %s != 0" % (account, account))}
        assert have == want, (account, [(k, have.get(k), want.get(k)) for k in set(have) ^ set(want)][:5])
