# Searches for somebody: found by name and by number, and neither ever stands in
# an address.  SPDX-License-Identifier: MulanPSL-2.0
import urllib.parse

import office as O


def names(page, table="persons", column=0):
    t = next(t for t in page.xml.iter("table") if t.get("id") == table)
    return ["".join(r.findall("c")[column].itertext()) for r in t.findall("r")]


def addresses(page):
    """Every attribute that a browser may turn into an address."""
    return [e.get(a) for e in page.xml.iter() for a in ("href", "action", "first", "prev", "next") if e.get(a)]


def hides(page, *words):
    for a in addresses(page):
        for word in words:
            assert word not in urllib.parse.unquote_plus(a), a


def test_roster_by_name(town):
    """roster: a search by name posts, its pages too, and no address holds the name"""
    boss = O.reviewer(town)
    family = town.one("SELECT LEFT(p.name, 1) AS f FROM st_person p JOIN st_employment e ON e.person_id = p.id"
                      " WHERE e.valid_to = '9999-12-31' GROUP BY f ORDER BY COUNT(*) DESC LIMIT 1")
    scope = town.one("SELECT id FROM st_office WHERE division_code = '480300'")
    want = town.sql("SELECT p.name FROM st_employment e JOIN st_person p ON p.id = e.person_id WHERE e.valid_to = '9999-12-31'"
                    " AND LEFT(p.name, 1) = '%s' AND e.staffing_type LIKE '11%%' AND e.unit_id IN"
                    " (SELECT scope_id FROM bz_scope_path WHERE ancestor_id = %s) ORDER BY e.id" % (family, scope))
    page = boss.post(boss.get("/staffing/person/").query(), q=family, type="11")
    assert page.status == 200 and page.find("pager").get("next") is None
    seen = names(page)
    assert page.find("pager").get("total") == str(len(want)), page.find("pager").attrib
    while page.turn("next"):
        page = boss.post(page.turn("next"))
        hides(page, family)
        assert page.status == 200 and page.query().fields["q"] == family and page.query().fields["type"] == "11"
        seen += names(page)
    assert [[n] for n in seen] == want and len(want) > 20, (len(seen), len(want))
    assert names(boss.post(page.turn("first"))) == seen[:20]


def test_roster_by_number(town):
    """roster: a whole ID number finds its person and nobody else, a part of one nobody"""
    boss = O.reviewer(town)
    name, number = town.sql("SELECT p.name, p.id_number FROM st_person p JOIN st_employment e ON e.person_id = p.id"
                            " WHERE e.valid_to = '9999-12-31' AND p.id_number LIKE '%X' LIMIT 1")[0]
    for typed in (number, number.lower(), " %s " % number):
        page = boss.post(boss.get("/staffing/person/").query(), q=typed)
        assert names(page) == [name], typed
        hides(page, number, number.lower())
        assert number not in page.text.replace('v="%s"' % number, ""), "only the field itself shows it"
    for typed in (number[:17], number[1:], number[:6], number[:17] + "_", number[:17] + "%"):
        assert names(boss.post(boss.get("/staffing/person/").query(), q=typed)) == [], typed
    other = O.clerk(town)
    mine = {r[0] for r in town.sql("SELECT id_number FROM st_person p JOIN st_employment e ON e.person_id = p.id WHERE e.unit_id = %d"
                                   % O.unit_id(town))}
    if number not in mine:
        assert names(other.post(other.get("/staffing/person/").query(), q=number)) == [], "found outside of the scope"


def test_not_by_address(town):
    """lists: a name or number in an address is not looked at"""
    who, boss = O.clerk(town), O.reviewer(town)
    nobody = urllib.parse.quote("无此人")
    assert names(boss.get("/staffing/person/?q=" + nobody)) == names(boss.get("/staffing/person/"))
    assert boss.get("/staffing/person/?q=" + nobody).query().fields["q"] == ""
    O.filled_case(who)
    assert names(who.get("/entry/?label=" + nobody), "cases") == names(who.get("/entry/"), "cases") != []
    hides(who.get("/entry/?label=" + nobody), "无此人")


