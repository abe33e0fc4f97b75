#!/usr/bin/env bash
# Puts an independent libuv for Windows, 1.40.0, into build/windows-oracle: the uv.dll that PyPI's package
# torch brings (127 MB to download). Does nothing, fast, where it is there. Fails, and says so, where the
# package cannot be had or is another.
set -euo pipefail
cd "$(dirname "$0")/.."

version=2.15.0
folder=build/windows-oracle
sha256=fa569e682fc5fb7a8eb94c6829af9f30a569748dbbc6bce39735d48bc960bcf8  # of uv.dll
is_right() { echo "$sha256  $1" | sha256sum --check --status; }
[ -e "$folder/uv.dll" ] && is_right "$folder/uv.dll" && exit
rm -rf "$folder"
mkdir -p "$folder"
echo "Fetching torch $version for its uv.dll into $folder"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
  --platform win_amd64 --python-version 3.12 --dest "$folder" "torch==$version" ||
  { echo "torch $version for Windows cannot be downloaded (pip says why): no second oracle" >&2; exit 1; }
python3 - "$folder" <<'EOF'
import pathlib, sys, zipfile

folder = pathlib.Path(sys.argv[1])
(wheel,) = folder.glob("torch-*.whl")
library = zipfile.ZipFile(wheel).read("torch/lib/uv.dll")
wheel.unlink()
(folder / "fetched.dll").write_bytes(library)
EOF
is_right "$folder/fetched.dll" ||
  { echo "the uv.dll of torch $version is not the one that was looked at: no second oracle" >&2; exit 1; }
mv "$folder/fetched.dll" "$folder/uv.dll"
