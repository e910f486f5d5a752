# The status board: who may read it, what it counts, and the stack of a request
# that takes long.  SPDX-License-Identifier: MulanPSL-2.0
import os
import re
import signal
import subprocess
import threading
import time

import server as S
import town as T
from d_server import server

HERE = {"REMOTE_ADDR": "127.0.0.1"}
LINE = re.compile(r'^(?:# (?:HELP [a-z_]+ .+|TYPE [a-z_]+ (?:counter|gauge|histogram))'
                  r'|[a-z_]+(?:\{[a-z]+="[^"\\\n]*"(?:,[a-z]+="[^"\\\n]*")*\})? [0-9]+(?:\.[0-9]+)?)$')


def page(s, path, more=None):
    """(status, body) of a GET from this machine."""
    answer = s.peer().send(S.request(s.url(path), more=HERE if more is None else more)).answer()
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(re.match(rb"Status: (\d+)", head).group(1)), body.decode()


def metrics(s):
    status, text = page(s, "/metrics")
    assert status == 200
    return {m.group(1): float(m.group(2)) for m in re.finditer(r"(?m)^([a-z].*) ([0-9.]+)$", text)}


def test_status_is_for_this_machine(town):
    """status: the board answers the machine itself; others, and who says no address, find no such page"""
    with server(town, "workers=1") as s:
        unknown = page(s, "/no-such-page", {"REMOTE_ADDR": "10.0.0.7"})
        for path in ("/status", "/status/text", "/metrics"):
            for address in ("127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"):
                assert page(s, path, {"REMOTE_ADDR": address})[0] == 200, (path, address)
            for address in ("10.0.0.7", "128.0.0.1", "::2", "::ffff:10.0.0.7", "localhost", "", "127.0.0.1 10.0.0.7", "127.1"):
                status, body = page(s, path, {"REMOTE_ADDR": address})
                assert status == 404 and body == unknown[1], (path, address, status, body)
            assert page(s, path, {})[0] == 404, path
            assert page(s, path, {"REMOTE_ADDR": "10.0.0.7", "HTTP_REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"})[0] == 404
            assert s.ask(path, method="POST", body=b"a=1", more=HERE) == 405


