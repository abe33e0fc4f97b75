#!/usr/bin/env bash
# What a system does not supply yet: compiles the library for it with zig, as far as it goes, and lists
# the functions of ours that nobody defines, and the files that do not compile.
#
# Usage: tools/list_missing.sh [freebsd|netbsd|openbsd|macos|macos-arm]...   (default: the first four)
set -uo pipefail
cd "$(dirname "$0")/.."

if [ $# -eq 0 ]; then set -- freebsd netbsd openbsd macos; fi
tools/fetch_zig.sh || exit 1
launcher=$(command -v ccache || true)
found=0
for system in "$@"; do
  folder=build/$system log=build/$system/missing.log
  mkdir -p "$folder"
  cmake --preset "$system" -DCMAKE_C_COMPILER_LAUNCHER="$launcher" \
    -DCMAKE_CXX_COMPILER_LAUNCHER="$launcher" >"$log" 2>&1 || { cat "$log"; exit 1; }
  cmake --build "$folder" --target violet_objects --parallel "$(nproc)" -- -k 0 >>"$log" 2>&1
  errors=$(grep -E '(error|undefined symbol):' "$log" | sort -u)
  objects=$(find "$folder/CMakeFiles/violet_objects.dir" -name '*.o')
  missing=$(comm -13 <(llvm-nm-14 -j --defined-only --extern-only $objects | sort -u) \
                     <(llvm-nm-14 -j --undefined-only $objects | sort -u) |
    grep -E '^_*(ZN6violet|ZNK6violet|uv_|violet_)' | sed 's/^__Z/_Z/' | llvm-cxxfilt-14)
  [ -z "$errors" ] || { echo "== $system: does not compile"; echo "$errors"; found=1; }
  [ -z "$missing" ] || { echo "== $system: $(wc -l <<<"$missing") missing"; echo "$missing"; found=1; }
  [ -n "$errors$missing" ] || echo "== $system: complete"
done
exit $found
