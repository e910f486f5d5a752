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

    def __init__(self, town, demands=False):
        """DEMANDS: the county's office wants slips, and allows 高职低配."""
        self.town, self.demands = town, demands
        self.who = {"X304": O.clerk(town, "X304"), "D031": O.clerk(town), "S006": O.clerk(town, "S006"), "D006": O.clerk(town, "D006")}
        O.make_room(town, 5)
        O.make_room(town, 5, of="31")
        O.make_room(town, 5, "D006", "12")
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

    def item(self, mode="01", unit="D031", papers=False, **values):
        """The page of 校验 for a person with these VALUES, with all PAPERS or none."""
        if (mode, unit) not in self.forms:
            self.forms[mode, unit] = self.who[unit].get(self.case(mode, unit) + "/item/new").form("/item/new")
        if papers:        # these are stored: a person and a case of their own
            return self.whole(mode, unit, values)
        form = self.forms[mode, unit]
        self.fill(form, unit, self.number, values)
        page = self.who[unit].post(form, extra={"do": "check"})
        assert page.status in (200, 422), "%d %s" % (page.status, page.text[:800])
        return page


    def fill(self, form, unit, number, values):
        form.fields = dict(O.PERSON, name="周文博", sex="1", id_number=number)
        if unit == "S006":
            form.fields.update(O.PUBLIC)
        form.fields.update({k.replace("__", "."): v for k, v in values.items()})

    def whole(self, mode, unit, values, **more):
        who, case = self.who[unit], O.new_case(self.who[unit], mode)
        form = who.get(case + "/item/new").form("/item/new")
        self.fill(form, unit, O.new_number(), values)
        return who.post(form, files=dict(O.scans(form), **more), extra={"do": "check"}, follow=True)


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


def shut(name, **how):
    """The list NAME does not apply, and says why."""
    def run(desk):
        g = [x for x in desk.item(**how).xml.iter("grid") if x.get("id") == name][0]
        assert g.get("closed") and g.get("ro"), (name, g.attrib)
    return run


def shut_cells(*fields, **how):
    def run(desk):
        cells = {x.get("id"): x for x in desk.item(**how).xml.iter("c") if x.get("id")}
        assert all(cells[f].get("closed") for f in fields), {f: cells[f].attrib for f in fields}
    return run


CHECKS += [("%s must be filled in" % f, stops(f, **{f: ""})) for f in (
    "name", "sex", "id_number", "birth_date", "ethnic", "work_start", "education", "political", "staffing_type", "funding", "admin_use",
    "person_status", "native_place", "party_join_date", "identity", "school", "graduation_date", "major", "civil_rank", "wage_source")]
