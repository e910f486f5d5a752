# Two places of work, whom to call, acting for a unit, account directory, first
# passwords, downloads.  SPDX-License-Identifier: MulanPSL-2.0
import os
import re
import urllib.parse

import f_matrix as matrix
import office as O
import town as T


def shell(page):
    return page.find("shell")


def test_whom_to_call(town):
    """HY-2 A5.18 product, office and phone: of the configuration before the log-in, of the operator's own office behind it"""
    conf = open(town.dir + "/bianzhi.conf", encoding="utf-8").read()
    name, phone = (re.search(r"^%s=(.*)$" % k, conf.split("[product]")[1], re.M).group(1) for k in ("name", "phone"))
    page = T.Browser(town).get("/login")
    assert (shell(page).get("product"), shell(page).get("phone")) == (name, phone), shell(page).attrib
    html = T.Browser(town).get("/login", html=True).text
    assert name in html and "电话 <b class=\"num\">%s</b>" % phone in html
    for account, office in (("D031", "480300"), ("X304", "480321"), ("shenhe1", "480300")):
        want = town.sql("SELECT o.name, s.phone FROM st_office o JOIN bz_scope s ON s.id = o.id WHERE o.division_code = '%s'" % office)[0]
        assert want[1] and want[1] != phone
        who = O.log_in(town, account)
        for path in ("/", "/entry/", "/inbox/"):
            assert [shell(who.get(path)).get(k) for k in ("office", "phone")] == want, (account, path)
        assert "业务咨询 " + want[1] in who.get("/", html=True).text


def test_configured(town):
    """HY-2 another product name, office and phone in bianzhi.conf and in the office's row are all that it takes"""
    path = town.dir + "/bianzhi.conf"
    old = open(path, encoding="utf-8").read()
    front, product = old.split("[product]")
    product = re.sub(r"(?m)^name=.*$", "name=另一个平台", product)
    new = front + "[product]\noffice=某编办" + re.sub(r"(?m)^phone=.*$", "phone=0999-123", product)
    was = town.one("SELECT phone FROM bz_scope WHERE code = '480300'")
    try:
        open(path, "w", encoding="utf-8").write(new)
        town.sql("UPDATE bz_scope SET phone = '0999-456' WHERE code = '480300'")
        town.sh('city_end "$d" app TERM; city_app "$d"')
        page = T.Browser(town).get("/login", html=True).text
        assert "另一个平台" in page and "0999-123" in page and "某编办" in page
        page = O.clerk(town).get("/", html=True).text
        assert "另一个平台" in page and "0999-456" in page and "0999-123" not in page
        left = re.findall(r"0000-\d{7}|示例省", page)
        assert not left, "hard-coded: %s" % left
    finally:
        open(path, "w", encoding="utf-8").write(old)
        town.sql("UPDATE bz_scope SET phone = '%s' WHERE code = '480300'" % was)
        town.sh('city_end "$d" app TERM; city_app "$d"')
        town.wait()


def test_call_where_it_helps(town):
    """HY-2 A5.18 the office's phone stands on a returned case and on error pages where one should call"""
    who, boss = O.clerk(town), O.reviewer(town)
    phone = town.one("SELECT phone FROM bz_scope WHERE code = '480300'")
    O.make_room(town, 3)
    case = O.filled_case(who)
    O.submit(who, case)
    assert not [m for m in who.get(case).all("message") if phone in m.text]
    O.decide(boss, case, "return", "请补正")
    assert [m for m in who.get(case).all("message") if phone in m.text and "退回" in m.text]
    page = who.get("/account/")
    assert page.status == 403 and page.xml.get("call") == "1"
    html = who.get("/account/", html=True).text
    assert "咨询电话" in html and phone in html[html.index("咨询电话"):html.index("咨询电话") + 60]
    assert "咨询电话" not in who.get("/entry/999999", html=True).text


def test_for_whom(town):
    """HY-1 HY-5 a page says for whom a parent acts; its own business and a look from the office say nothing"""
    parent, child, boss = O.clerk(town, "D003"), O.clerk(town, "S006"), O.reviewer(town)
    name = town.one("SELECT name FROM st_unit WHERE unit_code = 'S006'")
    O.make_room(town, 3, "S006", "22")
    O.make_room(town, 3, "S006", "2", "structure")
    form = parent.get("/entry/new").form("/entry/new")
    page = parent.post(form, extra={"do": "pick:unit:is:%d" % O.unit_id(town, "S006")})
    assert shell(page).get("for") == name
    assert "代 <b>%s</b> 办理" % name in parent.post(form, extra={"do": "pick:unit:is:%d" % O.unit_id(town, "S006")}, html=True).text
    case = O.new_case(parent, "09", unit=str(O.unit_id(town, "S006")))
    O.add_paper(parent, case)
    O.add_person(parent, case, **O.PUBLIC)
    for path in (case, case + "/item/new", case + "/confirm"):
        assert shell(parent.get(path)).get("for") == name, path
    assert shell(child.get(case)).get("for") is None and shell(boss.get(case)).get("for") is None
    assert shell(parent.get("/entry/")).get("for") is None and shell(parent.get(O.new_case(parent))).get("for") is None
    O.submit(parent, case)
    who = child.get(case).find("log/l").get("who")
    assert who == "刘芳（代%s）" % name, who
    O.decide(boss, case, "return", "请补正")
    assert "代" not in child.get(case).find("log/l").get("who")
    O.submit(child, case)
    assert "代" not in child.get(case).find("log/l").get("who")


