#!/usr/bin/python3
"""Writes docs/compat.md: what the behavioural tests show of every public function.

Success and failure are measured: the tests run on a tracing library that notes every call and its
result. `--check` writes nothing; it says which functions lack a test and which lines of the page do
not hold any more.
"""

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools" / "compat"))
sys.path.insert(0, str(ROOT / "conformance"))

from harness.target import find_oracle  # noqa: E402
from measure import PROTOTYPE, exported_functions, facts, measure, prototypes  # noqa: E402

PAGE = ROOT / "docs" / "compat.md"
ERRORS = ROOT / "include" / "uv"
SHOWN_TESTS = 2
NEVER_WORKS = {"uv_tty_get_vterm_state": "never works outside Windows"}

HEAD = """# Every public function, and what tests show of it

Written by `tools/generate_compat.py`; do not edit. The tests are those of `conformance/api/`, which
know `uv.h` only. That a function worked or failed in a test is measured: the tests run on a library
that notes every call and its result, then hands it on to the one under test. The tests named call the
fewest other functions.

A mark tells that the tests show the function's success, and its failure if it can fail: on Linux
x86-64 with each engine, and on the installed libuv %s (`-`: it has no such function; empty: not all
is shown there). Windows, where the same tests run under Wine, has no column.

| function | works in | fails in, with | epoll | uring | libuv |
|---|---|---|---|---|---|
"""


def error_names():
    """Names of the errors by number, as <errno.h> and our headers have them."""
    import errno
    names = {number: name for number, name in errno.errorcode.items()}
    for match in re.finditer(r"#define UV__?(E\w+) \(?-(\d+)\)?", "".join(
            path.read_text(encoding="utf-8") for path in sorted(ERRORS.glob("errno*.h")))):
        names.setdefault(int(match[2]), match[1])
    for match in re.finditer(r"UV_(E\w+) = -(\d+)", "".join(
            path.read_text(encoding="utf-8") for path in sorted(ERRORS.glob("errno*.h")))):
        names[int(match[2])] = match[1]
    return names


def result_types():
    return {match["name"]: match["result"].strip()
            for line in prototypes() if (match := PROTOTYPE.match(line))}


def reasons():
    lines = (ROOT / "tools/compat/cannot_fail.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))


def why_never_failing(function, types, excused):
    if function in excused:
        return excused[function]
    if types[function] in ("int", "ssize_t"):
        return None
    return f"returns `{types[function]}`, no error"


def narrowest(tests, coverage):
    ordered = sorted(tests, key=lambda test: (coverage.breadth[test], test))
    return ordered[:SHOWN_TESTS]


def failures_in(coverage, function, names):
    tests = coverage.failed.get(function, {})
    cells = []
    for test in narrowest(tests, coverage):
        errors = ", ".join(names.get(error, str(error)) for error in sorted(tests[test]))
        cells.append(f"`{test}` {errors}")
    return "<br>".join(cells)


def is_shown(coverage, function, can_fail):
    works = function in coverage.succeeded or function in NEVER_WORKS
    return works and (not can_fail or function in coverage.failed)


def page(measured, oracle_functions, version):
    epoll, names, types, excused = measured["epoll"], error_names(), result_types(), reasons()
    rows = []
    for function in facts("symbols.txt"):
        reason = why_never_failing(function, types, excused)
        works = NEVER_WORKS.get(function) or "<br>".join(f"`{test}`" for test in narrowest(
            epoll.succeeded.get(function, ()), epoll))
        fails = reason or failures_in(epoll, function, names)
        marks = ["yes" if is_shown(measured[engine], function, reason is None) else ""
                 for engine in ("epoll", "uring")]
        oracle = "-" if function not in oracle_functions else \
            "yes" if is_shown(measured["libuv"], function, reason is None) else ""
        rows.append(f"| `{function}` | {works} | {fails} | {marks[0]} | {marks[1]} | {oracle} |")
    return HEAD % version + "\n".join(rows) + "\n"


def faults(coverage, text):
    """What is untested, and what the page says that does not hold."""
    types, excused = result_types(), reasons()
    for function in facts("symbols.txt"):
        if function not in coverage.succeeded and function not in NEVER_WORKS:
            yield f"{function}: no test in which it works"
        if why_never_failing(function, types, excused) is None and function not in coverage.failed:
            yield f"{function}: no test in which it fails (or a reason in cannot_fail.txt)"
        row = next((line for line in text.splitlines() if line.startswith(f"| `{function}` |")), None)
        if row is None:
            yield f"{function}: not on the page"
            continue
        works, fails = row.split("|")[2:4]
        seen = coverage.succeeded.get(function, set()) | set(coverage.failed.get(function, {}))
        for test in re.findall(r"`([^`]+\.[^`]+)`", works + fails):
            if test not in seen:
                yield f"{function}: {test} does not show what the page says"
    for function in excused:
        if function not in types:
            yield f"{function}: excused, but not a function"
        elif function in coverage.failed and types[function] in ("int", "ssize_t") and \
                not re.search("result is|truth value|tells", excused[function]):
            yield f"{function}: excused, but {sorted(coverage.failed[function])[0]} makes it fail"
    for test in coverage.broken:
        yield f"{test}: does not pass behind the tracer"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release")
    parser.add_argument("--check", action="store_true", help="compare, with the epoll engine only")
    options = parser.parse_args()
    program, library = options.build / "api_tests", options.build / "libuv.so.1"
    measured = {"epoll": measure(program, library, "epoll")}
    if not options.check:
        oracle = find_oracle()
        measured["uring"] = measure(program, library, "uring")
        measured["libuv"] = measure(program, oracle, "")
        version = "1.44.2"
        PAGE.write_text(page(measured, exported_functions(oracle), version), encoding="utf-8")
    found = list(faults(measured["epoll"], PAGE.read_text(encoding="utf-8")))
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
