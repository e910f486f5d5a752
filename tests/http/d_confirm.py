# The page that asks once more before a move that nothing takes back.
# SPDX-License-Identifier: MulanPSL-2.0
import re

import d_chains as C
import d_review as R
import office as O


def names(town, case):
    return [r[0] for r in town.sql("SELECT label FROM bz_item WHERE case_id = %d ORDER BY seq" % O.case_id(case))]


def lines(page):
    """What the page says will be done: title -> text."""
    return {k.get("t"): k.text or "" for k in page.xml.iter("kv")}


def moves(town, case):
    return int(town.one("SELECT COUNT(*) FROM bz_move WHERE case_id = %d AND move <> 'submit'" % O.case_id(case)))


def handed_in(town, persons=1, **values):
    O.make_room(town, 6)
    who = O.clerk(town)
    return who, O.reviewer(town), R.handed_in(town, who, persons, **values)


def test_confirm_approve(town):
    """confirm: 核准 is asked once more with number, unit, persons, opinion, figures and sheets; only then it is done"""
    who, boss, case = handed_in(town, 2)
    free, number = O.free_posts(town), R.number(town, case)
    page = O.ask(boss, case, "approve", "材料齐全\n同意")
    assert page.xml.get("view") == "confirm" and O.state(town, case) == "open" and moves(town, case) == 0
    said = lines(page)
    assert said["业务单号"] == number and "生态环境局" in said["申请单位"] and said["办理"] == "核准", said
    assert said["核准（2 人）"] == "、".join(names(town, case)) and said["意见说明"].split() == ["材料齐全", "同意"], said
    page.says("进入形式", "《入编核准通知单》一式三联", "《入编审批单》每人一份，共 2 份")
    rows = R.rows(page, "figures")
    assert [r[3] for r in rows if r[0] == "行政编制"] == ["%d → %d" % (free, free - 2)], rows
    form = O.asked(page)
    done = boss.post(form, extra={"move": "approve"})
    assert done.status == 303 and O.state(town, case) == "done" and O.free_posts(town) == free - 2
    opinion = town.one("SELECT opinion FROM bz_move WHERE case_id = %d AND move = 'approve'" % O.case_id(case))
    assert opinion.replace("\\n", "\n").split() == ["材料齐全", "同意"], opinion
    again = boss.post(form, extra={"move": "approve"})
    assert again.status == 303 and again.headers["location"] == done.headers["location"] and moves(town, case) == 1


def test_confirm_back(town):
    """confirm: 返回修改 shows the review with all that was typed and ticked, and does nothing"""
    who, boss, case = handed_in(town, 2)
    first, second = C.items(town, case)
    page = O.ask(boss, case, "part", "一人不符", take=[str(first)], **{"remark.%d.education" % second: "与证书不符"})
    form = O.asked(page)
    page = boss.post(form, extra={"back": "1"})
    assert page.status == 200 and page.xml.get("view") == "review" and O.state(town, case) == "open" and moves(town, case) == 0
    assert page.find("form/opinion").text == "一人不符"
    assert [i.get("id") for i in page.xml.iter("item") if i.get("taken")] == [str(first)]
    assert [f.get("remark") for f in page.xml.iter("f") if f.get("id") == "education" and f.get("remark")] == ["与证书不符"]
    assert O.press(boss, page.form("/move").set(opinion="一人不符"), "return").status == 303


