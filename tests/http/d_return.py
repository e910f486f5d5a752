# What a return opens of a person's papers, and what the second look shows of
# papers and of persons who are gone.  SPDX-License-Identifier: MulanPSL-2.0
import re

import d_chains as C
import office as O
import town as T


def sent_back(town, persons=1, **remarks):
    """(clerk, reviewer, case, ids of its persons) of a case that was returned; REMARKS of its first person, __ for a dot."""
    who, boss = O.clerk(town), O.reviewer(town)
    case = C.filled(town, who, persons=persons)
    O.submit(who, case)
    items = C.items(town, case)
    form = boss.get(case + "/review").form("/move")
    form.set(opinion="请补正", **{"remark.%d.%s" % (items[0], k.replace("__", ".")): v for k, v in remarks.items()})
    page = boss.post(form, extra={"move": "return"})
    assert page.status == 303, "%d %s" % (page.status, page.text[:2000])
    return who, boss, case, items


def boxes(page):
    """name -> value of the boxes that a reviewer's page has for remarks on its persons."""
    return dict(re.findall(r'name="(remark\.[1-9][^"]*)" value="([^"]*)"', page.text))


def paper(town, item, kind):
    return town.one("SELECT GROUP_CONCAT(id) FROM bz_paper WHERE item_id = %d AND kind = '%s'" % (item, kind))


def changed(page, item=None):
    """f -> (t, old, new) of the second look at a person, None: at the head."""
    at = page if item is None else next(i for i in page.xml.iter("item") if i.get("id") == str(item))
    return {d.get("f"): (d.get("t"), d.get("old"), d.get("new")) for d in at.find("changes").findall("d")}


def test_papers_of_a_person(town):
    """A5.12 a reviewer remarks a person's paper and photo: these alone can be replaced, other papers and all fields stay shut"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = C.filled(town, who)
    O.submit(who, case)
    first = C.items(town, case)[0]
    said = {"remark.%d.paper.idcard" % first: "缺国徽面", "remark.%d.paper.photo" % first: "不是证件照"}
    assert {n: boxes(boss.get(case + "/review", html=True)).get(n) for n in said} == dict.fromkeys(said, "")
    form = boss.get(case + "/review").form("/move")
    page = boss.post(form, extra=dict(said, move="return"), html=True)
    assert page.status == 422 and {n: boxes(page).get(n) for n in said} == said, "without an opinion nothing moves, nothing is lost"
    form.set(opinion="请补正")
    assert boss.post(form, extra=dict(said, move="return")).status == 303
    page = who.get(case + "/item/%d" % first)
    page.says("缺国徽面", "不是证件照")
    shut = {x.get("id"): x.get("closed") for x in page.xml.iter("x") if x.find("file") is not None}
    assert shut.pop("idcard") is None and shut and all(shut.values()), shut
    assert next(page.xml.iter("photo")).get("closed") is None
    was = paper(town, first, "idcard"), paper(town, first, "photo")
    form = page.form("/item/")
    page = who.post(form, extra={"do": "rm:" + paper(town, first, "degree")})
    assert page.status == 409
    assert who.post(form, extra={"do": "rm:" + was[0]}).status == 303
    form = who.get(case + "/item/%d" % first).form("/item/")
    files = {"paper.idcard": ("身份证两面.pdf", T.pdf("both sides")), "paper.photo": ("二.png", T.png(500, 600))}
    assert who.post(form, files=files, extra={"do": "save", "education": "31"}).status == 303
    now = paper(town, first, "idcard"), paper(town, first, "photo")
    assert all(now) and now[0] != was[0] and now[1] != was[1] and "," not in "".join(now), (was, now)
    assert ">31<" not in town.one("SELECT body FROM bz_item WHERE id = %d" % first)
    O.submit(who, case)
    O.decide(boss, case, "approve")


def open_fields(page):
    return {f.get("id") for f in page.xml.iter("f") if f.get("type") != "shown" and not f.get("closed")}


def test_shut_beside_a_refused_paper(town):
    """A5.12 the page that refuses a paper shows the same fields shut as the page before it"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = C.filled(town, who)
    O.submit(who, case)
    form = boss.get(case + "/review").form("/move").set(opinion="请补正", **{"remark.0.reason": "事由不清", "remark.0.paper.approval": "缺页"})
    assert boss.post(form, extra={"move": "return"}).status == 303
    page = who.get(case)
    shut = {f.get("id"): f.get("closed") for f in page.xml.iter("f")}
    assert shut["reason"] is None and any(shut.values()), shut
    page = who.post(page.form(case + "/paper"), extra={"do": "add"})
    assert page.status == 422 and {f.get("id"): f.get("closed") for f in page.xml.iter("f")} == shut


