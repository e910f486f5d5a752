# Who may do what: every route of the server for every demo account, in cases of
# several units and states, against what the roles' grants, the tree of units
# and the process alone say.  Bodies are chosen so that a granted POST stops at
# its first mark: nothing changes while the matrix runs.
# SPDX-License-Identifier: MulanPSL-2.0
import base64
import collections
import csv
import datetime
import glob
import hashlib
import hmac
import http.client
import os
import re
import struct
import subprocess
import threading
import time
import urllib.parse
import xml.etree.ElementTree as ET

import office as O
import town as T

DATA = os.path.join(T.STAGE, "share", "bianzhi")
Case = collections.namedtuple("Case", "unit state step process by passed opened late id version item paper")
# unit, how far it is brought: the accounts that move it on, and by which move; a
# second look, a term that is over.
PLACES = [
    ("D031", [], ""), ("D031", ["submit"], ""), ("D031", ["submit", "shenhe1 forward"], ""), ("D031", ["submit"], "late"),
    ("D031", ["submit", "shenhe1 forward"], "late"), ("D031", ["submit", "shenhe1 approve"], ""), ("D008", ["submit", "shenhe1 approve"], ""), ("D031", ["submit", "shenhe1 return"], ""),
    ("S006", [], ""), ("S006", ["submit"], ""), ("S006", ["submit", "shenhe1 forward"], ""), ("S006", ["submit", "shenhe1 approve"], ""),
    ("D031 chuangkou", ["submit"], ""), ("S006 D003", [], ""),
    ("X304", [], ""), ("X304", ["submit"], ""), ("X304", ["submit"], "late"), ("X304", ["submit", "xianxing pass"], ""),
    ("X304", ["submit", "xianxing pass", "xianfen approve"], ""),
    ("X305", ["submit"], ""), ("X305", ["submit", "X307 pass"], ""), ("X305 X307", ["submit"], ""),
]
SHARE = 25 if "ASAN_OPTIONS" in os.environ else 5  # of the cases that an account asks for under another business's address
Expect = collections.namedtuple("Expect", "status says", defaults=("",))


# -- What should be: from the definitions.

def grants():
    out = collections.defaultdict(set)
    for path in [DATA + "/roles.xml"] + glob.glob(DATA + "/packs/*/roles.xml"):
        for role in ET.parse(path).getroot().findall("role"):
            out[role.get("name")] |= {g.get("permission") for g in role.findall("grant")}
    return out


class Process:
    """One process, read from its definition and answered by our own words."""

    def __init__(self, name):
        root = ET.parse(DATA + "/packs/entry/process/%s.xml" % name).getroot()
        self.steps = {s.get("name"): s for s in root.findall("step")}
        self.first = root.find("step").get("name")
        self.until = root.get("withdraw")
        self.moves = {(m.get("from"), m.get("name")): m for m in root.findall("move")}
        self.names = sorted({m.get("name") for m in root.findall("move")})

    def stands(self, who, case, step):
        s = self.steps[step]
        place = who.world.place(who.scope, case.unit)
        if place not in {"own": ("own", "above", "office"), "parent": ("above",), "office": ("office",)}[s.get("where")]:
            return False
        if case.late and s.get("climb") in who.roles:
            return True
        if not set(s.get("role").split()) & set(who.roles):
            return False
        return s.get("desk") != "yes" or not who.desk or who.desk == who.world.desk[case.unit]

    def answer(self, who, case, move):
        """Status of MOVE with the right version and an opinion that is too long: 422 is as far as it gets."""
        m = self.moves.get((case.step, move))
        if m is None:
            return 409
        by = m.get("by") or case.step
        if not self.stands(who, case, by):
            return 403
        if by != case.step and (case.passed or (case.opened and self.until == "opened")):
            return 409
        if by == case.step != self.first and case.by == who.id:
            return 403
        return 422

    def may_edit(self, who, case):
        return case.step == self.first and self.stands(who, case, case.step)


