# People at work in a test town: a unit's clerk and the centre's reviewer, and
# the entry case that they carry.  SPDX-License-Identifier: MulanPSL-2.0
import csv
import itertools
import os
import re

import town as T

ACCOUNTS = list(csv.DictReader(open(os.path.join(T.TOP, "conf", "demo-accounts.csv"), encoding="utf-8-sig")))
UNIT = "D031"
SERIAL = itertools.count(1)
NAMES = itertools.cycle(["周文博", "谭𬭎", "赵䶮", "阿依古丽·买买提", "欧阳子涵", "李若兰", "陈思远"])


def demo(account, operator=None):
    return next(r for r in ACCOUNTS if r["account"] == account and operator in (None, r["operator"]))


def log_in(town, account, operator=None):
    row = demo(account, operator)
    return T.Browser(town, row["account"], row["operator"], row["password"])


def clerk(town, account=UNIT):
    return log_in(town, account)


def reviewer(town, account="shenhe1"):
    return log_in(town, account)


def unit_id(town, code=UNIT):
    return int(town.one("SELECT id FROM st_unit WHERE unit_code = '%s'" % code))


def free_posts(town, code=UNIT, book="type", of="11"):
    return int(town.one("SELECT approved - occupied - reserved - incoming - frozen FROM st_quota q JOIN st_unit u ON u.id = q.unit_id"
                        " WHERE unit_code = '%s' AND book = '%s' AND code = '%s'" % (code, book, of)) or 0)


def make_room(town, posts, code=UNIT, of="11", book="type"):
    """Approve more posts until POSTS are free, by a posting like any other; what is too many is taken back where no past day gets less than none."""
    more, unit = posts - free_posts(town, code, book, of), unit_id(town, code)
    if not more:
        return
    where = "unit_id = %d AND book = '%s' AND code = '%s'" % (unit, book, of)
    least = town.one("SELECT COALESCE(MIN(n), 0) FROM (SELECT posted_on, SUM(SUM(amount)) OVER (ORDER BY posted_on) AS n FROM st_quota_posting"
                     " WHERE %s AND account = 'approved' GROUP BY posted_on) s WHERE posted_on >= (SELECT COALESCE(MAX(posted_on), '2026-01-01')"
                     " FROM st_quota_posting WHERE %s AND account = 'approved' AND posted_on <= '2026-01-01')" % (where, where))
    town.sql("START TRANSACTION; INSERT INTO st_quota_posting (unit_id, book, code, account, amount, posted_on, paper, recorded_at)"
             " VALUES (%d, '%s', '%s', 'approved', %d, IF(%s + %d < 0, CURDATE(), '2026-01-01'), '测试核定', NOW());"
             " UPDATE st_quota SET approved = approved + %d WHERE %s; COMMIT;" % (unit, book, of, more, least, more, more, where))


