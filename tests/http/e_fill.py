# The fast way to fill a register for measuring: the same rows as the import.
# SPDX-License-Identifier: MulanPSL-2.0
import os

import town as T

PERSONS = 1500
TABLES = ("bz_scope", "bz_scope_path", "st_office", "st_unit", "st_organ", "st_post", "st_person", "st_employment", "st_duty",
          "st_qualification", "st_quota", "st_employment FOR SYSTEM_TIME ALL")
POSTING = "id, unit_id, book, code, account, amount, posted_on, case_id, person_id, paper"


def rows(place):
    out = {t: sorted(place.sql("SELECT * FROM " + t)) for t in TABLES}
    out["st_quota_posting"] = sorted(place.sql("SELECT %s FROM st_quota_posting" % POSTING))
    return out


def test_fill_as_import(town):
    """demo-fill: the same files give the same rows, ids, postings and history as bianzhi import"""
    got = {}
    try:
        for how in ("city_load", "city_fill"):
            os.environ["CITY_BY"] = how
            place = T.Town(persons=PERSONS, start=False)
            got[how] = rows(place)
            assert "finding" not in place.tool("verify").stdout
            assert (" rows a second" in place.log("setup")) == (how == "city_fill"), place.log("setup")
            place.close()
    finally:
        del os.environ["CITY_BY"]
    for table, wanted in got["city_load"].items():
        other = got["city_fill"][table]
        assert len(other) == len(wanted) > 0, "%s: %d rows, %d by the import" % (table, len(other), len(wanted))
        assert other == wanted, "%s: %s" % (table, next((a, b) for a, b in zip(other, wanted) if a != b))
    ended = [r for r in got["city_load"]["st_employment"] if "9999-12-31" not in r]
    assert ended and len(got["city_load"]["st_employment FOR SYSTEM_TIME ALL"]) == PERSONS + len(ended)
