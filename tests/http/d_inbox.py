# The inbox: what a move leaves in it and for whom, the unread count, reading, and
# what is about to run out.  SPDX-License-Identifier: MulanPSL-2.0
import re

import office as O


def rows(page, table="messages"):
    t = next((t for t in page.xml.iter("table") if t.get("id") == table), None)
    return [] if t is None else [["".join(c.itertext()) for c in r.findall("c")] for r in t.findall("r")]


def unread(who):
    shell = who.get("/").find("shell")
    return int(shell.get("inbox") or 0)


def read_everything(*people):
    for who in people:
        form = who.get("/inbox/").form("/inbox/")
        assert who.post(form, extra={"do": "all"}).status == 303
        assert unread(who) == 0


def number(town, case):
    return town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(case))


def submitted(town, who, **values):
    O.make_room(town, 4)
    case = O.filled_case(who, **values)
    O.submit(who, case)
    return case


def test_told(town):
    """HY-1 A5.18 returned, approved and rejected reach the unit's inbox at once, with number, business and phone, without names"""
    who, boss = O.clerk(town), O.reviewer(town)
    read_everything(who, boss)
    phone = town.one("SELECT phone FROM bz_scope WHERE code = '480300'")
    for n, (move, word) in enumerate((("return", "已退回，请按退回意见修改后重新上报"), ("approve", "已核准，可以领取《入编核准通知单》"),
                                      ("reject", "不予办理，理由见申请单")), 1):
        case = submitted(town, who, name="谭𬭎")
        assert unread(who) == n - 1, "a message before the decision"
        O.decide(boss, case, move, "请核对出生日期")
        assert unread(who) == n
        page = who.get("/inbox/")
        mine = rows(page)[0]
        assert word in mine[1] and mine[2] == number(town, case) and mine[4] == "未读", mine
        assert (phone in mine[1]) == (move != "approve"), mine
        assert "谭𬭎" not in page.text and "出生日期" not in page.text, "personal data in the inbox"
    assert unread(boss) == 0, "the reviewer's own moves tell him nothing"
    bench = who.get("/")
    card = next(c for c in bench.all("card") if c.get("t") == "未读消息")
    assert card.get("n") == "3" and [m.get("n") for m in bench.xml.iter("m") if m.get("href") == "/bianzhi/inbox/"] == ["3"]


def test_refused_move(town):
    """A5.18 a move that is refused or rolled back leaves no message"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = submitted(town, who)
    read_everything(who)
    before = town.one("SELECT COUNT(*) FROM bz_message")
    assert O.decide(boss, case, "return", "", status=422).status == 422
    free = O.free_posts(town)
    O.make_room(town, 0)
    form = boss.get(case + "/review").form("/move")
    page = boss.post(form, extra={"move": "approve"})
    assert page.status == 422, page.status
    assert unread(who) == 0 and town.one("SELECT COUNT(*) FROM bz_message") == before
    O.make_room(town, free)
    O.decide(boss, case, "return", "请补正")
    assert unread(who) == 1


def test_each_reads(town):
    """A5.18 read is told apart by operator: opening reads one for its reader, 全部标为已读 what was there"""
    wang, li, boss = O.log_in(town, "D031", "王敏"), O.log_in(town, "D031", "李建国"), O.reviewer(town)
    read_everything(wang, li)
    cases = [submitted(town, wang) for _ in range(2)]
    for case in cases:
        O.decide(boss, case, "return", "请补正")
    assert (unread(wang), unread(li)) == (2, 2)
    page = wang.get("/inbox/?unread=1")
    assert len(rows(page)) == 2
    button = [c.get("do") for c in page.xml.iter("c") if c.get("do")][0]
    page = wang.post(page.form("/inbox/"), extra={"do": button})
    assert page.status == 303 and page.headers["location"].endswith(cases[1]), page.headers
    assert (unread(wang), unread(li)) == (1, 2)
    assert [r[4] for r in rows(wang.get("/inbox/"))[:2]] == ["已读", "未读"]
    form = wang.get("/inbox/").form("/inbox/")
    late = submitted(town, wang)
    O.decide(boss, late, "return", "请补正")
    assert wang.post(form, extra={"do": "all"}).status == 303
    assert (unread(wang), unread(li)) == (1, 3), "what came after the page is unread still"
    form.fields["to"] = str(2 ** 62)
    form = wang.get("/inbox/").form("/inbox/").set(to=str(2 ** 62))
    wang.post(form, extra={"do": "all"})
    O.submit(wang, late)
    O.decide(boss, late, "return", "请再补正")
    assert unread(wang) == 1, "nobody reads what is not written yet"


def test_of_another(town):
    """A5.18 another unit's message is neither shown nor read: 404"""
    who, other, boss = O.clerk(town), O.clerk(town, "D008"), O.reviewer(town)
    case = submitted(town, who)
    O.decide(boss, case, "return", "请补正")
    mid = town.one("SELECT MAX(id) FROM bz_message")
    assert number(town, case) not in other.get("/inbox/").text
    for do in ("open:" + mid, "open:999999", "open:x", "open:-1", "open:", "nothing", "open:" + "9" * 30):
        page = other.post(other.get("/inbox/").form("/inbox/"), extra={"do": do})
        assert page.status == 404, (do, page.status)
    assert boss.post(boss.get("/inbox/").form("/inbox/"), extra={"do": "open:" + mid}).status == 404
    assert town.one("SELECT COUNT(*) FROM bz_message_read WHERE message_id = " + mid) == "0"
    admin = O.log_in(town, "anquan")
    assert rows(admin.get("/inbox/")) == [] and admin.get("/").find("shell").get("inbox") is None