class World:
    """Units and their place in the tree, from the CSV files."""

    def __init__(self, town):
        with open(os.path.join(town.dir, "city", "units.csv"), encoding="utf-8", newline="") as f:
            rows = list(csv.DictReader(f))
        self.parent = {u["unit_code"]: u["parent_code"] for u in rows}
        self.office = {u["unit_code"]: u["office"] for u in rows}
        self.desk = {u["unit_code"]: u["review_section"] for u in rows}

    def place(self, scope, unit):
        if scope == self.office[unit]:
            return "office"
        if scope in self.office.values():
            return "higher" if self.sees(scope, unit) else "outside"
        return "own" if scope == unit else "above" if self.sees(scope, unit) else "outside"

    def sees(self, scope, unit):
        if scope == "480300":                    # the city's office: all
            return True
        if scope in self.office.values():
            return self.office[unit] == scope
        while unit:
            if unit == scope:
                return True
            unit = self.parent[unit]
        return False


class Who:
    def __init__(self, town, world, row, permissions):
        self.world, self.row = world, row
        self.name = "%s %s" % (row["account"], row["operator"]) if row else "nobody"
        self.roles = row["roles"].split(";") if row else []
        self.scope = row["unit_code"] if row else None
        self.desk = row["desk"] if row else None
        self.may = set().union(*[permissions[r] for r in self.roles]) if row else set()
        self.browser = O.log_in(town, row["account"], row["operator"]) if row else T.Browser(town)
        self.id = int(town.one("SELECT o.id FROM bz_operator o JOIN bz_account a ON a.id = o.account_id WHERE a.name = '%s'"
                               " AND o.name = '%s'" % (row["account"], row["operator"]))) if row else 0
        self.local = threading.local()

    def ask(self, method, path, body=None):
        c = http.client.HTTPConnection("127.0.0.1", self.browser.town.port, timeout=30 * T.SLOW)
        h = {"Accept": "application/xml", "Sec-Fetch-Site": "same-origin"}
        if self.browser.cookies:
            h["Cookie"] = "; ".join("%s=%s" % p for p in self.browser.cookies.items())
        if body is not None:
            h["Content-Type"] = "application/x-www-form-urlencoded"
        c.request(method, self.browser.town.base + path, body=body, headers=h)
        r = c.getresponse()
        data = r.read()
        c.close()
        return r, data


def routes(town):
    out = subprocess.run([T.STAGE + "/sbin/bianzhi-fcgi", "-c", town.dir + "/bianzhi.conf", "--routes"], stdout=subprocess.PIPE, text=True,
                         check=True).stdout
    return [tuple(line.split()[:3]) for line in out.splitlines() if line.startswith(("GET ", "POST "))]


def edit(yes, no=409):
    return lambda who, case, process: Expect(yes if process.may_edit(who, case) else no)


def always(status):
    return lambda who, case, process: Expect(status)


def by_state(**of):
    return lambda who, case, process: Expect(of[case.state])


def press(who, case, process):
    """A print that was registered before is asked why, a fourth copy of three is none; an upper office never prints."""
    if case.state != "done":
        return Expect(409)
    return Expect(403) if who.world.place(who.scope, case.unit) == "higher" else Expect(422, "0 至 3 的整数")


def remove_post(who, case, process):
    return Expect(409, "刚刚被修改过" if process.may_edit(who, case) else "已不能修改")


PHOTOS = set()                                   # units whose person of this matrix has one


