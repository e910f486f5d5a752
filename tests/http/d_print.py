# Papers of an approved entry case: one press for all, reprints, PDF, check
# codes and the seal register.  SPDX-License-Identifier: MulanPSL-2.0
import concurrent.futures
import os
import re
import signal
import subprocess
import tempfile
import time

import f_matrix as K
import office as O
import server as V
import town as T


def approved(town, persons=1, **values):
    """(clerk, case) of an approved case."""
    O.make_room(town, persons + 2)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who, persons=persons, **values)
    O.submit(who, case)
    O.decide(boss, case, "approve")
    return who, case


def press(who, case, job="all", status=303, **values):
    form = who.get(case).form("/print/" + job)
    page = who.post(form, **{"%s__%s" % (k, job): v for k, v in values.items()})
    assert page.status == status, "%d %s" % (page.status, page.text[:1500])
    return page


def pdf(who, case, job="all"):
    page = who.get("%s/print/%s/pdf" % (case, job))
    assert page.status == 200, "%d %s" % (page.status, page.text[:1500])
    assert page.headers["content-type"] == "application/pdf" and page.body.startswith(b"%PDF-"), page.headers
    name = page.headers["content-disposition"].split("filename*=UTF-8''")[1]
    assert T.urllib.parse.unquote(name).endswith("号.pdf") and "%E5" in name and int(page.headers["content-length"]) == len(page.body), name
    return page.body


