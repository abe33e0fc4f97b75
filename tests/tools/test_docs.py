"""The pages name only files, headings and environment variables that exist."""

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["README.md", "CONTRIBUTING.md", "conformance/README.md", "conformance/differential/README.md",
         *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]
ENDINGS = "c|cc|h|js|lua|md|py|sh|svg|txt|cmake|in|map"
# `stream_write.cc`, `src/core/`; `NAME.h` is a pattern.
FILE = re.compile(rf"`(\.?[\w./-]+(?:\.(?:{ENDINGS})|/))`")


def files():
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in ("build", ".git", "__pycache__")]
        here = Path(folder).relative_to(ROOT)
        found += [f"/{here / name}" for name in names] + [f"/{here / name}/" for name in folders]
    return found


def anchors(text):
    """The names of headings, as renderers make them, and those written out."""
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    made = {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}
    return made | set(re.findall(r'<a id="([^"]+)"', text))


def broken_links(page, text):
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        path = (page.parent / target).resolve() if target else page
        if not path.exists():
            yield link
        elif anchor and anchor not in anchors(path.read_text(encoding="utf-8") if target else text):
            yield link


def missing_files(text, existing):
    for name in FILE.findall(text):
        if "NAME" in name or name.startswith(("build/", "/")):
            continue
        wanted = "/" + name.removeprefix("./")
        if not any(path.endswith(wanted) for path in existing):
            yield name


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page):
    path = ROOT / page
    assert list(broken_links(path, path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("page", PAGES)
def test_named_files_exist(page):
    assert list(missing_files((ROOT / page).read_text(encoding="utf-8"), files())) == []


def test_every_environment_variable_of_the_library_is_documented():
    read = set()
    for path in (ROOT / "src").rglob("*.cc"):
        # A client of the library, which knows its constants by their names.
        if "v8" in path.parts:
            continue
        read |= set(re.findall(r'"((?:VIOLET|UV)_[A-Z_]+)"', path.read_text(encoding="utf-8")))
    assert {"VIOLET_BACKEND", "VIOLET_TIMER_ORDER", "UV_THREADPOOL_SIZE"} <= read
    pages = "".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    assert sorted(name for name in read if not re.search(rf"\b{name}\b", pages)) == []


def test_faults_are_found():
    page = ROOT / "README.md"
    assert list(broken_links(page, "[a](docs/architecture.md#where-to-find-it) [b](#c)\n# C")) == []
    broken = ["docs/none.md", "docs/engines.md#none"]
    assert list(broken_links(page, f"[a]({broken[0]}) [b]({broken[1]})")) == broken
    text = "`src/core/` `loop_run.cc` `core/none.cc` `src/none/` `NAME.h`"
    assert list(missing_files(text, files())) == ["core/none.cc", "src/none/"]
