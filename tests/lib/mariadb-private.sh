#!/bin/sh
# A private MariaDB for one test: own folder, unix socket, no network.
#   mariadb-private.sh start DIR [PID]  made and ready: DIR/s.sock, root without
#                                       password, empty database bz; it ends
#                                       when process PID has ended
#   mariadb-private.sh stop DIR         ended by its pid; DIR stays
# SPDX-License-Identifier: MulanPSL-2.0
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
command=$1 dir=$2 watched=${3:-}
# mariadbd lives in sbin, which is not in everybody's PATH.
PATH=$PATH:/usr/sbin:/usr/local/sbin

running () { # the pid is alive and still a mariadbd
  [ -s "$dir/pid" ] && pid=$(cat "$dir/pid") \
    && grep -qs mariadbd "/proc/$pid/comm"
}

start () {
  # A server empties the folder of its temporary tables as it begins, whosever they are.
  mkdir -p "$dir/tmp"
  user=$(id -un)
  if [ ! -d "$dir/data/mysql" ]; then
    TMPDIR="$dir/tmp" mariadb-install-db --no-defaults --force --datadir="$dir/data" --user="$user" \
      --auth-root-authentication-method=normal --skip-test-db \
      >"$dir/install.log" 2>&1 || { cat "$dir/install.log" >&2; exit 1; }
  fi
  mariadbd --defaults-file="$top/conf/my.cnf.d/bianzhi.cnf" \
    --datadir="$dir/data" --socket="$dir/s.sock" --tmpdir="$dir/tmp" \
    --pid-file="$dir/pid" --skip-networking --user="$user" \
    --innodb-buffer-pool-size=64M --innodb-log-file-size=16M \
    --performance-schema=OFF --innodb-use-native-aio=OFF ${MARIADB_OPTIONS:-} \
    >"$dir/log" 2>&1 </dev/null &
  for _ in $(seq 300); do
    if mariadb --no-defaults -S "$dir/s.sock" -u root -e \
      'CREATE DATABASE IF NOT EXISTS bz CHARACTER SET utf8mb4' 2>/dev/null; then
      [ -z "$watched" ] || watch >/dev/null 2>&1 </dev/null &
      return 0
    fi
    kill -0 $! 2>/dev/null || break
    sleep 0.1
  done
  cat "$dir/log" >&2
  exit 1
}

watch () { # a test that was aborted stops nothing itself
  while kill -0 "$watched" 2>/dev/null && running; do sleep 1; done
  stop
}

stop () {
  running || return 0
  kill "$pid"
  for _ in $(seq 200); do
    running || return 0
    sleep 0.05
  done
  kill -9 "$pid"
}

case $command in
start) start ;;
stop) stop ;;
*) echo "usage: $0 start|stop DIR [PID]" >&2; exit 2 ;;
esac
