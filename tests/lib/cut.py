# The way from the workers to the database leads through tests/fault/proxy.py,
# which breaks it where a test says.  SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import os
import select
import subprocess
import sys

import town as T

PROXY = os.path.join(T.TOP, "tests", "fault", "proxy.py")
SECONDS = 60


def line(child):
    """What it says next; nothing within a minute fails."""
    assert select.select([child.stdout], [], [], SECONDS)[0], "the proxy says nothing"
    return child.stdout.readline()


@contextlib.contextmanager
def proxy(town):
    """A function that orders a fault and waits for it; with wait=False it only orders."""
    path = os.path.join(town.run, "proxy.sock")
    child = subprocess.Popen([sys.executable, "-B", PROXY, path, town.run + "/db.sock"],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    assert line(child) == "ready\n"

    def fault(name, wait=True):
        child.stdin.write(name + "\n")
        child.stdin.flush()
        if wait:
            assert line(child) == "fired %s\n" % name, name
    try:
        with town.otherwise("[database]\nsocket=%s\n" % path):
            yield fault
    finally:
        child.stdin.close()
        child.wait(60)
        child.stdout.close()
