# Other ways to send the roster's page, made from the pieces of the real one:
# a PHP template, PHP with our stylesheet, Flask, Django, Node.  Each asks two
# statements (session, persons).  What is not installed is absent, not counted.
# SPDX-License-Identifier: MulanPSL-2.0
import glob
import json
import os
import re
import shutil
import subprocess

import npm
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


DJANGO = """import os
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.template import loader
from django.urls import path

SQL = %(sql)r
CODES = %(codes)r
HERE = os.path.dirname(os.path.abspath(__file__))


def ask(sql):
    with connection.cursor() as c:
        c.execute(sql)
        names = [d[0] for d in c.description]
        return [dict(zip(names, row)) for row in c.fetchall()]


def page(request):
    asked = {'q%%d' %% n: ask(sql) for n, sql in SQL.items()}
    for rows in asked.values():
        for r in rows:
            for column, table in %(columns)r:
                r['code_' + column] = CODES[table].get(r.get(column), '')
    return HttpResponse(loader.get_template('page.html').render(asked))


urlpatterns = [path('', page)]
settings.configure(
    DEBUG=False, ALLOWED_HOSTS=['*'], ROOT_URLCONF=__name__, SECRET_KEY='of a page without one', USE_TZ=False, DATE_FORMAT='Y-m-d',
    INSTALLED_APPS=[], MIDDLEWARE=[],
    DATABASES={'default': {'ENGINE': 'django.db.backends.mysql', 'NAME': os.environ['DB_NAME'], 'USER': os.environ['DB_USER'],
                           'PASSWORD': os.environ['MYSQL_PWD'], 'HOST': os.environ['DB_SOCKET'], 'CONN_MAX_AGE': None,
                           'OPTIONS': {'charset': 'utf8mb4'}}},
    TEMPLATES=[{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'DIRS': [HERE + '/templates'],
                'OPTIONS': {'loaders': [('django.template.loaders.cached.Loader', ['django.template.loaders.filesystem.Loader'])]}}])
app = get_wsgi_application()
"""
NODE = """'use strict';
const cluster = require('cluster');
const fs = require('fs');
if (cluster.isPrimary) {
  for (let i = 0; i < %(workers)d; i++) cluster.fork();
  process.on('SIGTERM', () => { for (const w of Object.values(cluster.workers)) w.process.kill(); process.exit(0); });
} else {
  const { Eta } = require('eta');
  const pool = require('mysql2/promise').createPool({ socketPath: process.env.DB_SOCKET, user: process.env.DB_USER,
    password: process.env.MYSQL_PWD, database: process.env.DB_NAME, charset: 'utf8mb4', dateStrings: true, connectionLimit: 1 });
  const sql = %(sql)s, codes = %(codes)s;
  const page = new Eta({ views: __dirname, cache: true });
  const app = require('fastify')({ logger: false });
  app.get('/', async (request, reply) => {
    const asked = {};
    for (const [n, text] of Object.entries(sql)) asked[n] = (await pool.query(text))[0];
    reply.type('text/html; charset=utf-8');
    return page.render('page', { asked, codes, e: v => v ?? '' });
  });
  app.listen({ path: __dirname + '/node.sock' });
}
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
    with open(os.path.join(folder, "page.xml"), "w", encoding="utf-8") as f:
        f.write(empty)
    cells = "".join("$c = $r->appendChild($d->createElement('c')); $c->appendChild($d->createTextNode(%s));%s\n" % (
        "$codes['%s'][$row['%s']] ?? ''" % (t, c) if t else "$row['%s'] ?? ''" % c,
        {"name": "$c->setAttribute('href', '/staffing/person/'.$row['id']);", "unit_name": "$c->setAttribute('href', '/staffing/unit/'.$row['unit_id']);"}.get(c, ""))
        for c, t in P.CELLS)
    return (PHP_HEAD % (php_array(p.tables), php_asks(p)))[:-2] + """
