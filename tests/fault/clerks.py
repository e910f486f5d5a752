# Clerks who carry cases while faults happen, each with a ledger on disk: I
# before a form is sent, A after it was acknowledged.  On any error they send the
# same bytes, with the same key, again.  SPDX-License-Identifier: MulanPSL-2.0
import datetime
import functools
import hashlib
import http.client
import itertools
import json
import os
import random
import threading
import time
import traceback
import xml.etree.ElementTree as ET

import office as O
import town as T

PATIENCE = 40       # seconds until a clerk says that it does not work
# A worker that ends within an answer leaves nginx and the browser waiting for the rest.
HANG = 10
FAILURES = (OSError, http.client.HTTPException, ET.ParseError)
AGAIN = (500, 502, 503, 504)
BUSY = "系统此刻较忙"     # with 422: who draws was away; what was typed stays
# Nobody else in the town is called so: what a log must not hold.
FAMILY = "慕容"
PEOPLE = itertools.count(0)


class GaveUp(Exception):
    """The clerk went home without an answer."""


class Ledger:
    """One line of JSON for each event, on disk before it counts."""

    def __init__(self, path):
        self.path = path
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, event, token, **more):
        os.write(self.file, (json.dumps(dict(more, event=event, token=token), ensure_ascii=False) + "\n").encode())
        os.fsync(self.file)

    def close(self):
        os.close(self.file)


def patient(do):
    """DO until it succeeds: pages that change nothing."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return do()
        except FAILURES + (AssertionError, AttributeError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def someone():
    """(name, number, birth) of a person who comes once."""
    n = next(PEOPLE)
    birth = (datetime.date(1990, 1, 1) + datetime.timedelta(n % 3000)).isoformat()
    return FAMILY + chr(0x4E00 + n % 20000) + chr(0x5000 + n // 20000), T.id_number("480301", birth, 1 + 2 * (n // 3000)), birth


class Clerk(threading.Thread):
    def __init__(self, crew, n):
        super().__init__(daemon=True)
        self.crew, self.n, self.count = crew, n, 0
        self.dice = random.Random("%s %d" % (crew.seed, n))
        self.ledger = Ledger(os.path.join(crew.dir, "ledger-%d" % n))
        self.who, self.centre = O.clerk(crew.town), O.reviewer(crew.town, "shenhe1" if n % 2 else "shenhe2")
        for browser in (self.who, self.centre):     # who waits a minute cuts no ledger
            browser.request = functools.partial(browser.request, timeout=HANG)

    def run(self):
        try:
            while not self.crew.done:
                try:
                    self.walk()
                except GaveUp:
                    pass
        except Exception:
            self.crew.broken.append(traceback.format_exc())
        finally:
            self.ledger.close()

    def lose(self, who, form, body, headers):
        """Send it and do not wait for the answer."""
        c = http.client.HTTPConnection("127.0.0.1", self.crew.town.port, timeout=10)
        h = dict(headers, Cookie="; ".join("%s=%s" % k for k in who.cookies.items()))
        c.request("POST", form.action, body=body, headers=h)
        time.sleep(self.dice.uniform(0, 0.05))
        c.close()

    def once(self, who, form, body, headers):
        """The page of one try; None: there was no answer to rely on."""
        try:
            if self.dice.random() < self.crew.lost_answers:
                self.lose(who, form, body, headers)
                return None
            page = who.request("POST", form.action, body=body, headers=headers)
        except FAILURES:
            return None
        self.crew.answers[page.status] = self.crew.answers.get(page.status, 0) + 1
        return None if page.status in AGAIN or BUSY in page.text else page

    def step(self, kind, who, form, files=None, extra=None, **what):
        """Send FORM until it is acknowledged: the address that it led to."""
        body, headers = who.encode(form, files, extra)
        self.ledger.write("I", form.key, kind=kind, sha256=hashlib.sha256(body).hexdigest(), **what)
        end = time.monotonic() + PATIENCE
        while True:
            page = self.once(who, form, body, headers)
            if page is not None and page.status == 303 and "/login" not in page.headers["location"]:
                to = page.headers["location"].split("?")[0]
                self.ledger.write("A", form.key, to=to)
                self.crew.note()
                return to
            if page is not None and O.asked(page):
                self.ledger.write("Q", form.key)     # asked once more: nothing is done yet
                return self.step(kind, who, O.asked(page), extra=extra, **what)
            assert page is None, "%s: %d %s" % (kind, page.status, page.text[:1500])
            if self.dice.random() < self.crew.give_up:
                self.ledger.write("U", form.key)
                raise GaveUp
            assert time.monotonic() < end, "%s: no answer for %d s" % (kind, PATIENCE)
            time.sleep(self.dice.uniform(0, 0.3))

    def move(self, who, case, name, form):
        return self.step("move", who, form, extra={"move": name}, case=case, move=name)

    def walk(self):
        """One case from the draft to its end."""
        mark = "%s-%d-%d" % (self.crew.run, self.n, self.count)
        self.count += 1
        who, centre = self.who, self.centre
        form = patient(lambda: who.get("/entry/new").form("/entry/new")).set(entry_mode="01", reason="故障 " + mark)
        case = self.step("new", who, form, mark=mark)
        self.papers(who, case, mark)
        self.person(who, case, mark)
        self.hand_in(who, case)
        if self.dice.random() < 0.2:
            self.move(who, case, "withdraw", patient(lambda: self.form_with(who, case, "withdraw")))
            self.hand_in(who, case)
        name = self.dice.choices(("approve", "return", "reject"), (6, 2, 2))[0]
        form = patient(lambda: centre.get(case + "/review").form("/move"))
        form.set(opinion="" if name == "approve" else "演练 " + mark)
        self.move(centre, case, name, form)

    def papers(self, who, case, mark):
        form = patient(lambda: who.get(case).form(case + "/paper"))
        files = {"paper." + k: (k + ".pdf", T.pdf("%s %s" % (k, mark))) for k in form.wanted}
        self.step("paper", who, form, files, {"do": "add"}, case=case, digests=[hashlib.sha256(b).hexdigest() for _, b in files.values()])

    @staticmethod
    def form_with(who, case, move):
        """The form of the case's page that has the button MOVE."""
        page = who.get(case)
        for f in page.xml.iter("form"):
            if f.get("action", "").endswith("/move") and move in [b.get("do") for b in f.iter("b")]:
                return T.Form(f)
        raise AssertionError("no button %s: %s" % (move, page.text[:2500]))

    def person(self, who, case, mark):
        self.person_ready(who, case, mark)()

    def person_ready(self, who, case, mark):
        """A person's form, filled in: what sends it."""
        name, number, birth = someone()
        form = patient(lambda: O.item_form(who, case, name, number))
        form.fields.update(dict(O.PERSON, birth_date=birth, major=mark))
        files = {k: v if v[0].endswith(".png") else (v[0], T.pdf("%s %s" % (k, mark))) for k, v in O.scans(form).items()}
        return lambda: self.step(
            "item", who, form, files, {"do": "save"}, case=case, number=number, name=name, mark=mark,
            photos=sum(f.endswith(".png") for f, _ in files.values()),
            digests=[hashlib.sha256(b).hexdigest() for f, b in files.values() if f.endswith(".pdf")])

    def hand_in(self, who, case):
        self.move(who, case, "submit", patient(lambda: who.get(case + "/confirm").form("/move")))


