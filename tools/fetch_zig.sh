#!/usr/bin/env bash
# Puts the cross compiler of `./check bsd` into build/zig: zig's C++ compiler, which brings the headers
# of the BSDs and of macOS (PyPI's package ziglang, 438 MB unpacked). Does nothing, fast, where it is
# there.
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.17.1
folder=build/zig
[ -e "$folder/complete-$version" ] && exit

# Debian's own, if there is one: the pip of a python3 of pyenv waits for other pips in the end, and fails.
python=$(command -v /usr/bin/python3 python3 | head -n 1)
"$python" -m pip --version >/dev/null 2>&1 ||
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends python3-pip >/dev/null ||
  { echo "pip is needed: apt-get install python3-pip" >&2; exit 1; }
echo "Fetching zig $version into $folder"
rm -rf "$folder"
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-compile \
  --target "$folder" "ziglang==$version"
touch "$folder/complete-$version"