def new_number(birth="1998-03-12", woman=False):
    n = next(SERIAL) * 2 + (0 if woman else 1)
    return T.id_number(str(480301 + n // 1000), birth, n % 1000)


def new_case(who, mode="01", **head):
    """新建: the case's path, e.g. /bianzhi/entry/7."""
    form = who.get("/entry/new").form("/entry/new")
    if mode == "99":  # 其他: nothing is composed
        head = {"reason": "按文件接收 1 人", **head}
    form.set(entry_mode=mode, **head)
    page = who.post(form)
    assert page.status == 303, "%d %s" % (page.status, page.text[:1500])
    path = page.headers["location"].split("?")[0]
    assert re.search(r"/entry/\d+$", path), path
    return path


PERSON = {"ethnic": "01", "work_start": "2026-07-01", "education": "21", "political": "01",
          "staffing_type": "11", "funding": "1", "admin_use": "3", "person_status": "10", "birth_date": "1998-03-12",
          "native_place": "湖南长沙", "party_join_date": "2019-06", "identity": "1", "staffing_start": "2026-07-01",
          "school": "湖南大学", "graduation_date": "2020-06", "major": "环境工程", "degree": "408", "civil_rank": "A11",
          "wage_source": "1", "duty.1.post": "0", "duty.1.appointment_type": "1"}
# What is else for a post of 事业编制, not like 公务员.
PUBLIC = {"staffing_type": "22", "structure": "2", "post_category": "Z", "civil_rank": "", "qualification.1.kind": "none"}


def item_page(who, case, name=None, number=None, sex="1"):
    """添加, the first three fields, 验证: the page with what is known."""
    form = who.get(case + "/item/new").form("/item/new")
    form.set(name=name or next(NAMES), sex=sex, id_number=number or new_number())
    page = who.post(form, extra={"do": "verify"})
    assert page.status == 200, "%d %s" % (page.status, page.text[:1500])
    return page


def item_form(who, case, name=None, number=None, sex="1"):
    return item_page(who, case, name, number, sex).form("/item/")


with open(os.path.join(T.TOP, "sql", "codes", "attachment_requirement.csv"), encoding="utf-8", newline="") as f:
    PAPERS = {r["code"]: r["name"] for r in csv.DictReader(f)}


def scan(kind):
    """A page that says what it is."""
    return T.pdf(PAPERS.get(kind, kind))


def scans(form):
    """A file for each paper of a person that is asked for and not there, and the photo."""
    return {"paper." + k: ("照片.png", T.photo()) if k == "photo" else (k + ".pdf", scan(k)) for k in form.wanted}


def add_person(who, case, do="save", status=303, files=None, **values):
    """A person with all that is asked for; FILES instead of the scans."""
    first = {k: values.pop(k) for k in ("name", "number", "sex") if k in values}
    form = item_form(who, case, **first)
    form.fields.update(PERSON)
    form.fields.update({k.replace("__", "."): v for k, v in values.items()})
    page = who.post(form, files=scans(form) if files is None and status in (200, 303) else files, extra={"do": do}, follow=do == "check")
    assert page.status == status, "%d %s" % (page.status, page.text[:2500])
    return page


def add_paper(who, case, kind=None, name="编制审批表.pdf", data=None, status=303):
    """A paper of the head; without KIND each one that a case needs."""
    form = who.get(case).form(case + "/paper")
    files = {"paper." + k: (name, scan(k) if data is None else data) for k in ([kind] if kind else form.wanted)}
    page = who.post(form, files=files, extra={"do": "add"})
    assert page.status == status, "%d %s" % (page.status, page.text[:1500])
    return page


def submit(who, case, status=303):
    page = who.get(case + "/confirm")
    assert page.status == 200, "%d %s" % (page.status, page.text[:2500])
    page = who.post(page.form("/move"), extra={"move": "submit"})
    assert page.status == status, "%d %s" % (page.status, page.text[:2500])
    return page


def filled_case(who, persons=1, **values):
    case = new_case(who)
    add_paper(who, case)
    for _ in range(persons):
        add_person(who, case, **values)
    return case


def asked(page):
    """The form of a page that asks once more before a move; None: it is another page."""
    asks = page.xml is not None and page.find("form/hidden[@n='confirmed']") is not None
    return page.form("/move") if asks else None


def ask(who, case, move, opinion="", **extra):
    """The page that asks once more before a move from the review."""
    page = who.post(who.get(case + "/review").form("/move").set(opinion=opinion), extra=dict(extra, move=move))
    assert page.status == 200 and asked(page), "%d %s" % (page.status, page.text[:2500])
    return page


def press(who, form, move, **extra):
    """The button of a move; a page that asks once more is answered with yes."""
    page = who.post(form, extra=dict(extra, move=move))
    again = asked(page)
    return who.post(again, extra={"move": move}) if again else page


def grow(town, case, persons):
    """The first person of CASE once more, with papers and a number of their own, until there are PERSONS."""
    i = case_id(case)
    first, number, name = town.sql("SELECT id, subject_key, label FROM bz_item WHERE case_id = %d ORDER BY seq LIMIT 1" % i)[0]
    for n in range(int(town.one("SELECT COUNT(*) FROM bz_item WHERE case_id = %d" % i)) + 1, persons + 1):
        values = {"i": i, "n": n, "first": first, "old": number, "new": new_number(), "name": name, "other": "%s%d" % (name, n)}
        town.sql("INSERT INTO bz_item (case_id, seq, label, subject_key, state, body) SELECT case_id, %(n)d, '%(other)s', '%(new)s', state,"
                 " REPLACE(REPLACE(body, '%(old)s', '%(new)s'), '%(name)s', '%(other)s') FROM bz_item WHERE id = %(first)s;"
                 " INSERT INTO bz_paper (case_id, item_id, kind, sha256, file_name, created_by, created_at) SELECT case_id, LAST_INSERT_ID(),"
                 " kind, sha256, file_name, created_by, created_at FROM bz_paper WHERE item_id = %(first)s" % values)
    town.sql("UPDATE bz_case SET items = %d, label = '%s 等%d人' WHERE id = %d" % (persons, name, persons, i))


def decide(who, case, move, opinion="", status=303, **values):
    form = who.get(case + "/review").form("/move")
    form.set(opinion=opinion, **values)
    page = press(who, form, move)
    assert page.status == status, "%d %s" % (page.status, page.text[:2500])
    return page


def case_id(case):
    return int(case.rsplit("/", 1)[1])


def state(town, case):
    return town.one("SELECT state FROM bz_case WHERE id = %d" % case_id(case))


def both_ways(page, turn, rows):
    """The rows of all pages from PAGE on, which is the first: down to the end and up again they are the same, page by page.
    TURN (page, to) is the next page in that direction, or None; ROWS (page) its rows."""
    down, up = [page], []
    while (page := turn(down[-1], "next")) is not None:
        down.append(page)
        assert len(down) < 500, "the pages have no end"
    assert turn(down[0], "prev") is None and turn(down[0], "first") is None, "something before the first page"
    page = down[-1]
    while page is not None:
        up.append(page)
        page = turn(page, "prev")
        assert len(up) <= len(down), "more pages up than down"
    want, got = [rows(p) for p in down], [rows(p) for p in reversed(up)]
    assert got == want, (got, want)
    if len(down) > 1:
        assert rows(turn(down[-1], "first")) == want[0]
    return want


def links(who):
    """How to turn pages by links, for both_ways."""
    def turn(page, to):
        href = page.find("pager").get(to)
        return who.get(href) if href else None
    return turn
