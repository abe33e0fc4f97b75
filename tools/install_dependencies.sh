#!/usr/bin/env bash
# Installs what building, checking and the demo need on Debian 12. Does nothing, fast, where all of
# it is there.
#
# Usage: tools/install_dependencies.sh [build|check|demo|libc++|bench]...   (default: the first three)
# libc++: for cmake/clang-libc++.cmake; bench: what `violet bench` compares with.
set -euo pipefail

build_packages=(g++ cmake ninja-build pkg-config libgtest-dev libgmock-dev libbenchmark-dev
                liburing-dev python3)
check_packages=(ccache git binutils make dpkg-dev libuv1 libuv1-dev googletest
                python3-pip python3-pytest python3-pytest-rerunfailures python3-pytest-xdist python3-hypothesis
                clang-14 llvm-14 libclang-rt-14-dev clang-format-14 clang-tidy-14 libc++-14-dev
                g++-mingw-w64-x86-64-posix wine64 strace valgrind)
libcxx_packages=(clang-14 lld-14 libc++-14-dev libc++abi-14-dev googletest)
demo_packages=(libuv1 wrk ca-certificates)
bench_packages=(libuv1 python3-pip linux-perf libevent-dev libev-dev libasio-dev liburing-dev golang-go cargo)

wanted=()
for group in ${@:-build check demo}; do
  case $group in
    build) wanted+=("${build_packages[@]}") ;;
    check) wanted+=("${check_packages[@]}") ;;
    libc++) wanted+=("${libcxx_packages[@]}") ;;
    demo) wanted+=("${demo_packages[@]}") ;;
    bench) wanted+=("${bench_packages[@]}") ;;
    *) echo "unknown group of packages: $group (build, check, demo, libc++ or bench)" >&2; exit 2 ;;
  esac
done

installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p')
missing=()
for package in "${wanted[@]}"; do
  grep -qxF "$package" <<<"$installed" || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

echo "Installing ${missing[*]}"
if [ "$(id -u)" != 0 ]; then
  echo "This needs root: apt-get install ${missing[*]}" >&2
  exit 1
fi
export DEBIAN_FRONTEND=noninteractive
apt_get() { apt-get -qq -o Dpkg::Use-Pty=0 -o Acquire::Retries=3 "$@"; }
install_missing() { apt_get install -y --no-install-recommends "${missing[@]}" >/dev/null; }
# The package lists may be absent or too old; a third-party source that fails to update is no harm.
install_missing 2>/dev/null || { apt_get update || true; install_missing; }