def test_cases_by_name(town):
    """cases: a search by name posts and turns its pages by post; other filters stay in addresses"""
    O.make_room(town, 3)
    who = O.clerk(town)
    for _ in range(22):
        case = O.new_case(who)
    town.sql("UPDATE bz_case SET label = '诸葛亮亮', items = 1 WHERE id > %d - 22 AND id <= %d" % (O.case_id(case), O.case_id(case)))
    page = who.post(who.get("/entry/").query(), label="诸葛", state="draft")
    assert page.status == 200 and len(names(page, "cases")) == 20
    hides(page, "诸葛")
    assert page.query().fields["label"] == "诸葛" and page.query().fields["state"] == "draft"
    first = names(page, "cases")
    page = who.post(page.turn("next"))
    hides(page, "诸葛")
    assert len(names(page, "cases")) == 2 and not set(names(page, "cases")) & set(first) and page.turn("next") is None
    assert names(who.post(page.turn("prev")), "cases") == first
    assert names(who.post(page.turn("first")), "cases") == first
    page = who.post(who.get("/entry/").query(), state="draft")
    assert "state=draft" in page.find("pager").get("next") and page.turn("next") is None
    assert len(names(who.get(page.find("pager").get("next")), "cases")) >= 2
    town.sql("UPDATE bz_case SET state = 'cancelled', label = '' WHERE label = '诸葛亮亮'")


def test_search_again(town):
    """lists: the same form searches again (the key of a search holds nothing), and changes nothing"""
    boss = O.reviewer(town)
    form = boss.get("/staffing/person/").query()
    before = town.one("SELECT MAX(seq) FROM bz_audit")
    for q in ("王", "李", "王"):
        page = boss.post(form, q=q)
        assert page.status == 200 and all(n.startswith(q) for n in names(page)) and names(page)
    assert town.one("SELECT MAX(seq) FROM bz_audit") == before
    form.key = "A" * len(form.key)
    assert boss.post(form).status == 403


def test_search_drawn(town):
    """lists: the drawn page holds a POST form with the key; without JavaScript its pager is buttons"""
    boss = O.reviewer(town)
    html = boss.get("/staffing/person/", html=True).text
    form = html[html.index('class="query"') - 40:html.index("查询</button>")]
    assert 'method="post"' in form and 'name="key"' in form and 'name="q"' in form, form
    page = boss.post(boss.get("/staffing/person/").query(), q="王", html=True)
    pager = page.text[page.text.index('class="pager"'):]
    assert 'method="post"' in pager and 'name="below"' in pager and 'name="q" value="王"' in pager, pager[:1500]



def choice(page):
    """name -> code of the units that the page offers, and the one chosen."""
    options = {"".join(o.itertext()): o for f in page.xml.iter("f") if f.get("id") == "unit" for o in f.findall("o")}
    return {n: o.get("v") for n, o in options.items()}, next((n for n, o in options.items() if o.get("sel")), None)


def listed(page):
    return {c.get("href") for r in page.xml.iter("r") for c in r.findall("c") if "/unit/" in (c.get("href") or "")}


def told(page):
    return next(t for t in page.xml.iter("table") if t.get("id") == "persons").get("empty")


