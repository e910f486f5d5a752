# Chains as data: who passes a case on to whom, what a return opens, parts of a
# case, terms.  The city reviews at the counter, 丙县 (480321) online.
# SPDX-License-Identifier: MulanPSL-2.0
import glob
import itertools
import os
import re
import shutil
import subprocess

import office as O
import town as T

CITY, COUNTY = "D031", "X304"                    # no unit above them, 行编科
NAMES = itertools.count()
SCHOOL = "X305"                                  # under X307 教育局, 事编科


def room(town, unit, posts=5):
    if unit == SCHOOL:
        O.make_room(town, posts, unit, "22")
        O.make_room(town, posts, unit, "2", "structure")
    else:
        O.make_room(town, posts, unit)


def filled(town, who, of=CITY, persons=1, **head):
    """A complete draft of a unit."""
    room(town, of, persons + 3)
    case = O.new_case(who, "09" if of == SCHOOL else "01", **head)
    O.add_paper(who, case)
    for _ in range(persons):                     # names of their own: nobody elsewhere is taken for them
        O.add_person(who, case, name="程" + chr(0x4e5d + next(NAMES)), **(O.PUBLIC if of == SCHOOL else {}))
    return case


def row(town, case, columns):
    return town.sql("SELECT %s FROM bz_case WHERE id = %d" % (columns, O.case_id(case)))[0]


def items(town, case):
    return [int(r[0]) for r in town.sql("SELECT id FROM bz_item WHERE case_id = %d ORDER BY seq" % O.case_id(case))]


def waits(who, case):
    """Is the case in this operator's 待办?"""
    page = who.get("/entry/?tab=todo")
    return any(re.match(case + r"(/|\?|$)", e.get("href") or "") for t in page.xml.iter("table") for e in t.iter())


def move(who, case, name, opinion="", page="/review", **extra):
    form = who.get(case + page).form("/move")
    form.set(opinion=opinion)
    return O.press(who, form, name, **extra)


def back(who, case):
    """撤回 from the case page."""
    return move(who, case, "withdraw", page="")


def steps(page):
    return [(s.get("t"), s.get("st"), s.get("who")) for s in page.xml.iter("s")]


def acts(page):
    return [(entry.get("act"), entry.get("who")) for entry in page.xml.iter("l")]


def persons_of(town, unit):
    return int(town.one("SELECT COUNT(*) FROM st_employment e JOIN st_unit u ON u.id = e.unit_id WHERE u.unit_code = '%s'"
                        " AND e.valid_to = '9999-12-31'" % unit))


# -- The two chains.

def test_counter_chain(town):
    """TS-7 A5.12 HY-19 counter: the centre's reviewer alone decides, the section is not drawn"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = filled(town, who)
    O.submit(who, case)
    assert row(town, case, "process, process_version, step, state") == ["counter", "2", "review", "open"]
    assert [s[0] for s in steps(who.get(case))] == ["单位填报", "事务中心审核", "办结"]
    assert waits(boss, case) and not waits(O.log_in(town, "xingbian"), case) and not waits(O.log_in(town, "fenguan"), case)
    have = persons_of(town, CITY)
    O.decide(boss, case, "approve")
    assert persons_of(town, CITY) == have + 1 and row(town, case, "step, state") == ["done", "done"]


def test_online_chain(town):
    """TS-7 A5.12 A5.17 online, by the office's setting: parent, the section that serves the unit, the leader; the last approval posts"""
    who, parent = O.clerk(town, SCHOOL), O.clerk(town, "X307")
    section, other, leader = (O.log_in(town, n) for n in ("xianshi", "xianxing", "xianfen"))
    case = filled(town, who, SCHOOL)
    O.submit(who, case)
    assert row(town, case, "process, step, state") == ["online", "parent", "open"]
    assert waits(parent, case) and not waits(section, case)
    have = persons_of(town, SCHOOL)
    assert move(parent, case, "pass", "情况属实").status == 303
    assert row(town, case, "step, state") == ["section", "open"]
    assert waits(section, case) and not waits(other, case), "the section is not that of the unit"
    page = other.get(case + "/review")
    assert page.status == 200 and not [f for f in page.xml.iter("form") if f.find("move") is not None]
    assert move(section, case, "pass").status == 303
    assert persons_of(town, SCHOOL) == have and row(town, case, "result_number") == ["NULL"], "posted before the last approval"
    assert not waits(section, case) and waits(leader, case)
    assert move(leader, case, "approve", "同意").status == 303
    assert persons_of(town, SCHOOL) == have + 1 and row(town, case, "result_number") != ["NULL"]
    page = who.get(case)
    assert [s[0] for s in steps(page)] == ["单位填报", "主管部门审核", "业务科审核", "分管领导审批", "已核准"]
    assert all(s[1] == "done" and s[2] for s in steps(page)[:4]), steps(page)
    assert [a[0] for a in acts(page)] == ["核准", "同意", "同意", "上报"]


