# The quota book and the slips once more, as plain numbers: what each operation must
# answer and leave behind.  It shares nothing with the product.
# SPDX-License-Identifier: MulanPSL-2.0
import collections

ACCOUNTS = ("approved", "occupied", "reserved", "incoming", "outgoing", "frozen")
FUNDING = "funding", "1"    # of everybody, in units that have such an account


class Refused(Exception):
    pass


class Line:
    def __init__(self, ident, code, structure, mode, amount):
        self.id, self.code, self.structure, self.mode, self.amount = ident, code, structure, mode, amount
        self.used = self.released = 0

    @property
    def rest(self):
        return self.amount - self.used - self.released


class Slip:
    def __init__(self, ident, unit, until):
        self.id, self.unit, self.until, self.state, self.hired, self.lines = ident, unit, until, "live", 0, []


class Model:
    def __init__(self, today, postings, allowances):
        """POSTINGS: rows (unit, book, code, account, day, amount).  ALLOWANCES: unit -> its overflow of an approved number."""
        self.today, self.allowances = today, allowances
        self.balance = {}
        self.days = collections.defaultdict(lambda: collections.defaultdict(int))
        self.slips, self.lines, self.places, self.altered = {}, {}, {}, set()
        for unit, book, code, account, day, amount in postings:
            self.open(unit, book, code)[account] += amount
            self.days[unit, book, code, account][day] += amount

    def open(self, *key):
        return self.balance.setdefault(key, dict.fromkeys(ACCOUNTS, 0))

    def free(self, *key):
        b = self.balance[key]
        return b["approved"] - b["occupied"] - b["reserved"] - b["incoming"] - b["frozen"]

    def over(self, *key):
        return 0 if key[1] == "lead" else self.allowances.get(key[0], lambda n: 0)(self.balance[key]["approved"])

    def room(self, *key):
        return self.free(*key) + self.over(*key)

    # -- One posting; the whole operation is undone where one is refused.

    def post(self, done, unit, book, code, account, amount, day):
        key = (unit, book, code)
        if key not in self.balance:
            raise Refused("no account")
        b = self.balance[key]
        if b[account] + amount < 0:
            raise Refused("less than nothing")
        if amount > 0 and account in ("occupied", "reserved", "incoming") and self.room(*key) < amount:
            raise Refused("no room")
        if amount > 0 and account == "frozen" and self.free(*key) < amount:
            raise Refused("not free")
        b[account] += amount
        self.days[key + (account,)][day] += amount
        done.append((key, account, amount, day))
        if amount < 0 and day < self.today and self.least(key + (account,), day) < 0:
            raise Refused("a past day")

    def least(self, key, since):
        total, least = 0, None
        for day in sorted(self.days[key]):
            total += self.days[key][day]
            if day >= since:
                least = total if least is None else min(least, total)
        return least

    def play(self, name, *args):
        """What comes about, as ids that the caller gives; Refused where nothing does."""
        done, before = [], set(self.balance)
        try:
            return getattr(self, name)(done, *args)
        except Refused:
            for key, account, amount, day in done:
                self.balance[key][account] -= amount
                self.days[key + (account,)][day] -= amount
            for key in set(self.balance) - before:
                del self.balance[key]
            raise

    def both(self, done, line, unit, amount, day):
        self.post(done, unit, "type", line.code, "reserved", amount, day)
        if line.structure:
            self.post(done, unit, "structure", line.structure, "reserved", amount, day)

    # -- Operations.

    def paper(self, done, unit, book, code, account, amount, day):
        if day > self.today:
            raise Refused("a day to come")
        if amount > 0:
            self.open(unit, book, code)
        self.post(done, unit, book, code, account, amount, day)

    def grant(self, done, unit, code, mode, structure, amount, day, until, ids=(0, 0)):
        kept = structure if (unit, "structure", structure) in self.balance else ""
        line = Line(ids[1], code, kept, mode, amount)
        self.both(done, line, unit, amount, day)
        return Slip(ids[0], unit, until), line

    def granted(self, slip, line):
        self.slips[slip.id], self.lines[line.id] = slip, line
        slip.lines.append(line)

    def enter(self, done, unit, code, structure, day, slip=None, line=None):
        if slip is not None:
            if slip.unit != unit or slip.state != "live" or (slip.until < day and slip.hired == 0) or line.rest < 1 or line not in slip.lines:
                raise Refused("no place")
            self.both(done, line, unit, -1, day)
        self.post(done, unit, "type", code, "occupied", 1, day)
        if structure:
            self.post(done, unit, "structure", structure, "occupied", 1, day)
        if (unit, *FUNDING) in self.balance:
            self.post(done, unit, *FUNDING, "occupied", 1, day)
        if slip is not None:
            line.used += 1

    def entered(self, ident, unit, code, structure, day, line=None):
        self.places[ident] = [unit, code, structure, day, True, line, None]

    def alter(self, done, ident, structure):
        unit, _, old = self.places[ident][:3] if ident in self.places else (0, "", "")
        if not unit or not self.places[ident][4]:
            raise Refused("not there")
        if structure == old:
            raise Refused("nothing differs")
        self.post(done, unit, "structure", old, "occupied", -1, self.today)
        self.post(done, unit, "structure", structure, "occupied", 1, self.today)
        self.places[ident][2] = structure
        self.altered.add(ident)

    def books(self, ident):
        """The accounts that count a place."""
        unit, code, structure = self.places[ident][:3]
        yield unit, "type", code
        if structure:
            yield unit, "structure", structure
        if (unit, *FUNDING) in self.balance:
            yield (unit, *FUNDING)

    # -- Approvals taken back.

    def unenter(self, done, ident):
        if ident not in self.places or not self.places[ident][4]:
            raise Refused("not there")
        if ident in self.altered:
            raise Refused("changed since")
        unit, _, _, day, _, line, _ = self.places[ident]
        for key in self.books(ident):
            self.post(done, *key, "occupied", -1, day)
        if line is not None:
            slip = next(s for s in self.slips.values() if line in s.lines)
            self.both(done, line, unit, 1, day)
            if slip.state != "live":
                self.both(done, line, unit, -1, self.today)
                line.released += 1
            line.used -= 1
        del self.places[ident]

    def unleave(self, done, ident):
        if ident not in self.places or self.places[ident][4]:
            raise Refused("has not left")
        day = self.places[ident][6]
        for key in self.books(ident):
            if self.least_free(key, day) + self.over(*key) < 1:
                raise Refused("no room since")
        for key in self.books(ident):
            self.post(done, *key, "occupied", 1, day)
        self.places[ident][4:7] = True, self.places[ident][5], None

    def least_free(self, key, since):
        days = sorted({d for a in ACCOUNTS if a != "outgoing" for d in self.days[key + (a,)]})
        total, least = 0, None
        for day in days:
            total += sum(self.days[key + (a,)][day] * (1 if a == "approved" else -1) for a in ACCOUNTS if a != "outgoing" and day in self.days[key + (a,)])
            if day >= since:
                least = total if least is None else min(least, total)
        return least if least is not None else total

    def ungrant(self, done, unit, slip):
        self.cancel(done, unit, slip, self.today)

    def leave(self, done, ident, day):
        if ident not in self.places:
            raise Refused("was never there")
        unit, code, structure, since, there = self.places[ident][:5]
        if not there or since >= day:
            raise Refused("not there")
        self.post(done, unit, "type", code, "occupied", -1, day)
        if structure:
            self.post(done, unit, "structure", structure, "occupied", -1, day)
        if (unit, *FUNDING) in self.balance:
            self.post(done, unit, *FUNDING, "occupied", -1, day)
        self.places[ident][4:7] = False, self.places[ident][5], day

    def alive(self, slip, unit):
        if slip.unit != unit or slip.state != "live":
            raise Refused("no such slip")

    def cut(self, done, unit, slip, line, day, amount):
        self.alive(slip, unit)
        if line not in slip.lines or not 1 <= amount <= line.rest:
            raise Refused("not so many left")
        self.both(done, line, unit, -amount, day)
        line.released += amount

    def cancel(self, done, unit, slip, day):
        self.alive(slip, unit)
        if any(line.used for line in slip.lines):
            raise Refused("used")
        self.release(done, slip, day)
        slip.state = "void"

    def release(self, done, slip, day):
        rests = [(line, line.rest) for line in slip.lines if line.rest]
        for line, rest in rests:
            self.both(done, line, slip.unit, -rest, day)
        for line, rest in rests:
            line.released += rest

    def turn(self, done, unit, slip, line, mode):
        self.alive(slip, unit)
        if line not in slip.lines or line.rest < 1 or line.mode == mode:
            raise Refused("nothing to turn")
        fresh = Line(0, line.code, line.structure, mode, line.rest)
        line.released += line.rest
        return fresh

    def extend(self, done, unit, slip, until):
        self.alive(slip, unit)
        if slip.until >= until:
            raise Refused("not later")
        slip.until = until

    def hired(self, done, unit, slip, n):
        self.alive(slip, unit)
        if not 1 <= n <= sum(line.amount - line.released for line in slip.lines):
            raise Refused("more than granted")
        slip.hired = n

    def expire(self, done):
        for slip in self.slips.values():
            if slip.state == "live" and slip.until < self.today and slip.hired == 0:
                self.release(done, slip, self.today)
                slip.state = "expired"