def test_parent_is_told(town):
    """HY-5 A5.18 what a parent filed for its child is told to both"""
    parent, child, boss = O.clerk(town, "D003"), O.clerk(town, "S006"), O.reviewer(town)
    read_everything(parent, child)
    O.make_room(town, 3, "S006", "22")
    O.make_room(town, 3, "S006", "2", "structure")
    case = O.new_case(parent, "09", unit=str(O.unit_id(town, "S006")))
    O.add_paper(parent, case)
    O.add_person(parent, case, **O.PUBLIC)
    O.submit(parent, case)
    O.decide(boss, case, "return", "请补正")
    assert (unread(parent), unread(child)) == (1, 1)
    assert rows(parent.get("/inbox/"))[0][2] == rows(child.get("/inbox/"))[0][2] == number(town, case)


def test_taken_back(town):
    """A5.16 taking a case back tells the reviewer who had looked at it, and nobody else"""
    who, boss, second = O.clerk(town), O.reviewer(town), O.reviewer(town, "shenhe2")
    read_everything(boss, second)
    case = submitted(town, who)
    page = who.post(who.get(case).form("/move"), extra={"move": "withdraw"})
    assert page.status == 303 and unread(boss) == 0, "nobody had looked at it"
    O.submit(who, case)
    assert boss.get(case + "/review").status == 200
    assert who.post(who.get(case).form("/move"), extra={"move": "withdraw"}).status == 303
    assert (unread(boss), unread(second)) == (1, 0)
    assert "撤回" in rows(boss.get("/inbox/"))[0][1]