def test_skip_absent(town):
    """A5.12 a unit without a unit above it goes straight to the section; the step that was skipped is not drawn"""
    who, section = O.clerk(town, COUNTY), O.log_in(town, "xianxing")
    case = filled(town, who, COUNTY)
    O.submit(who, case)
    assert row(town, case, "process, step") == ["online", "section"] and waits(section, case)
    assert [s[0] for s in steps(who.get(case))] == ["单位填报", "业务科审核", "分管领导审批", "办结"]
    assert move(section, case, "return", "请补正").status == 303


def test_skip_filed(town):
    """A5.12 what the parent filed itself is not shown to the parent again"""
    parent, section = O.clerk(town, "X307"), O.log_in(town, "xianshi")
    case = filled(town, parent, SCHOOL, unit=str(O.unit_id(town, SCHOOL)))
    O.submit(parent, case)
    assert row(town, case, "step") == ["section"] and waits(section, case)
    parent.get(case).says("代示例市丙县第一中学")
    # the school itself takes it up after a return: now the parent is asked
    assert move(section, case, "return", "请补正").status == 303
    O.submit(O.clerk(town, SCHOOL), case)
    assert row(town, case, "step") == ["parent"]


def test_other_office(town):
    """A5.17 an office above looks on: it neither files for the unit nor decides"""
    case = filled(town, O.clerk(town, COUNTY), COUNTY)
    for account in ("xingbian", "fenguan", "shenhe1", "chuangkou"):
        page = O.log_in(town, account).get(case)
        assert page.status == 200 and not [f for f in page.xml.iter("form") if f.get("action", "").endswith("/move")], account
    O.submit(O.clerk(town, COUNTY), case)
    page = O.log_in(town, "xingbian").get(case + "/review")
    assert page.status == 200 and not [f for f in page.xml.iter("form") if f.find("move") is not None]
    counter = O.log_in(town, "chuangkou")
    form = counter.get("/entry/new").form("/entry/new")
    page = counter.post(form, entry_mode="01", unit=str(O.unit_id(town, COUNTY)))
    assert page.status == 404, page.text
    page.says("没有这个单位，或者它不属于您所管的单位")


