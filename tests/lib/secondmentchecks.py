# What the forms of 借调、混岗登记 must say, as lib/exitchecks.py has it for an exit.
# SPDX-License-Identifier: MulanPSL-2.0
import formchecks
import h_exit as E
import h_secondment as S
import office as O
from exitchecks import closed, entered, stops, unit_asked_of
from formchecks import said

UNIT, OTHER = "D031", "X305"
CHECKS = []                   # (name, function (desk) -> None)


class Desk:
    """A clerk with a case of each action; who is in the last two is registered elsewhere; nothing is stored by 校验."""

    def __init__(self, town):
        self.town, self.who = town, O.log_in(town, UNIT)
        away, here = entered(town, self.who, 2)
        for p in (away, here):
            town.sql("UPDATE st_employment SET valid_from = '2026-01-05' WHERE person_id = %d AND valid_to = '9999-12-31'" % p)
        S.approved(town, [[away]], unit=UNIT, workplace=S.name_of(town, OTHER))
        self.at = {}
        for action, person in (("1", here), ("2", away), ("3", away)):
            case = S.new_case(town, self.who, action, UNIT)
            E.pick(self.who, case, [person])
            self.at[action] = "%s/item/%s" % (case, E.items(town, case)[person])

    def item(self, action="1", **values):
        base = {"1": {"kind": "1", "workplace": S.name_of(self.town, OTHER), "since": S.day(self.town, 0), "until": S.day(self.town, 9)},
                "2": {"until": S.day(self.town, 90)}, "3": {"ended_on": S.day(self.town, 0)}}[action]
        page = self.who.post(self.who.get(self.at[action]).form("/item/").set(**{"doc_no": S.NO, **base, **values}), extra={"do": "check"})
        assert page.status in (200, 422), "%d %s" % (page.status, page.text[:800])
        return page


def only_papers(desk):
    assert [m[0] for m in said(desk.item(), "errors")] == ["paper.secondment_paper"], said(desk.item(), "errors")
    for action in "23":
        marks = [m[0] for m in said(desk.item(action), "errors")]
        assert marks == ["paper.secondment_paper"] * (action == "2"), marks


def action_asked(desk):
    page = desk.who.post(desk.who.get("/secondment/new").form("/secondment/new").set(action=""))
    assert page.status == 422 and "action" in page.errors(), page.status
    assert [f.get("req") for f in desk.who.get("/secondment/new").xml.iter("f") if f.get("id") == "action"] == ["1"]


def outside_told(desk):
    page = desk.item(workplace="外省某单位")
    assert [m for m in said(page, "warnings") if m[0] == "workplace" and "不是本系统" in m[1]], said(page, "warnings")


CHECKS += [
    ("secondment: filled in well it lacks its paper alone, an end not even that", only_papers),
    ("secondment: the unit must be chosen, and carries the star", unit_asked_of("secondment")),
    ("secondment: what is registered must be chosen, and carries the star", action_asked),
    ("secondment: 性质 must be chosen", stops("kind", "请选择", kind="")),
    ("secondment: where must be filled in", stops("workplace", "请填写", workplace="")),
    ("secondment: the unit itself stops", lambda d: stops("workplace", "就是编制所在的单位", workplace=S.name_of(d.town, UNIT))(d)),
    ("secondment: a place outside is told", outside_told),
    ("secondment: since must be filled in", stops("since", "请填写", since="")),
    ("secondment: since before the entry stops", stops("since", "早于本单位入编", since="2026-01-04")),
    ("secondment: 借调 has a last day", stops("until", "请填写", until="")),
    ("secondment: a last day before the first stops", lambda d: stops("until", "早于起始", since=S.day(d.town, 5), until=S.day(d.town, 4))(d)),
    ("secondment: a last day gone by stops", lambda d: stops("until", "已经过去", since="2026-03-01", until="2026-03-02")(d)),
    ("secondment: 续期 to the same day stops", lambda d: stops("until", "没有续期", action="2", until=S.day(d.town, 20))(d)),
    ("secondment: 文号 must be filled in", stops("doc_no", "请填写", doc_no="")),
    ("secondment: an end has its day", stops("ended_on", "请填写", action="3", ended_on="")),
    ("secondment: an end to come stops", lambda d: stops("ended_on", "不能晚于今天", action="3", ended_on=S.day(d.town, 1))(d)),
    ("secondment: an end before the beginning stops", lambda d: stops("ended_on", "早于起始", action="3", ended_on=S.day(d.town, -1))(d)),
    ("secondment: no end day but for an end", closed("ended_on")),
]


def failing(desk):
    return formchecks.failing(desk, CHECKS)
