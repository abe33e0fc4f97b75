#!/usr/bin/env bash
# Puts what `violet run` is built with into build/v8: V8's headers (Debian's libnode-dev; the library is
# that of build/node18), llhttp (header and sources of Debian's node-llhttp), the headers of OpenSSL and
# zlib (the libraries are build/node18's too), and the npm packages of src/v8/lib/package-lock.json.
# Does nothing, fast, where all of it is there.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$PWD/build/v8
lock=src/v8/lib/package-lock.json

download() {
  (cd "$folder" && apt-get -qq -o APT::Sandbox::User=root download "$1")
}

# A Debian package, unpacked into build/v8/root.
unpack() {
  download "$1" 2>/dev/null || { apt-get -qq update || true; download "$1"; }
  dpkg-deb --extract "$folder/${1%%=*}"_*.deb "$folder/root"
  rm "$folder/${1%%=*}"_*.deb
}

fetch_headers() {
  echo "Fetching V8's headers into build/v8"
  unpack 'libnode-dev=18.20.4*'
  ln -sfn root/usr/include/node "$folder/include"
}

fetch_llhttp() {
  echo "Fetching llhttp into build/v8"
  unpack 'node-llhttp=8.1.0*'
  mkdir "$folder/llhttp"
  mv "$folder/root/usr/share/include/llhttp/llhttp.h" "$folder"/root/usr/share/llhttp/*.c "$folder/llhttp/"
}

# The libraries that Node.js 18 brings along are linked; their headers come from here.
fetch_library_headers() {
  echo "Fetching the headers of OpenSSL and zlib into build/v8"
  unpack libssl-dev
  unpack zlib1g-dev
}

fetch_packages() {
  command -v npm >/dev/null ||
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends npm >/dev/null ||
    { echo "npm is needed: apt-get install npm" >&2; exit 1; }
  echo "Fetching the npm packages of $lock into build/v8"
  cp src/v8/lib/package.json "$lock" "$folder/"
  (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --silent)
}

tools/fetch_node18.sh
mkdir -p "$folder"
[ -e "$folder/include/v8.h" ] || fetch_headers
[ -e "$folder/llhttp" ] || fetch_llhttp
[ -e "$folder/root/usr/include/zlib.h" ] || fetch_library_headers
cmp -s "$lock" "$folder/package-lock.json" && [ -d "$folder/node_modules" ] || fetch_packages
touch "$folder/complete"
