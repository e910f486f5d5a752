# bianzhi doctor: an upgrade is rehearsed with a new build's definitions on a masked copy of the town's database.
# SPDX-License-Identifier: MulanPSL-2.0
import contextlib
import os
import re
import shutil
import subprocess

import office as O
import server as S
import town as T

CJK = "[一-龥]"


@contextlib.contextmanager
def rehearsal(town):
    """A server's folder whose definitions are a copy that can be changed, with a database of its own."""
    s = S.Server(town, start=False)
    name = "rehearsal_%d" % os.getpid()
    try:
        shutil.copytree(T.STAGE + "/share/bianzhi", s.dir + "/new")
        s.change("datadir=%s/new" % s.dir)
        text = open(s.conf, encoding="utf-8").read()
        text = re.sub(r"(?m)^(name|database)=.*\n", "", text) if re.search(r"\[database\][^\[]*\nname=", text) else text
        s.write(text.replace("[database]\n", "[database]\nname=%s\n" % name, 1))
        anew(town, name)
        yield s, name
    finally:
        town.sql("DROP DATABASE IF EXISTS %s" % name)
        s.end()


def anew(town, name):
    town.sql("DROP DATABASE IF EXISTS %s; CREATE DATABASE %s CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci; GRANT ALL ON %s.* TO bz_owner@localhost WITH GRANT OPTION" % (name, name, name))


def doctor(s, today):
    done = subprocess.run([T.STAGE + "/bin/bianzhi", "-c", s.conf, "doctor", today], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, timeout=300)
    return done.returncode, done.stdout


def process(s, version):
    for name in os.listdir(s.dir + "/new/packs/entry/process"):
        path = s.dir + "/new/packs/entry/process/" + name
        text = open(path, encoding="utf-8").read()
        if 'name="counter"' in text and 'version="%d"' % version in text:
            return path, text
    raise AssertionError("no version %d" % version)


def test_doctor(town):
    """doctor: what a new build adds is told, the copy is migrated and verified, persons in it cannot be recognised, cases under way are told on which definition they go on; today's database stays as it is"""
    who = O.clerk(town)
    case = O.filled_case(who)
    today = town.dir + "/bianzhi.conf"
    with rehearsal(town) as (s, name):
        _, text = process(s, 2)
        with open(s.dir + "/new/packs/entry/process/counter-3.xml", "w", encoding="utf-8") as f:
            f.write(text.replace('version="2"', 'version="3"'))
        with open(s.dir + "/new/packs/staffing/sql/0999-more.sql", "w", encoding="utf-8") as f:
            f.write("ALTER TABLE st_gate ADD COLUMN more INT NOT NULL DEFAULT 0;\n")
        before = town.sql("SELECT COUNT(*), SUM(CRC32(body)) FROM bz_item")
        status, said = doctor(s, today)
        assert status == 0, said
        for line in ("+ process counter of entry, version 3", "tables of bianzhi, persons masked", "migrated staffing 0999-more.sql",
                     "cases of entry at draft (counter, version 2): finish on the definition", "nothing speaks against the upgrade"):
            assert line in said, (line, said)
        assert "- process" not in said and not re.search(r"\d+ findings", said), said
        masked(town, name)
        assert town.sql("SELECT COUNT(*), SUM(CRC32(body)) FROM bz_item") == before
        assert not town.sql("SELECT 1 FROM information_schema.columns WHERE table_schema = 'bianzhi' AND table_name = 'st_gate' AND column_name = 'more'")
        status, said = doctor(s, today)
        assert status == 1 and "has tables; name an empty one" in said, said
    who.get(case).says("草稿")


def masked(town, name):
    """The copy has all rows and nobody in it."""
    for table in ("st_person", "st_employment", "bz_item", "bz_case", "st_quota_posting"):
        assert town.one("SELECT COUNT(*) FROM %s.%s" % (name, table)) == town.one("SELECT COUNT(*) FROM %s" % table), table
    for table, column in (("st_person", "name"), ("st_person", "id_number"), ("bz_item", "label"), ("bz_item", "subject_key"), ("bz_operator", "name"),
                          ("bz_operator", "password_hash")):
        assert town.one("SELECT COUNT(*) FROM %s.%s m JOIN %s o ON o.%s = m.%s WHERE o.%s != ''" % (name, table, table, column, column, column)) == "0", column
    texts = town.sql("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = '%s' AND data_type IN ('varchar', 'char', 'text',"
                     " 'mediumtext') AND table_name NOT IN ('bz_migration', 'bz_version', 'bz_audit_head')" % name)
    assert len(texts) > 100
    for table, column in texts:
        found = town.one("SELECT COUNT(*) FROM %s.%s WHERE `%s` REGEXP '%s' OR `%s` REGEXP '[0-9]{17}'" % (name, table, column, CJK, column))
        assert found == "0", (table, column, town.one("SELECT `%s` FROM %s.%s WHERE `%s` REGEXP '%s' LIMIT 1" % (column, name, table, column, CJK)))
    assert town.one("SELECT COUNT(*) FROM %s.bz_blob_chunk" % name) == "0"
    assert town.one("SELECT COUNT(*) FROM %s.bz_item i JOIN %s.st_person p ON p.id_number = i.subject_key" % (name, name)) == town.one(
        "SELECT COUNT(*) FROM bz_item i JOIN st_person p ON p.id_number = i.subject_key"), "equal texts are equal still"


def test_stuck(town):
    """doctor: a new build without the definition of cases that run, one with a migration that fails, one that does not load, and the database that works named for the rehearsal are found, with what to do"""
    O.new_case(O.clerk(town))
    today = town.dir + "/bianzhi.conf"
    with rehearsal(town) as (s, name):
        path, text = process(s, 2)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text.replace('version="2"', 'version="3"'))
        status, said = doctor(s, today)
        assert status == 1 and "- process counter of entry, version 2" in said and "CANNOT GO ON" in said and "see the findings above" in said, said
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        anew(town, name)
        bad = s.dir + "/new/packs/staffing/sql/0999-bad.sql"
        with open(bad, "w", encoding="utf-8") as f:
            f.write("ALTER TABLE st_nothing ADD COLUMN more INT;\n")
        status, said = doctor(s, today)
        assert status == 1 and "0999-bad.sql:1: " in said, said
        os.remove(bad)
        anew(town, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text.replace('to="done"', 'to="doen"', 1))
        status, said = doctor(s, today)
        assert status == 1 and os.path.basename(path) + ":" in said and "doen" in said, said
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        town.sql("ALTER DATABASE %s COLLATE utf8mb4_bin" % name)
        status, said = doctor(s, today)
        assert status == 1 and "have not the same collation" in said, said
        s.write(open(s.conf, encoding="utf-8").read().replace("name=" + name, "name=bianzhi"))
        status, said = doctor(s, today)
        assert status == 1 and "name the same database" in said, said
