# What the forms of an entry case must say, each as one fast check: a form that
# is filled in well but for one thing, 校验, and the mark that must come.  The
# same list runs on the system as it is (tests/http/i_form.py) and on systems
# with one definition deleted (tests/mutate/run).
# SPDX-License-Identifier: MulanPSL-2.0
import office as O

CHECKS = []                   # (name, function (desk) -> None)


class Desk:
    """Clerks of a 机关 and of a 事业单位, their cases, and one form of each that is posted again and again: 校验 stores
    nothing, so its key serves every time."""

    def __init__(self, town):
        self.town = town
        self.who = {"D031": O.clerk(town), "S006": O.clerk(town, "S006")}
        O.make_room(town, 5)
        O.make_room(town, 5, "S006", "22")
        O.make_room(town, 5, "S006", "2", "structure")
        O.make_room(town, -occupied(town), "S006", "3", "structure")
        self.number = O.new_number()
        self.posts = [r[0] for r in town.sql("SELECT p.post_code FROM st_post p JOIN st_unit u ON u.id = p.unit_id WHERE u.unit_code = 'D031'"
                                             " ORDER BY p.post_code LIMIT 2")]
        self.forms, self.cases = {}, {}

    def case(self, mode, unit):
        if (mode, unit) not in self.cases:
            self.cases[mode, unit] = O.new_case(self.who[unit], mode)
        return self.cases[mode, unit]

    def item(self, mode="01", unit="D031", **values):
        """The page of 校验 for a person with these VALUES."""
        if (mode, unit) not in self.forms:
            self.forms[mode, unit] = self.who[unit].get(self.case(mode, unit) + "/item/new").form("/item/new")
        form = self.forms[mode, unit]
        form.fields = dict(O.PERSON, name="周文博", sex="1", id_number=self.number)
        if unit == "S006":
            form.fields.update(staffing_type="22", structure="2")
        form.fields.update({k.replace("__", "."): v for k, v in values.items()})
        page = self.who[unit].post(form, extra={"do": "check"})
        assert page.status in (200, 422), "%d %s" % (page.status, page.text[:800])
        return page


def occupied(town):
    """How many hold a worker's post of S006: with so many free posts less than none, none is approved."""
    return int(town.one("SELECT occupied + reserved + incoming FROM st_quota q JOIN st_unit u ON u.id = q.unit_id WHERE u.unit_code = 'S006'"
                        " AND q.book = 'structure' AND q.code = '3'") or 0)


def check(name):
    def add(f):
        CHECKS.append((name, f))
        return f
    return add


def said(page, kind):
    return [(e.get("f") or "", "".join(e.itertext())) for e in page.all(kind + "/e")]


def stops(field, word="", **how):
    """An error at FIELD that says WORD."""
    def run(desk):
        marks = said(desk.item(**how), "errors")
        assert [m for m in marks if m[0] == field and word in m[1]], (field, word, marks)
    return run


def warns(field, word="", **how):
    def run(desk):
        marks = said(desk.item(**how), "warnings")
        assert [m for m in marks if m[0] == field and word in m[1]], (field, word, marks)
    return run


def closed(field, **how):
    def run(desk):
        f = [x for x in desk.item(**how).xml.iter("f") if x.get("id") == field][0]
        assert f.get("closed") and f.get("type") == "shown", (field, f.attrib)
    return run


CHECKS += [("%s must be filled in" % f, stops(f, **{f: ""})) for f in (
    "name", "sex", "id_number", "birth_date", "ethnic", "work_start", "education", "political", "staffing_type", "funding", "admin_use",
    "person_status")]
