#!/usr/bin/env bash
# Fetches the Python packages of `violet bench` (PyPI's hdrhistogram and matplotlib) into build/bench, for
# the Python that is named or the one on PATH. Does nothing, fast, where they are there.
#
# Usage: bench/prepare.sh [PYTHON]
set -euo pipefail
cd "$(dirname "$0")/.."

python=${1:-python3}
folder=build/bench/python-$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
packages=(hdrhistogram==0.10.8 matplotlib==3.11.2)
[ -e "$folder/complete" ] && [ "$(<"$folder/complete")" = "${packages[*]}" ] && exit

"$python" -m pip --version >/dev/null 2>&1 ||
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends python3-pip >/dev/null ||
  { echo "pip is needed: apt-get install python3-pip" >&2; exit 1; }
echo "Fetching ${packages[*]} into $folder"
rm -rf "$folder"
"$python" -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-compile \
  --ignore-installed --target "$folder" "${packages[@]}" 2>&1 | grep -v "dependency resolver\|requires" >&2 || true
"$python" -c "import sys; sys.path.append('$folder'); import hdrh.histogram, matplotlib"
echo "${packages[*]}" >"$folder/complete"
