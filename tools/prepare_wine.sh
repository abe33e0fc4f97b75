#!/usr/bin/env bash
# Makes the folder build/wine a Windows 10 for the tests: a new one calls itself Windows 7, which lacks
# calls that Wine has. Does nothing, fast, where that is done.
set -euo pipefail
cd "$(dirname "$0")/.."

export WINEPREFIX=$PWD/build/wine WINEDEBUG=-all
wine=$(command -v wine64 || command -v /usr/lib/wine/wine64)
grep -qs '^"Version"="win10"' "$WINEPREFIX/user.reg" && exit 0
mkdir -p "$WINEPREFIX"
# As tools/wine.py has it.
fixed=()
if setarch -R true 2>/dev/null; then fixed=(setarch -R); fi
"${fixed[@]}" "$wine" reg add 'HKCU\Software\Wine' /v Version /d win10 /f </dev/null
# The registry's files are written when the server ends, which it does by itself a little later.
"${wine%wine64}wineserver" -w
