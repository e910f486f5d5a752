# Papers of persons and photos: asked for by data, checked, made small (HY-13,
# HY-46).  SPDX-License-Identifier: MulanPSL-2.0
import hashlib
import struct

import office as O
import town as T


def open_form(town, mode="01"):
    who = O.clerk(town)
    case = O.new_case(who, mode)
    form = O.item_form(who, case)
    form.fields.update(O.PERSON)
    return who, case, form


def tried(town, name, data):
    """保存 with this file as the photo: the mark on it, and that nothing was stored."""
    who, case, form = open_form(town)
    page = who.post(form, files={"paper.photo": (name, data)}, extra={"do": "save"})
    assert page.status == 422, "%d %s" % (page.status, page.text[:1000])
    assert town.one("SELECT COUNT(*) FROM bz_item WHERE case_id = %d" % O.case_id(case)) == "0"
    assert page.form("/item/new").fields["native_place"] == O.PERSON["native_place"], "what was typed is lost"
    return page.errors()["paper.photo"]


def stored_photo(town, data=None, name="照片.png"):
    """The bytes of the photo of a person who was saved with DATA."""
    who, case, form = open_form(town)
    files = dict(O.scans(form), **{"paper.photo": (name, data or T.photo())})
    page = who.post(form, files=files, extra={"do": "save"})
    assert page.status == 303, "%d %s" % (page.status, page.text[:2000])
    item = town.one("SELECT MAX(id) FROM bz_item WHERE case_id = %d" % O.case_id(case))
    photo = [p for p in who.get("%s/item/%s" % (case, item)).xml.iter("photo")][0]
    got = who.get(photo.get("src"))
    assert got.status == 200 and got.headers["content-type"] == "image/jpeg", got.headers
    return got.body


def segments(jpeg):
    """(mark, bytes) of a JPEG up to its first scan."""
    at, all_of = 2, []
    while jpeg[at + 1] != 0xDA:
        size = struct.unpack(">H", jpeg[at + 2:at + 4])[0]
        all_of.append((jpeg[at + 1], jpeg[at + 4:at + 2 + size]))
        at += 2 + size
    return all_of


def frame(jpeg):
    return [struct.unpack(">HH", s[1:5])[::-1] for m, s in segments(jpeg) if m in (0xC0, 0xC1, 0xC2)][0]


def test_photo_made_small(town):
    """HY-46 a photo is kept as a JPEG of 358x441 without metadata, whatever was handed in"""
    jpeg = stored_photo(town, T.png(1200, 1100))
    assert frame(jpeg) == (358, 441), frame(jpeg)
    told = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0 GPS 28.2N"
    mine = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(told) + 2) + told + jpeg[2:]
    again = stored_photo(town, mine, "IMG_0001.JPG")
    assert b"GPS" not in again and not [m for m, _ in segments(again) if m in (0xE1, 0xE2, 0xED, 0xFE)], "metadata stays"
    assert frame(again) == (358, 441)


