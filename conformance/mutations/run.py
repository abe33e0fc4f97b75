#!/usr/bin/python3
"""Plants each known bug in a copy of the tree and looks whether the suite notices.

    conformance/mutations/run.py                 every mutation
    conformance/mutations/run.py --short         the short form
    conformance/mutations/run.py 07 write        those whose names contain one of these
    conformance/mutations/run.py --output FILE   the table goes into FILE too
    conformance/mutations/run.py --refit 07      writes patches anew as they apply now: when lines moved
                                                 or a function has another name; read what it wrote

Ends with status 1 unless each one is caught.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from harness import mutation as mutations  # noqa: E402
from harness import scenario  # noqa: E402


def chosen(asked):
    """The mutations that are asked for; ends the program if there is a fault in any."""
    found, faults = mutations.find()
    if faults:
        sys.exit("\n".join(f"{path.name}: {fault}" for path, fault in faults))
    if asked.short:
        found = [one for one in found if one.short]
    if asked.names:
        found = [one for one in found if any(name in one.name for name in asked.names)]
    if not found:
        sys.exit("no such mutation")
    return found


def tell(result):
    """One line while the run goes on; more where something is wrong."""
    print(f"{result.mutation.name}: {result.status} {result.scenario} ({result.seconds:.1f} s)")
    if not result.caught:
        print(f"  {result.message}")
    for name in result.doubtful:
        print(f"  {name} failed, but passed again or fails without the mutation too")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="parts of names")
    parser.add_argument("--short", action="store_true", help="the short form only")
    parser.add_argument("--refit", action="store_true", help="write the patches anew")
    parser.add_argument("--output", type=Path, help="a file that the table goes into, too")
    parser.add_argument("--jobs", type=int, help="scenarios that run at the same time")
    asked = parser.parse_args()
    if asked.output and asked.output.is_dir():
        parser.error(f"{asked.output} is a folder; --output wants a file")
    if asked.output and not asked.output.parent.is_dir():
        parser.error(f"{asked.output.parent} is no folder")
    wanted = chosen(asked)
    suite, faults = scenario.find()
    if faults:
        sys.exit("\n".join(f"{path.name}: {fault}" for path, fault in faults))
    results = []
    with mutations.Workshop() as workshop:
        if asked.refit:
            for one in wanted:
                workshop.refit(one)
            return
        inspector = mutations.Inspector(workshop, suite, asked.jobs)
        for one in wanted:
            results.append(inspector.inspect(one))
            tell(results[-1])
        inspector.close()
    report = mutations.table(results)
    print(f"\n{report}\n{mutations.summary(results)}")
    if asked.output:
        asked.output.write_text(f"{report}\n{mutations.summary(results)}\n")
    sys.exit(0 if all(result.caught for result in results) else 1)


if __name__ == "__main__":
    main()