def test_running_case_keeps_its_process(town):
    """A5.12 a case keeps the process and version it began with"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = filled(town, who)
    town.sql("UPDATE bz_case SET process_version = 1 WHERE id = %d" % O.case_id(case))
    O.submit(who, case)
    names = {m.get("do") for m in boss.get(case + "/review").xml.iter("move")}
    assert names == {"approve", "return", "reject"}, names       # version 1 knew neither 部分核准 nor 转办
    O.decide(boss, case, "approve")


# -- Acting for a unit.

def test_counter_files(town):
    """A5.9 HY-5 the counter files for a unit at its desk; history and audit say for whom, its draft is in its own list"""
    counter, unit = O.log_in(town, "chuangkou"), O.unit_id(town, CITY)
    case = filled(town, counter, CITY, unit=str(unit))
    assert waits(counter, case), "the counter does not find its own draft"
    O.submit(counter, case)
    name = town.one("SELECT name FROM bz_scope WHERE id = %d" % unit)
    assert ("上报", "宋佳（代%s）" % name) in acts(O.clerk(town).get(case))
    rows = town.sql("SELECT DISTINCT acting_for FROM bz_audit WHERE object_type = 'case' AND object_id = %d AND action IN"
                    " ('entry.create', 'entry.paper', 'entry.submit')" % O.case_id(case))
    assert rows == [[str(unit)]], rows
    assert back(counter, case).status == 303
    O.submit(O.clerk(town), case)                                # and the unit's clerk goes on with it
    O.decide(O.reviewer(town), case, "return", "请补正")


def test_own_submission(town):
    """nobody reviews his own submission: a counter that is a reviewer as well is refused in words, and nothing changes"""
    who = town.one("SELECT o.id FROM bz_operator o JOIN bz_account a ON a.id = o.account_id WHERE a.name = 'chuangkou'")
    town.sql("INSERT INTO bz_operator_role VALUES (%s, 'center_reviewer')" % who)
    try:
        counter = O.log_in(town, "chuangkou")
        case = filled(town, counter, CITY, unit=str(O.unit_id(town, CITY)))
        O.submit(counter, case)
        page = counter.get(case + "/review")
        assert not [f for f in page.xml.iter("form") if f.find("move") is not None], "moves are offered"
        form = counter.get(case).form("/move")                   # 撤回, with another name
        form.action = case + "/move"
        page = counter.post(form, extra={"move": "approve"})
        assert page.status == 403
        page.says("由您本人上报，须由其他人审核")
        assert O.state(town, case) == "open"
    finally:
        town.sql("DELETE FROM bz_operator_role WHERE operator_id = %s AND role = 'center_reviewer'" % who)
    O.decide(O.reviewer(town), case, "approve")


def test_desk_command(town):
    """A5.12 bianzhi account desk: an operator sits at another desk from now on, or at none, and waits for its cases"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = filled(town, who)
    O.submit(who, case)
    assert move(boss, case, "forward", "请业务科把关").status == 303
    other = O.log_in(town, "shibian")
    assert not waits(other, case)
    try:
        out = town.tool("account", "desk", "shibian", "方雪梅", "--desk", "行编科").stdout
        assert "行编科" in out and waits(other, case)
        assert "不限科室" in town.tool("account", "desk", "shibian", "方雪梅").stdout and waits(other, case)
    finally:
        town.tool("account", "desk", "shibian", "方雪梅", "--desk", "事编科")
    assert not waits(other, case)
    page = other.post(O.log_in(town, "xingbian").get(case + "/review").form("/move"), extra={"move": "approve"})
    assert page.status == 403                    # another's key
    assert town.tool("account", "desk", "shibian", "无此人", check=False).returncode != 0
    assert move(O.log_in(town, "xingbian"), case, "return", "请补正").status == 303


# -- Handing on, taking back, terms.

# Three working days from the Wednesday before the holidays of October 2026 end
# on a Saturday that is worked: no rule of thumb hits it.
BEFORE, DUE, AFTER = "2026-09-30 10:00:00", "2026-10-10", "2026-10-11 09:00:00"


def test_forward(town):
    """A5.12 A5.1 转办: the section decides instead, the office's term runs on, and the unit cannot take it back any more"""
    with town.otherwise(now=BEFORE):
        who, boss = O.clerk(town), O.reviewer(town)
        case = filled(town, who)
        O.submit(who, case)
        assert row(town, case, "due_on") == [DUE]
        page = move(boss, case, "forward")
        assert page.status == 422 and "opinion" in page.errors()
        town.app("2026-10-09 15:00:00")
        who, boss, section = O.clerk(town), O.reviewer(town), O.log_in(town, "xingbian")
        assert move(boss, case, "forward", "编制类别请业务科把关").status == 303
        assert row(town, case, "step, due_on") == ["section", DUE], "the term began anew"
        assert not waits(boss, case) and waits(section, case) and not waits(O.log_in(town, "shibian"), case)
        page = who.get(case)
        assert not [f for f in page.xml.iter("form") if f.get("action", "").endswith("/move")], "撤回 is still offered"
        assert [s[0] for s in steps(page)] == ["单位填报", "事务中心审核", "业务科审核", "办结"]
        assert move(section, case, "approve").status == 303
        assert O.state(town, case) == "done"


