# The reviewer's page: what the system finds stands first and is right; several
# clean cases at once.  SPDX-License-Identifier: MulanPSL-2.0
import base64
import datetime
import itertools
import re

import d_chains as C
import office as O
import town as T


def findings(page):
    """[(s, text, detail)] as they stand."""
    return [(k.get("s"), k.text or "", k.get("d") or "") for k in page.xml.iter("k")]


def found(page, word, s=None):
    return [k for k in findings(page) if word in k[1] and s in (None, k[0])]


# Two of one name and birthday are a finding.
NAMES = ("核" + chr(0x4e00 + n) for n in itertools.count(1))


def handed_in(town, who, persons=1, **values):
    case = O.new_case(who)
    O.add_paper(who, case)
    for _ in range(persons):
        O.add_person(who, case, **dict({"name": next(NAMES)}, **values))
    O.submit(who, case)
    return case


def back(boss, *cases):
    """Cases that stay open would disturb the tests of others."""
    for case in cases:
        O.decide(boss, case, "return", "请补正")


def today():
    return datetime.date.today()


def years_ago(n, days=0):
    d = today()
    return (d.replace(year=d.year - n, day=min(d.day, 28)) + datetime.timedelta(days=days)).isoformat()


def test_clean_case(town):
    """review: a clean case says what was looked at: number, record, age, duplicates, posts, papers"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    case = handed_in(town, who)
    page = boss.get(case + "/review")
    assert {k[0] for k in findings(page)} == {"ok"}, findings(page)
    for word in ("身份证号校验码相符", "新进人员", "已满 16 周岁", "无重复人员", "行政编制空编", "必交附件齐全"):
        assert len(found(page, word, "ok")) == 1, (word, findings(page))
    person = {p.get("t"): p.text for p in page.find("person").findall("p")}
    number = town.one("SELECT subject_key FROM bz_item WHERE case_id = %d" % O.case_id(case))
    assert person["身份证号"] == number[:6] + "********" + number[-4:] and "28 周岁" in person["性别年龄"], person
    back(boss, case)


def test_serious_first(town):
    """review: findings that stop come first, then what wants a look, then what is right"""
    O.make_room(town, 1)
    who, boss = O.clerk(town), O.reviewer(town)
    case = handed_in(town, who, funding="2")
    O.make_room(town, 0)
    order = [k[0] for k in findings(boss.get(case + "/review"))]
    assert order == sorted(order, key=("no", "at", "ok").index) and set(order) == {"no", "at", "ok"}, order
    back(boss, case)
    O.make_room(town, 5)


def test_quota_before_and_after(town):
    """review: the bars say approved, occupied, this case, left; no room is a stop"""
    O.make_room(town, 3)
    who, boss = O.clerk(town), O.reviewer(town)
    case = handed_in(town, who, persons=2)
    page = boss.get(case + "/review")
    row = next(r.attrib for r in page.find("quota").findall("row") if r.get("t") == "行政编制")
    assert row["add"] == "2" and int(row["cap"]) - int(row["have"]) == 3 and row["left"] == "1", row
    assert found(page, "行政编制空编 3 名，核准后 1 名", "ok")
    O.make_room(town, 1)
    page = boss.get(case + "/review")
    assert found(page, "编制不足", "no") and not found(page, "核准后", "ok") and page.find("quota/row").get("left") == "-1"
    back(boss, case)
    O.make_room(town, 5)


def test_age(town):
    """review: somebody beyond the age of retirement is found, one near it is, one below is not"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    for birth, s, word in ((years_ago(64), "at", "已到法定退休年龄"), (years_ago(61, 40), "at", "已到法定退休年龄"),
                           (years_ago(60), "at", "一年内到法定退休年龄"), (years_ago(40), "ok", "未到法定退休年龄")):
        case = handed_in(town, who, birth_date=birth, number=O.new_number(birth), work_start=years_ago(20))
        page = boss.get(case + "/review")
        assert found(page, word, s), (birth, findings(page))
        assert len([k for k in page.xml.iter("k") if "退休年龄" in "".join(k.itertext())]) == 1, (birth, findings(page))
        assert not found(page, "退休年龄", "no"), (birth, findings(page))
        back(boss, case)


