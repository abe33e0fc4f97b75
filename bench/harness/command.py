"""Measures event loops side by side: workloads on libraries, engines and other runtimes, in turns.

  violet bench --quick                      the installed libuv and our engines, two minutes
  violet bench --output docs/performance    everything that is there, twenty minutes, tables and pictures
  violet bench --cases tcp_echo --targets libuv,epoll,mine=/some/libuv.so.1:uring
  violet bench --from results.json          shows an earlier measurement again

The first target is what the others are compared with. docs/performance.md has the method.
"""

import argparse
import contextlib
import datetime
import errno
import json
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path

from . import cases, libraries, machine, measure, plots, prepare, results, schedule, system_calls, tables, targets
from .interruption import Interruption
from .progress import Progress

ROOT = Path(__file__).resolve().parents[2]
# What shells tell of a program that an interrupt, or writing to nobody, has ended.
INTERRUPTED, NOBODY_READS = 128 + 2, 128 + 13
QUICK_SECONDS, FULL_SECONDS = 120, 1200
QUICK_ROUNDS, FULL_ROUNDS = 5, 7


def arguments_of(words):
    parser = argparse.ArgumentParser(prog="violet bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer cases, two minutes")
    parser.add_argument("--targets", metavar="LIST", help="separated by commas; see --list "
                        "(quick: libuv,engines; else all)")
    parser.add_argument("--lib", action="append", default=[], metavar="PATH[:ENGINE]",
                        help="one more library; may come several times")
    parser.add_argument("--cases", metavar="PATTERNS",
                        help="regular expressions for the beginning of their names, separated by commas")
    parser.add_argument("--list", action="store_true", help="lists cases and targets, measures nothing")
    parser.add_argument("--prepare", action="store_true",
                        help="fetches the Python packages that this needs, and measures nothing")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--seconds", type=float, help="of a run; else what the time for all allows")
    parser.add_argument("--minutes", type=float, help="for all together (2 or 20)")
    parser.add_argument("--patience", type=float, default=20,
                        help="seconds until a run that does not end is called a hang")
    parser.add_argument("--awake", action="store_true", help="keep the processors from halting")
    parser.add_argument("--no-pins", action="store_true", help="do not tie processes to processors")
    parser.add_argument("--no-system-calls", action="store_true", help="do not count system calls")
    parser.add_argument("--format", choices=("table", "markdown", "json"), default="table",
                        help="of standard output")
    parser.add_argument("--output", type=Path, metavar="FOLDER",
                        help="write results.json, results.md and the pictures there")
    parser.add_argument("--no-plots", action="store_true")
    parser.add_argument("--from", dest="earlier", type=Path, metavar="FILE", help="a results.json")
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release",
                        help="where libuv and the programs were built")
    parser.add_argument("--through", type=shlex.split, default=[], metavar="COMMAND",
                        help="start the programs by it (`setarch -R wine64`, for those built for Windows)")
    parser.add_argument("--folder", type=Path, help="where files lie; not on tmpfs (/var/tmp)")
    options = parser.parse_args(words)
    if options.rounds is not None and options.rounds < 1:
        parser.error("there is no measurement without a round")
    return options


def chosen_cases(options):
    every = cases.quick_cases() if options.quick else cases.full_cases()
    if not options.cases:
        return every
    patterns = [re.compile(pattern) for pattern in options.cases.split(",")]
    found = [case for case in every if any(pattern.match(case.name) for pattern in patterns)]
    if not found:
        raise targets.Unknown(f"no case begins like {options.cases}; see --list")
    return found


def chosen_targets(options):
    default = "libuv,engines" if options.quick else "all"
    texts = (options.targets or default).split(",")
    if not options.targets:
        groups = targets.groups(options.build)
        texts = [text for text in texts if text in groups or targets.is_there(text, options.build)]
    found = targets.parse(texts, options.build)
    found += [targets.of_library(where, options.build) for where in options.lib]
    if not found:
        raise targets.Unknown("there is nothing to measure on")
    return found


def list_all(options, out):
    out.write("cases:\n")
    for case in chosen_cases(options):
        out.write(f"  {case.name}\n")
    out.write("targets:\n")
    groups = targets.groups(options.build)
    for name in groups["all"]:
        there = "" if targets.is_there(name, options.build) else "  (not here)"
        out.write(f"  {name}{there}\n")
    out.write(f"groups: {', '.join(groups)}; and NAME=LIBRARY[:ENGINE[:VARIABLE=VALUE...]]\n")


def time_for(options, chosen, wanted, rounds):
    if options.seconds:
        return schedule.Fixed(options.seconds)
    budget = options.minutes * 60 if options.minutes else QUICK_SECONDS if options.quick else FULL_SECONDS
    return schedule.Budget(budget, chosen, wanted, rounds + 1)


