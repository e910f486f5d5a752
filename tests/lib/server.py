# A server beside the town's: own configuration, socket and log in a folder of
# the town, ended by its pid.  Peer speaks FastCGI to its socket.
# SPDX-License-Identifier: MulanPSL-2.0
import atexit
import itertools
import os
import re
import signal
import socket
import struct
import subprocess
import time

import town as T

COUNT = itertools.count(1)
BEGIN, PARAMS, STDIN = 1, 4, 5
# Instrumented programs hold more memory, and have no limit of it.
SANITIZED = any(k.endswith("SAN_OPTIONS") for k in os.environ)


def record(kind, body, length=None, version=1, padding=0):
    """One record; LENGTH lies about the size of BODY."""
    return struct.pack(">BBHHBx", version, kind, 1, len(body) if length is None else length, padding) + body


def pair(name, value, forged=None):
    """A name and its value; FORGED: the two lengths that are told instead."""
    def size(n):
        return bytes([n]) if n < 128 else struct.pack(">I", n | 0x80000000)
    a, b = forged or (len(name), len(value))
    return size(a) + size(b) + name + value


def begin():
    return record(BEGIN, b"\0\1\0\0\0\0\0\0")


def params(variables):
    whole = b"".join(pair(k.encode(), v.encode()) for k, v in variables.items())
    return b"".join(record(PARAMS, whole[i:i + 60000]) for i in range(0, len(whole), 60000)) + record(PARAMS, b"")


def request(path, method="GET", body=b"", length=None, more=None):
    """The bytes of one whole request; LENGTH: what CONTENT_LENGTH says."""
    variables = {"REQUEST_METHOD": method, "REQUEST_URI": path, "QUERY_STRING": path.partition("?")[2],
                 "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
                 "CONTENT_LENGTH": str(len(body) if length is None else length)}
    variables.update(more or {})
    return begin() + params(variables) + b"".join(record(STDIN, body[i:i + 60000]) for i in range(0, len(body), 60000)) + record(STDIN, b"")


def ended(pid):
    """Is the process gone, or only waiting to be counted?"""
    try:
        return re.search(r"^State:\s*[ZX]", open("/proc/%d/status" % pid).read(), re.M) is not None
    except OSError:
        return True


def comm(pid):
    try:
        return open("/proc/%d/comm" % pid).read().strip()
    except OSError:
        return ""


def checks(pid):
    """Is it the master's look at a new configuration?"""
    try:
        return b"--check-config" in open("/proc/%d/cmdline" % pid, "rb").read().split(b"\0")
    except OSError:
        return False


def kids_of(pid):
    """Processes that PID has begun and that have not ended."""
    try:
        kids = open("/proc/%d/task/%d/children" % (pid, pid), encoding="ascii").read().split()
    except OSError:
        return []
    return [int(k) for k in kids if not ended(int(k))]


SLOW = T.SLOW
HANGS = 60      # seconds after which a thing that should come by itself hangs, on a slow machine too


def until(what, seconds, message):
    """WHAT comes within about SECONDS; that it takes longer beside other work is no failure, that it hangs is one."""
    end = time.monotonic() + max(seconds, HANGS / 2)
    while not what():
        assert time.monotonic() < end, message
        time.sleep(0.05)


def changed(text, lines):
    """The configuration TEXT with LINES in [server]."""
    for line in lines:
        key = line.split("=")[0]
        text, found = re.subn(r"(\[server\][^\[]*?\n)%s=[^\n]*" % key, lambda m: m.group(1) + line, text, count=1)
        if not found:
            text = text.replace("[server]\n", "[server]\n" + line + "\n", 1)
    return text


