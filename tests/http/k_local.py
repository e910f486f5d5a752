# Provinces add, they never edit: a folder of definitions beside ours (doc/examples/gansu), loaded by a server of its
# own on the town's database.  SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import os
import shutil

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


def house(s):
    """Our definitions, and the province's beside them."""
    copy = s.dir + "/data"
    shutil.copytree(os.path.join(T.STAGE, "share", "bianzhi"), copy)
    shutil.copytree(PACK, copy + "/packs/gansu")
    return copy


def plugins(town):
    for line in open(os.path.join(town.dir, "bianzhi.conf"), encoding="utf-8"):
        if line.startswith("plugins="):
            return line.strip()
    raise AssertionError("no plugins")


@contextlib.contextmanager
def province(town):
    s = S.Server(town, start=False)
    try:
        s.change("datadir=" + house(s), plugins(town) + ";gansu")
        s.start()
        with front(s) as port:
            yield There(town, port)
    finally:
        s.end()


def section(page):
    return {f.get("id"): f for f in page.xml.iter("f") if f.get("id", "").startswith("gansu_")}


def test_province(town):
    """A pack without C: its fields stand in the form, are asked for, checked and shown like ours; its step comes between ours, and the approval is its; a case that began before keeps its chain"""
    O.make_room(town, 5)
    before = O.filled_case(O.clerk(town))
    O.submit(O.clerk(town), before)
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
        # Who began before the province added its step is decided as he began.
        O.decide(centre, before, "approve")
        assert O.state(there, before) == "done"
        assert town.tool("verify").returncode == 0
    town.sql("UPDATE bz_case SET process_version = 2 WHERE process_version > 1000")


def test_refused(town):
    """A pack whose overlay fits nothing, loosens or lies in the wrong folder is refused with file, line and what to do; the server of before goes on"""
    s = S.Server(town, start=False)
    try:
        s.change("datadir=" + house(s), plugins(town) + ";gansu")
        file = s.dir + "/data/packs/gansu/overlay/entry.xml"
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
            assert why in said and "packs/gansu/overlay/entry.xml:" in said, said
            assert s.ask("/login") == 200 and sorted(s.workers()) == kids
        with open(file, "w", encoding="utf-8") as f:
            f.write(good)
        before = s.log().count("BZ0025")
        s.signal(1)
        S.until(lambda: s.log().count("BZ0025") > before, 30, s.log())
    finally:
        s.end()
