# 编制使用变更: a slip after it was granted.  SPDX-License-Identifier: MulanPSL-2.0
import office as O
from h_use import PARENT, TYPE, UNIT, WAY, approved, balance, entry_on, granted, left, room, slip


def change(town, slip_id, **values):
    """A case with one change, ready to be handed in: (who, path)."""
    who = O.log_in(town, PARENT)
    form = who.get("/amend/new").form("/amend/new").set(
        unit=str(O.unit_id(town, UNIT)), apply_title="关于变更编制使用单的请示", apply_no="示教请〔2026〕10号", apply_date="2026-11-02")
    page = who.post(form)
    assert page.status == 303, page.text[:1500]
    case = page.headers["location"].split("?")[0]
    O.add_paper(who, case)
    form = who.get(case + "/item/new").form("/item/new").set(slip=str(slip_id), **values)
    page = who.post(form, extra={"do": "save"})
    assert page.status == 303, page.text[:1500]
    return who, case


def waiting(town, slip_id, **values):
    """The change before the leader: its path."""
    who, case = change(town, slip_id, **values)
    O.submit(who, case)
    O.decide(O.log_in(town, "shibian"), case, "pass")
    return case


def decided(town, slip_id, status=303, **values):
    """The change by the whole chain: the answer of the last approval."""
    return O.decide(O.log_in(town, "fenguan"), waiting(town, slip_id, **values), "approve", status=status)


def too_late(town, case, words):
    """What has become impossible meanwhile is refused by the leader's approval, and nothing is done."""
    O.decide(O.log_in(town, "fenguan"), case, "approve", status=422).says(words)
    assert O.state(town, case) == "open"


def refused(town, slip_id, words, **values):
    """Not even handed in."""
    who, case = change(town, slip_id, **values)
    page = O.submit(who, case, status=422)
    page.says(words)


def fine(town):
    return town.tool("verify").returncode == 0


def shown(town, slip_id, *words):
    O.log_in(town, PARENT).get("/staffing/slip/%s" % slip_id).says(*words)


def test_extended(town):
    """A5.6 amend: a slip is extended; its last day is the new one, never an earlier one"""
    room(town, 4)
    slip_id, _, until, _ = slip(town, granted(town, [(WAY, TYPE, 1)]))
    later = town.one("SELECT DATE('%s') + INTERVAL 6 MONTH" % until)
    waits = waiting(town, slip_id, action="1", until=later)
    decided(town, slip_id, action="1", until=later)
    assert slip_until(town, slip_id) == later
    shown(town, slip_id, "变更记录", "延期", "有效期至 %s → %s" % (until, later))
    refused(town, slip_id, "有效期至 %s，延期须晚于这一天" % later, action="1", until=until)
    too_late(town, waits, "延期须晚于这一天")
    assert slip_until(town, slip_id) == later
    refused(town, slip_id, "延期须延到今天以后", action="1", until=town.one("SELECT CURDATE()"))


def slip_until(town, slip_id):
    return town.one("SELECT valid_until FROM st_slip WHERE id = %s" % slip_id)


def test_cut(town):
    """A5.6 amend: places that nobody has used are given back; more than that is refused"""
    room(town, 4)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 3)]))[0]
    cap, have, reserved = balance(town)
    refused(town, slip_id, "这一项未用 3 名", action="2", entry_mode=WAY, staffing_type=TYPE, amount="4")
    decided(town, slip_id, action="2", entry_mode=WAY, staffing_type=TYPE, amount="2")
    assert balance(town) == [cap, have, reserved - 2] and left(town, slip_id) == 1 and fine(town)
    shown(town, slip_id, "部分核减", "公开招聘 核减 2 名")


