# The roster's page taken apart: the statements that one request sends, and its
# HTML as constant pieces and rows to be filled; for the programs that write the
# same page by other means.  SPDX-License-Identifier: MulanPSL-2.0
import html
import os
import re
import subprocess

import town as T

PATH = "/staffing/person/"
# The cells of a row in their order: column of the query, code table.
CELLS = (("name", None), ("sex", "sex"), ("id_number", None), ("unit_name", None), ("staffing_type", "staffing_type"),
         ("person_status", "person_status"), ("duty", None), ("valid_from", None))
LINKS = (("/staffing/person/", "id"), ("/staffing/unit/", "unit_id"))
LETTER = {"sex": "s", "staffing_type": "t", "person_status": "p"}
KEY = re.compile(r'value="[A-Za-z0-9_-]{60,}"')
SIZE = 20


def statements(place, browser):
    """What one request for the roster sends, in its order."""
    # Values are only told of what was prepared while the log was on.
    place.sql("SET GLOBAL log_output = 'TABLE', general_log = 1")
    try:
        place.app()
        for _ in range(40):
            browser.get(PATH, html=True)
        place.sql("TRUNCATE mysql.general_log")
        assert browser.get(PATH, html=True).status == 200
    finally:
        place.sql("SET GLOBAL general_log = 0")
    rows = place.sql("SELECT argument FROM mysql.general_log WHERE command_type IN ('Execute', 'Query') AND user_host LIKE '%bz_app%'")
    out = [re.sub(r"\s+", " ", r[0].replace("\\n", " ").replace("\\t", " ").replace("\\\\", "\\")).strip() for r in rows]
    assert any("bz_session" in s for s in out) and any("unit_name" in s for s in out), out
    return out


def answer(place, statement):
    """(names of the columns, rows) as texts."""
    out = subprocess.run(["mariadb", "--no-defaults", "-S", place.run + "/db.sock", "-u", "root", "-B",
                          "--default-character-set=utf8mb4", "bianzhi"], input=statement, stdout=subprocess.PIPE, text=True, check=True)
    lines = [line.split("\t") for line in out.stdout.splitlines()]
    return lines[0], lines[1:]


def codes(table):
    import csv
    with open(os.path.join(T.TOP, "sql", "codes", table + ".csv"), encoding="utf-8-sig", newline="") as f:
        return {r["code"]: r["name"] for r in csv.DictReader(f)}


class Pieces:
    """sql: the statements; page: texts, and (statement, rows at most, template)
    where a template is a list of texts and (column, code table or None)."""

    def __init__(self, place, browser):
        browser.get(PATH, html=True)
        self.sql = statements(place, browser)
        self.html = browser.get(PATH, html=True).text
        self.tables = {t: codes(t) for t in LETTER}
        self.names = {}
        self.list = self.which("unit_name")
        self.page = self.apart(place)

    def which(self, word):
        found = [n for n, s in enumerate(self.sql) if re.search(r"\b%s\b" % word, s)]
        return found[0] if found else None

    def apart(self, place):
        columns, rows = answer(place, self.sql[self.list])
        self.names[self.list] = columns
        lines = re.findall(r"<tr><td.*?</tr>", self.html, re.S)
        assert len(lines) == SIZE, "%d rows" % len(lines)
        first = self.html.index(lines[0])
        last = self.html.rindex(lines[-1]) + len(lines[-1])
        row = self.row(lines, [dict(zip(columns, r)) for r in rows])
        return [self.html[:first], (self.list, SIZE, row), self.html[last:]]

    def row(self, lines, rows):
        """The template of a row, from one whose cells all hold something."""
        n = next(n for n, r in enumerate(rows[:SIZE]) if all(r[c] not in ("", "NULL") for c, _ in CELLS))
        text, r = lines[n], rows[n]
        marks = [(p + r[c] + '"', p, (c, None), '"') for p, c in LINKS]
        marks += [(">%s<" % html.escape(self.tables[t][r[c]] if t else r[c], False), ">", (c, t), "<") for c, t in CELLS]
        found = []
        at = 0
        for old, before, cell, after in marks[len(LINKS):]:
            at = text.index(old, at)
            found.append((at + len(before), at + len(old) - len(after), cell))
        for old, before, cell, after in marks[:len(LINKS)]:
            found += [(m.start() + len(before), m.end() - len(after), cell) for m in re.finditer(re.escape(old), text)]
        out, done = [], 0
        for start, end, cell in sorted(found):
            out += [text[done:start], cell]
            done = end
        return out + [text[done:]]

    def same(self, other):
        """Is it the same page but for the keys?"""
        return KEY.sub("", self.html) == KEY.sub("", other)

    def write(self, folder):
        """For tests/bench/string.c."""
        os.makedirs(folder, exist_ok=True)
        def put(name, text):
            with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
                f.write(text)
        put("sql", "\x1e".join(self.sql))
        put("codes", "\n".join("%s %s\t%s" % (LETTER[t], c, n) for t, names in self.tables.items() for c, n in names.items()))
        out = []
        for piece in self.page:
            if isinstance(piece, str):
                out.append(piece)
                continue
            n, most, template = piece
            cells = [c if isinstance(c, str) else "\x01%s%s" % (chr(97 + self.names[n].index(c[0])), LETTER.get(c[1], "-")) for c in template]
            out.append("#%d %d\n%s" % (n, most, "".join(cells)))
        put("page", "\x1e".join(out))

    def plain(self):
        """Numbers of the statements that a plain program would send: session, persons."""
        return [n for n in (self.which("bz_session"), self.list) if n is not None]
