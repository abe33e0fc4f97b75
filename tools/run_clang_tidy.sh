#!/usr/bin/env bash
# Runs clang-tidy over the library's sources (or the files given), on every processor.
# Needs a configured build/release: cmake --preset release
set -euo pipefail
cd "$(dirname "$0")/.."

database=build/release/compile_commands.json
if [ $# -gt 0 ]; then
  files=("$@")
else
  mapfile -t files < <(grep -oE '"file": "[^"]+/src/[^"]+\.cc"' "$database" | cut -d'"' -f4 | sort -u)
fi
echo "clang-tidy: ${#files[@]} files"
# Headers are checked through the files that include them; findings in system headers are dropped.
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$(nproc)" \
  clang-tidy-14 -p "$(dirname "$database")" --quiet --warnings-as-errors='*' \
  2> >(grep -vE '^[0-9]+ warnings? |^Suppressed ' >&2)
echo "clang-tidy: no findings"