def test_terms(town):
    """A5.1 HY-84 the parent has its own term, the office's begins when the case reaches it, a return stops it, resubmission begins anew"""
    with town.otherwise(now=BEFORE):
        who = O.clerk(town, SCHOOL)
        case = filled(town, who, SCHOOL)
        O.submit(who, case)
        assert row(town, case, "due_on") == ["2026-10-09"]
        who.get(case).says("余 2 个工作日")
        town.app("2026-10-12 10:00:00")          # Monday
        who, parent, section = O.clerk(town, SCHOOL), O.clerk(town, "X307"), O.log_in(town, "xianshi")
        for page in (who.get(case), parent.get(case + "/review"), parent.get("/entry/?tab=todo")):
            page.says("超期 2 个工作日")
        assert move(parent, case, "pass").status == 303
        assert row(town, case, "due_on") == ["2026-10-15"], "the office begins with what the parent left"
        for page in (who.get(case), section.get(case + "/review"), section.get("/entry/?tab=todo")):
            page.says("余 3 个工作日")
        assert move(section, case, "return", "请补正").status == 303
        assert row(town, case, "due_on") == ["NULL"]
        O.submit(who, case)
        assert row(town, case, "due_on") == ["2026-10-14"]
        assert back(who, case).status == 303 and row(town, case, "due_on") == ["NULL"]


def test_provisional_term(town):
    """A5.1 a term beyond the loaded calendar is marked 暂定"""
    with town.otherwise(now="2026-12-31 10:00:00"):
        who = O.clerk(town)
        case = filled(town, who)
        O.submit(who, case)
        assert row(town, case, "due_on") == ["2027-01-06"], "Monday to Friday less 1 January"
        who.get(case).says("（暂定）")
        O.reviewer(town).get(case + "/review").says("（暂定）")
        O.decide(O.reviewer(town), case, "return", "请补正")
    case = filled(town, O.clerk(town))
    with town.otherwise(now=BEFORE):
        who = O.clerk(town)
        O.submit(who, case)
        assert "暂定" not in who.get(case).text
        O.decide(O.reviewer(town), case, "return", "请补正")


def test_terms_anew(town):
    """A5.1 cases.terms counts a provisional term anew from its first day once the calendar is loaded; an ended one and a draft stay"""
    short = os.path.join(town.dir, "short")
    shutil.copytree(os.path.join(T.STAGE, "share", "bianzhi"), short)
    calendar = glob.glob(short + "/**/workday_calendar_2024_2026.csv", recursive=True)[0]
    lines = open(calendar, encoding="utf-8-sig").read().splitlines(True)
    with open(calendar, "w", encoding="utf-8") as f:
        f.writelines(line for line in lines if line < "2026-10" or not line.startswith("20"))
    with town.otherwise("[server]\ndatadir=%s\n" % short, now=BEFORE):
        who, boss = O.clerk(town), O.reviewer(town)
        case, ended, draft = (filled(town, who) for _ in range(3))
        for one in (case, ended, draft):
            O.submit(who, one)
            assert row(town, one, "due_on, term_from, term_days") == ["2026-10-05", "2026-09-30", "3"], "not by Monday to Friday"
        who.get(case).says("（暂定）")
        O.decide(boss, ended, "approve")
        assert back(who, draft).status == 303
    stays = [row(town, one, "due_on, version") for one in (ended, draft)]
    version = row(town, case, "version")
    assert "cases.terms: 1 terms" in town.tool("jobs", "run", "cases.terms").stdout
    assert row(town, case, "due_on, version") == [DUE] + version
    assert [row(town, one, "due_on, version") for one in (ended, draft)] == stays
    assert "cases.terms: 0 terms" in town.tool("jobs", "run", "cases.terms").stdout
    O.decide(O.reviewer(town), case, "return", "请补正")
    shutil.rmtree(short)


def test_climb(town):
    """A5.12 A5.1 climb at zero: once the term is over, by the calendar, the leader sees the case in 待办 and decides; not a day before"""
    with town.otherwise(now=BEFORE):
        who = O.clerk(town)
        case = filled(town, who)
        O.submit(who, case)
        assert row(town, case, "due_on") == [DUE]
        for now, late in ((None, False), ("2026-10-08 10:00:00", False), (DUE + " 23:50:00", False), ("2026-10-11 00:00:10", True)):
            if now:
                town.app(now)
            leader = O.log_in(town, "fenguan")
            assert waits(leader, case) == late, now
            moves = [m.get("do") for m in leader.get(case + "/review").xml.iter("move")]
            assert bool(moves) == late, (now, moves)
        assert waits(O.reviewer(town), case), "the reviewer lost it"
        assert move(leader, case, "approve", "逾期，代为核准").status == 303
        assert O.state(town, case) == "done" and ("核准", "梁永康") in acts(O.clerk(town).get(case))


