# What the forms of 编制使用核准, 编制使用变更, 招录结果登记 and 编制核定 must say, as lib/formchecks.py
# has it for an entry: one form each, filled in well but for one thing.
# SPDX-License-Identifier: MulanPSL-2.0
import formchecks
import h_use as U
import office as O
from formchecks import said

CHECKS = []                   # (name, function (desk) -> None)
HEADS = {
    "use": {"apply_title": "关于申请使用编制的请示", "apply_no": "示教请〔2026〕8号", "apply_date": "2026-11-02"},
    "amend": {"apply_title": "关于变更编制使用单的请示", "apply_no": "示教请〔2026〕10号", "apply_date": "2026-11-02"},
    "hire": {"slip": "", "hired": "1", "paper_no": "示人社聘〔2026〕5号", "paper_on": "2026-11-02"},
    "quota": {"paper_no": "示编发〔2026〕900号", "paper_on": "2026-03-02", "paper_title": "关于调整学校编制的批复"},
}
DATES = {"use": "apply_date", "amend": "apply_date", "hire": "paper_on", "quota": "paper_on"}
BOOKS = {"type": ("staffing_type", "22"), "structure": ("structure", "2"), "lead": ("leader_class", "12"), "rank": ("civil_rank", "A05"),
         "organ": ("organ_quota", "1"), "funding": ("funding_form", "1"), "other": ("other_quota", "1")}


class Desk:
    """A department and the office's section with a case of each business, and a slip; nothing is stored by 校验."""

    def __init__(self, town):
        self.town, self.unit = town, str(O.unit_id(town, U.UNIT))
        self.who = {"use": O.log_in(town, U.PARENT), "quota": O.log_in(town, "shibian"), "hire": O.log_in(town, "renshe")}
        self.who["amend"] = self.who["use"]
        U.room(town, 6)
        self.slip = U.slip(town, U.granted(town, [(U.WAY, U.TYPE, 2)]))[0]
        self.heads = dict(HEADS, hire=dict(HEADS["hire"], slip=str(self.slip)))
        self.forms = {}
        for business in HEADS:
            page = self.head(business)
            assert page.status == 303, "%s %d %s" % (business, page.status, page.text[:800])
            case = page.headers["location"].split("?")[0]
            self.forms[business] = self.who[business].get(case + "/item/new").form("/item/new")

    def head(self, business, **values):
        form = self.who[business].get("/%s/new" % business).form("/%s/new" % business)
        form.set(unit=values.get("unit", self.unit))
        return self.who[business].post(form.set(**dict(self.heads[business], **values)))

    def item(self, business, **values):
        form = self.forms[business]
        form.fields = dict(values)
        if business == "amend":
            form.fields.setdefault("slip", str(self.slip))
        page = self.who[business].post(form, extra={"do": "check"})
        assert page.status in (200, 422), "%d %s" % (page.status, page.text[:800])
        return page


def check(name):
    def add(f):
        CHECKS.append((name, f))
        return f
    return add


def stops(business, field, word="", **values):
    """An error at FIELD that says WORD."""
    def run(desk):
        marks = said(desk.item(business, **values), "errors")
        assert [m for m in marks if m[0] == field and word in m[1]], (field, word, marks)
    return run


def closed(business, field, **values):
    def run(desk):
        f = [x for x in desk.item(business, **values).xml.iter("f") if x.get("id") == field][0]
        assert f.get("closed") and f.get("type") == "shown", (field, f.attrib)
    return run


def fine(business, **values):
    def run(desk):
        page = desk.item(business, **values)
        assert page.status == 200 and not page.errors(), page.errors()
    return run


