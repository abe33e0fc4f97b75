"""The report: what a cell says, and that every cell leads to its rule and its scenario."""

import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from harness import render
from harness.rules import Rule
from harness.scenario import Verdict
from harness.target import Absent

RULES = {name: Rule(name, f"{name} holds.", "POSIX", "Letters")
         for name in ("A-01", "A-02", "A-03", "A-04")}
TARGETS = [SimpleNamespace(name="old"), SimpleNamespace(name="new")]


def scenario(name, *rules):
    return SimpleNamespace(name=name, path=Path(f"{name}.c"),
                           expectation=SimpleNamespace(rules=list(rules)))


@pytest.fixture
def report():
    scenarios = [scenario("one", "A-01", "A-02"), scenario("two", "A-02"),
                 scenario("three", "A-03")]
    verdicts = {("one", "old"): Verdict("differs", "the order moved"),
                ("one", "new"): Verdict("pass"),
                ("two", "old"): Verdict("pass"),
                ("two", "new"): Verdict("fail", "b <must> come first"),
                ("three", "old"): Verdict("skip", "no uv_three()"),
                ("three", "new"): Verdict("pass")}
    return render.Report(RULES, scenarios, TARGETS, [Absent("iocp", "not part of it")], verdicts)


def test_the_worst_scenario_decides_a_cell(report):
    status = {key: cell.status for key, cell in report.cells.items()}
    assert status["A-01", "old"] == "differs" and status["A-01", "new"] == "pass"
    assert status["A-02", "old"] == "differs" and status["A-02", "new"] == "fail"
    assert status["A-03", "old"] == "skip" and status["A-04", "new"] == "untested"


def test_the_summary_names_failures_and_what_is_absent(report):
    text = render.summary(report)
    assert "FAIL two on new: b <must> come first" in text
    assert "iocp: not judged: not part of it" in text
    assert "new: 2 pass, 1 untested, 1 fail" in text


def test_markdown_links_rules_and_scenarios(report):
    text = render.markdown(report, "up")
    assert ("| [A-02](up/spec/phases.md#A-02) | [≠](up/scenarios/one.c) | "
            "[✗](up/scenarios/two.c) | [one](up/scenarios/one.c), [two](up/scenarios/two.c) |") in text
    assert "- [three](up/scenarios/three.c) on old: no uv_three()" in text
    assert "| iocp | not judged: not part of it |" in text


def test_html_links_every_cell_and_escapes(report):
    text = render.html(report, "up")
    assert len(re.findall(r'<td class="cell"><a class="\w+" href="up/scenarios', text)) == 8
    assert 'href="up/spec/phases.md#A-03"' in text
    assert "b &lt;must&gt; come first" in text and "<must>" not in text


def test_the_picture_of_the_phases_is_what_its_script_draws():
    script = Path(__file__).resolve().parents[2] / "tools" / "draw_phases.py"
    subprocess.run([sys.executable, script, "--check"], check=True)
