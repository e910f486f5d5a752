# A fresh Debian 12 with nothing but its base, in a folder of its own: for the
# tests of the installation.  Sourced; needs root and debootstrap.
# SPDX-License-Identifier: MulanPSL-2.0

root_make () { # LOG: the root's folder goes to $root
  root=$(mktemp -d /tmp/bianzhi-root-XXXXXX)
  chmod 755 "$root"
  mirror=$(sed -n 's/^URIs: *//p; s/^deb \(http[^ ]*\).*/\1/p' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null \
    | grep -v security | head -n 1)
  command -v debootstrap >/dev/null || apt-get install -y -q debootstrap >/dev/null 2>&1
  # shellcheck disable=SC2086
  debootstrap --variant=minbase bookworm "$root" $mirror >"$1" 2>&1
}

# The way to the packages is this machine's, and so are the certificates that
# are trusted on it.
root_connect () {
  if [ -f /etc/apt/sources.list.d/debian.sources ]; then
    cp /etc/apt/sources.list.d/debian.sources "$root/etc/apt/sources.list.d/"
    : >"$root/etc/apt/sources.list"
  fi
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  for f in /etc/apt/apt.conf.d/*; do
    [ ! -f "$f" ] || [ -f "$root$f" ] || cp "$f" "$root/etc/apt/apt.conf.d/"
  done
  if [ -f /etc/ssl/certs/ca-certificates.crt ]; then
    cp /etc/ssl/certs/ca-certificates.crt "$root/etc/machine-ca.crt"
    export npm_config_cafile=/etc/machine-ca.crt NODE_EXTRA_CA_CERTS=/etc/machine-ca.crt
  fi
}

root_mount () {
  mount -t proc proc "$root/proc"
  mkdir -p "$root/dev/shm"
  mount -t tmpfs tmpfs "$root/dev/shm"
}

root_unmount () {
  umount "$root/proc" "$root/dev/shm" 2>/dev/null
}

root_clone () { # TOP
  rm -rf "$root/srv/bianzhi"
  git clone -q "$1" "$root/srv/bianzhi"
}