def test_pages(town):
    """A5.18 the inbox turns its pages by key, twenty at a time"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = submitted(town, who)
    O.decide(boss, case, "return", "请补正")
    town.sql("INSERT INTO bz_message (scope_id, business, kind, case_id, at) SELECT scope_id, business, kind, case_id, at"
             " FROM bz_message JOIN seq_1_to_45 WHERE id = (SELECT MAX(id) FROM bz_message)")
    all_ = int(town.one("SELECT COUNT(*) FROM bz_message WHERE scope_id = %d" % O.unit_id(town)))
    for address in ("/inbox/", "/inbox/?unread=1"):
        pages = O.both_ways(who.get(address), O.links(who), lambda page: [c.get("do") for c in page.xml.iter("c") if c.get("do")])
        seen = sum(pages, [])
        assert max(map(len, pages)) == 20 and len(set(seen)) == len(seen)
        assert len(seen) == all_ if address == "/inbox/" else len(seen) > 45
    assert all_ > 45
    town.sql("INSERT INTO bz_message (scope_id, business, kind, case_id, at) SELECT scope_id, business, kind, case_id, at"
             " FROM bz_message JOIN seq_1_to_80 WHERE id = (SELECT MAX(id) FROM bz_message)")
    assert who.get("/").find("shell").get("inbox") == "99+"
    for bad in ("below=x", "below=-1", "below=999999999999999999999", "unread=x"):
        assert len(rows(who.get("/inbox/?" + bad))) == 20
    read_everything(who)


def test_new_operator(town):
    """A5.18 messages from before an operator's time are not unread for them"""
    who, boss = O.clerk(town, "D031"), O.reviewer(town)
    case = submitted(town, who)
    O.decide(boss, case, "return", "请补正")
    town.sql("UPDATE bz_message SET at = '2020-01-01 00:00:00' WHERE case_id = %d" % O.case_id(case))
    read_everything(O.log_in(town, "D031", "李建国"))
    assert [r for r in rows(who.get("/inbox/")) if r[2] == number(town, case)][0][4] == "已读"


# Three working days from here end on Saturday, 10 October, which is worked.
BEFORE = "2026-09-30 10:00:00"


def reminded(town, account, case):
    """What 到期提醒 of ACCOUNT says of the case; None: nothing."""
    return next((r[3] for r in rows(O.log_in(town, account).get("/inbox/"), "due") if r[0] == number(town, case)), None)


def test_runs_out(town):
    """A5.18 A5.1 到期提醒: a term that ends by the next working day, a returned case and a draft that lie about"""
    with town.otherwise(now=BEFORE):
        who = O.clerk(town)
        case, draft = submitted(town, who), O.new_case(who)
        assert reminded(town, "shenhe1", case) is None
        town.app("2026-10-08 10:00:00")          # Thursday: Friday is the next working day
        assert reminded(town, "shenhe1", case) is None
        town.app("2026-10-09 10:00:00")
        assert reminded(town, "shenhe1", case) == "余 1 个工作日"
        assert reminded(town, "D031", case) is None, "it does not wait for the unit"
        O.decide(O.reviewer(town), case, "return", "请补正")
        for now, lies in (("2026-10-13 10:00:00", (False, False)), ("2026-10-15 10:00:00", (True, False)), ("2026-10-22 10:00:00", (True, True))):
            town.app(now)
            told = reminded(town, "D031", case), reminded(town, "D031", draft)
            assert tuple("没有办理" in (t or "") for t in told) == lies, (now, told)


def test_runs_out_at_a_desk(town):
    """A5.18 A5.12 到期提醒 reaches the desk that serves the unit, not another; once the term is over the leader too"""
    with town.otherwise(now=BEFORE):
        who = O.clerk(town)
        handed, other = submitted(town, who), submitted(town, who)
        O.decide(O.reviewer(town), handed, "forward", "请业务科把关")
        told = lambda case: [reminded(town, n, case) is not None for n in ("xingbian", "shibian", "fenguan", "shenhe1")]
        town.app("2026-10-09 10:00:00")
        assert told(handed) == [True, False, False, False]
        town.app("2026-10-10 20:00:00")
        assert told(other) == [False, False, False, True], "the term is not over"
        town.app("2026-10-11 08:00:00")
        assert told(other) == [False, False, True, True]
        O.decide(O.log_in(town, "xingbian"), handed, "return", "请补正")
        O.decide(O.reviewer(town), other, "return", "请补正")


def test_drawn(town):
    """A5.18 the drawn inbox is a form of buttons; looking at it writes nothing"""
    who, boss = O.clerk(town), O.reviewer(town)
    O.decide(boss, submitted(town, who), "return", "请补正")
    before = town.one("SELECT COUNT(*) FROM bz_message_read")
    html = who.get("/inbox/", html=True).text
    assert re.search(r'<form[^>]*action="/bianzhi/inbox/"', html) and 'value="all"' in html and "打开<span" in html
    assert town.one("SELECT COUNT(*) FROM bz_message_read") == before