def tool(body, *command, text=True):
    """What a PDF tool prints of BODY."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as f:
        f.write(body)
        f.flush()
        out = subprocess.run([w if w != "@" else f.name for w in command], stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=text, timeout=120)
    assert out.returncode == 0, (command, out.stderr)
    return out.stdout


def pages(body):
    return int(re.search(r"^Pages:\s+(\d+)$", tool(body, "pdfinfo", "@"), re.M).group(1))


def text_of(body, *more):
    return tool(body, "pdftotext", "-layout", *more, "@", "-")


def codes(town, case):
    return town.sql("SELECT print, item_id, code FROM bz_sheet WHERE case_id = %d ORDER BY id" % O.case_id(case))


def test_one_press(town):
    """HY-23 one press registers three notices and one 审批单 for each person and leads to all of them"""
    who, case = approved(town, 2)
    page = press(who, case)
    assert page.headers["location"].endswith("/print/all"), page.headers
    rows = town.sql("SELECT print, nth, copies FROM bz_print WHERE case_id = %d ORDER BY id" % O.case_id(case))
    assert rows == [["notice", "1", "3"], ["approval", "1", "2"]], rows
    sheet = who.get(case + "/print/all", html=True).text
    assert re.findall(r"第([一二三])联</b>([^<]+)", sheet) == [("一", "用编单位"), ("二", "组织、人社部门"), ("三", "财政部门")]
    assert sheet.count("入编审批单</h2>") == 2 and sheet.count("入编核准通知单</h2>") == 3
    body = pdf(who, case)
    assert pages(body) == 5
    whole = text_of(body)
    assert whole.count("入编审批单") == 2 and whole.count("领取人") == 3, whole


def test_part_opinion(town):
    """A5.12 A5.15 部分核准: the paper of those who were approved says 核准, the reason stands with those who were not"""
    O.make_room(town, 4)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who, persons=2)
    O.submit(who, case)
    first = town.one("SELECT MIN(id) FROM bz_item WHERE case_id = %d" % O.case_id(case))
    form = boss.get(case + "/review").form("/move")
    form.set(opinion="欧阳子涵民族请核对")
    assert O.press(boss, form, "part", take=[first]).status == 303
    rest, number = town.sql("SELECT id, number FROM bz_case WHERE split_from = %d" % O.case_id(case))[0]
    press(who, case)
    sheet = who.get(case + "/print/all", html=True).text
    assert "民族请核对" not in sheet and "部分核准" not in sheet and re.search(r"<td>核准</td>", sheet), sheet
    assert "民族请核对" not in text_of(pdf(who, case))
    page = who.get(case)
    assert "民族请核对" not in page.text
    page.says("核准 1 人，其余 1 人转入 %s 退回" % number)
    who.get("/bianzhi/entry/" + rest).says("欧阳子涵民族请核对")


def test_single(town):
    """HY-21 A5.15 a print of its own: all three copies, or one of them"""
    who, case = approved(town)
    press(who, case, "notice")
    assert pages(pdf(who, case, "notice")) == 3
    press(who, case, "notice", part="2", why="第二联损坏")
    body = pdf(who, case, "notice")
    assert pages(body) == 1
    sheet = who.get(case + "/print/notice", html=True).text
    assert re.findall(r"第([一二三])联</b>", sheet) == ["二"] and "一式三联" in sheet
    assert town.sql("SELECT nth, copies, part FROM bz_print WHERE case_id = %d ORDER BY nth" % O.case_id(case)) \
        == [["1", "3", "0"], ["2", "1", "2"]]
    press(who, case, "notice", status=422, part="4", why="再打")
    assert who.get(case + "/print/all").status == 409, "the 审批单 was never registered"


def test_not_before_approval(town):
    """HY-21 HY-23 nothing is printed before approval, by nobody, as page, PDF or press"""
    O.make_room(town, 3)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who)
    O.submit(who, case)
    for one in (who, boss):
        for job in ("all", "notice", "approval"):
            assert one.get("%s/print/%s" % (case, job)).status == 409
            assert one.get("%s/print/%s/pdf" % (case, job)).status == 409
    assert [f for f in who.get(case).xml.iter("form") if "/print/" in f.get("action")] == []
    O.decide(boss, case, "approve")
    assert who.get(case + "/print/all").status == 409, "not registered yet"
    assert who.get(case + "/print/all/pdf").status == 409
    assert town.one("SELECT COUNT(*) FROM bz_print WHERE case_id = %d" % O.case_id(case)) == "0"


def test_reprint(town):
    """HY-20 HY-21 a reprint asks why, says 补打第 n 次 and by whom, and is the same to the byte without its mark"""
    who, case = approved(town)
    press(who, case)
    first = pdf(who, case)
    assert pdf(who, case) == first, "two reads differ"
    press(who, case, status=422)
    assert "why.all" in press(who, case, status=422).errors()
    press(who, case, why="第" * 201, status=422)
    press(who, case, why="第二联污损")
    again = pdf(who, case)
    assert again != first and text_of(again).count("补打第 1 次") == 4
    assert text_of(again).replace("补打第 1 次", "").split() == text_of(first).split()
    page = who.get(case)
    row = [["".join(c.itertext()) for c in r.findall("c")] for t in page.xml.iter("table") if t.get("id") == "prints" for r in t.findall("r")]
    assert [r[1] for r in row] == ["入编核准通知单", "入编审批单", "入编核准通知单（补打第 1 次）", "入编审批单（补打第 1 次）"], row
    assert row[2][3].endswith("王敏") and row[2][4] == "第二联污损", row
    town.sql("DELETE FROM bz_print WHERE case_id = %d AND nth = 2" % O.case_id(case))
    assert pdf(who, case) == first, "beside the mark something changed"
    assert len(codes(town, case)) == 2, "a reprint got another code"


def test_renamed(town):
    """HY-20 A5.15 unit, office, category, level and 主管部门 of a reprint are those of the day it was issued"""
    who, case = approved(town)
    press(who, case)
    first, page = pdf(who, case), who.get(case + "/print/all", html=True).text
    unit, office = O.unit_id(town), town.one("SELECT office_id FROM bz_case WHERE id = %d" % O.case_id(case))
    town.sql("CREATE TABLE was_scope AS SELECT id, name FROM bz_scope; CREATE TABLE was_unit AS SELECT id, name, org_level, parent_id FROM st_unit")
    try:
        town.sql("UPDATE bz_scope SET name = CONCAT('新', name) WHERE id IN ({0}, {1}); UPDATE st_unit SET name = CONCAT('新', name);"
                 " UPDATE st_unit SET parent_id = (SELECT id FROM was_unit WHERE id <> {0} LIMIT 1),"
                 " org_level = (SELECT org_level FROM was_unit u WHERE u.org_level <> st_unit.org_level LIMIT 1) WHERE id = {0}".format(unit, office))
        assert pdf(who, case) == first, "a reprint shows today's names"
        shown = lambda text: re.search(r'<main.*', text, re.S).group(0)
        assert shown(who.get(case + "/print/all", html=True).text) == shown(page)
        town.sql("UPDATE bz_sheet SET own = NULL, issuer = NULL WHERE case_id = %d" % O.case_id(case))
        old = text_of(pdf(who, case))
        assert old != text_of(first) and "新" in old, "nothing was renamed"
    finally:
        town.sql("UPDATE bz_scope s JOIN was_scope w USING (id) SET s.name = w.name; UPDATE st_unit u JOIN was_unit w USING (id) SET u.name = w.name,"
                 " u.org_level = w.org_level, u.parent_id = w.parent_id; DROP TABLE was_scope; DROP TABLE was_unit")


def county_approved(town, notice="入编核准通知单"):
    """(clerk, case) of an approved case of 丙县, where the page that asks names the NOTICE."""
    O.make_room(town, 3, "X304")
    who = O.log_in(town, "X304")
    case = O.new_case(who, "01")
    O.add_paper(who, case)
    O.add_person(who, case)
    O.submit(who, case)
    O.decide(O.log_in(town, "xianxing"), case, "pass", "经核对")
    leader = O.log_in(town, "xianfen")
    page = O.ask(leader, case, "approve", "同意")
    page.says("出具《%s》一式三联" % notice)
    assert O.press(leader, O.asked(page), "approve").status == 303
    return who, case


def named(who, case, job="all"):
    """What a printed case says, in HTML as in the PDF: (titles, names of the copies)."""
    html = who.get("%s/print/%s" % (case, job), html=True).text
    seen = re.findall(r"<h2>([^<]+)</h2>", html), re.findall(r"</b>([^<]+)</div>", html)
    flat = re.sub(r"\s+", "", text_of(pdf(who, case, job), "-raw"))
    for word in seen[0] + seen[1]:
        assert word in flat, (word, flat)
    return seen


def test_own_words(town):
    """A5.15 A5.17 an office's own titles and names of copies on page, PDF, case, inbox and register; those below inherit; printed ones stay"""
    usual = ["入编核准通知单"] * 3 + ["入编审批单"], ["用编单位", "组织、人社部门", "财政部门"]
    own = ["丙县入编核准通知书"] * 3 + ["人员入编审批表"], ["用编单位", "县委组织部", "县财政局"]
    who, old = county_approved(town)
    press(who, old)
    before = pdf(who, old)
    assert named(who, old) == usual
    two, couple = approved(town, 2)
    press(two, couple)
    more = ("[office 480300]\ntitle.entry.approval=人员入编审批表\ncopies.entry.notice=甲;乙;丙\n"
            "[office 480321]\ntitle.entry.notice=丙县入编核准通知书\ncopies.entry.notice=用编单位; 县委组织部 ;县财政局\n")
    with town.otherwise(more):
        assert pdf(who, old) == before and named(who, old) == usual, "what was printed changed"
        press(who, old, why="第二联污损")
        assert named(who, old) == usual, "a reprint changed"
        who, case = county_approved(town, "丙县入编核准通知书")
        page = who.get(case)
        page.says("打印丙县入编核准通知书", "第二联（县委组织部）")
        press(who, case)
        assert named(who, case) == own, named(who, case)
        press(who, case, "notice", part="2", why="第二联污损")
        assert named(who, case, "notice") == (own[0][:1], ["县委组织部"])
        press(who, case, why="全套污损")
        name = who.get(case + "/print/notice/pdf").headers["content-disposition"].split("filename*=UTF-8''")[1]
        assert T.urllib.parse.unquote(name).startswith("丙县入编核准通知书"), name
        who.get("/inbox/").says("可以领取《丙县入编核准通知书》《人员入编审批表》")
        rows = town.sql("SELECT case_id, title FROM bz_print WHERE case_id IN (%d, %d) ORDER BY id" % (O.case_id(old), O.case_id(case)))
        assert [t for _, t in rows] == 2 * ["入编核准通知单", "入编审批单"] + ["丙县入编核准通知书", "人员入编审批表", "丙县入编核准通知书", "丙县入编核准通知书",
                                                                                   "人员入编审批表"], rows
        city, other = approved(town)
        press(city, other)
        assert named(city, other) == (["入编核准通知单"] * 3 + ["人员入编审批表"], ["甲", "乙", "丙"]), named(city, other)
        O.reviewer(town).get("/seal/").says("人员入编审批表")
        # issued anew: a sheet of today, with today's words
        code = [c for p, _, c in codes(town, old) if p == "notice"][0]
        town.tool("sheet", "void", code, "姓名有误")
        press(O.log_in(town, "xianxing"), old, why="姓名更正，重新出具")
        assert named(who, old) == (own[0][:3] + usual[0][3:], own[1])
        code = [c for p, _, c in codes(town, couple) if p == "approval"][0]
        town.tool("sheet", "void", code, "姓名有误")
        press(O.reviewer(town), couple, why="姓名更正，重新出具")
        assert named(two, couple) == (usual[0][:3] + ["人员入编审批表", "入编审批单"], usual[1]), "each sheet is called as it was issued"
    assert named(who, case) == (own[0], own[1]), "taking the setting out changed what was printed"
    who.get(case).says("补打丙县入编核准通知书", "第三联（县财政局）")
    town.sql("UPDATE bz_sheet SET copies = NULL WHERE case_id = %d" % O.case_id(case))
    assert named(who, case)[1] == usual[1], "a sheet of before has the names of the business"
    assert named(*(lambda w, c: (press(w, c), (w, c))[1])(*county_approved(town))) == usual


