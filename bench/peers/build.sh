#!/usr/bin/env bash
# Builds the peers of `violet bench`: the same workloads on other runtimes. Each is optional; what one
# needs and is not there is said, and the others are built all the same.
#
# Usage: bench/peers/build.sh [NAME]...     (default: all: libevent libev asio go tokio monoio compio zig)
# They go to bench/peers in the folder that VIOLET_BUILD names (build/release). Crates come from
# crates.io (rust/Cargo.lock), zig from PyPI (tools/fetch_zig.sh, which is not called here), the rest from
# Debian.
set -uo pipefail
cd "$(dirname "$0")"

root=$(cd ../.. && pwd)
build=$(cd "$root" && realpath -m "${VIOLET_BUILD:-build/release}")
output=$build/bench/peers
objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
mkdir -p "$output"

# missing NAME WHAT HOW: says so and fails.
missing() { echo "$1: left out, for there is no $2 ($3)" >&2; return 1; }

has_header() { echo "#include <$1>" | "${CXX:-c++}" -E -x c++ - >/dev/null 2>&1; }

# cxx NAME FLAGS...
cxx() {
  local name=$1 source
  for source in protocol clock_posix; do
    "${CC:-cc}" -O2 -c -I../protocol -o "$objects/$source.o" "../protocol/$source.c" || return
  done
  "${CXX:-c++}" -O2 -std=c++20 -Wall -Wextra -I../protocol -I../ceilings -o "$output/$name" "$name.cc" \
    "$objects"/*.o "${@:2}"
}

build_libevent() {
  has_header event2/event.h || missing libevent event2/event.h "apt-get install libevent-dev" || return
  cxx libevent -levent_core
}

build_libev() {
  has_header ev.h || missing libev ev.h "apt-get install libev-dev" || return
  cxx libev -lev
}

# Its files need io_uring.
build_asio() {
  has_header asio.hpp || missing asio asio.hpp "apt-get install libasio-dev" || return
  if has_header liburing.h; then cxx asio -DASIO_HAS_IO_URING -luring; else cxx asio; fi
}

build_go() {
  command -v go >/dev/null || missing go go "apt-get install golang-go" || return
  (cd go && go build -o "$output/go" .)
}

# One build for each: a crate that does not compile here takes none of the others along.
crate() {
  command -v cargo >/dev/null || missing "$1" cargo "apt-get install cargo, or rustup" || return
  (cd rust && CARGO_TARGET_DIR=$root/build/bench/rust \
    cargo build --quiet --locked --release --features "$1" --bin "$1") &&
    cp "$root/build/bench/rust/release/$1" "$output/$1"
}
build_tokio() { crate tokio; }
build_monoio() { crate monoio; }
build_compio() { crate compio; }

build_zig() {
  [ -x "$root/build/zig/ziglang/zig" ] || missing zig zig "tools/fetch_zig.sh" || return
  "$root/tools/zig/zig" build-exe -OReleaseFast -lc -femit-bin="$output/zig" zig/main.zig \
    ../protocol/{protocol,clock_posix}.c -I../protocol
}

all=(libevent libev asio go tokio monoio compio zig)
[ $# -gt 0 ] || set -- "${all[@]}"
failed=0
for name; do
  declare -F "build_$name" >/dev/null || { echo "no such peer: $name (${all[*]})" >&2; exit 2; }
  if "build_$name"; then echo "$name: built"; else failed=1; fi
done
exit $failed