def shelf(town):
    return os.path.join(town.dir, "downloads")


def test_downloads(town):
    """HY-8 附件下载: everybody who is logged in finds 《扫描仪使用说明》 in the menu's list, with type, size and note, and gets it"""
    assert T.Browser(town).get("/download/").status == 303 and T.Browser(town).get("/download/scanner.html").status == 303
    for account in ("D031", "chuangkou", "anquan", "X304"):
        who = O.log_in(town, account)
        assert [m.get("t") for m in who.get("/").xml.iter("m") if m.get("href") == "/bianzhi/download/"] == ["附件下载"]
        page = who.get("/download/")
        rows = {"".join(r[0].itertext()): [r[0].get("href")] + ["".join(c.itertext()) for c in r[1:]] for r in page.find("table").findall("r")}
        href, note, giver, kind, size = rows["《扫描仪使用说明》"]
        assert "扫描" in note and giver == "本平台" and kind == "网页" and re.match(r"\d+ KB$", size), rows
        got = who.get(href)
        assert got.body == open(shelf(town) + "/scanner.html", "rb").read() and "扫描" in got.text
        assert got.headers["content-type"] == "text/html; charset=UTF-8" and got.headers["x-content-type-options"] == "nosniff"
        assert got.headers["content-disposition"] == "attachment; filename*=UTF-8''" + urllib.parse.quote("扫描仪使用说明.html")
        assert "sandbox" in got.headers["content-security-policy"]


def files(who):
    """附件下载 of a user: title -> (href, who provides it), in the order of the page."""
    return {"".join(r[0].itertext()): (r[0].get("href"), "".join(r[2].itertext())) for r in who.get("/download/").find("table").findall("r")}


def lay_out(town, folder, **titles):
    """A folder of the town with a list of these pages."""
    path = os.path.join(town.dir, folder)
    os.makedirs(path, exist_ok=True)
    for name in titles:
        open("%s/%s.html" % (path, name), "w", encoding="utf-8").write("%s of %s" % (name, folder))
    lines = "".join('<file name="%s.html" title="%s"/>' % pair for pair in titles.items())
    open(path + "/downloads.xml", "w", encoding="utf-8").write("<downloads>%s</downloads>" % lines)
    return "downloads=%s\n" % folder


def test_downloads_of_offices(town):
    """HY-8 A5.17 an office's list is for its own units and those below it, beside what the upper office and all have; no other gets it"""
    name = {code: town.one("SELECT name FROM bz_scope WHERE code = '%s'" % code) for code in ("480300", "480321")}
    more = "[office 480300]\n" + lay_out(town, "shelf-city", form="市表", guide="市说明") + "[office 480321]\n" + lay_out(town, "shelf-county", form="县表")
    everybody = [("《扫描仪使用说明》", "本平台"), ("入编材料核对表", "本平台")]
    city = [("市表", name["480300"]), ("市说明", name["480300"])]
    with town.otherwise(more):
        for account, want in (("D031", city), ("S006", city), ("shenhe1", city), ("chuangkou", city),
                              ("X304", [("县表", name["480321"])] + city), ("X305", [("县表", name["480321"])] + city),
                              ("xianxing", [("县表", name["480321"])] + city)):
            who = O.log_in(town, account)
            got = files(who)
            assert [(t, by) for t, (_, by) in got.items()] == want + everybody, (account, got)
            for title, (href, _) in got.items():
                assert who.get(href).status == 200, (account, href)
            mine = account.startswith(("X", "xian"))
            page = who.get("/download/480321/form.html")
            assert (page.status, page.text == "form of shelf-county") == ((200, True) if mine else (404, False)), account
            if not mine:
                page.says("没有这个文件")
            assert who.get("/download/480300/form.html").text == "form of shelf-city"
            for path in ("480321/guide.html", "480321/scanner.html", "480322/form.html", "480300/downloads.xml", "480300/..%2Fbianzhi.conf", "form.html",
                         "%2E%2E/form.html", "480300%00/form.html"):
                assert who.get("/download/" + path).status in (400, 404), (account, path)
        assert T.Browser(town).get("/download/480321/form.html").status == 303
    assert list(files(O.log_in(town, "X304"))) == ["网上办理入编说明"] + [t for t, _ in everybody]
    assert O.log_in(town, "D031").get("/download/480321/online.html").status == 404


