# What the forms of 人员异动 must say, as lib/exitchecks.py has it for an exit: people who are
# there, one thing typed over.  SPDX-License-Identifier: MulanPSL-2.0
import formchecks
import h_change as C
import h_exit as E
import office as O
from formchecks import said


def sex_of(person):
    return "1" if int(person[2][16]) % 2 else "2"


SCHOOL, AGENCY = "X305", "D031"


class Desk:
    """Clerks with an item of one person each; nothing is stored by 校验."""

    def __init__(self, town):
        self.town, self.who, self.at, self.person = town, {}, {}, {}
        leaders = E.staff(town, 2, AGENCY, "11", C.LEADER)
        people = {"school": E.staff(town, 1, SCHOOL, "22")[0], "kept": E.staff(town, 2, SCHOOL, "22")[1], "agency": leaders[0], "over": leaders[1],
                  "worker": E.staff(town, 1, AGENCY, "31")[0]}
        for name, one in people.items():
            unit = SCHOOL if name in ("school", "kept") else AGENCY
            town.sql("UPDATE st_person SET birth_date = '1985-02-03', work_start = '2008-07-01', political = '01', party_join_date = '2006-06-01', education = '21',"
                     " degree = '408', school = '湖南大学', major = '测绘', graduation_date = '2008-06-01', identity = '%s', native_place = '湖南', ethnic = '01', sex = '%s' WHERE id = %d"
                     % ("2" if name == "worker" else "1", sex_of(one), one[0]))
            of_unit = ("2", "Z", "", "") if unit == SCHOOL else ("", "", "A11", "3") if name != "worker" else ("", "", "X02", "")
            town.sql("UPDATE st_employment SET funding = '1', wage_source = '1', person_status = '%s', structure = '%s', post_category = '%s', civil_rank = '%s',"
                     " admin_use = '%s' WHERE person_id = %d" % (("32" if name == "kept" else "10",) + of_unit + (one[0],)))
            self.who[name] = O.log_in(town, unit)
            case = C.new_case(town, self.who[name], unit)
            E.pick(self.who[name], case, [one[0]])
            self.at[name], self.person[name] = "%s/item/%s" % (case, E.items(town, case)[one[0]]), one
        self.posts(town)
        O.make_room(town, -int(town.one("SELECT occupied + reserved + incoming FROM st_quota WHERE unit_id = %d AND book = 'structure' AND code = '3'"
                                        % O.unit_id(town, SCHOOL)) or 0), SCHOOL, "3", "structure")

    def posts(self, town):
        """A post without a free seat, and one with seats of whose class the book has nothing left; who is over has the paper for it."""
        (self.full, full), (self.bare, bare) = town.sql(
            "SELECT p.post_code, p.id FROM st_post p WHERE p.unit_id = %d AND NOT EXISTS (SELECT 1 FROM st_duty d JOIN st_employment e ON e.id = d.employment_id"
            " WHERE d.post_id = p.id AND e.person_id IN (%d, %d)) AND EXISTS (SELECT 1 FROM st_quota q WHERE q.unit_id = p.unit_id AND q.book = 'lead'"
            " AND q.code = p.leader_class) ORDER BY p.id DESC LIMIT 2" % (O.unit_id(town, AGENCY), self.person["agency"][0], self.person["over"][0]))
        town.sql("UPDATE st_post SET quota = %d WHERE id = %s" % (C.held(town, full), full))
        town.sql("UPDATE st_post SET quota = %d WHERE id = %s" % (C.held(town, bare) + 3, bare))
        for of in {town.one("SELECT leader_class FROM st_post WHERE id = %s" % p) for p in (full, bare)}:
            O.make_room(town, 0, AGENCY, of, "lead")
        form = self.who["over"].get(self.at["over"]).form("/item/").set(**{"duty.1.post": self.full, "duty.1.doc_no": "示组干〔2026〕1号", "duty.1.appoint_date": "2026-01-05"})
        assert self.who["over"].post(form, extra={"do": "keep"}).status == 303
        form = self.who["over"].get(self.at["over"]).form("/item/")
        assert self.who["over"].post(form, files={"paper.over_lead": ("over.pdf", O.scan("over"))}, extra={"do": "keep"}).status == 303

    def item(self, of="school", **values):
        form = self.who[of].get(self.at[of]).form("/item/").set(**{k.replace("__", "."): v for k, v in values.items()})
        page = self.who[of].post(form, extra={"do": "check"})
        assert page.status in (200, 422), "%d %s" % (page.status, page.text[:800])
        return page


