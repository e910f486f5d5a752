# 申请单位 in a tree: opened, searched and chosen by submit buttons alone, and
# nothing that was typed is lost.  SPDX-License-Identifier: MulanPSL-2.0
import office as O


def field(page, name="unit"):
    return next(f for f in page.xml.iter("f") if f.get("id") == name)


def nodes(page):
    tree = field(page).find("tree")
    assert len(field(page).findall("tree")) < 2, "drawn twice"
    return [] if tree is None else [(n.get("v"), n.get("t")) for n in tree.iter("n")]


def press(who, form, do, **more):
    """A button of the tree; the search text goes along."""
    return who.post(form, extra=dict({"do": do}, **{k.replace("__", "."): v for k, v in more.items()}))


def opened(who, **more):
    page = press(who, who.get("/entry/new").form("/entry/new"), "pick:unit", **more)
    assert page.status == 200, page.text[:800]
    return page


def test_only_one(town):
    """HY-11 a unit without subordinates: its own name stands there, no tree is needed"""
    who, mine = O.clerk(town), str(O.unit_id(town))
    f = field(who.get("/entry/new"))
    assert f.get("type") == "tree" and f.get("only") == "1" and f.get("v") == mine, f.attrib
    assert f.get("shown") == town.one("SELECT name FROM st_unit WHERE id = " + mine)
    assert f.get("hint") is None, "a hint how to choose, where nothing can be chosen"
    assert nodes(opened(who)) == [], "there is nothing to open"
    html = who.get("/entry/new", html=True).text
    assert 'type="hidden" name="unit" value="%s"' % mine in html and 'value="pick:unit"' not in html


def test_tree_of_parent(town):
    """HY-11 the tree holds the parent and its subordinate units, nobody else; a node opens and closes"""
    who, mine = O.clerk(town, "D003"), str(O.unit_id(town, "D003"))
    f = field(who.get("/entry/new"))
    assert f.get("only") is None and f.get("v") == mine and f.get("btn-t") == "选择单位" and f.find("tree") is None
    assert "选择本单位" in f.get("hint")
    page = opened(who)
    want = {r[0] for r in town.sql("SELECT scope_id FROM bz_scope_path WHERE ancestor_id = " + mine)}
    got = [v for v, _ in nodes(page)]
    assert set(got) == want and len(got) == len(want) > 3, (got, want)
    assert [n.get("v") for n in field(page).find("tree").findall("n")] == [mine]
    page = press(who, page.form("/entry/new"), "pick:unit:at:")
    assert [v for v, _ in nodes(page)] == [mine] and field(page).find("tree/n").get("kids") == str(len(want) - 1)
    page = press(who, page.form("/entry/new"), "pick:unit:at:" + mine)
    assert len(nodes(page)) == len(want)
    assert nodes(press(who, page.form("/entry/new"), "pick:unit:no")) == []


def test_search(town):
    """HY-11 search by name, abbreviation, unit code and pinyin initials"""
    who = O.log_in(town, "D003")
    name, short, initials = town.sql("SELECT name, short_name, pinyin FROM st_unit WHERE unit_code = 'S006'")[0]
    form = who.get("/entry/new").form("/entry/new")
    initials = initials.split()[0]
    assert len(initials) >= 3 and initials.isalnum()
    for text in (name, name[2:6], short, initials, initials.upper(), "S006", "s006", "  %s " % short):
        page = press(who, form, "pick:unit:find", pick__unit__q=text)
        got = nodes(page)
        assert got and str(O.unit_id(town, "S006")) in [v for v, _ in got], (text, got)
    exact = nodes(press(who, form, "pick:unit:find", pick__unit__q=short))
    assert exact[0] == (str(O.unit_id(town, "S006")), name)