MOVED = {"mode": "03", "from_unit": "示例市某局", "from_staffing_type": "11"}
TITLE = {"qualification__1__kind": "title", "qualification__1__title_name": "高级工程师", "qualification__1__level": "2"}
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
    ("入编时间 must be chosen by who comes from a post", stops("staffing_start", staffing_start="", **MOVED)),
    ("入编时间 of a new person is the day of handling", closed("staffing_start")),
    ("入编时间 after today stops", stops("staffing_start", "今天", **dict(MOVED, staffing_start="2031-01-01"))),
    ("入编时间 before the start of work warns", warns("staffing_start", "早于", **dict(MOVED, staffing_start="2026-06-30"))),
    ("原工作单位 must be filled in for a move", stops("from_unit", mode="05", from_unit="")),
    ("原编制类型 must be chosen for 转任", stops("from_staffing_type", mode="03", from_unit="某局", from_staffing_type="")),
    ("入党团时间 is closed for who is in no party", closed("party_join_date", political="13")),
    ("入党团时间 after today stops", stops("party_join_date", "今天", party_join_date="2031-01")),
    ("入党 before the 18th birthday warns", warns("party_join_date", "18", party_join_date="2014-05")),
    ("毕业时间 after today stops", stops("graduation_date", "今天", graduation_date="2031-06")),
    ("毕业时间 before the 12th birthday warns", warns("graduation_date", "12", graduation_date="2009-06")),
    ("高中 has 高中 as its school, or warns", warns("school", "毕业学校填写“高中”", education="61", school="某中学")),
    ("专业 is closed below 大专", closed("major", education="61")),
    ("学位 is closed below 大专", closed("degree", education="61")),
    ("本科 without 学位 warns", warns("degree", "学士", degree="")),
    ("a person of 17 warns", warns("birth_date", "未满 18", birth_date="2009-03-12")),
    ("somebody of 15 stops", stops("birth_date", "未满 16", birth_date="2011-03-12")),
    ("a man of 60 warns", warns("birth_date", "已到法定退休年龄（60 周岁 4 个月）", birth_date="1966-03-12")),
    ("a woman of 57 warns", warns("birth_date", "已到法定退休年龄（55 周岁）", sex="2", birth_date="1969-03-12")),
    ("a woman of 55 warns, near", warns("birth_date", "一年内到法定退休年龄（55 周岁 6 个月）", sex="2", birth_date="1971-12-12")),
    ("政法人员分类 is closed for 行政编制", closed("politics_law")),
    ("政法人员分类 must be chosen for 公安专项编制", stops("politics_law", unit="D006", staffing_type="121")),
    ("公务员职级 above the agency's highest warns", warns("civil_rank", "领导班子", civil_rank="A01")),
    ("岗位类别 must be chosen for 事业编制", stops("post_category", mode="09", unit="S006", post_category="")),
    ("岗位类别 is closed for 行政编制", closed("post_category")),
    ("岗位类别 against 编制结构 stops", stops("post_category", "专业技术", mode="09", unit="S006", post_category="G")),
    ("a worker's post with 干部 warns", warns("identity", "工人", mode="08", staffing_type="31", civil_rank="")),
    ("聘(评)专业技术职务情况 must be filled in for 专技", stops("qualification", "未聘未评", mode="09", unit="S006", qualification__1__kind="")),
    ("聘(评)专业技术职务情况 is closed for 管理", shut("qualification", mode="09", unit="S006", structure="1", post_category="G")),
    ("未聘未评 stands alone", stops("qualification", "未聘未评", mode="09", unit="S006", qualification__2__kind="title",
                                 qualification__2__title_name="工程师", qualification__2__level="3")),
    ("类别 of a title must be chosen", stops("qualification.1.kind", mode="09", unit="S006", **dict(TITLE, qualification__1__kind=""))),
    ("a title must have a name", stops("qualification.1.title_name", mode="09", unit="S006", **dict(TITLE, qualification__1__title_name=""))),
    ("a title must have a level", stops("qualification.1.level", mode="09", unit="S006", **dict(TITLE, qualification__1__level=""))),
    ("聘任 must have its date", stops("qualification.1.employ_date", mode="09", unit="S006", qualification__1__employed="1", **TITLE)),
    ("聘任时间 without 聘任 stops", stops("qualification.1.employ_date", "已聘任", mode="09", unit="S006", qualification__1__employ_date="2026-01-01",
                                     **TITLE)),
    ("取得资格时间 after today stops", stops("qualification.1.acquire_date", "今天", mode="09", unit="S006",
                                       qualification__1__acquire_date="2031-01-01", **TITLE)),
    ("聘任时间 after today stops", stops("qualification.1.employ_date", "今天", mode="09", unit="S006", qualification__1__employed="1",
                                     qualification__1__employ_date="2031-01-01", **TITLE)),
    ("a worker's grade by another name stops", stops("qualification.1.title_name", "工人技术等级", mode="08", staffing_type="31", civil_rank="",
                                                   qualification__1__kind="worker", qualification__1__title_name="特级工")),
    ("a worker's grade in 专技 warns", warns("qualification", "工人技术等级", mode="09", unit="S006", qualification__1__kind="worker",
                                         qualification__1__title_name="技师")),
    ("未聘未评 closes the rest of its row", shut_cells(*["qualification.1." + f for f in (
        "title_name", "level", "acquire_date", "cert_no", "employed", "employ_date")], mode="09", unit="S006")),
    ("文号 without date stops", stops("duty", "任职时间", duty__1__doc_no="示组〔2026〕1号")),
    ("date without 文号 stops", stops("duty", "任职文号", duty__1__appoint_date="2026-11-10")),
]


@check("a good form is fine")
def good(desk):
    for page in (desk.item(papers=True), desk.item(mode="09", unit="S006", papers=True)):
        assert page.status == 200 and not page.errors(), page.errors()


@check("工勤编制 is fixed to 工勤")
def workers(desk):
    page = desk.item(mode="08", papers=True, staffing_type="31", civil_rank="", identity="2", qualification__1__kind="none")
    fields = {f.get("id"): f for f in page.xml.iter("f")}
    assert page.status == 200, page.errors()
    assert fields["structure"].get("closed") and fields["structure"].get("v") == "工勤", fields["structure"].attrib
    assert fields["post_category"].get("closed") and fields["post_category"].get("v") == "工勤技能岗位", fields["post_category"].attrib


@check("无职务 stands alone")
def alone(desk):
    stops("duty", "无职务", duty__2__post=desk.posts[0], duty__2__appointment_type="1")(desk)


@check("the same post twice stops")
def twice(desk):
    stops("duty", "两次", duty__1__post=desk.posts[0], duty__2__post=desk.posts[0], duty__2__appointment_type="1")(desk)


