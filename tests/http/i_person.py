# The fields of a person from the form into the register and back (HY-43 to
# HY-69).  SPDX-License-Identifier: MulanPSL-2.0
import csv
import os

import office as O
import town as T


def row(town, sql):
    return town.sql(sql)[0]


def approved(town, unit="D031", boss="shenhe1", mode="01", **values):
    """A case of one person, approved: the number of the person's identity card."""
    who, number = O.clerk(town, unit), O.new_number()
    case = O.new_case(who, mode)
    O.add_paper(who, case)
    O.add_person(who, case, number=number, **values)
    O.submit(who, case)
    O.decide(O.reviewer(town, boss), case, "approve")
    return number


def fields(page):
    return {f.get("id"): f for f in page.xml.iter("f")}


def options(page, field):
    return [o.get("v") for o in fields(page)[field].findall("o") if o.get("v")]


def at_case(town, unit="D031", mode="01"):
    who = O.clerk(town, unit)
    return who, O.new_case(who, mode)


def test_stored(town):
    """HY-53 HY-54 HY-55 HY-56 HY-57 HY-61 HY-62 HY-63 HY-64 every person-level field lands in the register"""
    O.make_room(town, 3)
    number = approved(town, mode="03", from_unit="示例市某局", from_staffing_type="11", staffing_start="2020-09-01", work_start="2020-08-01",
                      civil_registered="1")
    got = row(town, "SELECT native_place, school, graduation_date, party_join_date, identity, staffing_start, civil_registered, major, degree,"
                    " education, political FROM st_person WHERE id_number = '%s'" % number)
    assert got == ["湖南长沙", "湖南大学", "2020-06-01", "2019-06-01", "1", "2020-09-01", "1", "环境工程", "408", "21", "01"], got


def test_months(town):
    """HY-55 HY-56 入党团时间 and 毕业时间 are months: no page shows a day, whatever was typed or is stored"""
    O.make_room(town, 3)
    who, boss, number = O.clerk(town), O.reviewer(town), O.new_number()
    case = O.new_case(who)
    O.add_paper(who, case)
    O.add_person(who, case, number=number, graduation_date="2020年6月15日", party_join_date="2019-06")
    href = case + "/item/" + town.one("SELECT id FROM bz_item WHERE case_id = %d" % O.case_id(case))
    assert who.get(href).form("/item/").fields["graduation_date"] == "2020-06"
    O.submit(who, case)
    O.decide(boss, case, "approve")
    pid = town.one("SELECT id FROM st_person WHERE id_number = '%s'" % number)
    town.sql("UPDATE st_person SET graduation_date = '2021-07-01', staffing_start = '2026-11-02' WHERE id = " + pid)
    page = boss.get("/staffing/person/" + pid)
    card = {kv.get("t"): kv.text for kv in page.xml.iter("kv")}
    assert [card[t] for t in ("入党团时间", "毕业时间", "出生日期")] == ["2019-06", "2021-07", "1998-03-12"], card
    told = {r.findtext("c[2]"): [c.text for c in r.findall("c")[2:]] for t in page.xml.iter("table") if t.get("id") == "changes" for r in t.findall("r")}
    assert told["毕业时间"] == ["2020-06", "2021-07"] and told["入编时间"][1] == "2026-11-02", told


def test_employment(town):
    """HY-44 HY-59 HY-65 HY-68 HY-69 every employment-level field lands in the employment"""
    O.make_room(town, 3)
    organ = town.one("SELECT o.id FROM st_organ o JOIN st_unit u ON u.id = o.unit_id WHERE u.unit_code = 'D031' ORDER BY o.id LIMIT 1")
    number = approved(town, mode="03", from_unit="示例市某局", from_staffing_type="11", organ=organ, civil_rank="A10", wage_source="2")
    got = row(town, "SELECT e.civil_rank, e.organ_id, e.wage_source, e.from_unit, e.from_staffing_type, e.admin_use, e.structure, e.post_category"
                    " FROM st_employment e JOIN st_person p ON p.id = e.person_id WHERE p.id_number = '%s'" % number)
    assert got == ["A10", organ, "2", "示例市某局", "11", "3", "", ""], got


def test_qualification(town):
    """HY-66 HY-60 HY-58 聘(评)专业技术职务情况, 编制结构 and 岗位类别 of a person of 事业编制 are stored"""
    for book, of in (("type", "22"), ("structure", "2")):
        O.make_room(town, 3, "S006", of, book)
    title = {"qualification.1.kind": "title", "qualification.1.title_name": "讲师（高校）", "qualification.1.level": "3",
             "qualification.1.acquire_date": "2025-12-01", "qualification.1.cert_no": "示职证字第000000000001号",
             "qualification.1.employed": "1", "qualification.1.employ_date": "2026-01-01"}
    number = approved(town, "S006", mode="09", **dict(O.PUBLIC, **title))
    got = row(town, "SELECT q.kind, q.title_code, q.title_name, q.level, q.acquire_date, q.cert_no, q.employed, q.employ_date, e.structure,"
                    " e.post_category FROM st_qualification q JOIN st_person p ON p.id = q.person_id JOIN st_employment e ON e.person_id = p.id"
                    " WHERE p.id_number = '%s'" % number)
    assert got == ["title", "013", "讲师（高校）", "3", "2025-12-01", "示职证字第000000000001号", "1", "2026-01-01", "2", "Z"], got