def test_downloads_only_listed(town):
    """HY-8 what the list does not name is not given out, whatever the address; a link out of the folder neither"""
    who = O.clerk(town)
    open(shelf(town) + "/secret.html", "w").write("secret")
    for name in ("secret.html", "downloads.xml", "../bianzhi.conf", "..%2Fbianzhi.conf", "%2e%2e%2fbianzhi.conf", "%2Fetc%2Fpasswd", "SCANNER.HTML",
                 "scanner.html%00", "scanner.html/", "scanner", "", "%20scanner.html", ".", ".."):
        page = who.get("/download/" + name)
        assert page.status in (400, 404) or (name == "" and page.status == 200), (name, page.status)
        assert "secret" not in page.text and "bz_owner" not in page.text
    try:
        os.rename(shelf(town) + "/scanner.html", shelf(town) + "/kept")
        os.symlink(town.dir + "/bianzhi.conf", shelf(town) + "/scanner.html")
        assert who.get("/download/scanner.html").status == 404
        assert "《扫描仪使用说明》" not in who.get("/download/").text
    finally:
        os.remove(shelf(town) + "/scanner.html")
        os.rename(shelf(town) + "/kept", shelf(town) + "/scanner.html")
    assert who.get("/download/scanner.html").status == 200


def test_downloads_declared(town):
    """HY-8 a list that names a missing file, a file twice, a type that is not allowed or a path is refused at the start"""
    path = shelf(town) + "/downloads.xml"
    old = open(path, encoding="utf-8").read()
    try:
        for line, says in (('<file name="none.pdf" title="无"/>', "there is no file 'none.pdf'"),
                           ('<file name="scanner.html" title="又一份"/>', "stands here twice"),
                           ('<file name="run.sh" title="程序"/>', "no type that can be downloaded"),
                           ('<file name="../bianzhi.conf" title="配置"/>', "downloads.xml"),
                           ('<file name="scanner.html"/>', "downloads.xml")):
            open(path, "w", encoding="utf-8").write(old.replace("</downloads>", line + "</downloads>"))
            out = T.subprocess.run([T.STAGE + "/sbin/bianzhi-fcgi", "-c", town.dir + "/bianzhi.conf", "--check-config"], stdout=T.subprocess.PIPE,
                                   stderr=T.subprocess.STDOUT, text=True)
            assert out.returncode != 0 and says in out.stdout, (line, out.stdout)
    finally:
        open(path, "w", encoding="utf-8").write(old)
    conf, bad = town.dir + "/shelf.conf", lay_out(town, "shelf-bad", none="无")
    os.remove(town.dir + "/shelf-bad/none.html")
    old = open(town.dir + "/bianzhi.conf", encoding="utf-8").read()
    for line, says in ((bad, "there is no file 'none.html'"), ("downloads=nowhere\n", "nowhere/downloads.xml"), ("downloads=\n", "name the folder"),
                       ("downloads.entry=nowhere\n", "no such setting")):
        open(conf, "w", encoding="utf-8").write(old + "\n[office 480300]\n" + line)
        out = T.subprocess.run([T.STAGE + "/sbin/bianzhi-fcgi", "-c", conf, "--check-config"], stdout=T.subprocess.PIPE, stderr=T.subprocess.STDOUT, text=True)
        place = "%s:%d: [office 480300] downloads" % (conf, old.count("\n") + 3)
        assert out.returncode != 0 and says in out.stdout and place in out.stdout, (line, out.stdout)


def shape(page):
    """What the clerk sees of a page: its title, fields, columns, buttons and links."""
    unit = ("unit",)
    return (page.xml.get("title"), page.xml.get("view"), [(f.get("id"), f.get("t"), f.get("type"), f.get("req")) for f in page.xml.iter("f")
                                                          if f.get("id") not in unit],
            [b.get("do") for b in page.xml.iter("b")], ["".join(a.itertext()) for a in page.xml.iter("a")],
            [s.get("t") for s in page.xml.iter("s")])


def whole_way(town, who, unit):
    """From 新建 to the hand-in, as a person at WHO's desk goes: (case, shapes of the pages on the way)."""
    seen = []

    def look(page):
        assert page.status == 200, page.text[:800]
        seen.append(shape(page))
        return page

    page = who.get("/entry/new")
    if page.form("/entry/new").fields["unit"] != str(unit):
        page = who.post(page.form("/entry/new"), extra={"do": "pick:unit:find", "pick.unit.q": "D031"})
        found = [n.get("v") for n in page.xml.iter("n")]
        assert found == [str(unit)], found
        page = who.post(page.form("/entry/new"), extra={"do": "pick:unit:is:%d" % unit})
    form = look(page).form("/entry/new")
    page = who.post(form.set(entry_mode="01"))
    assert page.status == 303, page.text[:1500]
    case = page.headers["location"].split("?")[0]
    look(who.get(case))
    O.add_paper(who, case)
    look(who.get(case + "/item/new"))
    O.add_person(who, case)
    look(who.get(case))
    look(who.get(case + "/confirm"))
    O.submit(who, case)
    look(who.get(case))
    return case, seen