def test_fonts_and_text(town):
    """PDF fonts are embedded as subsets, the text is found with 䶮 and 𬭎, the date is the document's"""
    O.make_room(town, 5)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.new_case(who)
    O.add_paper(who, case)
    for name in ("赵䶮", "谭𬭎", "阿依古丽·买买提"):
        O.add_person(who, case, name=name)
    O.submit(who, case)
    O.decide(boss, case, "approve")
    press(who, case)
    body = pdf(who, case)
    fonts = [line.split() for line in tool(body, "pdffonts", "@").splitlines()[2:]]
    assert fonts and all(f[-5:-2] == ["yes", "yes", "yes"] for f in fonts), fonts
    assert all(re.match(r"[A-Z]{6}\+", f[0]) for f in fonts), fonts
    raw = re.sub(r"\s+", "", text_of(body, "-raw"))
    for word in ("赵　䶮", "谭　𬭎", "阿依古丽·买买提", "入编核准通知单", "以下空白"):
        assert word.replace("　", "") in raw.replace("　", ""), word
    info = tool(body, "pdfinfo", "-isodates", "@")
    day = town.one("SELECT DATE(closed_at) FROM bz_case WHERE id = %d" % O.case_id(case))
    assert re.search(r"CreationDate:\s+%sT00:00:00\+08" % day, info) or day in tool(body, "pdfinfo", "-rawdates", "@").replace(
        day.replace("-", ""), day), info
    assert "入编核准通知单" in info and "A4" in info, info


def test_upper_office(town):
    """A5.17 HY-20 an upper office sees what a county printed, but neither prints it nor has it in its own register"""
    O.make_room(town, 3, "X304")
    who, boss = O.log_in(town, "X304"), O.reviewer(town)
    case = O.new_case(who, "01")
    O.add_paper(who, case)
    O.add_person(who, case)
    O.submit(who, case)
    O.decide(O.log_in(town, "xianxing"), case, "pass", "经核对")
    O.decide(O.log_in(town, "xianfen"), case, "approve", "同意")
    form = who.get(case).form("/print/all")
    press(who, case)
    form.key = K.Keys(town).key(int(town.one("SELECT id FROM bz_operator WHERE name = '林清华'")), form.action.replace("/bianzhi", ""))
    form.fields["why.all"] = "代为补打"
    assert boss.post(form).status == 403, "an upper office issued a sheet in place of the county"
    page = boss.get(case)
    assert page.status == 200 and [f for f in page.xml.iter("form") if "/print/" in f.get("action")] == []
    assert boss.get(case + "/print/all").status == 200, "what was printed may be read"
    unit = town.one("SELECT name FROM st_unit WHERE unit_code = 'X304'")
    assert unit not in boss.get("/seal/").text + boss.get("/seal/sheet").text, "another office's print in the register"