class Crew:
    """COUNT clerks for one run of that name; they work while the block lasts,
    and end the form that they have in hand."""

    def __init__(self, town, run, seed, count=4, lost_answers=0.05, give_up=0.02):
        self.town, self.run, self.seed = town, run, seed
        self.lost_answers, self.give_up = lost_answers, give_up
        self.dir = os.path.join(town.dir, "ledger-" + run)
        os.mkdir(self.dir)
        self.acknowledged, self.lock, self.done = 0, threading.Lock(), False
        self.broken, self.answers = [], {}
        self.clerks = [Clerk(self, n) for n in range(count)]

    def note(self):
        with self.lock:
            self.acknowledged += 1

    def __enter__(self):
        for c in self.clerks:
            c.start()
        return self

    def __exit__(self, *what):
        self.done = True
        for c in self.clerks:
            c.join(2 * PATIENCE)
        assert what[0] or not any(c.is_alive() for c in self.clerks), "a clerk does not come home"

    def entries(self):
        """What the ledgers on disk say: token -> its I line with "end"."""
        found = {}
        for c in self.clerks:
            for line in open(c.ledger.path, encoding="utf-8"):
                e = json.loads(line)
                if e["event"] == "I":
                    assert e["token"] not in found, "a key came twice"
                    found[e["token"]] = dict(e, end="I")
                else:
                    found[e["token"]].update(end=e["event"], to=e.get("to"))
        return found
