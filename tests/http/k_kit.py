# Plugins in C, outside our tree, by the commands that the guide prints: the worked example (doc/examples/hainan), the
# template, entry itself, and what `bianzhi plugin check` finds.  SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import glob
import os
import re
import shutil
import subprocess

import h_exit as E
import h_revoke as V
import k_local as L
import office as O
import server as S
import town as T
from d_hostile import front

EXAMPLE = os.path.join(T.TOP, "doc", "examples", "hainan")
KIT = dict(os.environ, PATH=T.STAGE + "/bin:" + os.environ["PATH"], PKG_CONFIG_PATH=T.STAGE + "/lib/pkgconfig")


def run(*command, cwd=None):
    done = subprocess.run(command, cwd=cwd, env=KIT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
    return done.returncode, done.stdout


def fine(*command, cwd=None):
    status, said = run(*command, cwd=cwd)
    assert status == 0, said[-3000:]
    return said


def tool(s, *args):
    return run(T.STAGE + "/bin/bianzhi", "-c", s.conf, *args, cwd=s.dir)


@contextlib.contextmanager
def kit(town):
    """A server of the town that is not started yet; its localdir is empty."""
    s = S.Server(town, start=False)
    try:
        os.mkdir(s.dir + "/local")
        yield s
    finally:
        s.end()


def installed(s, folder):
    """Checked and installed as the guide says."""
    said = fine("make", "-C", folder, "check", "CONF=" + s.conf)
    fine("make", "-s", "-C", folder, "install", "LOCALDIR=" + s.dir + "/local")
    return said


@contextlib.contextmanager
def served(town, s, name, more=""):
    """With plugin NAME, its tables included, which are gone afterwards."""
    s.change("localdir=%s/local" % s.dir, L.plugins(town) + ";" + name)
    s.write(open(s.conf, encoding="utf-8").read() + more)
    try:
        status, said = tool(s, "migrate")
        assert status == 0, said
        s.start()
        with front(s) as port:
            yield L.There(town, port)
    finally:
        for table, in town.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name LIKE '%s\\_%%'" % name):
            town.sql("DROP TABLE %s" % table)
        town.sql("DELETE FROM bz_migration WHERE pack = '%s'" % name)


def bonds(there):
    return there.sql("SELECT person_id, until_on, state FROM hainan_bond ORDER BY id")


def entered(there, **values):
    """An approved entry: (case, person)."""
    O.make_room(there, 3)
    who = O.clerk(there)
    case = O.filled_case(who, **values)
    O.submit(who, case)
    O.decide(O.reviewer(there), case, "approve")
    return case, int(there.one("SELECT subject_id FROM bz_item WHERE case_id = %d" % O.case_id(case)))


def leaves(there, person, status=303, **values):
    """The person leaves: the answer to the last approval, case."""
    name = there.one("SELECT name FROM st_person WHERE id = %d" % person)
    there.sql("UPDATE st_employment SET valid_from = valid_from - INTERVAL 2 DAY WHERE person_id = %d" % person)
    who, case = E.filled(there, [(person, name, "")], unit="D031", **values)
    O.submit(who, case)
    E.to_leader(there, case, "D031")
    return O.decide(E.leader(there, "D031"), case, "approve", status=status), case


def test_example(town):
    """A plugin in C with a table, a page, listeners, a job, a proof and a warning: built, checked and installed as a province does; what it hears it writes within the approval, and it says no to one; what is taken back is taken back there as well"""
    with kit(town) as s:
        shutil.copytree(EXAMPLE, s.dir + "/hainan")
        said = installed(s, s.dir + "/hainan")
        assert "hainan: ok" in said and "not tried" in said, said
        with served(town, s, "hainan", "\n[hainan]\nexempt=02;03\n") as there:
            assert "hainan: ok" in fine("make", "-C", s.dir + "/hainan", "check", "CONF=" + s.conf)
            status, said = run(T.STAGE + "/sbin/bianzhi-fcgi", "-c", s.conf, "--dump-plugin", "hainan")
            assert status == 0 and "listeners 4" in said and "needs exit" in said, said
            example(town, s, there)
            refused_later(s)


def refused_later(s):
    """A section that the plugin does not take, and a program that calls what nobody has: the server of before goes on."""
    text = open(s.conf, encoding="utf-8").read()
    s.write(text.replace("exempt=02;03", "exempt=retired"))
    reload_refused(s, "plugin hainan refuses to start", "[hainan]")
    s.write(text)
    flags = fine("pkg-config", "--cflags", "bianzhi").split()
    with open(s.dir + "/odd.c", "w", encoding="utf-8") as f:
        f.write(open(EXAMPLE + "/hainan.c", encoding="utf-8").read().replace("bz_title (req", "bz_titel (req").replace(
            "#include <string.h>", "#include <string.h>\nint bz_titel (struct bz_req *, const char *);"))
    fine("cc", "-std=gnu11", "-fPIC", "-shared", "-w", "-o", s.dir + "/odd.so", s.dir + "/odd.c", *flags)
    os.rename(s.dir + "/odd.so", s.dir + "/local/hainan/hainan.so")
    reload_refused(s, "hainan.so: ", "undefined symbol: bz_titel")


def reload_refused(s, *why):
    before, kids = len(s.log()), sorted(s.workers())
    s.signal(1)
    S.until(lambda: "BZ0020" in s.log()[before:], 20, s.log()[before:])
    said = s.log()[before:]
    assert all(w in said for w in why), said
    assert s.ask("/login") == 200 and sorted(s.workers()) == kids


def example(town, s, there):
    O.make_room(there, 5)
    who = O.clerk(there)
    case = O.new_case(who)
    page = O.add_person(who, case, do="check", status=422, hainan_until="2020-01-01")
    assert "应晚于今天" in page.errors()["hainan_until"], page.errors()
    case, person = entered(there, hainan_until="2035-06-30")
    assert bonds(there) == [[str(person), "2035-06-30", "held"]], bonds(there)
    _, free = entered(there)
    assert len(bonds(there)) == 1, "who has promised nothing"
    name = there.one("SELECT name FROM st_person WHERE id = %d" % person)
    page = who.get("/hainan/")
    page.says(name, "2035-06-30", "服务期内")
    assert any(m.get("href", "").endswith("/hainan/") for m in page.xml.iter("m"))
    assert "2035" not in O.clerk(there, "D003").get("/hainan/").text, "another unit's"
    assert O.log_in(there, "chakan").get("/hainan/").status == 403
    assert any("2035-06-30" in r for r in L.rows_of(who.get("/hainan/?as=print"), "bonds"))
    page, out = leaves(there, person, status=409, exit_reason="04", doc_no="示人社函〔2026〕3号")
    page.says("约定最低服务到 2035-06-30", "退回申请单位")
    assert O.state(there, out) == "open" and bonds(there)[0][2] == "held" and not E.ended(there, person), "nothing half done"
    O.decide(E.leader(there, "D031"), out, "return", opinion="服务期未满")
    O.clerk(there).post(O.clerk(there).get(out).form("/move"), extra={"move": "cancel"})
    there.sql("UPDATE bz_case SET state = 'cancelled', step = 'cancelled' WHERE id = %d" % O.case_id(out))
    _, left = leaves(there, free, exit_reason="04", doc_no="示人社函〔2026〕4号")
    assert O.state(there, left) == "done"
    _, out = leaves(there, person, **E.RETIRED)
    assert bonds(there)[0][2] == "left" and tool(s, "verify")[0] == 0
    V.revoked(there, out, by="xingbian", unit="D031")
    assert bonds(there)[0][2] == "held", "the exit was taken back"
    there.sql("UPDATE hainan_bond SET until_on = CURDATE() + INTERVAL 9 DAY")
    who.get("/").says("30 天内服务期满的人员")
    there.sql("UPDATE hainan_bond SET until_on = CURDATE() - INTERVAL 1 DAY")
    status, said = tool(s, "jobs", "run", "hainan.close")
    assert status == 0 and bonds(there)[0][2] == "over", said
    case, person = entered(there, hainan_until="2036-01-01")
    V.revoked(there, case, by="xingbian", unit="D031")
    assert len(bonds(there)) == 1, "the entry was taken back"
    there.sql("INSERT INTO hainan_bond (person_id, case_id, until_on) VALUES (%d, %d, '2037-01-01')" % (person, O.case_id(case)))
    status, said = tool(s, "verify")
    assert status == 1 and "is not on staff" in said, said
    there.sql("DELETE FROM hainan_bond WHERE until_on = '2037-01-01'")
    assert tool(s, "verify")[0] == 0


def test_template(town):
    """bianzhi plugin new NAME --c: builds, passes its own test and the check, installs, is served, as it was made"""
    with kit(town) as s:
        assert tool(s, "plugin", "new", "jilin", "--c") == (0, "")
        assert "jilin: ok" in installed(s, s.dir + "/jilin")
        with served(town, s, "jilin") as there:
            _, person = entered(there)
            O.clerk(there).get("/jilin/").says(there.one("SELECT name FROM st_person WHERE id = %d" % person))
            assert there.one("SELECT COUNT(*) FROM jilin_note") == "1"


def wrong(s, file, find, put, *why):
    """One change, and what the check says of it."""
    text = open(file, encoding="utf-8").read()
    assert text.count(find) >= 1, find
    with open(file, "w", encoding="utf-8") as f:
        f.write(text.replace(find, put, 1))
    try:
        status, said = run("make", "-C", s.dir + "/jilin", "check", "CONF=" + s.conf)
        assert status != 0 and all(w in said for w in why), (why, said[-2000:])
    finally:
        with open(file, "w", encoding="utf-8") as f:
            f.write(text)


def test_found(town):
    """bianzhi plugin check names what is wrong in a plugin in C, with file and line: a function that hurts a worker, data that can be written, an API that there is not, a query that the database does not understand or that looks beyond the scope, a migration on our tables, a file that everybody may write, another plugin.h, no entry, a route twice"""
    with kit(town) as s:
        assert tool(s, "plugin", "new", "jilin", "--c") == (0, "")
        code, queries = s.dir + "/jilin/jilin.c", s.dir + "/jilin/sql/queries.xml"
        migration = s.dir + "/jilin/sql/0001-note.sql"
        include = "#include <bianzhi/plugin.h>\n"
        wrong(s, code, include, include + "#include <stdlib.h>\nint bz_go (void);\nint bz_go (void) { return system (\"true\"); }\n", "calls system")
        wrong(s, code, "enum { NOTED_ROWS = 200 };", "enum { NOTED_ROWS = 200 };\nint noted_so_far = 7;\n", "noted_so_far can be written")
        wrong(s, code, "  bz_title (req, \"新入编人员\");", "  static int shown;\n  bz_title (req, \"新入编人员 %d\", ++shown);", "shown can be written")
        wrong(s, code, "bz_title (req", "bz_titel (req", "bz_titel")
        wrong(s, code, "BZ_EXPORT (plugin)", "const void *jilin_keep (void);\nconst void *jilin_keep (void) { return &plugin; }", "bz_plugin_entry")
        wrong(s, code, "  .head = BZ_HEAD,", "  .head = { sizeof (struct bz_plugin), BZ_API_MAJOR + 1, 0 },", "built for another bianzhi/plugin.h")
        wrong(s, code, ".path = \"/jilin/\"", ".path = \"/entry/\"", "/entry/")
        wrong(s, code, ".name = \"jilin\"", ".name = \"henan\"", "calls itself by another name")
        wrong(s, queries, "WHERE c.scope_id IN (SELECT scope_id FROM bz_scope_path WHERE ancestor_id = :scope)", "WHERE 1 = 1",
              "jilin/sql/queries.xml:", "needs :scope")
        wrong(s, queries, "<queries pack=\"jilin\">", "<queries pack=\"jilin\">\n  <query name=\"jilin.more\" unscoped=\"a test that names nobody\"><sql>SELECT nmae FROM st_person</sql></query>",
              "jilin/sql/queries.xml:4: query jilin.more", "nmae")
        wrong(s, migration, "CREATE TABLE jilin_note", "ALTER TABLE st_person ADD COLUMN x INT;\nCREATE TABLE jilin_note", "0001-note.sql:2: ", "tables jilin_")
        os.chmod(queries, 0o666)
        status, said = tool(s, "plugin", "check", "jilin")
        assert status == 1 and "can be written by everybody" in said and "queries.xml" in said, said
        os.chmod(queries, 0o644)
        assert "jilin: ok" in fine("make", "-C", s.dir + "/jilin", "check", "CONF=" + s.conf)


def test_replaced(town):
    """The program of a plugin that is overwritten while it runs: those who work go on with the old one; the next reload takes the new one, or refuses it and says why"""
    with kit(town) as s:
        assert tool(s, "plugin", "new", "jilin", "--c") == (0, "")
        installed(s, s.dir + "/jilin")
        with served(town, s, "jilin") as there:
            who = O.clerk(there)
            so = s.dir + "/local/jilin/jilin.so"
            with open(so + ".new", "wb") as f:
                f.write(b"no program")
            os.rename(so + ".new", so)
            who.get("/jilin/").says("新入编人员")
            before = len(s.log())
            s.signal(1)
            S.until(lambda: "BZ0020" in s.log()[before:], 20, s.log()[before:])
            assert "jilin.so" in s.log()[before:]
            who.get("/jilin/").says("新入编人员")
            installed(s, s.dir + "/jilin")
            before = s.log().count("BZ0025")
            s.signal(1)
            S.until(lambda: s.log().count("BZ0025") > before, 30, s.log())
            who.get("/jilin/").says("新入编人员")


def beside(s, name):
    """The installation without plugin NAME: folders of links; [server] datadir and plugindir."""
    data, plugins = s.dir + "/data", s.dir + "/lib/bianzhi/plugins"
    os.makedirs(data + "/packs")
    os.makedirs(plugins)
    for path in glob.glob(T.STAGE + "/share/bianzhi/*"):
        if os.path.basename(path) != "packs":
            os.symlink(path, os.path.join(data, os.path.basename(path)))
    for path in glob.glob(T.STAGE + "/share/bianzhi/packs/*"):
        if os.path.basename(path) != name:
            os.symlink(path, os.path.join(data, "packs", os.path.basename(path)))
    for path in glob.glob(T.STAGE + "/lib/bianzhi/plugins/*.so"):
        if os.path.basename(path) != name + ".so":
            os.symlink(path, os.path.join(plugins, os.path.basename(path)))
    for path in glob.glob(T.STAGE + "/lib/libbianzhi-staffing.so*"):
        os.symlink(path, os.path.join(s.dir, "lib", os.path.basename(path)))
    return data, plugins


def test_entry_outside(town):
    """entry itself, built by the kit outside the tree against what is installed, serves an entry from the first page to the approval"""
    with kit(town) as s:
        folder = s.dir + "/entry"
        shutil.copytree(T.TOP + "/plugins/entry", folder)
        os.remove(folder + "/plugin.mk")
        shutil.copy(T.STAGE + "/share/bianzhi/kit/c/Makefile", folder)
        made = open(folder + "/Makefile", encoding="utf-8").read().replace("@NAME@", "entry")
        with open(folder + "/Makefile", "w", encoding="utf-8") as f:
            f.write(made)
        more = ["CFLAGS=-O1 " + fine("pkg-config", "--cflags", "glib-2.0").strip(),
                "LIBS=" + fine("pkg-config", "--libs", "bianzhi", "glib-2.0").strip() + " -lbianzhi-staffing"]
        fine("make", "-s", "-C", folder, *more)
        data, plugins = beside(s, "entry")
        fine("make", "-s", "-C", folder, "install", "LOCALDIR=" + s.dir + "/local", *more)
        assert not os.path.exists(plugins + "/entry.so") and os.path.exists(s.dir + "/local/entry/entry.so")
        s.change("localdir=%s/local" % s.dir, "datadir=" + data, "plugindir=" + plugins)
        s.start()
        with front(s) as port:
            there = L.There(town, port)
            _, person = entered(there)
            assert there.one("SELECT COUNT(*) FROM st_employment WHERE person_id = %d AND valid_to = '9999-12-31'" % person) == "1"
            assert any(s.dir + "/local/entry/entry.so" in open("/proc/%d/maps" % k).read() for k in s.workers())


def blocks(path):
    """(language, file or "", text) of each code block."""
    text = open(path, encoding="utf-8").read()
    return [(m.group(1), (m.group(2) or "").strip(), m.group(3)) for m in re.finditer(r"^```(\w+)( [^\n]+)?\n(.*?)^```$", text, re.M | re.S)]


def test_guide(town):
    """doc/province.md as it stands: its commands and files, from an empty folder, give a plugin that the server serves; its Chinese has the same blocks"""
    guide = blocks(T.TOP + "/doc/province.md")
    assert guide == blocks(T.TOP + "/doc/province.zh.md") and len(guide) == 12, len(guide)
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
        done = subprocess.run(["sh"], input=script, cwd=s.dir, env=KIT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
        assert done.returncode == 0 and "hebei: ok" in done.stdout and "jilin: ok" in done.stdout, done.stdout
        s.change("localdir=%s/local" % s.dir, L.plugins(town) + ";hebei;jilin")
        subprocess.run([T.STAGE + "/bin/bianzhi", "-c", s.conf, "migrate"], check=True, timeout=60)
        s.start()
        with front(s) as port:
            there = L.There(town, port)
            O.make_room(there, 3)
            who = O.clerk(there)
            case = O.new_case(who)
            page = O.add_person(who, case, do="check", status=422, hebei_talent="1", hebei_talent_no="冀人才3号")
            assert "按文件原样填写文号" in page.errors()["hebei_talent_no"], page.errors()
            O.add_person(who, case, hebei_talent="1", hebei_talent_no="冀人才〔2026〕3号")
            O.add_paper(who, case)
            O.submit(who, case)
            O.decide(O.reviewer(there), case, "pass")
            assert there.one("SELECT step FROM bz_case WHERE id = %d" % O.case_id(case)) == "hebei_second"
            O.decide(O.log_in(there, "fenguan"), case, "approve")
            assert O.state(there, case) == "done"
            name = there.one("SELECT p.name FROM st_person p JOIN bz_item i ON i.subject_id = p.id WHERE i.case_id = %d" % O.case_id(case))
            O.log_in(there, "fenguan").get("/hebei/report/talents?talent=1").says(name, "高层次人才")
            who.get("/jilin/").says(name)
        town.sql("UPDATE bz_case SET process_version = 2 WHERE process_version > 1000")
    finally:
        s.end()
        town.sql("DROP TABLE IF EXISTS jilin_note; DELETE FROM bz_migration WHERE pack IN ('hebei', 'jilin')")
