# The order of locks: the audit chain is the last that a transaction takes, so nobody
# waits for it while its holder waits (doc/decisions/0045-one-gate.md); and who adds to
# a new case keeps no place that others need (0062-items-without-locks.md).
# SPDX-License-Identifier: MulanPSL-2.0
import hashlib
import itertools

import d_chains as C
import d_review as R
import h_hire as H
import office as O
import town as T
from h_quota import approval, pressed

HEADS = "(SELECT 1 FROM bz_audit_head FOR UPDATE SKIP LOCKED)"


def waits_alone(town, press, rows):
    """What PRESS answers, which has come to wait for what SELECT ROWS finds while nobody holds a chain.  Who held the rows has then written
    into both chains himself: had the other held one, the two would have ended as a deadlock."""
    free = []

    def meanwhile(ask):
        free.append(ask("SELECT COUNT(*) FROM %s heads" % HEADS))
        if free == [2]:
            ask("UPDATE bz_audit_head SET last_hash = last_hash; SELECT 0")
    page, = pressed(town, [press], rows, meanwhile)
    assert free == [2], "an audit chain is held by one who waits"
    return page


def test_part(town):
    """audit: a 部分核准 that waits for the gate holds no chain, though the rest is split off, sent back and recorded before"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = C.filled(town, who, persons=2)
    O.submit(who, case)
    first, second = C.items(town, case)
    form = O.asked(O.ask(boss, case, "part", "一人不符", take=[str(first)], **{"remark.%d.education" % second: "与证书不符"}))
    page = waits_alone(town, lambda: boss.post(form, extra={"move": "part"}), "st_gate")
    assert page.status == 303 and O.state(town, case) == "done", page.text[:1500]
    rest = town.one("SELECT id FROM bz_case WHERE split_from = %d" % O.case_id(case))
    told = town.sql("SELECT action, object_id FROM bz_audit WHERE object_type = 'case' AND object_id IN (%d, %s) AND action != 'case.review' ORDER BY seq DESC LIMIT 3"
                    % (O.case_id(case), rest))
    assert told == [["entry.part", str(O.case_id(case))], ["entry.part", rest], ["entry.split", rest]], told
    assert town.tool("verify").returncode == 0


def test_unnamed(town):
    """audit: a 招录结果 without names, whose event comes behind the move, waits for its unit without the chain"""
    H.room(town, 4)
    slip_id = H.slip(town, H.granted(town, [(H.WAY, H.TYPE, 2)]))[0]
    case = H.handed(town, slip_id, 1)
    page = waits_alone(town, approval(town, case, "shibian"), "st_unit WHERE id = %d" % O.unit_id(town, H.UNIT))
    assert page.status == 303 and O.state(town, case) == "done", page.text[:1500]
    assert town.tool("verify").returncode == 0


def test_batch(town):
    """audit: a batch that waits for its second case holds no chain; both are in it, once"""
    O.make_room(town, 60)            # for all that wait, also of other tests: else none is clean
    who, boss = O.clerk(town), O.reviewer(town)
    cases = [R.handed_in(town, who) for _ in range(2)]
    form = R.pick(boss, *cases).form("/batch")
    page = waits_alone(town, lambda: boss.post(form, extra={"do": "approve"}), "bz_case WHERE id = %d" % O.case_id(cases[1]))
    assert page.status == 303 and [O.state(town, c) for c in cases] == ["done"] * 2, page.text[:1500]
    for case in cases:
        assert town.one("SELECT COUNT(*) FROM bz_audit WHERE action = 'entry.approve' AND object_id = %d" % O.case_id(case)) == "1"
    assert town.tool("verify").returncode == 0


def person_saved(town, case):
    """What saves a person of the case, filled in already."""
    who = O.clerk(town)
    form = O.item_form(who, case)
    form.fields.update(O.PERSON)
    return lambda: who.post(form, files=O.scans(form), extra={"do": "save"}, follow=False)


def undisturbed(town, presses, rows, meanwhile="DO 0"):
    """All PRESSES, which wait for ROWS at once, are answered, and none has been tried again."""
    before = len(town.log("app"))
    got = pressed(town, presses, rows, meanwhile)
    assert [p.status for p in got] == [303] * len(presses), [p.text[:800] for p in got]
    assert "error 1213" not in town.log("app")[before:], town.log("app")[before:]


def test_new_cases(town):
    """items: clerks who each add the first person to a new case at once do not end each other's transaction"""
    last = O.case_id(O.filled_case(O.clerk(town)))
    presses = [person_saved(town, O.new_case(O.clerk(town))) for _ in range(3)]
    # The place behind the last person of all, where every new case's first one goes.
    undisturbed(town, presses, "bz_item FORCE INDEX (ix_item_case) WHERE case_id >= %d" % last)


def test_new_papers(town):
    """papers: who saves a person with papers and a photo keeps nobody from adding papers to a newer case"""
    O.filled_case(O.clerk(town))
    case, newer = (O.new_case(O.clerk(town)) for _ in range(2))
    sha256 = town.one("SELECT HEX(MAX(sha256)) FROM bz_paper")
    # It holds all its locks when it comes to the audit chain.
    undisturbed(town, [person_saved(town, case)], "bz_audit_head WHERE chain = 'work'",
               "INSERT INTO bz_paper (case_id, kind, sha256, file_name, created_by, created_at)"
               " VALUES (%d, 'approval', UNHEX('%s'), '批复.pdf', 1, NOW())" % (O.case_id(newer), sha256))
    assert town.one("SELECT COUNT(*) FROM bz_paper WHERE case_id = %d" % O.case_id(newer)) == "1"


def test_new_files(town):
    """papers: clerks who each store a file that is not there yet at once do not end each other's transaction"""
    last = town.one("SELECT HEX(MAX(sha256)) FROM bz_blob").lower()
    scans = (T.pdf("第 %d 份" % n) for n in range(1000000))
    behind = itertools.islice((s for s in scans if hashlib.sha256(s).hexdigest() > last), 3)

    def press(data):
        who = O.clerk(town)
        case = O.new_case(who)
        form = who.get(case).form(case + "/paper")
        files = {"paper." + form.wanted[0]: ("批复.pdf", data)}
        return lambda: who.post(form, files=files, extra={"do": "add"}, follow=False)
    undisturbed(town, [press(data) for data in behind], "bz_blob WHERE sha256 >= UNHEX('%s')" % last)


def test_read_when_held(town):
    """items: a save that waited for its case sees who was added to it meanwhile"""
    who = O.clerk(town)
    case, number = O.new_case(who), O.new_number()
    form = O.item_form(who, case, number=number)
    form.fields.update(O.PERSON)
    got = pressed(town, [lambda: who.post(form, files=O.scans(form), extra={"do": "save"}, follow=False)], "bz_case WHERE id = %d" % O.case_id(case),
                  "INSERT INTO bz_item (case_id, seq, label, subject_key, subject_id, state, body, added_at)"
                  " VALUES (%d, 1, '先到', '%s', 0, 'returned', '<item/>', NOW())" % (O.case_id(case), number))
    assert got[0].status == 303, got[0].text[:1500]
    assert [s for s, in town.sql("SELECT seq FROM bz_item WHERE case_id = %d ORDER BY id" % O.case_id(case))] == ["1", "2"], "its number is that of before"
