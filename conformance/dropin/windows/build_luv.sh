#!/usr/bin/env bash
# Builds Lua 5.4 and luv for Windows, each a DLL, against our headers and import library, and puts them
# together with luv's own tests: build_luv.sh BUILD FOLDER, where BUILD has uv.dll and libuv.dll.a.
set -euo pipefail
build=$(realpath "$1")
folder=$2
root=$(realpath "$(dirname "$0")/../../..")
sources=$root/build/luv
mkdir -p "$folder/objects"
cd "$folder"

compile() { ccache x86_64-w64-mingw32-gcc-posix -O1 -D_WIN32_WINNT=0x0A00 -DLUA_BUILD_AS_DLL "$@"; }
command -v ccache >/dev/null || ccache() { "$@"; }

objects=()
for source in "$sources"/lua/src/*.c; do
  name=$(basename "$source" .c)
  case $name in lua | luac) continue ;; esac
  compile -c "$source" -o "objects/$name.o"
  objects+=("objects/$name.o")
done
compile -static -shared "${objects[@]}" -o lua54.dll -Wl,--out-implib,objects/lua54.a
compile -static "$sources/lua/src/lua.c" objects/lua54.a -o lua.exe
compile -DUSING_UV_SHARED -DLUA_LIB -I"$sources/lua/src" -I"$sources/luv/src" -I"$root/include" \
  -static -shared "$sources/luv/src/luv.c" objects/lua54.a "$build/libuv.dll.a" -lws2_32 -o luv.dll
cp "$build/uv.dll" .
cp -r "$sources"/luv/{tests,lib} "$sources"/luv/*.md .