def test_none(town):
    """HY-66 未聘未评 is a value, and no title is stored for it"""
    for book, of in (("type", "22"), ("structure", "2")):
        O.make_room(town, 3, "S006", of, book)
    number = approved(town, "S006", mode="09", **O.PUBLIC)
    assert town.one("SELECT COUNT(*) FROM st_qualification q JOIN st_person p ON p.id = q.person_id WHERE p.id_number = '%s'" % number) == "0"


def test_start_of_new(town):
    """HY-61 入编时间 of a new person is the day of the approval, whatever the browser sends"""
    O.make_room(town, 3)
    number = approved(town, staffing_start="2019-01-01")
    got = row(town, "SELECT p.staffing_start, e.valid_from FROM st_person p JOIN st_employment e ON e.person_id = p.id WHERE p.id_number = '%s'" % number)
    assert got[0] == got[1], got


def test_ranks(town):
    """HY-44 公务员职级: 未套改 and the ranks of the level for 行政编制, 无 alone for 事业编制 and 工勤编制"""
    who, case = at_case(town)
    page = O.add_person(who, case, do="check", status=200)
    ranks = options(page, "civil_rank")
    assert "X01" in ranks and "A02" in ranks and "A12" in ranks and "X02" not in ranks and "F08" not in ranks and "D08" not in ranks, ranks
    page = O.add_person(who, case, do="check", status=200, staffing_type="31", civil_rank="X02", identity="2", qualification__1__kind="none")
    assert options(page, "civil_rank") == ["X02"], options(page, "civil_rank")
    who, case = at_case(town, "S006", "09")
    page = O.add_person(who, case, do="check", status=200, **O.PUBLIC)
    assert options(page, "civil_rank") == ["X02"] and not fields(page)["civil_rank"].get("req")
    page = O.add_person(who, case, do="check", status=422, **dict(O.PUBLIC, civil_rank="A10"))
    assert "civil_rank" in page.errors(), page.errors()


def test_county_rank(town):
    """HY-44 an organ of a county offers the ranks of a county and no higher one"""
    code = town.one("SELECT u.unit_code FROM st_unit u JOIN st_quota q ON q.unit_id = u.id AND q.book = 'type' AND q.code = '11'"
                    " WHERE u.division_code = '480302' AND u.unit_code IN ('%s') LIMIT 1" % "','".join(a["account"] for a in O.ACCOUNTS))
    if code is None:          # no demo account there: look at the choice of a unit that has moved to the county
        town.sql("UPDATE st_unit SET division_code = '480302' WHERE unit_code = 'D031'")
    try:
        who, case = at_case(town, code or "D031")
        ranks = options(O.add_person(who, case, do="check", status=200), "civil_rank")
        assert "A02" in ranks and "A01" not in ranks and "A04" in ranks, ranks
        page = O.add_person(who, case, do="check", status=200, civil_rank="A03")
        assert [e for e in page.all("warnings/e") if e.get("f") == "civil_rank"], page.text[:600]
    finally:
        if code is None:
            town.sql("UPDATE st_unit SET division_code = '480300' WHERE unit_code = 'D031'")


def test_politics_law(town):
    """HY-43 政法人员分类: only the classes of the 政法专项编制 that was chosen; stored"""
    O.make_room(town, 3, "D006", "12")
    who, case = at_case(town, "D006")
    page = O.add_person(who, case, do="check", status=422, staffing_type="121", politics_law="31")
    assert "politics_law" in page.errors() and options(page, "politics_law")[:3] == ["11", "12", "13"], options(page, "politics_law")
    number = approved(town, "D006", staffing_type="121", politics_law="12", civil_rank="D11")
    assert row(town, "SELECT e.politics_law, e.civil_rank, e.quota_code FROM st_employment e JOIN st_person p ON p.id = e.person_id"
                     " WHERE p.id_number = '%s'" % number) == ["12", "D11", "12"]


def test_organs(town):
    """HY-59 所在内设机构 offers the organs of the unit and nothing else, and may stay empty"""
    who, case = at_case(town)
    mine = {r[0] for r in town.sql("SELECT o.id FROM st_organ o JOIN st_unit u ON u.id = o.unit_id WHERE u.unit_code = 'D031'")}
    page = O.add_person(who, case, do="check", status=200)
    assert set(options(page, "organ")) == mine and mine, options(page, "organ")
    other = town.one("SELECT o.id FROM st_organ o JOIN st_unit u ON u.id = o.unit_id WHERE u.unit_code = 'D006' LIMIT 1")
    assert "organ" in O.add_person(who, case, do="check", status=422, organ=other).errors()


