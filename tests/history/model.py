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
        self.slips, self.lines, self.places = {}, {}, {}
        self.people, self.own, self.events, self.holds = {}, {}, collections.defaultdict(list), {}
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

    def usable(self, slip, line, unit, day):
        if slip.unit != unit or slip.state != "live" or (slip.until < day and slip.hired == 0) or line.rest < 1 or line not in slip.lines:
            raise Refused("no place")

    def enter(self, done, unit, code, structure, day, slip=None, line=None):
        if slip is not None:
            self.usable(slip, line, unit, day)
            self.both(done, line, unit, -1, day)
        self.post(done, unit, "type", code, "occupied", 1, day)
        if structure:
            self.post(done, unit, "structure", structure, "occupied", 1, day)
        if (unit, *FUNDING) in self.balance:
            self.post(done, unit, *FUNDING, "occupied", 1, day)
        if slip is not None:
            line.used += 1

    def entered(self, ident, unit, code, structure, day, line=None, person=None):
        self.places[ident] = [unit, code, structure, day, True, line, None]
        self.people[ident] = person or ident
        self.own[ident] = {key: collections.Counter({day: 1}) for key in self.books(ident)}

    def there(self, ident):
        if ident not in self.places or not self.places[ident][4]:
            raise Refused("not there")
        return self.places[ident]

    def elsewhere(self, ident, since):
        """Another place of the same person, that ended behind the day or has not."""
        return any(p[4] or p[6] > since for i, p in self.places.items() if i != ident and self.people[i] == self.people[ident])

    # -- Changes.  What was decided of a place: [kind, structure before, after], in its order; a change that is taken back is none.

    def alter(self, done, ident, structure):
        unit, _, old = self.there(ident)[:3]
        if structure == old:
            raise Refused("nothing differs")
        self.post(done, unit, "structure", old, "occupied", -1, self.today)
        self.post(done, unit, "structure", structure, "occupied", 1, self.today)
        self.turned(ident, old, structure)
        self.events[ident].append(["change", old, structure])

    def turned(self, ident, old, structure):
        unit, own = self.places[ident][0], self.own[ident]
        self.places[ident][2] = structure
        own[unit, "structure", old][self.today] -= 1
        own.setdefault((unit, "structure", structure), collections.Counter())[self.today] += 1

    def unalter(self, done, ident):
        unit = self.there(ident)[0]
        if self.held(ident):
            raise Refused("in another case")
        changes = [e for e in self.events[ident] if e[0] == "change"]
        if not changes:
            raise Refused("no change")
        if self.events[ident][-1] is not changes[-1]:
            raise Refused("corrected since")
        _, old, structure = changes[-1]
        if self.least_free((unit, "structure", old), self.today) + self.over(unit, "structure", old) < 1:
            raise Refused("no room since")
        self.post(done, unit, "structure", structure, "occupied", -1, self.today)
        self.post(done, unit, "structure", old, "occupied", 1, self.today)
        self.turned(ident, structure, old)
        self.events[ident].pop()

    def correct(self, done, ident, day):
        """It has been there since DAY: what counted it before that day, or on the wrong one, does so since the right one."""
        since = self.there(ident)[3]
        if day == since:
            raise Refused("nothing differs")
        if day > self.today:
            raise Refused("a day to come")
        if self.elsewhere(ident, day):
            raise Refused("elsewhere then")
        moved = [(key, d, n) for key, days in self.own[ident].items() for d, n in days.items()
                 if n and (d < day if day > since else d == since)]
        for key in {m[0] for m in moved} if day < since else ():
            more = sum(n for k, _, n in moved if k == key)
            if more > 0 and self.least_free(key, day, since) + self.over(*key) < more:
                raise Refused("no room then")
        for key, d, n in moved:
            self.days[key + ("occupied",)][d] -= n
            self.days[key + ("occupied",)][day] += n
            self.own[ident][key][d] -= n
            self.own[ident][key][day] += n
        self.places[ident][3] = day
        self.events[ident].append(["correct"])

    # -- A transfer: held by one side, ended by the other.

    def held(self, ident):
        return any(self.people[h[0]] == self.people[ident] for h in self.holds.values())

    def out(self, done, ident):
        unit, code, structure = self.there(ident)[:3]
        posted = [(key, "outgoing") for key in self.books(ident)]
        for key, account in posted:
            self.post(done, *key, account, 1, self.today)
        return [ident, posted, None, None]

    def into(self, done, ident, unit, code, structure, slip=None, line=None):
        if ident not in self.places:
            raise Refused("nobody")
        if slip is not None:
            self.usable(slip, line, unit, self.today)
            self.both(done, line, unit, -1, self.today)
        posted = [(key, "incoming") for key in ((unit, "type", code), (unit, "structure", structure), (unit, *FUNDING))
                  if key[1] != "funding" or key in self.balance]
        for key, account in posted:
            self.post(done, *key, account, 1, self.today)
        if slip is not None:
            line.used += 1
        return [ident, posted, slip, line]

    def ended(self, done, hold):
        """Nothing of it is held any more; its line of a slip, and whether that is over."""
        _, posted, slip, line = hold
        for key, account in posted:
            self.post(done, *key, account, -1, self.today)
        if line is not None:
            self.both(done, line, slip.unit, 1, self.today)
            if slip.state != "live":
                self.both(done, line, slip.unit, -1, self.today)
        return line, line is not None and slip.state != "live"

    def drop(self, done, case):
        if case not in self.holds:
            raise Refused("not held")
        line, over = self.ended(done, self.holds[case])
        if line is not None:
            line.used -= 1
            line.released += over
        del self.holds[case]

    def move(self, done, ident, case, unit, code, structure, slip=None, line=None):
        if case not in self.holds:
            raise Refused("not held")
        place = self.ended(done, self.holds[case])[0]
        if place is not None:
            place.used -= 1
        try:
            self.left(done, ident, self.today)
            self.enter(done, unit, code, structure, self.today, slip, line)
        except Refused:
            if place is not None:
                place.used += 1
            raise
        self.places[ident][4:7] = False, self.places[ident][5], self.today
        del self.holds[case]

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
        unit, _, _, day, _, line, _ = self.there(ident)
        if self.held(ident):
            raise Refused("in another case")
        if self.events[ident]:
            raise Refused("changed since")
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
        if self.held(ident):
            raise Refused("in another case")
        day = self.places[ident][6]
        if self.elsewhere(ident, day):
            raise Refused("elsewhere since")
        for key in self.books(ident):
            if self.least_free(key, day) + self.over(*key) < 1:
                raise Refused("no room since")
        for key in self.books(ident):
            self.post(done, *key, "occupied", 1, day)
        self.places[ident][4:7] = True, self.places[ident][5], None

    def least_free(self, key, since, until="9999-12-31"):
        """Of the days from SINCE on, before UNTIL; on SINCE itself too."""
        days = sorted({d for a in ACCOUNTS if a != "outgoing" for d in self.days[key + (a,)]} | {since})
        total, least = 0, None
        for day in days:
            total += sum(self.days[key + (a,)][day] * (1 if a == "approved" else -1) for a in ACCOUNTS if a != "outgoing" and day in self.days[key + (a,)])
            if since <= day < until:
                least = total if least is None else min(least, total)
        return least

    def ungrant(self, done, unit, slip):
        self.cancel(done, unit, slip, self.today)

    def left(self, done, ident, day):
        if self.there(ident)[3] >= day:
            raise Refused("not there")
        for key in self.books(ident):
            self.post(done, *key, "occupied", -1, day)

    def leave(self, done, ident, day):
        self.left(done, ident, day)
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
