# After the faults: what the ledgers say against what the database, the files and
# the logs hold.  SPDX-License-Identifier: MulanPSL-2.0
import collections
import glob
import os
import re
import xml.etree.ElementTree as ET

import office as O
import town as T

PROCESS = os.path.join(T.TOP, "plugins", "entry", "process", "counter.xml")
# Books in which somewhere more is occupied than approved, by the order of the postings.
OVER = """SELECT COUNT(*) FROM (SELECT account, SUM(IF(account = 'approved', amount, 0)) OVER w AS approved,
 SUM(IF(account = 'occupied', amount, 0)) OVER w AS occupied FROM st_quota_posting
 WINDOW w AS (PARTITION BY unit_id, book, code ORDER BY id)) t WHERE account = 'occupied' AND occupied > approved"""
ORPHANS = """SELECT COUNT(*) FROM bz_blob b WHERE NOT EXISTS (SELECT 1 FROM bz_paper p WHERE p.sha256 = b.sha256)
 AND NOT EXISTS (SELECT 1 FROM bz_hold h WHERE h.sha256 = b.sha256)"""
BROKEN = """SET SESSION group_concat_max_len = 100000000; SELECT COUNT(*) FROM (SELECT b.sha256, b.size, SUM(LENGTH(k.data)) AS have,
 SHA2(GROUP_CONCAT(k.data ORDER BY k.seq SEPARATOR ''), 256) AS sha FROM bz_blob b LEFT JOIN bz_blob_chunk k ON k.sha256 = b.sha256
 GROUP BY b.sha256, b.size) t WHERE have IS NULL OR have <> size OR UPPER(sha) <> HEX(sha256)"""
LOST_REFERENCES = """SELECT COUNT(*) FROM bz_paper p LEFT JOIN bz_blob b ON b.sha256 = p.sha256
 LEFT JOIN bz_item i ON i.id = p.item_id AND i.case_id = p.case_id WHERE b.sha256 IS NULL OR (p.item_id <> 0 AND i.id IS NULL)"""


STRANGERS = "SELECT COUNT(*) FROM bz_audit a WHERE object_type = 'case' AND object_id > 0 AND NOT EXISTS (SELECT 1 FROM bz_case c WHERE c.id = a.object_id)"


def baseline(town):
    """What holds of the town before the first fault."""
    return {"over": int(town.one(OVER)), "orphans": int(town.one(ORPHANS)), "strangers": int(town.one(STRANGERS)), "open": open_files(town)}


def open_files(town):
    """Most descriptors of the master and of a worker."""
    def count(pid):
        try:
            return len(os.listdir("/proc/%d/fd" % pid))
        except OSError:
            return 0
    master, workers = town.pids()
    return count(master), max(map(count, workers), default=0)