def test_words(town):
    """HY-57 人员身份 is 干部, 工人 or 聘干; HY-54 高中 is offered as 毕业学校, any other may be typed; HY-58 only structures that a 岗位类别 stands for"""
    who, case = at_case(town)
    page = O.add_person(who, case, do="check", status=200, school="某地方学院")
    assert [(o.get("v"), o.text) for o in fields(page)["identity"].findall("o") if o.get("v")] == [("1", "干部"), ("2", "工人"), ("3", "聘干")]
    assert "高中" in [s.text for s in fields(page)["school"].findall("s")]
    who, case = at_case(town, "S006", "09")
    page = O.add_person(who, case, do="check", status=200, **O.PUBLIC)
    assert options(page, "structure") == ["1", "2", "3"], options(page, "structure")


def test_hints(town):
    """HY-30 HY-69 beside each field stands the filling rule of the source"""
    who, case = at_case(town)
    f = fields(O.item_page(who, case))
    for field, words in {
            "native_place": "按编制卡上籍贯填写（不知道的打电话询问本人）", "school": "高中毕业请选择高中", "party_join_date": "党员填写入党时间，非党员不填",
            "identity": "聘干（工人身份被聘为干部）", "organ": "已经确定内设机构选择对应项，未确定不填", "civil_registered": "已办理公务员登记人员勾选",
            "major": "大专及以上学历填写", "degree": "学士及以上学位获得者按照档案填写", "wage_source": "按照单位工资实际发放形式填写",
            "civil_rank": "未职级并行的选择“未套改”", "politics_law": "非政法人员不选"}.items():
        assert words in (f[field].get("hint") or ""), (field, f[field].attrib)


class Full:
    """A leading post of D031 that has as many holders as were approved."""

    def __init__(self, town):
        self.town = town
        self.post, self.quota, self.held = town.sql(
            "SELECT p.post_code, p.quota, (SELECT COUNT(*) FROM st_duty d JOIN st_employment e ON e.id = d.employment_id WHERE d.post_id = p.id"
            " AND e.valid_to = '9999-12-31') AS held FROM st_post p JOIN st_unit u ON u.id = p.unit_id WHERE u.unit_code = 'D031'"
            " AND p.leader_class = '12' HAVING held > 0 ORDER BY p.id LIMIT 1")[0]
        self.account = " FROM st_quota q JOIN st_unit u ON u.id = q.unit_id WHERE u.unit_code = 'D031' AND q.book = 'lead' AND q.code = '12'"

    def __enter__(self):
        self.town.sql("UPDATE st_post SET quota = %s WHERE post_code = '%s'" % (self.held, self.post))
        return self

    def __exit__(self, *error):
        self.town.sql("UPDATE st_post SET quota = %s WHERE post_code = '%s'" % (self.quota, self.post))

    def row(self):
        return {"duty__1__post": self.post, "duty__1__doc_no": "示组〔2026〕1号", "duty__1__appoint_date": "2026-11-10"}

    def over(self):
        return int(self.town.one("SELECT q.occupied - q.approved" + self.account))


def test_post_full(town):
    """HY-48 a leading post that is full stops with the numbers, and 上报 does not pass"""
    O.make_room(town, 3)
    who, case = at_case(town)
    with Full(town) as full:
        page = O.add_person(who, case, do="check", status=422, **full.row())
        told = page.errors()["duty"]
        assert "核定 %s 名，已配 %s 名，本申请单 1 名" % (full.held, full.held) in told and "批准文件" in told, told


