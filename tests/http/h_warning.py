# What the workbench warns of: slips that run out, units beyond their number, empty posts.
# SPDX-License-Identifier: MulanPSL-2.0
import office as O
from h_quota import decided, line
from h_use import PARENT, TYPE, UNIT, WAY, balance, granted, room, slip


def cards(who):
    return {c.get("t"): int(c.get("n").rstrip("+")) for c in who.get("/").all("card")}


def listed(who, path):
    """The rows of a list of warnings, from all of its pages: lists of texts."""
    out = []
    for _ in range(200):
        page = who.get(path)
        assert page.status == 200, page.status
        out += [["".join(c.itertext()) for c in r.iter("c")] for r in page.xml.find(".//table[@id='warning']").iter("r")]
        pager = page.find("pager")
        if pager is None or pager.get("next") is None:
            return out
        path = pager.get("next")
    raise AssertionError("no end of pages")


def test_running_out(town):
    """A5.6 workbench: slips of the next 60 days are counted for who can act, and listed with their days; one of 61 days, one that is used up and one whose 招录结果 is recorded are not"""
    card, path = "60 天内到期的编制使用单", "/staffing/warning/slips"
    room(town, 5)
    ids = [slip(town, granted(town, [(WAY, TYPE, 1)]))[0] for _ in range(4)]
    town.sql("UPDATE st_slip SET valid_until = '2099-12-31' WHERE state = 'live'")
    unit, other = O.clerk(town, UNIT), O.clerk(town)
    assert card not in cards(unit) and listed(unit, path) == []
    for n, days in enumerate((29, 59, 60, 10)):
        town.sql("UPDATE st_slip SET valid_until = CURDATE() + INTERVAL %d DAY WHERE id = %s" % (days, ids[n]))
    town.sql("UPDATE st_slip SET hired = 1 WHERE id = %s" % ids[3])
    for who in (unit, O.log_in(town, PARENT), O.log_in(town, "shibian"), O.log_in(town, "fenguan")):
        assert cards(who)[card] == 2, cards(who)
        rows = listed(who, path)
        assert [r[3] for r in rows] == ["30", "60"] and all(r[4] == "1" for r in rows), rows
    tones = [c.get("tone") for c in unit.get(path).xml.iter("c") if (c.text or "") in ("30", "60")]
    assert tones == ["bad", None], tones
    assert card not in cards(other) and listed(other, path) == [], "another unit's slips"
    town.sql("UPDATE st_slip SET valid_until = '2099-12-31', hired = 0 WHERE state = 'live'")


def test_figures(town):
    """workbench: units over their posts, over their leaders, and with empty posts are counted as the book has them, and each leads to its figures"""
    who = O.log_in(town, "fenguan")
    free = "approved - occupied - reserved - incoming - frozen"
    for card, path, book, which in (("超编的单位", "over", "type", "occupied > approved"), ("超职数的单位", "leads", "lead", "occupied > approved"),
                                    ("空编的单位", "free", "type", free + " > 0")):
        rows = town.sql("SELECT unit_id, code FROM st_quota WHERE book = '%s' AND %s AND unit_id IN (SELECT scope_id FROM bz_scope_path WHERE"
                        " ancestor_id = (SELECT id FROM st_office WHERE division_code = '480300'))" % (book, which))
        assert cards(who).get(card, 0) == len({r[0] for r in rows}), (card, cards(who), len(rows))
        assert len(listed(who, "/staffing/warning/" + path)) == len(rows), card
    before = cards(who).get("超编的单位", 0)
    code, cap, there = town.sql(
        "SELECT u.unit_code, q.approved, q.occupied FROM st_quota q JOIN st_unit u ON u.id = q.unit_id JOIN st_office f ON f.id = u.office_id"
        " WHERE q.book = 'type' AND q.code = '%s' AND q.occupied > 1 AND q.approved >= q.occupied AND u.review_section = '事编科'"
        " AND f.division_code = '480300' ORDER BY u.id LIMIT 1" % TYPE)[0]
    cut = int(cap) - int(there) + 1
    decided(town, [line("2", cut)], unit=code)
    assert cards(who)["超编的单位"] == before + 1
    rows = [r for r in listed(who, "/staffing/warning/over") if r[5] == "1" and r[3] == there]
    assert rows, listed(who, "/staffing/warning/over")
    decided(town, [line("1", cut)], unit=code)
    assert cards(who).get("超编的单位", 0) == before
    assert not [t for t in cards(O.log_in(town, "chakan")) if "超编" in t], "who can do nothing is not told"


def test_pages(town):
    """workbench: a list of more than a page is turned back and forth without a row lost or twice"""
    who = O.log_in(town, "fenguan")
    rows = listed(who, "/staffing/warning/free")
    assert len(rows) > 50 and len({(r[0], r[1]) for r in rows}) == len(rows)
    second = who.get(who.get("/staffing/warning/free").find("pager").get("next"))
    first = who.get(second.find("pager").get("prev"))
    assert [["".join(c.itertext()) for c in r.iter("c")] for r in first.xml.iter("r")] == rows[:50]
