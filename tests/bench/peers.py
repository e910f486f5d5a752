# Other ways to send the roster's page, made from the pieces of the real one:
# a PHP template, PHP with our stylesheet, Flask.  Each asks three statements
# (session, units, persons).  What is not installed is absent, and not counted.
# SPDX-License-Identifier: MulanPSL-2.0
import glob
import os
import re
import shutil
import subprocess

import pieces as P
import town as T

PHP_CONF = """[global]
error_log = %(dir)s/php.log
daemonize = no
[www]
listen = %(dir)s/php.sock
listen.backlog = 511
pm = static
pm.max_children = %(workers)d
clear_env = no
user = %(user)s
group = %(user)s
php_admin_flag[opcache.enable] = on
php_admin_value[opcache.validate_timestamps] = 0
"""
PHP_HEAD = """<?php
$db = mysqli_init();
$db->real_connect('p:localhost', getenv('DB_USER'), getenv('MYSQL_PWD'), getenv('DB_NAME'), 0, getenv('DB_SOCKET')) or exit(1);
$db->set_charset('utf8mb4');
function ask($db, $sql) { $r = $db->query($sql); $out = $r->fetch_all(MYSQLI_ASSOC); $r->free(); return $out; }
function e($text) { echo htmlspecialchars($text ?? '', ENT_COMPAT); }
$codes = %s;
%s
header('Content-Type: text/html; charset=utf-8');
?>"""
FLASK = """import os
import MySQLdb
from flask import Flask, Response, render_template

app = Flask(__name__)
SQL = %(sql)r
CODES = %(codes)r
DB = None


def ask(sql):
    global DB
    if DB is None:
        DB = MySQLdb.connect(unix_socket=os.environ['DB_SOCKET'], user=os.environ['DB_USER'], passwd=os.environ['MYSQL_PWD'],
                             db=os.environ['DB_NAME'], charset='utf8mb4', autocommit=True)
    c = DB.cursor(MySQLdb.cursors.DictCursor)
    c.execute(sql)
    return c.fetchall()


@app.route('/')
def page():
    asked = {n: ask(sql) for n, sql in SQL.items()}
    return Response(render_template('page.html', asked=asked, codes=CODES), content_type='text/html; charset=utf-8')


import MySQLdb.cursors
"""


def quoted(text):
    return "'%s'" % text.replace("\\", "\\\\").replace("'", "\\'")


def php_array(values):
    return "[%s]" % ", ".join("%s => %s" % (quoted(k), php_array(v) if isinstance(v, dict) else quoted(v)) for k, v in values.items())


def php_asks(p):
    return "\n".join("$q%d = ask($db, %s);" % (n, quoted(p.sql[n])) for n in p.plain())


def php_page(p):
    out = [PHP_HEAD % (php_array(p.tables), php_asks(p))]
    for piece in p.page:
        if isinstance(piece, str):
            out.append(piece)
            continue
        n, most, template = piece
        cells = [c if isinstance(c, str) else "<?php e(%s) ?>" % ("$codes['%s'][$r['%s']]" % (c[1], c[0]) if c[1] else "$r['%s']" % c[0])
                 for c in template]
        out.append("<?php foreach (array_slice($q%d, 0, %d) as $r): ?>%s<?php endforeach ?>" % (n, most, "".join(cells)))
    return "".join(out)


