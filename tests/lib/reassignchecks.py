# What the forms of 所属编办变更 must say, as lib/formchecks.py has it for an entry: filled in
# well but for one thing.  SPDX-License-Identifier: MulanPSL-2.0
import formchecks
import h_reassign as R
import office as O

CHECKS = []                   # (name, function (desk) -> None)
HEAD = ("unit", "paper_no", "paper_on", "paper_title", "date", "waiting")


class Desk:
    """The city's section with a paper about a county's school."""

    def __init__(self, town):
        self.town = town
        self.who, self.case = R.head(town)

    def head(self, **values):
        form = self.who.get("/reassign/new").form("/reassign/new").set(
            unit=str(O.unit_id(self.town, R.UNIT)), paper_no=R.NO, paper_on="2026-03-02", paper_title=R.TITLE, date="2026-03-02", waiting=R.MOVE)
        return self.who.post(form.set(**values))


def missing(field):
    def run(desk):
        page = desk.head(**{field: ""})
        assert page.status == 422 and field in page.errors(), (field, page.status)
    return run


def bare(desk):
    page = desk.who.post(desk.who.get(desk.case + "/item/new").form("/item/new").set(office=""), extra={"do": "check"}, follow=True)
    assert page.status == 422 and "office" in page.errors(), page.status


def late_paper(desk):
    page = desk.head(paper_on="2099-01-01")
    assert page.status == 303, page.status
    assert "paper_on" in desk.who.get(page.headers["location"].split("?")[0] + "/confirm").errors()


def paper(desk):
    assert "1" in [x.get("req") for x in desk.who.get(desk.case).xml.iter("x")]


def stars(desk):
    page = desk.who.get("/reassign/new")
    assert {f.get("id") for f in page.xml.iter("f") if f.get("req")} == set(HEAD)


CHECKS += [("reassign: %s must be filled in" % f, missing(f)) for f in HEAD]
CHECKS += [("reassign: the new office must be chosen", bare), ("reassign: no paper of a day to come", late_paper),
           ("reassign: its paper is asked for", paper), ("reassign: what must be filled in carries the star", stars)]


def failing(desk):
    return formchecks.failing(desk, CHECKS)
