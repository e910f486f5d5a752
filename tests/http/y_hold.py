# A paper that was sent after the session had ended, or while the database was
# away: kept for its operator where that can be, named where it cannot.
# SPDX-License-Identifier: MulanPSL-2.0
import base64
import hashlib
import time

import office as O
import town as T


def sent_late(town, who, data, cookie="old", name="审批表扫描.pdf"):
    """A paper sent with a session that ended by its limit (old), or with a cookie that nobody knows (strange)."""
    case = O.new_case(who)
    form = who.get(case).form(case + "/paper")
    if cookie == "old":
        town.sql("UPDATE bz_session SET seen_at = seen_at - INTERVAL 2 HOUR")
    else:
        who.cookies = {k: base64.urlsafe_b64encode(bytes(32)).decode().rstrip("=") for k in who.cookies}
    page = who.post(form, files={"paper.approval": (name, data)}, extra={"do": "add"})
    assert page.status == 401, "%d %s" % (page.status, page.text[:1200])
    return case, page


def log_in_again(who, page, operator="王敏"):
    row = O.demo("D031", operator)
    return who.post(page.form("/login").set(account=row["account"], operator=row["operator"], password=row["password"]))


def known(town, data):
    return town.one("SELECT COUNT(*) FROM bz_blob WHERE sha256 = X'%s'" % hashlib.sha256(data).hexdigest()) == "1"


def holds(town, data):
    return int(town.one("SELECT COUNT(*) FROM bz_hold WHERE sha256 = X'%s'" % hashlib.sha256(data).hexdigest()))


def test_kept(town):
    """a paper sent after the session ended is kept and is there after the new log-in, without choosing it again"""
    who, data = O.clerk(town), T.pdf("kept", 700000)
    case, page = sent_late(town, who, data)
    page.says("保留 24 小时", "审批表扫描.pdf")
    assert known(town, data) and holds(town, data) == 1
    assert town.one("SELECT COUNT(*) FROM bz_paper WHERE case_id = %d" % O.case_id(case)) == "0"
    page = log_in_again(who, page)
    page.says("已经收到", "审批表扫描.pdf")
    assert "重新选择" not in page.text
    page = who.post(page.form("/paper"))
    assert page.status == 303, page.text[:1500]
    link = who.get(case).find(".//x/file")
    assert link.get("name") == "审批表扫描.pdf"
    got = who.get(link.get("href"))
    assert got.body == data and got.headers["content-disposition"].startswith("attachment") and "sandbox" in got.headers["content-security-policy"]
    assert holds(town, data) == 0


def test_kept_once(town):
    """the reference serves once, by its operator alone, and not when it is changed"""
    who, data = O.clerk(town), T.pdf("once")
    case, page = sent_late(town, who, data)
    reference = page.form("/login").fields["keep.held.paper.approval"]
    other = O.log_in(town, "D031", "李建国")
    form = other.get(case).form(case + "/paper")
    form.fields["held.paper.approval"] = reference
    assert other.post(form, extra={"do": "add"}).status == 403, "another operator took it"
    page = log_in_again(who, page)
    for bad in (reference[:-4] + "AAAA", "AAAA" + reference[4:], "x", "A" * len(reference)):
        form = who.get(case).form(case + "/paper")
        form.fields["held.paper.approval"] = bad
        assert who.post(form, extra={"do": "add"}).status == 403, bad
    assert who.post(page.form("/paper")).status == 303
    form = who.get(case).form(case + "/paper")
    form.fields["held.paper.approval"] = reference
    page = who.post(form, extra={"do": "add"})
    assert page.status == 422 and "重新选择" in page.errors().get("paper.approval", ""), page.errors()
    assert town.one("SELECT COUNT(*) FROM bz_paper WHERE case_id = %d" % O.case_id(case)) == "1"


def test_not_known(town):
    """a paper with a cookie that nobody knows is not kept, and the page says which file to choose again"""
    who, data = O.clerk(town), T.pdf("strange")
    case, page = sent_late(town, who, data, "strange")
    page.says("须重新选择", "审批表扫描.pdf")
    assert not known(town, data)
    page = log_in_again(who, page)
    page.says("重新选择", "审批表扫描.pdf")
    assert "held" not in page.text.replace("keep_held", "")
    page = who.post(page.form("/paper"))
    assert page.status == 422
    page.says("没有选择文件")


