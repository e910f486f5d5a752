# A plugin that crashes, hangs and leaks: what it costs the others, and its end.
# SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import http.client
import os
import re
import shutil
import signal
import subprocess
import threading
import time

import server as S
import town as T
from d_server import server
from d_status import HERE, metrics, page

BUILD = os.environ.get("BZ_BUILD", os.path.join(T.TOP, "var", "b"))


def plugins(town):
    """A folder with the installed plugins and the hostile one."""
    folder = os.path.join(town.dir, "hostile-plugins")
    if not os.path.isdir(folder):
        subprocess.run(["make", "-s", "-C", BUILD, "tests/hostile/hostile.la"], check=True, stdout=subprocess.DEVNULL, timeout=120)
        shutil.copytree(os.path.join(T.STAGE, "lib", "bianzhi", "plugins"), folder)
        shutil.copy(os.path.join(BUILD, "tests", "hostile", ".libs", "hostile.so"), folder)
    return folder


@contextlib.contextmanager
def hostile(town, *set_, **how):
    with server(town, "plugindir=" + plugins(town), "plugins=staffing;entry;hostile", *set_, **how) as s:
        yield s


@contextlib.contextmanager
def front(s):
    """A web server of its own before S: the port."""
    port, town = T.free_port(), s.town
    for name in ("nginx.conf", "nginx-bianzhi.conf"):
        text = open(os.path.join(town.dir, name), encoding="utf-8").read()
        text = text.replace(town.run + "/app.sock", "SOCKET").replace(town.run, "HERE").replace(town.dir, "HERE")
        text = text.replace("SOCKET", s.path).replace("HERE", s.dir).replace("127.0.0.1:%d" % town.port, "127.0.0.1:%d" % port)
        with open(os.path.join(s.dir, name), "w", encoding="utf-8") as f:
            f.write(text)
    subprocess.run(["nginx", "-p", s.dir, "-e", s.dir + "/nginx-error.log", "-c", s.dir + "/nginx.conf"], check=True, timeout=30)
    S.until(lambda: os.path.exists(s.dir + "/nginx.pid"), 5, "no web server")
    pid = int(open(s.dir + "/nginx.pid", encoding="utf-8").read())
    try:
        yield port
    finally:
        os.kill(pid, signal.SIGTERM)
        S.until(lambda: S.ended(pid), 10, "the web server stays")


def get(s, port, path):
    c = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    c.request("GET", s.url(path), headers={"Accept": "text/html", "Sec-Fetch-Site": "none"})
    r = c.getresponse()
    text = r.read().decode("utf-8", "replace")
    c.close()
    return r.status, text


