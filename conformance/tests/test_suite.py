"""The suite as its users see it: a copy with one scenario more, judged by pytest; and the report as it
is committed."""

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from harness import rules, target

CONFORMANCE = Path(__file__).resolve().parents[1]
COPIED = ("harness", "spec", "conftest.py", "pytest.ini", "test_scenarios.py", "report.py",
          "scenarios/trace.h", "scenarios/pairs.h", "scenarios/timer_ties.c")

MINE = """/*
 * The callback of a closed timer comes once.
 *
 * rules: CLOSE-03
 * total: closed
 */
#include "trace.h"

static uv_timer_t timer;

static void on_closed(uv_handle_t* handle) {
  (void)handle;
  trace("closed");
}

static void scenario(uv_loop_t* loop) {
  must(uv_timer_init(loop, &timer));
  uv_close((uv_handle_t*)&timer, on_closed);
  must(uv_run(loop, UV_RUN_DEFAULT));
}
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A tree of its own, with few scenarios."""
    tree = tmp_path_factory.mktemp("tree")
    (tree / "include").symlink_to(CONFORMANCE.parent / "include")
    for name in COPIED:
        place = tree / "conformance" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if (CONFORMANCE / name).is_dir():
            shutil.copytree(CONFORMANCE / name, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(CONFORMANCE / name, place)
    return tree / "conformance"


@pytest.fixture
def judged(copy):
    """Runs pytest on the copy with one more file in it, on the installed libuv1."""
    oracle = target.find_oracle()
    if oracle is None:
        pytest.skip("no libuv.so.1 is installed")

    def run(source, *chosen):
        (copy / "scenarios" / "mine.c").write_text(source)
        return subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
                               str(copy), "--lib", str(oracle), *chosen],
                              cwd=copy.parent, timeout=300,
                              capture_output=True, text=True, check=False)

    return run


def test_a_scenario_is_one_file(judged):
    run = judged(MINE, "-k", "mine")
    assert run.returncode == 0, run.stdout
    assert "1 passed" in run.stdout and "judged: libuv.so.1" in run.stdout


@pytest.mark.parametrize("broken, expected", [
    (MINE.replace("total: closed", "total: closed, closed"), "event 2 must be closed"),
    (MINE.replace('trace("closed");', "trace(\"closed\"); abort();"), "crashed: SIGABRT"),
    (MINE.replace("CLOSE-03", "CLOSE-99"), "mine: CLOSE-99"),
    (MINE.replace(" * rules: CLOSE-03\n", ""), "mine.c: names no rule"),
    (MINE.replace("total: closed", "total: close"), "which the program never traces"),
], ids=("another trace", "crash", "unknown rule", "no rule", "unknown event"))
def test_what_is_wrong_with_it_is_said(judged, broken, expected):
    run = judged(broken)
    assert run.returncode == 1
    assert expected in run.stdout


def test_a_library_that_is_none_is_told(copy, tmp_path):
    nothing = tmp_path / "libuv.so.1"
    nothing.write_text("not a library")
    run = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(copy),
                          "--lib", str(nothing)], cwd=copy.parent, capture_output=True, text=True,
                         timeout=300, check=False)
    assert run.returncode != 0
    assert f"{nothing} cannot be asked" in run.stdout + run.stderr


class Links(HTMLParser):
    """The addresses of a page, its tags that are open, and the cells of each row."""

    EMPTY = {"meta", "link", "br", "img", "col", "hr", "input"}

    def __init__(self, text):
        super().__init__()
        self.links, self.open, self.names = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "href" in attributes:
            self.links.append(attributes["href"])
        if "id" in attributes:
            self.names.add(attributes["id"])
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()


def check_links(folder, links, names, known):
    for link in links:
        path, _, anchor = link.partition("#")
        assert not path or (folder / path).exists(), link
        if path.endswith("phases.md") and anchor:
            assert anchor in known, link
        elif not path:
            assert anchor in names, link


def check_report(folder, known):
    page = Links((folder / "report.html").read_text())
    assert not page.open, f"never closed: {page.open}"
    check_links(folder, page.links, page.names, known)
    markdown = re.findall(r"\]\(([^)]+)\)", (folder / "report.md").read_text())
    check_links(folder, markdown, set(), known)
    return page.links, markdown


def test_every_link_of_the_committed_report_leads_somewhere():
    check_report(CONFORMANCE, rules.read())


def test_a_new_report_leads_to_every_rule_and_scenario(copy, judged, tmp_path):
    judged(MINE, "-k", "mine")
    subprocess.run([sys.executable, str(copy / "report.py"), "--lib", str(target.find_oracle()),
                    "--output", str(copy / "out")], cwd=copy, timeout=300, check=True,
                   capture_output=True)
    known = rules.read()
    for links in check_report(copy / "out", known):
        assert {link.partition("#")[2] for link in links if "phases.md#" in link} == set(known)
        assert {Path(link).name for link in links if "scenarios/" in link} == {"mine.c",
                                                                              "timer_ties.c"}
