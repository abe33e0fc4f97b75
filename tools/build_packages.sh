#!/usr/bin/env bash
# Builds the Debian packages libviolet1, libviolet-dev and violet (docs/packages.md).
#
# Usage: tools/build_packages.sh [--build FOLDER] [--output FOLDER]
#   --build    a finished release build to take (default: makes one, in build/packages/build)
#   --output   where the packages go (default: build/packages)
# Needs dpkg-dev, beside what building needs; neither git nor root. The same sources give the same
# bytes: their date is SOURCE_DATE_EPOCH, else that of the last commit, else CMakeLists.txt's.
set -euo pipefail
umask 022
build='' output=''
while [ $# -gt 0 ]; do
  case $1:${2:+value} in
    --build:value) build=$(realpath "$2") ;;
    --output:value) output=$(realpath -m "$2") ;;
    *) sed -n '2,/^set/{/^set/d;s/^# \?//;p}' "$0" >&2; exit 2 ;;
  esac
  shift 2
done
cd "$(dirname "$0")/.."

output=${output:-$PWD/build/packages}
stage=$output/stage
architecture=$(dpkg --print-architecture)
prefix=usr/lib/$(dpkg-architecture -qDEB_HOST_MULTIARCH)/violet
version=$(sed -n 's/^project(violet VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt)
maintainer="${DEBFULLNAME:-The Violet maintainers} <${DEBEMAIL:-violet@localhost.localdomain}>"
date_of_commit() { git log -1 --format=%ct 2>/dev/null; }
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(date_of_commit || stat -c %Y CMakeLists.txt)}

build_library() {
  build=$output/build
  cmake -S . -B "$build" -DCMAKE_BUILD_TYPE=Release -DVIOLET_TESTS=OFF -DCMAKE_INSTALL_LIBDIR=lib
  cmake --build "$build" --parallel "$(nproc)" --target uv_shared uv_static violet
}

# install_component COMPONENT PACKAGE
install_component() {
  cmake --install "$build" --component "$1" --strip --prefix "$stage/$2/$prefix" >/dev/null
}

install_files() {
  install_component libviolet libviolet1
  install_component libviolet-dev libviolet-dev
  strip --strip-debug "$stage/libviolet-dev/$prefix/lib/libuv.a"
  install_component violet violet
  mkdir "$stage/violet/usr/bin"
  ln -s -t "$stage/violet/usr/bin" "../${prefix#usr/}/bin/violet" "../${prefix#usr/}/bin/violet-switch"
  mv "$stage/violet/$prefix/share" "$stage/violet/usr/share"
  gzip -9n "$stage"/violet/usr/share/man/man1/*
}

# What dpkg-dev's tools read, in the folder debian/ that they expect.
write_debian_folder() {
  mkdir "$stage/debian"
  sed "s/\${maintainer}/$maintainer/" tools/debian/control >"$stage/debian/control"
  { cat tools/debian/copyright; sed '1,/^Copyright/d' LICENSE | sed '1d;s/^$/./;s/^/ /'; } \
    >"$stage/debian/copyright"
  printf 'violet (%s) unstable; urgency=medium\n\n  * %s\n\n -- %s  %s\n' "$version" \
    "A release of Violet." "$maintainer" "$(date -Ru -d "@$SOURCE_DATE_EPOCH")" \
    >"$stage/debian/changelog"
}

write_documents() {
  local folder=$stage/$1/usr/share/doc/$1
  mkdir -p "$folder"
  cp "$stage/debian/copyright" "$folder"
  gzip -9nc "$stage/debian/changelog" >"$folder/changelog.gz"
}

# With the packages that its programs and libraries need.
write_control() {
  local folder=$stage/$1 binaries
  mkdir "$folder/DEBIAN"
  mapfile -t binaries < <(find "$folder" -type f \( -name 'libuv.so.*' -o -name violet \))
  (
    cd "$stage"
    : >"$1.substvars"
    [ ${#binaries[@]} -eq 0 ] || dpkg-shlibdeps -S"$1" -T"$1.substvars" "${binaries[@]/#/-e}"
    dpkg-gencontrol -p"$1" -P"$1" -T"$1.substvars" -ffiles
    cd "$1"
    find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums
  )
  if [ -e "tools/debian/$1.prerm" ]; then
    install -m 755 "tools/debian/$1.prerm" "$folder/DEBIAN/prerm"
  fi
}

[ -n "$build" ] || build_library
rm -rf "$stage"
mkdir -p "$stage"
install_files
write_debian_folder
for package in libviolet1 libviolet-dev violet; do
  write_documents "$package"
  write_control "$package"
  dpkg-deb --root-owner-group --build "$stage/$package" \
    "$output/${package}_${version}_$architecture.deb"
done
rm -rf "$stage"
