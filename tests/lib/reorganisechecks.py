# What the forms of 单位隶属、名称变更 must say, as lib/formchecks.py has it for an entry: filled
# in well but for one thing.  SPDX-License-Identifier: MulanPSL-2.0
import formchecks
import h_reorganise as R
import office as O

CHECKS = []                   # (name, function (desk) -> None)
HEAD = ("unit", "paper_no", "paper_on", "paper_title", "date")
FILLED = {"1": {"name": "示例市东方中学", "short_name": "东方中学"}, "2": {"parent": "示例市卫生健康委员会"}}


class Desk:
    """The section with a paper about a school."""

    def __init__(self, town):
        self.town = town
        self.who, self.case = R.head(town, waiting=R.OVER)
        _, self.keeping = R.head(town, waiting=R.KEEP)
        _, self.silent = R.head(town)

    def head(self, **values):
        form = self.who.get("/reorganise/new").form("/reorganise/new").set(
            unit=str(O.unit_id(self.town, R.UNIT)), paper_no=R.NO, paper_on="2026-03-02", paper_title=R.TITLE, date="2026-03-02")
        return self.who.post(form.set(**values))

    def line(self, values, case=None):
        return self.who.post(self.who.get((case or self.case) + "/item/new").form("/item/new").set(**values), extra={"do": "check"}, follow=True)

    def field(self, action, name):
        page = self.who.post(self.who.get(self.case + "/item/new").form("/item/new").set(action=action), extra={"do": "check"}, follow=True)
        return [f for f in page.xml.iter("f") if f.get("id") == name][0]


def missing(field):
    def run(desk):
        page = desk.head(**{field: ""})
        assert page.status == 422 and field in page.errors(), (field, page.status)
    return run


def line_missing(action, field):
    def run(desk):
        page = desk.line(dict(FILLED[action], action=action, **{field: ""}))
        assert page.status == 422 and field in page.errors(), (action, field, page.status)
    return run


def shut(action, field):
    def run(desk):
        f = desk.field(action, field)
        assert f.get("closed"), (action, field, f.attrib)
    return run


def bare(desk):
    page = desk.line({"action": ""})
    assert page.status == 422 and "action" in page.errors()


def late_paper(desk):
    page = desk.head(paper_on="2099-01-01")
    assert page.status == 303, page.status
    assert "paper_on" in desk.who.get(page.headers["location"].split("?")[0] + "/confirm").errors()


def chosen(desk):
    page = desk.line(dict(FILLED["2"], action="2"), desk.silent)
    assert "action" in page.errors(), page.status


def nobody(desk):
    page = desk.line({"action": "3"}, desk.case)
    assert "action" in page.errors(), page.status


def paper(desk):
    assert "1" in [x.get("req") for x in desk.who.get(desk.case).xml.iter("x")]


def stars(desk):
    page = desk.who.get("/reorganise/new")
    assert {f.get("id") for f in page.xml.iter("f") if f.get("req")} == set(HEAD)


CHECKS += [("reorganise: %s must be filled in" % f, missing(f)) for f in HEAD]
CHECKS += [("reorganise: %s of a line of %s must be filled in" % (f, a), line_missing(a, f)) for a in FILLED for f in FILLED[a]]
CHECKS += [("reorganise: %s is shut in a line of %s" % (f, a), shut(a, f)) for a, f in (("2", "name"), ("2", "short_name"), ("1", "parent"), ("3", "parent"))]
CHECKS += [("reorganise: a line says what changes", bare), ("reorganise: no paper of a day to come", late_paper),
           ("reorganise: what waits is chosen for", chosen), ("reorganise: nobody is there to take over", nobody),
           ("reorganise: its paper is asked for", paper), ("reorganise: what must be filled in carries the star", stars)]


def failing(desk):
    return formchecks.failing(desk, CHECKS)