class Others:
    """Two browsers that ask for other pages all the time."""

    def __init__(self, s, port):
        self.s, self.port, self.times, self.bad, self.stop = s, port, [], [], threading.Event()
        self.threads = [threading.Thread(target=self.run, daemon=True) for _ in range(2)]

    def run(self):
        while not self.stop.is_set():
            began = time.monotonic()
            status, _ = get(self.s, self.port, "/login")
            self.times.append(time.monotonic() - began)
            if status != 200:
                self.bad.append(status)
            time.sleep(0.005)

    def __enter__(self):
        for t in self.threads:
            t.start()
        return self

    def __exit__(self, *_):
        self.stop.set()
        for t in self.threads:
            t.join()

    def unharmed(self):
        p99 = sorted(self.times)[len(self.times) * 99 // 100]
        print("# %d other requests, p99 %.0f ms, longest %.0f ms" % (len(self.times), p99 * 1000, max(self.times) * 1000))
        assert not self.bad, "others were answered %s" % self.bad
        assert p99 < 1, "p99 of others is %.2f s" % p99


def descriptors(pid):
    return len(os.listdir("/proc/%d/fd" % pid))


def resident(pid):
    return int(re.search(r"VmRSS:\s*(\d+)", open("/proc/%d/status" % pid, encoding="utf-8").read()).group(1)) >> 10


def test_hostile_crashes(town):
    """hostile: a crash of any kind costs one request, which gets a page; others answer within a second; the worker is replaced"""
    with hostile(town, "workers=3", "plugin_crashes=0", "brake=no") as s, front(s) as port:
        with Others(s, port) as others:
            for what in ("crash", "abort", "exit", "huge", "stack"):
                for n in range(3):
                    status, text = get(s, port, "/hostile/" + what)
                    assert status in (502, 500), (what, status)
                    assert re.search("[\u4e00-\u9fff]{4}", text), "no sentence: " + text[:300]
                    S.until(lambda: len(re.findall(r"BZ0007 worker \d+ .*GET /hostile/%s\b" % what, s.log())) == n + 1, 5,
                            "%s is not named" % what)
                    S.until(lambda: len(s.workers()) == 3, 5, "the worker is not replaced")
        others.unharmed()
        m = metrics(s)
        assert m["bianzhi_worker_deaths_total"] == 15, m["bianzhi_worker_deaths_total"]
        assert m['bianzhi_requests_total{method="GET",route="/hostile/stack",class="lost"}'] == 3


def test_hostile_limits(town):
    """hostile: a worker has limits of memory and descriptors, and leaves no core file"""
    with hostile(town, "workers=1", "worker_memory=1G") as s:
        limits = open("/proc/%d/limits" % s.workers()[0], encoding="utf-8").read()
        assert re.search(r"Max core file size +0 +0 ", limits) and re.search(r"Max open files +512 +512 ", limits), limits
        if not S.SANITIZED:
            assert re.search(r"Max address space +1073741824 +1073741824 ", limits), limits
        assert s.ask("/hostile/huge") is None
        assert s.ask("/hostile/calm") == 200
        assert not [f for f in os.listdir(s.dir) if f.startswith("core")]


def test_hostile_loop(town):
    """hostile: an endless loop is logged with its stack, ended at the deadline and costs others nothing"""
    with hostile(town, "workers=2", "request_seconds=3", "slow_seconds=1") as s, front(s) as port:
        with Others(s, port) as others:
            began = time.monotonic()
            status, _ = get(s, port, "/hostile/loop")
            took = time.monotonic() - began
            assert status == 502 and 3 < took < 20, (status, took)
            S.until(lambda: len(s.workers()) == 2 and "BZ0007" in s.log(), 5, "the worker is not replaced")
        others.unharmed()
        log = s.log()
        assert len(re.findall(r"BZ0030 worker \d+ has been at GET /hostile/loop for [13] seconds", log)) == 2, log
        stacks = log.split("stack of GET /hostile/loop\n")
        assert len(stacks) == 3, log
        for stack in stacks[1:]:
            assert re.search(r"(?m)^\S*hostile\.so\(", stack) and "bianzhi" in stack, stack[:1500]
        assert re.search(r"BZ0009 worker \d+ is over its time", log)
        assert re.search(r"BZ0007 worker \d+ was ended by signal 9 while serving GET /hostile/loop", log), log


def test_hostile_leaks(town):
    """hostile: who leaks memory or descriptors is answered, then its worker is replaced: memory and descriptors return to base"""
    with hostile(town, "workers=1", "recycle_memory=160M") as s:
        for _ in range(3):
            assert s.ask("/hostile/calm") == 200
        memory, fds = resident(s.workers()[0]), descriptors(s.workers()[0])
        print("# at rest: %d MB, %d descriptors" % (memory, fds))
        # Sixty files of one request are open while it is served, and no leak.
        body = b"".join(b"--m\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nx\r\n" for _ in range(60)) + b"--m--\r\n"
        first = s.workers()
        assert s.ask("/login", method="POST", body=body, more={"CONTENT_TYPE": "multipart/form-data; boundary=m"}) in (415, 422)
        assert s.ask("/hostile/calm") == 200 and s.workers() == first, s.log()
        for path, why in (("/hostile/leak", "BZ0027"), ("/hostile/descriptors", "BZ0032 .*GET /hostile/descriptors"),
                          ("/hostile/every-descriptor", "BZ0032 .*GET /hostile/every-descriptor")):
            first, n = s.workers()[0], 0
            while s.workers()[:1] == [first]:
                assert s.ask(path) in (200, 500), path
                n += 1
                time.sleep(0.2)         # a worker that leaves is seen for a moment
                assert n < 40, "%s: the worker stays with %d MB, %d descriptors" % (path, resident(first), descriptors(first))
                S.until(s.workers, 5, "no worker")
            assert s.ask("/hostile/calm") == 200 and s.ask("/login") == 200
            assert re.search(why, s.log()), s.log()[-800:]
            now = s.workers()[0]
            assert resident(now) <= memory + 16 and descriptors(now) <= fds + 2, (path, resident(now), descriptors(now))
        assert "BZ0007" not in s.log() and "BZ0008" not in s.log(), s.log()
        assert metrics(s)["bianzhi_worker_leavers_total"] == 3


def test_hostile_is_shut(town):
    """hostile: after more crashes than allowed the plugin answers 503 with an incident, the rest works on; a reload lifts it"""
    with hostile(town, "workers=2", "plugin_crashes=7") as s:       # six would set the brake
        for n in range(8):
            assert s.ask("/hostile/calm") == 200, "shut after %d" % n
            assert s.ask("/hostile/crash") is None
            S.until(lambda: len(s.workers()) == 2, 5, "the worker is not replaced")
        S.until(lambda: "BZ0031" in s.log(), 3, s.log())
        # It is said before the last of them is replaced.
        S.until(lambda: len(s.workers()) == 2, 5, "the worker is not replaced")
        number = re.search(r"BZ0031 ALARM: 8 workers .* plugin hostile; .* incident (\d{8}-\d{6})\n", s.log()).group(1)
        before = s.workers()
        for path in ("/hostile/calm", "/hostile/crash"):
            status, text = page(s, path, {"HTTP_ACCEPT": "text/html"})
            assert status == 503 and number in text and "已暂停使用" in text, (status, text)
        # A form that was sent there keeps what was typed.
        answer = s.peer().send(S.request(s.url("/hostile/form"), "POST", "reason=事由".encode(), more={"HTTP_SEC_FETCH_SITE": "same-origin"})).answer().decode()
        assert answer.startswith("Status: 503") and number in answer and "事由" in answer and "重新提交" in answer, answer
        assert s.ask("/login") == 200 and s.ask("/entry/") == 303 and s.workers() == before
        assert number in page(s, "/status")[1] and "hostile" in page(s, "/status")[1]
        assert number in page(s, "/status/text")[1]
        assert metrics(s)['bianzhi_plugin_shut{plugin="hostile"}'] == 1
        assert "BZ0008" not in s.log(), "a plugin's crashes set the brake"
        assert metrics(s)["bianzhi_generation"] == 1
        s.signal(signal.SIGHUP)
        S.until(lambda: metrics(s)["bianzhi_generation"] == 2, 20, "no new generation: " + s.log())
        S.until(lambda: not set(s.workers()) & set(before), 10, "the old generation stays")
        assert s.ask("/hostile/calm") == 200, "the reload does not lift it"
        assert "bianzhi_plugin_shut{" not in page(s, "/metrics", HERE)[1]


def test_hostile_sandbox(town):
    """sandbox: a plugin cannot read or write files, open connections, fork, signal the master; starting a program ends the worker"""
    with hostile(town, "workers=2", "sandbox=on") as s:
        assert s.ask("/hostile/break-out") == 200, s.log()
        assert s.ask("/hostile/program") is None
        S.until(lambda: "BZ0072" in s.log(), 5, s.log())
        assert re.search(r"BZ0007 worker (\d+) was ended by signal 31 while serving GET /hostile/program\n.*BZ0072 process \1 ", s.log()), s.log()
        assert s.ask("/login") == 200 and s.ask("/hostile/calm") == 200
    with hostile(town, "workers=1", "sandbox=kill") as s:
        assert s.ask("/hostile/break-out") is None
        S.until(lambda: "sandbox: a call that it forbids" in s.log(), 5, s.log())
        assert re.search(r"forbids, number \d+, from\n(?:\S+\n)*\S*hostile\.so\(", s.log()), s.log()
    with hostile(town, "workers=1", "sandbox=off") as s:
        assert s.ask("/hostile/break-out") == 500, "the plugin does not try"


def test_hostile_sandbox_single(town):
    """sandbox: a server without a master has it too"""
    with hostile(town, "sandbox=on", single=True) as s:
        assert s.ask("/hostile/calm") == 200
        status = open("/proc/%d/status" % s.process.pid, encoding="utf-8").read()
        assert re.search(r"(?m)^Seccomp:\t2$", status) and re.search(r"(?m)^NoNewPrivs:\t1$", status), status
        assert s.ask("/hostile/program") is None and s.process.wait(S.HANGS) == -signal.SIGSYS
