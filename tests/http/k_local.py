# Provinces add, they never edit: a folder of definitions beside ours (doc/examples/gansu), loaded by a server of its
# own on the town's database.  SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import os
import shutil
import subprocess

import d_print as D
import h_change as C
import h_correct as K
import h_exit as E
import h_report as R
import h_revoke as V
import office as O
import server as S
import town as T
from d_hostile import front

PACK = os.path.join(T.TOP, "doc", "examples", "gansu")


class There:
    """The town as seen through another web server."""

    def __init__(self, town, port):
        self.town, self.port = town, port

    def __getattr__(self, name):
        return getattr(self.town, name)


def local(s):
    """The province's folder, beside our definitions: the configuration's line."""
    shutil.copytree(PACK, s.dir + "/local/gansu")
    return "localdir=%s/local" % s.dir


def plugins(town):
    for line in open(os.path.join(town.dir, "bianzhi.conf"), encoding="utf-8"):
        if line.startswith("plugins="):
            return line.strip()
    raise AssertionError("no plugins")


@contextlib.contextmanager
def province(town):
    s = S.Server(town, start=False)
    try:
        s.change(local(s), plugins(town) + ";gansu")
        s.start()
        with front(s) as port:
            yield There(town, port)
    finally:
        s.end()


def section(page):
    return {f.get("id"): f for f in page.xml.iter("f") if f.get("id", "").startswith("gansu_")}


def kept_and_changed(there, case):
    """The register keeps the province's fields; 人员异动 changes them, with what was and what is; 撤销核准 turns it back."""
    person = int(there.one("SELECT subject_id FROM bz_item WHERE case_id = %d" % O.case_id(case)))
    unit = there.one("SELECT unit_code FROM st_unit u JOIN bz_case c ON c.scope_id = u.id WHERE c.id = %d" % O.case_id(case))

    def kept():
        return {f: v for f, v in there.sql("SELECT field, value FROM st_local WHERE person_id = %d" % person)}
    assert kept() == {"gansu_project": "1", "gansu_project_end": "2020-01-01"}, kept()
    look = O.log_in(there, "chakan")
    look.get("/staffing/person/%d" % person).says("本省补充信息", "三支一扶", "2020-01-01")
    who, path = C.filled(there, person, unit, gansu_project="4")
    who.get(path + "/confirm").says("基层服务项目", "三支一扶", "特岗教师")
    O.submit(who, path)
    C.to_last(there, path, unit)
    O.decide(O.reviewer(there), path, "approve")
    assert kept()["gansu_project"] == "4" and kept()["gansu_project_end"] == "2020-01-01", kept()
    page = look.get("/staffing/person/%d" % person)
    page.says("特岗教师")
    assert [tuple(r) for r in there.sql("SELECT was, now FROM st_change WHERE person_id = %d AND field = 'gansu_project'" % person)] == [("1", "4")]
    page, _ = V.revoked(there, path, by="xingbian", unit=unit)
    assert page.status == 303 and kept()["gansu_project"] == "1", kept()


def test_province(town):
    """A pack without C: its fields stand in the form, are asked for, checked and shown like ours; an office that has none above decides itself; a case that began before keeps its chain"""
    O.make_room(town, 5)
    before = O.filled_case(O.clerk(town))
    O.submit(O.clerk(town), before)
    town.sql("UPDATE bz_case SET created_at = '2026-02-27 09:00:00' WHERE id = %d" % O.case_id(before))
    with province(town) as there:
        who = O.clerk(there)
        case = O.new_case(who)
        page = O.item_page(who, case)
        assert set(section(page)) == {"gansu_project", "gansu_project_end"}, section(page)
        assert "gansu_project" in [x.get("id") for x in page.xml.iter("x")], "its paper is not offered"
        page = O.add_person(who, case, do="check", status=422, gansu_project="1")
        assert "gansu_project_end" in page.errors(), page.errors()
        page = O.add_person(who, case, do="check", status=422, gansu_project="1", gansu_project_end="2099-01-01")
        assert "服务期未满的不能入编" in page.errors()["gansu_project_end"], page.errors()
        page = O.add_person(who, case, do="check", status=422, gansu_project="4", gansu_project_end="2020-01-01")
        assert "from_unit" in page.errors(), page.errors()
        O.add_person(who, case, gansu_project="1", gansu_project_end="2020-01-01")
        O.add_paper(who, case)
        who.get(case + "/confirm").says("基层服务项目", "三支一扶", "2020-01-01")
        O.submit(who, case)
        centre = O.reviewer(there)
        page = centre.get(case + "/review")
        page.says("三支一扶")
        assert page.find("item").get("brief").endswith(" · 三支一扶"), "beside the name"
        assert {m.get("do"): m.get("t") for m in page.xml.iter("move")}["approve"] == "核准", "nobody is above the city's office"
        assert "市州复核" not in page.text
        O.decide(centre, case, "approve")
        assert there.one("SELECT CONCAT(state, ' ', process_version) FROM bz_case WHERE id = %d" % O.case_id(case)) == "done 2001"
        item = there.one("SELECT id FROM bz_item WHERE case_id = %d" % O.case_id(case))
        who.get("%s/item/%s" % (case, item)).says("本省补充信息", "三支一扶")
        sheet(there, who, case)
        kept_and_changed(there, case)
        # Who began before the province added its step is decided as he began.
        O.decide(centre, before, "approve")
        assert O.state(there, before) == "done"
        assert town.tool("verify").returncode == 0
    town.sql("UPDATE bz_case SET process_version = 2 WHERE process_version > 1000")


