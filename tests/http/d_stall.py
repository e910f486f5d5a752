# A database that is there and says nothing: a stopped or a swapping server.
# SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import os
import signal
import threading
import time

import office as O
import server as S

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
