"""Where a patch has its place. A patch whose lines moved still applies wherever the same lines stand,
and may so land in another function, where it breaks something else or nothing at all."""

import re
import subprocess
from pathlib import Path

HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@ ?(.*)$", re.M)
NAME = re.compile(r"([A-Za-z_~]\w*)\s*(?:\(|\{|=|$)")


def named_places(diff):
    """The function or type that each hunk says it stands in, by its name."""
    return [_name_in(line) for line in HUNK.findall(diff)]


def _name_in(heading):
    match = NAME.search(heading)
    return match[1] if match else heading.strip()


def difference(original, changed, names):
    """The diff of the named files below two folders, as `git diff` writes it."""
    return "".join(_difference(Path(original) / name, Path(changed) / name, name) for name in names)


def _difference(before, after, name):
    run = subprocess.run(["git", "diff", "--no-index", "--no-color", str(before), str(after)],
                         capture_output=True, text=True, check=False)
    _, found, hunks = run.stdout.partition("\n@@ ")
    if not found:
        return ""
    return f"diff --git a/{name} b/{name}\n--- a/{name}\n+++ b/{name}\n@@ {hunks}"


def strayed(patch, landed):
    """In which other place a patch landed than it names: a sentence, or nothing."""
    said, came = named_places(patch), named_places(landed)
    if said == came:
        return ""
    return f"lands in {', '.join(came)} instead of {', '.join(said)}"