def said(page):
    return [m.text for m in page.xml.iter("message") if "相关项目（" in (m.text or "")]


def test_group_opens_together(town):
    """A5.12 a remark on 学历 opens what hangs together with it, the certificate too, and the page says so; nothing else opens"""
    who, boss, case, (first,) = sent_back(town, 1, education="与证书不符")
    page = who.get(case + "/item/%d" % first)
    assert open_fields(page) == {"education", "school", "graduation_date", "major", "degree"}, open_fields(page)
    assert said(page) == ["“学历”有退回意见，相关项目（毕业学校、毕业时间、专业、学位、学历学位证书）也可以修改"], said(page)
    page.says("只能修改有退回意见的项目和与其相关的项目，其余内容不能修改")
    shut = {x.get("id"): x.get("closed") for x in page.xml.iter("x") if x.find("file") is not None}
    assert shut.pop("degree") is None and shut and all(shut.values()), shut
    old = paper(town, first, "degree")
    assert who.post(page.form("/item/"), extra={"do": "rm:" + paper(town, first, "idcard")}).status == 409
    assert who.post(page.form("/item/"), extra={"do": "rm:" + old}).status == 303
    form = who.get(case + "/item/%d" % first).form("/item/")
    form.set(education="31", school="中南大学", graduation_date="2010-06")
    files = {"paper.degree": ("证书.pdf", T.pdf("degree"))}
    assert who.post(form, files=files, extra={"do": "save", "work_start": "2001-01-01"}).status == 303
    body = town.one("SELECT body FROM bz_item WHERE id = %d" % first)
    assert "中南大学" in body and "2010-06" in body and "2001-01-01" not in body, body
    O.submit(who, case)
    assert {"education", "school", "paper.degree"} <= set(changed(boss.get(case + "/review"), first))
    O.decide(boss, case, "approve")


def test_groups_of_the_form(town):
    """A5.12 number, name, sex and birthday open together, and what else belongs together; a remark on a paper opens it alone"""
    for remark, together in (("birth_date", {"name", "sex", "id_number", "birth_date"}),
                             ("political", {"political", "party_join_date"}),
                             ("work_start", {"work_start"}),  # 入编时间 of a newcomer is the system's
                             ("native_place", {"native_place"}), ("paper__degree", set())):
        who, boss, case, (first,) = sent_back(town, 1, **{remark: "请核对"})
        page = who.get(case + "/item/%d" % first)
        assert open_fields(page) == together, (remark, open_fields(page))
        assert len(said(page)) == (len(together) > 1), (remark, said(page))
    who, boss, case, (first,) = sent_back(town, 1, **{"duty__1__post": "以任命文件为准"})
    page = who.get(case + "/item/%d" % first)
    assert not open_fields(page) and [g.get("id") for g in page.xml.iter("grid") if not g.get("closed")] == ["duty"]