def test_status_from(town):
    """status: [server] status_from says who may look; empty: nobody; a word that is no address is refused"""
    with server(town, "workers=1", "status_from=10.1.0.0/16, 192.168.7.9") as s:
        for address, status in (("10.1.200.3", 200), ("192.168.7.9", 200), ("10.2.0.1", 404), ("192.168.7.8", 404), ("127.0.0.1", 404)):
            assert page(s, "/metrics", {"REMOTE_ADDR": address})[0] == status, address
    with server(town, "workers=1", "status_from=") as s:
        assert page(s, "/metrics")[0] == 404
    with server(town, "status_from=127.0.0.1 nobody", start=False) as s:
        out = subprocess.run([T.STAGE + "/sbin/bianzhi-fcgi", "-c", s.conf, "--check-config"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, text=True, timeout=60)
        assert out.returncode == 1 and "status_from" in out.stdout and "nobody" in out.stdout, out.stdout


def test_metrics_format(town):
    """status: /metrics is Prometheus text: every line, one TYPE a name, buckets that add up to the count"""
    with server(town, "workers=2") as s:
        for path in ("/login", "/no-such-page", "/", "/entry/", "/check/ABCD-EFGH-JKLM", "/check/x?code=330106200001011234"):
            s.ask(path)
        answer = s.peer().send(S.request(s.url("/metrics"), more=HERE)).answer().decode()
        head, _, text = answer.partition("\r\n\r\n")
        assert "Content-Type: text/plain; version=0.0.4; charset=utf-8" in head, head
        bad = [line for line in text.splitlines() if not LINE.match(line)]
        assert not bad and text.endswith("\n"), bad
        types = re.findall(r"(?m)^# TYPE (\S+)", text)
        assert len(types) == len(set(types)) >= 12, types
        for name in re.findall(r"(?m)^([a-z_]+)", text):
            assert name in types or re.sub("_(bucket|sum|count)$", "", name) in types, name
        for route in re.findall(r'request_seconds_count\{(.*)\} ', text):
            buckets = [int(n) for n in re.findall(r'request_seconds_bucket\{%s,le="[^"]*"\} (\d+)' % re.escape(route), text)]
            count = int(re.search(r"request_seconds_count\{%s\} (\d+)" % re.escape(route), text).group(1))
            assert buckets == sorted(buckets) and len(buckets) == 13 and buckets[-1] == count, (route, buckets)
        assert "330106" not in text and "ABCD" not in text, "a value of a request stands there"
        assert 'route="/check/{code}"' in text and 'route="-",class="4xx"' in text, text


def test_metrics_count(town):
    """status: requests, classes, durations, round trips and uploads are counted, each once"""
    with server(town, "workers=3") as s:
        before = metrics(s)
        for _ in range(7):
            assert s.ask("/login") == 200
        for _ in range(2):
            assert s.ask("/entry/") == 303
        body = (b"--m\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n" + b"x" * 123456 + b"\r\n--m--\r\n")
        assert s.ask("/login", method="POST", body=body, more={"CONTENT_TYPE": "multipart/form-data; boundary=m"}) in (415, 422)
        wrong = b"account=nobody&operator=nobody&password=x"
        assert s.ask("/login", method="POST", body=wrong, more={"HTTP_SEC_FETCH_SITE": "same-origin"}) == 422
        after = metrics(s)

        def more(name):
            return after.get(name, 0) - before.get(name, 0)
        assert more('bianzhi_requests_total{method="GET",route="/login",class="2xx"}') == 7
        assert more('bianzhi_requests_total{method="GET",route="/entry/",class="3xx"}') == 2
        assert more('bianzhi_requests_total{method="POST",route="/login",class="4xx"}') == 2
        assert more('bianzhi_request_seconds_count{method="GET",route="/login"}') == 7
        assert 0 < more('bianzhi_request_seconds_sum{method="GET",route="/login"}') < 20
        assert more("bianzhi_uploads_total") == 1 and more("bianzhi_upload_bytes_total") == 123456
        # Without a cookie a GET asks nothing; a log-in that is wrong asks a little.
        assert 3 <= more("bianzhi_db_round_trips_total") < 60, more("bianzhi_db_round_trips_total")
        assert sum(v for k, v in after.items() if k.startswith("bianzhi_workers{")) == 3


def test_metrics_need_no_database(town):
    """status: /metrics and /status cost no round trip, and answer while the database is away"""
    with server(town, "workers=1") as s:
        metrics(s)
        first = metrics(s)["bianzhi_db_round_trips_total"]
        for _ in range(5):
            assert page(s, "/status")[0] == 200
            metrics(s)
        assert metrics(s)["bianzhi_db_round_trips_total"] == first
    with server(town, "workers=1", start=False) as s:
        with open(s.conf, encoding="utf-8") as f:
            text = f.read()
        with open(s.conf, "w", encoding="utf-8") as f:
            f.write(text.replace("/db.sock", "/no-such.sock"))

        def serves():
            try:
                return page(s, "/metrics")[0] == 200
            except OSError:     # between its name and its first connection
                return False
        s.serves = serves
        s.start()
        tried = s.log().count("BZ0003")
        for _ in range(5):
            assert page(s, "/status")[0] == 200 and page(s, "/metrics")[0] == 200
        assert s.log().count("BZ0003") == tried, s.log()
        assert s.ask("/login") == 503
        assert metrics(s)['bianzhi_requests_total{method="GET",route="/login",class="5xx"}'] >= 1


def test_status_page_and_command(town):
    """status: the page and `bianzhi status` show workers, routes and the last error, and nobody's name"""
    with server(town, "workers=2") as s:
        S.until(lambda: len(s.workers()) == 2, 5, "two workers")
        assert s.ask("/login") == 200
        status, xml = page(s, "/status", {**HERE, "HTTP_ACCEPT": "application/xml"})
        assert status == 200
        for word in ["运行状态", "GET /login", "空闲"] + [str(w) for w in s.workers()]:
            assert word in xml, (word, xml)
        status, html = page(s, "/status", {**HERE, "HTTP_ACCEPT": "text/html"})
        assert status == 200 and "<table" in html
        out = subprocess.run([T.STAGE + "/bin/bianzhi", "-c", s.conf, "status"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                             timeout=60)
        assert out.returncode == 0 and re.search(r"\n +\d +0 +0 +0 +0 +\d+\.\d  GET /login\n", out.stdout), out.stdout
        for pid in s.workers():
            assert re.search(r"(?m)^%d +(idle|working) " % pid, out.stdout), out.stdout
        bare = s.dir + "/bare.conf"      # as where the service manager hands the socket over
        with open(s.conf, encoding="utf-8") as f, open(bare, "w", encoding="utf-8") as to:
            to.write(re.sub(r"(?m)^socket=.*s\d+\.sock\n", "", f.read()))
        for more, said in (([], "name the one"), ([s.path], "GET /login"), ([s.path, "x"], "usage")):
            out = subprocess.run([T.STAGE + "/bin/bianzhi", "-c", bare, "status"] + more, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
            assert said in out.stdout and (out.returncode == 0) == (more == [s.path]), (more, out.stdout)
    out = subprocess.run([T.STAGE + "/bin/bianzhi", "-c", s.conf, "status"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
    assert out.returncode == 1 and "nobody answers" in out.stdout, out.stdout


class Pest(threading.Thread):
    """Sends SIGUSR2 to PID every two milliseconds."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.sent, self.stop = pid, 0, threading.Event()
        self.start()

    def run(self):
        while not self.stop.wait(0.002):
            os.kill(self.pid, signal.SIGUSR2)
            self.sent += 1

    def end(self):
        self.stop.set()
        self.join()


def test_looked_at_while_uploading(town):
    """status: SIGUSR2 every 2 ms cuts no body that is being read, no answer, no question to the database"""
    with server(town, "workers=1") as s:
        before = metrics(s)
        size = 3 << 20
        body = b"--m\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n" + b"x" * size + b"\r\n--m--\r\n"
        whole = S.request(s.url("/login"), "POST", length=len(body), more={"CONTENT_TYPE": "multipart/form-data; boundary=m"})
        records = [S.record(S.STDIN, body[i:i + 20000]) for i in range(0, len(body), 20000)] + [S.record(S.STDIN, b"")]
        pest = Pest(s.workers()[0])
        try:
            for _ in range(2):
                peer = s.peer().send(whole[:-8])
                for r in records:
                    peer.send(r)
                    time.sleep(0.01)
                status = peer.status()
                assert status in (415, 422), "a body of %d bytes was answered %s" % (size, status)
            for _ in range(40):
                assert s.ask("/login") == 200
                assert s.ask("/login", method="POST", body=b"account=nobody&operator=nobody&password=x", more={"HTTP_SEC_FETCH_SITE": "same-origin"}) == 422
        finally:
            pest.end()
        after = metrics(s)
        assert pest.sent > 400, pest.sent
        assert after["bianzhi_upload_bytes_total"] - before.get("bianzhi_upload_bytes_total", 0) == 2 * size
        assert after["bianzhi_db_round_trips_total"] - before.get("bianzhi_db_round_trips_total", 0) >= 40
        assert "BZ0007" not in s.log(), re.findall(".*BZ0007.*", s.log())
        assert re.search("stack of (GET|POST) /login", s.log()), s.log()[-600:]


def test_status_says_no_sandbox(town):
    """status: without a sandbox the log, the page, the text and the metrics say so; with one each process of it has it"""
    with server(town, "workers=1", "sandbox=off") as s:
        assert "BZ0071" in s.log() and "sandbox=off" in s.log()
        assert "没有在沙箱中运行" in page(s, "/status")[1] and "WITHOUT A SANDBOX" in page(s, "/status/text")[1]
        assert metrics(s)["bianzhi_sandbox"] == 0
        assert held(s.workers() + s.named("bianzhi-render")) == {"0"}
    with server(town, "workers=2", "sandbox=on") as s:
        assert "BZ0071" not in s.log() and metrics(s)["bianzhi_sandbox"] == 1
        assert "沙箱" not in page(s, "/status")[1] and "SANDBOX" not in page(s, "/status/text")[1]
        S.until(lambda: held(s.workers() + s.named("bianzhi-render") + s.named("bianzhi-jobs")) == {"2"}, 5, "some process is not in it")
        assert held([s.process.pid]) == {"0"}, "the master could not become another"


def held(pids):
    return {re.search(r"(?m)^Seccomp:\t(\d)$", open("/proc/%d/status" % p, encoding="utf-8").read()).group(1) for p in pids}
