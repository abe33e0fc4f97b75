#!/usr/bin/env python3
"""Sums up the stages of ./check: a table, then the line `N passed, N failed, N skipped`.

Each stage left a folder with the file `verdict` ("PASS 12" or "FAIL 3": seconds) and the result
files of its test programs (GoogleTest, CTest, pytest). Exits with 1 if anything failed.
"""

import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import NamedTuple


class Counts(NamedTuple):
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def plus(self, other):
        return Counts(*(a + b for a, b in zip(self, other)))


def outcome(case):
    if case.find("failure") is not None or case.find("error") is not None:
        return Counts(failed=1)
    skipped = case.find("skipped") is not None or case.get("result") == "skipped"
    if skipped or case.get("status") in ("notrun", "disabled"):
        return Counts(skipped=1)
    return Counts(passed=1)


def count_stage(folder, verdict):
    counts = Counts()
    files = {path.stem: path for path in folder.glob("*.xml")}
    for stem, path in files.items():
        for case in ElementTree.parse(path).iter("testcase"):
            # CTest knows a GoogleTest program as one test; the program's own file says more, unless
            # the program died before it could write one.
            if stem == "ctest" and case.get("name") in files:
                continue
            counts = counts.plus(outcome(case))
    if verdict == "FAIL" and counts.failed == 0:
        return counts.plus(Counts(failed=1))
    if not files:
        return counts.plus(Counts(passed=1))
    return counts


def main():
    results, stages = Path(sys.argv[1]), sys.argv[2:]
    total, seconds = Counts(), 0
    print(f"\n{'stage':<14}{'':<6}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}")
    for stage in stages:
        verdict, duration = (results / stage / "verdict").read_text(encoding="utf-8").split()
        counts = count_stage(results / stage, verdict)
        total, seconds = total.plus(counts), seconds + int(duration)
        print(
            f"{stage:<14}{verdict:<6}{counts.passed:>8}{counts.failed:>8}{counts.skipped:>9}"
            f"{duration:>9}"
        )
    print(f"{'all':<20}{total.passed:>8}{total.failed:>8}{total.skipped:>9}{seconds:>9}\n")
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