def test_photo_that_is_none(town):
    """HY-46 a photo that is none is refused by a sentence: text, PDF, cut off, tiny, a strip"""
    assert "不是" in tried(town, "照片.jpg", "这不是照片".encode() * 200)
    assert "JPG 或 PNG" in tried(town, "照片.jpg", T.pdf())
    jpeg = stored_photo(town)
    assert "不完整" in tried(town, "照片.jpg", jpeg[:len(jpeg) // 2])
    assert "已损坏" in tried(town, "照片.jpg", jpeg[:20] + b"\xff\xd9")
    assert "太小" in tried(town, "照片.png", T.png(100, 120))
    assert "过宽或过高" in tried(town, "照片.png", T.png(2000, 400))


def test_bomb(town):
    """HY-13 a picture that says it has more pixels than the limit is refused before anything opens it"""
    assert "40000×40000" in tried(town, "照片.png", T.png(40000, 40000, rows=2))
    who = O.clerk(town)
    case = O.new_case(who)
    page = O.add_paper(who, case, "approval", "扫描.png", T.png(40000, 40000, rows=2), status=422)
    assert "5000 万像素" in page.errors()["paper.approval"], page.errors()
    assert town.one("SELECT COUNT(*) FROM bz_paper WHERE case_id = %d" % O.case_id(case)) == "0"


def test_photo_without_its_picture(town):
    """HY-46 a PNG whose picture is missing is refused"""
    assert "无法打开" in tried(town, "照片.png", T.png(400, 500, rows=3))


def test_one_photo(town):
    """HY-46 another photo takes the place of the first"""
    who, case, form = open_form(town)
    assert who.post(form, files=O.scans(form), extra={"do": "save"}).status == 303
    item = town.one("SELECT MAX(id) FROM bz_item WHERE case_id = %d" % O.case_id(case))

    def sent(files, do):
        form = who.get("%s/item/%s" % (case, item)).form("/item/")
        page = who.post(form, files=[("paper.photo", f) for f in files], extra={"do": do})
        assert page.status == 303, "%d %s" % (page.status, page.text[:1500])
        (photo, sha256), = town.sql("SELECT id, HEX(sha256) FROM bz_paper WHERE item_id = %s AND kind = 'photo'" % item)
        return photo, sha256
    one, other = ("一.png", T.png(500, 600)), ("二.png", T.png(600, 700))
    first, second = sent([one], "save")[1], sent([other], "save")[1]
    assert first != second
    photo, last = sent([other, one], "save")
    assert last == first, "of two at once the last one stays"
    assert sent([other], "rm:" + photo)[1] == second, "移除, and another one in its place at once"


def test_named_when_missing(town):
    """HY-13 papers of a person that are missing are named with the person before 上报, and 上报 does not pass"""
    who, case, form = open_form(town)
    O.add_paper(who, case)
    assert who.post(form, extra={"do": "save"}).status == 303
    page = who.get(case + "/confirm")
    told = ["".join(e.itertext()) for e in page.all("errors/e")]
    for paper in ("身份证正反面", "学历学位证书", "照片"):
        assert [t for t in told if form.fields["name"] in t and "请上传" + paper in t], (paper, told)
    assert who.post(who.get(case).form(case), extra={"do": "save"}).status == 303
    assert O.state(town, case) == "draft"


def test_head_asks_by_table(town):
    """HY-13 the head asks for what the table says, and 上报 names what is missing"""
    who = O.clerk(town)
    case = O.new_case(who)
    page = who.get(case)
    assert {x.get("id"): x.get("req") for x in page.xml.iter("x")} == {"approval": "1", "procedure": "1"}
    O.add_paper(who, case, "approval")
    told = ["".join(e.itertext()) for e in who.get(case + "/confirm").all("errors/e")]
    assert [t for t in told if "组织、人社部门补充人员手续" in t] and not [t for t in told if "编制审批表" in t], told


def test_several(town):
    """HY-13 several files may be one paper; one is removed and what is typed stays"""
    who, case, form = open_form(town)
    files = [("paper.idcard", ("正面.pdf", T.pdf("a"))), ("paper.idcard", ("反面.pdf", T.pdf("b")))]
    page = who.post(form, files=files, extra={"do": "keep"})
    assert page.status == 303, page.text[:1500]
    item = page.headers["location"].split("?")[0]
    page = who.get(item)
    there = [f for x in page.xml.iter("x") if x.get("id") == "idcard" for f in x.findall("file")]
    assert [f.get("name") for f in there] == ["正面.pdf", "反面.pdf"], [f.attrib for f in there]
    form = page.form("/item/").set(native_place="湖南衡阳")
    assert who.post(form, extra={"do": "rm:" + there[0].get("id")}).status == 303
    page = who.get(item)
    assert [f.get("name") for f in page.xml.iter("file")] == ["反面.pdf"]
    assert page.form("/item/").fields["native_place"] == "湖南衡阳"


def test_too_many_of_one(town):
    """HY-13 more than 20 files of one paper are refused by a sentence"""
    who, case, form = open_form(town)
    page = who.post(form, files=[("paper.idcard", ("%d.pdf" % i, T.pdf(str(i)))) for i in range(21)], extra={"do": "save"})
    assert page.status == 422 and "20 个文件" in page.errors()["paper.idcard"], page.errors()


def test_200_files(town):
    """HY-13 200 files at once: a sentence says how many may come, and nothing is stored"""
    who, case, form = open_form(town)
    page = who.post(form, files=[("paper.idcard", ("%d.pdf" % i, T.pdf(str(i)))) for i in range(200)], extra={"do": "save"})
    assert page.status == 431, page.status
    page.says("一次最多上传 60 个文件", "未作任何保存")
    assert town.one("SELECT COUNT(*) FROM bz_item WHERE case_id = %d" % O.case_id(case)) == "0"


def test_kept_with_a_refused_form(town):
    """files that come with a form that is not complete are kept with it as a draft"""
    who, case, form = open_form(town)
    page = who.post(form, files=O.scans(form), extra={"do": "save"}, native_place="")
    assert page.status == 303 and "/item/" in page.headers["location"], page.headers
    page = who.get(page.headers["location"])
    assert page.errors().get("native_place") and not [f for f in page.errors() if f.startswith("paper.")], page.errors()


def test_not_of_this_form(town):
    """a file for a paper that the form does not know is refused"""
    who, case, form = open_form(town)
    assert who.post(form, files={"paper.approval": ("a.pdf", T.pdf())}, extra={"do": "save"}).status == 409


def kinds(town, case):
    return {r[0] for r in town.sql("SELECT kind FROM bz_paper WHERE case_id = %d" % O.case_id(case))}


def sent_again(who, page):
    """The form of PAGE, sent again as a browser does: no file is chosen."""
    form = page.form("/item/")
    return form, lambda do, **more: who.post(form.set(**more), extra={"do": do})


def test_files_stay_beside_a_bad_one(town):
    """HY-13 HY-46 a photo that is refused does not take the other files with it"""
    who, case, form = open_form(town)
    files = dict(O.scans(form), **{"paper.photo": ("照片.png", T.png(40, 50))})
    page = who.post(form, files=files, extra={"do": "save"})
    assert page.status == 422 and list(page.errors()) == ["paper.photo"], page.errors()
    page.says("已选择的附件已经收到")
    form, _ = sent_again(who, page)
    assert "held.paper.photo" not in form.fields, "what is refused is not sent again"
    page = who.post(form, files={"paper.photo": ("照片.png", T.photo())}, extra={"do": "save"})
    assert page.status == 303 and "done=item" in page.headers["location"], page.headers.get("location") or page.errors()
    assert kinds(town, case) == {k[6:] for k in files}


def test_files_stay_with_a_bad_field(town):
    """HY-13 files that were chosen are not lost with a date that is none"""
    who, case, form = open_form(town)
    files, before = O.scans(form), town.one("SELECT COUNT(*) FROM bz_hold")
    form.fields["graduation_date"] = "2020-13-45"
    page = who.post(form, files=files, extra={"do": "save"})
    assert page.status == 303 and "done=partly" in page.headers["location"], page.text[:800]
    page = who.get(page.headers["location"])
    assert "graduation_date" in page.errors(), page.errors()
    _, again = sent_again(who, page)
    page = again("save", graduation_date="2020-06-01")
    assert page.status == 303 and "done=item" in page.headers["location"], page.headers.get("location") or page.errors()
    assert kinds(town, case) == {k[6:] for k in files}
    assert town.one("SELECT COUNT(*) FROM bz_hold") == before


def test_files_stay_with_verification(town):
    """HY-13 HY-15 验证 with files already chosen keeps them, and is on record"""
    who, case, form = open_form(town)
    files, before = O.scans(form), town.one("SELECT COUNT(*) FROM bz_audit WHERE action = 'person.verify'")
    page = who.post(form, files=files, extra={"do": "verify"})
    assert page.status == 200, page.text[:800]
    page.says("新进人员", "已选择的附件已经收到")
    assert int(town.one("SELECT COUNT(*) FROM bz_audit WHERE action = 'person.verify'")) == int(before) + 1
    _, again = sent_again(who, page)
    page = again("save")
    assert page.status == 303 and "done=item" in page.headers["location"], page.headers.get("location") or page.errors()
    assert kinds(town, case) == {k[6:] for k in files}


def test_draft_keeps_what_is_wrong(town):
    """暂存 keeps a month for a day, a day that is none and half a number, and says what has to be put right"""
    who, case, form = open_form(town)
    form.fields.update({"work_start": "2020-07", "graduation_date": "2020-13", "birth_date": "1998-02-30"})
    page = who.post(form, extra={"do": "keep"})
    assert page.status == 303, page.errors()
    page = who.get(page.headers["location"])
    assert set(page.errors()) == {"work_start", "graduation_date", "birth_date"}, page.errors()
    kept = page.form("/item/").fields
    assert [kept[k] for k in ("work_start", "graduation_date", "birth_date")] == ["2020-07", "2020-13", "1998-02-30"], kept
    assert who.post(page.form("/item/"), extra={"do": "save"}).status == 422, "保存 keeps to the rules"


def test_draft_without_the_bad_file(town):
    """HY-46 暂存 with a photo that is refused keeps all the rest and names the photo"""
    who, case, form = open_form(town)
    files = dict(O.scans(form), **{"paper.photo": ("照片.png", T.png(40, 50))})
    page = who.post(form, files=files, extra={"do": "keep"})
    assert page.status == 303, page.errors()
    page = who.get(page.headers["location"])
    told = page.errors()["paper.photo"]
    assert "照片.png" in told and "太小" in told and "请上传原照片" in told, told
    assert page.form("/item/").fields["native_place"] == O.PERSON["native_place"]
    assert kinds(town, case) == {k[6:] for k in files} - {"photo"}


def head_form(who):
    case = O.new_case(who)
    return case, who.get(case).form(case + "/paper")


def names_of(town, case):
    return sorted(r[0] for r in town.sql("SELECT file_name FROM bz_paper WHERE case_id = %d" % O.case_id(case)))


GOOD = [("paper.approval", ("第%d页.pdf" % n, T.pdf("good page %d" % n))) for n in (1, 2, 3)]
BAD = ("paper.approval", ("王五审批表.pdf", T.pdf("cut off")[:60]))


def test_head_keeps_good_beside_bad(town):
    """HY-13 of several files of one head paper the bad one is named with its reason, and the others need not be chosen again"""
    who = O.clerk(town)
    case, form = head_form(who)
    page = who.post(form, files=GOOD[:2] + [BAD] + GOOD[2:], extra={"do": "add"})
    told = page.errors()
    assert page.status == 422 and list(told) == ["paper.approval"], told
    assert "王五审批表.pdf" in told["paper.approval"] and "不完整" in told["paper.approval"] and "请重新扫描" in told["paper.approval"], told
    page.says("第1页.pdf、第2页.pdf、第3页.pdf")
    assert names_of(town, case) == []
    form = page.form(case + "/paper")
    assert who.post(form, extra={"do": "add"}).status == 303
    assert names_of(town, case) == ["第1页.pdf", "第2页.pdf", "第3页.pdf"]
    assert town.one("SELECT COUNT(*) FROM bz_hold WHERE file_name LIKE '第_页.pdf'") == "0"


def test_head_keeps_over_several_turns(town):
    """files that are kept stay over several refusals, and come with a new one"""
    who = O.clerk(town)
    case, form = head_form(who)
    page = who.post(form, files=[GOOD[0], BAD], extra={"do": "add"})
    page = who.post(page.form(case + "/paper"), files=[GOOD[1], BAD], extra={"do": "add"})
    assert page.status == 422
    page.says("第1页.pdf、第2页.pdf")
    assert who.post(page.form(case + "/paper"), files=[GOOD[2]], extra={"do": "add"}).status == 303
    assert names_of(town, case) == ["第1页.pdf", "第2页.pdf", "第3页.pdf"]


def test_head_removes_and_keeps(town):
    """HY-13 a paper is taken away while others are chosen, or said to be received: these are stored too, and the page says so"""
    who = O.clerk(town)
    case, form = head_form(who)
    assert who.post(form, files=[GOOD[0]], extra={"do": "add"}).status == 303
    there = lambda name: town.one("SELECT id FROM bz_paper WHERE case_id = %d AND file_name = '%s'" % (O.case_id(case), name))
    page = who.post(who.get(case).form(case + "/paper"), files=[GOOD[1], BAD], extra={"do": "add"})
    page.says("第2页.pdf")
    page = who.post(page.form(case + "/paper"), files=[GOOD[2]], extra={"do": "rm:" + there("第1页.pdf")})
    assert page.status == 303 and names_of(town, case) == ["第2页.pdf", "第3页.pdf"], names_of(town, case)
    who.get(page.headers["location"]).says("附件已移除，同时选择的附件已上传")
    page = who.post(who.get(case).form(case + "/paper"), files=[BAD], extra={"do": "rm:" + there("第2页.pdf")})
    assert page.status == 422 and list(page.errors()) == ["paper.approval"] and "第2页.pdf" in names_of(town, case), "half done"
    page = who.post(who.get(case).form(case + "/paper"), extra={"do": "rm:" + there("第2页.pdf")})
    assert page.status == 303 and names_of(town, case) == ["第3页.pdf"]
    who.get(page.headers["location"]).says("附件已移除")


def test_draft_stopped_beside_bad(town):
    """HY-13 暂存 that stops for a field says what is wrong with a file as well"""
    who, case, form = open_form(town)
    form.fields["name"] = "长" * 300
    page = who.post(form, files={"paper.photo": ("照片.png", T.png(40, 50))}, extra={"do": "keep"})
    told = page.errors()
    assert page.status == 422 and {"name", "paper.photo"} <= set(told) and "照片.png" in told["paper.photo"], told


def test_item_keeps_good_beside_bad(town):
    """HY-13 the same with a person's papers: 保存 keeps the good files of the paper that has a bad one"""
    who, case, form = open_form(town)
    files = list(O.scans(form).items()) + [("paper.idcard", ("背面.pdf", T.pdf("back"))), ("paper.idcard", ("张三身份证.pdf", b"MZ" + bytes(200)))]
    page = who.post(form, files=files, extra={"do": "save"})
    told = page.errors()
    assert page.status == 422 and list(told) == ["paper.idcard"] and "张三身份证.pdf" in told["paper.idcard"], told
    page.says("背面.pdf")
    page = who.post(page.form("/item/new"), extra={"do": "save"})
    assert page.status == 303 and "done=item" in page.headers["location"], page.errors()
    assert kinds(town, case) == {k[6:] for k in O.scans(form)}
    assert "背面.pdf" in names_of(town, case) and "张三身份证.pdf" not in names_of(town, case)


def test_kept_for_this_form_alone(town):
    """a file kept beside a bad one serves its operator and its form, not another case of the same operator"""
    who = O.clerk(town)
    case, form = head_form(who)
    page = who.post(form, files=[GOOD[0], BAD], extra={"do": "add"})
    reference = page.form(case + "/paper").fields["held.paper.approval"]
    other, form = head_form(who)
    form.fields["held.paper.approval"] = reference
    assert who.post(form, extra={"do": "add"}).status == 403
    assert names_of(town, other) == []
    colleague = O.log_in(town, "D031", "李建国")
    form = colleague.get(case).form(case + "/paper")
    form.fields["held.paper.approval"] = reference
    assert colleague.post(form, extra={"do": "add"}).status == 403
    assert names_of(town, case) == []


def test_kept_named_often(town):
    """a kept file that a form names a hundred times is one file; its bytes are read once"""
    who = O.clerk(town)
    case, form = head_form(who)
    page = who.post(form, files=[("paper.approval", ("大件.pdf", T.pdf("large", 5 << 20))), BAD], extra={"do": "add"})
    form = page.form(case + "/paper")
    reference = form.fields.pop("held.paper.approval")
    read = "SHOW GLOBAL STATUS LIKE 'Bytes_sent'"
    before = int(town.sql(read)[0][1])
    again = who.post(form, extra={"do": "add", "held.paper.approval": [reference] * 100})
    sent = int(town.sql(read)[0][1]) - before
    assert again.status == 303 and names_of(town, case) == ["大件.pdf"], (again.status, names_of(town, case))
    assert sent < 12 << 20, "the database sent %d bytes" % sent


def test_kept_is_swept(town):
    """a file kept beside a bad one, and what a 暂存 had to say, go after 24 hours with the sweeper"""
    who = O.clerk(town)
    case, form = head_form(who)
    data = T.pdf("kept beside a bad one, swept")
    page = who.post(form, files=[("paper.approval", ("可弃.pdf", data)), BAD], extra={"do": "add"})
    item = O.item_form(who, case)
    item.fields.update(O.PERSON)
    draft = who.post(item, files={"paper.photo": ("照片.png", T.png(40, 50))}, extra={"do": "keep"}).headers["location"]
    assert "照片.png" in who.get(draft).errors()["paper.photo"]
    town.sql("UPDATE bz_blob SET created_at = created_at - INTERVAL 25 HOUR; UPDATE bz_hold SET until = until - INTERVAL 25 HOUR")
    town.tool("jobs", "run", "papers.sweep")
    assert town.one("SELECT COUNT(*) FROM bz_hold") == "0" and town.one("SELECT COUNT(*) FROM bz_blob WHERE type = 'text/plain'") == "0"
    assert town.one("SELECT COUNT(*) FROM bz_blob WHERE sha256 = X'%s'" % hashlib.sha256(data).hexdigest()) == "0"
    again = who.post(page.form(case + "/paper"), extra={"do": "add"})
    assert again.status == 422 and "24 小时" in again.errors()["paper.approval"], again.errors()
    assert "held.paper.approval" not in again.form(case + "/paper").fields
    assert who.get(draft).errors() == {}, "a note that is over is not said"
    town.sql("UPDATE bz_blob SET created_at = NOW()")


def test_draft_says_why(town):
    """HY-13 暂存 with bad files keeps the good ones and says on the next page which file is not and why; its address names none"""
    who, case, form = open_form(town)
    bad = [("paper.idcard", ("张三身份证.pdf", b"MZ" + bytes(200))), ("paper.photo", ("张三.png", T.png(2000, 400)))]
    page = who.post(form, files=list(O.scans(form).items())[:1] + bad, extra={"do": "keep"})
    assert page.status == 303, page.errors()
    where = page.headers["location"]
    assert "%" not in where and "张三" not in where
    told = who.get(where).errors()
    assert "张三身份证.pdf" in told["paper.idcard"] and "PDF、JPG 或 PNG" in told["paper.idcard"], told
    assert "张三.png" in told["paper.photo"] and "过宽或过高" in told["paper.photo"], told
    for stranger, path in ((O.log_in(town, "D031", "李建国"), where), (who, where.replace("told=", "told=A"))):
        page = stranger.get(path)
        assert page.status == 200 and not page.errors(), page.errors()
    other = O.new_case(who)
    item = O.add_person(who, other, do="keep").headers["location"].split("?")[0]
    assert not who.get(item + "?told=" + where.split("told=")[1].split("&")[0]).errors()


def test_bad_file_with_verification(town):
    """验证 with a bad file among those chosen names it, and keeps the others"""
    who, case, form = open_form(town)
    files = list(O.scans(form).items()) + [("paper.idcard", ("张三身份证.pdf", b"MZ" + bytes(200)))]
    page = who.post(form, files=files, extra={"do": "verify"})
    assert page.status == 200 and "张三身份证.pdf" in page.errors()["paper.idcard"], page.errors()
    page.says("已选择的附件已经收到")


def test_too_many_keeps_the_first(town):
    """HY-13 files above the number of one paper are named, the others kept"""
    who = O.clerk(town)
    case, form = head_form(who)
    page = who.post(form, files=[("paper.approval", ("%02d.pdf" % n, T.pdf("of many %d" % n))) for n in range(24)], extra={"do": "add"})
    told = page.errors()["paper.approval"]
    assert page.status == 422 and "“20.pdf”、“21.pdf”、“22.pdf”等 4 个文件" in told and "最多 20 个" in told, told
    assert who.post(page.form(case + "/paper"), extra={"do": "add"}).status == 303
    assert names_of(town, case) == ["%02d.pdf" % n for n in range(20)]


def test_too_many_said_once(town):
    """many files too many are one sentence"""
    who = O.clerk(town)
    case = O.new_case(who)
    form = who.get(case).form(case + "/paper")
    files = [("paper.approval", ("%d.pdf" % n, T.pdf("page %d" % n))) for n in range(40)]
    page = who.post(form, files=files, extra={"do": "add"})
    told = [e for e in page.all("errors/e") if "最多" in "".join(e.itertext())]
    assert page.status == 422 and len(told) == 1, len(told)


def test_same_file_again(town):
    """a file that is there already is not there twice"""
    who = O.clerk(town)
    case = O.new_case(who)
    for data in (T.pdf("one"), T.pdf("one"), T.pdf("two")):
        O.add_paper(who, case, kind="approval", data=data)
    assert town.one("SELECT COUNT(*) FROM bz_paper WHERE case_id = %d" % O.case_id(case)) == "2"


def test_pdf_without_table(town):
    """a PDF that no viewer opens is refused"""
    who = O.clerk(town)
    page = O.add_paper(who, O.new_case(who), kind="approval", data=b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<<>>\n%%EOF\n", status=422)
    assert "不完整" in page.errors()["paper.approval"], page.errors()


def test_many_files_in_review(town):
    """a paper of many files has its title once beside a review, then their names; each opens"""
    who, boss = O.clerk(town), O.reviewer(town)
    O.make_room(town, 3)
    case = O.filled_case(who)
    O.submit(who, case)
    town.sql("INSERT INTO bz_paper (case_id, item_id, kind, sha256, file_name, created_by, created_at) SELECT p.case_id, p.item_id, p.kind, p.sha256,"
             " CONCAT('第', seq, '页.pdf'), p.created_by, p.created_at FROM bz_paper p JOIN seq_1_to_150 WHERE p.case_id = %d AND p.kind = 'approval'" % O.case_id(case))
    page = boss.get(case + "/review", html=True).text
    files = page[page.index('id="papers-h"'):]
    files = files[:files.index("</section>")]
    assert files.count("《编制审批表》") == 1 and files.count("页.pdf") == 150 and files.count("<li>") >= 151, files[:1500]
    scans = boss.get(case + "/review?paper=" + town.one("SELECT MAX(id) FROM bz_paper WHERE case_id = %d" % O.case_id(case)), html=True).text
    scans = scans[scans.index('class="scans"'):]
    assert scans[:scans.index("</ul>")].count("《编制审批表》") == 1
