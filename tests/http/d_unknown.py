# The connection to the database breaks at COMMIT: what was stored is asked for by
# the form's key and the attempt.  SPDX-License-Identifier: MulanPSL-2.0
import cut
import office as O
import town as T


def fresh(who, case):
    return O.item_form(who, case).set(**O.PERSON, name="程未知", sex="1", id_number=O.new_number())


def shown(who, case):
    """The form of a person whose key has a row without an answer: a row was added, and back to it."""
    form = fresh(who, case)
    assert who.post(form, extra={"do": "add:duty"}).status == 200
    return form


def persons(town, case):
    return int(town.one("SELECT COUNT(*) FROM bz_item WHERE case_id = %d" % O.case_id(case)))


def test_unknown_commit(town):
    """kept promise: a COMMIT that was not handed on is run again, one whose answer was lost is not, also for a form that was shown before"""
    with cut.proxy(town) as fault:
        who = O.clerk(town)
        for name in ("unsent", "unanswered", "half"):
            case = O.new_case(who)
            for form in (fresh(who, case), shown(who, case)):
                before = persons(town, case)
                fault(name, wait=False)
                page = who.post(form, extra={"do": "keep"})
                assert page.status == 303, (name, page.status, page.text[:800])
                assert persons(town, case) == before + 1, "said to be kept after %s: %d, before: %d" % (name, persons(town, case), before)
                assert who.post(form, extra={"do": "keep"}).headers.get("location") == page.headers["location"], name
                assert persons(town, case) == before + 1, "twice after " + name


def test_unknown_commit_of_a_page(town):
    """kept promise: an answer that is a page, not an address, is given for what was stored: a first password that is shown opens the door"""
    with cut.proxy(town) as fault:
        admin = O.log_in(town, "anquan")
        account = town.one("SELECT id FROM bz_account WHERE name = 'D008'")
        oid = town.one("SELECT id FROM bz_operator WHERE name = '孙晓梅' AND account_id = " + account)
        was = town.sql("SELECT password_hash, password_state, COALESCE(password_until, '') FROM bz_operator WHERE id = " + oid)[0]
        for name in ("unsent", "unanswered"):
            form = admin.get("/account/" + account).form("/account/" + account)
            assert admin.post(form, extra={"do": "first:" + oid}).status == 200
            fault(name, wait=False)
            page = admin.post(form, extra={"do": "first:" + oid})
            assert page.status == 200, (name, page.status)
            secret = next("".join(k.itertext()) for k in page.xml.iter("kv") if k.get("t") == "初始密码")
            assert T.Browser(town).login("D008", "孙晓梅", secret).xml.get("view") == "password", "the password of the page after %s does not open" % name
        town.sql("UPDATE bz_operator SET password_hash = '%s', password_state = '%s', password_until = NULLIF('%s', '') WHERE id = %s" % (*was, oid))
    O.clerk(town, "D008")   # as others expect it