def test_search_bad(town):
    """HY-11 search: signs of SQL and of XML are only letters; what is outside of the scope is not found"""
    who = O.clerk(town, "D003")
    form = who.get("/entry/new").form("/entry/new")
    for text in ("%", "_", "'", "' OR '1'='1", "\\", "\"><script>", "长" * 3000):
        page = press(who, form, "pick:unit:find", pick__unit__q=text)
        assert page.status == 200 and nodes(page) == [], (text[:20], page.status, nodes(page))
        assert field(page).find("tree").get("q") == text.strip()
        html = who.post(form, extra={"do": "pick:unit:find", "pick.unit.q": text}, html=True).text
        assert "<script>\"" not in html and "没有找到" in html
    other = town.one("SELECT short_name FROM st_unit WHERE unit_code = 'D031'")
    assert nodes(press(who, form, "pick:unit:find", pick__unit__q=other)) == []
    for at in ("999999", str(O.unit_id(town, "D031")), "x", "1;--", "-1"):
        assert nodes(press(who, form, "pick:unit:at:" + at)) == nodes(press(who, form, "pick:unit:at:")), at


def test_choose(town):
    """HY-11 HY-12 choosing keeps what was typed, and the forms of entry follow the unit"""
    who, child = O.clerk(town, "D003"), str(O.unit_id(town, "S006"))
    form = who.get("/entry/new").form("/entry/new")
    before = {v for v, _ in form.options["entry_mode"] if v}
    form.set(reason="按编制审批表办理，共 1 人", entry_mode="01")
    cases = town.one("SELECT COUNT(*) FROM bz_case")
    page = press(who, form, "pick:unit:is:" + child)
    assert page.status == 200 and nodes(page) == [] and field(page).get("v") == child
    assert field(page).get("shown") == town.one("SELECT name FROM st_unit WHERE id = " + child)
    form = page.form("/entry/new")
    assert form.fields["reason"] == "按编制审批表办理，共 1 人" and form.fields["entry_mode"] == "01"
    after = {v for v, _ in form.options["entry_mode"] if v}
    assert "09" in after and "09" not in before and "03" in before and "03" not in {
        v for v, t in form.options["entry_mode"] if "不在可选范围" not in t}, (before, after)
    assert town.one("SELECT COUNT(*) FROM bz_case") == cases, "a look stored something"
    page = who.post(form.set(entry_mode="09"))
    assert page.status == 303, page.text[:800]
    case = page.headers["location"].split("?")[0]
    assert town.one("SELECT scope_id FROM bz_case WHERE id = %d" % O.case_id(case)) == child
    who.get(case).says("按编制审批表办理，共 1 人")


def test_choose_forged(town):
    """HY-11 A5.9 a unit outside of the scope is not chosen, however the button is forged"""
    who = O.clerk(town, "D003")
    form = who.get("/entry/new").form("/entry/new")
    for unit in (str(O.unit_id(town, "D031")), "999999", "x", "", "-1", "9" * 30):
        page = press(who, form, "pick:unit:is:" + unit)
        assert page.status == (422 if unit.isdigit() and len(unit) < 19 else 200), (unit, page.status)
        form2 = page.form("/entry/new")
        page = who.post(form2.set(entry_mode="01"))
        assert page.status == 422 and "unit" in page.errors(), (unit, page.status)
    for do in ("pick:nothing:is:1", "pick:entry_mode:is:01", "pick", "pick:unitx"):
        page = press(who, form, do)
        assert page.status in (303, 422), (do, page.status)


def test_change_of_unit(town):
    """HY-11 the case's unit is changed in the tree until persons were added; then the page says what to do"""
    who, child = O.clerk(town, "D003"), str(O.unit_id(town, "S006"))
    case = O.new_case(who)
    page = press(who, who.get(case).form(case), "pick:unit")
    assert len(nodes(page)) > 3
    page = press(who, page.form(case), "pick:unit:is:" + child)
    assert page.status == 200 and field(page).get("v") == child
    assert town.one("SELECT scope_id FROM bz_case WHERE id = %d" % O.case_id(case)) == str(O.unit_id(town, "D003"))
    page = who.post(page.form(case).set(entry_mode="09"), extra={"do": "save"})
    assert page.status == 303
    assert town.one("SELECT scope_id FROM bz_case WHERE id = %d" % O.case_id(case)) == child
    O.make_room(town, 3, "S006", "22")
    O.make_room(town, 3, "S006", "2", "structure")
    O.add_person(who, case, **O.PUBLIC)
    page = press(who, who.get(case).form(case), "pick:unit:is:" + str(O.unit_id(town, "D003")))
    assert page.status == 422 and "已添加人员" in page.errors()["unit"], page.errors()