# (method, path) -> (fields of the body, what a holder of the permission gets
# when the case lies in his scope).  A route that is not here fails the test.
RULES = {
    ("GET", "/"): ({}, always(200)),
    ("GET", "/login"): ({}, always(303)),
    ("POST", "/login"): ({}, always(422)),
    ("POST", "/logout"): ({}, always(303)),
    ("GET", "/password"): ({}, always(200)),
    ("POST", "/password"): ({}, always(422)),
    ("GET", "/account/"): ({}, always(200)),
    ("GET", "/account/new"): ({}, always(200)),
    ("POST", "/account/new"): ({}, always(422)),
    ("GET", "/account/{account}"): ({}, lambda who, case, process: Expect(
        200 if "account.manage" in who.may or who.world.office[case.unit] == who.scope else 404)),
    ("POST", "/account/{account}"): ({"do": "add"}, lambda who, case, process: Expect(
        422 if who.world.office[case.unit] == who.scope else 403)),
    ("GET", "/inbox/"): ({}, always(200)),
    ("GET", "/download/"): ({}, always(200)),
    ("GET", "/download/{file}"): ({}, always(200)),
    ("GET", "/download/{office}/{file}"): ({}, lambda who, case, process: Expect(
        200 if "480321" in (who.scope, who.world.office.get(who.scope)) else 404)),
    ("POST", "/inbox/"): ({"do": "open:0"}, always(404)),
    ("GET", "/entry/"): ({}, always(200)),
    ("POST", "/entry/"): ({"label": "无此人"}, always(200)),
    ("GET", "/entry/new"): ({}, always(200)),
    ("POST", "/entry/new"): ({}, always(422)),
    ("GET", "/entry/{case}"): ({}, always(200)),
    ("POST", "/entry/{case}"): ({"version": "VERSION", "entry_mode": ""}, edit(422)),
    ("POST", "/entry/{case}/paper"): ({}, edit(422)),
    ("GET", "/entry/{case}/paper/{paper}"): ({}, always(200)),
    ("GET", "/entry/{case}/item/new"): ({}, edit(200)),
    ("POST", "/entry/{case}/item/new"): ({"do": "check"}, edit(422)),
    ("GET", "/entry/{case}/item/{item}"): ({}, always(200)),
    ("POST", "/entry/{case}/item/{item}"): ({"do": "check", "version": "ITEM"}, edit(422)),
    ("GET", "/entry/{case}/item/{item}/remove"): ({}, edit(200)),
    ("POST", "/entry/{case}/item/{item}/remove"): ({"version": "0"}, remove_post),
    ("GET", "/entry/{case}/item/{item}/correct"): ({}, always(409)),
    ("POST", "/entry/{case}/item/{item}/correct"): ({}, always(409)),
    ("GET", "/entry/{case}/confirm"): ({}, edit(200)),
    ("GET", "/entry/{case}/review"): ({}, by_state(draft=409, open=200, done=200)),
    ("GET", "/entry/batch"): ({}, always(200)),
    ("POST", "/entry/batch"): ({}, always(422)),
    ("POST", "/entry/{case}/move"): ({}, always(422)),
    ("GET", "/entry/{case}/print/{print}"): ({}, by_state(draft=409, open=409, done=200)),
    ("POST", "/entry/{case}/print/{print}"): ({"part.notice": "9"}, press),
    ("GET", "/entry/{case}/print/{print}/pdf"): ({}, by_state(draft=409, open=409, done=200)),
    ("GET", "/check"): ({}, always(200)),
    ("GET", "/check/"): ({}, always(200)),
    ("GET", "/check/{code}"): ({}, always(200)),
    ("GET", "/seal/"): ({}, always(200)),
    ("GET", "/status"): ({}, always(200)),
    ("GET", "/status/text"): ({}, always(200)),
    ("GET", "/metrics"): ({}, always(200)),
    ("GET", "/seal/sheet"): ({}, always(200)),
    ("GET", "/staffing/unit/"): ({}, always(200)),
    ("GET", "/staffing/unit/{id}"): ({}, always(200)),
    ("GET", "/staffing/unit/{id}/postings"): ({}, always(200)),
    ("GET", "/staffing/unit/{id}/papers"): ({}, always(200)),
    ("GET", "/staffing/report/ledger"): ({}, always(200)),
    ("GET", "/staffing/warning/slips"): ({}, always(200)),
    ("GET", "/staffing/warning/over"): ({}, always(200)),
    ("GET", "/staffing/warning/leads"): ({}, always(200)),
    ("GET", "/staffing/warning/free"): ({}, always(200)),
    ("GET", "/staffing/report/posts"): ({}, always(200)),
    ("GET", "/staffing/report/leads"): ({}, always(200)),
    ("GET", "/staffing/slip/{id}"): ({}, always(200)),
    ("GET", "/use/report/plan"): ({}, always(200)),
    ("GET", "/staffing/left/"): ({}, always(200)),
    ("GET", "/staffing/away/"): ({}, always(200)),
    ("GET", "/staffing/person/"): ({}, always(200)),
    ("POST", "/staffing/person/"): ({"q": "无此人"}, always(200)),
    ("GET", "/staffing/person/{id}"): ({}, always(200)),
    ("GET", "/staffing/person/{id}/photo"): ({}, lambda who, case, process: Expect(200 if case.unit in PHOTOS else 404)),
}


