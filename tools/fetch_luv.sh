#!/usr/bin/env bash
# Puts the sources of luv and of Lua 5.4 into build/luv, for conformance/dropin/windows: Debian's source
# packages, by lists of apt's own that leave this machine's as they are. Does nothing, fast, where they
# are there. What luv brings of other projects (deps/) is not unpacked.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=$PWD/build/luv
[ -e "$folder/complete" ] && exit
command -v apt-get >/dev/null || { echo "apt-get is needed" >&2; exit 1; }

rm -rf "$folder"
mkdir -p "$folder"/{lists/partial,cache/archives/partial,packages,lua,luv}
# luv 1.44 of Debian 12 is not on its servers any more.
printf 'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian %s main\n' \
  trixie >"$folder/sources.list"
apt=(apt-get -qq -o Dir::Etc::SourceList="$folder/sources.list" -o Dir::Etc::SourceParts=-
     -o Dir::State::Lists="$folder/lists" -o Dir::Cache="$folder/cache" -o APT::Sandbox::User=root)
"${apt[@]}" update
(cd "$folder/packages" && "${apt[@]}" source --download-only lua5.4 lua-luv)
tar -xf "$folder"/packages/lua5.4_*.orig.tar.* -C "$folder/lua" --strip-components=1
tar -xf "$folder"/packages/lua-luv_*.orig.tar.* -C "$folder/luv" --strip-components=1 --exclude='*/deps'
rm -rf "$folder"/{lists,cache}
touch "$folder/complete"
