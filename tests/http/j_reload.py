# A new configuration without a lost request: SIGHUP.  Each test has a server of its own on the town's database.
# SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

import server as S
import town as T
from d_server import half, server, told, until_beside

DAEMON = T.STAGE + "/sbin/bianzhi-fcgi"


def done(s):
    return s.log().count("BZ0025")


def hang_up(s):
    s.signal(signal.SIGHUP)


def reload(s, seconds=20):
    """A SIGHUP, until the new generation serves and nobody of the old one is there."""
    before, old = done(s), s.kids()
    hang_up(s)
    S.until(lambda: done(s) > before, seconds, "no reload: " + s.log())
    S.until(lambda: all(S.ended(k) for k in old), seconds, "the old generation stays: %s" % [(k, S.comm(k)) for k in old if not S.ended(k)])


def refused(s, seconds=20):
    """What the log says about a SIGHUP that is not taken."""
    before = s.log()
    kids = sorted(s.workers())
    hang_up(s)
    S.until(lambda: "BZ0020" in s.log()[len(before):], seconds, "not refused: " + s.log()[len(before):])
    assert s.ask("/login") == 200 and sorted(s.workers()) == kids, "the old generation did not go on"
    return s.log()[len(before):]


def data_copy(s):
    copy = s.dir + "/data"
    shutil.copytree(os.path.join(T.STAGE, "share", "bianzhi"), copy)
    return copy


def break_file(path, find, put):
    """The number of the line that is broken."""
    whole = open(path, encoding="utf-8").read()
    at = whole.index(find)
    with open(path, "w", encoding="utf-8") as f:
        f.write(whole[:at] + put + whole[at + len(find):])
    return whole.count("\n", 0, at) + 1


def repair(path, find, put):
    break_file(path, put, find)


class Clients:
    """Clients that ask one after the other, until they are ended."""

    def __init__(self, s, count):
        self.answers, self.slowest, self.go = [], 0.0, True
        self.threads = [threading.Thread(target=self.ask, args=(s,)) for _ in range(count)]
        for t in self.threads:
            t.start()

    def ask(self, s):
        end = time.monotonic() + 120
        while self.go and time.monotonic() < end:
            began = time.monotonic()
            try:
                self.answers.append(s.ask("/login"))
            except OSError as e:
                self.answers.append(repr(e))
            self.slowest = max(self.slowest, time.monotonic() - began)

    def end(self):
        self.go = False
        for t in self.threads:
            t.join()


def test_reload_loses_nothing(town):
    """reload: 4 clients during 5 reloads, no request is lost or waits for the new generation"""
    with server(town, "workers=3") as s:
        master = s.process.pid
        clients = Clients(s, 4)
        try:
            for _ in range(5):
                reload(s)
            S.until(lambda: len(clients.answers) >= 200, 60, "only %d requests" % len(clients.answers))
        finally:
            clients.end()
        assert set(clients.answers) == {200}, {a: clients.answers.count(a) for a in clients.answers}
        assert clients.slowest < 3 * S.SLOW, "%.1f s for a request" % clients.slowest
        assert s.process.poll() is None and s.process.pid == master and len(s.workers()) == 3
        assert not re.search("BZ0007|BZ0008|BZ0013|BZ0023", s.log()), s.log()


SLEEPER = """#include <unistd.h>
#include "bianzhi/plugin.h"
static int begin (struct bz_req *r) { sleep (6); return BZ_OK; }
static const struct bz_plugin sleeper = { .head = BZ_HEAD, .name = "sleeper", .version = "1", .title = "T", .worker_start = begin };
BZ_EXPORT (sleeper)
"""


def test_reload_nobody_waits(town):
    """reload: the old workers serve until the new ones can, however long these take"""
    with server(town, "workers=2", "recycle=1000000", start=False) as s:
        folder = plugins_copy(s)
        plugin_build(SLEEPER, folder + "/sleeper.so")
        s.change("plugindir=" + folder)
        s.start()
        s.change("plugins=staffing;entry;sleeper")
        clients = Clients(s, 2)
        try:
            began = time.monotonic()
            reload(s)
            took = time.monotonic() - began
            time.sleep(1)
        finally:
            clients.end()
        assert took > 6 and set(clients.answers) == {200}, (took, clients.answers)
        assert clients.slowest < 5, "%.1f s for a request" % clients.slowest


