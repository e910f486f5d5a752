# What the forms of 信息更正 must say, as lib/changechecks.py has it for an 异动: people who are
# there, one thing typed over.  SPDX-License-Identifier: MulanPSL-2.0
import formchecks
import h_correct as G
import h_change as C
import h_exit as E
import office as O
from formchecks import said

SCHOOL, AGENCY = "X305", "D031"
BY = {SCHOOL: "xianshi", AGENCY: "xingbian"}


class Desk:
    """Sections of two offices with an item of one person each; nothing is stored by 校验."""

    def __init__(self, town):
        self.town, self.who, self.at = town, {}, {}
        for name, unit, kind, of in (("school", SCHOOL, "22", ("2", "Z", "X02", "")), ("agency", AGENCY, "11", ("", "", "A11", "3"))):
            one = E.staff(town, 3, unit, kind)[2]
            town.sql("UPDATE st_person SET birth_date = '1985-02-03', work_start = '2008-07-01', staffing_start = '2008-08-01' WHERE id = %d;"
                     " UPDATE st_employment SET structure = '%s', post_category = '%s', civil_rank = '%s', admin_use = '%s', person_status = '10', entry_mode = '01',"
                     " valid_from = '2012-08-01' WHERE person_id = %d AND valid_to = '9999-12-31'" % ((one[0],) + of + (one[0],)))
            self.who[name], case = G.new(town, BY[unit], unit, paper=False)
            E.pick(self.who[name], case, [one[0]])
            self.at[name] = C.item(town, case, one[0])
        O.make_room(town, -int(town.one("SELECT occupied + reserved + incoming FROM st_quota WHERE unit_id = %d AND book = 'structure' AND code = '3'"
                                        % O.unit_id(town, SCHOOL)) or 0), SCHOOL, "3", "structure")

    def item(self, of="school", **values):
        form = self.who[of].get(self.at[of]).form("/item/").set(**values)
        page = self.who[of].post(form, extra={"do": "check"})
        assert page.status in (200, 422), "%d %s" % (page.status, page.text[:800])
        return page


stops, warns, closed = formchecks.stops, formchecks.warns, formchecks.closed


def nothing(desk):
    assert [m for m in said(desk.item(), "errors") if "没有更正任何信息" in m[1]], said(desk.item(), "errors")


def clean(desk):
    page = desk.item(work_start="2008-07-02")
    assert not said(page, "errors"), said(page, "errors")


def head(field):
    def run(desk):
        assert field in G.new(desk.town, status=422, **{field: ""})[1].errors()
    return run


def stars(desk):
    page = desk.who["school"].get("/correct/new")
    assert {f.get("id") for f in page.xml.iter("f") if f.get("req")} == {"unit", "reason", "paper_no"}


def paper(desk):
    case = desk.at["school"].split("/item/")[0]
    assert "1" in [x.get("req") for x in desk.who["school"].get(case).xml.iter("x")]


CHECKS = [("correct: %s of the head must be filled in" % f, head(f)) for f in ("unit", "reason", "paper_no")]
CHECKS += [
    ("correct: what must be filled in carries the star", stars),
    ("correct: its paper is asked for", paper),
    ("correct: nothing put right stops", nothing),
    ("correct: a day alone is clean", clean),
]
CHECKS += [("correct: %s is not emptied" % f, stops(f, "请", **{f: ""})) for f in
           ("work_start", "staffing_start", "unit_entry_date", "staffing_type", "structure", "post_category", "entry_mode")]
CHECKS += [
    ("correct: use is not emptied", stops("admin_use", "请", of="agency", admin_use="")),
    ("correct: rank is not emptied", stops("civil_rank", "请", of="agency", civil_rank="")),
    ("correct: use is closed outside of 行政", closed("admin_use", staffing_type="21")),
    ("correct: structure is closed for 行政", closed("structure", of="agency", civil_rank="A12")),
    ("correct: post category is closed for 行政", closed("post_category", of="agency", civil_rank="A12")),
    ("correct: police class is closed for others", closed("politics_law", staffing_type="21")),
    ("correct: began to work before sixteen", stops("work_start", "16 周岁", work_start="2000-01-01")),
    ("correct: began to work to come", stops("work_start", "不能晚于今天", work_start="2099-01-01")),
    ("correct: on staff before work", stops("staffing_start", "早于参加工作时间", staffing_start="2008-06-30")),
    ("correct: here before on staff", stops("unit_entry_date", "早于入编时间", unit_entry_date="2008-07-31")),
    ("correct: a type that does not count", stops("staffing_type", "不能更正为", staffing_type="90")),
    ("correct: category of structure", stops("post_category", "不一致", structure="1", post_category="Z")),
    ("correct: a worker's structure that the unit has not is told", warns("structure", "没有核定工勤结构", structure="3", post_category="W")),
    ("correct: a rank above those of the office is told", warns("civil_rank", "最高职级", of="agency", civil_rank="A01")),
]


def failing(desk):
    return formchecks.failing(desk, CHECKS)
