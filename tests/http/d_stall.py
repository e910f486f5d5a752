# What stops below us: a database that says nothing, a full disk.
# SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import os
import resource
import signal
import threading
import time

import office as O
import server as S
import town as T

SECONDS = 4     # of a request


@contextlib.contextmanager
def silent(town):
    """The database's process does not run."""
    pid = int(open(town.dir + "/database.pid").read())
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def take(s, cookie, n):
    """(status, seconds) of N requests at a time."""
    out = []

    def one():
        began = time.monotonic()
        status = s.ask("/staffing/person/", more={"HTTP_COOKIE": cookie})
        out.append((status, time.monotonic() - began))

    threads = [threading.Thread(target=one) for _ in range(n)]
    for t in threads:
        t.start()
    for t in threads:
        t.join(60)
    return out


def test_silent_database(town):
    """faults: a database that falls silent gives 503 within the request's time, ends no worker and shuts no plugin; afterwards all is as before"""
    who = O.clerk(town)
    cookie = "; ".join("%s=%s" % c for c in who.cookies.items())
    s = S.Server(town, "workers=2", "request_seconds=%d" % SECONDS, "plugin_crashes=2")
    try:
        workers = set(s.workers())
        assert [status for status, _ in take(s, cookie, 4)] == [200] * 4
        with silent(town):
            for _ in range(3):
                got = take(s, cookie, 2)
                assert [status for status, _ in got] == [503] * 2, (got, s.log()[-3000:])
                assert max(seconds for _, seconds in got) < SECONDS, got
        assert [status for status, _ in take(s, cookie, 4)] == [200] * 4, s.log()[-3000:]
        assert set(s.workers()) == workers, s.log()[-3000:]
        for number in ("BZ0007", "BZ0009", "BZ0031"):
            assert number not in s.log(), s.log()[-3000:]
    finally:
        s.end()


@contextlib.contextmanager
def files_end_at(town, size):
    """No worker can write a file beyond SIZE bytes."""
    def limit(soft):
        for pid in town.pids()[1]:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (soft, resource.RLIM_INFINITY))

    limit(size)
    try:
        yield
    finally:
        limit(resource.RLIM_INFINITY)


def test_full_spool(town):
    """faults: a file that finds no room costs nothing that was typed: 503 with the form and the file's name, and the same form goes through later"""
    who = O.clerk(town)
    case = O.new_case(who)
    form = who.get(case).form(case + "/paper")
    kind = "paper." + form.wanted[0]
    files = {kind: ("编制审批表.pdf", T.pdf(size=3 * 1024 * 1024))}
    papers = "SELECT COUNT(*) FROM bz_paper WHERE case_id = %d" % O.case_id(case)
    with files_end_at(town, 2 * 1024 * 1024):
        page = who.post(form, files=files, extra={"do": "add"})
        assert page.status == 503, (page.status, page.text[:800])
        page.says("无法存放附件", "未作保存", "编制审批表.pdf")
        again = page.form(form.action)
        assert again.key == form.key and town.one(papers) == "0"
        assert "BZ0034" in town.log("app")
    assert who.post(again, files=files, extra={"do": "add"}).status == 303
    assert town.one(papers) == "1"