@check("a leading post that is full stops; with the approval above the number it warns")
def full(desk):
    held = ("(SELECT COUNT(*) FROM st_duty d JOIN st_employment e ON e.id = d.employment_id WHERE d.post_id = st_post.id"
            " AND e.valid_to = '9999-12-31')")
    quota = desk.town.one("SELECT quota FROM st_post WHERE post_code = '%s'" % desk.posts[0])
    desk.town.sql("UPDATE st_post SET quota = %s WHERE post_code = '%s'" % (held, desk.posts[0]))
    try:
        stops("duty", "职数不够", duty__1__post=desk.posts[0])(desk)
        page = desk.whole("01", "D031", {"duty.1.post": desk.posts[0]}, **{"paper.over_lead": ("批准.pdf", O.T.pdf())})
        assert not page.errors() and [m for m in said(page, "warnings") if "超出核定职数" in m[1]], (page.errors(), said(page, "warnings"))
    finally:
        desk.town.sql("UPDATE st_post SET quota = %s WHERE post_code = '%s'" % (quota, desk.posts[0]))


@check("two leading posts that are full: with the approval above the number both are told with their figures")
def both_full(desk):
    held = ("(SELECT COUNT(*) FROM st_duty d JOIN st_employment e ON e.id = d.employment_id WHERE d.post_id = st_post.id"
            " AND e.valid_to = '9999-12-31')")
    quota = {p: desk.town.one("SELECT quota FROM st_post WHERE post_code = '%s'" % p) for p in desk.posts[:2]}
    desk.town.sql("UPDATE st_post SET quota = %s WHERE post_code IN ('%s')" % (held, "', '".join(quota)))
    try:
        page = desk.whole("01", "D031", {"duty.1.post": desk.posts[0], "duty.2.post": desk.posts[1], "duty.2.appointment_type": "1"},
                          **{"paper.over_lead": ("批准.pdf", O.T.pdf())})
        told = [m[1] for m in said(page, "warnings") if "另有 1 个职务超出核定职数" in m[1]]
        name, n = desk.town.sql("SELECT name, quota FROM st_post WHERE post_code = '%s'" % desk.posts[1])[0]
        assert told and name in told[0] and "核定 %s 名，已配 %s 名，本申请单 1 名" % (n, n) in told[0], (told, said(page, "warnings"))
    finally:
        for p, q in quota.items():
            desk.town.sql("UPDATE st_post SET quota = %s WHERE post_code = '%s'" % (q, p))


@check("several duties warn")
def several(desk):
    warns("duty", "多任职", duty__1__post=desk.posts[0], duty__2__post=desk.posts[1], duty__2__appointment_type="1")(desk)


STARS = {"name", "sex", "id_number", "birth_date", "ethnic", "work_start", "education", "political", "staffing_type", "funding", "person_status",
         "native_place", "party_join_date", "identity", "school", "graduation_date", "major", "wage_source"}


@check("带“*”的必填: exactly these fields carry the star")
def stars(desk):
    page = desk.item()
    assert {f.get("id") for f in page.xml.iter("f") if f.get("req")} == STARS | {"admin_use", "civil_rank"}
    assert {c.get("id") for c in page.xml.iter("col") if c.get("req")} == {"post", "appointment_type"}
    page = desk.item(mode="09", unit="S006")
    assert {f.get("id") for f in page.xml.iter("f") if f.get("req")} == STARS | {"structure", "post_category"}
    page = desk.item(mode="03", **{k: v for k, v in MOVED.items() if k != "mode"})
    assert {f.get("id") for f in page.xml.iter("f") if f.get("req")} >= {"from_unit", "from_staffing_type", "staffing_start"}


@check("高职低配: a full post is a warning where the office allows a free seat above it, else a stop")
def higher(desk):
    lower, above = desk.town.sql("SELECT p.id, a.id FROM st_post p JOIN st_unit u ON u.id = p.unit_id JOIN st_post a ON a.unit_id = p.unit_id"
                                 " AND a.organ_id <=> p.organ_id AND a.leader_class = '11' WHERE u.unit_code = 'X304' AND p.leader_class = '12' LIMIT 1")[0]
    old = desk.town.sql("SELECT id, quota FROM st_post WHERE id IN (%s, %s)" % (lower, above))
    desk.town.sql("UPDATE st_post p SET quota = (SELECT COUNT(*) FROM st_duty d JOIN st_employment e ON e.id = d.employment_id WHERE d.post_id = p.id"
                  " AND e.valid_to = '9999-12-31') + (p.id = %s) WHERE id IN (%s, %s)" % (above, lower, above))
    try:
        page = desk.item(mode="07", unit="X304", duty__1__post=desk.town.one("SELECT post_code FROM st_post WHERE id = %s" % lower))
    finally:
        for post, quota in old:
            desk.town.sql("UPDATE st_post SET quota = %s WHERE id = %s" % (quota, post))
    kind, word = ("warnings", "高职低配") if desk.demands else ("errors", "职数不够")
    assert [m for m in said(page, kind) if m[0] == "duty" and word in m[1]], said(page, kind)


