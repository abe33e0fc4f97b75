#!/usr/bin/env bash
# Puts Debian's own Node.js 18, which loads libuv.so.1 dynamically, into build/node18, whatever
# other Node.js the machine has. Run it as: LD_LIBRARY_PATH=build/node18/lib build/node18/bin/node
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$PWD/build/node18
packages=('nodejs=18.20.4*' 'libnode108=18.20.4*'
          libbrotli1 libc-ares2 libicu72 libnghttp2-14 libssl3 zlib1g
          node-acorn node-cjs-module-lexer node-undici)

download() {
  (cd "$folder/packages" && apt-get -qq -o APT::Sandbox::User=root download "${packages[@]}")
}

fetch() {
  echo "Fetching Debian's Node.js 18 into build/node18"
  rm -rf "$folder"
  mkdir -p "$folder/packages" "$folder/root"
  download 2>/dev/null || { apt-get -qq update || true; download; }
  for package in "$folder"/packages/*.deb; do
    dpkg-deb --extract "$package" "$folder/root"
  done
  rm -r "$folder/packages" "$folder/root/usr/share/doc"
  ln -s root/usr/bin "$folder/bin"
  ln -s "root/usr/lib/$(gcc -print-multiarch)" "$folder/lib"
  touch "$folder/complete"
}

# Debian's Node.js reads these of its built-in modules from /usr/share/nodejs when it starts. The
# packages that carry them refuse to be installed beside another nodejs, so absent ones are copied.
copy_builtin_modules() {
  local module target
  for module in acorn acorn-walk cjs-module-lexer undici; do
    target=/usr/share/nodejs/$module
    [ -e "$target" ] && continue
    echo "Copying Node.js 18's built-in module to $target"
    mkdir -p /usr/share/nodejs
    cp -r "$folder/root$target" "$target"
  done
}

[ -e "$folder/complete" ] || fetch
copy_builtin_modules