def test_two_places(town):
    """HY-1 at the counter and at the unit: the same pages, fields, buttons and steps; the audit says for whom"""
    O.make_room(town, 4)
    unit, name = O.unit_id(town), town.one("SELECT name FROM st_unit WHERE unit_code = 'D031'")
    clerk, counter, boss = O.clerk(town), O.log_in(town, "chuangkou"), O.reviewer(town)
    assert [a for a in counter.get("/entry/").xml.iter("a") if a.get("href") == "/bianzhi/entry/new"], "no 新建 at the counter"
    at_unit, pages = whole_way(town, clerk, unit)
    at_counter, same = whole_way(town, counter, unit)
    assert len(pages) == len(same) == 6
    for a, b in zip(pages, same):
        assert a == b, "\n%s\n%s" % (a, b)
    rows = town.sql("SELECT DISTINCT action, acting_for FROM bz_audit WHERE chain = 'work' AND object_type = 'case' AND action <> 'case.view'"
                    " AND object_id = %d" % O.case_id(at_counter))
    assert {"entry.create", "entry.paper", "entry.submit"} <= {r[0] for r in rows} and {r[1] for r in rows} == {str(unit)}, rows
    assert shell(counter.get("/entry/new")).get("for") is None
    assert clerk.get(at_counter).find("log/l").get("who") == "宋佳（代%s）" % name
    O.decide(boss, at_counter, "return", "请补正")
    assert shell(counter.get(at_counter)).get("for") == name and shell(clerk.get(at_counter)).get("for") is None
    assert shell(boss.get(at_counter)).get("for") is None
    assert shell(counter.get("/")).get("inbox") == "1", "who filed at the counter is told"
    second = O.reviewer(town, "shenhe2")
    assert number_of(town, at_counter) not in second.get("/inbox/").text, "but nobody else in the office"
    O.submit(counter, at_counter)
    O.decide(boss, at_counter, "approve")
    O.decide(boss, at_unit, "approve")
    assert O.state(town, at_counter) == O.state(town, at_unit) == "done"


def test_filed_for(town):
    """HY-1 what the counter made for a unit tells the unit so, from the draft on; what the unit makes tells nothing"""
    O.make_room(town, 4)
    unit, clerk, counter = O.unit_id(town), O.clerk(town), O.log_in(town, "chuangkou")
    case = O.new_case(counter, unit=str(unit))
    office = town.one("SELECT s.name FROM bz_account a JOIN bz_scope s ON s.id = a.scope_id WHERE a.name = 'chuangkou'")
    clerk.get(case).says("这张申请单由%s 宋佳代办" % office)
    assert "代办" not in "".join(m.text or "" for m in clerk.get(O.new_case(clerk)).xml.iter("message"))
    assert "代办" not in "".join(m.text or "" for m in counter.get(case).xml.iter("message")), "the strip says it there"


def number_of(town, case):
    return town.one("SELECT number FROM bz_case WHERE id = %d" % O.case_id(case))


def test_upper_office(town):
    """HY-1 A5.17 the counter files for units of its own office; those of a county are not offered, and a forged one is refused"""
    counter = O.log_in(town, "chuangkou")
    county = O.unit_id(town, "X304")
    form = counter.get("/entry/new").form("/entry/new")
    assert form.fields["unit"] == "" and "entry_mode" not in form.fields, "a form of entry can be chosen without a unit"
    page = counter.post(form, extra={"do": "pick:unit:find", "pick.unit.q": "X304"})
    assert [n for n in page.xml.iter("n")] == []
    page = counter.post(form, extra={"do": "pick:unit"})
    offered = {n.get("v") for n in page.xml.iter("n")}
    tops = {r[0] for r in town.sql("SELECT u.id FROM st_unit u JOIN st_office o ON o.id = u.office_id WHERE o.division_code = '480300'"
                                   " AND u.parent_id IS NULL")}
    assert offered == tops and len(tops) > 40, (len(offered), len(tops))
    for do in ("pick:unit:is:%d" % county, "save"):
        page = counter.post(counter.get("/entry/new").form("/entry/new").set(unit=str(county), entry_mode="01"), extra={"do": do})
        assert page.status in (404, 422), (do, page.status)
    assert town.one("SELECT COUNT(*) FROM bz_case WHERE scope_id = %d AND created_by = (SELECT o.id FROM bz_operator o JOIN bz_account a"
                    " ON a.id = o.account_id WHERE a.name = 'chuangkou')" % county) == "0"


def accounts(page):
    table = next(t for t in page.xml.iter("table") if t.get("id") == "accounts")
    return [["".join(c.itertext()) for c in r.findall("c")] for r in table.findall("r")]


def find(who, text):
    return [r[0] for r in accounts(who.get("/account/?q=" + urllib.parse.quote(text)))]


def test_directory_search(town):
    """HY-4 the directory is searched by account, unit name, abbreviation, code and pinyin initials; signs of SQL are letters"""
    who = O.log_in(town, "chuangkou")
    name, short, pinyin = town.sql("SELECT name, short_name, pinyin FROM st_unit WHERE unit_code = 'S006'")[0]
    for text in ("S006", "s006", name, name[2:6], short, pinyin.split()[0], pinyin.split()[0].upper()):
        assert "S006" in find(who, text), text
    for text in ("%", "_", "'", "' OR '1'='1", "无此单位", "\\"):
        assert find(who, text) == [], text
    assert "王敏" not in who.get("/account/?q=" + urllib.parse.quote("王敏")).find("table").findtext("r", "")
    assert find(who, "王敏") == [], "a person's name is nothing to search by: it would stand in the address"
    helped = who.get("/account/").find("tools").get("note")
    assert "安全管理员" in helped