def test_confirm_part(town):
    """confirm: 部分核准 lists who is approved, who goes back and what is said to them; the figures are of the approved alone"""
    who, boss, case = handed_in(town, 3)
    ids, labels, free = C.items(town, case), names(town, case), O.free_posts(town)
    page = O.ask(boss, case, "part", "一人不符", take=[str(i) for i in ids[1:]], **{"remark.%d.education" % ids[0]: "与证书不符"})
    said = lines(page)
    assert said["核准（2 人）"] == "、".join(labels[1:]) and said["退回（1 人）"] == labels[0], said
    assert said["%s：学历" % labels[0]] == "与证书不符", said
    page.says("其余 1 人另成一张申请单", "每人一份，共 2 份")
    assert [r[3] for r in R.rows(page, "figures") if r[0] == "行政编制"] == ["%d → %d" % (free, free - 2)]
    assert boss.post(O.asked(page), extra={"move": "part"}).status == 303
    assert O.state(town, case) == "done" and O.free_posts(town) == free - 2
    rest = town.sql("SELECT id, state FROM bz_case WHERE split_from = %d" % O.case_id(case))
    assert [r[1] for r in rest] == ["returned"], rest
    assert town.one("SELECT text FROM bz_remark WHERE item_id = %d" % ids[0]) == "与证书不符"


def test_confirm_changed(town):
    """confirm: a case that was decided, or changed and handed in again, while the page was open is a conflict for 确认 and for 返回修改"""
    who, boss, case = handed_in(town)
    other = O.reviewer(town, "shenhe2")
    form, back = (O.asked(O.ask(boss, case, "approve")) for _ in range(2))
    O.decide(other, case, "return", "请补正")
    O.submit(who, case)
    for page in (boss.post(form, extra={"move": "approve"}), boss.post(back, extra={"back": "1"})):
        assert page.status == 409 and O.state(town, case) == "open", page.status
        page.says("您的办理没有保存")
    mine, theirs = O.asked(O.ask(boss, case, "approve")), O.asked(O.ask(other, case, "reject", "不符合条件"))
    assert other.post(theirs, extra={"move": "reject"}).status == 303
    page = boss.post(mine, extra={"move": "approve"})
    assert page.status == 409 and O.state(town, case) == "rejected", page.status
    page.says("不予办理", "打开申请单")


def test_confirm_new_finding(town):
    """confirm: what the system finds only after the page was shown is not gone over unseen"""
    who, boss, case = handed_in(town)
    form = O.asked(O.ask(boss, case, "approve", "同意办理"))
    more = [R.handed_in(town, who) for _ in range(2)]
    O.make_room(town, 2)
    page = boss.post(form, extra={"move": "approve"})
    assert page.status == 409 and O.state(town, case) == "open", page.status
    page.says("系统核验有了打开页面时没有的提示", "以先核准的为准")
    assert page.xml.get("title") == "人员入编核准确认" and O.asked(page).fields["opinion"] == "同意办理", "what was typed is lost"
    assert boss.post(O.asked(page), extra={"move": "approve"}).status == 303 and O.state(town, case) == "done"
    R.back(boss, *more)


def test_confirm_part_of_little_room(town):
    """confirm: a part whose findings are other sentences than those of the whole case can be approved; its page shows them"""
    who, boss, case = handed_in(town, 2)
    more = R.handed_in(town, who)
    O.make_room(town, 1)
    first, second = C.items(town, case)
    page = O.ask(boss, case, "part", "一人不符", take=[str(first)])
    page.says("本申请单 1 人，连同其他在办申请单将超出")
    done = boss.post(O.asked(page), extra={"move": "part"})
    assert done.status == 303 and O.state(town, case) == "done", done.text[:2000]
    R.back(boss, more)


def twins(name):
    """Two numbers for persons of one name and birthday."""
    return [dict(name=name, number=O.new_number()) for _ in range(2)]


def test_confirm_new_namesake(town):
    """confirm: somebody of the same name and birthday who is handed in while the page is open is not gone over unseen"""
    mine, theirs = twins("顾同晖")
    who, boss, case = handed_in(town, **mine)
    page = O.ask(boss, case, "approve")
    page.says("项通过")
    form = O.asked(page)
    more = R.handed_in(town, who, **theirs)
    page = boss.post(form, extra={"move": "approve"})
    assert page.status == 409 and O.state(town, case) == "open", page.status
    page.says("系统核验有了打开页面时没有的提示", "与其他在办申请单的人员同名同生日")
    assert boss.post(O.asked(page), extra={"move": "approve"}).status == 303 and O.state(town, case) == "done"
    R.back(boss, more)


