# A private town for tests: own database, application and web server in a
# temporary folder, on a free loopback port, ended by pid.  Browser reads pages
# as XML and posts their forms as a browser would.
# SPDX-License-Identifier: MulanPSL-2.0
import atexit
import contextlib
import glob
import http.client
import os
import re
import shutil
import socket
import struct
import subprocess
import tempfile
import time
import urllib.parse
import zlib
import xml.etree.ElementTree as ET

import MySQLdb
from MySQLdb.constants import CLIENT

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STAGE = os.environ.get("BZ_STAGE", os.path.join(TOP, "var", "stage"))

# Times that a build with sanitizers takes, above all to end.
SLOW = 4 if "ASAN_OPTIONS" in os.environ else 1
# Children of a master that are no workers.
OTHERS = ("bianzhi-render", "bianzhi-jobs")


def free_port():
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    port = s.getsockname()[1]
    s.close()
    return port


# What a value's text does not show in a line of its own.
SHOWN = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\0": "\\0"})


def shown(value):
    """A value as the command line of the database prints it."""
    if value is None:
        return "NULL"
    return (value.decode("utf-8") if isinstance(value, bytes) else str(value)).translate(SHOWN)


def rows(path, text):
    """The rows of the SELECTs of TEXT, on a connection of its own."""
    try:
        db = MySQLdb.connect(unix_socket=path, user="root", db="bianzhi", charset="utf8mb4", conv={}, autocommit=True,
                             client_flag=CLIENT.MULTI_STATEMENTS)
        with contextlib.closing(db):
            out = []
            db.query(text)
            while True:
                result = db.store_result()
                if result is not None:
                    out += [[shown(v) for v in row] for row in result.fetch_row(maxrows=0)]
                if db.next_result() != 0:
                    return out
    except MySQLdb.Error as e:
        raise RuntimeError("ERROR %s: %s" % e.args[:2])


