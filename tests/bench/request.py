# The worker's side of one request for the roster, by parts, in instructions:
# callgrind watches a server of one process, and two runs are subtracted.
# SPDX-License-Identifier: MulanPSL-2.0
import collections
import os
import re
import signal
import subprocess
import time

import server as S
import town as T

FEW, MANY = 10, 60
WHO = ("shenhe1", "林清华", "Bz-demo-songtao73")
ASKS = ("bz_db_open", "bz_db_next", "bz_db_value", "bz_db_exec", "bz_db_xml", "db_begin", "db_rollback", "db_ready",
        "query_open", "query_value", "query_exec")


class Watched(S.Server):
    """One process under callgrind, which writes to OUT when it ends."""

    def __init__(self, town, out):
        self.out = out
        super().__init__(town, "workers=1", "recycle=100000", "recycle_memory=16G", single=True)

    def start(self):
        self.listening = S.socket.socket(S.socket.AF_UNIX)
        self.listening.bind(self.path)
        self.listening.listen(50)
        with open(os.path.join(self.dir, "log"), "ab") as log:
            self.process = subprocess.Popen(
                ["valgrind", "--tool=callgrind", "--callgrind-out-file=" + self.out, "--separate-threads=no",
                 T.STAGE + "/sbin/bianzhi-fcgi", "-c", self.conf, "--single"],
                stdin=self.listening, stdout=log, stderr=log, env=dict(os.environ, G_SLICE="always-malloc"))
        S.until(self.serves, 60, "the server does not start: " + self.log())
        return self


def profile(path):
    """(edges, total): edges[(caller, callee)] is the inclusive cost of its calls; functions as (file, name)."""
    names, edges, total = {}, collections.Counter(), 0
    here = called = where = there = None
    skip = False
    known = re.compile(r"\((\d+)\)(?: (.*))?$")

    def full(kind, text):
        m = known.match(text)
        if m is None:
            return text
        if m.group(2):
            names[kind + m.group(1)] = m.group(2)
        return names.get(kind + m.group(1), "?")

    for line in open(path, encoding="utf-8", errors="replace"):
        line = line.rstrip("\n")
        key, _, value = line.partition("=")
        if key in ("fl", "fi", "fe"):
            where = full("file", value)
        elif key in ("cfi", "cfl"):
            there = full("file", value)
        elif key in ("ob", "cob"):
            full("object", value)
        elif key == "fn":
            here = (where, full("fn", value).split("'")[0])
        elif key == "cfn":
            called = (there or where, full("fn", value).split("'")[0])
            there = None
        elif key == "calls":
            skip = True
        elif key in ("totals", "summary"):
            total = int(value)
        elif re.match(r"[+*\d-]", line):
            cost = int(line.split()[-1])
            if skip:
                edges[(here, called)] += cost
                skip = False
            else:
                total += 0
    return edges, total


def run(town, folder, requests):
    out = os.path.join(folder, "request.%d" % requests)
    b = T.Browser(town, *WHO)
    cookie = "; ".join("%s=%s" % c for c in b.cookies.items())
    s = Watched(town, out)
    for _ in range(requests):
        status = s.ask("/staffing/person/", timeout=60, more={"HTTP_COOKIE": cookie, "HTTP_ACCEPT": "text/html"})
        assert status == 200, status
    s.process.send_signal(signal.SIGTERM)
    # A worker looks at the signal when it waits.
    end = time.monotonic() + 60
    while s.process.poll() is None and time.monotonic() < end:
        time.sleep(0.1)
    assert s.process.poll() is not None, "the server does not end"
    s.end()
    return profile(out)


def parts(edges):
    """name -> inclusive instructions."""
    def into(*callees, files=None, without=()):
        return sum(cost for (caller, callee), cost in edges.items() if callee[1] in callees and caller[1] not in callees
                   and (files is None or any(f in (caller[0] or "") for f in files)) and caller[1] not in without)

    asked = into(*ASKS, files=("/staffing/", "/show/", "/work/"))
    session = into("session_load") + into("perm_route")
    handler = into("person_list")
    frame = into("page_finish")
    draw = into("view_render")
    save = into("html_write") + into("xmlSaveDoc")
    return collections.OrderedDict([
        ("request read", into("cgi_read")),
        ("session and permission, with their query", session),
        ("queries of the handler and the frame", asked + into("db_begin", "db_rollback", files=("/serve/",))),
        ("page document", handler + frame - asked),
        ("transform", draw - save),
        ("save", save),
        ("reply written", into("cgi_write")),
        ("memory given back", into("req_free") + into("reply_clear")),
        ("whole", into("worker_answer")),
    ])


def show(folder):
    town = T.Town(persons=10500)
    few, many = run(town, folder, FEW), run(town, folder, MANY)
    a, b = parts(few[0]), parts(many[0])
    each = {k: (b[k] - a[k]) // (MANY - FEW) for k in a}
    for name, n in each.items():
        print("%-44s %10d %5.1f %%" % (name, n, 100.0 * n / each["whole"]))
    rest = each["whole"] - sum(n for k, n in each.items() if k != "whole")
    print("%-44s %10d %5.1f %%" % ("the rest", rest, 100.0 * rest / each["whole"]))
    edges = collections.Counter(many[0])
    edges.subtract(few[0])
    print("\nqueries, by who asks:")
    for (caller, callee), n in sorted(edges.items(), key=lambda e: -e[1]):
        if callee[1] in ASKS and caller[1] not in ASKS and n > 0:
            print("  %-40s %-14s %9d" % (caller[1], callee[1], n // (MANY - FEW)))
    town.close()
    return 0
