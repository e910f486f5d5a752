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