def test_withdraw_opened(town):
    """A5.16 online until opened: the clerk takes it back before the reviewer looks, afterwards a clear no"""
    who, section = O.clerk(town, COUNTY), O.log_in(town, "xianxing")
    case = filled(town, who, COUNTY)
    O.submit(who, case)
    assert back(who, case).status == 303 and O.state(town, case) == "draft"
    O.submit(who, case)
    form = who.get(case).form("/move")
    assert section.get(case + "/review").status == 200
    page = who.post(form, extra={"move": "withdraw"})
    assert page.status == 409 and O.state(town, case) == "open"
    page.says("审核人已经开始审核，不能再撤回")
    assert move(section, case, "return", "请补正").status == 303


def test_withdraw_passed(town):
    """A5.16 counter until passed: taken back after it was opened, and the history tells the reviewer"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = filled(town, who)
    O.submit(who, case)
    boss.get(case + "/review")
    assert back(who, case).status == 303 and O.state(town, case) == "draft"
    boss.get(case).says("撤回时审核人已打开")
    assert int(town.one("SELECT COUNT(*) FROM bz_message WHERE case_id = %d AND kind = 'withdrawn'" % O.case_id(case))) == 1
    O.submit(who, case)
    assert back(who, case).status == 303
    assert town.one("SELECT COUNT(*) FROM bz_move WHERE case_id = %d AND opinion <> ''" % O.case_id(case)) == "1", "nobody had opened it"
    town.sql("DELETE FROM bz_message WHERE case_id = %d" % O.case_id(case))


# -- Two at once.

def test_two_reviewers(town):
    """two reviewers deciding at once: one decides, the other reads who did what and when, and opens it anew"""
    who, one, two = O.clerk(town), O.reviewer(town), O.reviewer(town, "shenhe2")
    case = filled(town, who)
    O.submit(who, case)
    form = two.get(case + "/review").form("/move")
    O.decide(one, case, "approve")
    have = persons_of(town, CITY)
    form.set(opinion="请补正")
    page = two.post(form, extra={"move": "return"})
    assert page.status == 409 and O.state(town, case) == "done" and persons_of(town, CITY) == have
    said = "".join(page.find("text").itertext())
    assert re.search(r"已于 \d{4}-\d\d-\d\d \d\d:\d\d 由林清华核准", said) and "已核准" in said, said
    assert page.find("a").get("href") == case, page.text
    label = town.one("SELECT label FROM bz_item WHERE case_id = %d" % O.case_id(case))
    assert label not in said


def test_return_of_approved(town):
    """return of an approved case: refused with what it is now"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = filled(town, who)
    O.submit(who, case)
    form = boss.get(case + "/review").form("/move")
    O.decide(boss, case, "approve")
    form.fields["version"] = row(town, case, "version")[0]
    form.key = T.Form(next(f for f in boss.get(case).xml.iter("form") if f.get("key"))).key
    fresh = boss.get("/entry/")
    assert fresh.status == 200
    page = boss.post(form, extra={"move": "return", "opinion": "迟了"})
    assert page.status in (403, 409) and O.state(town, case) == "done"


# -- A part of the persons.