def test_what_the_papers_say(town):
    """HY-68 HY-69 A5.15 原工作单位 with 原编制类型 on the notice; the 《编制审批表》 number on the 审批单 and in the register; 无职务"""
    O.make_room(town, 3)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.new_case(who, "03", entry_paper="示编审〔2026〕57号")
    O.add_paper(who, case)
    O.add_person(who, case, name="谭䶮", from_unit="示例县财政局", from_staffing_type="11")
    O.submit(who, case)
    O.decide(boss, case, "approve")
    press(who, case)
    for text in (pdf(who, case), who.get(case + "/print/all", html=True).body):
        flat = re.sub(r"\s+", "", text_of(text, "-raw") if text.startswith(b"%PDF-") else re.sub("<[^>]+>", "", text.decode()))
        assert flat.count("示例县财政局（行政编制）") == 3 and flat.count("示例县财政局") == 4, flat
        assert flat.count("示编审〔2026〕57号") == 1 and flat.count("无职务") == 4, flat
        assert "同意谭䶮同志以“转任”方式使用" in flat, flat
    sentence = re.search(r"<p>(经审核，同意.*?)</p>", who.get(case + "/print/all", html=True).text).group(1)
    assert re.search(r"同意谭䶮同志以“转任”方式使用\S+行政编制 1 名，自\d+年\d+月\d+日起入编。$", sentence), sentence
    i = O.case_id(case)
    assert town.one("SELECT entry_paper FROM st_employment WHERE entry_case_id = %d" % i) == "示编审〔2026〕57号"
    assert town.sql("SELECT DISTINCT paper FROM st_quota_posting WHERE case_id = %d" % i) == [["示编审〔2026〕57号"]]


def persons(town, case, n):
    """Make an approved case one of N persons."""
    i = O.case_id(case)
    town.sql("DELETE FROM bz_item WHERE case_id = %d AND seq > 1; INSERT INTO bz_item (case_id, seq, label, subject_key, subject_id, state, body,"
             " closed, version) SELECT case_id, s.seq + 1, label, subject_key, subject_id, state, body, closed, version FROM bz_item JOIN"
             " seq_1_to_%d s WHERE case_id = %d AND bz_item.seq = 1" % (i, n - 1, i) if n > 1 else "SELECT 1")
    town.sql("UPDATE bz_case SET items = %d WHERE id = %d" % (n, i))


def test_page_counts(town):
    """HY-21 pages are right for 1, 10, 11 and 200 persons: ten a page, 第 N 页 共 M 页, 以下空白 on the last"""
    who, case = approved(town)
    for n, want in ((1, 1), (10, 1), (11, 2), (200, 20)):
        persons(town, case, n)
        town.sql("DELETE FROM bz_sheet WHERE case_id = {0}; DELETE FROM bz_print WHERE case_id = {0}".format(O.case_id(case)))
        press(who, case, "notice")
        body = pdf(who, case, "notice")
        assert pages(body) == 3 * want, (n, pages(body))
        text = re.sub(r"[ 　]+", "", text_of(body))
        assert text.count("以下空白") == (0 if n % 10 == 0 else 3), n
        assert text.count("领取人") == 3 and text.count("接下页") == 3 * (want - 1), n
        if want > 1:
            for p in (1, want):
                assert text.count("第%d页共%d页" % (p, want)) == 3, (n, p)
            last = text_of(body, "-f", str(want), "-l", str(want))
            assert re.search(r"(^|\s)%d\s" % n, last) and "盖章" in last, last
        else:
            assert "页" not in text.replace("接下页", ""), text
        html = who.get(case + "/print/notice", html=True).text
        assert html.count('class="sheet"') == 3 * want and html.count("<thead>") == 3 * (want + 1), n


def test_two_hundred(town):
    """HY-23 one press for a case of 200 persons: 60 pages of notices and 200 审批单, within the limits"""
    who, case = approved(town)
    persons(town, case, 200)
    press(who, case)
    assert pages(pdf(who, case)) == 260


def qr_of(body, page):
    with tempfile.TemporaryDirectory() as d:
        with open(d + "/a.pdf", "wb") as f:
            f.write(body)
        subprocess.run(["pdftoppm", "-r", "150", "-f", str(page), "-l", str(page), "-png", d + "/a.pdf", d + "/p"], check=True, timeout=60)
        png = [n for n in os.listdir(d) if n.endswith(".png")][0]
        out = subprocess.run(["zbarimg", "-q", "--raw", d + "/" + png], stdout=subprocess.PIPE, text=True, timeout=60)
        return out.stdout.strip()


def test_qr(town):
    """the QR of each printed page is read back by a decoder and opens the public page"""
    who, case = approved(town)
    press(who, case)
    body = pdf(who, case)
    mine = {p: c for p, _, c in codes(town, case)}
    for page, name in ((1, "notice"), (3, "notice"), (4, "approval")):
        assert qr_of(body, page) == "http://127.0.0.1:%d/bianzhi/check/%s" % (town.port, mine[name]), (page, qr_of(body, page))
    assert text_of(body).count("http://127.0.0.1:%d/bianzhi/check/" % town.port) == 4, "the address stands on each sheet"
    answer = T.Browser(town).get(qr_of(body, 1).split("/bianzhi")[1])
    answer.says("现在有效", town.one("SELECT result_number FROM bz_case WHERE id = %d" % O.case_id(case)))