@check("领导职数: a seat is free, but the book has nothing left of its class: a stop with the figures")
def lead_full(desk):
    post, unit, quota = desk.town.sql("SELECT p.id, p.unit_id, p.quota FROM st_post p JOIN st_unit u ON u.id = p.unit_id"
                                      " WHERE u.unit_code = 'X304' AND p.leader_class = '12' LIMIT 1")[0]
    account = "st_quota SET approved = %s WHERE unit_id = " + unit + " AND book = 'lead' AND code = '12'"
    was = desk.town.one("SELECT approved FROM st_quota WHERE unit_id = %s AND book = 'lead' AND code = '12'" % unit)
    desk.town.sql("UPDATE st_post SET quota = 90 WHERE id = %s; UPDATE %s" % (post, account % "occupied"))
    try:
        page = desk.item(mode="07", unit="X304", duty__1__post=desk.town.one("SELECT post_code FROM st_post WHERE id = %s" % post))
    finally:
        desk.town.sql("UPDATE st_post SET quota = %s WHERE id = %s; UPDATE %s" % (quota, post, account % was))
    assert [m for m in said(page, "errors") if m[0] == "duty" and "空编 0 名" in m[1] and "职数不够" in m[1]], said(page, "errors")


@check("head: a slip is asked for where the office wants one, and is closed for a form of entry that uses none")
def slip(desk):
    who = desk.who["X304"]
    page = who.post(who.get("/entry/new").form("/entry/new").set(entry_mode="01"))
    asked = page.status == 422 and "slip" in page.errors()
    assert asked == desk.demands and page.status in (303, 422), page.text[:800]
    page = desk.who["D031"].get(desk.case("07", "D031"))
    field = next(f for f in page.xml.iter("f") if f.get("id") == "slip")
    assert field.get("closed") is not None, "a slip may be chosen for 军转安置"


@check("head: unit and form of entry carry the star and must be chosen")
def head(desk):
    page = desk.who["D031"].get("/entry/new")
    assert {f.get("id") for f in page.xml.iter("f") if f.get("req")} == {"unit", "entry_mode"}
    form = page.form("/entry/new")
    empty = desk.who["D031"].post(form.set(unit="", entry_mode="01"))
    assert [f for f in empty.xml.iter("f") if f.get("id") == "entry_mode"][0].get("closed"), "申请单位 comes first"
    for field in ("unit", "entry_mode"):
        values = dict({"unit": str(O.unit_id(desk.town)), "entry_mode": "01"}, **{field: ""})
        page = desk.who["D031"].post(form.set(**values))
        assert page.status == 422 and field in page.errors(), (field, page.status, page.errors())


@check("业务事由 of 其他 must be typed")
def reason(desk):
    who = desk.who["D031"]
    page = who.post(who.get("/entry/new").form("/entry/new").set(unit=str(O.unit_id(desk.town)), entry_mode="99", reason=""))
    assert page.status == 422 and "其他" in page.errors().get("reason", ""), "%d %s" % (page.status, page.text[:300])


PAPERS = {"idcard": {}, "photo": {}, "degree": {}, "settlement": {"mode": "07"}, "transfer": {"mode": "05"}}


@check("each paper of a person that is asked for must be there, and no other")
def papers(desk):
    for kind, how in PAPERS.items():
        marks = [m[0] for m in said(desk.item(**how), "errors") if m[0].startswith("paper.")]
        assert "paper." + kind in marks and len(marks) == (3 if kind in ("idcard", "photo", "degree") else 4), (kind, marks)
    listed = lambda page: {x.get("id"): x.get("req") for x in page.xml.iter("x")}
    assert listed(desk.item(duty__1__post=desk.posts[0])) == {"idcard": "1", "degree": "1", "appointment": None, "over_lead": None}
    assert listed(desk.item(mode="09", unit="S006")) == {"idcard": "1", "degree": "1", "contract": None}


@check("《编制审批表》 carries the star and is asked for before 上报")
def paper(desk):
    case = desk.case("01", "D031")
    x = [x for x in desk.who["D031"].get(case).xml.iter("x") if x.get("id") == "approval"][0]
    assert x.get("req") == "1", x.attrib
    page = desk.who["D031"].get(case + "/confirm")
    assert [m for m in said(page, "errors") if "编制审批表" in m[1]], said(page, "errors")


def failing(desk, checks=CHECKS):
    """The name of the first check that fails, with why; None: all pass."""
    for name, f in checks:
        try:
            f(desk)
        except AssertionError as e:
            return "%s: %s" % (name, str(e)[:300])
    return None