def test_leading_post(town):
    """review: a leading post shows its seats; one too many is found"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    unit = O.unit_id(town)
    post, quota, held = town.sql("SELECT p.post_code, p.quota, COUNT(e.id) FROM st_post p LEFT JOIN st_duty d ON d.post_id = p.id LEFT JOIN"
                                 " st_employment e ON e.id = d.employment_id AND e.valid_to = '9999-12-31' WHERE p.unit_id = %d GROUP BY p.id, p.post_code, p.quota"
                                 " ORDER BY p.quota DESC LIMIT 1" % unit)[0]
    case = handed_in(town, who)
    item = town.one("SELECT id FROM bz_item WHERE case_id = %d" % O.case_id(case))
    town.sql("UPDATE bz_item SET body = REPLACE(body, '>0</post>', '>%s</post>') WHERE id = %s" % (post, item))
    name = town.one("SELECT IF(o.id IS NULL, p.name, CONCAT(o.name, p.name)) FROM st_post p LEFT JOIN st_organ o ON o.id = p.organ_id"
                    " WHERE p.post_code = '%s'" % post)
    try:
        town.sql("UPDATE st_post SET quota = %d WHERE post_code = '%s'" % (int(held) + 1, post))
        page = boss.get(case + "/review")
        assert found(page, name + "职数未超", "ok") == [("ok", name + "职数未超", "核定 %d 名，已配 %s 名，本申请单 1 名" % (int(held) + 1, held))], findings(page)
        row = next(r.attrib for r in page.find("quota").findall("row") if r.get("t") == name)
        assert row["left"] == "0" and row["add"] == "1", row
        town.sql("UPDATE st_post SET quota = %s WHERE post_code = '%s'" % (held, post))
        page = boss.get(case + "/review")
        assert len(found(page, "职数不够", "no")) == 1 and not found(page, name + "职数未超"), findings(page)
    finally:
        town.sql("UPDATE st_post SET quota = %s WHERE post_code = '%s'" % (quota, post))
    back(boss, case)


def test_duplicates(town):
    """review: the same name and birthday under another number is found, on the register and in another case"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    name, birth, sex = town.sql("SELECT p.name, p.birth_date, p.sex FROM st_person p JOIN st_employment e ON e.person_id = p.id"
                                " WHERE p.birth_date > '1985-01-01' AND p.name NOT IN (SELECT label FROM bz_item) ORDER BY p.id DESC LIMIT 1")[0]
    same = dict(name=name, birth_date=birth, sex=sex, work_start="2020-07-01")
    first = handed_in(town, who, number=O.new_number(birth, sex == "2"), **same)
    page = boss.get(first + "/review")
    assert found(page, "与已登记的人员同名同生日", "at") and not found(page, "无重复人员"), findings(page)
    assert not found(page, "其他在办申请单的人员")
    second = handed_in(town, who, number=O.new_number(birth, sex == "2"), **same)
    assert found(boss.get(second + "/review"), "与其他在办申请单的人员同名同生日", "at")
    assert found(boss.get(first + "/review"), "与其他在办申请单的人员同名同生日", "at")
    back(boss, first, second)
    other = handed_in(town, who, name=name, birth_date="1986-02-03", number=O.new_number("1986-02-03"), work_start="2020-07-01") \
        if sex == "1" and birth != "1986-02-03" else None
    if other:
        assert found(boss.get(other + "/review"), "无重复人员", "ok")
        back(boss, other)