def test_reload_lets_finish(town):
    """reload: a half-sent request is finished by the worker that has it, others by new ones at once"""
    with server(town, "workers=1", "request_seconds=240") as s:     # a quarter of it is what a lone worker waits for the rest
        old = s.workers()
        peer, rest = half(s)
        hang_up(s)
        rest = until_beside(lambda: done(s) == 1, peer, rest, "no new generation")
        assert s.ask("/login", timeout=3) == 200
        assert not S.ended(old[0]), "ended in the middle of a request"
        status = peer.send(rest).status()
        assert status is not None and status < 500, status
        S.until(lambda: S.ended(old[0]), 5, "it stays")
        assert "BZ0007" not in s.log() and "BZ0023" not in s.log(), s.log()


def test_reload_ends_who_stays(town):
    """reload: a worker of the old generation that does not leave is ended at its deadline"""
    with server(town, "workers=1", "request_seconds=1") as s:
        stuck = s.workers()[0]
        os.kill(stuck, signal.SIGSTOP)
        began = time.monotonic()
        hang_up(s)
        S.until(lambda: done(s) == 1, 20, s.log())
        assert s.ask("/login") == 200
        S.until(lambda: S.ended(stuck), 15, "it stays")
        assert time.monotonic() - began > 4, "ended before its time"
        S.until(lambda: "BZ0024 %d " % stuck in s.log(), 3, s.log())
        assert "BZ0007" not in s.log() and "BZ0008" not in s.log(), s.log()


def test_reload_refused(town):
    """reload: a bad configuration, definition or plugin is named with file and line; the old generation goes on"""
    with server(town, start=False) as s:
        copy = data_copy(s)
        s.change("datadir=" + copy, "workers=2")
        s.start()
        good = open(s.conf, encoding="utf-8").read()
        s.change("wrokers=3")
        text = refused(s)
        assert s.conf + ": [server] wrokers" in text, text
        s.write(good)
        form = copy + "/packs/entry/forms/item.xml"
        whole = open(form, encoding="utf-8").read()
        line = break_file(form, "<field ", "<field nonsense='1' ")
        text = refused(s)
        m = re.search(r"forms/item\.xml:(\d+): (.+)", text)
        assert m and abs(int(m.group(1)) - line) <= 1 and "nonsense" in m.group(2), text
        with open(form, "w", encoding="utf-8") as f:
            f.write(whole)
        s.change("plugins=staffing;entry;nowhere")
        text = refused(s)
        assert "plugin nowhere" in text and "[server] plugins" in text, text
        s.write(good)
        reload(s)
        assert s.ask("/login") == 200


def test_reload_setting(town):
    """reload: a new product name is on the page, workers are as many as the new configuration says"""
    with server(town, "workers=1") as s:
        name = "重新读取的平台名称"
        assert name.encode() not in s.answer("/login")
        text = open(s.conf, encoding="utf-8").read()
        s.write(re.sub(r"(?m)^name=示例省.*$", "name=" + name, text).replace("workers=1", "workers=3"))
        reload(s)
        assert name.encode() in s.answer("/login")
        S.until(lambda: len(s.workers()) == 3, 5, s.log())


def test_reload_renderer(town):
    """reload: bianzhi-render is renewed, the old one leaves by itself"""
    with server(town, "workers=1") as s:
        old = s.named("bianzhi-render")
        assert len(old) == 1, "%d renderers for one master" % len(old)
        reload(s)
        S.until(lambda: len(s.named("bianzhi-render")) == 1, 5, s.log())
        assert s.named("bianzhi-render") != old
        assert not re.search("BZ0013|BZ0023|BZ0024", s.log()), s.log()


def test_reload_socket_by_path(town):
    """reload: the socket keeps its path, another one is taken at a restart only"""
    with server(town, "workers=1") as s:
        inode = os.stat(s.path).st_ino
        s.change("socket=%s/other.sock" % s.dir)
        reload(s)
        assert os.stat(s.path).st_ino == inode and s.ask("/login") == 200
        assert "BZ0026" in s.log() and not os.path.exists(s.dir + "/other.sock"), s.log()
        s.signal(signal.SIGTERM)
        assert s.process.wait(S.HANGS) == 0
        assert not os.path.exists(s.path), "the socket stays"