class Audit:
    """One look at everything a crew did: .wrong holds (invariant, sentence)."""

    def __init__(self, town, crew, base):
        self.town, self.crew, self.base, self.wrong = town, crew, base, []
        self.figures = collections.Counter()
        self.entries = crew.entries()
        self.cases = {r[1][3:]: r for r in town.sql("SELECT id, reason, number, step, state FROM bz_case WHERE reason LIKE '故障 %s-%%'" % crew.run)} \
            if not self.twice() else {}
        self.ids = "SELECT id FROM bz_case WHERE reason LIKE '故障 %s-%%'" % crew.run
        for look in (self.effects, self.numbers, self.paths, self.trail, self.room, self.files, self.privacy):
            look()

    def bad(self, invariant, text):
        self.wrong.append((invariant, text))

    def failed(self, invariant):
        return [t for i, t in self.wrong if i == invariant]

    def twice(self):
        """Cases that are there more than once."""
        rows = self.town.sql("SELECT reason, COUNT(*) FROM bz_case WHERE reason LIKE '故障 %s-%%' GROUP BY reason HAVING COUNT(*) > 1" % self.crew.run)
        for reason, n in rows:
            self.figures["doubled"] += 1
            self.bad("once", "%s is there %s times" % (reason, n))
        return rows

    # What was acknowledged is there once and whole; what was not, once and whole or not at all.

    def effects(self):
        rows = collections.Counter()
        for r in self.town.sql("SELECT reason, 1 FROM bz_case WHERE id IN (%s)" % self.ids):
            rows["new", r[0][3:]] += 1
        for case, sha in self.town.sql("SELECT case_id, LOWER(HEX(sha256)) FROM bz_paper WHERE item_id = 0 AND case_id IN (%s)" % self.ids):
            rows["paper", int(case), sha] += 1
        for case, key in self.town.sql("SELECT case_id, subject_key FROM bz_item WHERE case_id IN (%s)" % self.ids):
            rows["item", int(case), key] += 1
        for case, move in self.town.sql("SELECT case_id, move FROM bz_move WHERE case_id IN (%s)" % self.ids):
            rows["move", int(case), move] += 1
        sure, maybe = collections.Counter(), collections.Counter()
        for e in self.entries.values():
            if e["end"] == "Q":
                continue
            self.figures["acknowledged" if e["end"] == "A" else "unacknowledged"] += 1
            for key in self.keys(e):
                (sure if e["end"] == "A" else maybe)[key] += 1
            self.whole(e, rows)
        self.compare(rows, sure, maybe)

    @staticmethod
    def keys(e):
        """What must be in the database because of this form."""
        case = O.case_id(e["case"]) if "case" in e else 0
        if e["kind"] == "new":
            return [("new", e["mark"])]
        if e["kind"] == "paper":
            return [("paper", case, sha) for sha in e["digests"]]
        return [(e["kind"], case, e["number"] if e["kind"] == "item" else e["move"])]

    def compare(self, rows, sure, maybe):
        for key in set(rows) | set(sure) | set(maybe):
            if key[0] == "move" and key not in sure and key not in maybe:
                self.bad("once", "%s was done and nobody asked for it" % (key,))
            elif rows[key] < sure[key]:
                self.figures["lost"] += 1
                self.bad("once", "%s was acknowledged %d times and is there %d times" % (key, sure[key], rows[key]))
            elif rows[key] > sure[key] + maybe[key]:
                self.figures["doubled"] += 1
                self.bad("once", "%s was asked for %d times and is there %d times" % (key, sure[key] + maybe[key], rows[key]))
            self.figures["found"] += max(0, rows[key] - sure[key])

    def whole(self, e, rows):
        """What one form brought is all there, or nothing of it."""
        here = {rows[k] > 0 for k in self.keys(e)}
        partial = len(here) > 1
        if e["kind"] == "new" and e["end"] == "A" and e["mark"] in self.cases and self.cases[e["mark"]][0] != str(O.case_id(e["to"])):
            self.bad("once", "the receipt of %s shows another case" % e["mark"])
        if e["kind"] == "item" and here == {True}:
            case = O.case_id(e["case"])
            row = self.town.sql("SELECT id, label, body LIKE '%%%s%%' FROM bz_item WHERE case_id = %d AND subject_key = '%s'" % (e["mark"], case, e["number"]))[0]
            papers = collections.Counter(r[0] for r in self.town.sql("SELECT IF(kind = 'photo', 'photo', LOWER(HEX(sha256))) FROM bz_paper WHERE item_id = %s" % row[0]))
            want = collections.Counter(e["digests"])
            want["photo"] += e["photos"]
            partial = row[1] != e["name"] or row[2] != "1" or papers != want
        if partial:
            self.figures["partial"] += 1
            self.bad("whole", "%s %s is there in part" % (e["kind"], e.get("case", e.get("mark"))))

    def numbers(self):
        for number, n in self.town.sql("SELECT number, COUNT(*) FROM bz_case WHERE number <> '' GROUP BY number HAVING COUNT(*) > 1"):
            self.bad("numbers", "the number %s was given %s times" % (number, n))

    def paths(self):
        moves = {(m.get("from"), m.get("name"), m.get("to")) for m in ET.parse(PROCESS).getroot().iter("move")}
        at, roles = {}, dict(self.town.sql("SELECT o.id, GROUP_CONCAT(r.role) FROM bz_operator o JOIN bz_operator_role r ON r.operator_id = o.id GROUP BY o.id"))
        for case, move, a, b, who in self.town.sql("SELECT case_id, move, from_step, to_step, operator_id FROM bz_move WHERE case_id IN (%s) ORDER BY id" % self.ids):
            if (a, move, b) not in moves or at.get(case, "draft") != a:
                self.bad("paths", "case %s: %s from %s to %s after %s" % (case, move, a, b, at.get(case)))
            if ("center_reviewer" if move in ("approve", "return", "reject") else "clerk") not in roles[who]:
                self.bad("paths", "case %s: %s by %s" % (case, move, roles[who]))
            at[case] = b
        for case, step in self.town.sql("SELECT id, step FROM bz_case WHERE id IN (%s)" % self.ids):
            if step != at.get(case, "draft"):
                self.bad("paths", "case %s is at %s, its history at %s" % (case, step, at.get(case, "draft")))

    def trail(self):
        done = collections.Counter(("entry." + m, c) for c, m in self.town.sql("SELECT case_id, move FROM bz_move WHERE case_id IN (%s)" % self.ids))
        done.update(("entry.create", c) for c, in self.town.sql(self.ids))
        names = {"entry.create"} | {"entry." + m.get("name") for m in ET.parse(PROCESS).getroot().iter("move")}
        told = collections.Counter((a, c) for a, c in self.town.sql("SELECT action, object_id FROM bz_audit WHERE object_type = 'case' AND result = 'ok'"
                                                                    " AND object_id IN (%s)" % self.ids) if a in names)
        for key in set(done) | set(told):
            if done[key] != told[key]:
                self.bad("trail", "%s of case %s: %d times done, %d times in the audit" % (*key, done[key], told[key]))
        strangers = int(self.town.one(STRANGERS)) - self.base["strangers"]
        if strangers > 0:
            self.bad("trail", "%d rows in the audit tell of cases that are not there" % strangers)
        self.figures["audited"] = sum(told.values())
        out = self.town.tool("verify", check=False)
        if out.returncode != 0:
            self.bad("trail", "verify: " + out.stdout[-600:])

    def room(self):
        over = int(self.town.one(OVER))
        if over > self.base["over"]:
            self.bad("room", "%d postings went beyond what was approved, %d did before" % (over, self.base["over"]))

    def files(self):
        for query, before, text in ((BROKEN, 0, "files are not what their digest says"), (LOST_REFERENCES, 0, "references lead nowhere"),
                                    (ORPHANS, self.base["orphans"], "files belong to nobody")):
            n = int(self.town.one(query))
            if n > before:
                self.bad("files", "%d %s" % (n, text))

    def privacy(self):
        secret = re.compile(r"480301\d{11}[\dX]|慕容|" + "|".join(re.escape(r["password"]) for r in O.ACCOUNTS))
        for path in glob.glob(self.town.dir + "/*.log") + glob.glob(self.town.dir + "/server-*/log"):
            found = secret.search(open(path, encoding="utf-8", errors="replace").read())
            if found:
                self.bad("privacy", "%s holds %r" % (os.path.basename(path), found.group(0)))
        for path in glob.glob(self.town.dir + "/**/core*", recursive=True):
            if re.search(r"/core(\.\d+)?$", path):
                self.bad("privacy", path)
        left = os.listdir(os.path.join(self.town.dir, "spool"))
        if set(left) - {"password.lock"}:
            self.bad("privacy", "the spool holds %s" % left)
        master, worker = open_files(self.town)
        if master > self.base["open"][0] or worker > self.base["open"][1] + 4:
            self.bad("privacy", "descriptors: %s now, %s before" % ((master, worker), self.base["open"]))