# The same pages of another business: no case of 入编 is there under its address.
RULES.update({(method, path.replace("/entry/", other)): (fields, always(404) if "{case}" in path else result)
              for (method, path), (fields, result) in RULES.items() if path.startswith("/entry/")
              for other in ("/use/", "/amend/", "/quota/", "/hire/", "/exit/", "/change/", "/secondment/", "/revoke/", "/correct/", "/merge/", "/reorganise/", "/reassign/")})
# Pairs of cases: none waits while the matrix runs.
for of in ("entry", "exit"):
    RULES["GET", "/%s/pair/" % of] = ({}, always(200))
    RULES["GET", "/%s/pair/{pair}" % of] = RULES["POST", "/%s/pair/{pair}" % of] = ({}, always(404))
# Where people are picked, nobody can type one in.
for method in ("GET", "POST"):
    for of in ("exit", "change", "secondment", "revoke", "correct", "merge"):
        RULES[method, "/%s/{case}/pick" % of] = RULES.pop((method, "/%s/{case}/item/new" % of))


def expect(who, method, path, permission, case, process, valid, result):
    """The answer that the definitions demand."""
    if permission == "local":                    # the matrix asks from 127.0.0.1: d_status.py asks from elsewhere
        return Expect(200)
    if permission == "public":
        return Expect(200) if who.row is None and method != "POST" else result(who, case, process)
    if who.row is None:
        return Expect(401 if method == "POST" else 303)
    if permission != "session" and permission not in who.may:
        return Expect(403)
    if method == "POST" and not valid:
        return Expect(403)
    if "{" in path and "{file}" not in path and not who.world.sees(who.scope, case.unit):
        return Expect(404)
    return result(who, case, process)


# -- Cases, keys, requests.

def prepared(town, where, moves, term):
    """A case of a unit, filed by it or by an account that acts for it, brought to where MOVES lead, with one complete person and a
    paper; each step's people have opened it."""
    unit, _, by = where.partition(" ")
    public = unit[0] == "S" or unit == "X305"
    who = O.log_in(town, by or unit)
    for of, book in (("22", "type"), ("2", "structure")) if public else (("11", "type"),):
        O.make_room(town, 3, unit, of, book)
    path = O.new_case(who, "09" if public else "01", **({"unit": str(O.unit_id(town, unit))} if by else {}))
    O.add_paper(who, path)
    O.add_person(who, path, **(O.PUBLIC if public else {}))
    for move in moves:
        if move == "submit":
            O.submit(who, path)
        else:
            account, name = move.split(" ")
            O.decide(O.log_in(town, account), path, name, "经核对")
    cid = O.case_id(path)
    state, step, process, by, passed, version, item, paper = town.sql(
        "SELECT c.state, c.step, c.process, COALESCE(c.submitted_by, 0), c.passed, c.version, i.id, p.id FROM bz_case c"
        " JOIN bz_item i ON i.case_id = c.id JOIN bz_paper p ON p.case_id = c.id WHERE c.id = %d" % cid)[0]
    if state == "open":
        looked = [a for a in ("X307", "shenhe1", "xingbian", "shibian", "xianxing", "xianshi", "xianfen", "fenguan")
                  if O.log_in(town, a).get(path + "/review").find("form/move") is not None]
        assert looked, "nobody can review %s at %s" % (where, step)
    elif state == "done":
        assert who.post(who.get(path).form("/print/notice")).status == 303
    return Case(unit, {"returned": "draft"}.get(state, state), step, process, int(by), passed == "1", state == "open", bool(term), cid,
                version, item, paper)