def sheet(there, who, case):
    """The province's sheet is printed like ours, in the browser and as a PDF, and can be verified."""
    D.press(who, case, "gansu_service")
    page = who.get(case + "/print/gansu_service")
    page.says("基层服务人员登记表", "三支一扶", "2020-01-01")
    text = D.text_of(D.pdf(who, case, "gansu_service"))
    assert "基层服务人员登记表" in text and "三支一扶" in text, text
    code = there.one("SELECT code FROM bz_sheet WHERE case_id = %d AND print = 'gansu_service'" % O.case_id(case))
    O.log_in(there, "chakan").get("/check/" + code).says("现在有效")


def test_higher(town):
    """A step at the office above: a county's case goes there before its approval, waits for its leader and nobody else, comes back from there, and is approved there"""
    O.make_room(town, 3, "X304")
    with province(town) as there:
        who, boss = O.clerk(there, "X304"), O.log_in(there, "fenguan")
        case = O.filled_case(who, gansu_project="0")

        def to_city():
            O.submit(who, case)
            O.decide(O.log_in(there, "xianxing"), case, "pass")
            county = O.log_in(there, "xianfen")
            page = county.get(case + "/review")
            page.says("市州复核")
            assert {m.get("do"): m.get("t") for m in page.xml.iter("move")}.get("pass") == "同意"
            assert "approve" not in {m.get("do") for m in page.xml.iter("move")} and "part" not in {m.get("do") for m in page.xml.iter("move")}
            O.decide(county, case, "pass")
            return county
        county = to_city()
        assert there.one("SELECT CONCAT(state, ' ', step, ' ', process_version) FROM bz_case WHERE id = %d" % O.case_id(case)) == "open gansu_check 1001"
        who.get(case).says("市州复核")
        for other in (county, O.log_in(there, "shibian"), O.reviewer(there)):
            page = other.get("/entry/?tab=todo")
            assert page.status == 403 or not any((e.get("href") or "").startswith(case) for e in page.xml.iter()), "it waits for somebody else, too"
        before = there.one("SELECT COUNT(*) FROM bz_move WHERE case_id = %d" % O.case_id(case))
        assert any((e.get("href") or "").startswith(case) for e in boss.get("/entry/?tab=todo").xml.iter())
        assert any((e.get("href") or "").startswith(case) for e in boss.get("/").xml.iter()), "not on the workbench"
        assert before == there.one("SELECT COUNT(*) FROM bz_move WHERE case_id = %d" % O.case_id(case))
        O.decide(boss, case, "return", opinion="请补充说明岗位情况")
        assert O.state(there, case) == "returned"
        to_city()
        O.decide(boss, case, "approve")
        assert O.state(there, case) == "done"
        assert there.one("SELECT result_number FROM bz_case WHERE id = %d" % O.case_id(case)) not in (None, "")
        assert town.tool("verify").returncode == 0
    town.sql("UPDATE bz_case SET process_version = 1 WHERE process_version = 1001")


def rows_of(page, table):
    return [["".join(c.itertext()) for c in r.findall("c")] for r in page.xml.find(".//table[@id='%s']" % table).findall("r")]


