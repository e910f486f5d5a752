# Papers of an approved entry case: one press for all, reprints, PDF, check
# codes and the seal register.  SPDX-License-Identifier: MulanPSL-2.0
import os
import re
import subprocess
import tempfile

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
    page = who.post(form, **values)
    assert page.status == status, "%d %s" % (page.status, page.text[:1500])
    return page


def pdf(who, case, job="all"):
    page = who.get("%s/print/%s/pdf" % (case, job))
    assert page.status == 200, "%d %s" % (page.status, page.text[:1500])
    assert page.headers["content-type"] == "application/pdf" and page.body.startswith(b"%PDF-"), page.headers
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