CHECKS += [
    ("structure must be chosen for 事业编制", stops("structure", mode="09", unit="S006", structure="")),
    ("post of a duty must be chosen", stops("duty.1.post", duty__1__post="", duty__1__doc_no="示组〔2026〕1号", duty__1__appoint_date="2026-11-10")),
    ("appointment type of a duty must be chosen", stops("duty.1.appointment_type", duty__1__appointment_type="")),
    ("sex against the number stops", stops("sex", "不一致", sex="2")),
    ("birth date against the number warns", warns("birth_date", "以档案为准", birth_date="1998-03-13")),
    ("birth after today stops", stops("birth_date", "今天", birth_date="2031-01-01")),
    ("work before the 16th birthday stops", stops("work_start", "16", work_start="2014-03-11")),
    ("work after today stops", stops("work_start", "今天", work_start="2031-01-01")),
    ("军转 with a late start of work warns", warns("work_start", "入伍", mode="07", work_start="2026-07-01")),
    ("another funding than the unit's warns", warns("funding", "不一致", funding="3")),
    ("structure of workers where there is none warns", warns("structure", "工勤", mode="09", unit="S006", structure="3")),
    ("a form of entry that does not fit stops", stops("staffing_type", "调任", mode="03", from_staffing_type="22", from_unit="某校")),
    ("a pair that is not known warns", warns("staffing_type", "人工核定", mode="99")),
    ("原编制类型 without 原工作单位 stops", stops("from_unit", "原工作单位", from_staffing_type="11")),
    ("行政编制用途 is closed for 事业编制", closed("admin_use", mode="09", unit="S006")),
    ("编制结构 is closed for 行政编制", closed("structure")),
    ("本单位入编时间 is closed", closed("unit_entry_date")),
    ("进入本单位形式 is closed", closed("entry_mode")),
    ("文号 without date stops", stops("duty", "任职时间", duty__1__doc_no="示组〔2026〕1号")),
    ("date without 文号 stops", stops("duty", "任职文号", duty__1__appoint_date="2026-11-10")),
]


@check("a good form is fine")
def good(desk):
    for page in (desk.item(), desk.item(mode="09", unit="S006")):
        assert page.status == 200 and not page.errors(), page.errors()


@check("无职务 stands alone")
def alone(desk):
    stops("duty", "无职务", duty__2__post=desk.posts[0], duty__2__appointment_type="1")(desk)


@check("the same post twice stops")
def twice(desk):
    stops("duty", "两次", duty__1__post=desk.posts[0], duty__2__post=desk.posts[0], duty__2__appointment_type="1")(desk)


@check("several duties warn")
def several(desk):
    warns("duty", "多任职", duty__1__post=desk.posts[0], duty__2__post=desk.posts[1], duty__2__appointment_type="1")(desk)


STARS = {"name", "sex", "id_number", "birth_date", "ethnic", "work_start", "education", "political", "staffing_type", "funding", "person_status"}


@check("带“*”的必填: exactly these fields carry the star")
def stars(desk):
    page = desk.item()
    assert {f.get("id") for f in page.xml.iter("f") if f.get("req")} == STARS | {"admin_use"}
    assert {c.get("id") for c in page.xml.iter("col") if c.get("req")} == {"post", "appointment_type"}
    page = desk.item(mode="09", unit="S006")
    assert {f.get("id") for f in page.xml.iter("f") if f.get("req")} == STARS | {"structure"}


@check("head: unit and form of entry carry the star and must be chosen")
def head(desk):
    page = desk.who["D031"].get("/entry/new")
    assert {f.get("id") for f in page.xml.iter("f") if f.get("req")} == {"unit", "entry_mode"}
    form = page.form("/entry/new")
    for field in ("unit", "entry_mode"):
        values = dict({"unit": str(O.unit_id(desk.town)), "entry_mode": "01"}, **{field: ""})
        page = desk.who["D031"].post(form.set(**values))
        assert page.status == 422 and field in page.errors(), (field, page.status, page.errors())


@check("《编制审批表》 carries the star and is asked for before 上报")
def paper(desk):
    case = desk.case("01", "D031")
    x = [x for x in desk.who["D031"].get(case).xml.iter("x") if x.get("id") == "approval"][0]
    assert x.get("req") == "1", x.attrib
    page = desk.who["D031"].get(case + "/confirm")
    assert [m for m in said(page, "errors") if "编制审批表" in m[1]], said(page, "errors")


def failing(desk):
    """The name of the first check that fails, with why; None: all pass."""
    for name, f in CHECKS:
        try:
            f(desk)
        except AssertionError as e:
            return "%s: %s" % (name, str(e)[:300])
    return None


