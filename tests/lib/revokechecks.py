# What the form of 撤销核准 must say, as lib/formchecks.py has it for an entry: filled in
# well but for one thing.  SPDX-License-Identifier: MulanPSL-2.0
import formchecks
import h_revoke as R
import office as O

CHECKS = []                   # (name, function (desk) -> None)
FIELDS = {"reason": "身份证号录入有误", "paper_no": "示编办函〔2026〕7号"}


class Desk:
    """The section with an approved entry of a school."""

    def __init__(self, town):
        self.town, self.who, self.unit = town, O.log_in(town, "shibian"), str(O.unit_id(town, R.UNIT))
        self.approval = str(O.case_id(R.entered(town)))

    def head(self, **values):
        form = self.who.get("/revoke/new?unit=%s" % self.unit).form("/revoke/new")
        return self.who.post(form.set(**dict({"approval": self.approval}, **dict(FIELDS, **values))))


def missing(field):
    def run(desk):
        page = desk.head(**{field: ""})
        assert page.status == 422 and field in page.errors(), (field, page.status)
    return run


def stars(desk):
    page = desk.who.get("/revoke/new?unit=%s" % desk.unit)
    assert {f.get("id") for f in page.xml.iter("f") if f.get("req")} == {"unit", "approval", *FIELDS}


def unit_first(desk):
    f = [x for x in desk.who.get("/revoke/new").xml.iter("f") if x.get("id") == "approval"][0]
    assert f.get("closed") and f.get("type") == "shown", f.attrib


def paper(desk):
    page = desk.head()
    assert page.status == 303, page.errors()
    assert "1" in [x.get("req") for x in desk.who.get(page.headers["location"].split("?")[0]).xml.iter("x")]


CHECKS += [("revoke: %s must be filled in" % f, missing(f)) for f in ("unit", "approval", *FIELDS)]
CHECKS += [("revoke: what must be filled in carries the star", stars), ("revoke: the unit comes first", unit_first), ("revoke: its paper is asked for", paper)]


def failing(desk):
    return formchecks.failing(desk, CHECKS)