class Town:
    def __init__(self, persons=1500, base="", start=True, extra=""):
        self.dir = tempfile.mkdtemp(prefix="bianzhi-test-")
        self.port = free_port()
        self.base = base
        self.persons = persons
        self.run = os.path.join(self.dir, "run")
        atexit.register(self.close)
        self.sh('city_prepare "$d" "%s" %d "%s" yes 1' % (STAGE, self.port, base))
        if SLOW > 1:    # it also keeps what was freed
            extra = "[server]\nrecycle_memory=16G\nrequest_seconds=%d\nrender_seconds=%d\n" % (30 * SLOW, 12 * SLOW) + extra
        # A call that nobody has thought of ends its process, and a test fails.
        extra = "[server]\nsandbox=kill\n" + extra
        if extra:
            with open(os.path.join(self.dir, "bianzhi.conf"), "a", encoding="utf-8") as f:
                f.write(extra)
        self.sh('city_database "$d"; city_migrate "$d"; city_import "$d" %d >&2' % persons)
        if start:
            self.sh('city_serve "$d"')
            self.wait()

    def sh(self, script, check=True):
        """A line of tools/demo-lib.sh in this town."""
        out = subprocess.run(["sh", "-euc", 'top="%s"; d="%s"; . "$top/tools/demo-lib.sh"; %s' % (TOP, self.dir, script)],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True,
                             timeout=300 + self.persons // 500)
        if check and out.returncode != 0:
            raise RuntimeError("%s\n%s\n%s" % (script, out.stdout[-2000:], out.stderr[-3000:]))
        return out

    def app(self, now=None):
        """The application anew, with its clock set to NOW and running on, or that of the machine.  Who was logged in is so no more,
        where more time has passed than a session may lie."""
        self.sh('city_end "$d" app TERM; %s city_app "$d"' % ("BZ_NOW='+%s'; export BZ_NOW;" % now if now else ""))
        self.wait()

    @contextlib.contextmanager
    def otherwise(self, more="", now=None):
        """The town with MORE at the end of its configuration, or its clock set to NOW and running on; afterwards as before."""
        path = os.path.join(self.dir, "bianzhi.conf")
        old = open(path, encoding="utf-8").read()
        try:
            with open(path, "w", encoding="utf-8") as f:
                f.write(old + "\n" + more)
            self.app(now)
            yield self
        finally:
            with open(path, "w", encoding="utf-8") as f:
                f.write(old)
            self.app()

    def sql(self, text):
        """Rows of the last SELECT, as lists of texts.  What is changed behind the back of the application is counted for it
        (doc/decisions/0038-kept-answers.md)."""
        if re.search(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b", text) and not re.search(r"\bbz_version\b", text):
            text = text.rstrip().rstrip(";") + "; INSERT IGNORE INTO bz_version SELECT table_name, 0 FROM information_schema.tables WHERE table_schema = DATABASE(); UPDATE bz_version SET n = n + 1;"
        return rows(self.run + "/db.sock", text)

    def one(self, text):
        rows = self.sql(text)
        return rows[0][0] if rows else None

    def tool(self, *args, check=True, stdin=None):
        """The command line of this town."""
        out = subprocess.run([STAGE + "/bin/bianzhi", "-c", self.dir + "/bianzhi.conf"] + list(args), input=stdin,
                             stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300)
        if check and out.returncode != 0:
            raise RuntimeError("bianzhi %s: %s" % (" ".join(args), out.stdout[-2000:]))
        return out

    def wait(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if Browser(self).get("/login").status == 200:
                    return
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.1)
        raise RuntimeError("the town does not answer: " + self.log("app")[-2000:])

    def log(self, name):
        path = os.path.join(self.dir, name + ".log")
        return open(path, encoding="utf-8", errors="replace").read() if os.path.exists(path) else ""

    def pids(self):
        """Processes of the application: (master, [workers])."""
        master, kids = self.children()
        return master, [k for k, name in kids if name not in OTHERS]

    def render(self):
        """The process that draws; None: there is none now."""
        return next((k for k, name in self.children()[1] if name == "bianzhi-render"), None)

    def children(self):
        master = int(open(self.dir + "/app.pid").read())
        kids = open("/proc/%d/task/%d/children" % (master, master)).read().split()
        return master, [(int(k), open("/proc/%s/comm" % k).read().strip()) for k in kids]

    def keep_logs(self, folder):
        """Logs of the programs for who looks for reports in them."""
        for path in glob.glob(self.dir + "/*.log") + glob.glob(self.dir + "/*/log") if folder else []:
            shutil.copy(path, os.path.join(folder, os.path.relpath(path, tempfile.gettempdir()).replace("/", "_")))

    def close(self):
        if os.path.isdir(self.dir):
            self.sh('city_stop "$d"', check=False)
            self.keep_logs(os.environ.get("BZ_LOGS"))
            shutil.rmtree(self.dir, ignore_errors=True)


class Page:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body
        self.text = body.decode("utf-8", "replace")
        self.xml = None
        if (headers.get("content-type") or "").startswith("application/xml"):
            self.xml = ET.fromstring(body)

    def find(self, path):
        return self.xml.find(path)

    def all(self, path):
        return self.xml.findall(path)

    def says(self, *words):
        """All texts and attributes of the page hold these words."""
        whole = " ".join(list(self.xml.itertext()) + [v for e in self.xml.iter() for v in e.attrib.values()]) \
            if self.xml is not None else self.text
        for word in words:
            assert word in whole, "%r is not on the page (%d): %s" % (word, self.status, whole[:1500])

    def errors(self):
        return {e.get("f"): "".join(e.itertext()) for e in self.all("errors/e")}

    def form(self, part=""):
        """The form whose address contains PART."""
        for f in self.xml.iter("form"):
            if part in f.get("action", "") and f.get("key") is not None:
                return Form(f)
        raise AssertionError("no form for %r on: %s" % (part, self.text[:1500]))

    def query(self):
        """The search of a list that posts."""
        q = self.find("query")
        assert q is not None and q.get("method") == "post" and q.get("key"), self.text[:1500]
        return Form(q)

    def turn(self, to):
        """The pager's form of a search that posts, turned to first, prev or next; None: it does not go there."""
        pager = self.find("pager")
        b = pager.find("b[@to='%s']" % to)
        if b is None:
            return None
        form = Form(pager)
        form.fields[b.get("n")] = b.get("v")
        return form


class Form:
    """A form as a browser holds it: its address, key and present values."""

    def __init__(self, element):
        self.action = element.get("action")
        self.key = element.get("key")
        self.multipart = element.get("enc") == "multipart"
        self.fields = {}
        for e in element.iter():
            if e.tag == "hidden":
                name, value = e.get("n"), e.get("v") or ""
                had = self.fields.get(name)
                self.fields[name] = value if had is None else (had if isinstance(had, list) else [had]) + [value]
            elif e.tag in ("f", "c") and e.get("id") and e.get("closed") is None and e.get("type") != "shown":
                chosen = [o.get("v") for o in e.iter("o") if o.get("sel")]
                value = chosen[0] if chosen else (e.get("v") or "")
                if e.get("type") != "check" or value in ("1", "true"):
                    self.fields[e.get("id")] = value
        self.wanted = [x.get("id") for x in element.iter("x") if x.get("req") and x.find("file") is None]
        self.wanted += [p.get("id")[6:] for p in element.iter("photo") if p.get("req") and not p.get("src")]
        self.options = {e.get("id"): [(o.get("v"), "".join(o.itertext())) for o in e.iter("o")]
                        for e in element.iter() if e.tag in ("f", "c")}

    def set(self, **values):
        self.fields.update({k.replace("__", "."): v for k, v in values.items()})
        return self


class Browser:
    """One browser with its cookies; pages come as XML unless html=True."""

    def __init__(self, town, account=None, operator=None, password=None):
        self.town = town
        self.cookies = {}
        if account:
            page = self.login(account, operator, password)
            assert page.status == 200, "log-in of %s: %d %s" % (account, page.status, page.text[:800])

    def login(self, account, operator, password):
        form = self.get("/login").form("/login")
        form.set(account=account, operator=operator or "", password=password)
        return self.post(form, follow=True)

    def request(self, method, path, body=None, headers=None, html=False, follow=False, timeout=60 * SLOW):
        for _ in range(6):
            connection = http.client.HTTPConnection("127.0.0.1", self.town.port, timeout=timeout)
            h = {"Accept": "text/html" if html else "application/xml", "Sec-Fetch-Site": "same-origin"}
            if self.cookies:
                h["Cookie"] = "; ".join("%s=%s" % c for c in self.cookies.items())
            h.update(headers or {})
            connection.request(method, path, body=body, headers={k: v for k, v in h.items() if v is not None})
            r = connection.getresponse()
            data = r.read()
            got = {k.lower(): v for k, v in r.getheaders()}
            for k, v in r.getheaders():
                if k.lower() == "set-cookie":
                    name, value = v.split(";")[0].split("=", 1)
                    if value and "max-age=0" not in v.lower():
                        self.cookies[name] = value
                    else:
                        self.cookies.pop(name, None)
            connection.close()
            page = Page(r.status, got, data)
            if follow and r.status in (302, 303) and "location" in got:
                method, path, body, headers = "GET", urllib.parse.urlsplit(got["location"]).path + (
                    "?" + urllib.parse.urlsplit(got["location"]).query if "?" in got["location"] else ""), None, None
                page_from = path
                continue
            return page
        raise AssertionError("too many redirects at " + page_from)

    def get(self, path, **kw):
        if self.town.base and not path.startswith(self.town.base + "/"):
            path = self.town.base + path
        return self.request("GET", path, **kw)

    def encode(self, form, files=None, extra=None):
        """(body, headers) of FORM; FILES: field -> (name, bytes), or a list of such pairs."""
        fields = [(k, v) for k, v in form.fields.items()] + list((extra or {}).items())
        flat = []
        for k, v in fields:
            flat += [(k, x) for x in v] if isinstance(v, list) else [(k, v)]
        if form.key is not None and not any(k == "key" for k, _ in flat):
            flat.append(("key", form.key))
        if not (form.multipart or files):
            return urllib.parse.urlencode(flat).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
        mark = "----bianzhi" + os.urandom(12).hex()
        out = b""
        for k, v in flat:
            out += ("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n" % (mark, k)).encode() \
                + v.replace("\r\n", "\n").replace("\n", "\r\n").encode() + b"\r\n"
        for k, (name, data) in files.items() if isinstance(files, dict) else files or []:
            out += ("--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                    "Content-Type: application/octet-stream\r\n\r\n" % (mark, k, name)).encode() + data + b"\r\n"
        out += ("--%s--\r\n" % mark).encode()
        return out, {"Content-Type": "multipart/form-data; boundary=" + mark}

    def post(self, form, files=None, follow=False, html=False, extra=None, headers=None, **values):
        form.set(**values)
        body, h = self.encode(form, files, extra)
        h.update(headers or {})
        return self.request("POST", form.action, body=body, headers=h, follow=follow, html=html)


def id_number(area, birth, serial):
    """A valid fictitious number: AREA is one that GB/T 2260 never assigned."""
    head = "%s%s%03d" % (area, birth.replace("-", ""), serial)
    total = sum(int(c) * w for c, w in zip(head, (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)))
    return head + "10X98765432"[total % 11]


def pdf(text="scan", size=0):
    """A PDF of one page with TEXT on it, at least SIZE bytes long."""
    glyphs = text.encode("utf-16-be").hex().encode()
    draw = b"BT /F %d Tf 72 720 Td <%s> Tj ET" % (min(24, max(6, 450 // max(1, len(text)))), glyphs)
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
             b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
             b"<</Length %d>>stream\n%s\nendstream" % (len(draw), draw),
             b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[6 0 R]>>",
             b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 7 0 R"
             b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
             b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0"
             b"/Ascent 900/Descent -200/CapHeight 700/StemV 80>>"]
    body, places = b"%PDF-1.4\n", []
    for n, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (n, part)
    body += b"%" + b"x" * max(0, size - len(body)) + b"\n"
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    return body + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(parts) + 1, table, len(parts) + 1, len(body))


def png(width, height, rows=None):
    """A PNG that says it has this size; with ROWS (of RGB) so many."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    picture = b"".join(b"\0" + bytes([90 + y % 120, 120, 170]) * width for y in range(height if rows is None else rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) \
        + chunk(b"IDAT", zlib.compress(picture, 1)) + chunk(b"IEND", b"")


PHOTO = []


def photo():
    """The picture of a person, as it is handed in."""
    if not PHOTO:
        PHOTO.append(png(400, 500))
    return PHOTO[0]
