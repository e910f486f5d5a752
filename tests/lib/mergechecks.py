# What the forms of 合并重复人员 must say, as lib/correctchecks.py has it for a 更正: somebody who is
# there, the number of their other record typed.  SPDX-License-Identifier: MulanPSL-2.0
import formchecks
import h_change as C
import h_exit as E
import h_merge as M
from formchecks import said

SCHOOL = "X305"


class Desk:
    """The section with an item of one person; nothing is stored by 校验."""

    def __init__(self, town):
        self.town = town
        self.one = E.staff(town, 4, SCHOOL, "22")[3]
        self.number = M.double(town, self.one[0], since="2001-01-01", until="2001-02-01")[1]
        self.own = C.of(town, self.one[0], "id_number")
        self.who, self.case = M.new(town, paper=False)
        E.pick(self.who, self.case, [self.one[0]])
        self.at = C.item(town, self.case, self.one[0])

    def item(self, of=None, **values):
        page = self.who.post(self.who.get(self.at).form("/item/").set(**values), extra={"do": "check"})
        assert page.status in (200, 422), "%d %s" % (page.status, page.text[:800])
        return page


stops = formchecks.stops


def clean(desk):
    page = desk.item(other_number=desk.number)
    assert not said(page, "errors"), said(page, "errors")


def same(desk):
    errors = [m[1] for m in said(desk.item(other_number=desk.own), "errors")]
    assert ["请填写另一条记录的身份证号" in m for m in errors] == [True], errors


def head(field):
    def run(desk):
        assert field in M.new(desk.town, status=422, **{field: ""})[1].errors()
    return run


def stars(desk):
    page = desk.who.get("/merge/new")
    assert {f.get("id") for f in page.xml.iter("f") if f.get("req")} == {"unit", "reason", "paper_no"}


def paper(desk):
    assert "1" in [x.get("req") for x in desk.who.get(desk.case).xml.iter("x")]


CHECKS = [("merge: %s of the head must be filled in" % f, head(f)) for f in ("unit", "reason", "paper_no")]
CHECKS += [
    ("merge: what must be filled in carries the star", stars),
    ("merge: its paper is asked for", paper),
    ("merge: the other number must be filled in", stops("other_number", "请", other_number="")),
    ("merge: one's own number stops", same),
    ("merge: the number of another record is clean", clean),
]


def failing(desk):
    return formchecks.failing(desk, CHECKS)
