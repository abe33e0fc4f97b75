#!/usr/bin/env bash
# The tables of docs/engines.md: every case, on every engine, on the installed libuv and on the
# hand-written ceilings. Takes about ten minutes; nothing else should run meanwhile.
# Arguments go to compare.py: bench/echo/all.sh --rounds 5
set -euo pipefail
cd "$(dirname "$0")/../.."

servers=(epoll=build/release:epoll uring=build/release:uring libuv=system)

row() {
  bench/echo/compare.py --row --awake --rounds 15 --seconds 0.4 --kind "$1" --bytes "$2" \
    --connections "$3" "${servers[@]}" "${ceilings[@]}" "${options[@]}"
}

options=("$@")
ceilings=(raw_epoll raw_uring)
echo "| echo | epoll | uring | libuv | raw_epoll | raw_uring |"
echo "|---|---|---|---|---|---|"
for bytes in 64 4096; do
  for connections in 1 64 1000; do row tcp $bytes $connections; done
done
row tcp 61440 16
for bytes in 64 4096; do row unix $bytes 64; done

ceilings=(raw_epoll:many raw_uring:many)
echo
echo "| echo | epoll | uring | libuv | raw_epoll:many | raw_uring:many |"
echo "|---|---|---|---|---|---|"
for connections in 1 64; do row udp 64 $connections; done
row udp 1024 64