def test_other_operator(town):
    """a kept paper is not shown to another operator who logs in"""
    who, data = O.clerk(town), T.pdf("other operator")
    _, page = sent_late(town, who, data)
    page = log_in_again(who, page, "李建国")
    assert "审批表扫描" not in page.text and "held" not in page.text, page.text[:1500]


def test_not_forged(town):
    """without a form of the same operator nothing is kept: forged and foreign keys"""
    other = O.reviewer(town)
    for key in ("", "A" * 75, other.get("/password").form("/password").key):
        who, data = O.clerk(town), T.pdf("forged" + key[:8])
        case = O.new_case(who)
        form = who.get(case).form(case + "/paper")
        town.sql("UPDATE bz_session SET seen_at = seen_at - INTERVAL 2 HOUR")
        form.key = key
        page = who.post(form, files={"paper.approval": ("a.pdf", data)}, extra={"do": "add"})
        assert page.status == 401 and not known(town, data), key


def test_not_a_paper(town):
    """what is no PDF, JPG or PNG is not kept either"""
    who, data = O.clerk(town), b"MZ" + bytes(500)
    _, page = sent_late(town, who, data, name="a.exe")
    page.says("须重新选择", "a.exe")
    assert not known(town, data)


def late_person(town, who, case, files):
    """A person's form with FILES, sent after the session ended; the page of 401."""
    form = O.item_form(who, case)
    form.fields.update(O.PERSON)
    town.sql("UPDATE bz_session SET seen_at = seen_at - INTERVAL 2 HOUR")
    page = who.post(form, files=files, extra={"do": "save"})
    assert page.status == 401, "%d %s" % (page.status, page.text[:1200])
    return page


def test_photo_kept(town):
    """HY-46 a photo sent after the session ended is kept like any paper, and becomes the person's photo, made small"""
    who = O.clerk(town)
    case = O.new_case(who)
    files = dict(O.scans(O.item_form(who, case)), **{"paper.photo": ("证件照.png", T.png(1200, 1100))})
    page = late_person(town, who, case, files)
    page.says("已经收到", "证件照.png")
    page = log_in_again(who, page)
    page = who.post(page.form("/item/"))
    assert page.status == 303, page.text[:1500]
    item = town.one("SELECT MAX(id) FROM bz_item WHERE case_id = %d" % O.case_id(case))
    photo = next(who.get("%s/item/%s" % (case, item)).xml.iter("photo"))
    got = who.get(photo.get("src"))
    assert got.headers["content-type"] == "image/jpeg" and got.body[:2] == b"\xff\xd8" and len(got.body) < 200000
    kinds = town.sql("SELECT kind, COUNT(*) FROM bz_paper WHERE item_id = %s GROUP BY kind" % item)
    assert sorted(kinds) == sorted([f[len("paper."):], "1"] for f in files), kinds
    assert holds(town, files["paper.photo"][1]) == 0


def test_no_photo_kept(town):
    """HY-46 a kept photo that is none is refused at its field, as one that comes at once"""
    who = O.clerk(town)
    case = O.new_case(who)
    page = late_person(town, who, case, {"paper.photo": ("证件照.pdf", T.pdf("no photo"))})
    page = log_in_again(who, page)
    page = who.post(page.form("/item/"))
    assert page.status == 422 and "JPG" in page.errors().get("paper.photo", ""), page.errors()
    assert town.one("SELECT COUNT(*) FROM bz_item WHERE case_id = %d" % O.case_id(case)) == "0"


def test_several_kept(town):
    """several files of one paper are all kept; together with those that are there they may not be too many"""
    who = O.clerk(town)
    case = O.new_case(who)
    form = who.get(case).form(case + "/paper")
    town.sql("UPDATE bz_session SET seen_at = seen_at - INTERVAL 2 HOUR")
    several = [("paper.approval", ("第%d页.pdf" % n, T.pdf("page %d" % n))) for n in (1, 2)]
    page = log_in_again(who, who.post(form, files=several, extra={"do": "add"}))
    assert who.post(page.form("/paper")).status == 303
    there = "SELECT COUNT(*) FROM bz_paper WHERE case_id = %d AND kind = 'approval'" % O.case_id(case)
    assert town.one(there) == "2"
    form = who.get(case).form(case + "/paper")
    town.sql("UPDATE bz_session SET seen_at = seen_at - INTERVAL 2 HOUR")
    page = log_in_again(who, who.post(form, files={"paper.approval": ("多一页.pdf", T.pdf("one more"))}, extra={"do": "add"}))
    form = page.form("/paper")
    town.sql("INSERT INTO bz_paper (case_id, item_id, kind, sha256, file_name, created_by, created_at) SELECT p.case_id, 0, p.kind, p.sha256,"
             " p.file_name, p.created_by, p.created_at FROM bz_paper p JOIN seq_1_to_9 WHERE p.case_id = %d AND p.kind = 'approval'" % O.case_id(case))
    assert town.one(there) == "20"
    page = who.post(form)
    assert page.status == 422 and "最多" in page.errors().get("paper.approval", ""), page.errors()