def test_post_over(town):
    """HY-48 超职数: with the paper it is a warning to both sides, the approval goes through, and the proofs of the book hold"""
    O.make_room(town, 3)
    who, boss, case = O.clerk(town), O.reviewer(town), None
    with Full(town) as full:
        room = -full.over()
        town.sql("START TRANSACTION; INSERT INTO st_quota_posting (unit_id, book, code, account, amount, posted_on, paper, recorded_at)"
                 " SELECT q.unit_id, 'lead', '12', 'approved', %d, '2026-01-01', '测试核减', NOW()%s;"
                 " UPDATE st_quota q JOIN st_unit u ON u.id = q.unit_id SET q.approved = q.approved - %d WHERE u.unit_code = 'D031'"
                 " AND q.book = 'lead' AND q.code = '12'; COMMIT" % (-room, full.account, room))
        case = O.new_case(who)
        O.add_paper(who, case)
        form = O.item_form(who, case)
        form.fields.update(O.PERSON)
        form.fields.update({k.replace("__", "."): v for k, v in full.row().items()})
        page = who.post(form, files=dict(O.scans(form), **{"paper.over_lead": ("批准文件.pdf", O.T.pdf())}), extra={"do": "save"})
        assert page.status == 303 and "done=item" in page.headers["location"], page.headers
        confirm = who.get(case + "/confirm")
        assert [e for e in confirm.all("warnings/e") if "超职数" in "".join(e.itertext())], confirm.text[:800]
        O.submit(who, case)
        boss.get(case + "/review").says("已附超职数配备的批准文件")
        O.decide(boss, case, "approve")
        assert full.over() == 1, full.over()
        assert town.one("SELECT COUNT(*) FROM st_over_duty o JOIN st_employment e ON e.id = o.employment_id WHERE e.entry_case_id = %d"
                        % O.case_id(case)) == "1"
        out = town.tool("verify", check=False)
        assert out.returncode == 0, out.stdout
        town.sql("DELETE o FROM st_over_duty o JOIN st_employment e ON e.id = o.employment_id WHERE e.entry_case_id = %d" % O.case_id(case))
        out = town.tool("verify", check=False)
        assert out.returncode != 0 and "超职数批准文件" in out.stdout, "verify does not see a post above its number without a paper"
        town.sql("INSERT INTO st_over_duty SELECT e.id, 1, 1 FROM st_employment e WHERE e.entry_case_id = %d" % O.case_id(case))
        town.sql("UPDATE st_post SET quota = quota + 1 WHERE post_code = '%s'" % full.post)
        out = town.tool("verify", check=False)
        assert out.returncode != 0 and "超职数批准文件" in out.stdout, "a paper covers an account whose post is not above its number"
    O.make_room(town, 0, "D031", "12", "lead")


def test_post_higher(town):
    """HY-48 高职低配: where the office allows it, who finds the post full sits on a free seat above it, counted there, under the own name; one more is stopped"""
    O.make_room(town, 5)
    with Full(town) as full:
        above = town.one("SELECT a.post_code FROM st_post p JOIN st_post a ON a.unit_id = p.unit_id AND a.organ_id <=> p.organ_id AND a.leader_class = '11'"
                         " WHERE p.post_code = '%s' ORDER BY a.sort_order LIMIT 1" % full.post)
        name = town.one("SELECT IF(o.id IS NULL, p.name, CONCAT(o.name, p.name)) FROM st_post p LEFT JOIN st_organ o ON o.id = p.organ_id"
                        " WHERE p.post_code = '%s'" % above)
        held = "(SELECT COUNT(*) FROM st_duty d JOIN st_employment e ON e.id = d.employment_id WHERE d.post_id = st_post.id AND e.valid_to = '9999-12-31')"
        quotas = town.sql("SELECT p.id, p.quota FROM st_post p JOIN st_unit u ON u.id = p.unit_id WHERE u.unit_code = 'D031' AND p.leader_class = '11'")
        town.sql("UPDATE st_post SET quota = %s WHERE unit_id = %d AND leader_class = '11'" % (held, O.unit_id(town)))
        O.make_room(town, 1, "D031", "11", "lead")
        lead = lambda of: int(town.one("SELECT occupied FROM st_quota WHERE unit_id = %d AND book = 'lead' AND code = '%s'" % (O.unit_id(town), of)))
        before = lead("11"), lead("12")
        try:
            with town.otherwise("[office 480300]\noption.entry.higher=yes\n"):
                who, boss = O.clerk(town), O.reviewer(town)
                page = O.add_person(who, O.new_case(who), do="check", status=422, **full.row())
                assert "职数不够" in page.errors()["duty"], "no seat is free above"
                town.sql("UPDATE st_post SET quota = quota + 1 WHERE post_code = '%s'" % above)
                case = O.new_case(who)
                O.add_paper(who, case)
                O.add_person(who, case, name="尹低配", **full.row())
                two = O.add_person(who, case, do="check", status=422, name="尹更低", **full.row())
                assert "职数不够" in two.errors()["duty"], "one seat above is promised to two"
                O.make_room(town, 0, "D031", "11", "lead")
                page = O.add_person(who, O.new_case(who), do="check", status=422, **full.row())
                assert "职数不够" in page.errors()["duty"], "a seat whose class the book has none left of"
                O.make_room(town, 1, "D031", "11", "lead")
                O.submit(who, case)
                page = boss.get(case + "/review")
                page.says("按高职低配占用", "由审核人核定")
                bars = {r.get("t"): (r.get("add"), r.get("left")) for r in page.xml.iter("row") if r.get("cap")}
                assert bars[name] == ("1", "0") and not [b for b in bars.values() if b[1].startswith("-")], bars
                O.decide(boss, case, "approve")
                sits = town.sql("SELECT p.post_code, d.duty FROM st_duty d JOIN st_employment e ON e.id = d.employment_id JOIN st_post p ON p.id = d.post_id"
                                " WHERE e.entry_case_id = %d" % O.case_id(case))
                assert [tuple(r) for r in sits] == [(above, full.post)], sits
                assert (lead("11"), lead("12")) == (before[0] + 1, before[1])
                who.get("/staffing/unit/%d" % O.unit_id(town)).says("尹低配（低配：")
                page = O.add_person(who, O.new_case(who), do="check", status=422, **full.row())
                assert "职数不够" in page.errors()["duty"], page.errors()
                assert town.tool("verify").returncode == 0
            who = O.clerk(town)
            town.sql("UPDATE st_post SET quota = quota + 1 WHERE post_code = '%s'" % above)
            page = O.add_person(who, O.new_case(who), do="check", status=422, **full.row())
            assert "职数不够" in page.errors()["duty"], "the office does not allow it"
        finally:
            for post, quota in quotas:
                town.sql("UPDATE st_post SET quota = %s + 1 WHERE id = %s" % (quota, post))