def php_xslt(p, folder, document):
    """The page document with rows from the statements, through our list.xsl."""
    sheets = os.path.join(folder, "xslt")
    shutil.copytree(os.path.join(T.TOP, "xslt"), sheets)
    for path in glob.glob(sheets + "/*.xsl"):
        text = open(path, encoding="utf-8").read()
        with open(path, "w", encoding="utf-8") as f:
            f.write(re.sub(r'href="bz:([a-z0-9-]+\.xsl)"', r'href="\1"', text))
    empty = re.sub(r"<r>.*</r>", "", document, flags=re.S)
    if p.options is not None:
        empty = re.sub(r'<o v="\d\d*">(?=[^<]*</o>)[^<]*</o>', lambda m: m.group(0) if re.search(r'v="(11|12|21|22|31|1)"', m.group(0)) else "", empty)
    with open(os.path.join(folder, "page.xml"), "w", encoding="utf-8") as f:
        f.write(empty)
    cells = "".join("$c = $r->appendChild($d->createElement('c')); $c->appendChild($d->createTextNode(%s));%s\n" % (
        "$codes['%s'][$row['%s']] ?? ''" % (t, c) if t else "$row['%s'] ?? ''" % c,
        {"name": "$c->setAttribute('href', '/staffing/person/'.$row['id']);", "unit_name": "$c->setAttribute('href', '/staffing/unit/'.$row['unit_id']);"}.get(c, ""))
        for c, t in P.CELLS)
    units = "" if p.options is None else """
$select = (new DOMXPath($d))->query("//query/f[@id='unit']")->item(0);
foreach ($q%d as $row) { $o = $select->appendChild($d->createElement('o')); $o->setAttribute('v', $row['code']); $o->appendChild($d->createTextNode($row['name'])); }""" % p.options
    return (PHP_HEAD % (php_array(p.tables), php_asks(p)))[:-2] + """
$d = new DOMDocument(); $d->load('%s/page.xml');%s
$table = $d->getElementsByTagName('table')->item(0);
foreach (array_slice($q%d, 0, %d) as $row) { $r = $table->appendChild($d->createElement('r'));
%s}
$sheet = new DOMDocument(); $sheet->load('%s/list.xsl');
$x = new XSLTProcessor(); $x->importStylesheet($sheet);
echo $x->transformToXml($d);
""" % (folder, units, p.list, P.SIZE, cells, sheets)


def jinja(p):
    out = []
    for piece in p.page:
        if isinstance(piece, str):
            out.append("{% raw %}" + piece + "{% endraw %}")
            continue
        n, most, template = piece
        cells = [c if isinstance(c, str) else "{{ %s }}" % ("codes.%s.get(r.%s, '')" % (c[1], c[0]) if c[1] else "r.%s if r.%s is not none" % (c[0], c[0]))
                 for c in template]
        out.append("{%% for r in asked[%d][:%d] %%}%s{%% endfor %%}" % (n, most, "".join(cells)))
    return "".join(out)


def installed():
    """name -> what is missing, None: it is there."""
    php = shutil.which("php-fpm8.2", path="/usr/sbin:/usr/bin") or next(iter(glob.glob("/usr/sbin/php-fpm*")), None)
    flask = subprocess.run(["/usr/bin/python3", "-c", "import flask, MySQLdb, gunicorn"], stderr=subprocess.DEVNULL).returncode
    return {"PHP template": php, "PHP with XSLT": php, "Flask": "/usr/bin/gunicorn" if flask == 0 else None, "Node": None, "Django": None}


class Peer:
    """One process group with its files in FOLDER; ended by its pid."""

    def __init__(self, command, folder, env, cwd=None):
        self.log = open(os.path.join(folder, "log"), "ab")
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, env=env, cwd=cwd)

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.log.close()


def php(program, p, folder, env, workers, document):
    import getpass
    os.makedirs(folder)
    files = {"page.php": php_page(p), "xslt.php": php_xslt(p, folder, document),
             "php.conf": PHP_CONF % {"dir": folder, "workers": workers, "user": getpass.getuser()}}
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(text)
    return Peer([program, "-F", "-y", folder + "/php.conf"] + (["-R"] if os.getuid() == 0 else []), folder, env)


def flask(program, p, folder, env, workers):
    os.makedirs(folder + "/templates")
    with open(folder + "/bench_page.py", "w", encoding="utf-8") as f:
        f.write(FLASK % {"sql": {n: p.sql[n] for n in p.plain()}, "codes": p.tables})
    with open(folder + "/templates/page.html", "w", encoding="utf-8") as f:
        f.write(jinja(p))
    return Peer([program, "--workers", str(workers), "--bind", "unix:%s/flask.sock" % folder, "--log-level", "warning", "bench_page:app"],
                folder, env, cwd=folder)