def test_return_shuts_kept(town):
    """A5.12 a kept file does not pass by what a return left shut"""
    who, boss = O.clerk(town), O.reviewer(town)
    O.make_room(town, 3)
    case = O.filled_case(who)
    form = who.get(case).form(case + "/paper")
    town.sql("UPDATE bz_session SET seen_at = seen_at - INTERVAL 2 HOUR")
    page = log_in_again(who, who.post(form, files={"paper.approval": ("另一份.pdf", T.pdf("behind the gate"))}, extra={"do": "add"}))
    form = page.form("/paper")
    O.submit(who, case)
    boss = O.reviewer(town)
    O.decide(boss, case, "return", "请写明文号", **{"remark.0.reason": "请写明文号"})
    page = who.post(form)
    assert page.status == 409, page.status
    page.says("只能修改有退回意见的项目")
    assert town.one("SELECT COUNT(*) FROM bz_paper WHERE case_id = %d AND file_name = '另一份.pdf'" % O.case_id(case)) == "0"


def test_sweep(town):
    """the sweeper removes holds that are over and files that nobody has had for 24 hours, and nothing else"""
    who = O.clerk(town)
    over, young, used = T.pdf("over"), T.pdf("young"), T.pdf("used", 600000)
    sent_late(town, who, over)
    who = O.clerk(town)
    _, page = sent_late(town, who, young)
    who = O.clerk(town)
    case = O.new_case(who)
    O.add_paper(who, case, data=used)
    town.tool("jobs", "run", "papers.sweep")
    assert known(town, over) and known(town, young) and known(town, used)
    town.sql("UPDATE bz_blob SET created_at = created_at - INTERVAL 25 HOUR; UPDATE bz_hold SET until = until - INTERVAL 25 HOUR"
             " WHERE sha256 = X'%s'" % hashlib.sha256(over).hexdigest())
    out = town.tool("jobs", "run", "papers.sweep").stdout
    assert not known(town, over) and holds(town, over) == 0, out
    assert known(town, young) and holds(town, young) == 1 and known(town, used), out
    assert town.one("SELECT COUNT(*) FROM bz_blob_chunk k LEFT JOIN bz_blob b ON b.sha256 = k.sha256 WHERE b.sha256 IS NULL") == "0"
    assert who.get(who.get(case).find(".//x/file").get("href")).body == used
    assert "papers.sweep" in town.tool("jobs", "list").stdout
    town.sql("UPDATE bz_blob SET created_at = NOW()")


def test_hold_over(town):
    """a reference whose 24 hours are over says so at the field"""
    who, data = O.clerk(town), T.pdf("too late")
    case, page = sent_late(town, who, data)
    page = log_in_again(who, page)
    town.sql("UPDATE bz_hold SET until = until - INTERVAL 25 HOUR")
    page = who.post(page.form("/paper"))
    assert page.status == 422 and "24 小时" in page.errors().get("paper.approval", ""), page.errors()


def test_database_away(town):
    """a paper sent while the database is away: the page names the file that has to be chosen again"""
    who = O.clerk(town)
    case = O.new_case(who)
    form = who.get(case).form(case + "/paper")
    town.sh('city_end "$d" database TERM')
    try:
        page = who.post(form, files={"paper.approval": ("审批表扫描.pdf", T.pdf("away"))}, extra={"do": "add"})
        assert page.status == 503, page.status
        page.says("审批表扫描.pdf", "重新选择")
    finally:
        town.sh('city_database "$d"')
    end = time.monotonic() + 60
    while who.get(case).status != 200 and time.monotonic() < end:
        time.sleep(0.3)
    assert not known(town, T.pdf("away"))
    O.add_paper(who, case)
