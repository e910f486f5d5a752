# The server's life: masters, workers, sockets, signals, and what it tells about
# itself.  Each test has a server of its own on the town's database.
# SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import ctypes
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time

import server as S
import town as T

REST = 120      # bytes of a request that come late, so many that one at a time they last a minute
STALL = 5       # seconds that a worker waits for the rest of a request; without that it would be the 30 of a request


@contextlib.contextmanager
def server(town, *set_, **kw):
    s = S.Server(town, *set_, **kw)
    try:
        yield s
    finally:
        s.end()


def told(town, *options, conf=None):
    """(status, output) of a start that ends by itself."""
    out = subprocess.run([T.STAGE + "/sbin/bianzhi-fcgi", "-c", conf or town.dir + "/bianzhi.conf"] + list(options),
                         stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
    return out.returncode, out.stdout


def half(s):
    """A request whose last bytes have not come: (peer, the rest)."""
    whole = S.request(s.url("/login"), "POST", b"a=" + b"1" * REST)
    peer = s.peer().send(whole[:-REST])
    time.sleep(0.3)
    return peer, whole[-REST:]


def until_beside(what, peer, rest, message):
    """WHAT comes while the rest of the request goes on coming, a byte now and then, so that nobody gives it up: what is left of it."""
    left, last = [rest], [time.monotonic()]

    def look():
        if time.monotonic() - last[0] > STALL / 10 and len(left[0]) > 1:
            peer.send(left[0][:1])
            left[0], last[0] = left[0][1:], time.monotonic()
        return what()
    S.until(look, S.HANGS / 2, message)
    return left[0]


def test_crash_orders(town):
    """a server that takes orders to fail is a demo: another one does not start with BZ_CRASH_AT"""
    for demo, status in (("yes", 0), ("no", 1)):
        with server(town, "demo=" + demo, start=False) as s:
            out = subprocess.run([T.STAGE + "/sbin/bianzhi-fcgi", "-c", s.conf, "--check-config"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                 stderr=subprocess.STDOUT, text=True, timeout=60, env=dict(os.environ, BZ_CRASH_AT=s.dir + "/crash"))
            assert out.returncode == status and ("BZ_CRASH_AT" in out.stdout) == (demo == "no"), out.stdout


def test_slow_senders(town):
    """nginx: 16 senders who stall within a POST keep no worker from a page"""
    slow = []
    for _ in range(16):
        s = socket.create_connection(("127.0.0.1", town.port), 5)
        s.sendall(("POST %s/login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                   "Content-Length: 1000\r\n\r\na=1" % town.base).encode())
        slow.append(s)
    try:
        time.sleep(0.3)
        began = time.monotonic()
        assert T.Browser(town).get("/login").status == 200
        assert time.monotonic() - began < STALL - 1
    finally:
        for s in slow:
            s.close()


def sockets(pid):
    """The sockets that a process holds."""
    held = (os.path.join("/proc/%d/fd" % pid, n) for n in os.listdir("/proc/%d/fd" % pid))
    return {link for link in (os.readlink(p) for p in held if os.path.lexists(p)) if link.startswith("socket:")}


def test_own_connections(town):
    """server: no worker shares its connection to the database with another one or with the master"""
    with server(town, "workers=3") as s:
        S.until(lambda: len(s.workers()) == 3, 5, "three workers")
        common = sockets(s.process.pid)

        def own():
            s.ask("/login")
            return [sockets(w) - common for w in s.workers()]
        S.until(lambda: len(own()) == 3 and all(own()), 20, "not every worker has a connection")
        each = own()
        assert len(set.union(*each)) == sum(map(len, each)), each


def test_dangerous_database(town):
    """server: a database that can lose what was acknowledged stops the start, with the remedy; what is a pity is told once"""
    with server(town, "workers=2", start=False) as s:
        try:
            town.sql("SET GLOBAL innodb_flush_log_at_trx_commit = 2")
            for options in ((), ("--check-config",)):
                rc, out = told(town, *options, conf=s.conf)
                assert rc == 1 and "BZ0001 " in out and "write innodb_flush_log_at_trx_commit = 1 under [mariadbd]" in out, (rc, out)
            town.sql("SET GLOBAL innodb_flush_log_at_trx_commit = 1; SET GLOBAL local_infile = ON")
            s.start()
            S.until(lambda: len(s.workers()) == 2, 5, "two workers")
            assert s.ask("/login") == 200 and s.log().count("BZ0053 ") == 1, s.log()
        finally:
            town.sql("SET GLOBAL innodb_flush_log_at_trx_commit = 1; SET GLOBAL local_infile = OFF")


def test_worker_replaced(town):
    """server: a dead worker is named in the log and replaced"""
    with server(town, "workers=2") as s:
        S.until(lambda: len(s.workers()) == 2, 5, "two workers")
        victim = s.workers()[0]
        os.kill(victim, signal.SIGKILL)
        S.until(lambda: len(s.workers()) == 2 and victim not in s.workers(), 5, "no new worker")
        assert s.ask("/login") == 200
        assert re.search(r"BZ0007 worker %d was ended by signal 9" % victim, s.log()), s.log()


def kill_workers(s, times):
    for _ in range(times):
        S.until(s.workers, 8, "no worker comes back: " + s.log())
        victim = s.workers()[0]
        with contextlib.suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        S.until(lambda: victim not in s.workers(), 5, "not ended")


def test_brake(town):
    """server: more than five deaths in a minute slow the respawn, at least one worker serves"""
    with server(town, "workers=3") as s:
        kill_workers(s, 6)
        S.until(lambda: "BZ0008" in s.log(), 3, s.log())
        for pid in s.workers():
            os.kill(pid, signal.SIGKILL)
        began = time.monotonic()
        assert s.ask("/login", timeout=20) == 200
        alone = time.monotonic() - began
        assert 0.3 < alone < 4, "%.2f s without a worker" % alone
        assert len(s.workers()) == 1, "the brake is not on: %s" % s.workers()
        S.until(lambda: len(s.workers()) == 3, 14, "they do not all come back")
        assert time.monotonic() - began > 8, "they came at once"


def test_brake_and_recycling(town):
    """server: under the brake a last worker that leaves by itself is replaced at once"""
    with server(town, "workers=1", "recycle=1") as s:
        # A worker that has answered leaves by itself; killing that one is no death by a signal.
        for _ in range(12):
            if "BZ0008" not in s.log():
                kill_workers(s, 1)
        S.until(lambda: "BZ0008" in s.log(), 3, s.log())
        assert s.ask("/login", timeout=20) == 200
        began = time.monotonic()
        for _ in range(6):
            assert s.ask("/login", timeout=20) == 200
        assert time.monotonic() - began < 8 * S.SLOW, "%.1f s for six requests" % (time.monotonic() - began)


def test_master_killed(town):
    """server: a killed master leaves no orphan, neither an idle one nor one in a stalled request"""
    with server(town, "workers=3") as s:
        S.until(lambda: len(s.workers()) == 3, 5, "three workers")
        stalled, _ = half(s)
        kids = s.workers()
        s.signal(signal.SIGKILL)
        s.process.wait(S.HANGS)
        S.until(lambda: sum(not S.ended(k) for k in kids) <= 1, 3, "idle orphans")
        S.until(lambda: all(S.ended(k) for k in kids), STALL + 5, "an orphan stays")
        stalled.answer()


def test_master_killed_in_a_request(town):
    """server: the master is killed during a request: it is answered, then its worker leaves"""
    with server(town, "workers=2") as s:
        peer, rest = half(s)
        kids = s.kids()
        s.signal(signal.SIGKILL)
        s.process.wait(S.HANGS)
        rest = until_beside(lambda: sum(not S.ended(k) for k in kids) == 1, peer, rest, "idle orphans, or nobody is left")
        status = peer.send(rest).status()
        assert status is not None and status < 500, status
        S.until(lambda: all(S.ended(k) for k in kids), 5, "an orphan stays")


def test_drain(town):
    """server: SIGTERM lets a half-sent request end with its answer, takes no new ones, then leaves"""
    with server(town, "workers=2") as s:
        peer, rest = half(s)
        s.signal(signal.SIGTERM)
        S.until(lambda: not os.path.exists(s.path), 3, "the socket stays")
        time.sleep(0.3)
        assert s.process.poll() is None, "left in the middle of a request"
        status = peer.send(rest).status()
        assert status is not None and status < 500, status
        assert s.process.wait(S.HANGS) == 0, s.log()


def test_drain_stalled(town):
    """server: who never sends the rest does not keep the server from ending"""
    with server(town, "workers=1") as s:
        peer, _ = half(s)
        began = time.monotonic()
        s.signal(signal.SIGTERM)
        assert s.process.wait(S.HANGS) == 0
        assert time.monotonic() - began < STALL + 15
        assert peer.status() in (None, 400, 408)


def test_stale_socket(town):
    """server: a socket left over is replaced, a live one and a plain file are refused"""
    with server(town, "workers=1") as s:
        rc, out = told(town, conf=s.conf)
        assert rc == 1 and "another server answers there" in out, out
        assert s.ask("/login") == 200, "the first server was hurt"
        s.signal(signal.SIGKILL)
        s.process.wait(S.HANGS)
        assert os.path.exists(s.path)
        # While its last worker still holds the socket, somebody answers there.
        S.until(lambda: refused(s.path), STALL + 3, "a worker stays")
        s.start()
        assert s.ask("/login") == 200
        s.end()
        with open(s.path, "w", encoding="utf-8") as f:
            f.write("letters")
        rc, out = told(town, conf=s.conf)
        assert rc == 1 and "no socket" in out, out
        assert open(s.path, encoding="utf-8").read() == "letters"
        os.unlink(s.path)


def refused(path):
    try:
        S.Peer(path).socket.close()
        return False
    except ConnectionRefusedError:
        return True


def test_socket_is_closed_to_others(town):
    """server: its socket is born with 0660"""
    with server(town, "workers=1") as s:
        assert os.stat(s.path).st_mode & 0o777 == 0o660, oct(os.stat(s.path).st_mode)


def test_single(town):
    """server: --single serves the socket on descriptor 0, behind silent and stalled peers too"""
    with server(town, single=True) as s:
        assert not s.workers(), "--single has no workers"
        silent = s.peer()
        began = time.monotonic()
        assert s.ask("/login") == 200
        assert time.monotonic() - began < 4, "behind a silent peer"
        stalled, _ = half(s)
        began = time.monotonic()
        assert s.ask("/login") == 200
        assert time.monotonic() - began < STALL + 15, "behind a stalled peer"
        assert stalled.status() in (None, 400, 408)
        silent.socket.close()
        for _ in range(3):          # only a look whether somebody is there
            s.peer().socket.close()
        assert s.ask("/login") == 200 and s.process.poll() is None
        s.signal(signal.SIGTERM)
        assert s.process.wait(S.HANGS) == 0


def test_single_needs_socket(town):
    """server: --single without a listening socket says so"""
    rc, out = told(town, "--single")
    assert rc == 1 and "descriptor 0" in out, out


def test_listen_fds(town):
    """server: a socket that a service manager hands over is served; two are refused"""
    with server(town, start=False) as s:
        conf = open(s.conf, encoding="utf-8").read()
        with open(s.conf, "w", encoding="utf-8") as f:
            f.write(re.sub(r"(\[server\]\n)socket=.*\n", r"\1", conf))
        given = socket.socket(socket.AF_UNIX)
        given.bind(s.path)
        given.listen(20)
        script = ("import os, sys; os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS=sys.argv[1]);"
                  " os.dup2(int(sys.argv[2]), 3); os.execv(sys.argv[3], sys.argv[3:])")
        for count, serves in (("2", False), ("1", True)):
            with open(s.dir + "/log", "ab") as log:
                s.process = subprocess.Popen([sys.executable, "-c", script, count, str(given.fileno()), T.STAGE + "/sbin/bianzhi-fcgi",
                                              "-c", s.conf], pass_fds=[given.fileno()], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            if serves:
                S.until(s.serves, 20, s.log())
            else:
                assert s.process.wait(S.HANGS) == 1 and "LISTEN_FDS" in s.log(), s.log()
        given.close()


def bare(html):
    """The page without what differs from one request to the next."""
    return re.sub(r'[A-Za-z0-9_+/=.-]{24,}', "KEY", html)


def test_once(town):
    """server: --once answers one request as plain CGI with the same log-in page"""
    by_web = T.Browser(town).get("/login", html=True)
    for given in ({"REQUEST_URI": town.base + "/login"}, {"SCRIPT_NAME": town.base, "PATH_INFO": "/login"}):
        env = {"PATH": os.environ["PATH"], "GATEWAY_INTERFACE": "CGI/1.1", "REQUEST_METHOD": "GET", "QUERY_STRING": "",
               "REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT": "text/html", "HTTP_SEC_FETCH_SITE": "same-origin",
               **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}, **given}
        out = subprocess.run([T.STAGE + "/sbin/bianzhi-fcgi", "-c", town.dir + "/bianzhi.conf", "--once"], env=env,
                             stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
        head, _, body = out.stdout.partition(b"\r\n\r\n")
        assert out.returncode == 0 and head.startswith(b"Status: 200\r\n"), (head, out.stderr)
        assert b"\r\nContent-Type: text/html" in b"\r\n" + head.replace(b"content-type", b"Content-Type"), head
        assert bare(body.decode()) == bare(by_web.text), "another page"


def test_once_body(town):
    """server: --once reads a body from standard input and refuses one that is short"""
    for size, good in ((3, True), (300, False)):
        env = {"PATH": os.environ["PATH"], "REQUEST_METHOD": "POST", "REQUEST_URI": town.base + "/login",
               "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(size), "HTTP_ACCEPT": "application/xml",
               **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}
        out = subprocess.run([T.STAGE + "/sbin/bianzhi-fcgi", "-c", town.dir + "/bianzhi.conf", "--once"], env=env,
                             input=b"a=1", stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
        status = int(re.match(rb"Status: (\d+)", out.stdout).group(1))
        assert (status == 400) == (not good) and status < 500, (size, status)


def test_recycling(town):
    """server: a worker leaves after so many requests, and no request is lost"""
    with server(town, "workers=1", "recycle=10") as s:
        seen = set()
        for _ in range(40):
            assert s.ask("/login") == 200
            seen.update(s.workers())
        assert len(seen) >= 3, "%d workers for 40 requests" % len(seen)
        assert "BZ0007" not in s.log() and "BZ0008" not in s.log(), s.log()


def test_recycling_by_memory(town):
    """server: a worker that holds more than recycle_memory leaves after its request, others stay"""
    for limit, stays in (("16M", False), ("4G", True)):
        with server(town, "workers=1", "recycle_memory=" + limit) as s:
            seen = set()
            for _ in range(6):
                assert s.ask("/login") == 200
                seen.update(s.workers())
            assert (len(seen) == 1) == stays, "%s: %s" % (limit, seen)
            assert ("BZ0027" in s.log()) == (not stays) and not re.search("BZ0007|BZ0008", s.log()), s.log()


def test_check_names_the_line(town):
    """server: --check-config names file and line of a broken definition, and changes nothing"""
    rc, out = told(town, "--check-config")
    assert rc == 0 and out.splitlines()[-1].startswith("ok:"), out
    copy = town.dir + "/broken"
    conf = town.dir + "/broken.conf"
    text = open(town.dir + "/bianzhi.conf", encoding="utf-8").read()
    with open(conf, "w", encoding="utf-8") as f:
        f.write(re.sub(r"datadir=.*", "datadir=" + copy, text))
    for file, find, put in (("packs/entry/forms/item.xml", r"<field ", "<field nonsense='1' "), ("packs/entry/process/counter.xml", r"<move ", "<move nonsense='1' "),
                            ("packs/entry/dictionary/entry.xml", r"<field ", "<field type='nonsense' "), ("packs/staffing/sql/queries.xml", r"</sql>", "</sq>")):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(os.path.join(T.STAGE, "share", "bianzhi"), copy)
        whole = open(os.path.join(copy, file), encoding="utf-8").read()
        at = re.search(find, whole)
        assert at, "%s has no %s" % (file, find)
        line = whole.count("\n", 0, at.start()) + 1
        with open(os.path.join(copy, file), "w", encoding="utf-8") as f:
            f.write(whole[:at.start()] + put + whole[at.end():])
        rc, out = told(town, "--check-config", conf=conf)
        m = re.search(re.escape(file) + r":(\d+)", out)
        assert rc == 1 and m and abs(int(m.group(1)) - line) <= 1, "%s:%d: %d %s" % (file, line, rc, out)
    shutil.rmtree(copy)


def test_conf_names_the_key(town):
    """server: a wrong key of the configuration is named with its file"""
    for line in ("workers=0", "wrokers=3", "peer=everybody", "recycle_memory=1M", "job_seconds=0"):
        with server(town, line, start=False) as s:
            rc, out = told(town, "--check-config", conf=s.conf)
            assert rc == 1 and s.conf in out and line.split("=")[0] in out, out


def no_seccomp():
    """This process and what it becomes can set no filter from now on, as in some containers: by a filter."""
    call, prctl, ret, jump, load = {"x86_64": 317, "aarch64": 277}[os.uname().machine], {"x86_64": 157, "aarch64": 167}[os.uname().machine], 0x06, 0x15, 0x20
    lines = [(load, 0, 0, 0), (jump, 3, 0, call), (jump, 0, 3, prctl), (load, 0, 0, 16), (jump, 0, 1, 22),
             (ret, 0, 0, 0x00050000 | 22), (ret, 0, 0, 0x7fff0000)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in lines))
    program = struct.pack("HxxxxxxQ", len(lines), ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) != 0 or libc.prctl(22, 2, program, 0, 0) != 0:
        os._exit(99)


def test_no_sandbox_no_start(town):
    """sandbox: where it does not hold, the server does not start and says what to do; with sandbox=off it does, with a warning"""
    for line, status, words in (("sandbox=on", 1, ("BZ0070 ", "does not let a process enter", "sandbox=off")), ("sandbox=off", 0, ("BZ0071 ", "ok:")),
                                ("sandbox=maybe", 1, ("sandbox", 'say "on", "off" or "kill"'))):
        with server(town, line, start=False) as s:
            for option in (["--check-config"], []) if status else (["--check-config"],):
                out = subprocess.run([T.STAGE + "/sbin/bianzhi-fcgi", "-c", s.conf] + option, preexec_fn=no_seccomp, stdin=subprocess.DEVNULL,
                                     stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
                assert out.returncode == status and all(w in out.stdout for w in words), (line, option, out.returncode, out.stdout)


def test_no_address(town):
    """server: --check-config and the start warn when prints carry a QR and [product] url is not set"""
    with server(town, start=False) as s:
        with open(s.conf, encoding="utf-8") as f:
            text = re.sub(r"(?m)^url=.*\n", "", f.read())
        for line, told_of in (("", True), ("url=https://bz.example.gov.cn/bianzhi/\n", False)):
            with open(s.conf, "w", encoding="utf-8") as f:
                f.write(text.replace("[product]\n", "[product]\n" + line))
            rc, out = told(town, "--check-config", conf=s.conf)
            assert rc == 0 and ("BZ0060 " in out and "[product] url" in out) == told_of, out
        with open(s.conf, "w", encoding="utf-8") as f:
            f.write(text)
        s.start()
        assert s.ask("/login") == 200 and s.log().count("[product] url") == 1, s.log()


def test_command_line(town):
    """server: each command tells its use; wrong use is 2, a failure 1, each with a sentence"""
    tool = T.STAGE + "/bin/bianzhi"

    def call(*args):
        out = subprocess.run([tool] + list(args), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
        return out.returncode, out.stdout

    conf = town.dir + "/bianzhi.conf"
    for command in ("migrate", "account", "import", "verify", "jobs"):
        rc, text = call("-c", conf, command, "--help")
        assert rc == 0 and "usage" in text.lower(), (command, rc, text)
    rc, text = call("--help")
    assert rc == 0 and "migrate" in text
    rc, text = call("-c", conf, "nonsense")
    assert rc == 2 and "--help" in text, (rc, text)
    rc, text = call("-c", town.dir + "/none.conf", "verify")
    assert rc == 1 and "-c FILE" in text, (rc, text)
    rc, text = call("-c", conf, "import", town.dir + "/nowhere")
    assert rc == 1 and text.strip(), (rc, text)
    rc, text = call("-c", conf, "account", "add", "D031", "某人", "--scope", "no-such-unit", "--roles", "clerk")
    assert rc != 0 and text.strip(), (rc, text)
    rc, text = call("-c", conf, "account", "add", "D031", "某人", "--scope", "D031", "--roles", "no_such_role")
    assert rc != 0 and "no_such_role" in text, (rc, text)


def test_routes(town):
    """server: --routes lists permission, form and view of every route"""
    rc, out = told(town, "--routes")
    rows = [line.split() for line in out.splitlines()]
    assert rc == 0 and len(rows) >= 20, out
    for row in rows:
        assert len(row) == 6, row
        assert row[0] in ("GET", "POST") and row[1].startswith("/") and re.match(r"[a-z]", row[2]), row
        assert row[3] != "" and row[4] != "", row
    assert {"/login", "/entry/"} <= {r[1] for r in rows}, out
    assert any(r[4] != "-" for r in rows), out


def hurt(s, data, allowed=(None, 400, 404, 408, 413, 431)):
    """Send DATA; afterwards the same worker serves others."""
    before = s.workers()
    peer = s.peer()
    try:
        peer.send(data)
        peer.socket.shutdown(socket.SHUT_WR)
    except OSError:
        pass
    status = peer.status()
    assert status in allowed, "%r... was answered %s" % (data[:40], status)
    assert s.ask("/login") == 200
    assert s.workers() == before, "the worker did not survive %r: %s" % (data[:40], s.log()[-500:])


def test_forged_records(town):
    """server: forged FastCGI lengths, types and versions cost nobody else anything"""
    good = S.request(town.base + "/login")
    with server(town, "workers=1") as s:
        for data in (S.begin() + S.record(S.PARAMS, b"abc", length=65535), S.record(S.BEGIN, b"", length=8), S.record(S.BEGIN, b"\0" * 3),
                     S.record(99, b"x" * 100), S.record(S.BEGIN, b"\0\1\0\0\0\0\0\0", version=9) + good, b"GET / HTTP/1.1\r\n\r\n", b"\0" * 4096,
                     S.begin() + S.record(S.PARAMS, S.pair(b"A", b"b", forged=(1, 5000))) + S.record(S.PARAMS, b""),
                     S.begin() + S.record(S.PARAMS, S.pair(b"A", b"b", forged=(100000, 1))) + S.record(S.PARAMS, b""),
                     S.begin() + S.record(S.PARAMS, b"\xff") + S.record(S.PARAMS, b""),
                     S.begin() + S.record(S.PARAMS, b"", padding=255), os.urandom(20000), good[:20], good[:60]):
            hurt(s, data)
        assert "BZ0007" not in s.log(), s.log()


def test_forged_huge_length(town):
    """server: a name of two gigabytes costs at most the worker that reads it, not others"""
    with server(town, "workers=2") as s:
        for lengths in ((0x7fffffff, 1), (1, 0x7fffffff), (0x7fffffff, 0x7fffffff), (0x7ffffffe, 0x7fffffff)):
            peer = s.peer().send(S.begin() + S.record(S.PARAMS, S.pair(b"", b"x" * 4000, forged=lengths)) + S.record(S.PARAMS, b""))
            with contextlib.suppress(OSError):
                peer.socket.shutdown(socket.SHUT_WR)
            assert s.ask("/login") == 200
            assert peer.status() in (None, 400, 404, 431)
        assert s.ask("/login") == 200 and s.process.poll() is None


def test_many_params(town):
    """server: 300 parameters are read, 301 and a second CONTENT_LENGTH are refused"""
    with server(town, "workers=1") as s:
        base = 6        # those of S.request, and the role, which libfcgi adds
        for count, status in ((300, 200), (301, 431)):
            more = {"HTTP_X_%d" % i: "v" for i in range(count - base)}
            assert s.ask("/login", more=more) == status, count
        twice = S.begin() + S.record(S.PARAMS, S.pair(b"REQUEST_METHOD", b"GET") + S.pair(b"REQUEST_URI", s.url("/login").encode())
                                     + S.pair(b"CONTENT_LENGTH", b"0") + S.pair(b"CONTENT_LENGTH", b"5")) + S.record(S.PARAMS, b"") + S.record(S.STDIN, b"")
        hurt(s, twice, (400,))
        assert s.ask("/login", method="GET", more={"HTTP_X_LONG": "v" * 70000}) == 431
        assert s.ask("/login") == 200
