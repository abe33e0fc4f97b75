#!/usr/bin/env bash
# Fetches the packages of npm that conformance/dropin/npm runs on Node.js 18 into
# build/npm_packages. Does nothing, fast, where they are there.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(chokidar@3.6.0 execa@5.1.1 fastify@4.28.1 fs-extra@11.2.0 got@11.8.6 pino@8.21.0 piscina@4.7.0
          proper-lockfile@4.1.2 rimraf@3.0.2 socket.io@4.7.5 socket.io-client@4.7.5 tar@6.2.1
          undici@5.28.4 ws@8.18.0)
place=build/npm_packages
wanted=${packages[*]}
[ "$(cat "$place/complete" 2>/dev/null)" = "$wanted" ] && exit 0
command -v npm >/dev/null || { echo "npm is not here: the tests in conformance/dropin/npm are skipped" >&2; exit 0; }
rm -rf "$place"
mkdir -p "$place"
echo '{"name": "npm-packages", "version": "1.0.0", "private": true}' >"$place/package.json"
npm install --prefix "$place" --ignore-scripts --no-audit --no-fund --loglevel=error "${packages[@]}"
echo "$wanted" >"$place/complete"