def test_qr_address(town):
    """[product] url is the address that the QR holds"""
    who, case = approved(town)
    press(who, case)
    server = V.Server(town, start=False)
    with open(server.conf, encoding="utf-8") as f:
        text = f.read()
    with open(server.conf, "w", encoding="utf-8") as f:
        f.write(re.sub(r"(?m)^url=.*$", "url=https://bz.example.gov.cn/bianzhi/", text))
    server.start()
    try:
        more = {"HTTP_COOKIE": "; ".join("%s=%s" % c for c in who.cookies.items())}
        path = server.url("%s/print/notice/pdf" % case.replace("/bianzhi", ""))
        answer = server.peer().send(V.request(path, more=more)).answer()
        body = answer[answer.index(b"%PDF-"):]
        assert qr_of(body, 1) == "https://bz.example.gov.cn/bianzhi/check/" + codes(town, case)[0][2]
    finally:
        server.end()


def test_public_page(town):
    """the public page tells number, date, unit, number of persons and state, and nothing else"""
    who, case = approved(town, 2)
    press(who, case)
    code = codes(town, case)[0][2]
    nobody = T.Browser(town)
    before = town.one("SELECT COUNT(*) FROM bz_audit")
    page = nobody.get("/check/" + code)
    rows = {k.get("t"): k.text for k in page.xml.iter("kv")}
    number, day = town.sql("SELECT result_number, DATE(closed_at) FROM bz_case WHERE id = %d" % O.case_id(case))[0]
    shown = "-".join((code[:4], code[4:8], code[8:]))
    unit = town.one("SELECT name FROM st_unit WHERE unit_code = 'D031'")
    assert rows == {"校验码": shown, "编号": number, "日期": day, "单位": unit, "人数": "2", "状态": "有效"}, rows
    for label, key in town.sql("SELECT label, subject_key FROM bz_item WHERE case_id = %d" % O.case_id(case)):
        assert label not in page.text and key not in page.text and key[-4:] not in page.text
    assert town.one("SELECT COUNT(*) FROM bz_audit") == before, "a look wrote"
    for typed in (shown, shown.lower(), " %s " % shown.replace("-", " ")):
        assert nobody.get("/check/?code=" + T.urllib.parse.quote(typed)).status == 200, typed
    town.sql("UPDATE bz_scope SET name = '改名后的单位' WHERE id = %d" % O.unit_id(town))
    assert {k.get("t"): k.text for k in nobody.get("/check/" + code).xml.iter("kv")}["单位"] == unit, "not as it was issued"
    town.sql("UPDATE bz_scope SET name = '%s' WHERE id = %d" % (unit, O.unit_id(town)))
    assert nobody.get("/check").status == 200 and nobody.get("/check/").status == 200 and nobody.get("/check/", html=True).text.count("<form") == 1


def test_flood(town):
    """a flood of tried check codes gets 429 from the web server as conf/nginx/site.conf sets it up, a pile of papers does not, other pages run on"""
    who, case = approved(town)
    press(who, case)
    code = codes(town, case)[0][2]
    folder, base = os.path.join(town.dir, "site"), town.base
    os.mkdir(folder)
    with open(T.TOP + "/conf/nginx/site.conf.in", encoding="utf-8") as f:
        site = f.read().replace("@BASE@", base).replace("@EXAMPLES@/nginx/bianzhi.conf", town.dir + "/nginx-bianzhi.conf")
    port = T.free_port()                         # the same application behind a second web server
    zones, plain, tls = re.split(r"(?m)^server \{$", site)
    tls = re.sub(r"(?m)^  (listen|ssl|server_name).*\n", "", tls)
    user = "user root;" if os.getuid() == 0 else ""
    with open(folder + "/nginx.conf", "w", encoding="utf-8") as f:
        f.write("%s daemon on; pid %s/pid; worker_processes 1; events { } http { access_log off; %s\n%s\nserver {\n  listen 127.0.0.1:%d;\n%s }\n" % (
            user, folder, " ".join("%s_temp_path %s/%s;" % (n, folder, n) for n in ("client_body", "fastcgi", "proxy", "scgi", "uwsgi")),
            zones, port, tls))
    subprocess.run(["nginx", "-p", folder, "-e", folder + "/error.log", "-c", folder + "/nginx.conf"], check=True, timeout=30)
    try:
        class Place:
            pass
        place = Place()
        place.port, place.base = port, base
        nobody = T.Browser(place)
        assert [nobody.get("/check/" + code).status for _ in range(25)] == [200] * 25, "a pile of papers"
        got = [nobody.get("/check/" + code[:-1] + c) for c in "23456789ABCDEFGHJKMNPQRSTUVWXYZ" * 2]
        late = [p for p in got if p.status == 429]
        assert len(late) > 40 and got[-1].status == 429, [p.status for p in got]
        assert "访问过于频繁" in late[0].text and "请等一分钟再试" in late[0].text
        for path in ("/check", "/check/", "/check/?code=" + code, "/%63heck/" + code, "//check/" + code):
            assert nobody.request("GET", base + path).status == 429, path
        assert nobody.get("/login").status == 200 and nobody.get("/login", html=True).status == 200, "others are kept out as well"
        time.sleep(2.2)
        assert nobody.get("/check/" + code).status == 200, "never again"
    finally:
        pid = int(open(folder + "/pid").read())
        os.kill(pid, signal.SIGQUIT)
        V.until(lambda: not os.path.exists(folder + "/pid"), 15, "the second web server does not end")
    # the town's own limit has room for every test; the application has none
    assert [T.Browser(town).get("/check/" + code).status for _ in range(60)] == [200] * 60
    with open(town.dir + "/nginx.conf", encoding="utf-8") as f:
        assert "limit_req zone=bianzhi_check burst=5000" in f.read()


