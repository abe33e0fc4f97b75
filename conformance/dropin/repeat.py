#!/usr/bin/python3
"""Runs the drop-in tests and the demo several times over, and prints a table: "ten times in a row".

Nothing is run again when it fails. The output of each run is kept in build/repeat/. The exit status is 0
when every run passed.

    conformance/dropin/repeat.py                     # ten times the drop-in tests, JavaScript and the demo
    conformance/dropin/repeat.py --times 3 --only dropin -- -k "uvloop or luv"
"""

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTEST = ["/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
COUNTS = re.compile(r"(\d+) (passed|failed|skipped|error)")


def commands(arguments):
    return {
        "dropin": [*PYTEST, "conformance/dropin", *arguments.pytest],
        "js": [*PYTEST, "conformance/js", *arguments.pytest],
        "demo": ["./demo", "--rounds", str(arguments.demo_rounds)],
    }


def summary_of(output):
    """What pytest counted, or the demo's last line."""
    lines = [line for line in output.splitlines() if line.strip()]
    last = lines[-1] if lines else "no output"
    counts = COUNTS.findall(last)
    return ", ".join(f"{number} {what}" for number, what in counts) if counts else last[:60]


def run_once(name, command, number, folder, timeout):
    started = time.monotonic()
    log = folder / f"{name}-{number}.log"
    with open(log, "w+", encoding="utf-8", errors="replace") as output:
        try:
            status = subprocess.run(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
                                    timeout=timeout, check=False).returncode
        except subprocess.TimeoutExpired:
            status = "timeout"
        output.seek(0)
        text = output.read()
    verdict = "PASS" if status == 0 else f"FAIL ({status})"
    print(f"{number:>3}  {name:<8}{verdict:<10}{time.monotonic() - started:>7.0f} s  {summary_of(text)}",
          flush=True)
    return status == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--only", choices=["dropin", "js", "demo"], action="append")
    parser.add_argument("--demo-rounds", type=int, default=24)
    parser.add_argument("--timeout", type=float, default=1200, help="seconds for one run")
    parser.add_argument("pytest", nargs="*", help="after --: options for pytest")
    arguments = parser.parse_args()
    subprocess.run([ROOT / "tools" / "install_dropin_programs.sh"], check=True)
    folder = ROOT / "build" / "repeat"
    folder.mkdir(parents=True, exist_ok=True)
    chosen = {name: command for name, command in commands(arguments).items()
              if not arguments.only or name in arguments.only}
    passed = dict.fromkeys(chosen, 0)
    for number in range(1, arguments.times + 1):
        for name, command in chosen.items():
            passed[name] += run_once(name, command, number, folder, arguments.timeout)
    print("\nin all")
    for name, count in passed.items():
        print(f"     {name:<8}{count} of {arguments.times} passed")
    return 0 if all(count == arguments.times for count in passed.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