stops, warns, closed = formchecks.stops, formchecks.warns, formchecks.closed


def nothing(desk):
    assert [m for m in said(desk.item(), "errors") if "没有修改任何信息" in m[1]], said(desk.item(), "errors")


def clean(**values):
    """Nothing stops but papers."""
    def run(desk):
        marks = [m for m in said(desk.item(**values), "errors") if not m[0].startswith("paper.")]
        assert not marks, marks
    return run


def unit_asked(desk):
    who = O.log_in(desk.town, "chuangkou")
    page = who.post(who.get("/change/new").form("/change/new").set(unit=""))
    assert page.status == 422 and "unit" in page.errors(), page.errors()
    assert [f.get("req") for f in who.get("/change/new").xml.iter("f") if f.get("id") == "unit"] == ["1"]


DUTY = {"duty__1__doc_no": "示组干〔2026〕1号", "duty__1__appoint_date": "2026-01-05"}
TITLE = {"qualification__1__kind": "title", "qualification__1__title_name": "讲师", "qualification__1__level": "3"}
CHECKS = [
    ("change: the unit must be chosen, and carries the star", unit_asked),
    ("change: nothing changed stops", nothing),
    ("change: a major alone is clean", clean(major="水文")),
]
for _field in ("name", "sex", "id_number", "birth_date", "ethnic", "native_place", "political", "identity", "education", "school", "graduation_date", "funding",
               "person_status", "wage_source"):
    CHECKS.append(("change: %s is not emptied" % _field, stops(_field, "请", **{_field: ""})))