def test_lead_full(town):
    """HY-48 a post with a seat free, of a class of which the book has none left (核减, 冻结): told with the figures before 上报, not first at the approval"""
    O.make_room(town, 3)
    who, case = at_case(town)
    with Full(town) as full:
        town.sql("UPDATE st_post SET quota = quota + 1 WHERE post_code = '%s'" % full.post)
        O.make_room(town, 0, "D031", "12", "lead")
        page = O.add_person(who, case, do="check", status=422, **full.row())
        told = page.errors()["duty"]
        assert "职数核定" in told and "空编 0 名" in told and "本申请单 1 名，职数不够" in told, told
        O.make_room(town, 1, "D031", "12", "lead")
        O.add_person(who, case, name="尹有位", **full.row())
        page = O.add_person(who, case, do="check", status=422, name="尹无位", **full.row())
        assert "职数不够" in page.errors()["duty"], page.errors()
    O.make_room(town, 0, "D031", "12", "lead")


def test_structure_full(town):
    """HY-58 no room in the structure: the clerk is stopped with the figures, and it is a finding of the reviewer's page"""
    O.make_room(town, 3, "S006", "22")
    O.make_room(town, 1, "S006", "2", "structure")
    who, case = at_case(town, "S006", "09")
    O.add_paper(who, case)
    O.add_person(who, case, **O.PUBLIC)
    O.submit(who, case)
    O.make_room(town, 0, "S006", "2", "structure")
    try:
        page = O.reviewer(town, "shenhe2").get(case + "/review")
        assert [k for k in page.xml.iter("k") if k.get("s") == "no" and "编制结构“专业技术”不足" in "".join(k.itertext())], page.text[:3000]
        page = O.add_person(who, O.new_case(who, "09"), do="check", status=422, **O.PUBLIC)
        assert "空编 0 名，本申请单 1 人" in page.errors()["structure"], page.errors()
    finally:
        O.make_room(town, 3, "S006", "2", "structure")


def leading(town, who, full):
    """A case with one person for the leading post and the paper for going above its number."""
    case = O.new_case(who)
    O.add_paper(who, case)
    form = O.item_form(who, case)
    form.fields.update(O.PERSON)
    form.fields.update({k.replace("__", "."): v for k, v in full.row().items()})
    form.set(id_number=O.new_number())
    page = who.post(form, files=dict(O.scans(form), **{"paper.over_lead": ("批准文件.pdf", O.T.pdf())}), extra={"do": "save"})
    assert page.status == 303 and "done=item" in page.headers["location"], page.text[:2000]
    return case


def test_post_over_unseen(town):
    """HY-48 超职数: a post that fills after the reviewer's look is not gone above unseen; after another look it is"""
    O.make_room(town, 3)
    who, boss = O.clerk(town), O.reviewer(town)
    with Full(town) as full:
        town.sql("UPDATE st_post SET quota = quota + 1 WHERE post_code = '%s'" % full.post)
        O.make_room(town, 2, "D031", "12", "lead")
        case, over = leading(town, who, full), "SELECT COUNT(*) FROM st_over_duty"
        O.submit(who, case)
        form, before = O.asked(O.ask(boss, case, "approve")), town.one(over)
        town.sql("UPDATE st_post SET quota = quota - 1 WHERE post_code = '%s'" % full.post)
        page = boss.post(form, extra={"move": "approve"})
        assert page.status in (409, 422) and O.state(town, case) == "open", page.status
        page.says("系统核验有了打开页面时没有的提示", "返回修改", "已附超职数配备的批准文件")
        seen = O.asked(page)
        town.sql("UPDATE st_post SET quota = quota - 1 WHERE post_code = '%s'" % full.post)
        assert boss.post(seen, extra={"move": "approve"}).status == 409, "the numbers are not those that were shown"
        assert town.one(over) == before
        O.decide(boss, case, "approve")
        assert int(town.one(over)) == int(before) + 1
    O.make_room(town, 0, "D031", "12", "lead")


