# What ./demo and the tests share: a private city in one folder - database,
# application, web server - that ends only what it has started itself.
# SPDX-License-Identifier: MulanPSL-2.0

say () { echo "· $*"; }

absolute () {
  case $1 in /*) echo "$1" ;; *) echo "$PWD/$1" ;; esac
}

port_free () {
  /usr/bin/python3 - "$1" <<'END'
import socket, sys
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    s.bind(("127.0.0.1", int(sys.argv[1])))
except OSError:
    sys.exit(1)
END
}

# Sockets have short addresses: a deep folder gets its run folder elsewhere.
city_run () {
  if [ ${#1} -lt 80 ]; then
    echo "$1/run"
  else
    echo "${TMPDIR:-/tmp}/bianzhi-$(id -u)-$(printf '%s' "$1" | cksum | cut -d' ' -f1)"
  fi
}

random_text () { od -An -N18 -tx1 /dev/urandom | tr -d ' \n'; }

# city_prepare DIR STAGE PORT BASE DEMO COST
city_prepare () {
  mkdir -p "$1/spool" "$(city_run "$1")"
  chmod 700 "$1" "$(city_run "$1")"
  : >"$1/.bianzhi-demo"
  for f in downloads downloads-480321; do
    mkdir -p "$1/$f"
    cp "$top/conf/demo/$f"/* "$1/$f/"
  done
  if [ ! -f "$1/secret" ]; then
    (umask 077; { echo "OWNER=$(random_text)"; echo "APP=$(random_text)"; } >"$1/secret")
  fi
  . "$1/secret"
  if [ "$(id -u)" = 0 ]; then user='user root;'; else user=''; fi
  for f in demo/bianzhi.conf demo/nginx.conf nginx/bianzhi.conf; do
    to=$1/$(printf '%s' "$f" | sed -e 's|^demo/||' -e 's|/|-|')
    (umask 077; sed -e "s|@DIR@|$1|g" -e "s|@RUN@|$(city_run "$1")|g" \
      -e "s|@PKGDATADIR@|$2/share/bianzhi|g" \
      -e "s|@SOCKET@|$(city_run "$1")/app.sock|g" \
      -e "s|@STAGE@|$2|g" -e "s|@PORT@|$3|g" -e "s|@BASE@|$4|g" \
      -e "s|@DEMO@|$5|g" -e "s|@COST@|$6|g" -e "s|@USER@|$user|g" \
      -e "s|@OWNER@|$OWNER|g" -e "s|@APP@|$APP|g" \
      "$top/conf/$f.in" >"$to")
  done
  echo "$2" >"$1/stage"
}

# Start a program of ours: city_start DIR NAME COMMAND...; its log is NAME.log.
city_start () {
  d=$1 n=$2
  shift 2
  setsid "$@" >>"$d/$n.log" 2>&1 </dev/null &
  p=$! i=0
  echo "$p" >"$d/$n.pid"
  # Until the program takes its place it is a copy of this shell, which city_running
  # would not know; on a busy machine that is a while.
  while [ $i -lt 200 ] && cmp -s "/proc/$p/cmdline" "/proc/$$/cmdline"; do
    i=$((i + 1))
    sleep 0.05
  done
}

# Does NAME.pid still name the process that this folder started?
city_running () {
  [ -f "$1/$2.pid" ] || return 1
  p=$(cat "$1/$2.pid")
  [ -n "$p" ] && [ -r "/proc/$p/cmdline" ] || return 1
  # While a program takes the place of the shell there is nothing to read.
  c=$(tr '\0' ' ' <"/proc/$p/cmdline")
  [ -n "$c" ] || { sleep 0.05; c=$(tr '\0' ' ' <"/proc/$p/cmdline"); } 2>/dev/null
  printf '%s' "$c" | grep -qF -e "$1" -e "$(city_run "$1")"
}

city_alive () { city_running "$1" app && city_running "$1" database; }

# city_end DIR NAME SIGNAL: end it and wait, at most 15 seconds.
city_end () {
  city_running "$1" "$2" || { rm -f "$1/$2.pid"; return 0; }
  p=$(cat "$1/$2.pid")
  kill -s "$3" "$p" 2>/dev/null || true
  i=0
  while [ $i -lt 150 ] && city_running "$1" "$2"; do
    sleep 0.1
    i=$((i + 1))
  done
  city_running "$1" "$2" && kill -s KILL "$p" 2>/dev/null
  rm -f "$1/$2.pid"
}

city_stop () {
  [ -e "$1/.bianzhi-demo" ] || return 0
  [ ! -f "$(city_run "$1")/nginx.pid" ] || cp "$(city_run "$1")/nginx.pid" "$1/nginx.pid" 2>/dev/null || true
  city_end "$1" nginx QUIT
  city_end "$1" app TERM
  city_end "$1" database TERM
}

city_sql () { # DIR: SQL from standard input, as the server's first account
  mariadb --no-defaults -S "$(city_run "$1")/db.sock" -u root --default-character-set=utf8mb4
}

city_database () {
  if [ ! -d "$1/db/mysql" ]; then
    # --force: a bare machine may not know its own host name
    rm -rf "$1/db"
    # It empties the folder of temporary tables as it begins, whosever they are.
    mkdir -p "$1/db-tmp"
    TMPDIR="$1/db-tmp" mariadb-install-db --no-defaults --force --datadir="$1/db" --skip-test-db \
      --auth-root-authentication-method=normal --user="$(id -un)" \
      >"$1/install-db.log" 2>&1 || { tail -n 20 "$1/install-db.log" >&2; return 1; }
  fi
  # The settings are those that administrators are given.  Temporary tables have
  # a place of their own: several cities may run on one machine.
  mkdir -p "$1/db-tmp"
  city_start "$1" database mariadbd \
    --defaults-file="$top/conf/my.cnf.d/bianzhi.cnf" --datadir="$1/db" \
    --tmpdir="$1/db-tmp" --socket="$(city_run "$1")/db.sock" --pid-file="$(city_run "$1")/db.pid" \
    --skip-networking --user="$(id -un)" --innodb-buffer-pool-size="${BZ_POOL:-256M}" \
    --innodb-use-native-aio=OFF
  i=0
  until echo 'SELECT 1' | city_sql "$1" >/dev/null 2>&1; do
    i=$((i + 1))
    if [ $i -gt 300 ] || ! city_running "$1" database; then
      tail -n 20 "$1/database.log" >&2
      echo "the database did not start; see $1/database.log" >&2
      return 1
    fi
    sleep 0.1
  done
  . "$1/secret"
  city_sql "$1" <<END
CREATE DATABASE IF NOT EXISTS bianzhi CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE USER IF NOT EXISTS bz_owner@localhost IDENTIFIED BY '$OWNER';
CREATE USER IF NOT EXISTS bz_app@localhost IDENTIFIED BY '$APP';
CREATE USER IF NOT EXISTS bz_report@localhost ACCOUNT LOCK;
GRANT ALL ON bianzhi.* TO bz_owner@localhost WITH GRANT OPTION;
END
}

city_tool () { # DIR COMMAND...: the command line with this city's configuration
  d=$1
  shift
  "$(cat "$d/stage")/bin/bianzhi" -c "$d/bianzhi.conf" "$@"
}

city_migrate () { city_tool "$1" migrate >>"$1/setup.log" 2>&1 || { tail -n 5 "$1/setup.log" >&2; return 1; }; }

# As many persons as are asked for; above the city's own number it is repeated,
# and they are written many at once.
city_import () { # DIR PERSONS
  [ ! -f "$1/imported" ] || return 0
  say "loading the fictitious city"
  how=${CITY_BY:-}
  [ -n "$how" ] || if [ "$2" -le 20000 ]; then how=city_load; else how=city_fill; fi
  /usr/bin/python3 -B "$top/tools/demo-people" --n "$2" --out "$1/city" >>"$1/setup.log" 2>&1 \
    && $how "$1" >>"$1/setup.log" 2>&1 \
    && city_tool "$1" account load-demo "$top/conf/demo-accounts.csv" >>"$1/setup.log" 2>&1 \
    || { tail -n 5 "$1/setup.log" >&2; return 1; }
  : >"$1/imported"
}

city_load () { city_tool "$1" import "$1/city"; }

city_fill () {
  . "$1/secret"
  MYSQL_PWD=$OWNER /usr/bin/python3 -B "$top/tools/demo-fill" --socket "$(city_run "$1")/db.sock" \
    --user bz_owner --database bianzhi --tool "$(cat "$1/stage")/bin/bianzhi" \
    --conf "$1/bianzhi.conf" "$1/city"
}

city_app () {
  city_start "$1" app "$(cat "$1/stage")/sbin/bianzhi-fcgi" -c "$1/bianzhi.conf"
  i=0
  until [ -S "$(city_run "$1")/app.sock" ]; do
    i=$((i + 1))
    if [ $i -gt 150 ] || ! city_running "$1" app; then
      tail -n 20 "$1/app.log" >&2
      echo "the application did not start; see $1/app.log" >&2
      return 1
    fi
    sleep 0.1
  done
}

city_serve () {
  city_app "$1"
  nginx -p "$1" -e "$1/nginx-error.log" -c "$1/nginx.conf" || return 1
  cp "$(city_run "$1")/nginx.pid" "$1/nginx.pid"
}

# Cases in every state, once: a demo that was interrupted here does not file twice.
city_cases () { # DIR PORT BASE
  [ ! -f "$1/cases" ] || return 0
  : >"$1/cases"
  say "filing a few cases"
  /usr/bin/python3 -B "$top/tools/demo-cases" "$2" "$3" >>"$1/setup.log" 2>&1 \
    || { tail -n 5 "$1/setup.log" >&2; echo "not all cases could be filed; see $1/setup.log" >&2; }
}

city_accounts () {
  /usr/bin/python3 - "$top/conf/demo-accounts.csv" <<'END'
import csv, sys
print("demo accounts (单位账号 / 经办人 / 密码):")
for r in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")):
    print("  %s / %s / %s  (%s)" % (r["account"], r["operator"], r["password"], r["roles"]))
END
}