CHECKS += [
    ("change: structure is not emptied", stops("structure", "请", structure="")),
    ("change: post category is not emptied", stops("post_category", "请", post_category="")),
    ("change: use is not emptied", stops("admin_use", "请", of="agency", admin_use="")),
    ("change: rank is not emptied", stops("civil_rank", "请", of="agency", civil_rank="")),
    ("change: a party member has a month", stops("party_join_date", "请填写", party_join_date="")),
    ("change: who is no member has none", closed("party_join_date", political="13")),
    ("change: a college major", stops("major", "请填写", education="21", major="")),
    ("change: below college no major", closed("major", education="61")),
    ("change: below college no degree", closed("degree", education="61")),
    ("change: use is closed outside of 行政", closed("admin_use")),
    ("change: structure is closed for 行政", closed("structure", of="agency")),
    ("change: post category is closed for 行政", closed("post_category", of="agency")),
    ("change: police class is closed for others", closed("politics_law")),
    ("change: titles are closed for 行政", lambda d: closed_list(d)),
    ("change: a day to come is no birthday", stops("birth_date", "不能晚于今天", birth_date="2099-01-01")),
    ("change: too young", stops("birth_date", "16", birth_date="2015-01-01")),
    ("change: began to work before sixteen", stops("birth_date", "16 周岁", birth_date="1995-01-01")),
    ("change: sex as in the number", lambda d: stops("sex", "不一致", sex={"1": "2", "2": "1"}[sex_of(d.person["school"])])(d)),
    ("change: birthday as in the number is told", warns("birth_date", "不一致", birth_date="1985-02-04")),
    ("change: joined to come", stops("party_join_date", "不能晚于", party_join_date="2099-01")),
    ("change: joined too young is told", warns("party_join_date", "18 周岁", party_join_date="1999-01")),
    ("change: graduated to come", stops("graduation_date", "不能晚于", graduation_date="2099-01")),
    ("change: graduated too young is told", warns("graduation_date", "12 周岁", graduation_date="1994-01")),
    ("change: 高中 has no other school", warns("school", "高中", education="61")),
    ("change: a usual degree is told", warns("degree", "一般有", degree="")),
    ("change: another funding than the unit's is told", warns("funding", "不一致", funding="3")),
    ("change: category of structure", stops("post_category", "不一致", structure="1", post_category="Z")),
    ("change: 无职务 alone", stops("duty", "无职务", of="agency", duty__1__post="0", duty__2__post="901", duty__2__appointment_type="1")),
    ("change: several duties are told", warns("duty", "个职务", of="agency", duty__2__post="901", duty__2__appointment_type="1")),
    ("change: a duty once", stops("duty", "两次", of="agency", duty__1__post="901", duty__2__post="901", duty__2__appointment_type="1")),
    ("change: a document with its day", stops("duty", "任职时间", of="agency", duty__1__doc_no="示组干〔2026〕1号", duty__1__appoint_date="")),
    ("change: a day with its document", stops("duty", "任职文号", of="agency", duty__1__doc_no="", duty__1__appoint_date="2026-01-05")),
    ("change: a duty has its post", stops("duty.1.post", "请选择", of="agency", duty__1__post="", **DUTY)),
    ("change: a title has its name", stops("qualification.1.title_name", "请", **dict(TITLE, qualification__1__title_name=""))),
    ("change: a title has its level", stops("qualification.1.level", "请", **dict(TITLE, qualification__1__level=""))),
    ("change: employed has its day", stops("qualification.1.employ_date", "请", **dict(TITLE, qualification__1__employed="1", qualification__1__employ_date=""))),
    ("change: a day of employment is of who is employed", stops("qualification.1.employ_date", "已聘任", **dict(TITLE, qualification__1__employ_date="2020-01-01"))),
    ("change: acquired to come", stops("qualification.1.acquire_date", "不能晚于", **dict(TITLE, qualification__1__acquire_date="2099-01-01"))),
    ("change: employed to come", stops("qualification.1.employ_date", "不能晚于", **dict(TITLE, qualification__1__employed="1", qualification__1__employ_date="2099-01-01"))),
    ("change: a grade that there is", stops("qualification.1.title_name", "没有", qualification__1__kind="worker", qualification__1__title_name="超级工", qualification__1__level="")),
    ("change: a worker's title of 专技 is told", warns("qualification", "请核对", qualification__1__kind="worker", qualification__1__title_name="高级工", qualification__1__level="")),
]


def post_full(desk):
    stops("duty", "已配", of="agency", **dict(DUTY, duty__1__post=desk.full))(desk)


def lead_full(desk):
    stops("duty", "先办理编制核定", of="agency", **dict(DUTY, duty__1__post=desk.bare))(desk)


def post_over(desk):
    warns("duty", "已附超职数配备的批准文件", of="over")(desk)


CHECKS += [
    ("change: a corrected name has its paper", stops("paper.change_idcard", "请上传", **{"name": "欧阳示例"})),
    ("change: a title has its kind", stops("qualification.1.kind", "请选择", **dict(TITLE, qualification__1__kind=""))),
    ("change: a worker's grade has no level", formchecks.shut_cells("qualification.1.level", qualification__1__kind="worker", qualification__1__title_name="高级工")),
    ("change: a post without a free seat stops", post_full),
    ("change: a class of which nothing is left stops", lead_full),
    ("change: above the number by a paper is told", post_over),
    ("change: not sixteen yet", stops("birth_date", "未满 16 周岁", birth_date="2015-01-01")),
    ("change: a worker's structure that the unit has not is told", warns("structure", "没有核定工勤结构", structure="3", post_category="W")),
    ("change: a worker is a worker", warns("identity", "一般为工人身份", of="worker", identity="1")),
    ("change: a rank above those of the office is told", warns("civil_rank", "最高职级", of="agency", civil_rank="A01")),
    ("change: a status that the office has set stays", closed("person_status", of="kept")),
    ("change: a duty has its kind", stops("duty.1.appointment_type", "请选择", of="agency", duty__1__appointment_type="", **DUTY)),
]


def closed_list(desk):
    grid = [g for g in desk.item("agency").xml.iter("grid") if g.get("id") == "qualification"][0]
    assert grid.get("closed"), grid.attrib


def failing(desk):
    return formchecks.failing(desk, CHECKS)