def test_confirm_part_namesake(town):
    """confirm: the page of a part shows no findings about persons who are not approved"""
    mine, theirs = twins("顾同昀")
    who, boss, case = handed_in(town)
    R.back(boss, case)
    case = O.new_case(who)
    O.add_paper(who, case)
    O.add_person(who, case, name=next(R.NAMES))
    O.add_person(who, case, **mine)
    O.submit(who, case)
    more = R.handed_in(town, who, **theirs)
    ids = C.items(town, case)
    page = O.ask(boss, case, "part", "一人不符", take=[str(ids[0])])
    assert not R.found(page, "同名同生日"), R.findings(page)
    page = O.ask(boss, case, "part", "一人不符", take=[str(ids[1])])
    assert len(R.found(page, "顾同昀：与其他在办申请单的人员同名同生日", "at")) == 1, R.findings(page)
    R.back(boss, case, more)


def test_confirm_other_move(town):
    """confirm: the answer to one question is no answer to another; 退回 and 转办 are made at once"""
    who, boss, case = handed_in(town)
    form = O.asked(O.ask(boss, case, "reject", "不符合条件"))
    page = boss.post(form, extra={"move": "approve"})
    assert page.status == 200 and O.asked(page).fields["confirmed"] == "approve" and O.state(town, case) == "open"
    page.says("核准（1 人）")
    form = boss.get(case + "/review").form("/move").set(opinion="请把关")
    assert boss.post(form, extra={"move": "forward"}).status == 303
    section = O.log_in(town, "xingbian")
    form = section.get(case + "/review").form("/move").set(opinion="请补正")
    assert section.post(form, extra={"move": "return"}).status == 303 and O.state(town, case) == "returned"


def test_confirm_end(town):
    """confirm: 不予办理 says that it is final and that no figure moves; without a reason it is not even asked"""
    who, boss, case = handed_in(town)
    free = O.free_posts(town)
    assert O.decide(boss, case, "reject", "", status=422).errors()
    page = O.ask(boss, case, "reject", "不符合条件")
    page.says("不能恢复", "编制与职数不变", "不出具文书")
    assert not R.rows(page, "figures") and O.state(town, case) == "open"
    assert boss.post(O.asked(page), extra={"move": "reject"}).status == 303
    assert O.state(town, case) == "rejected" and O.free_posts(town) == free


def test_confirm_cancel(town):
    """confirm: 作废 of a draft goes over the same page; the way back leads to the case"""
    who = O.clerk(town)
    case = O.new_case(who)
    page = who.post(who.get(case).form("/move"), extra={"move": "cancel"})
    form = O.asked(page)
    assert page.status == 200 and form and O.state(town, case) == "draft"
    assert [a.get("href") for a in page.xml.iter("a") if a.text == "返回申请单"] == [case]
    back = who.post(form, extra={"back": "1"})
    assert back.status == 303 and back.headers["location"] == case and O.state(town, case) == "draft"
    page = who.post(who.get(case).form("/move"), extra={"move": "cancel"})
    assert who.post(O.asked(page), extra={"move": "cancel"}).status == 303 and O.state(town, case) == "cancelled"


def test_confirm_forgotten(town):
    """confirm: remarks that do not go out, and ticks that the move does not heed, are said before it is made"""
    who, boss, case = handed_in(town, 2)
    first, second = C.items(town, case)
    page = O.ask(boss, case, "approve", "", take=[str(first)], **{"remark.%d.education" % second: "与证书不符"})
    page.says("填写了 1 处退回意见，办理“核准”不会发给申请单位；需要发给申请单位的，请点“返回修改”，再办理“退回",
              "勾选了 1 人，“核准”对全部 2 人办理；只核准所勾选的，请点“返回修改”，再办理“部分核准”")
    assert O.press(boss, O.asked(page), "approve").status == 303 and re.match("done", O.state(town, case))