def test_finding_leads_to_person(town):
    """review: with several persons a finding names its person and leads there, the summary lists them masked"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.new_case(who)
    O.add_paper(who, case)
    O.add_person(who, case, name=next(NAMES))
    O.add_person(who, case, name="赵䶮", funding="2")
    O.submit(who, case)
    page = boss.get(case + "/review")
    item = town.one("SELECT id FROM bz_item WHERE case_id = %d AND label = '赵䶮'" % O.case_id(case))
    marked = [k for k in page.xml.iter("k") if "经费形式" in (k.text or "")]
    assert len(marked) == 1 and marked[0].text.startswith("赵䶮：") and marked[0].get("item") == item, marked
    lines = page.find("person").findall("p")
    assert [p.get("t") for p in lines] == [r[0] for r in town.sql("SELECT label FROM bz_item WHERE case_id = %d ORDER BY seq" % O.case_id(case))]
    assert all(re.fullmatch(r"\d{6}\*{8}\d{3}[\dX]", p.text) for p in lines)
    html = boss.get(case + "/review", html=True).text
    assert 'href="#item-%s"' % item in html and 'id="item-%s"' % item in html
    back(boss, case)


# -- Papers beside the data.

PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def test_scan_beside(town):
    """review: a paper stands in a frame beside the data, others open there too; only that page may frame, only files may be framed"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.new_case(who)
    O.add_paper(who, case)
    O.add_paper(who, case, "approval", name="照片.png", data=PNG)
    O.add_person(who, case, name=next(NAMES))
    O.submit(who, case)
    papers = {name: i for i, name in town.sql("SELECT id, file_name FROM bz_paper WHERE case_id = %d AND kind = 'approval'" % O.case_id(case))}
    pdf, png = papers["编制审批表.pdf"], papers["照片.png"]
    plain = boss.get(case + "/review", html=True)
    assert "<iframe" not in plain.text and "frame-src" not in plain.headers["content-security-policy"]
    assert 'href="%s/review?paper=%s"' % (case, pdf) in plain.text, "no link to the paper beside"
    page = boss.get(case + "/review?paper=" + pdf, html=True)
    assert "frame-src 'self'" in page.headers["content-security-policy"] and "frame-ancestors 'none'" in page.headers["content-security-policy"]
    frame = re.search(r'<iframe name="scan" src="([^"#]*)[^>]*title="([^"]*)"', page.text)
    assert frame and frame.group(1) == "%s/paper/%s?inline=1" % (case, pdf) and "编制审批表" in frame.group(2), frame
    assert 'href="%s/paper/%s?inline=1" target="scan"' % (case, png) in page.text
    file = boss.get(frame.group(1))
    assert file.headers["content-type"] == "application/pdf" and file.headers["content-disposition"].startswith("inline")
    assert "frame-ancestors 'self'" in file.headers["content-security-policy"] and "sandbox" not in file.headers["content-security-policy"]
    assert file.headers["x-content-type-options"] == "nosniff"
    saved = boss.get("%s/paper/%s" % (case, pdf))
    assert saved.headers["content-disposition"].startswith("attachment") and "sandbox" in saved.headers["content-security-policy"]
    other = boss.get("%s/paper/%s?inline=yes" % (case, pdf))
    assert other.headers["content-disposition"].startswith("attachment") and "sandbox" in other.headers["content-security-policy"], "an unknown word frames"
    assert "没有这份附件" in boss.get(case + "/review?paper=999999", html=True).text
    back(boss, case)


def test_picture_beside(town):
    """review: a picture stands in a page of its own inside the frame; the file itself is still looked at on record"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.new_case(who)
    O.add_paper(who, case)
    O.add_paper(who, case, "approval", name="照片.png", data=PNG)
    O.add_person(who, case, name=next(NAMES))
    O.submit(who, case)
    png = town.one("SELECT id FROM bz_paper WHERE case_id = %d AND file_name = '照片.png' AND kind = 'approval'" % O.case_id(case))
    page = boss.get("%s/paper/%s?inline=1" % (case, png), html=True)
    src = re.search(r'<img src="([^"]*)" alt="附件：照片.png', page.text).group(1)
    assert src == "%s/paper/%s" % (case, png) and "frame-ancestors 'self'" in page.headers["content-security-policy"]
    looks = "SELECT COUNT(*) FROM bz_audit WHERE action = 'entry.view_paper' AND object_id = " + png
    before = int(town.one(looks))
    assert boss.get(src).headers["content-type"] == "image/png"
    whole = boss.get(src + "?inline=whole")
    assert whole.headers["content-type"] == "image/png" and whole.headers["content-disposition"].startswith("inline")
    policy = whole.headers["content-security-policy"]
    assert policy == "default-src 'none'; sandbox; frame-ancestors 'self'", "a picture has the rights of a viewer of PDF: " + policy
    assert int(town.one(looks)) == before + 2
    assert O.clerk(town, "D008").get(src + "?inline=1").status == 404
    back(boss, case)


def test_paper_beside_its_fields(town):
    """review: beside a field stands the paper that decides it, of that person; a paper that is not there stands nowhere"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.new_case(who)
    O.add_paper(who, case)
    for _ in range(2):
        O.add_person(who, case, name=next(NAMES))
    O.submit(who, case)
    items = [r[0] for r in town.sql("SELECT id FROM bz_item WHERE case_id = %d ORDER BY seq" % O.case_id(case))]
    papers = {(i, kind): p for p, i, kind in town.sql("SELECT id, item_id, kind FROM bz_paper WHERE case_id = %d" % O.case_id(case))}
    html = boss.get(case + "/review", html=True).text
    for n, item in enumerate(items):
        part = html[html.index('id="item-%s"' % item):]
        part = part[:part.index('id="item-%s"' % items[n + 1])] if n + 1 < len(items) else part
        for title, kind, owner in (("民族", "idcard", item), ("身份证号", "idcard", item), ("经费形式", "approval", "0")):
            cell = part[part.index(">%s</dt>" % title):]
            cell = cell[:cell.index("</dd>")]
            assert re.findall(r'class="proof" href="[^"]*paper=(\d+)"', cell) == [papers[owner, kind]], (title, cell)
        cell = part[part.index(">政治面貌</dt>"):]
        assert "proof" not in cell[:cell.index("</dd>")]
        assert ("0", "transfer") not in papers and part.count('class="proof"') >= 8
    back(boss, case)