def test_foreign_code(town):
    """the QR of a foreign or altered sheet: a mistyped code and an unknown one are told apart, nothing is shown"""
    who, case = approved(town)
    press(who, case)
    code = codes(town, case)[0][2]
    letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    other = letters[(letters.index(code[3]) + 1) % 31]
    swapped = code[:5] + code[6] + code[5] + code[7:]
    nobody = T.Browser(town)
    for wrong in (code[:3] + other + code[4:], code[:-1], code + "2", "1234", "%FF%FE", "%E6%A0%A1", "x" * 3000) + (
            (swapped,) if swapped != code else ()):
        page = nobody.get("/check/" + wrong)
        assert page.status in (400, 404, 414, 431), (wrong[:20], page.status)
        if page.status == 404:
            page.says("校验码有误")
            assert not list(page.xml.iter("kv"))
    for last in letters:                        # a code that could be one, of nobody: one of them is its check character
        page = nobody.get("/check/" + code[:10] + letters[(letters.index(code[10]) + 1) % 31] + last)
        if "校验码有误" not in page.text:
            assert page.status == 404
            page.says("不是本系统出具的文书")
            break
    else:
        raise AssertionError("no other code passes its check character")


def test_void(town):
    """a void sheet says so on the public page and across its print, once and for good"""
    who, case = approved(town)
    press(who, case)
    notice, approval = [r[2] for r in codes(town, case)]
    nobody = T.Browser(town)
    out = town.tool("sheet", "void", notice, "入编取消")
    assert "已作废" in out.stdout, out.stdout
    rows = {k.get("t"): k.text for k in nobody.get("/check/" + notice).xml.iter("kv")}
    assert rows["状态"] == "已作废" and "入编取消" not in nobody.get("/check/" + notice).text
    assert nobody.get("/check/" + approval).xml.find(".//kv[@t='状态']").text == "有效"
    body = pdf(who, case, "all")
    assert "作" in text_of(body, "-l", "1", "-raw") and "作废" in re.sub(r"\s", "", text_of(body, "-l", "1", "-raw"))
    assert "作废" not in re.sub(r"\s", "", text_of(body, "-f", "4", "-raw"))
    sheet = who.get(case + "/print/notice", html=True).text
    assert sheet.count('class="void">作废') == 3
    again = town.tool("sheet", "void", notice, "再次", check=False)
    assert again.returncode == 1 and "不能再改变" in again.stdout, again.stdout
    for args in (("void", "AAAA"), ("void", "AAAA", "x"), ("lose", notice, "x")):
        assert town.tool("sheet", *args, check=False).returncode != 0, args
    assert town.one("SELECT COUNT(*) FROM bz_audit WHERE action = 'sheet.void'") != "0"


def test_issued_anew(town):
    """HY-20 A5.15 a void sheet is issued anew by the office alone, with a reason and a code of its own; the void one stays void"""
    who, case = approved(town)
    boss, nobody = O.reviewer(town), T.Browser(town)
    press(who, case)
    state = lambda code: nobody.get("/check/" + code).xml.find(".//kv[@t='状态']").text
    before = [r[2] for r in codes(town, case)]
    town.tool("sheet", "void", before[0], "姓名有误")
    who.get(case).says("已打印 1 次（已作废，由编办重新出具）")
    press(who, case, "notice", why="要一份新的")
    assert [r[2] for r in codes(town, case)] == before, "a unit issued what the office took back"
    assert "作废" in re.sub(r"\s", "", text_of(pdf(who, case, "notice"), "-raw"))
    boss.get(case).says("（已作废，补打即重新出具）")
    press(boss, case, status=422)
    press(boss, case, why="姓名更正，重新出具")
    after = [r[2] for r in codes(town, case)]
    assert after[:2] == before and len(after) == 3 and codes(town, case)[2][0] == "notice", after
    assert [state(c) for c in after] == ["已作废", "有效", "有效"]
    body = re.sub(r"\s", "", text_of(pdf(who, case), "-raw"))
    assert "作废" not in body and "-".join((after[2][:4], after[2][4:8], after[2][8:])) in body, body
    press(boss, case, why="再打")
    assert [r[2] for r in codes(town, case)] == after, "a valid sheet was issued twice"


def test_replaced(town):
    """a replaced sheet names its successor in the record and is 已替换 on the public page"""
    (who, old), (_, new), (third, other) = approved(town), approved(town), approved(town)
    press(who, old)
    press(who, new)
    a, b = codes(town, old)[0][2], codes(town, new)[0][2]
    press(third, other)
    void = codes(town, other)[0][2]
    town.tool("sheet", "void", void, "入编取消")
    assert town.tool("sheet", "replace", a, a, "x", check=False).returncode == 1
    for wrong, says in ((codes(town, new)[1][2], "不是同一种"), (void, "已作废")):
        out = town.tool("sheet", "replace", a, wrong, "x", check=False)
        assert out.returncode == 1 and says in out.stdout, out.stdout
    assert "已替换" in town.tool("sheet", "replace", a, b, "姓名更正").stdout
    nobody = T.Browser(town)
    assert nobody.get("/check/" + a).xml.find(".//kv[@t='状态']").text == "已替换"
    assert nobody.get("/check/" + b).xml.find(".//kv[@t='状态']").text == "有效"
    assert town.one("SELECT n.code FROM bz_sheet o JOIN bz_sheet n ON n.id = o.replaced_by WHERE o.code = '%s'" % a) == b
    assert "已替换" in re.sub(r"\s", "", text_of(pdf(who, old), "-l", "1", "-raw"))
    press(O.reviewer(town), old, "notice", why="再打")
    assert codes(town, old)[0][2] == a and len(codes(town, old)) == 2, "beside its successor the replaced sheet was issued anew"


