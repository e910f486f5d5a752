# What the forms of 人员出编 must say, as lib/formchecks.py has it for an entry: one
# form, filled in well but for one thing.  SPDX-License-Identifier: MulanPSL-2.0
import formchecks
import h_exit as E
import office as O
from formchecks import said

UNIT = "D031"
CHECKS = []                   # (name, function (desk) -> None)


def entered(town, who, n):
    """Ids of N people who have just entered at UNIT."""
    O.make_room(town, n + 2)
    case = O.filled_case(who, persons=n)
    O.submit(who, case)
    O.decide(O.reviewer(town), case, "approve")
    return list(E.items(town, case))


class Desk:
    """A unit's clerk with a case of two people, who entered today, one of them as if long ago; nothing is stored by 校验."""

    def __init__(self, town):
        self.town, self.who = town, O.log_in(town, UNIT)
        one, fresh = entered(town, self.who, 2)
        self.entered = "2026-01-05"
        town.sql("UPDATE st_employment SET valid_from = '%s' WHERE person_id = %d" % (self.entered, one))
        case = E.new_case(town, self.who, UNIT)
        E.pick(self.who, case, [one, fresh])
        self.at = {name: "%s/item/%s" % (case, E.items(town, case)[p]) for name, p in (("one", one), ("fresh", fresh))}

    def item(self, person="one", **values):
        form = self.who.get(self.at[person]).form("/item/")
        form.set(**dict({"exit_reason": "02", "left_on": E.today(self.town), "doc_no": "示人社退〔2026〕1号"}, **values))
        page = self.who.post(form, extra={"do": "check"})
        assert page.status in (200, 422), "%d %s" % (page.status, page.text[:800])
        return page


def stops(field, word="", day=None, **values):
    """An error at FIELD that says WORD; DAY (town, entered): 减员发生日期."""
    def run(desk):
        marks = said(desk.item(**dict(values, **({"left_on": day(desk)} if day else {}))), "errors")
        assert [m for m in marks if m[0] == field and word in m[1]], (field, word, marks)
    return run


def closed(field, **values):
    def run(desk):
        f = [x for x in desk.item(**values).xml.iter("f") if x.get("id") == field][0]
        assert f.get("closed") and f.get("type") == "shown", (field, f.attrib)
    return run


def before(desk):
    return desk.town.one("SELECT DATE_FORMAT(CURDATE(), '%Y-%m-01') - INTERVAL 1 DAY")


def late_told(desk):
    page = desk.item(left_on=before(desk), late_reason="文件晚到")
    assert [m for m in said(page, "warnings") if m[0] == "left_on" and "逾期" in m[1]], said(page, "warnings")


def only_papers(desk):
    assert [m[0] for m in said(desk.item(), "errors")] == ["paper.010"], said(desk.item(), "errors")


def unit_asked_of(business):
    new = "/%s/new" % business

    def run(desk):
        who = O.log_in(desk.town, "chuangkou")
        page = who.post(who.get(new).form(new).set(unit=""))
        assert page.status == 422 and "unit" in page.errors(), page.errors()
        assert [f.get("req") for f in who.get(new).xml.iter("f") if f.get("id") == "unit"] == ["1"]
    return run


CHECKS += [
    ("exit: filled in well it lacks its paper alone", only_papers),
    ("exit: the unit must be chosen, and carries the star", unit_asked_of("exit")),
    ("exit: why must be chosen", stops("exit_reason", "请选择", exit_reason="")),
    ("exit: a reason of another staffing type stops", stops("exit_reason", "不适用于", exit_reason="07")),
    ("exit: the day must be filled in", stops("left_on", "请填写", left_on="")),
    ("exit: a day to come stops", stops("left_on", "不能晚于今天", day=lambda d: E.today(d.town, -1))),
    ("exit: a day before the entry stops", stops("left_on", "早于", day=lambda d: d.town.one("SELECT DATE('%s') - INTERVAL 1 DAY" % d.entered))),
    ("exit: who entered today stops", stops("unit_entry_date", "今天才入编", person="fresh")),
    ("exit: 调出 has 去向", stops("destination", "请填写", exit_reason="01")),
    ("exit: retirement has no 去向", closed("destination")),
    ("exit: retirement has 文号", stops("doc_no", "请填写", doc_no="")),
    ("exit: death has no 文号", closed("doc_no", exit_reason="03", doc_no="")),
    ("exit: late has its reason", stops("late_reason", "请填写逾期原因", day=before)),
    ("exit: in time has none", closed("late_reason")),
    ("exit: late is told", late_told),
    ("exit: 出编时间 is the system's", closed("exit_date")),
]


def failing(desk):
    return formchecks.failing(desk, CHECKS)