def test_post_paper_unneeded(town):
    """HY-48 超职数: a paper that was not needed lifts nothing, is not recorded and covers nobody else"""
    O.make_room(town, 3)
    who, boss = O.clerk(town), O.reviewer(town)
    with Full(town) as full:
        town.sql("UPDATE st_post SET quota = quota + 1 WHERE post_code = '%s'" % full.post)
        O.make_room(town, 2, "D031", "12", "lead")
        case, over = leading(town, who, full), "SELECT COUNT(*) FROM st_over_duty"
        O.submit(who, case)
        before = town.one(over)
        O.decide(boss, case, "approve")
        assert town.one(over) == before
        free = O.free_posts(town, "D031", "lead", "12")
        town.sql("UPDATE st_post SET quota = quota + 1 WHERE post_code = '%s'" % full.post)
        case = leading(town, who, full)
        O.submit(who, case)
        form = O.asked(O.ask(boss, case, "approve"))
        town.sql("UPDATE st_quota q JOIN st_unit u ON u.id = q.unit_id SET q.approved = q.approved - %d WHERE u.unit_code = 'D031'"
                 " AND q.book = 'lead' AND q.code = '12'" % free)
        try:
            page = boss.post(form, extra={"move": "approve"})
            assert page.status in (409, 422) and O.state(town, case) == "open", page.status
        finally:
            town.sql("UPDATE st_quota q JOIN st_unit u ON u.id = q.unit_id SET q.approved = q.approved + %d WHERE u.unit_code = 'D031'"
                     " AND q.book = 'lead' AND q.code = '12'" % free)
        O.decide(boss, case, "approve")


def test_photo_kept(town):
    """HY-46 the photo stays with the approved person: on the card, and 验证 asks for no other"""
    O.make_room(town, 3)
    number = approved(town)
    pid, name = row(town, "SELECT id, name FROM st_person WHERE id_number = '%s'" % number)
    who = O.clerk(town)
    card = who.get("/staffing/person/" + pid)
    photo = [p for p in card.xml.iter("photo")][0]
    got = who.get(photo.get("src"))
    assert got.status == 200 and got.headers["content-type"] == "image/jpeg" and got.body[:2] == b"\xff\xd8"
    assert O.clerk(town, "D006").get("/staffing/person/%s/photo" % pid).status == 404, "the photo of another unit's person"
    town.sql("START TRANSACTION; UPDATE st_quota q JOIN st_employment e ON e.unit_id = q.unit_id AND q.book = 'type' AND q.code = e.quota_code"
             " SET q.occupied = q.occupied - 1 WHERE e.person_id = {0} AND e.valid_to = '9999-12-31';"
             " INSERT INTO st_quota_posting (unit_id, book, code, account, amount, posted_on, person_id, paper, recorded_at)"
             " SELECT unit_id, 'type', quota_code, 'occupied', -1, DATE_ADD(valid_from, INTERVAL 0 DAY), person_id, '', NOW() FROM st_employment"
             " WHERE person_id = {0} AND valid_to = '9999-12-31';"
             " UPDATE st_employment SET valid_from = '2026-01-01', valid_to = '2026-11-01', exit_reason = '04' WHERE person_id = {0};"
             " COMMIT".format(pid))
    case = O.new_case(who)
    page = O.item_page(who, case, name=name, number=number)
    photo = [p for p in page.xml.iter("photo")][0]
    assert not photo.get("req") and "已有照片" in photo.get("hint"), photo.attrib
    form = page.form("/item/")
    assert "photo" not in form.wanted and "degree" not in form.wanted and "idcard" in form.wanted, form.wanted
    closed = {f.get("id") for f in page.xml.iter("f") if f.get("closed")}
    assert {"native_place", "school", "graduation_date", "party_join_date", "identity", "staffing_start", "major", "degree", "education",
            "political", "work_start", "ethnic", "birth_date"} <= closed, closed
    assert not {"staffing_type", "funding", "civil_rank", "organ", "person_status", "wage_source"} & closed, closed


def test_head_changed(town):
    """HY-12 the head changes after persons were added: each is checked again, and the clerk is told who no longer fits"""
    O.make_room(town, 5)
    who, case = at_case(town)
    O.add_person(who, case, name="周文博", from_unit="示例市某校", from_staffing_type="22")
    O.add_person(who, case, name="谭𬭎", from_unit="示例市某局", from_staffing_type="11", work_start="2020-01-01", staffing_start="2020-01-01")
    states = "SELECT label, state FROM bz_item WHERE case_id = %d ORDER BY seq" % O.case_id(case)
    assert town.sql(states) == [["周文博", "ready"], ["谭𬭎", "ready"]], town.sql(states)
    page = who.post(who.get(case).form(case).set(entry_mode="02"), extra={"do": "save"})
    assert page.status == 303 and "done=head" in page.headers["location"] and town.sql(states)[0][1] == "ready", page.headers
    page = who.post(who.get(case).form(case).set(entry_mode="03"), extra={"do": "save"}, follow=True)
    told = {"".join(e.itertext()): e.get("href") for e in page.all("errors/e")}
    assert [t for t in told if t.startswith("周文博：") and "应用“调任”" in t and "/item/" in told[t]], told
    page.says("与新的申请信息不符")
    assert town.sql(states)[0] == ["周文博", "draft"], town.sql(states)
    assert "<entry_mode>03" in town.one("SELECT body FROM bz_item WHERE case_id = %d ORDER BY seq LIMIT 1" % O.case_id(case))


