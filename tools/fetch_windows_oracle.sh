#!/usr/bin/env bash
# Puts an independent libuv for Windows, 1.40.0, into build/windows-oracle: the uv.dll that PyPI's package
# torch brings (127 MB to download). Does nothing, fast, where it is there.
set -euo pipefail
cd "$(dirname "$0")/.."

version=2.15.0
folder=build/windows-oracle
[ -e "$folder/uv.dll" ] && exit
rm -rf "$folder"
mkdir -p "$folder"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
  --platform win_amd64 --python-version 3.12 --dest "$folder" "torch==$version"
python3 - "$folder" <<'EOF'
import pathlib, sys, zipfile

folder = pathlib.Path(sys.argv[1])
(wheel,) = folder.glob("torch-*.whl")
library = zipfile.ZipFile(wheel).read("torch/lib/uv.dll")
wheel.unlink()
(folder / "uv.dll").write_bytes(library)
EOF