def test_directory_own(town):
    """HY-4 the counter's directory holds the units of its own office alone, no county and no administrator; who manages accounts sees all"""
    who, keeper = O.log_in(town, "chuangkou"), O.log_in(town, "anquan")
    for name in ("X304", "xianbian", "shenhe1", "anquan"):
        assert find(who, name) == [] and find(keeper, name) == [name], name
        assert who.get("/account/%d" % account_id(town, name)).status == 404, name
    assert find(who, "D031") == ["D031"] and who.get("/account/%d" % account_id(town, "D031")).status == 200
    paper = [r[0] for r in accounts(who.get("/account/?paper=1"))]
    assert "D031" in paper and "X304" not in paper and "anquan" not in paper, paper


def test_directory_edge(town):
    """HY-4 a page of the directory begins at an account of one's own scope: the place of another's name in the order is not told"""
    oid = operator(town, "D003", O.demo("D003")["operator"])[0][0]
    town.sql("INSERT INTO bz_operator_role (operator_id, role) VALUES (%s, 'counter')" % oid)
    try:
        who = O.log_in(town, "D003")
        mine, foreign = [r[0] for r in accounts(who.get("/account/"))], account_id(town, "D031")
        assert "S006" in mine and "D031" not in mine, mine
        assert [r[0] for r in accounts(who.get("/account/?below=%d" % account_id(town, mine[0])))] == mine[1:]
        for edge in ("below", "above"):
            assert not accounts(who.get("/account/?%s=%d" % (edge, foreign))), edge
    finally:
        town.sql("DELETE FROM bz_operator_role WHERE operator_id = %s AND role = 'counter'" % oid)


def test_directory_pages(town):
    """HY-4 the directory turns its pages by key, both ways, and prints as a whole without passwords"""
    scope = O.unit_id(town, "D008")
    town.sql("INSERT INTO bz_account (name, scope_id) SELECT CONCAT('ZT', LPAD(seq, 4, '0')), %d FROM seq_1_to_120" % scope)
    try:
        who = O.log_in(town, "chuangkou")
        names = [r[0] for r in town.sql("SELECT a.name FROM bz_account a JOIN bz_scope s ON s.id = a.scope_id WHERE s.kind = 'unit'"
                                        " AND s.office_id = (SELECT office_id FROM bz_scope WHERE code = '480300') ORDER BY a.name")]
        page, pages = who.get("/account/"), []
        assert page.find("pager").get("total") == str(len(names))
        while True:
            pages.append([r[0] for r in accounts(page)])
            if page.find("pager").get("next") is None:
                break
            page = who.get(page.find("pager").get("next"))
        assert sum(pages, []) == names and max(map(len, pages)) == 50
        back = []
        while page.find("pager").get("prev") is not None:
            page = who.get(page.find("pager").get("prev"))
            back.append([r[0] for r in accounts(page)])
        assert sum(reversed(back), []) == names[:-len(pages[-1])], [len(b) for b in back]
        assert [r[0] for r in accounts(who.get(page.find("pager").get("first") or "/account/"))] == pages[0]
        paper = who.get("/account/?paper=1")
        assert [r[0] for r in accounts(paper)] == names and paper.xml.get("title") == "编办账号表"
        for row in O.ACCOUNTS:
            assert row["password"] not in paper.text
        assert paper.find("query") is None and paper.find("pager") is None
        assert O.clerk(town).get("/account/?paper=1").status == 403
    finally:
        town.sql("DELETE FROM bz_account WHERE name LIKE 'ZT%'")


def account_id(town, name):
    return int(town.one("SELECT id FROM bz_account WHERE name = '%s'" % name))


def once(page):
    """The first password that the page shows."""
    s = next(s for s in page.xml.iter("section") if s.get("id") == "once")
    return {k.get("t"): k.text for k in s.findall("kv")}["初始密码"]


def operator(town, account, name):
    return town.sql("SELECT o.id, o.state, o.password_state, o.password_hash FROM bz_operator o JOIN bz_account a ON a.id = o.account_id"
                    " WHERE a.name = '%s' AND o.name = '%s'" % (account, name))


