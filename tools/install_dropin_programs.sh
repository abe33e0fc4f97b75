#!/usr/bin/env bash
# Installs the programs that conformance/dropin and conformance/js run on Violet. All come from
# Debian 12 and load libuv.so.1 dynamically. Does nothing, fast, where all of it is there.
#
# Usage: tools/install_dropin_programs.sh [--all]
#   --all   also R with fs and httpuv, and OCaml with luv, 200 MB to download: without them
#           their tests are skipped
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(bind9 bind9-dnsutils bind9-utils cmake gcc knot-resolver libdqlite-dev libraft-dev libuv1
          libuv1-dev libwebsockets-dev lua-luv luajit make moarvm neovim netdata-core openssl
          python3-pytest python3-uvloop rakudo)
large_packages=(libfindlib-ocaml-dev libluv-ocaml-dev ocaml-findlib r-cran-fs r-cran-httpuv)
case ${1-} in
  '') ;;
  --all) packages+=("${large_packages[@]}") ;;
  *) echo "unknown option: $1 (--all or none)" >&2; exit 2 ;;
esac

installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
missing=()
for package in "${packages[@]}"; do
  grep -qxF "$package" <<<"$installed" || missing+=("$package")
done

# No service may be started by what is installed here.
without_services() {
  local policy=/usr/sbin/policy-rc.d
  if [ -e "$policy" ]; then "$@"; return; fi
  printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"
  local result=0
  "$@" || result=$?
  rm "$policy"
  return $result
}

install_missing() {
  apt-get -qq -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 install -y --no-install-recommends \
    "${missing[@]}" >/dev/null
}

if [ ${#missing[@]} -gt 0 ]; then
  echo "Installing ${missing[*]}"
  if [ "$(id -u)" != 0 ]; then
    echo "This needs root: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  without_services install_missing 2>/dev/null ||
    { apt-get -qq update || true; without_services install_missing; }
fi
tools/fetch_node18.sh
tools/fetch_npm_packages.sh