$d = new DOMDocument(); $d->load('%s/page.xml');
$table = $d->getElementsByTagName('table')->item(0);
foreach (array_slice($q%d, 0, %d) as $row) { $r = $table->appendChild($d->createElement('r'));
%s}
$sheet = new DOMDocument(); $sheet->load('%s/list.xsl');
$x = new XSLTProcessor(); $x->importStylesheet($sheet);
echo $x->transformToXml($d);
""" % (folder, p.list, P.SIZE, cells, sheets)


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


def django_page(p):
    out = []
    for piece in p.page:
        if isinstance(piece, str):
            out.append("{% verbatim %}" + piece + "{% endverbatim %}")
            continue
        n, most, template = piece
        cells = [c if isinstance(c, str) else "{{ r.%s|default_if_none:'' }}" % ("code_" + c[0] if c[1] else c[0]) for c in template]
        out.append("{%% for r in q%d|slice:':%d' %%}%s{%% endfor %%}" % (n, most, "".join(cells)))
    return "".join(out)


def eta_page(p):
    out = []
    for piece in p.page:
        if isinstance(piece, str):
            out.append(piece)
            continue
        n, most, template = piece
        cells = [c if isinstance(c, str) else "<%%= it.e(%s) %%>" % ("it.codes.%s[r.%s]" % (c[1], c[0]) if c[1] else "r." + c[0])
                 for c in template]
        out.append("<%% for (const r of it.asked[%d].slice(0, %d)) { %%>%s<%% } %%>" % (n, most, "".join(cells)))
    return "".join(out)


def python_has(*modules):
    return subprocess.run(["/usr/bin/python3", "-c", "import " + ", ".join(modules)], stderr=subprocess.DEVNULL).returncode == 0


def installed():
    """name -> what is missing, None: it is there."""
    php = shutil.which("php-fpm8.2", path="/usr/sbin:/usr/bin") or next(iter(glob.glob("/usr/sbin/php-fpm*")), None)
    served = {what: "/usr/bin/gunicorn" if python_has(what.lower(), "MySQLdb", "gunicorn") else None for what in ("Flask", "Django")}
    node = shutil.which("node") if shutil.which("npm") else None
    return dict(served, **{"PHP template": php, "PHP with XSLT": php, "Node": node})


def write(folder, files):
    for name, text in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)


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
    write(folder, {"page.php": php_page(p), "xslt.php": php_xslt(p, folder, document),
                   "php.conf": PHP_CONF % {"dir": folder, "workers": workers, "user": getpass.getuser()}})
    return Peer([program, "-F", "-y", folder + "/php.conf"] + (["-R"] if os.getuid() == 0 else []), folder, env)


def plain(p):
    return {n: p.sql[n] for n in p.plain()}


def gunicorn(program, folder, env, workers, socket):
    return Peer([program, "--workers", str(workers), "--bind", "unix:%s/%s.sock" % (folder, socket), "--log-level", "warning", "bench_page:app"],
                folder, env, cwd=folder)


def flask(program, p, folder, env, workers):
    write(folder, {"bench_page.py": FLASK % {"sql": plain(p), "codes": p.tables}, "templates/page.html": jinja(p)})
    return gunicorn(program, folder, env, workers, "flask")


def django(program, p, folder, env, workers):
    columns = [(c, t) for c, t in P.CELLS if t]
    write(folder, {"bench_page.py": DJANGO % {"sql": plain(p), "codes": p.tables, "columns": columns}, "templates/page.html": django_page(p)})
    return gunicorn(program, folder, env, workers, "django")


def node(program, p, folder, env, workers, modules):
    """None when its packages cannot be had."""
    if npm.install(os.path.join(os.path.dirname(os.path.abspath(__file__)), "package.json"), modules):
        return None
    write(folder, {"page.eta": eta_page(p),
                   "page.js": NODE % {"workers": workers, "sql": json.dumps(plain(p)), "codes": json.dumps(p.tables)}})
    return Peer([program, folder + "/page.js"], folder, dict(env, NODE_PATH=os.path.join(modules, "node_modules"), NODE_ENV="production"))