def test_first_password(town):
    """HY-6 A5.10 安全管理员 issues a first password: random, on that page only, 72 hours, to be changed; sessions end; on record"""
    admin, path = O.log_in(town, "anquan"), "/account/%d" % account_id(town, "D008")
    who = O.clerk(town, "D008")
    oid, _, _, was = operator(town, "D008", "孙晓梅")[0]
    seen = []
    for _ in range(2):
        page = admin.post(admin.get(path).form(path), extra={"do": "first:" + oid})
        assert page.status == 200, page.text[:800]
        seen.append(once(page))
        assert page.headers["cache-control"] and "no-store" in page.headers["cache-control"]
    assert len(set(seen)) == 2 and all(len(p) >= 10 for p in seen), "not random"
    assert who.get("/").status == 303, "the old session goes on"
    assert seen[1] not in admin.get(path).text and seen[1] not in town.log("app") and seen[1] not in town.log("nginx-access")
    dump = str(town.sql("SELECT name, password_hash FROM bz_operator UNION ALL SELECT action, detail FROM bz_audit UNION ALL"
                        " SELECT path, COALESCE(answer, '') FROM bz_submission"))
    assert seen[1] not in dump and seen[0] not in dump, "stored in clear"
    assert town.one("SELECT TIMESTAMPDIFF(HOUR, NOW(), password_until) FROM bz_operator WHERE id = " + oid) in ("71", "72")
    rows = town.sql("SELECT action, object_id FROM bz_audit WHERE chain = 'work' ORDER BY seq DESC LIMIT 2")
    assert rows == [["account.reset", oid]] * 2, rows
    assert T.Browser(town).login("D008", "孙晓梅", seen[0]).xml.get("view") == "login", "the first one still opens"
    b = T.Browser(town)
    page = b.login("D008", "孙晓梅", seen[1])
    assert page.xml.get("view") == "password" and page.xml.get("first") == "1"
    assert b.get("/entry/").headers.get("location", "").endswith("/password")
    town.sql("UPDATE bz_operator SET password_until = NOW() - INTERVAL 1 MINUTE WHERE id = " + oid)
    page = T.Browser(town).login("D008", "孙晓梅", seen[1])
    assert page.xml.get("view") == "login" and "有效期" in page.text
    assert "已过期" in admin.get(path).text
    page = admin.post(admin.get(path).form(path), extra={"do": "first:" + oid})
    mine = once(page)
    page = b.login("D008", "孙晓梅", mine)
    form = page.form("/password").set(old_password=mine, new_password="Qiao7-tou-lin", new_password_again="Qiao7-tou-lin")
    assert b.post(form).status == 303 and b.get("/entry/").status == 200
    assert T.Browser(town).login("D008", "孙晓梅", "Qiao7-tou-lin").xml.get("view") == "workbench"
    town.sql("UPDATE bz_operator SET password_hash = '%s' WHERE id = %s" % (was, oid))


def test_operators(town):
    """HY-6 A5.9 安全管理员 adds and closes an operator; a closed one has no way in until a first password is issued again"""
    admin, path = O.log_in(town, "anquan"), "/account/%d" % account_id(town, "K001")
    add = T.Form([f for f in admin.get(path).xml.iter("form") if f.find("section") is not None][0])
    page = admin.post(add.set(operator="欧阳新", roles=["clerk"]), extra={"do": "add"})
    assert page.status == 200 and "欧阳新" in page.text, page.text[:800]
    first, (oid, state, pstate, _) = once(page), operator(town, "K001", "欧阳新")[0]
    assert (state, pstate) == ("active", "first")
    assert town.sql("SELECT role FROM bz_operator_role WHERE operator_id = " + oid) == [["clerk"]]
    b = T.Browser(town)
    assert b.login("K001", "欧阳新", first).xml.get("view") == "password"
    again = admin.post(add.set(operator="欧阳新", roles=["clerk"]), extra={"do": "add"})
    assert again.status == 422 and "已有经办人" in again.text
    page = admin.post(admin.get(path).form(path), extra={"do": "close:" + oid})
    assert page.status == 303 and operator(town, "K001", "欧阳新")[0][1] == "closed"
    assert b.get("/password").status == 303 and "/login" in b.get("/password").headers["location"]
    assert T.Browser(town).login("K001", "欧阳新", first).xml.get("view") == "login"
    page = admin.post(admin.get(path).form(path), extra={"do": "first:" + oid})
    assert T.Browser(town).login("K001", "欧阳新", once(page)).xml.get("view") == "password"
    actions = {r[0] for r in town.sql("SELECT action FROM bz_audit WHERE object_type = 'operator' AND object_id = %s AND operator_id = %s"
                                      % (oid, operator(town, "anquan", "冯雅欣")[0][0]))}
    assert {"account.add", "account.close", "account.open", "account.reset"} <= actions, actions
    admin.post(admin.get(path).form(path), extra={"do": "close:" + oid})


def key_of(town, who, path):
    """A form with a good key for PATH, though no page shows it."""
    form = who.get("/account/new").form("/account/new")
    form.action, form.fields = town.base + path, {}
    form.key = matrix.Keys(town).key(int(town.one("SELECT o.id FROM bz_operator o JOIN bz_account a ON a.id = o.account_id"
                                                  " WHERE a.name = 'anquan'")), path)
    return form