# -- Several at once.

def pick(boss, *cases):
    return boss.get("/entry/batch?" + "&".join("pick=%d" % O.case_id(c) for c in cases))


def rows(page, table):
    t = next((t for t in page.xml.iter("table") if t.get("id") == table), None)
    return [] if t is None else [["".join(c.itertext()) for c in r.findall("c")] for r in t.findall("r")]


def number(town, case):
    return town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(case))


def test_batch_list(town):
    """batch: the reviewer ticks waiting cases in 待办; a clerk has nothing to tick"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    case = handed_in(town, who)
    table = next(t for t in boss.get("/entry/").xml.iter("table") if t.get("id") == "cases")
    assert table.get("pick") == "/bianzhi/entry/batch" and str(O.case_id(case)) in [r.get("pick") for r in table.findall("r")]
    html = boss.get("/entry/", html=True).text
    assert 'method="get" action="/bianzhi/entry/batch"' in html and 'name="pick" value="%d"' % O.case_id(case) in html
    for page in (boss.get("/entry/?tab=done"), boss.get("/entry/?tab=doing"), who.get("/entry/")):
        table = next(t for t in page.xml.iter("table") if t.get("id") == "cases")
        assert table.get("pick") is None and not [r for r in table.findall("r") if r.get("pick")]
    assert who.get("/entry/batch?pick=%d" % O.case_id(case)).status == 403
    back(boss, case)


def test_batch_clean(town):
    """batch: clean cases are confirmed on one page, each is approved with a number of its own; a repeat changes nothing"""
    O.make_room(town, 6)
    who, boss = O.clerk(town), O.reviewer(town)
    cases = [handed_in(town, who) for _ in range(3)]
    free = O.free_posts(town)
    page = pick(boss, *cases)
    assert page.status == 200 and [r[0] for r in rows(page, "good")] == [number(town, c) for c in cases] and not rows(page, "left")
    assert all("全部通过" in r[4] and r[3] == "核准" for r in rows(page, "good"))
    assert all(O.state(town, c) == "open" for c in cases), "the page before approves nothing"
    form = page.form("/batch")
    done = boss.post(form, extra={"do": "approve"})
    assert done.status == 303, done.text[:1500]
    assert [O.state(town, c) for c in cases] == ["done"] * 3 and O.free_posts(town) == free - 3
    numbers = [town.one("SELECT result_number FROM bz_case WHERE id = %d" % O.case_id(c)) for c in cases]
    serials = [int(re.search(r"〕(\d+)号", n).group(1)) for n in numbers]
    assert serials == list(range(serials[0], serials[0] + 3)), numbers
    again = boss.post(form, extra={"do": "approve"})
    assert again.status == 303 and again.headers["location"] == done.headers["location"]
    assert O.free_posts(town) == free - 3
    page = boss.get(done.headers["location"])
    assert [(r[0], r[3], r[4]) for r in rows(page, "result")] == [(number(town, c), "已核准", n) for c, n in zip(cases, numbers)], rows(page, "result")
    moves = town.sql("SELECT COUNT(*), COUNT(DISTINCT case_id) FROM bz_move WHERE move = 'approve' AND case_id IN (%s)"
                     % ",".join(str(O.case_id(c)) for c in cases))
    assert moves == [["3", "3"]], moves
    assert town.one("SELECT COUNT(*) FROM bz_audit WHERE action = 'entry.approve' AND object_id = %d" % O.case_id(cases[0])) == "1"


def test_batch_online(town):
    """batch: in a chain with several steps each batch goes one step on, and the answer says so though others decide next"""
    who, parent, section, leader = O.clerk(town, C.SCHOOL), O.clerk(town, "X307"), O.log_in(town, "xianshi"), O.log_in(town, "xianfen")
    cases = [C.filled(town, who, C.SCHOOL) for _ in range(2)]
    C.room(town, C.SCHOOL, 5)
    for case in cases:
        O.submit(who, case)
    for boss, word, step in ((parent, "同意", "业务科审核"), (section, "同意", "分管领导审批"), (leader, "核准", "已核准")):
        page = pick(boss, *cases)
        assert [(r[0], r[3]) for r in rows(page, "good")] == [(number(town, c), word) for c in cases], (rows(page, "good"), rows(page, "left"))
        form = next(f for f in page.xml.iter("form") if f.find("b") is not None)
        assert form.find("b").text == "批量%s 2 件" % word
        done = boss.post(page.form("/batch"), extra={"do": "approve"})
        assert done.status == 303
        result = rows(boss.get(done.headers["location"]), "result")
        assert [r[3] for r in result] == [step] * 2, result
        told = [town.one("SELECT result_number FROM bz_case WHERE id = %d" % O.case_id(c)) for c in cases] if boss is leader else ["已同意"] * 2
        assert [r[4] for r in result] == told, (told, result)
        again = boss.post(page.form("/batch"), extra={"do": "approve"})
        assert [r[4] for r in rows(boss.get(again.headers["location"]), "result")] == told
    assert [O.state(town, c) for c in cases] == ["done"] * 2


def test_batch_refused(town):
    """batch: a case that the move itself refuses is undone, stays open, and the answer says that it was not done"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    cases = [handed_in(town, who) for _ in range(2)]
    page = pick(boss, *cases)
    mine, other = (C.items(town, c)[0] for c in cases)
    town.sql("CREATE TRIGGER t_batch BEFORE UPDATE ON bz_item FOR EACH ROW"
             " SET NEW.id = IF(OLD.id = %d AND NEW.state = 'approved', %d, NEW.id)" % (mine, other))
    try:
        done = boss.post(page.form("/batch"), extra={"do": "approve"})
    finally:
        town.sql("DROP TRIGGER t_batch")
    assert done.status == 303 and [O.state(town, c) for c in cases] == ["open", "done"], done.text[:1000]
    result = rows(boss.get(done.headers["location"]), "result")
    assert "没有办理" in result[0][4] and "没有办理" not in result[1][4], result
    back(boss, cases[0])