@contextlib.contextmanager
def given_socket(town, script):
    """A server whose socket SCRIPT hands over: by descriptor 0 or LISTEN_FDS."""
    with server(town, "workers=1", start=False) as s:
        s.write(re.sub(r"(\[server\]\n(?:[^\[]*\n)?)socket=.*\n", r"\1", open(s.conf, encoding="utf-8").read()))
        given = socket.socket(socket.AF_UNIX)
        given.bind(s.path)
        given.listen(20)
        with open(s.dir + "/log", "ab") as log:
            s.process = subprocess.Popen([sys.executable, "-c", script, str(given.fileno()), DAEMON, "-c", s.conf],
                                         pass_fds=[given.fileno()], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        given.close()
        S.until(s.serves, 20, s.log())
        yield s


def test_reload_given_socket(town):
    """reload: a socket on descriptor 0 or in LISTEN_FDS survives, twice, and its path stays at the end"""
    run = "import os, sys; %s; os.execv(sys.argv[2], sys.argv[2:])"
    for how in ("os.dup2(int(sys.argv[1]), 0); os.close(int(sys.argv[1]))",
                "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1'); os.dup2(int(sys.argv[1]), 3)"):
        with given_socket(town, run % how) as s:
            for _ in range(2):
                reload(s)
                assert s.ask("/login") == 200
            s.signal(signal.SIGTERM)
            assert s.process.wait(S.HANGS) == 0
            assert os.path.exists(s.path), "a socket that is not ours is gone"


def test_reload_program(town):
    """reload: a program that was replaced under its name is the one that goes on"""
    with server(town, "workers=1", start=False) as s:
        own = s.dir + "/bianzhi-fcgi"
        shutil.copy(DAEMON, own)
        with open(s.dir + "/log", "ab") as log:
            s.process = subprocess.Popen([own, "-c", s.conf], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        S.until(s.serves, 20, s.log())
        shutil.copy(DAEMON, own + ".new")
        os.rename(own + ".new", own)
        exe = "/proc/%d/exe" % s.process.pid
        assert os.stat(exe).st_ino != os.stat(own).st_ino
        reload(s)
        assert os.stat(exe).st_ino == os.stat(own).st_ino
        assert all(os.stat("/proc/%d/exe" % w).st_ino == os.stat(own).st_ino for w in s.workers())
        os.rename(own, own + ".away")
        assert "No such file" in refused(s)
        os.rename(own + ".away", own)
        reload(s)


def plugin_build(source, so):
    """SOURCE as the plugin SO, put into its place whole."""
    with open(so + ".c", "w", encoding="utf-8") as f:
        f.write(source)
    subprocess.run(["cc", "-shared", "-fPIC", "-I" + T.STAGE + "/include", "-o", so + ".new", so + ".c"], check=True, timeout=60)
    os.rename(so + ".new", so)


def plugins_copy(s):
    """A folder of plugins of this server's own; the floor below comes from where it lies."""
    folder = s.dir + "/lib/bianzhi/plugins"
    shutil.copytree(T.STAGE + "/lib/bianzhi/plugins", folder)
    for library in os.listdir(T.STAGE + "/lib"):
        if library.startswith("libbianzhi-"):
            os.symlink(os.path.join(T.STAGE, "lib", library), os.path.join(s.dir, "lib", library))
    return folder


TRIAL = """#include <stdio.h>
#include "bianzhi/plugin.h"
static int load (const struct bz_conf *c) { return 0 * fprintf (stderr, "trial %d loaded\\n"); }
static const struct bz_plugin trial = { .head = BZ_HEAD, .name = "trial", .version = "%d", .title = "T", .load = load };
BZ_EXPORT (trial)
"""


def test_reload_plugin(town):
    """reload: a plugin that was replaced on disk is taken by the new generation"""
    with server(town, "workers=1", "plugins=staffing;entry;trial", start=False) as s:
        folder = plugins_copy(s)
        s.change("plugindir=" + folder)
        plugin_build(TRIAL % (1, 1), folder + "/trial.so")
        s.start()
        assert "trial 1 loaded" in s.log() and "trial 2" not in s.log()
        plugin_build(TRIAL % (2, 2), folder + "/trial.so")
        reload(s)
        # By the child that looks at it, then by the new generation.
        assert s.log().count("trial 2 loaded") == 2, s.log()
        for pid in [s.process.pid] + s.workers():
            maps = open("/proc/%d/maps" % pid).read()
            assert "/trial.so" in maps and "trial.so (deleted)" not in maps, maps
        plugin_build("int nothing;", folder + "/trial.so")
        assert "trial.so" in refused(s)


class Gate:
    """A password in a pipe: who reads the configuration waits there."""

    def __init__(self, town, s):
        self.path = s.dir + "/gate"
        text = open(s.conf, encoding="utf-8").read()
        self.password = re.search(r"(?m)^password=(.*)$", text).group(1)
        os.mkfifo(self.path)
        s.write(re.sub(r"(?m)^password=.*$", "password_file=" + self.path, text))

    def open(self, seconds=S.HANGS):
        """Wait for a reader and let it go on."""
        end = time.monotonic() + seconds
        while True:
            try:
                fd = os.open(self.path, os.O_WRONLY | os.O_NONBLOCK)
                break
            except OSError:
                assert time.monotonic() < end, "nobody reads the configuration"
                time.sleep(0.02)
        os.write(fd, self.password.encode() + b"\n")
        os.close(fd)
        time.sleep(0.1)




def test_reload_queued(town):
    """reload: further SIGHUPs while one is looked at make one more reload"""
    with server(town, "workers=1") as s:
        gate = Gate(town, s)
        hang_up(s)
        time.sleep(0.5)
        for _ in range(3):
            hang_up(s)
            time.sleep(0.3)
        assert s.ask("/login") == 200
        for _ in range(4):          # two reloads: each is looked at, then taken
            gate.open()
        S.until(lambda: done(s) == 2, 20, s.log())
        time.sleep(1)
        assert done(s) == 2 and s.ask("/login") == 200 and not any(S.checks(k) for k in s.kids()), s.log()


def test_reload_and_end(town):
    """reload: SIGTERM while a new configuration is looked at ends the server"""
    with server(town, "workers=1") as s:
        Gate(town, s)
        hang_up(s)
        S.until(lambda: any(S.checks(k) for k in s.kids()), 10, "nobody looks")
        kids = s.kids()
        s.signal(signal.SIGTERM)
        assert s.process.wait(S.HANGS) == 0
        S.until(lambda: all(S.ended(k) for k in kids), 5, "an orphan stays")


def stranded(s, copy):
    """A reload whose definitions break after the look at them; the gate, and how to put it right."""
    gate = Gate(None, s)
    form = copy + "/packs/entry/forms/item.xml"
    hang_up(s)
    gate.open()                     # the look
    S.until(lambda: not any(S.checks(k) for k in s.kids()) and os.readlink("/proc/%d/exe" % s.process.pid), 20, "it looks on")
    break_file(form, "<field ", "<field nonsense='1' ")
    gate.open()                     # the new generation
    S.until(lambda: "BZ0022" in s.log(), 20, s.log())
    return gate, lambda: repair(form, "<field ", "<field nonsense='1' ")


def test_reload_stranded(town):
    """reload: what breaks between the look and the start leaves the old generation serving until it is right"""
    for ends in (False, True):
        with server(town, "workers=1", start=False) as s:
            copy = data_copy(s)
            s.change("datadir=" + copy)
            s.start()
            old = s.kids()
            gate, mend = stranded(s, copy)
            assert re.search(r"BZ0022 .*item\.xml:\d+", s.log()), s.log()
            assert s.ask("/login") == 200
            if ends:
                s.signal(signal.SIGTERM)
                assert s.process.wait(S.HANGS) == 0 and not os.path.exists(s.path)
            else:
                mend()
                hang_up(s)
                gate.open()
                S.until(lambda: done(s) == 1, 20, s.log())
                assert s.ask("/login") == 200
            S.until(lambda: all(S.ended(k) for k in old), 10, "the old generation stays")


def test_reload_forged(town):
    """reload: a hand-over of another process is not looked at, one that is none is refused"""
    with server(town, start=False) as s:
        os.environ["BZ_HANDOVER"] = "1 7 1 8"
        try:
            rc, out = told(town, "--check-config")
            assert rc == 0, out
        finally:
            del os.environ["BZ_HANDOVER"]
        script = "import os, sys; os.environ['BZ_HANDOVER'] = '%d 0 1 1' % os.getpid(); os.execv(sys.argv[1], sys.argv[1:])"
        out = subprocess.run([sys.executable, "-c", script, DAEMON, "-c", s.conf], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, timeout=30)
        assert out.returncode == 1 and "BZ_HANDOVER" in out.stdout, out.stdout


def test_reload_is_told(town):
    """reload: the service manager hears READY, RELOADING, READY, STOPPING"""
    heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    with server(town, "workers=1", start=False) as s:
        heard.bind(s.dir + "/notify")
        heard.settimeout(S.HANGS)
        os.environ["NOTIFY_SOCKET"] = s.dir + "/notify"
        try:
            s.start()
        finally:
            del os.environ["NOTIFY_SOCKET"]
        reload(s)
        s.signal(signal.SIGTERM)
        assert s.process.wait(S.HANGS) == 0
        words = [heard.recv(500).decode().split("\n")[0] for _ in range(4)]
        assert words == ["READY=1", "RELOADING=1", "READY=1", "STOPPING=1"], words
    heard.close()
