# The thin path: one entry case from the clerk to the numbered notice.
# SPDX-License-Identifier: MulanPSL-2.0
import re

import office as O


def test_login_page(town):
    """HY-3 log-in asks 单位账号, 经办人, 密码"""
    page = O.T.Browser(town).get("/login")
    page.says("单位账号", "经办人", "密码")
    assert {"account", "operator", "password"} <= set(page.form("/login").fields)


def test_menu_path(town):
    """HY-10 the menu leads 实名制管理系统 / 人员业务申请 / 人员入编管理"""
    page = O.clerk(town).get("/")
    assert page.status == 200
    page.says("实名制管理系统", "人员业务申请", "人员入编管理")
    entry = [m for m in page.xml.iter("m") if m.get("t") == "人员入编管理"]
    assert entry and entry[0].get("href") == "/bianzhi/entry/"
    page = O.clerk(town).get("/entry/")
    page.says("新建")


def test_whole_path(town):
    """HY-19 HY-21 two persons from 新建 to the numbered notice, in one transaction"""
    O.make_room(town, 5)
    who = O.clerk(town)
    case = O.new_case(who)
    O.add_paper(who, case)
    O.add_person(who, case, name="周文博")
    O.add_person(who, case, name="谭𬭎", sex="2", number=O.new_number(woman=True))
    assert O.state(town, case) == "draft"
    before = O.free_posts(town)
    O.submit(who, case)
    assert O.state(town, case) == "open" and O.free_posts(town) == before
    boss = O.reviewer(town)
    page = boss.get(case + "/review")
    page.says("周文博", "谭𬭎", "编制审批表", "行政编制")
    O.decide(boss, case, "approve", "同意")
    assert O.state(town, case) == "done"
    assert O.free_posts(town) == before - 2
    number = town.one("SELECT result_number FROM bz_case WHERE id = %d" % O.case_id(case))
    assert re.fullmatch(r"示编入〔\d{4}〕\d+号", number), number
    rows = town.sql("SELECT p.name, e.staffing_type, e.valid_to, e.entry_mode FROM st_employment e JOIN st_person p ON p.id = e.person_id"
                    " WHERE e.entry_case_id = %d ORDER BY e.id" % O.case_id(case))
    assert rows == [["周文博", "11", "9999-12-31", "01"], ["谭𬭎", "11", "9999-12-31", "01"]], rows
    assert town.one("SELECT COUNT(*) FROM st_quota_posting WHERE case_id = %d AND book = 'type'" % O.case_id(case)) == "2"
    assert int(town.one("SELECT COUNT(*) FROM bz_audit WHERE object_type = 'case' AND object_id = %d" % O.case_id(case))) >= 2
    print_form = who.get(case).form("/print/notice")
    page = who.post(print_form)
    assert page.status == 303 and page.headers["location"].endswith("/print/notice"), page.headers
    sheet = who.get(case + "/print/notice")
    sheet.says(number, "入编核准通知单", "周文博", "谭𬭎")
    html = who.get(case + "/print/notice", html=True)
    assert html.status == 200 and "用编单位" in html.text and "财政部门" in html.text and number in html.text


def test_numbers_without_gap(town):
    """A5.6 numbers of notices follow each other without a gap"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    numbers = []
    for _ in range(2):
        case = O.filled_case(who)
        O.submit(who, case)
        O.decide(boss, case, "approve")
        numbers.append(int(re.search(r"〕(\d+)号", town.one("SELECT result_number FROM bz_case WHERE id = %d" % O.case_id(case))).group(1)))
    assert numbers[1] == numbers[0] + 1, numbers


def test_reason_composed(town):
    """HY-14 业务事由 is composed from the form of entry and the number"""
    who = O.clerk(town)
    case = O.filled_case(who, persons=1)
    who.get(case).says("共 1 人")


def test_return_and_again(town):
    """return with a reason, correction, submission again, approval"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who)
    O.submit(who, case)
    page = O.decide(boss, case, "return", "", status=422)
    page.says("意见")
    O.decide(boss, case, "return", "请核对籍贯")
    assert O.state(town, case) == "returned"
    who.get(case).says("请核对籍贯")
    O.submit(who, case)
    O.decide(boss, case, "approve")
    assert O.state(town, case) == "done"


def test_reject(town):
    """reject ends the case and takes no post"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who)
    before = O.free_posts(town)
    O.submit(who, case)
    O.decide(boss, case, "reject", "不符合入编条件")
    assert O.state(town, case) == "rejected" and O.free_posts(town) == before
    who.get(case).says("不符合入编条件")


def test_withdraw(town):
    """A5.16 the clerk withdraws until the case has passed"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who)
    O.submit(who, case)
    page = who.post(who.get(case).form("/move"), extra={"move": "withdraw"})
    assert page.status == 303, page.text[:1500]
    assert O.state(town, case) == "draft"
    O.submit(who, case)
    O.decide(boss, case, "approve")
    page = who.get(case)
    assert "withdraw" not in page.text


def test_lists(town):
    """待办, 在办, 已办, 被退回 hold what they say"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who)
    number = town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(case))
    who.get("/entry/").says(number, "待办", "在办", "已办", "被退回")
    assert number not in boss.get("/entry/").text
    O.submit(who, case)
    boss.get("/entry/").says(number)
    O.decide(boss, case, "approve")
    assert number not in boss.get("/entry/").text
    who.get("/entry/?tab=done").says(number)


def test_person_and_unit_pages(town):
    """the approved person is on the person's and the unit's page"""
    O.make_room(town, 3)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.new_case(who)
    O.add_paper(who, case)
    number = O.new_number()
    O.add_person(who, case, name="欧阳若水", number=number)
    O.submit(who, case)
    O.decide(boss, case, "approve")
    person = town.one("SELECT id FROM st_person WHERE id_number = '%s'" % number)
    who.get("/staffing/person/" + person).says("欧阳若水", "行政编制")
    listed = who.post(who.get("/staffing/person/").query(), q="欧阳若水")
    listed.says("欧阳若水")
    assert number not in listed.text, "a list must mask the number"
    who.get("/staffing/unit/%d" % O.unit_id(town)).says("行政编制")


def test_verify_clean(town):
    """bianzhi verify finds nothing after all this"""
    out = town.tool("verify", check=False)
    assert out.returncode == 0, out.stdout