def test_part(town):
    """A5.12 部分核准, 8 of 9: eight are approved with one number, the ninth stands returned in a case of its own with papers and remarks"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = filled(town, who, persons=9)
    O.submit(who, case)
    all_ = items(town, case)
    have = persons_of(town, CITY)
    page = boss.get(case + "/review")
    assert [i.get("take") for i in page.xml.iter("item")] == ["核准此人"] * 9
    for take, says in (([], "没有勾选"), (all_, "已勾选全部人员")):
        bad = move(boss, case, "part", "一人不符", take=[str(i) for i in take])
        assert bad.status == 422
        bad.says(says)
        assert len([i for i in bad.xml.iter("item") if i.get("taken")]) == len(take)
    bad = move(boss, case, "part", take=[str(i) for i in all_[1:]])
    assert bad.status == 422 and "opinion" in bad.errors()
    bad = move(boss, case, "part", "一人不符", take=[str(i) for i in all_[1:]], **{"remark.%d.education" % all_[1]: "核对"})
    assert bad.status == 422
    bad.says("请去掉勾选，或者清空退回意见")
    assert persons_of(town, CITY) == have and len(items(town, case)) == 9
    papers = town.one("SELECT COUNT(*) FROM bz_paper WHERE case_id = %d AND item_id IN (0, %d)" % (O.case_id(case), all_[0]))
    good = move(boss, case, "part", "一人学历不符", take=[str(i) for i in all_[1:]], **{"remark.%d.education" % all_[0]: "与学历证书不符"})
    assert good.status == 303
    assert persons_of(town, CITY) == have + 8 and items(town, case) == all_[1:]
    assert row(town, case, "state, items")[:2] == ["done", "8"] and row(town, case, "result_number") != ["NULL"]
    new = town.sql("SELECT id, number, state, step, items, result_number FROM bz_case WHERE split_from = %d" % O.case_id(case))
    assert len(new) == 1 and new[0][2:] == ["returned", "draft", "1", "NULL"], new
    rest = "/bianzhi/entry/" + new[0][0]
    assert items(town, rest) == [all_[0]]
    assert town.one("SELECT COUNT(*) FROM bz_paper WHERE case_id = %s" % new[0][0]) == papers, "the papers did not come along"
    assert [r[0] for r in town.sql("SELECT seq FROM bz_item WHERE case_id = %d ORDER BY seq" % O.case_id(case))] == [str(n) for n in range(1, 9)]
    who.get(case).says(new[0][1], "另成一张申请单")
    page = who.get(rest)
    page.says(row(town, case, "number")[0], "一人学历不符")
    page = who.get(rest + "/item/%d" % all_[0])
    warned = {w.get("f"): "".join(w.itertext()) for w in page.all("warnings/e")}
    assert "与学历证书不符" in warned.get("education", ""), warned
    form = page.form("/item/")
    form.set(education="31")
    assert who.post(form, extra={"do": "save"}).status == 303
    O.submit(who, rest)
    O.decide(boss, rest, "approve")
    assert persons_of(town, CITY) == have + 9


def test_part_one(town):
    """A5.12 a case of one person offers no part"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = filled(town, who)
    O.submit(who, case)
    page = boss.get(case + "/review")
    assert "part" not in [m.get("do") for m in page.xml.iter("move")] and not [i for i in page.xml.iter("item") if i.get("take")]
    O.decide(boss, case, "return", "请补正")


# -- A return that opens only what it remarks.

def closed(page):
    return {f.get("id"): f.get("closed") for f in page.xml.iter("f") if f.get("closed")}