def test_batch_told(town):
    """batch: why a case was refused stays on the answer page, loaded again and after the case has gone on; no name is in its address and nobody else sees it"""
    O.make_room(town, 6)
    who, boss, other = O.clerk(town), O.reviewer(town), O.log_in(town, "shenhe2")
    fine, dirty = handed_in(town, who), handed_in(town, who, funding="2")
    form = pick(boss, fine).form("/batch")
    form.fields["pick"] = [str(O.case_id(c)) for c in (fine, dirty)]
    form.fields["version.%d" % O.case_id(dirty)] = town.one("SELECT version FROM bz_case WHERE id = %d" % O.case_id(dirty))
    done = boss.post(form, extra={"do": "approve"})
    address = done.headers["location"]
    assert done.status == 303 and re.fullmatch(r"/bianzhi/entry/batch\?result=[A-Za-z0-9_-]{86}", address), address
    first = rows(boss.get(address), "result")
    assert "没有办理" in first[1][4] and "经费形式" in first[1][4] and first[1][3] == "事务中心审核", first
    O.decide(boss, dirty, "return", "请补正")
    for again in (boss.get(address), boss.get(boss.post(form, extra={"do": "approve"}).headers["location"])):
        later = rows(again, "result")
        assert [r[4] for r in later] == [r[4] for r in first] and later[1][3] == "已退回", later
    page = other.get(address)
    assert page.status == 404 and "24 小时" in page.text and number(town, dirty) not in page.text, page.status
    town.sql("UPDATE bz_hold SET until = '2026-01-01'")
    assert boss.get(address).status == 404 and boss.get(address[:-1] + "x").status == 404


