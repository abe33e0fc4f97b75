#!/usr/bin/python3
"""Runs the matrix and writes report.md and report.html: rules by libraries and engines.

    conformance/report.py [--violet PATH] [--lib PATH [--backend NAME]] [--output FOLDER]

Ends with status 1 if a rule fails anywhere.
"""

import argparse
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from harness import render, rules, scenario, target  # noqa: E402


def run_matrix(scenarios, targets, jobs):
    """The verdict of each (scenario name, target name)."""
    unbuilt = scenario.build_all(scenarios)
    with ThreadPoolExecutor(jobs) as pool:
        runs = {(one.name, where.name): pool.submit(scenario.run, one, where)
                for where in targets for one in scenarios if one.name not in unbuilt}
        verdicts = {key: run.result() for key, run in runs.items()}
    for name, fault in unbuilt.items():
        for where in targets:
            verdicts[name, where.name] = scenario.Verdict("fail", fault)
    return verdicts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lib", help="judge this libuv.so.1 and no other")
    parser.add_argument("--violet", help="Violet's libuv.so.1 (build/release/libuv.so.1)")
    parser.add_argument("--backend", help="judge this engine only")
    parser.add_argument("--output", type=Path, default=Path(__file__).resolve().parent,
                        help="where report.md and report.html go")
    parser.add_argument("--jobs", type=int, default=2 * (os.cpu_count() or 1))
    asked = parser.parse_args()
    scenarios, faults = scenario.find()
    if faults:
        sys.exit("\n".join(f"{path.name}: {fault}" for path, fault in faults))
    try:
        present, absent = target.choose(scenario.needed_symbols(scenarios), asked.lib,
                                        asked.violet, asked.backend)
    except target.TargetError as error:
        sys.exit(str(error))
    report = render.Report(rules.read(), scenarios, present, absent,
                           run_matrix(scenarios, present, asked.jobs))
    asked.output.mkdir(parents=True, exist_ok=True)
    base = os.path.relpath(Path(__file__).resolve().parent, asked.output.resolve())
    (asked.output / "report.md").write_text(render.markdown(report, base))
    (asked.output / "report.html").write_text(render.html(report, base))
    print(render.summary(report))
    sys.exit(1 if report.failures() else 0)


if __name__ == "__main__":
    main()