def test_return_two_fields(town):
    """A5.12 return with remarks on two fields: these and what hangs together with them are open again, a forged third stays, the second look shows old and new"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = filled(town, who, persons=2)
    O.submit(who, case)
    first, second = items(town, case)
    form = boss.get(case + "/review").form("/move")
    form.set(opinion="两处不符")
    assert boss.post(form, extra={"move": "return", "remark.%d.education" % first: "与证书不符",
                                  "remark.%d.ethnic" % first: "与身份证不符"}).status == 303
    page = who.get(case + "/item/%d" % first)
    shut = closed(page)
    open_ = {f.get("id") for f in page.form("/item/") and page.xml.iter("f") if not f.get("closed") and f.get("type") != "shown"}
    assert open_ == {"education", "school", "graduation_date", "major", "degree", "ethnic"}, open_  # 学历 is one of a group
    assert shut["birth_date"] == "未退回修改" and shut["name"] == shut["birth_date"], shut
    assert not [g for g in page.xml.iter("grid") if not g.get("closed")]
    # the other person, the head, the papers, the list of persons
    other = who.get(case + "/item/%d" % second)
    other.says("没有退回意见")
    assert not [f for f in other.xml.iter("form") if "/item/" in f.get("action", "")]
    top = who.get(case)
    top.says("只能修改有退回意见的项目")
    assert not [f for f in top.xml.iter("form") if f.get("action") in (case, case + "/paper")], "the head or its papers are open"
    assert not [a for a in top.xml.iter("a") if a.get("href", "").endswith("/item/new")]
    assert who.get(case + "/item/new").status == 409
    assert who.get(case + "/item/%d/remove" % second).status == 409
    # a forged third field is not taken
    body = town.one("SELECT body FROM bz_item WHERE id = %d" % first)
    form = page.form("/item/")
    form.set(education="31", ethnic="02")
    assert who.post(form, extra={"do": "save", "work_start": "2001-01-01", "name": "冒名"}).status == 303
    now = town.one("SELECT body FROM bz_item WHERE id = %d" % first)
    assert "<education>31</education>" in now and "2001-01-01" not in now and "冒名" not in now, now
    rest = [re.sub(r"<(education|ethnic)[^>]*>[^<]*</\1>", "", text) for text in (body, now)]
    rest = [sorted(re.findall(r"<[^/<>]+>[^<]*", text)) for text in rest]
    assert rest[0] == rest[1], rest
    O.submit(who, case)
    page = boss.get(case + "/review")
    looks = {i.get("id"): i.find("changes") for i in page.xml.iter("item")}
    changed = {d.get("f"): (d.get("old"), d.get("new")) for d in looks[str(first)].findall("d")}
    assert set(changed) == {"education", "ethnic"} and changed["ethnic"] == ("汉族", "蒙古族"), changed
    assert int(looks[str(first)].get("same")) > 5 and not looks[str(second)].findall("d")
    html = boss.get(case + "/review", html=True).text
    assert "未变更的" in html and "退回后的变更" in html and "退回后没有变更" in html
    O.decide(boss, case, "approve")


def test_return_consequence(town):
    """what was remarked may need another field: it opens, and nothing else"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = filled(town, who)
    O.submit(who, case)
    first = items(town, case)[0]
    form = boss.get(case + "/review").form("/move")
    form.set(opinion="政治面貌不符")
    assert boss.post(form, extra={"move": "return", "remark.%d.political" % first: "应为群众"}).status == 303
    form = who.get(case + "/item/%d" % first).form("/item/")
    before = set(form.fields)
    form.set(political="13" if "13" in [v for v, _ in form.options["political"]] else "02")
    page = who.post(form, extra={"do": "check"})
    again = page.form("/item/")
    assert "political" in again.fields and set(again.fields) - before <= {e.split(".")[0] for e in page.errors()} | {"verified"}, (
        page.errors(), set(again.fields) - before)


def test_return_without_remark(town):
    """a return without a remark opens everything"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = filled(town, who)
    O.submit(who, case)
    O.decide(boss, case, "return", "请全面核对")
    page = who.get(case + "/item/%d" % items(town, case)[0])
    assert "未退回修改" not in page.text and page.form("/item/").fields.get("name")
    assert who.get(case + "/item/new").status == 200
    assert "未退回修改" not in who.get(case).text


def test_return_paper_and_head(town):
    """a remark on a paper or a field of the head opens it; a paper without one can be neither removed nor doubled"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = filled(town, who)
    O.submit(who, case)
    page = boss.get(case + "/review")
    boxes = {r.get("n") for r in page.xml.iter("remark")}
    assert {"remark.0.reason", "remark.0.entry_mode", "remark.0.paper.approval"} <= boxes, boxes
    assert [g.get("id") for g in page.xml.iter("grid")], "no list that a remark could open"
    assert 'name="remark.%d.duty"' % items(town, case)[0] in boss.get(case + "/review", html=True).text
    form = page.form("/move")
    form.set(opinion="请补正事由")
    assert boss.post(form, extra={"move": "return", "remark.0.reason": "请写明文号"}).status == 303
    top = who.get(case)
    assert "reason" not in closed(top) and "entry_mode" in closed(top), closed(top)
    paper = town.one("SELECT id FROM bz_paper WHERE case_id = %d" % O.case_id(case))
    assert [x.get("closed") for x in top.xml.iter("x") if x.find("file") is not None] == ["未退回修改"] * 2
    form = top.form(case + "/paper")
    assert who.post(form, extra={"do": "rm:" + paper}).status == 409
    O.add_paper(who, case, "approval", status=409)
    form = top.form(case)
    form.set(reason="以考录方式入编，共 1 人（市编办文件）")
    assert who.post(form, extra={"do": "save", "entry_mode": "09"}).status == 303
    assert "<entry_mode" in row(town, case, "head")[0] and ">09<" not in row(town, case, "head")[0]
    O.submit(who, case)
    page = boss.get(case + "/review")
    assert [d.get("f") for d in page.find("changes").findall("d")] == ["reason"]
    form = page.form("/move")
    form.set(opinion="附件模糊")
    assert boss.post(form, extra={"move": "return", "remark.0.paper.approval": "请重新扫描"}).status == 303
    form = who.get(case).form(case + "/paper")
    assert who.post(form, extra={"do": "rm:" + paper}).status == 303
    O.add_paper(who, case)
    O.submit(who, case)
    O.decide(boss, case, "approve")