def seals(page):
    table = next(t for t in page.xml.iter("table") if t.get("id") == "seals")
    return [["".join(c.itertext()) for c in r.findall("c")] for r in table.findall("r")]


def test_seal_register(town):
    """HY-20 用印情况登记表 is filled by printing: date, document, number, copies, user, approver; by period, as a sheet"""
    who, case = approved(town, 2)
    boss = O.reviewer(town)
    before = seals(boss.get("/seal/sheet"))
    press(who, case)
    press(who, case, "approval", copies="2", why="补存一份")
    rows = seals(boss.get("/seal/sheet"))[len(before):]
    number, today = town.sql("SELECT result_number, CURDATE() FROM bz_case WHERE id = %d" % O.case_id(case))[0]
    unit = town.one("SELECT name FROM st_unit WHERE unit_code = 'D031'")
    day = rows[0][0]
    assert rows == [[day, "入编核准通知单", number, "3", unit + " 王敏", "林清华", ""],
                    [day, "入编审批单", number, "2", unit + " 王敏", "林清华", ""],
                    [day, "入编审批单（补打第 1 次）", number, "4", unit + " 王敏", "林清华", "补存一份"]], rows
    press(who, case, "notice", part="2", why="第二联丢失")
    assert seals(boss.get("/seal/sheet"))[-1][1:4] == ["入编核准通知单（第二联）（补打第 1 次）", number, "1"]
    town.sql("UPDATE bz_print SET at = '2025-03-04 09:00:00' WHERE case_id = %d AND nth = 1" % O.case_id(case))
    assert len(seals(boss.get("/seal/?from=2025-03-01&to=2025.3.31"))) == 2
    assert seals(boss.get("/seal/?from=2025-03-05&to=2025-03-31")) == []
    boss.get("/seal/?from=2025-03-01&to=20250331").says("用印 5 份")
    for bad in ("from=x", "from=2025-04-01&to=2025-03-01", "to=2025-02-30"):
        page = boss.get("/seal/?" + bad)
        assert page.status == 422 and page.errors(), bad
        assert boss.get("/seal/sheet?" + bad).status == 409, bad
    assert "A4 横向" in boss.get("/seal/sheet", html=True).text
    assert [m for m in boss.get("/").xml.iter("m") if m.get("href") == "/bianzhi/seal/"], "not in the menu"
    assert who.get("/seal/").status == 403 and who.get("/seal/sheet").status == 403
    county = O.log_in(town, "xianbian")
    assert county.get("/seal/").status in (200, 403)
    if county.get("/seal/").status == 200:
        assert unit not in county.get("/seal/?from=2025-01-01&to=2030-01-01").text, "another office's cases"


def test_archive(town):
    """HY-22 the scanned papers stay with the approved case as 归档材料: readable to the office, removed by nobody"""
    O.make_room(town, 3)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who)
    key = who.get(case).form(case + "/paper")
    paper = town.one("SELECT id FROM bz_paper WHERE case_id = %d" % O.case_id(case))
    papers = town.one("SELECT COUNT(*) FROM bz_paper WHERE case_id = %d" % O.case_id(case))
    O.submit(who, case)
    O.decide(boss, case, "approve")
    for one in (who, boss):
        section = [s for s in one.get(case).xml.iter("section") if s.get("id") == "papers"][0]
        assert section.get("t") == "归档材料", section.attrib
        assert "/bianzhi%s/paper/%s" % (case.replace("/bianzhi", ""), paper) in [f.get("href") for f in section.iter("file")]
        got = one.get("%s/paper/%s" % (case, paper))
        assert got.status == 200 and got.body.startswith(b"%PDF")
    for do in ("rm:" + paper, "add"):
        page = who.post(key, extra={"do": do}, files={"paper.approval": ("b.pdf", T.pdf("other"))} if do == "add" else None)
        assert page.status == 409, (do, page.status)
    assert town.one("SELECT COUNT(*) FROM bz_paper WHERE case_id = %d" % O.case_id(case)) == papers
    town.sql("UPDATE bz_paper SET kind = 'of_old' WHERE id = " + paper)
    assert paper in [f.get("id") for f in boss.get(case).xml.iter("file")], "a paper that is asked for no longer is hidden"


def test_archive_list(town):
    """HY-22 归档材料: each paper once with all its files, a file that came twice is there once, no empty column 要求"""
    O.make_room(town, 3)
    who, boss = O.clerk(town), O.reviewer(town)
    case = O.filled_case(who)
    O.add_paper(who, case, "approval", "第二页.pdf", T.pdf("page 2"))
    O.submit(who, case)
    O.decide(boss, case, "approve")
    number = O.case_id(case)
    before = boss.get(case).xml
    town.sql("INSERT INTO bz_paper (case_id, item_id, kind, sha256, file_name, created_by, created_at)"
             " SELECT case_id, item_id, kind, sha256, file_name, created_by, created_at FROM bz_paper"
             " WHERE case_id = %d AND (kind = 'approval' OR item_id != 0)" % number)
    page = boss.get(case)

    def listed(xml):
        return [(x.get("t"), [f.get("name") for f in x.findall("file")]) for x in xml.iter("x")]
    assert listed(page.xml) == listed(before), listed(page.xml)
    names = [t for t, _ in listed(page.xml)]
    assert len(set(names)) == len(names) and [f for t, f in listed(page.xml) if "编制审批表" in t] == [["编制审批表.pdf", "第二页.pdf"]], listed(page.xml)
    assert "共 %d 件" % sum(len(f) for _, f in listed(page.xml)) in page.text
    html = boss.get(case, html=True).text
    assert '<th scope="col">材料名称</th><th scope="col">已上传文件</th>' in html, html[html.find("归档材料"):][:1500]
    assert '<th scope="col">要求</th>' in who.get(O.new_case(who), html=True).text