def test_batch_told_is_no_paper(town):
    """batch: the reference to what was told hands in no paper"""
    O.make_room(town, 4)
    case = handed_in(town, O.clerk(town))
    me = town.one("SELECT o.id FROM bz_operator o JOIN bz_account a ON a.id = o.account_id WHERE a.name = 'chuangkou'")
    town.sql("INSERT INTO bz_operator_role VALUES (%s, 'center_reviewer')" % me)
    try:
        both = O.log_in(town, "chuangkou")
        done = both.post(pick(both, case).form("/batch"), extra={"do": "approve"})
        assert done.status == 303 and O.state(town, case) == "done"
        reference = done.headers["location"].split("result=")[1]
        sha = base64.urlsafe_b64decode(reference + "==")[:32].hex()
        assert town.one("SELECT operator_id FROM bz_hold WHERE sha256 = UNHEX('%s')" % sha) == me
        new = O.new_case(both, unit=str(O.unit_id(town)))
        page = both.post(both.get(new).form(new + "/paper"), extra={"do": "add", "held.paper.approval": reference})
        assert page.status == 403, page.status
        assert town.one("SELECT COUNT(*) FROM bz_paper WHERE sha256 = UNHEX('%s')" % sha) == "0"
    finally:
        town.sql("DELETE FROM bz_operator_role WHERE operator_id = %s AND role = 'center_reviewer'" % me)


def test_batch_dirty(town):
    """batch: a case with anything to look at is named with it and left out, also when it is posted all the same"""
    O.make_room(town, 6)
    who, boss = O.clerk(town), O.reviewer(town)
    clean, dirty = handed_in(town, who), handed_in(town, who, funding="2")
    page = pick(boss, clean, dirty)
    assert [r[0] for r in rows(page, "good")] == [number(town, clean)]
    left = rows(page, "left")
    assert [r[0] for r in left] == [number(town, dirty)] and "经费形式" in left[0][4], left
    form = page.form("/batch")
    assert form.fields["pick"] == str(O.case_id(clean))
    version = town.one("SELECT version FROM bz_case WHERE id = %d" % O.case_id(dirty))
    form.fields["pick"] = [str(O.case_id(dirty)), str(O.case_id(clean))]
    form.fields["version.%d" % O.case_id(dirty)] = version
    done = boss.post(form, extra={"do": "approve"})
    assert done.status == 303 and O.state(town, clean) == "done" and O.state(town, dirty) == "open"
    result = {r[0]: r for r in rows(boss.get(done.headers["location"]), "result")}
    assert result[number(town, clean)][3] == "已核准" and "经费形式" in result[number(town, dirty)][4], result
    back(boss, dirty)