def test_cancelled(town):
    """A5.6 amend: a slip that nobody has used is cancelled and cannot be used; one that somebody has used is not"""
    room(town, 6)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 2), ("10", TYPE, 1)]))[0]
    cap, have, reserved = balance(town)
    who = O.clerk(town, UNIT)
    waits = entry_on(town, who, slip_id, 1)
    O.submit(who, waits)
    decided(town, slip_id, action="3")
    assert balance(town) == [cap, have, reserved - 3] and fine(town)
    O.decide(O.reviewer(town), waits, "approve", status=422).says("已撤销")
    shown(town, slip_id, "已撤销")
    used = slip(town, granted(town, [(WAY, TYPE, 2)]))[0]
    waits = waiting(town, used, action="3")
    case = entry_on(town, who, used, 1)
    O.submit(who, case)
    approved(town, case)
    too_late(town, waits, "已使用 1 名，不能撤销")
    refused(town, used, "已使用 1 名，不能撤销", action="3")
    assert left(town, used) == 1 and fine(town)


def test_turned(town):
    """A5.6 amend: what is left of a line may be filled another way; what was used stays"""
    room(town, 4)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 3)]))[0]
    who = O.clerk(town, UNIT)
    case = entry_on(town, who, slip_id, 1)
    O.submit(who, case)
    approved(town, case)
    before = balance(town)
    refused(town, slip_id, "新的用编形式与原来的相同", action="4", entry_mode=WAY, staffing_type=TYPE, new_mode=WAY)
    decided(town, slip_id, action="4", entry_mode=WAY, staffing_type=TYPE, new_mode="10")
    assert balance(town) == before and left(town, slip_id) == 2 and fine(town)
    shown(town, slip_id, "变更用编形式", "公开招聘 → 人才引进 2 名")
    row = [r for r in O.log_in(town, PARENT).get("/staffing/unit/%d" % O.unit_id(town, UNIT)).xml.find(".//table[@id='slips']").iter("r")][0]
    assert ["".join(c.itertext()) for c in row.iter("c")][3:6] == ["3", "1", "2"], "核准, 已用, 未用: places that were turned count once"
    case = entry_on(town, who, slip_id, 1, mode="10")
    O.submit(who, case)
    approved(town, case)
    assert left(town, slip_id) == 1 and fine(town)
    refused(town, slip_id, "名额已用完", action="2", entry_mode=WAY, staffing_type=TYPE, amount="1")


def test_very_line(town):
    """A5.6 amend: a change is of the line with that form and structure, not of one that would do for who comes"""
    room(town, 8)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 2), ("091", TYPE, 1)]))[0]
    one = dict(action="2", staffing_type=TYPE, amount="1")
    refused(town, slip_id, "这一项没有未用的名额", entry_mode="092", **one)
    refused(town, slip_id, "这一项没有未用的名额", entry_mode=WAY, structure="2", **one)
    decided(town, slip_id, entry_mode="091", **one)
    assert [r[0] for r in town.sql("SELECT released FROM st_slip_line WHERE slip_id = %s ORDER BY id" % slip_id)] == ["0", "1"] and fine(town)
    refused(town, slip_id, "这一项没有未用的名额", entry_mode="091", **one)


def test_which_line(town):
    """A5.6 amend: where lines for several structures fit, the structure is asked for; what is cut before in the same case counts"""
    room(town, 8)
    slip_id = slip(town, granted(town, [(WAY, TYPE, 2, "1"), (WAY, TYPE, 2, "2")]))[0]
    one = dict(action="2", entry_mode=WAY, staffing_type=TYPE, amount="1")
    refused(town, slip_id, "有几项符合，请选择编制结构", **one)
    who, case = change(town, slip_id, structure="2", **one)
    form = who.get(case + "/item/new").form("/item/new").set(slip=str(slip_id), structure="2", **dict(one, amount="2"))
    assert who.post(form, extra={"do": "save"}).status == 303
    O.submit(who, case, status=422).says("这一项未用 1 名")
    decided(town, slip_id, structure="2", **one)
    assert [tuple(r) for r in town.sql("SELECT quota_structure, released FROM st_slip_line WHERE slip_id = %s ORDER BY id" % slip_id)] == [("1", "0"), ("2", "1")]
    assert fine(town)