def test_operator_desk(town):
    """HY-6 A5.12 who reviews by desks gets one of the office's desks with the account; others get none, and the page shows it"""
    admin, path = O.log_in(town, "anquan"), "/account/%d" % account_id(town, "xingbian")
    form = admin.get(path).form(path)
    add = T.Form([f for f in admin.get(path).xml.iter("form") if f.find("section") is not None][0])
    desks = [r[0] for r in town.sql("SELECT DISTINCT desk FROM bz_scope WHERE office_id = (SELECT id FROM bz_scope WHERE code = '480300')"
                                    " AND desk <> '' ORDER BY desk")]
    assert desks and [v for v, _ in add.options["desk"]] == [""] + desks, add.options["desk"]
    for roles, desk in (("section_reviewer", ""), ("section_reviewer", "无此科"), ("center_reviewer", desks[0])):
        page = admin.post(add.set(operator="欧阳科", roles=[roles], desk=desk), extra={"do": "add"})
        assert page.status == 422 and "desk" in page.errors() and not operator(town, "xingbian", "欧阳科"), (roles, desk, page.status)
    page = admin.post(add.set(operator="欧阳科", roles=["section_reviewer"], desk=desks[0]), extra={"do": "add"})
    assert page.status == 200, page.text[:800]
    oid = operator(town, "xingbian", "欧阳科")[0][0]
    assert town.one("SELECT desk FROM bz_operator WHERE id = " + oid) == desks[0]
    table = next(t for t in admin.get(path).xml.iter("table") if t.get("id") == "operators")
    assert [c.get("t") for c in table.findall("col")][2] == "科室"
    rows = [["".join(c.itertext()) for c in r.findall("c")] for r in table.findall("r")]
    assert [r[2] for r in rows if r[0] == "欧阳科"] == [desks[0]], rows
    new = admin.get("/account/new").form("/account/new")
    page = admin.post(new.set(code="480300", account="xinke", operator="某科", roles=["section_reviewer"], desk=""), extra={"do": "add"})
    assert page.status == 422 and "desk" in page.errors()
    unit = admin.get("/account/%d" % account_id(town, "D031"))
    assert "科室" not in unit.text, "a unit has no desks"
    admin.post(form, extra={"do": "close:" + oid})


def sitters(page):
    """The form 调整科室; None: nobody there can be moved."""
    form = [f for f in page.xml.iter("form") if f.find("section") is not None and f.find("section").get("id") == "move"]
    return T.Form(form[0]) if form else None


def test_operator_moved(town):
    """HY-6 A5.12 安全管理员 moves an operator to another desk of the office: from the next click on, on record with both desks"""
    admin, path = O.log_in(town, "anquan"), "/account/%d" % account_id(town, "shibian")
    oid, was = operator(town, "shibian", "方雪梅")[0][0], "事编科"
    desk = lambda: town.one("SELECT COALESCE(desk, '') FROM bz_operator WHERE id = " + oid)
    audit = lambda: town.sql("SELECT detail FROM bz_audit WHERE action = 'account.desk' AND object_id = %s ORDER BY seq" % oid)
    case = O.filled_case(O.clerk(town))
    O.submit(O.clerk(town), case)
    O.decide(O.reviewer(town), case, "forward", "请业务科把关")
    who = O.log_in(town, "shibian")
    waits = lambda: case in who.get("/entry/?tab=todo").text
    form = sitters(admin.get(path))
    assert form.options["sitter"] == [(oid, "方雪梅（现在：%s）" % was)] and ("行编科", "行编科") in form.options["to"], form.options
    assert desk() == was and not waits()
    before = audit()

    def put(sitter, to):
        f = key_of(town, admin, path)            # a key serves once
        return admin.post(f, extra={"do": "desk", "sitter": sitter, "to": to})
    for to in ("", "无此科"):
        page = put(oid, to)
        assert page.status == 422 and "to" in page.errors() and desk() == was, (to, page.status)
        again = sitters(page)
        assert again.fields["sitter"] == oid
    assert put(oid, was).status == 303 and audit() == before, "nothing changed"
    assert put(oid, "行编科").status == 303
    try:
        assert desk() == "行编科" and waits(), "not from the next click on"
        assert audit() == before + [["事编科 -> 行编科"]], audit()
        row = town.sql("SELECT o.name, a.result FROM bz_audit a JOIN bz_operator o ON o.id = a.operator_id WHERE a.action = 'account.desk'"
                       " AND a.object_id = %s ORDER BY a.seq DESC LIMIT 1" % oid)
        assert row == [["冯雅欣", "ok"]], row
        admin.get(path).says("方雪梅（现在：行编科）")
        assert "科室已调整" not in admin.get(path).text
        page = put(oid, was)
        admin.get(page.headers["location"]).says("科室已调整", "方雪梅（现在：事编科）")
        assert put(oid, "行编科").status == 303
        # whose office it is not, who is of another account, who is not there, who has no desk
        other = operator(town, "xingbian", O.demo("xingbian")["operator"])[0][0]
        for sitter, status in ((other, 404), ("0", 404), ("x", 404), ("", 404)):
            assert put(sitter, "行编科").status == status, sitter
        assert sitters(admin.get("/account/%d" % account_id(town, "shenhe1"))) is None and sitters(admin.get("/account/%d" % account_id(town, "D031"))) is None
        center = operator(town, "shenhe1", O.demo("shenhe1")["operator"])[0][0]
        forged = key_of(town, admin, "/account/%d" % account_id(town, "shenhe1"))
        page = admin.post(forged, extra={"do": "desk", "sitter": center, "to": "行编科"})
        assert page.status == 422
        page.says("不分科室办理，请选")
        assert town.one("SELECT COUNT(*) FROM bz_operator WHERE desk IS NOT NULL AND id = " + center) == "0"
        clerk = operator(town, "D031", "王敏")[0][0]
        page = admin.post(key_of(town, admin, "/account/%d" % account_id(town, "D031")), extra={"do": "desk", "sitter": clerk, "to": "行编科"})
        assert page.status == 422 and town.one("SELECT COUNT(*) FROM bz_operator WHERE desk IS NOT NULL AND id = " + clerk) == "0"
        me = operator(town, "anquan", "冯雅欣")[0][0]
        page = admin.post(key_of(town, admin, "/account/%d" % account_id(town, "anquan")), extra={"do": "desk", "sitter": me, "to": "行编科"})
        assert page.status == 409 and "其他安全管理员" in page.text
        town.sql("UPDATE bz_operator SET state = 'closed' WHERE id = " + oid)
        assert sitters(admin.get(path)) is None
        assert put(oid, was).status == 409 and desk() == "行编科"
    finally:
        town.sql("UPDATE bz_operator SET state = 'active', desk = '%s' WHERE id = %s" % (was, oid))
    O.decide(O.log_in(town, "xingbian"), case, "return", "请补正")


