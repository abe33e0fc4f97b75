#!/usr/bin/python3
"""Writes a C++ file that carries the JavaScript of src/v8/lib/ and of the npm packages it uses.

Usage: tools/bundle_javascript.py --output library_data.cc --library src/v8/lib --packages node_modules
The packages' names are those that the package.json beside the library asks for, and theirs.
"""

import argparse
import json
import sys
from pathlib import Path

# GCC takes string literals of any length, but a file is easier to look at in pieces.
PIECE = 8000
DELIMITER = "violet"


def packages_needed(manifest, folder):
    """The names of the packages that `manifest` asks for, and what those ask for in turn."""
    wanted = list(json.loads(manifest.read_text(encoding="utf-8"))["dependencies"])
    found = []
    while wanted:
        name = wanted.pop()
        if name in found:
            continue
        found.append(name)
        description = json.loads((folder / name / "package.json").read_text(encoding="utf-8"))
        wanted += description.get("dependencies", {})
    return sorted(found)


def files_of(package):
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package)
        if path.suffix not in (".js", ".json") or path.name == "package.json" or not path.is_file():
            continue
        if {"test", "tests", "bin", "dist", "umd", "node_modules", "bench"} & set(inside.parts):
            continue
        yield path


def main_of(name, package):
    description = json.loads((package / "package.json").read_text(encoding="utf-8"))
    main = package / description.get("main", "index.js")
    for candidate in (main, main.with_name(main.name + ".js"), main / "index.js"):
        if candidate.is_file():
            return f"node_modules/{candidate.relative_to(package.parent)}"
    sys.exit(f"{name}: no main file {main}")


def bundle(library, packages):
    """{name: source} of everything."""
    files = {path.stem: path.read_text(encoding="utf-8") for path in sorted(library.glob("*.js"))}
    mains = {}
    for name in packages_needed(library / "package.json", packages):
        mains[name] = main_of(name, packages / name)
        inside = {*files_of(packages / name), packages.parent / mains[name]}
        for path in sorted(inside):
            source = path.read_text(encoding="utf-8")
            if path.suffix == ".json":
                source = f"module.exports = {source};"
            files[f"node_modules/{path.relative_to(packages)}"] = source
    files["node_modules/mains"] = (
        f"module.exports = {json.dumps(mains)};\n"
        "Object.defineProperty(module.exports, 'files', { value: new Set("
        f"{json.dumps(sorted(name for name in files if '/' in name))}) }});\n")
    return files


def literal(source):
    size = len(source.encode("utf-8"))
    pieces = [source[at:at + PIECE] for at in range(0, len(source), PIECE)] or [""]
    text = "\n".join(f'R"{DELIMITER}({piece}){DELIMITER}"' for piece in pieces)
    return f"{{{text}, {size}}}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--packages", type=Path, required=True)
    arguments = parser.parse_args()
    files = bundle(arguments.library, arguments.packages)
    entries = "".join(f'    {{"{name}", {literal(files[name])}}},\n' for name in sorted(files))
    arguments.output.write_text(
        '#include "v8/library.h"\n\nnamespace violet::js {\n\n'
        f"const LibraryFile kLibrary[] = {{\n{entries}}};\n"
        f"const unsigned kLibrarySize = {len(files)};\n\n}}  // namespace violet::js\n",
        encoding="utf-8")


if __name__ == "__main__":
    main()
