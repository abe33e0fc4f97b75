"""The summary of ./check must not lose a failure, whatever way a test program ended."""

import subprocess
import sys
from pathlib import Path

import pytest

SUMMARIZE = Path(__file__).resolve().parents[2] / "tools" / "summarize_results.py"

GTEST = """<testsuites><testsuite>
<testcase name="a" status="run" result="completed"/>
<testcase name="b" status="run" result="skipped"><skipped message=""/></testcase>
{more}</testsuite></testsuites>"""
GTEST_FAILURE = '<testcase name="c" status="run" result="completed"><failure message=""/></testcase>'
CTEST = """<testsuite><testcase name="unit_tests" status="run"/>
<testcase name="api_tests" status="{status}">{failure}</testcase></testsuite>"""


def summarize(results, verdict, files):
    stage = results / "stage"
    stage.mkdir()
    (stage / "verdict").write_text(f"{verdict} 7\n")
    for name, text in files.items():
        (stage / name).write_text(text)
    command = [sys.executable, SUMMARIZE, results, "stage"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return run.returncode, run.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("verdict", "files", "code", "line"),
    [
        ("PASS", {}, 0, "1 passed, 0 failed, 0 skipped"),
        ("FAIL", {}, 1, "0 passed, 1 failed, 0 skipped"),
        ("PASS", {"unit_tests.xml": GTEST.format(more="")}, 0, "1 passed, 0 failed, 1 skipped"),
        (
            "FAIL",
            {"unit_tests.xml": GTEST.format(more=GTEST_FAILURE)},
            1,
            "1 passed, 1 failed, 1 skipped",
        ),
        # A stage that failed although each test that could report passed.
        ("FAIL", {"unit_tests.xml": GTEST.format(more="")}, 1, "1 passed, 1 failed, 1 skipped"),
        # A program that died before it wrote its results is known from CTest's.
        (
            "FAIL",
            {
                "unit_tests.xml": GTEST.format(more=""),
                "ctest.xml": CTEST.format(status="fail", failure='<failure message=""/>'),
            },
            1,
            "1 passed, 1 failed, 1 skipped",
        ),
        # A program without results of its own counts as one test.
        (
            "PASS",
            {
                "unit_tests.xml": GTEST.format(more=""),
                "ctest.xml": CTEST.format(status="run", failure=""),
            },
            0,
            "2 passed, 0 failed, 1 skipped",
        ),
    ],
)
def test_counts(tmp_path, verdict, files, code, line):
    assert summarize(tmp_path, verdict, files) == (code, line)
