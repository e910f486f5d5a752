# The application with one guard taken away: what a test must see.
# SPDX-License-Identifier: MulanPSL-2.0
import os
import re
import shutil

import town as T

# The key's place in the INSERT becomes a random one: it never meets itself.
KEY_GUARD = (r"UNHEX\(:nonce\)", r"UNHEX(MD5(CONCAT(:nonce, UUID())))")
QUOTA_GUARD = r"\s+AND\s+\(:amount\s*&lt;=\s*0\s+OR\s+q\.approved.*?&gt;=\s*:amount\)"


def change(town, file, query, pattern, text):
    """Restart the application with one named query changed: the mutation."""
    mutated = os.path.join(town.dir, "mutated")
    if not os.path.isdir(mutated):
        shutil.copytree(os.path.join(T.STAGE, "share", "bianzhi"), mutated)
    path = os.path.join(mutated, file)
    whole = open(path, encoding="utf-8").read()
    m = re.search(r'<query name="%s".*?</query>' % re.escape(query), whole, flags=re.S)
    assert m, "no query " + query
    changed, n = re.subn(pattern, text, m.group(0), flags=re.S)
    assert n == 1, "the mutation found its place %d times in %s" % (n, m.group(0))
    with open(path, "w", encoding="utf-8") as f:
        f.write(whole.replace(m.group(0), changed))
    restart(town, mutated)


def restart(town, datadir):
    town.sh('city_end "$d" app TERM; sed -i "s|^datadir=.*|datadir=%s|" "$d/bianzhi.conf"; city_app "$d"' % datadir)
    town.wait()


def restore(town):
    restart(town, os.path.join(T.STAGE, "share", "bianzhi"))
    shutil.rmtree(os.path.join(town.dir, "mutated"), ignore_errors=True)