LINE = {"entry_mode": U.WAY, "staffing_type": U.TYPE, "amount": "1"}
OF = {"entry_mode": U.WAY, "staffing_type": U.TYPE}
CHECKS += [("use: a good line is fine", fine("use", structure="2", **LINE))]
CHECKS += [("use: %s must be filled in" % f, stops("use", f, **dict(LINE, **{f: ""}))) for f in LINE]
CHECKS += [
    ("use: 编制结构 is closed for 行政编制", closed("use", "structure", **dict(LINE, staffing_type="11"))),
    ("use: none is no number of posts", stops("use", "amount", "1 至 999", **dict(LINE, amount="0"))),
    ("use: a type that the unit has not stops", stops("use", "staffing_type", "没有核定", **dict(LINE, staffing_type="11"))),
    ("amend: the slip must be chosen", stops("amend", "slip", slip="", action="3")),
    ("amend: what is changed must be chosen", stops("amend", "action")),
    ("amend: 延期 has its day", stops("amend", "until", action="1")),
    ("amend: 延期 until today stops", stops("amend", "until", "今天以后", action="1", until="2026-01-01")),
    ("amend: 部分核减 has its number", stops("amend", "amount", action="2", **OF)),
    ("amend: none is no number to cut", stops("amend", "amount", "1 至 999", action="2", amount="0", **OF)),
    ("amend: 招录结果 is recorded by others", stops("amend", "action", action="5")),
    ("hire: who was chosen has a name", stops("hire", "name", sex="1", id_number="11010519491231002X")),
    ("hire: who was chosen has a sex", stops("hire", "sex", "请选择", name="卓一", id_number="11010519491231002X")),
    ("hire: who was chosen has a number", stops("hire", "id_number", name="卓一", sex="1")),
    ("hire: who was chosen is fine", fine("hire", name="卓一", sex="2", id_number="11010519491231002X")),
    ("amend: 变更用编形式 has the new one", stops("amend", "new_mode", action="4", **OF)),
    ("amend: the same form again stops", stops("amend", "new_mode", "相同", action="4", new_mode=U.WAY, **OF)),
    ("quota: what is done must be chosen", stops("quota", "action", book="type", staffing_type="22", amount="1")),
    ("quota: the book must be chosen", stops("quota", "book", action="1", amount="1")),
    ("quota: the amount must be filled in", stops("quota", "amount", action="1", book="type", staffing_type="22")),
    ("quota: none is no amount", stops("quota", "amount", "1 至 9999", action="1", book="type", staffing_type="22", amount="0")),
    ("quota: 职级 cannot be frozen", stops("quota", "book", "冻结", action="3", book="rank", civil_rank="A05", amount="1")),
]
CHECKS += [("amend: %s must be chosen for the change of a line" % f, stops("amend", f, "请选择" + {"entry_mode": "用编形式", "staffing_type": "编制类型"}[f],
                                                                           action=a, **dict(OF, **{f: ""}))) for f in OF for a in "24"]
CHECKS += [("amend: %s is closed for %s" % (f, a), closed("amend", f, action=a)) for f, a in (
    ("until", "3"), ("entry_mode", "1"), ("staffing_type", "3"), ("structure", "3"), ("amount", "1"), ("new_mode", "2"))]
CHECKS += [("quota: a line of %s names its code" % b, stops("quota", f, action="1", book=b, amount="1")) for b, (f, _) in BOOKS.items()]
CHECKS += [("quota: %s is closed for another book" % f, closed("quota", f, action="1", book="organ" if b == "other" else "other", amount="1"))
           for b, (f, _) in BOOKS.items()]
CHECKS += [("quota: a good line of %s is fine" % b, fine("quota", action="1", book=b, amount="1", **{f: code})) for b, (f, code) in BOOKS.items()]


def heads(business, field):
    def run(desk):
        page = desk.head(business, **{field: ""})
        assert page.status == 422, (business, field, page.status)
        assert field in page.errors(), (business, field, page.errors())
    return run


def stars(business):
    def run(desk):
        page = desk.who[business].get("/%s/new" % business)
        assert {f.get("id") for f in page.xml.iter("f") if f.get("req")} == {"unit"} | set(HEADS[business]) - {"slip"}  # closed yet
    return run


def tomorrow(business):
    def run(desk):
        day = desk.town.one("SELECT DATE(NOW() + INTERVAL 1 DAY)")
        page = desk.head(business, **{DATES[business]: day})
        if page.status == 303:
            page = desk.who[business].get(page.headers["location"].split("?")[0] + "/confirm")
        assert [m for m in said(page, "errors") if m[0] == DATES[business] and "今天" in m[1]], said(page, "errors")
    return run


@check("hire: none is no 招录结果")
def none_hired(desk):
    page = desk.head("hire", hired="0")
    if page.status == 303:
        page = desk.who["hire"].get(page.headers["location"].split("?")[0] + "/confirm")
    assert [m for m in said(page, "errors") if m[0] == "hired" and "1 至 999" in m[1]], said(page, "errors")


@check("hire: the slip is chosen after the unit")
def slip_closed(desk):
    page = desk.who["hire"].get("/hire/new")
    assert [f for f in page.xml.iter("f") if f.get("id") == "slip"][0].get("closed"), "用编单位 comes first"


def papers(business):
    def run(desk):
        page = desk.head(business)
        page = desk.who[business].get(page.headers["location"].split("?")[0])
        asked = [x.get("req") for x in page.xml.iter("x")]
        assert "1" in asked, asked
    return run


for _business, _fields in HEADS.items():
    CHECKS += [("%s: %s of the head must be filled in" % (_business, f), heads(_business, f)) for f in ["unit"] + list(_fields)]
    CHECKS += [("%s: what must be filled in carries the star" % _business, stars(_business)),
               ("%s: a paper of tomorrow stops" % _business, tomorrow(_business)),
               ("%s: its paper is asked for" % _business, papers(_business))]


def failing(desk):
    return formchecks.failing(desk, CHECKS)