def test_roster_by_unit(town):
    """roster: where units are many one is found by name, short name, code or initials; several are asked about; the page stays small"""
    boss = O.reviewer(town)
    page = boss.get("/staffing/person/")
    assert choice(page) == ({}, None) and page.query().fields["unit_name"] == "" and len(names(page)) == 20
    code, unit, name, brief, initials = town.sql("SELECT unit_code, id, name, short_name, SUBSTRING_INDEX(pinyin, ' ', 1) FROM st_unit u"
                                                 " WHERE short_name <> '' AND 1 = (SELECT COUNT(*) FROM st_unit o WHERE SUBSTRING_INDEX(o.pinyin, ' ', 1)"
                                                 " = SUBSTRING_INDEX(u.pinyin, ' ', 1)) AND id IN (SELECT unit_id FROM st_employment"
                                                 " WHERE valid_to = '9999-12-31') AND id IN (SELECT scope_id FROM bz_scope_path p JOIN st_office f"
                                                 " ON f.id = p.ancestor_id WHERE f.division_code = '480300') ORDER BY id DESC LIMIT 1")[0]
    for typed in (name, brief, code, code.lower(), initials, initials.upper()):
        page = boss.post(page.query(), unit_name=typed, unit="")
        assert listed(page) == {"/bianzhi/staffing/unit/" + unit} and names(page), (typed, listed(page), told(page))
    assert boss.get("/staffing/person/?unit=" + unit).query().fields["unit_name"] == name
    page = boss.post(boss.get("/staffing/person/").query(), unit_name="中学")
    offered, chosen = choice(page)
    assert len(offered) > 3 and chosen == "请选择单位" and not names(page) and "有 %d 个单位符合“中学”" % (len(offered) - 1) in told(page)
    pick = next(n for n, v in sorted(offered.items()) if v and town.one("SELECT COUNT(*) FROM st_employment WHERE unit_id = %s"
                                                                        " AND valid_to = '9999-12-31'" % v) != "0")
    page = boss.post(page.query(), unit=offered[pick])
    assert choice(page) == (offered, pick) and listed(page) == {"/bianzhi/staffing/unit/" + offered[pick]}
    page = boss.post(page.query(), unit_name=name)
    assert listed(page) == {"/bianzhi/staffing/unit/" + unit}, "the unit of the text before stayed"
    page = boss.post(boss.get("/staffing/person/?unit=" + unit).query(), unit_name="")
    assert len(listed(page)) > 1 or listed(page) != {"/bianzhi/staffing/unit/" + unit}, "an emptied text still chooses"


def test_roster_unit_unknown(town):
    """roster: a unit that nobody knows, one that fits too many, one of another scope: told, nobody listed"""
    boss = O.reviewer(town)
    for typed, want in (("无此单位", "没有找到单位“无此单位”"), ("%", "没有找到单位“%”"), ("市", "超过 50 个，请把单位写得更完整")):
        page = boss.post(boss.get("/staffing/person/").query(), unit_name=typed)
        assert not names(page) and want in told(page) and choice(page) == ({}, None), (typed, told(page))
    county = town.sql("SELECT u.id, u.name FROM st_unit u JOIN st_office o ON o.id = u.office_id WHERE o.division_code <> '480300'"
                      " AND u.id NOT IN (SELECT scope_id FROM bz_scope_path p JOIN st_office c ON c.id = p.ancestor_id"
                      " WHERE c.division_code = '480300') LIMIT 1")
    for unit, name in county:
        assert not names(boss.get("/staffing/person/?unit=" + unit)) and name not in boss.get("/staffing/person/?unit=" + unit).text
        assert not names(boss.post(boss.get("/staffing/person/").query(), unit_name=name))


def test_roster_few_units(town):
    """roster: a scope of few units chooses from a list, one of a single unit has nothing to choose"""
    few, one = O.clerk(town, "D003"), O.clerk(town)
    offered, chosen = choice(few.get("/staffing/person/"))
    assert chosen == "全部单位" and len(offered) == 1 + int(town.one(
        "SELECT COUNT(*) FROM bz_scope_path p JOIN st_unit u ON u.id = p.scope_id WHERE p.ancestor_id = %d" % O.unit_id(town, "D003")))
    assert choice(one.get("/staffing/person/")) == ({}, None) and "unit_name" not in one.get("/staffing/person/").query().fields