def measure_all(options, report, chosen, wanted, session, progress, interruption):
    watch = machine.Watch()
    watch.look()
    spending = time_for(options, chosen, wanted, report["settings"]["rounds"])

    for case in chosen:
        seconds = spending.seconds_for_next()

        def run(case, target, counting, seconds=seconds):
            try:
                return measure.run(case, target, session, seconds, counting)
            finally:
                interruption.look()

        doing = [target.name for target in schedule.doers(case, wanted)]
        found, without = results.measure_case(case, wanted, report["settings"]["rounds"], run, progress.tell)
        report["cases"].append({**results.of_case(case, wanted, found, without), "seconds": seconds})
        progress.skip((report["settings"]["rounds"] + 1) * sum(name in without for name in doing)
                      - sum(len(found[name]) + 1 for name in without if name in doing))
        watch.look()
    progress.end()
    report["machine"] |= {"load_before": watch.before, "load_highest": watch.highest}
    report["busy"] = machine.is_busy(watch.before)


def new_report(options, words, chosen, wanted):
    rounds = options.rounds or (QUICK_ROUNDS if options.quick else FULL_ROUNDS)
    return {
        "command": shlex.join(["violet", "bench", *(word for word in words if not word.startswith("--build="))]),
        "date": datetime.date.today().isoformat(), "machine": machine.describe(options.through), "busy": False,
        "settings": {"rounds": rounds, "pinned": not options.no_pins and machine.can_pin(),
                     "awake": False},
        "targets": [target.name for target in wanted], "cases": [],
    }


def measured(options, words):
    chosen, wanted = chosen_cases(options), chosen_targets(options)
    report = new_report(options, words, chosen, wanted)
    machine.allow_many_descriptors()
    machine.let_crashes_end()
    runs = sum(len(schedule.doers(case, wanted)) for case in chosen) * (report["settings"]["rounds"] + 1)
    with contextlib.ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="violet-bench-")))
        reference = targets.library_of(options.build, "reference", targets.own_library(options.build), {})
        folder = options.folder or Path("/var/tmp" if Path("/var/tmp").is_dir() else tempfile.gettempdir())
        session = measure.Session(
            reference, scratch, folder, megabytes=64 if options.quick else 256,
            patience=options.patience, pins=not options.no_pins, through=options.through,
            system_calls=None if options.no_system_calls else system_calls.find())
        stack.callback(session.close)
        if options.awake:
            report["settings"]["awake"] = stack.enter_context(machine.processors_kept_awake())
            if not report["settings"]["awake"]:
                print("violet bench: there is no way here to keep the processors awake", file=sys.stderr)
        interruption = stack.enter_context(Interruption())
        measure_all(options, report, chosen, wanted, session, Progress(sys.stderr, runs), interruption)
    return report


def show(report, options, out):
    pictures = []
    if options.output:
        options.output.mkdir(parents=True, exist_ok=True)
        # First of all: what was measured outlives a picture that cannot be drawn.
        (options.output / "results.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        if not options.no_plots:
            pictures = plots.draw(report, options.output)
        (options.output / "results.md").write_text(tables.as_markdown(report, pictures), encoding="utf-8")
    if options.format == "json":
        out.write(json.dumps(report, indent=1) + "\n")
    elif options.format == "markdown":
        out.write(tables.as_markdown(report))
    else:
        out.write(tables.as_text(report))


def has_failed(report):
    return any(result["verdict"] == results.FAILED
               for case in report["cases"] for result in case["results"].values())


def main(words=None):
    """The exit status: 0, 1 if a case failed, 2 if there was nothing to do."""
    try:
        for stream in (sys.stdout, sys.stderr):
            write_utf_8(stream)
        status = do(sys.argv[1:] if words is None else words)
        sys.stdout.flush()  # While what goes wrong is still seen here.
        return status
    except KeyboardInterrupt:
        print("violet bench: interrupted", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        if not nobody_reads(error):
            raise
        for stream in (sys.stdout, sys.stderr):
            drop_what_is_left(stream)
        return NOBODY_READS


def write_utf_8(stream):
    """To a console Python writes any letter, but to a file or pipe only those of a "code page" or "locale"."""
    if hasattr(stream, "reconfigure") and not stream.isatty():
        stream.reconfigure(encoding="utf-8")


def drop_what_is_left(stream):
    """At its end Python would write it, and fail again."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def nobody_reads(error):
    """Whether the output goes to a pipe that has been closed; Windows calls that an invalid argument."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL
                                                  and error.filename is None)


def do(words):
    try:
        options = arguments_of(words)
    except SystemExit as ended:  # After a word of help or complaint.
        return ended.code
    try:
        if options.list:
            list_all(options, sys.stdout)
            return 0
        if options.prepare:
            prepare.prepare(ROOT, sys.stdout)
            return 0
        libraries.find(ROOT, plots=bool(options.output) and not options.no_plots)
        if options.earlier:
            report = json.loads(options.earlier.read_text(encoding="utf-8"))
        else:
            report = measured(options, words)
    except targets.Unknown as unknown:
        print(f"violet bench: {unknown}", file=sys.stderr)
        return 2
    show(report, options, sys.stdout)
    return 1 if has_failed(report) else 0