class Peer:
    """One connection, as the web server holds it."""

    def __init__(self, path, timeout=30):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(timeout)
        self.socket.connect(path)

    def send(self, data):
        self.socket.sendall(data)
        return self

    def answer(self):
        """What came until the end: the stream of the reply, (b"" if none)."""
        raw, out = b"", b""
        while True:
            try:
                part = self.socket.recv(65536)
            except ConnectionError:
                break
            if not part:
                break
            raw += part
        self.socket.close()
        while len(raw) >= 8:
            kind, length, padding = raw[1], struct.unpack(">H", raw[4:6])[0], raw[6]
            if kind == 6:
                out += raw[8:8 + length]
            raw = raw[8 + length + padding:]
        return out

    def status(self):
        m = re.match(rb"Status: (\d+)", self.answer())
        return int(m.group(1)) if m else None


class Server:
    """bianzhi-fcgi with the town's database and a configuration changed by
    SET ("workers=2"); single: the socket on descriptor 0."""

    def __init__(self, town, *set_, options=(), single=False, start=True):
        self.town = town
        self.n = next(COUNT)
        self.dir = os.path.join(town.dir, "server-%d" % self.n)
        os.mkdir(self.dir)
        self.path = os.path.join(town.run, "s%d.sock" % self.n)
        self.conf = os.path.join(self.dir, "bianzhi.conf")
        self.options = list(options)
        self.single = single
        self.process = None
        self.listening = None
        text = open(os.path.join(town.dir, "bianzhi.conf"), encoding="utf-8").read()
        self.write(changed(text, ("socket=" + self.path, "spool=" + self.dir) + set_))
        atexit.register(self.end)
        if start:
            self.start()

    def start(self):
        command = [T.STAGE + "/sbin/bianzhi-fcgi", "-c", self.conf] + self.options
        given = subprocess.DEVNULL
        if self.single:
            self.listening = socket.socket(socket.AF_UNIX)
            self.listening.bind(self.path)
            self.listening.listen(50)
            given, command = self.listening, command + ["--single"]
        with open(os.path.join(self.dir, "log"), "ab") as log:
            self.process = subprocess.Popen(command, stdin=given, stdout=log, stderr=log, start_new_session=True)
        until(self.serves, 20, "the server does not start: " + self.log())
        # Until it has its own name, the renderer looks like a worker.
        until(lambda: self.single or "bianzhi-render" in map(comm, self.kids()), 20, "no bianzhi-render: " + self.log())
        return self

    def serves(self):
        if self.process.poll() is not None:
            raise AssertionError("the server left: " + self.log())
        try:
            return self.ask("/login") == 200
        except OSError:
            return False

    def url(self, path):
        return self.town.base + path

    def peer(self, timeout=30):
        return Peer(self.path, timeout)

    def ask(self, path, timeout=30, **kw):
        """The status of one request."""
        return self.peer(timeout).send(request(self.url(path), **kw)).status()

    def log(self):
        path = os.path.join(self.dir, "log")
        return open(path, encoding="utf-8", errors="replace").read() if os.path.exists(path) else ""

    def kids(self):
        return kids_of(self.process.pid)

    def workers(self):
        return [k for k in self.kids() if comm(k) not in T.OTHERS and not checks(k)]

    def named(self, name):
        return [k for k in self.kids() if comm(k) == name]

    def answer(self, path, **kw):
        """The bytes of one reply."""
        return self.peer().send(request(self.url(path), **kw)).answer()

    def change(self, *lines):
        """Set keys of [server] anew."""
        self.write(changed(open(self.conf, encoding="utf-8").read(), lines))

    def write(self, text):
        with open(self.conf, "w", encoding="utf-8") as f:
            f.write(text)

    def signal(self, number):
        self.process.send_signal(number)

    def end(self):
        """TERM, then KILL: nothing of this server stays."""
        if self.process is None:
            return
        kids = self.kids()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(HANGS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(HANGS)
        for pid in kids:
            if not ended(pid):
                os.kill(pid, signal.SIGKILL)
        if self.listening is not None:
            self.listening.close()
            self.listening = None
        self.process = None