def test_batch_no_room(town):
    """batch: cases that together exceed the posts are not clean, neither is approved"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    cases = [handed_in(town, who) for _ in range(2)]
    page = pick(boss, *cases)
    assert len(rows(page, "good")) == 2
    O.make_room(town, 1)
    done = boss.post(page.form("/batch"), extra={"do": "approve"})
    assert done.status == 303 and [O.state(town, c) for c in cases] == ["open", "open"] and O.free_posts(town) == 1
    assert "以先核准的为准" in rows(boss.get(done.headers["location"]), "result")[0][4]
    back(boss, *cases)
    O.make_room(town, 5)


def test_batch_last_seat(town):
    """batch: the last seat of a post goes to the first case; the second is looked at again, stays open and says why"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    post, quota, leads = town.sql("SELECT post_code, quota, leader_class FROM st_post WHERE unit_id = %d ORDER BY quota DESC LIMIT 1"
                                  % O.unit_id(town))[0]
    held = int(town.one("SELECT COUNT(*) FROM st_duty d JOIN st_post p ON p.id = d.post_id JOIN st_employment e ON e.id = d.employment_id"
                        " WHERE p.post_code = '%s' AND e.valid_to = '9999-12-31'" % post))
    O.make_room(town, 2, of=leads, book="lead")
    cases = [handed_in(town, who) for _ in range(2)]
    town.sql("UPDATE bz_item SET body = REPLACE(body, '>0</post>', '>%s</post>') WHERE case_id IN (%d, %d)" % (post, *map(O.case_id, cases)))
    town.sql("UPDATE st_post SET quota = %d WHERE post_code = '%s'" % (held + 1, post))
    try:
        page = pick(boss, *cases)
        assert len(rows(page, "good")) == 2, rows(page, "left")
        done = boss.post(page.form("/batch"), extra={"do": "approve"})
        assert done.status == 303 and [O.state(town, c) for c in cases] == ["done", "open"]
        assert "职数不够" in rows(boss.get(done.headers["location"]), "result")[1][4]
        assert town.one("SELECT COUNT(*) FROM st_employment WHERE entry_case_id = %d" % O.case_id(cases[1])) == "0"
    finally:
        town.sql("UPDATE st_post SET quota = %d WHERE post_code = '%s'" % (max(int(quota), held + 1), post))
    back(boss, cases[1])


def test_batch_stale(town):
    """batch: a case that somebody has decided or changed since the page is left alone, the others go on"""
    O.make_room(town, 6)
    who, boss, other = O.clerk(town), O.reviewer(town), O.log_in(town, "shenhe2")
    cases = [handed_in(town, who) for _ in range(3)]
    page = pick(boss, *cases)
    O.decide(other, cases[0], "reject", "不符合条件")
    O.decide(other, cases[1], "return", "请补正")
    O.submit(who, cases[1])
    done = boss.post(page.form("/batch"), extra={"do": "approve"})
    assert done.status == 303 and [O.state(town, c) for c in cases] == ["rejected", "open", "done"]
    result = rows(boss.get(done.headers["location"]), "result")
    assert [r[3] for r in result] == ["不予办理", "事务中心审核", "已核准"] and "重新核对" in result[1][4], result
    back(boss, cases[1])


def test_batch_own_submission(town):
    """batch: nobody approves an own submission or another office's case this way; the attempt is on record"""
    O.make_room(town, 6)
    who, boss = O.clerk(town), O.reviewer(town)
    own, fine = handed_in(town, who), handed_in(town, who)
    me = town.one("SELECT o.id FROM bz_operator o JOIN bz_account a ON a.id = o.account_id WHERE a.name = 'shenhe1'")
    page = pick(boss, own, fine)
    town.sql("UPDATE bz_case SET submitted_by = %s WHERE id = %d" % (me, O.case_id(own)))
    assert "由其他人审核" in rows(pick(boss, own), "left")[0][4]
    assert pick(boss, own).form("/batch").fields.get("pick") is None
    refused = "SELECT COUNT(*) FROM bz_audit WHERE chain = 'refused' AND action = 'batch' AND object_id = %d" % O.case_id(own)
    done = boss.post(page.form("/batch"), extra={"do": "approve"})
    assert done.status == 303 and O.state(town, own) == "open" and O.state(town, fine) == "done"
    assert town.one(refused) == "1"
    county = O.log_in(town, "xianbian")
    assert not rows(pick(county, own), "good") and not rows(pick(county, own), "left"), "a case out of scope"
    town.sql("UPDATE bz_case SET submitted_by = created_by WHERE id = %d" % O.case_id(own))
    back(boss, own)


def test_batch_bad_input(town):
    """batch: nothing ticked, nonsense ticked, too many ticked: a sentence, and nothing is approved"""
    boss = O.reviewer(town)
    page = boss.get("/entry/batch")
    assert page.status == 200 and "没有勾选" in page.text and not rows(page, "good")
    assert boss.get("/entry/batch?pick=x&pick=-1&pick=99999999999999999999").status == 200
    form = page.form("/batch")
    assert boss.post(form, extra={"do": "approve"}).status == 422
    form = boss.get("/entry/batch").form("/batch")
    form.fields["pick"] = [str(n) for n in range(1, 23)]
    assert boss.post(form, extra={"do": "approve"}).status == 422
    assert boss.get("/entry/batch?" + "&".join("pick=%d" % n for n in range(1, 40))).status == 200
