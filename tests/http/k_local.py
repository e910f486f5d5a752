# Provinces add, they never edit: a folder of definitions beside ours (doc/examples/gansu), loaded by a server of its
# own on the town's database.  SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import os
import re
import shutil
import subprocess

import h_change as C
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
    """A pack without C: its fields stand in the form, are asked for, checked and shown like ours; its step comes between ours, and the approval is its; a case that began before keeps its chain"""
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
        centre, boss = O.reviewer(there), O.log_in(there, "fenguan")
        page = centre.get(case + "/review")
        page.says("三支一扶", "市州复核")
        assert {m.get("do"): m.get("t") for m in page.xml.iter("move")}["approve"] == "同意"
        O.decide(centre, case, "approve")
        assert there.one("SELECT CONCAT(state, ' ', step, ' ', process_version) FROM bz_case WHERE id = %d" % O.case_id(case)) == "open gansu_check 2001"
        assert any((e.get("href") or "").startswith(case) for e in boss.get("/entry/?tab=todo").xml.iter())
        O.decide(boss, case, "approve")
        assert O.state(there, case) == "done"
        item = there.one("SELECT id FROM bz_item WHERE case_id = %d" % O.case_id(case))
        who.get("%s/item/%s" % (case, item)).says("本省补充信息", "三支一扶")
        kept_and_changed(there, case)
        # Who began before the province added its step is decided as he began.
        O.decide(centre, before, "approve")
        assert O.state(there, before) == "done"
        assert town.tool("verify").returncode == 0
    town.sql("UPDATE bz_case SET process_version = 2 WHERE process_version > 1000")


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
                               ('of="2"', 'of="7"', "there is no process 'counter' of version 7"),
                               ('name="entry/item"', 'name="entry/nothing"', "there is no form 'entry/nothing'")):
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


def blocks(path):
    """(language, file or "", text) of each code block."""
    text = open(path, encoding="utf-8").read()
    return [(m.group(1), (m.group(2) or "").strip(), m.group(3)) for m in re.finditer(r"^```(\w+)( [^\n]+)?\n(.*?)^```$", text, re.M | re.S)]


def test_guide(town):
    """doc/province.md as it stands: its commands and files, from an empty folder, give a plugin that the server serves; its Chinese has the same blocks"""
    guide = blocks(T.TOP + "/doc/province.md")
    assert guide == blocks(T.TOP + "/doc/province.zh.md") and len(guide) == 8, len(guide)
    s = S.Server(town, start=False)
    try:
        script = "set -e\n"
        for language, file, text in guide:
            if language == "sh":
                script += text
            elif file:
                script += "mkdir -p \"$(dirname %s)\"\ncat >%s <<'END'\n%sEND\n" % (file, file, text)
        for was, now in (("conf=/etc/bianzhi/bianzhi.conf\n", "conf=%s\n" % s.conf), ("local=/usr/local/lib/bianzhi-local\n", "local=%s/local\n" % s.dir)):
            assert script.count(was) == 1, was
            script = script.replace(was, now)
        done = subprocess.run(["sh"], input=script, cwd=s.dir, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120,
                              env=dict(os.environ, PATH=T.STAGE + "/bin:" + os.environ["PATH"]))
        assert done.returncode == 0 and "hebei: ok" in done.stdout, done.stdout
        s.change("localdir=%s/local" % s.dir, plugins(town) + ";hebei")
        s.start()
        with front(s) as port:
            there = There(town, port)
            O.make_room(there, 3)
            who = O.clerk(there)
            case = O.new_case(who)
            page = O.add_person(who, case, do="check", status=422, hebei_talent="1", hebei_talent_no="冀人才3号")
            assert "按文件原样填写文号" in page.errors()["hebei_talent_no"], page.errors()
            O.add_person(who, case, hebei_talent="1", hebei_talent_no="冀人才〔2026〕3号")
            O.add_paper(who, case)
            O.submit(who, case)
            O.decide(O.reviewer(there), case, "approve")
            assert there.one("SELECT step FROM bz_case WHERE id = %d" % O.case_id(case)) == "hebei_second"
            O.decide(O.log_in(there, "fenguan"), case, "approve")
            assert O.state(there, case) == "done"
        town.sql("UPDATE bz_case SET process_version = 2 WHERE process_version > 1000")
    finally:
        s.end()