def test_operators_refused(town):
    """HY-6 A5.9 nobody but 安全管理员 issues passwords, nor for himself; roles of the office do not go to a unit; bad input is named"""
    admin, aid = O.log_in(town, "anquan"), account_id(town, "D031")
    path, own = "/account/%d" % aid, "/account/%d" % account_id(town, "anquan")
    before = town.sql("SELECT id, password_hash, state FROM bz_operator")
    counter = O.log_in(town, "chuangkou")
    page = counter.get(path)
    assert page.status == 200 and "王敏" in page.text and page.find("form") is None, "the counter sees operators and no buttons"
    key = admin.get(path).form(path)
    oid = operator(town, "D031", "王敏")[0][0]
    for who in (counter, O.log_in(town, "xitong"), O.log_in(town, "shenji"), O.clerk(town)):
        assert who.post(key, extra={"do": "first:" + oid}).status == 403
    me = operator(town, "anquan", "冯雅欣")[0][0]
    for do in ("first:", "close:"):
        page = admin.post(admin.get(own).form(own), extra={"do": do + me})
        assert page.status == 409 and "本人" in page.text, (do, page.status)
    for do in ("first:999999", "close:x", "first:", "nothing", "first:" + operator(town, "D008", "孙晓梅")[0][0]):
        assert admin.post(admin.get(path).form(path), extra={"do": do}).status == 404, do
    county = "/account/%d" % account_id(town, "X304")
    assert admin.get(county).status == 200 and admin.get(county).find("form") is None, "an upper office looks on"
    assert admin.post(key_of(town, admin, county), extra={"do": "first:" + operator(town, "X304", "何玉兰")[0][0]}).status == 403
    page = admin.post(admin.get("/account/new").form("/account/new").set(code="X304", account="X304b", operator="某丙", roles=["clerk"]),
                      extra={"do": "add"})
    assert page.status == 422 and "code" in page.errors()
    for account in ("0", "999999", "x", "9" * 30):
        assert admin.get("/account/" + account).status == 404
    for values, field in (({"operator": "", "roles": ["clerk"]}, "operator"), ({"operator": "长" * 31, "roles": ["clerk"]}, "operator"),
                          ({"operator": "某甲", "roles": []}, "roles"), ({"operator": "某甲", "roles": ["center_reviewer"]}, None),
                          ({"operator": "某甲", "roles": ["security_admin"]}, None), ({"operator": "某甲", "roles": ["no_such"]}, None)):
        page = admin.post(admin.get(path).form(path).set(**values), extra={"do": "add"})
        assert page.status == 422 and field in page.errors(), (values, page.status, page.errors())
    assert town.sql("SELECT id, password_hash, state FROM bz_operator") == before


def test_new_account(town):
    """HY-3 HY-6 安全管理员 opens an account for a unit by its code; a second one of that name, or a foreign code, is refused"""
    admin = O.log_in(town, "anquan")
    unit = town.sql("SELECT u.unit_code, u.name FROM st_unit u WHERE NOT EXISTS (SELECT 1 FROM bz_account a WHERE a.scope_id = u.id) LIMIT 1")[0]
    form = admin.get("/account/new").form("/account/new")
    for values, field in (({"code": "NONE", "account": "N1"}, "code"), ({"code": unit[0], "account": ""}, "account"),
                          ({"code": unit[0], "account": "D031"}, None)):
        page = admin.post(form.set(operator="某乙", roles=["clerk"], **values), extra={"do": "add"})
        assert page.status == 422 and field in page.errors(), (values, page.errors())
    page = admin.post(form.set(code=unit[0], account=unit[0], operator="某乙", roles=["clerk"]), extra={"do": "add"})
    assert page.status == 200, page.text[:800]
    b = T.Browser(town)
    assert b.login(unit[0], "某乙", once(page)).xml.get("view") == "password"
    assert unit[0] in find(admin, unit[0])
    town.sql("UPDATE bz_account SET state = 'closed' WHERE name = '%s'" % unit[0])