def test_second_look_at_papers(town):
    """A5.12 the second look shows each paper that was replaced, added or removed since the return, and counts the others"""
    who, boss, case, (first, second) = sent_back(town, 2, paper__idcard="缺国徽面", paper__photo="不是证件照")
    name = town.one("SELECT file_name FROM bz_paper WHERE item_id = %d AND kind = 'idcard'" % first)
    old = paper(town, first, "idcard")
    same = T.pdf("second side")
    form = who.get(case + "/item/%d" % first).form("/item/")
    assert who.post(form, files={"paper.idcard": (name, same)}, extra={"do": "save"}).status == 303
    form = who.get(case + "/item/%d" % first).form("/item/")
    assert who.post(form, extra={"do": "rm:" + old}).status == 303
    form = who.get(case + "/item/%d" % first).form("/item/")
    assert who.post(form, files={"paper.photo": ("二.png", T.png(500, 600))}, extra={"do": "save"}).status == 303
    O.submit(who, case)
    page = boss.get(case + "/review")
    look = changed(page, first)
    assert set(look) == {"paper.idcard", "paper.photo"}, look
    assert look["paper.idcard"][1] == name and look["paper.idcard"][2] != name and name in look["paper.idcard"][2], look
    assert not changed(page, second) and not changed(page)
    looks = {i.get("id"): int(i.find("changes").get("same")) for i in page.xml.iter("item")}
    assert looks[str(first)] == looks[str(second)] - 2, looks
    assert "退回后没有变更" in boss.get(case + "/review", html=True).text
    C.move(boss, case, "return", "再补", **{"remark.0.reason": "补写"})
    O.submit(who, case)
    assert not changed(boss.get(case + "/review"), first), "the second return is what counts"
    O.decide(boss, case, "approve")


