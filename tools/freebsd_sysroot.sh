#!/usr/bin/env bash
# Makes of zig's files (tools/fetch_zig.sh) and Debian's libc++ 14 what cmake/freebsd-sysroot.cmake wants
# of an unpacked base.txz, as far as it goes: FreeBSD's headers, and libraries to link with that hold no
# code. What is built so shows that the toolchain file, clang 14 and libc++ 14 do; run it on FreeBSD with
# the system's own libraries only.
#
# Usage: tools/freebsd_sysroot.sh [FOLDER]   (default: build/freebsd-sysroot)
set -euo pipefail
cd "$(dirname "$0")/.."

folder=${1:-build/freebsd-sysroot}
[ ! -e "$folder/complete" ] || exit 0
tools/install_dependencies.sh libc++
tools/fetch_zig.sh

zig=$PWD/build/zig/ziglang
export ZIG_GLOBAL_CACHE_DIR=$PWD/build/zig/sysroot-cache
rm -rf "$folder"
mkdir -p "$folder"/usr/include/c++ "$folder"/usr/lib "$folder"/lib
cp -r "$zig"/lib/libc/include/generic-freebsd/. "$zig"/lib/libc/include/x86_64-freebsd-none/. \
  "$folder/usr/include/"
cp -rL /usr/lib/llvm-14/include/c++/v1 "$folder/usr/include/c++/v1"

# Linking one program has zig make them all.
echo 'int main() { throw 1; }' |
  "$zig/zig" c++ -target x86_64-freebsd -x c++ - -o "$folder/program" && rm "$folder/program"
made() { find "$ZIG_GLOBAL_CACHE_DIR/o" -name "$1" -print -quit; }
cp "$(dirname "$(made libc.so.7)")"/lib*.so.* "$folder/lib/"
for library in "$folder"/lib/lib*.so.*; do
  name=${library##*/}
  ln -s "../../lib/$name" "$folder/usr/lib/${name%.so.*}.so"
done
ln -s libthr.so "$folder/usr/lib/libpthread.so"
cp "$(made libcompiler_rt.a)" "$folder/usr/lib/libgcc.a"
cp "$(made libunwind.a)" "$folder/usr/lib/libgcc_eh.a"
cp "$(made libc++.a)" "$(made libc++abi.a)" "$folder/usr/lib/"
echo 'INPUT(libc++.a libc++abi.a libgcc_eh.a)' >"$folder/usr/lib/libc++.so"
echo 'INPUT(libgcc_eh.a)' >"$folder/usr/lib/libgcc_s.so"
# zig's start-up code is complete.
cp "$(made crt1.o)" "$folder/usr/lib/crt1.o"
cp "$(made crt1.o)" "$folder/usr/lib/Scrt1.o"
for part in crti crtbegin crtbeginS crtbeginT crtend crtendS crtn; do
  clang-14 --target=x86_64-unknown-freebsd13.2 -x c -c /dev/null -o "$folder/usr/lib/$part.o"
done
touch "$folder/complete"