def test_reason_is_editable(town):
    """HY-14 业务事由 follows the form of entry and the number of persons until the clerk types another, which stays"""
    O.make_room(town, 5)
    who, case = at_case(town)
    O.add_person(who, case)

    def reason(page):
        return [f.get("v") for f in page.xml.iter("f") if f.get("id") == "reason"][0]
    assert reason(who.get(case)) == "以考试录用（考录）方式入编，共 1 人", reason(who.get(case))
    O.add_person(who, case)
    assert reason(who.get(case)).endswith("共 2 人")
    form = who.get(case).form(case).set(reason="补充执法力量，考录 2 人")
    assert who.post(form, extra={"do": "save"}).status == 303
    O.add_person(who, case)
    assert reason(who.get(case)) == "补充执法力量，考录 2 人"
    assert who.post(who.get(case).form(case).set(reason=""), extra={"do": "save"}).status == 303
    assert reason(who.get(case)).endswith("共 3 人"), reason(who.get(case))


def test_reason_of_other(town):
    """HY-12 HY-14 进入形式 其他: none is composed, the reason has to be typed, and the composed one of another form is not kept"""
    O.make_room(town, 5)
    who = O.clerk(town)
    form = who.get("/entry/new").form("/entry/new")
    page = who.post(form.set(entry_mode="99"))
    assert page.status == 422 and set(page.errors()) == {"reason"}, page.errors()
    assert page.errors()["reason"] == "进入形式为“其他”的，业务事由不能自动填写，请填写《编制审批表》的入编理由和人数"
    case = O.new_case(who, "99", reason="按市委编委会议纪要接收 1 人")
    O.add_person(who, case)
    assert town.one("SELECT reason FROM bz_case WHERE id = %d" % O.case_id(case)) == "按市委编委会议纪要接收 1 人"
    page = who.post(who.get(case).form(case).set(reason=""), extra={"do": "save"})
    assert page.status == 422 and "reason" in page.errors()
    case = O.filled_case(who)
    form = who.get(case).form(case)
    assert form.fields["reason"].endswith("方式入编，共 1 人"), form.fields
    page = who.post(form.set(entry_mode="99"), extra={"do": "save"})
    assert page.status == 422 and "reason" in page.errors(), "the composed reason of 考录 was taken for a typed one"
    page = who.post(form.set(entry_mode="99", reason="按会议纪要接收 1 人"), extra={"do": "save"})
    assert page.status == 303, page.errors()
    O.submit(who, case)


def test_room_is_said_once(town):
    """HY-39 what a case takes of a 编制类型 is said once, with the number of persons, not for each of them"""
    O.make_room(town, 4)
    who, boss = O.clerk(town), O.reviewer(town)
    other, case = O.filled_case(who, 2), O.filled_case(who, 3)
    O.submit(who, other)
    told = [e.text for e in who.get(case + "/confirm").all("warnings/e") if "空编" in (e.text or "")]
    assert told == ["行政编制空编 4 名，本申请单 3 人，连同其他在办申请单将超出，以先核准的为准"], told
    O.submit(who, case)
    found = ["".join(k.itertext()) for k in boss.get(case + "/review").xml.iter("k") if k.get("s") == "at" and "空编" in "".join(k.itertext())]
    assert found == told, found
    O.make_room(town, 2)
    page = O.decide(boss, case, "approve", status=422)
    short = [t for t in ("".join(e.itertext()) for e in page.xml.iter() if e.tag in ("k", "e")) if "编制不足" in t]
    assert set(short) == {"行政编制不足：核定 %s 名，实有 %s 名，空编 2 名，本申请单 3 人，请核减人数或先申请编制" % tuple(
        town.sql("SELECT approved, occupied FROM st_quota q JOIN st_unit u ON u.id = q.unit_id WHERE u.unit_code = 'D031' AND book = 'type' AND code = '11'")[0])}, short
    assert len(short) == 1, short
    page = who.get(case)
    for c in (other, case):
        O.decide(boss, c, "return", "空编不足")
    page = O.add_person(who, case, do="check", status=422)
    assert "本申请单 4 人" in page.errors()["staffing_type"], page.errors()
    O.make_room(town, 5)