def test_second_look_at_papers_of_the_head(town):
    """A5.12 the second look shows a paper of the head that was added or removed"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = C.filled(town, who)
    O.submit(who, case)
    O.decide(boss, case, "return", "审批表重扫")
    one = town.one("SELECT id FROM bz_paper WHERE case_id = %d AND kind = 'approval'" % O.case_id(case))
    assert who.post(who.get(case).form(case + "/paper"), extra={"do": "rm:" + one}).status == 303
    O.add_paper(who, case, "approval", "新审批表.pdf", T.pdf("new"))
    O.submit(who, case)
    look = changed(boss.get(case + "/review"))
    assert set(look) == {"paper.approval"} and look["paper.approval"][1:] == ("编制审批表.pdf", "新审批表.pdf"), look
    O.decide(boss, case, "approve")


def test_second_look_at_the_removed(town):
    """A5.12 a person who was removed after the return is named in the second look"""
    who, boss, case, (first, second) = sent_back(town, 2, education="与证书不符")
    name = town.one("SELECT label FROM bz_item WHERE id = %d" % first)
    page = who.get(case + "/item/%d/remove" % first)
    assert who.post(page.form("/remove"), extra={"do": "remove"}).status == 303
    O.submit(who, case)
    page = boss.get(case + "/review")
    assert [t for f, (t, _, _) in changed(page).items() if f == "item.%d" % first] == [name], changed(page)
    assert not changed(page, second)
    html = boss.get(case + "/review", html=True).text
    assert re.search(r'<th scope="row">%s</th>' % name, html) and "已删除" in html
    O.decide(boss, case, "approve")


def test_remarks_only_where_open(town):
    """A5.12 a reviewer has no box beside what the system fills in; a forged remark there is refused, and nothing moves"""
    who, boss = O.clerk(town), O.reviewer(town)
    case = C.filled(town, who)
    O.submit(who, case)
    first = C.items(town, case)[0]
    page = boss.get(case + "/review", html=True)
    have = {n.split(".", 2)[2] for n in boxes(page)}
    assert {"name", "education", "duty", "paper.idcard", "paper.photo"} <= have, have
    assert not have & {"unit_entry_date", "entry_mode"}, have
    assert 'name="remark.0.reason"' in page.text and 'name="remark.0.unit"' not in page.text
    for bad, title in (("%d.unit_entry_date" % first, "本单位入编时间"), ("%d.entry_mode" % first, "进入本单位形式"),
                       ("0.unit", "申请单位"), ("%d.nonsense" % first, "nonsense"), ("%d.paper.nonsense" % first, "paper.nonsense")):
        page = C.move(boss, case, "return", "请改", **{"remark." + bad: "不对", "remark.%d.education" % first: "核对学历"})
        assert page.status == 422 and "opinion" in page.errors(), (bad, page.text[:1500])
        page.says(title)
        assert page.find("item/section/f[@id='education']").get("remark") == "核对学历", "what was typed is lost"
    assert O.state(town, case) == "open"
    assert C.move(boss, case, "return", "请改", **{"remark.%d.education" % first: "核对学历"}).status == 303


def test_remarks_on_the_second_look(town):
    """A5.12 the second look says what the return had said, beside what became of it, also where nothing changed"""
    who, boss, case, (first,) = sent_back(town, 1, education="与证书不符", political="请核对政治面貌", paper__idcard="缺国徽面")
    form = who.get(case + "/item/%d" % first).form("/item/")
    form.set(education="31")
    assert who.post(form, extra={"do": "save"}).status == 303
    O.submit(who, case)
    page = boss.get(case + "/review")
    said = {m.get("f"): m.text for m in page.find("item/changes").iter("m")}
    assert said == {"education": "与证书不符", "political": "请核对政治面貌", "paper.idcard": "缺国徽面"}, said
    html = boss.get(case + "/review", html=True).text
    assert re.search(r">学历</th><td[^>]*>与证书不符</td><td[^>]*><del>", html), html
    assert re.search(r">政治面貌</th><td[^>]*>请核对政治面貌</td><td[^>]*><span class=.sub.>没有变更", html), html
    O.decide(boss, case, "approve")


def test_taken_back_after_a_return(town):
    """A5.12 A5.16 上报 and 撤回 after a return: the opinion, the remarks and the mark of the person are there still"""
    who, boss, case, (first,) = sent_back(town, 1, education="与证书不符")
    who.get(case).says("请补正")
    O.submit(who, case)
    assert C.back(who, case).status == 303
    page = who.get(case)
    assert O.state(town, case) == "draft"
    page.says("请补正", "只能修改有退回意见的项目")
    who.get(case + "/item/%d" % first).says("与证书不符")
    form = who.get(case + "/item/%d" % first).form("/item/")
    assert who.post(form, extra={"do": "keep"}).status == 303
    assert "有退回意见" in [c.text for c in who.get(case).xml.iter("c")], "kept, not yet put right"


def test_the_only_person_stays(town):
    """A5.12 a return with remarks: the only person can be put right, not removed, for nobody could be added"""
    who, boss, case, (first, second) = sent_back(town, 2, education="与证书不符")
    assert who.get(case + "/item/%d/remove" % second).status == 409
    page = who.get(case + "/item/%d/remove" % first)
    assert who.post(page.form("/remove"), extra={"do": "remove"}).status == 303
    who, boss, case, (first,) = sent_back(town, 1, education="与证书不符")
    for page in who.get(case), who.get(case + "/item/%d" % first):
        assert not [e for e in page.xml.iter() if (e.get("href") or "").endswith("/remove")]
    assert who.get(case + "/item/%d/remove" % first).status == 409


def test_said_once(town):
    """A5.12 a form that is partly shut says so once; 附件 with its files counts as done"""
    who, boss, case, (first,) = sent_back(town, 1, education="与证书不符")
    page = who.get(case + "/item/%d" % first, html=True)
    assert page.text.count("只能修改有退回意见的项目") == 1
    assert "未退回修改" not in page.text, re.findall(".{200}未退回修改.{20}", page.text)[:3]
    papers = who.get(case + "/item/%d" % first).find("form/section[@id='papers']")
    assert papers.get("done") == "yes", papers.attrib