class Keys:
    """Form keys as the server makes them, from its secret."""

    def __init__(self, town):
        self.secret = bytes.fromhex(town.one("SELECT HEX(value) FROM bz_secret WHERE name = 'form_key'"))

    def key(self, operator, path, age=0):
        front = os.urandom(16) + struct.pack(">Q", int(time.time()) - age)
        mac = hmac.new(self.secret, b"bz-form-key-1|%d|%s|" % (operator, path.encode()) + front, hashlib.sha256).digest()
        return base64.urlsafe_b64encode(front + mac).rstrip(b"=").decode()


class Matrix:
    def __init__(self, town):
        self.town, self.n, self.wrong, self.lock = town, 0, [], threading.Lock()
        self.keys, self.world = Keys(town), World(town)
        self.processes = {n: Process(n) for n in ("counter", "online")}
        self.routes = routes(town)
        town.sql("UPDATE bz_operator SET failures = 0, locked_until = NULL")
        permissions = grants()
        month_ago = datetime.datetime.now() - datetime.timedelta(30)
        with town.otherwise(now=month_ago.strftime("%Y-%m-%d %H:%M:%S")):
            late = {i: prepared(town, *place) for i, place in enumerate(PLACES) if place[2]}
        self.people = [Who(town, self.world, row, permissions) for row in O.ACCOUNTS] + [Who(town, self.world, None, permissions)]
        self.cases = [late.get(i) or prepared(town, *place) for i, place in enumerate(PLACES)]
        self.units = {u: O.unit_id(town, u) for u in {c.unit for c in self.cases}}
        self.versions = {r[0]: r[1] for r in town.sql("SELECT id, version FROM bz_item WHERE case_id IN (%s)" % ",".join(
            str(c.id) for c in self.cases))}
        self.code = town.one("SELECT code FROM bz_sheet ORDER BY id DESC LIMIT 1")
        self.accounts = {u: town.one("SELECT id FROM bz_account WHERE name = '%s'" % u) for u in self.units}
        self.persons = {u: town.one("SELECT person_id FROM st_employment WHERE unit_id = %d AND valid_to = '9999-12-31' LIMIT 1" % i)
                        for u, i in self.units.items()}
        self.slips = {}
        for u, i in self.units.items():     # one without lines: nothing is reserved by it
            case = min(c.id for c in self.cases if c.unit == u)
            town.sql("INSERT INTO st_slip (case_id, unit_id, number, granted_on, valid_until) VALUES (%d, %d, '示编控〔2026〕0号', CURDATE(), CURDATE())" % (case, i))
            self.slips[u] = town.one("SELECT id FROM st_slip WHERE case_id = %d" % case)
        PHOTOS.update(u for u, p in self.persons.items() if town.one("SELECT 1 FROM st_person_photo WHERE person_id = %s" % p))

    def path(self, pattern, case):
        ids = {"case": case.id, "item": case.item, "paper": case.paper, "print": "notice", "code": self.code,
               "file": "online.html" if "{office}" in pattern else "scanner.html", "office": "480321", "pair": 0, "account": self.accounts[case.unit],
               "id": (self.persons if "/person/" in pattern else self.slips if "/slip/" in pattern else self.units)[case.unit]}
        return re.sub(r"\{(\w+)\}", lambda m: str(ids[m.group(1)]), pattern)

    def body(self, fields, case):
        words = {"VERSION": case.version, "ITEM": self.versions[case.item]}
        return {k: str(words.get(v, v)) for k, v in fields.items()}

    def check(self, who, method, path, want, body=None, note=""):
        r, data = who.ask(method, path, None if body is None else urllib.parse.urlencode(body).encode())
        ok = r.status == want.status and (not want.says or want.says in data.decode("utf-8", "replace"))
        if method == "HEAD":
            ok = ok and data == b""
        with self.lock:
            self.n += 1
            if not ok:
                self.wrong.append("%s %s %s %s: %d instead of %d %s" % (who.name, method, path, note, r.status, want.status, want.says))
        return r

    def get(self, who, pattern, permission, case):
        result = RULES["GET", pattern][1]
        want = expect(who, "GET", pattern, permission, case, self.processes[case.process], True, result)
        path = self.path(pattern, case)
        address = path + ("?book=type&code=11" if path.endswith("/postings") else "")
        for method in ("GET", "HEAD"):
            self.check(who, method, address, want, note="%s %s" % (case.unit, case.step))

    def post(self, who, pattern, permission, case, bad_keys):
        fields, result = RULES["POST", pattern]
        path = self.path(pattern, case)
        body, note = self.body(fields, case), "%s %s" % (case.unit, case.step)
        refused = expect(who, "POST", pattern, permission, case, self.processes[case.process], False, result)
        other = self.people[0] if who is not self.people[0] else self.people[3]
        bad = {"no key": "", "forged": "A" * 75, "foreign": self.keys.key(other.id, path),
               "other path's": self.keys.key(who.id, path + "x")} if bad_keys else {"no key": ""}
        for kind, key in bad.items():
            self.check(who, "POST", path, refused, dict(body, **({"key": key} if key else {})), kind + " " + note)
        if pattern == "/logout" and who.row:
            return
        want = expect(who, "POST", pattern, permission, case, self.processes[case.process], True, result)
        self.check(who, "POST", path, want, dict(body, key=self.keys.key(who.id, path)), "key " + note)

    def moves(self, who, case, permission):
        path = "/entry/%d/move" % case.id
        for move in sorted({n for p in self.processes.values() for n in p.names}):
            want = expect(who, "POST", "/entry/{case}/move", permission, case, self.processes[case.process], True,
                          lambda w, c, p: Expect(p.answer(w, c, move)))
            self.check(who, "POST", path, want, {"move": move, "version": case.version, "opinion": "长" * 1001,
                                                 "key": self.keys.key(who.id, path)}, "%s of %s %s" % (move, case.unit, case.step))

    def cases_of(self, who, route, pattern):
        """The cases that WHO asks a route for.  Under the address of another business none is there, whatever its state and
        unit: each account asks for every fifth, another fifth at the next route, so that all are asked for by somebody."""
        if "{" not in pattern:
            return self.cases[:1]
        if "{case}" not in pattern or pattern.startswith("/entry/"):
            return self.cases
        return [c for n, c in enumerate(self.cases) if (n + self.people.index(who) + route) % SHARE == 0]

    def person(self, who):
        for route, (method, pattern, permission) in enumerate(self.routes):
            for n, case in enumerate(self.cases_of(who, route, pattern)):
                if method == "GET":
                    self.get(who, pattern, permission, case)
                else:
                    self.post(who, pattern, permission, case, n == 0)
                if pattern == "/entry/{case}/move":
                    self.moves(who, case, permission)

    def unknown(self, who):
        case = self.cases[0]
        known = collections.defaultdict(set)
        for method, pattern, _ in self.routes:
            known[pattern].add(method)
        for pattern, methods in known.items():
            path = self.path(pattern, case)
            for method in ("PUT", "DELETE", "PATCH", "OPTIONS") + tuple({"GET", "POST"} - methods):
                self.check(who, method, path, Expect(405), {} if method in ("PUT", "PATCH", "POST") else None)
        for path in ("/nothing", "/entry", "/entry/%d/" % case.id, "/entry/%d/nothing" % case.id, "/staffing/", "/entry/new/x", "/account",
                     "/login/", "/entry/%d/item/" % case.id, "/ENTRY/", "/entry/%d/print" % case.id):
            for method in ("GET", "HEAD", "POST"):
                self.check(who, method, path, Expect(404), {} if method == "POST" else None)

    def in_threads(self, work):
        todo = list(self.people)

        def run():
            while True:
                with self.lock:
                    if not todo:
                        return
                    who = todo.pop()
                try:
                    work(who)
                except Exception as e:               # a thread must not die silently
                    with self.lock:
                        self.wrong.append("%s: %r" % (who.name, e))

        threads = [threading.Thread(target=run) for _ in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()


def prints(town):
    return town.sql("SELECT COUNT(*), SUM(version), MAX(id) FROM bz_case; SELECT COUNT(*) FROM bz_item; SELECT COUNT(*) FROM bz_paper;"
                    "SELECT COUNT(*) FROM bz_print; SELECT COUNT(*) FROM bz_move; SELECT COUNT(*) FROM st_employment")


MATRIX = []


def test_rules_known(town):
    """authorisation: every route of the server has its row of expectations"""
    MATRIX.append(Matrix(town))
    have = {r[:2] for r in MATRIX[0].routes}
    assert have == set(RULES), "missing %s, gone %s" % (sorted(have - set(RULES)), sorted(set(RULES) - have))


def test_matrix(town):
    """authorisation: every route, account, unit, state and kind of key answers as the definitions say"""
    m, before = MATRIX[0], prints(town)
    started = time.monotonic()
    m.in_threads(m.person)
    print("# %d requests, %d accounts, %d routes, %d cases, %.1f s, %d deviations" % (
        m.n, len(m.people), len(m.routes), len(m.cases), time.monotonic() - started, len(m.wrong)))
    assert not m.wrong, "\n" + "\n".join(sorted(m.wrong)[:60])
    assert prints(town) == before, "the matrix changed something"


def test_old_key(town):
    """authorisation: a key older than 24 hours is a conflict with the form once more, never a change"""
    m, before = MATRIX[0], prints(town)
    who, case = m.people[0], m.cases[0]
    path = m.path("/entry/{case}", case)
    m.check(who, "POST", path, Expect(409, "24 小时"), {"version": case.version, "entry_mode": "", "key": m.keys.key(who.id, path, 24 * 3600 + 5)})
    m.check(who, "POST", path, Expect(409), {"version": case.version, "entry_mode": "", "key": m.keys.key(who.id, path, -3600)})
    assert not m.wrong and prints(town) == before, m.wrong


def test_unknown(town):
    """authorisation: unknown addresses are 404 and unknown methods 405, for everybody"""
    m = MATRIX[0]
    before = m.n
    m.in_threads(m.unknown)
    print("# %d requests" % (m.n - before))
    assert not m.wrong, "\n" + "\n".join(sorted(m.wrong)[:60])


def test_closed_session(town):
    """authorisation: after 退出 the same cookie opens nothing"""
    m = MATRIX[0]
    for who in m.people[:3]:
        cookies = dict(who.browser.cookies)
        m.check(who, "POST", "/logout", Expect(303), {"key": m.keys.key(who.id, "/logout")})
        who.browser.cookies = cookies
        m.check(who, "GET", "/entry/", Expect(303))
        m.check(who, "POST", "/entry/new", Expect(401), {"key": m.keys.key(who.id, "/entry/new")})
    assert not m.wrong, m.wrong
