#!/usr/bin/env python3
"""Writes the table of conformance/portable/scenarios.h from the comments of the scenarios.

What they expect of Violet in its own order of phases goes in; conditions on other libraries do not.
What is left out on a system stands in a list of lines `KIND NAME WHY` (left_out_windows.txt).
"""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "conformance"))

from harness import expectation  # noqa: E402

VIOLET = expectation.Behaviour((1, 52), timers_first=False)
RULES = {"total": "kTotal", "order": "kOrder", "count": "kCount", "never": "kNever"}


def text(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def pairs(items):
    return "{" + ", ".join(f"{{{text(key)}, {text(value)}}}" for key, value in items) + "}"


def event(one):
    return f"{{{text(one.name)}, {pairs(one.fields)}}}"


def clause(keyword, value):
    if keyword == "count":
        wanted, least, most = value
        return f"{{Rule::kCount, {{{event(wanted)}}}, {least}, {-1 if most is None else most}}}"
    events = ", ".join(event(one) for one in value)
    return f"{{Rule::{RULES[keyword]}, {{{events}}}}}"


def left_out(path):
    """Name -> (kind, why)."""
    lines = path.read_text(encoding="utf-8").splitlines() if path else []
    parted = [line.split(maxsplit=2) for line in lines if line and not line.startswith("#")]
    return {name: (kind, why) for kind, name, why in parted}


def entry(name, asked, kind, why):
    clauses = [clause(*one) for one in asked.applying(VIOLET)]
    if not clauses:
        raise SystemExit(f"{name}: nothing is expected of this library")
    listed = ",\n      ".join(clauses)
    main = "nullptr" if kind == "absent" else f"scenario_main_{name}"
    reason = text(why) if kind else "nullptr"
    return (f"Scenario expected_of_{name}() {{\n"
            f"  return {{{text(name)}, {main}, {reason}, {asked.timeout}, {pairs(asked.env.items())},\n"
            f"     {{{listed}}}}};\n}}\n\n")  # fmt: skip


def program(paths, omitted):
    """A function for each scenario: in one long list the compiler would care at each string for what is to
    be destroyed if the next one fails, which takes a minute and, with sanitizers, gigabytes."""
    names = [path.stem for path in paths]
    if unknown := sorted(set(omitted) - set(names)):
        raise SystemExit(f"left out, but no scenarios: {', '.join(unknown)}")
    declared = "".join(f'extern "C" int scenario_main_{name}();\n' for name in names)
    entries = "".join(
        entry(
            path.stem,
            expectation.read(path.read_text(encoding="utf-8")),
            *omitted.get(path.stem, (None, None)),
        )
        for path in paths
    )
    functions = "".join(f"    expected_of_{name},\n" for name in names)
    return (f'#include "scenarios.h"\n\n{declared}\nnamespace portable {{\nnamespace {{\n\n{entries}'
            f"Scenario (*const kAll[])() = {{\n{functions}}};\n\n}}  // namespace\n\n"
            "const std::vector<Scenario>& scenarios() {\n"
            "  static const std::vector<Scenario> all = [] {\n"
            "    std::vector<Scenario> made;\n"
            "    for (Scenario (*expected)() : kAll) made.push_back(expected());\n"
            "    return made;\n"
            "  }();\n"
            "  return all;\n}\n\n}  // namespace portable\n")  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--left-out", type=Path, help="the list of the system built for")
    arguments = parser.parse_args()
    paths = sorted((ROOT / "conformance" / "scenarios").glob("*.c"))
    omitted = left_out(arguments.left_out)
    arguments.output.write_text(program(paths, omitted), encoding="utf-8")


if __name__ == "__main__":
    main()