def test_tree_without_script(town):
    """HY-11 the drawn tree is buttons and a search box; Enter searches"""
    who = O.clerk(town, "D003")
    form = who.get("/entry/new").form("/entry/new")
    html = who.post(form, extra={"do": "pick:unit"}, html=True).text
    at = html.index("<main")
    assert html.index('value="pick:unit:find"') < html.index("保存</button>") and 'name="pick.unit.q"' in html
    assert html.count('value="pick:unit:is:') > 3 and 'aria-expanded="true"' in html[at:]
    assert "<script" not in html[at:html.index("</main>")]


def test_large_office(town):
    """HY-11 an office with 3,000 units: at most 200 rows at once, the rest by search"""
    root = O.unit_id(town, "D020")
    town.sql("INSERT INTO bz_scope (kind, parent_id, office_id, name, code) SELECT 'unit', %d, s.office_id, CONCAT('测试单位', seq), CONCAT('ZZ', seq)"
             " FROM seq_1_to_3000 JOIN bz_scope s ON s.id = %d;"
             " INSERT INTO bz_scope_path (ancestor_id, scope_id, depth) SELECT p.ancestor_id, s.id, p.depth + 1 FROM bz_scope s JOIN bz_scope_path p ON p.scope_id = %d"
             " WHERE s.code LIKE 'ZZ%%'; INSERT INTO bz_scope_path (ancestor_id, scope_id, depth) SELECT id, id, 0 FROM bz_scope WHERE code LIKE 'ZZ%%';"
             " INSERT INTO st_unit (id, unit_code, name, short_name, pinyin, parent_id, office_id, unit_category, org_level, funding_form,"
             " division_code, review_section, sort_order) SELECT s.id, s.code, s.name, s.name, 'csdw', %d, s.office_id, u.unit_category, u.org_level,"
             " u.funding_form, u.division_code, u.review_section, 9000 FROM bz_scope s JOIN st_unit u ON u.id = %d WHERE s.code LIKE 'ZZ%%'"
             % (root, root, root, root, root))
    try:
        who = O.clerk(town, "D020")
        page = opened(who)
        assert len(nodes(page)) == 200 and field(page).find("tree").get("more") == "1"
        assert len(who.get("/entry/new").text) < 12000, "the closed tree costs nothing"
        page = press(who, page.form("/entry/new"), "pick:unit:find", pick__unit__q="csdw")
        assert len(nodes(page)) == 50 and field(page).find("tree").get("more") == "1"
        page = press(who, page.form("/entry/new"), "pick:unit:find", pick__unit__q="测试单位2999")
        assert [t for _, t in nodes(page)] == ["测试单位2999"] and field(page).find("tree").get("more") is None
    finally:
        town.sql("DELETE FROM st_unit WHERE unit_code LIKE 'ZZ%'; DELETE p FROM bz_scope_path p JOIN bz_scope s ON s.id = p.scope_id"
                 " WHERE s.code LIKE 'ZZ%'; DELETE FROM bz_scope WHERE code LIKE 'ZZ%'")


def test_words_anew(town):
    """HY-11 bianzhi words fills in anew by what units are found, for units that came before an upgrade"""
    before = town.sql("SELECT u.pinyin, s.words FROM st_unit u JOIN bz_scope s ON s.id = u.id ORDER BY u.id")
    town.sql("UPDATE st_unit SET pinyin = '' WHERE unit_code IN ('S006', 'S007'); UPDATE bz_scope SET words = '' WHERE code LIKE 'S0%'")
    out = town.tool("words").stdout
    assert "更新拼音首字母 2 个" in out, out
    assert town.sql("SELECT u.pinyin, s.words FROM st_unit u JOIN bz_scope s ON s.id = u.id ORDER BY u.id") == before
    assert "更新拼音首字母 0 个" in town.tool("words").stdout