def test_sentences(town):
    """HY-44 HY-48 an empty 职务 says its row and what to choose; a rank that a person cannot have says why and what to choose"""
    who, case = at_case(town)
    page = O.add_person(who, case, do="check", status=422, duty__1__post="", duty__1__doc_no="示任〔2026〕1号")
    assert page.errors()["duty.1.post"] == "请选择第 1 行的职务，没有职务的选择“无职务”", page.errors()
    page = O.add_person(who, case, do="check", status=422, duty__2__post="", duty__2__doc_no="示任〔2026〕1号")
    assert page.errors()["duty.2.post"] == "请选择第 2 行的职务，没有职务的选择“无职务”", page.errors()
    page = O.add_person(who, case, do="check", status=422, staffing_type="31", identity="2", qualification__1__kind="none", civil_rank="A11")
    assert page.errors()["civil_rank"] == ("“%s”不能用于本单位机关工勤编制人员，请重新选择公务员职级：行政编制、参公事业编制选择本人职级或“未套改”，其他编制选择“无”"
                                           % town_rank("A11")), page.errors()


def town_rank(code):
    with open(os.path.join(T.TOP, "sql", "codes", "civil_rank.csv"), encoding="utf-8", newline="") as f:
        return next(r["name"] for r in csv.DictReader(f) if r["code"] == code)


def test_former_unit(town):
    """persons: a unit that a person left finds neither card nor photo, and the new one sees no change of the old one's employment"""
    O.make_room(town, 3)
    number = approved(town)
    pid = town.one("SELECT id FROM st_person WHERE id_number = '%s'" % number)
    former, now, card = O.clerk(town), O.clerk(town, "D003"), "/staffing/person/" + pid
    town.sql("UPDATE st_employment SET wage_source = '9' WHERE person_id = %s" % pid)
    old = town.one("SELECT id FROM st_employment WHERE person_id = " + pid)
    start = town.one("SELECT valid_from FROM st_employment WHERE id = " + old)
    assert [former.get(card).status, former.get(card + "/photo").status] == [200, 200]
    assert "工资来源" in [r.findtext("c[2]") for t in former.get(card).xml.iter("table") if t.get("id") == "changes" for r in t.findall("r")]
    town.sql("UPDATE st_employment SET valid_from = '2026-01-01', valid_to = '2026-02-01', exit_reason = '0101' WHERE id = {0};"
             " INSERT INTO st_employment (person_id, unit_id, valid_from, valid_to, staffing_type, funding, person_status, entry_mode, quota_code)"
             " SELECT person_id, {1}, '2026-02-01', '9999-12-31', staffing_type, funding, person_status, '03', '11' FROM st_employment WHERE id = {0}"
             .format(old, O.unit_id(town, "D003")))
    try:
        assert [former.get(card).status, former.get(card + "/photo").status] == [404, 404]
        assert [now.get(card).status, now.get(card + "/photo").status] == [200, 200]
        whole = {who: [r.findtext("c[2]") for t in who.get(card).xml.iter("table") if t.get("id") == "changes" for r in t.findall("r")]
                 for who in (now, O.reviewer(town))}
        assert [("工资来源" in told) for told in whole.values()] == [False, True], whole
    finally:
        town.sql("DELETE FROM st_employment WHERE person_id = {0} AND id != {1};"
                 " UPDATE st_employment SET valid_from = '{2}', valid_to = '9999-12-31', exit_reason = NULL WHERE id = {1}".format(pid, old, start))


def test_numbers_of_list(town):
    """序号 counts the persons that are there, also after one was removed"""
    who, case = at_case(town)
    for _ in range(3):
        O.add_person(who, case)
    first = who.get(case).all("table/r")[0]
    remove = [c.get("href") for c in first.iter("c") if (c.get("href") or "").endswith("/remove")][0]
    assert who.post(who.get(remove).form("/remove"), extra={"do": "remove"}).status == 303
    assert [r.find("c").text for r in who.get(case).all("table/r")] == ["1", "2"]


def test_head_makes_ready(town):
    """a person whom a change of the head makes fit is 已完成"""
    O.make_room(town, 3)
    who, case = at_case(town, mode="03")
    O.add_person(who, case)
    state = "SELECT state FROM bz_item WHERE case_id = %d" % O.case_id(case)
    assert town.one(state) == "draft"
    assert who.post(who.get(case).form(case).set(entry_mode="01"), extra={"do": "save"}).status == 303
    assert town.one(state) == "ready"


def test_pair_words(town):
    """HY-12 the sentences about the form of entry name no group"""
    who, case = at_case(town, mode="05")
    page = O.add_person(who, case, do="check", status=422, from_unit="示例市某局", from_staffing_type="21")
    assert "从行政编制（参公事业）进入行政编制（参公事业）不能用“调任”" in page.errors()["staffing_type"], page.errors()
    who, case = at_case(town, mode="99")
    page = O.add_person(who, case, do="check", status=200)
    told = ["".join(e.itertext()) for e in page.all("warnings/e")]
    assert [t for t in told if "不常见，须由审核人按文件人工核定" in t and "组" not in t], told


def test_worker_structure(town):
    """HY-58 no warning about 编制结构 for 机关工勤编制"""
    who, case = at_case(town)
    page = O.add_person(who, case, do="check", status=200, staffing_type="31", civil_rank="X02", identity="2", qualification__1__kind="none")
    assert "没有核定工勤结构" not in page.text, page.text[:500]