def test_render_killed(town):
    """bianzhi-render is killed: another comes, the next PDF is made, no worker went away"""
    who, case = approved(town)
    press(who, case)
    workers = town.pids()[1]
    was = town.render()
    os.kill(was, 9)
    V.until(lambda: town.render() not in (None, was), 10, "no other bianzhi-render came")
    assert pages(pdf(who, case)) == 4
    assert town.pids()[1] == workers


def test_render_alone(town):
    """a server without a master, and one request as CGI, make the PDF in a child of their own"""
    who, case = approved(town)
    press(who, case)
    want = pdf(who, case)
    env = dict(os.environ, REQUEST_METHOD="GET", REQUEST_URI="/bianzhi%s/print/all/pdf" % case.replace("/bianzhi", ""), QUERY_STRING="",
               HTTP_COOKIE="; ".join("%s=%s" % c for c in who.cookies.items()))
    once = subprocess.run([T.STAGE + "/sbin/bianzhi-fcgi", "-c", town.dir + "/bianzhi.conf", "--once"], env=env, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, timeout=60)
    assert once.returncode == 0 and once.stdout.endswith(want), (once.returncode, once.stdout[:400], once.stderr[-400:])
    server = V.Server(town, single=True)
    try:
        more = {"HTTP_COOKIE": "; ".join("%s=%s" % c for c in who.cookies.items())}
        answer = server.peer().send(V.request(server.url("%s/print/all/pdf" % case.replace("/bianzhi", "")), more=more)).answer()
        assert answer.endswith(want), answer[:500]
    finally:
        server.end()


def test_limits(town):
    """a PDF that takes more than a job may: a sentence and 500, the worker lives, others go on"""
    who, case = approved(town)
    persons(town, case, 200)
    press(who, case)
    server = V.Server(town, "render_output=65536", "workers=1")
    try:
        more = {"HTTP_COOKIE": "; ".join("%s=%s" % c for c in who.cookies.items())}
        path = server.url("%s/print/all/pdf" % case.replace("/bianzhi", ""))
        V.until(lambda: len(server.workers()) == 1, 10, "bianzhi-render has not taken its name")
        before = server.workers()
        answer = server.peer().send(V.request(path, more=more)).answer().decode()
        assert answer.startswith("Status: 500") and "文件没有生成，请稍后再试一次" in answer, answer[:800]
        assert server.ask("/login") == 200 and server.workers() == before
    finally:
        server.end()


def test_long_texts(town):
    """PDF: a text that is too long for its cell is set smaller and stays inside of it, in each row of ten"""
    who, case = approved(town)
    long = "阿依古丽·买买提明·阿卜杜热合曼·吐尔逊·艾合买提江"
    town.sql("UPDATE bz_item SET label = '{0}', body = UPDATEXML(body, '/item/name', '<name>{0}</name>') WHERE case_id = {1}".format(
        long, O.case_id(case)))
    persons(town, case, 10)
    press(who, case, "notice")
    box = tool(pdf(who, case, "notice"), "pdftotext", "-f", "1", "-l", "1", "-bbox", "@", "-")
    mm = 72 / 25.4
    rows = {}
    for x0, y0, x1, y1, word in re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', box):
        if word and all(c in long for c in word) and float(y0) > 85 * mm:
            x0, y0, x1, y1 = (float(v) / mm for v in (x0, y0, x1, y1))
            n = int(((y0 + y1) / 2 - 87.6) // 8.6)
            rows[n] = rows.get(n, "") + word
            assert 35 <= x0 and x1 <= 52 and y0 >= 87.6 + 8.6 * n - 1 and y1 <= 87.6 + 8.6 * (n + 1) + 1, (word, x0, y0, x1, y1, n)
    assert sorted(rows) == list(range(10)) and set(rows.values()) == {long}, rows


def test_register_stays(town):
    """HY-20 the application's own database account can neither change nor delete a row of the register, nor delete a sheet"""
    grants = "\n".join(" ".join(r) for r in town.sql("SHOW GRANTS FOR bz_app@localhost"))
    for table, may in (("bz_print", "SELECT, INSERT"), ("bz_sheet", "SELECT, INSERT, UPDATE")):
        assert re.search(r"GRANT %s ON [^ ]*%s" % (may, table), grants), (table, grants)


def test_two_presses(town):
    """HY-20 two presses at once: one is registered, the other is asked why; the same press twice counts once"""
    who, case = approved(town)
    other = O.reviewer(town)
    forms = [(one, one.get(case).form("/print/all")) for one in (who, other) for _ in range(3)]
    with concurrent.futures.ThreadPoolExecutor(max_workers=6) as pool:
        answers = sorted(p.status for p in pool.map(lambda f: f[0].post(f[1]), forms))
    assert answers == [303] + [422] * 5, answers
    rows = town.sql("SELECT print, nth FROM bz_print WHERE case_id = %d ORDER BY id" % O.case_id(case))
    assert rows == [["notice", "1"], ["approval", "1"]] and len(codes(town, case)) == 2, rows
    form = who.get(case).form("/print/all")
    form.fields["why.all"] = "纸张损坏"
    assert [who.post(form).status for _ in range(2)] == [303, 303]
    assert town.one("SELECT COUNT(*) FROM bz_print WHERE case_id = %d" % O.case_id(case)) == "4"