def test_lists(town):
    """A field of the province is a column and a filter of the roster, a column of 减少人员, also in the workbook; the office puts it right; its reports are pages, sheets and workbooks, for whom its roles grant them and within their scope; its stylesheet stands over ours"""
    with province(town) as there:
        unit = O.unit_id(there, "X305")
        one, two = [p[0] for p in E.staff(there, 2)]
        there.sql("INSERT INTO st_local (person_id, field, value) VALUES (%d, 'gansu_project', '1'), (%d, 'gansu_project_end', '2021-08-31'),"
                  " (%d, 'gansu_project', '4'), (%d, 'gansu_project_end', '2022-08-31')" % (one, one, two, two))
        names = {i: there.one("SELECT name FROM st_person WHERE id = %d" % i) for i in (one, two)}
        try:
            lists(there, unit, one, two, names)
        finally:
            there.sql("DELETE FROM st_local WHERE person_id IN (%d, %d)" % (one, two))
    town.sql("UPDATE bz_case SET process_version = 2 WHERE process_version > 1000")


def lists(there, unit, one, two, names):
    wide, near = O.log_in(there, "chakan"), O.clerk(there, "X307")
    for who in (wide, near):
        page = who.get("/staffing/person/?gansu_project=4")
        assert [c.get("t") for c in page.xml.find(".//table[@id='persons']").findall("col")][-1] == "基层服务项目"
        assert [(r[0], r[-1]) for r in rows_of(page, "persons")] == [(names[two], "特岗教师")], rows_of(page, "persons")
        page = who.get("/staffing/person/?unit=%d" % unit)
        assert "三支一扶" in page.text
        assert rows_of(who.get("/staffing/person/?gansu_project=3"), "persons") == []
        got, _ = R.cells_of(who.get("/staffing/person/?gansu_project=1&as=xlsx").body)
        assert any("三支一扶" in row for row in got) and not any("特岗教师" in row for row in got), got
    found = wide.post(wide.get("/staffing/person/").query(), q=names[one], gansu_project="1")
    assert [r[0] for r in rows_of(found, "persons")] == [names[one]]
    # The office puts it right.
    page, case = K.corrected(there, one, gansu_project="2")
    assert there.one("SELECT value FROM st_local WHERE person_id = %d AND field = 'gansu_project'" % one) == "2"
    assert there.sql("SELECT was, now FROM st_change WHERE person_id = %d AND field = 'gansu_project'" % one) == [["1", "2"]]
    # Its reports.
    page = wide.get("/gansu/report/projects")
    page.says("基层服务项目人员")
    assert "本表口径" in wide.get("/gansu/report/projects", html=True).text and "本表口径" not in wide.get("/staffing/person/", html=True).text
    assert [names[one], "大学生村官"] in [[r[0], r[2]] for r in rows_of(page, "report")], rows_of(page, "report")
    assert [r[0] for r in rows_of(wide.get("/gansu/report/projects?project=4"), "report")] == [names[two]]
    assert [r[0] for r in rows_of(wide.get("/gansu/report/projects?since=2022-01-01"), "report")] == [names[two]]
    wide.get("/gansu/report/projects?since=never").says("无法识别")
    wide.get("/gansu/report/projects?as=print").says(names[two])
    assert any("特岗教师" in row for row in R.cells_of(wide.get("/gansu/report/projects?as=xlsx").body)[0])
    page = wide.get("/gansu/report/units")
    figures = dict(rows_of(page, "report"))
    assert figures.pop("合计") == str(sum(int(n) for n in figures.values())) and figures["示例市丙县第一中学"] == "2", figures
    assert any(m.get("href", "").endswith("/gansu/report/projects") for m in page.xml.iter("m"))
    assert rows_of(O.log_in(there, "D003").get("/gansu/report/projects"), "report") == [], "another department's"
    assert O.clerk(there, "X305").get("/gansu/report/projects").status == 403
    left(there, unit, two, names[two])


def left(there, unit, person, name):
    """It is also a column of 减少人员, for as long as nobody else has the person."""
    def seen(who):
        page = who.get("/staffing/left/?unit=%d" % unit)
        at = [c.get("t") for c in page.xml.find(".//table[@id='left']").findall("col")].index("基层服务项目")
        rows = rows_of(page, "left")
        assert {len(r) for r in rows} == {len(page.xml.find(".//table[@id='left']").findall("col"))}, rows
        return [r[at] for r in rows if r[0] == name]
    E.approved(there, [(person, name)])
    clerk, boss = O.clerk(there, E.UNIT), E.leader(there)
    assert seen(clerk) == seen(boss) == ["特岗教师"]
    got, _ = R.cells_of(clerk.get("/staffing/left/?unit=%d&as=xlsx" % unit).body)
    assert any("特岗教师" in row and name in row for row in got), got
    there.sql("INSERT INTO st_employment (person_id, unit_id, valid_from, staffing_type, funding, structure, person_status, entry_mode, entry_case_id,"
              " quota_code, quota_structure, quota_funding) SELECT person_id, %d, valid_to, staffing_type, funding, structure, '10', '09', exit_case_id,"
              " '', '', '' FROM st_employment WHERE person_id = %d" % (O.unit_id(there, "D031"), person))
    try:
        assert seen(clerk) == [""], "what another unit keeps of the person is seen"
    finally:
        there.sql("DELETE FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31'" % person)