def test_return_list(town):
    """A5.12 a remark on one cell opens its whole list, other lists stay shut, and their rows can be neither added nor removed"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = filled(town, who)
    O.submit(who, case)
    first = items(town, case)[0]
    form = boss.get(case + "/review").form("/move")
    form.set(opinion="任职类型不符")
    assert boss.post(form, extra={"move": "return", "remark.%d.duty.1.appointment_type" % first: "应为任职"}).status == 303
    page = who.get(case + "/item/%d" % first)
    grids = {g.get("id"): g.get("closed") for g in page.xml.iter("grid")}
    assert grids.pop("duty") is None and grids and all(grids.values()), grids
    form = page.form("/item/")
    assert who.post(form, extra={"do": "add:duty"}).status == 200
    other = sorted(grids)[0]
    page = who.post(form, extra={"do": "add:" + other})
    assert page.status == 409
    page.says("只能修改有退回意见的项目")


# -- Settings.

def test_settings(town):
    """A5.17 an office's setting that is wrong stops the start in a sentence that names it"""
    folder = os.path.join(town.dir, "settings")
    os.mkdir(folder)
    good = open(town.dir + "/bianzhi.conf", encoding="utf-8").read()
    for line, says in (("chain.entry=nowhere", "no process of this name"), ("days.entry=none", "number of working days"),
                       ("days.entry=0", "number of working days"), ("chain.nothing=counter", "no such business"),
                       ("color=red", "has no such setting"), ("days.entry=5", None),
                       ("option.entry.slip=no", None), ("option.entry.slip=12", "it is yes or no"), ("option.use.months=18", None),
                       ("option.use.months=0", "it is a number, 1 to 9999"), ("option.entry.colour=yes", "has no option 'colour'"),
                       ("title.entry.notice=入编核准通知书", None), ("title.entry.notice=", "a title has 1 to 30 letters"),
                       ("title.entry.notice=" + "长" * 31, "a title has 1 to 30 letters"), ("title.entry.notice=《入编通知》", "a title has 1 to 30"),
                       ("title.entry.notice=入编/通知", "a title has 1 to 30"),
                       ("title.entry.letter=介绍信", "business 'entry' prints no 'letter'"), ("title.nobody.notice=出编通知单", "no such business"),
                       ("title.entry=通知单", "has no such setting"), ("title.entry.notice.more=通知单", "has no such setting"),
                       ("copies.entry.notice=甲;乙;丙", None), ("copies.entry.notice=甲;乙", "has 3 copies, here are 2 names"),
                       ("copies.entry.notice=甲;乙;丙;丁", "has 3 copies, here are 4 names"), ("copies.entry.notice=", "has 3 copies, here are 0 names"),
                       ("copies.entry.notice=甲;;丙", "name 2 is empty"), ("copies.entry.notice=甲;乙;" + "长" * 13, "name 3 is empty, longer than 12"),
                       ("copies.entry.notice=甲;乙;甲", "two copies are called '甲'"), ("copies.entry.approval=甲", "no named copies")):
        path = os.path.join(folder, "bianzhi.conf")
        with open(path, "w", encoding="utf-8") as f:
            f.write(good + "\n[office 480302]\n" + line + "\n")
        out = subprocess.run([T.STAGE + "/sbin/bianzhi-fcgi", "-c", path, "--check-config"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if says is None:
            assert out.returncode == 0, out.stdout
        else:
            assert out.returncode != 0 and says in out.stdout, (line, out.stdout)
            place = "%s:%d: [office 480302] %s=" % (path, good.count("\n") + 3, line.split("=")[0])
            assert place in out.stdout, (place, out.stdout)
    shutil.rmtree(folder)
