#!/usr/bin/env bash
# Packs the sources of a commit into violet-VERSION.tar.gz, from which Violet builds without git.
# The same commit gives the same bytes.
#
# Usage: tools/source_archive.sh [--output FOLDER] [COMMIT]   (default: build/packages, HEAD)
set -euo pipefail
output=''
if [ "${1:-}" = --output ]; then
  output=$(realpath -m "${2:?}")
  shift 2
fi
case ${1:-} in
  -*) sed -n '2,/^set/{/^set/d;s/^# \?//;p}' "$0" >&2; exit 2 ;;
esac
cd "$(dirname "$0")/.."
output=${output:-$PWD/build/packages}
commit=${1:-HEAD}

version=$(git show "$commit:CMakeLists.txt" | sed -n 's/^project(violet VERSION \([0-9.]*\).*/\1/p')
name=violet-$version
if [ "$commit" = HEAD ] && ! git diff-index --quiet HEAD; then
  echo "What is not committed is left out." >&2
fi
mkdir -p "$output"
git archive --format=tar --prefix="$name/" "$commit" | gzip -9n >"$output/$name.tar.gz"
echo "$output/$name.tar.gz"