def test_refused(town):
    """A pack whose overlay fits nothing, loosens or lies in the wrong folder is refused with file, line and what to do; the server of before goes on"""
    s = S.Server(town, start=False)
    try:
        s.change(local(s), plugins(town) + ";gansu")
        file = s.dir + "/local/gansu/overlay/entry.xml"
        good = open(file, encoding="utf-8").read()
        s.start()
        for find, put, why in (('after="studies"', 'after="nothing"', "has no section or list 'nothing'"),
                               ('<require field="from_unit" when', '<field name="from_unit" after="school" required', "must begin with 'gansu_'"),
                               ('pack="gansu"', 'pack="other"', "correct the attribute"),
                               ('of="2"', 'of="1"', "has no step 'section'"),
                               ('after="leader" before="done" passing="同意" title="市州复核"\n          role="office_leader" where="higher" days="5"',
                                'after="leader" before="done" passing="同意" title="市州复核"\n          role="office_leader" where="higher" desk="yes"',
                                "is not at the office and has no desk="),
                               ('<brief field="gansu_project"/>', '<brief field="gansu_nothing"/>', "is no field of form"),
                               ('<print name="gansu_service"', '<print name="service"', "must begin with 'gansu_'"),
                               ('<business name="entry">', '<business name="nothing">', "there is no business 'nothing'"),
                               ('of="2"', 'of="7"', "there is no process 'counter' of version 7"),
                               ('name="entry/item"', 'name="entry/nothing"', "'gansu_project' is no field of form")):
            assert good.count(find) == 1, find
            with open(file, "w", encoding="utf-8") as f:
                f.write(good.replace(find, put))
            before, kids = len(s.log()), sorted(s.workers())
            s.signal(1)
            S.until(lambda n=before: "BZ0020" in s.log()[n:], 20, "not refused: " + s.log()[before:])
            said = s.log()[before:]
            assert why in said and "local/gansu/overlay/entry.xml:" in said, said
            assert s.ask("/login") == 200 and sorted(s.workers()) == kids
        with open(file, "w", encoding="utf-8") as f:
            f.write(good)
        before = s.log().count("BZ0025")
        s.signal(1)
        S.until(lambda: s.log().count("BZ0025") > before, 30, s.log())
    finally:
        s.end()


def test_made_and_checked(town):
    """bianzhi plugin new makes a folder that bianzhi plugin check finds right at once and a server serves; what is wrong in it is named with its line; a name that is taken or none is refused"""
    s = S.Server(town, start=False)

    def tool(*args):
        out = subprocess.run([T.STAGE + "/bin/bianzhi", "-c", s.conf, "plugin"] + list(args), cwd=s.dir, stdin=subprocess.DEVNULL,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
        return out.returncode, out.stdout
    try:
        assert tool("new", "hebei") == (0, "")
        status, said = tool("check", "hebei")
        assert status == 0 and said.startswith("hebei: ok"), said
        for name, why in (("hebei", "is there already"), ("entry", "there is a plugin entry already"), ("9a", "is no plugin's name"), ("HeBei", "is no plugin's name")):
            status, said = tool("new", name)
            assert status == 1 and why in said, said
        status, said = tool("check", "nowhere")
        assert status == 1 and "there is no folder" in said, said
        os.mkdir(s.dir + "/entry")
        status, said = tool("check", "entry")
        assert status == 1 and "is the name of an installed plugin" in said, said
        made = subprocess.run(["make", "-s", "-C", s.dir + "/hebei", "install", "LOCALDIR=" + s.dir + "/local"], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=60)
        assert made.returncode == 0, made.stdout
        s.change("localdir=%s/local" % s.dir, plugins(town) + ";hebei")
        s.start()
        with front(s) as port:
            there = There(town, port)
            who = O.clerk(there)
            O.item_page(who, O.new_case(who)).says("本地说明")
        file = s.dir + "/hebei/overlay/entry.xml"
        text = open(file, encoding="utf-8").read()
        with open(file, "w", encoding="utf-8") as f:
            f.write(text.replace('after="from_staffing_type"', 'after="from_unti"'))
        status, said = tool("check", "hebei")
        assert status == 1 and "hebei/overlay/entry.xml:5: " in said and "from_unti" in said, said
    finally:
        s.end()
