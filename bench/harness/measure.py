"""One run of one case on one target: starts its processes, looks at the subject from outside, and checks
what it claims."""

import contextlib
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from . import counters, machine
from .data_file import DataFile, WrittenFile
from .process import Failure, Lacks, Process

SOON = 0.5  # seconds, for a process to be seen as ended


@dataclass
class Session:
    """What the runs of a measurement share."""

    reference: object  # The target that partners run on.
    scratch: Path
    folder: Path  # Where files lie: not on tmpfs.
    megabytes: int = 64
    patience: float = 20  # Seconds more than the run was to take.
    pins: bool = True
    through: list = field(default_factory=list)  # A command that starts the programs.
    system_calls: object = None  # A way to count them, see system_calls.py.
    data: DataFile = field(default=None)

    def data_file(self):
        if self.data is None:
            self.data = DataFile(self.folder, self.megabytes)
        return self.data

    def close(self):
        if self.data is not None:
            self.data.close()


def run(case, target, session, seconds, counting=False):
    """A dictionary of figures. Raises Failure, or Lacks."""
    return Run(case, target, session, seconds, counting).go()


class Run:
    def __init__(self, case, target, session, seconds, counting):
        self.case, self.target, self.session = case, target, session
        self.seconds, self.counting = seconds, counting
        self.subject = self.server = self.driver = None
        self.written = None
        self.resident_before = None

    def go(self):
        with contextlib.ExitStack() as stack:
            self.stack = stack
            try:
                self.start()
                return self.measure()
            except Lacks:
                raise
            except Failure as failure:
                raise self.explained(failure) from None

    def explained(self, failure):
        """The end of a server says more than what its client saw of it."""
        if self.server is None or self.driver is None:
            return failure
        deadline = time.monotonic() + SOON
        while not self.server.has_ended() and time.monotonic() < deadline and self.driver.has_ended():
            time.sleep(0.01)
        if not self.server.has_ended():
            return failure
        who = "" if self.server is self.subject else "the partner "
        return Failure(who + self.server.how_it_ended())

    # -- starting --

    def process(self, part, is_subject, **more):
        whose = self.target if is_subject else self.session.reference
        command = whose.command(part)
        if command is None:
            raise Lacks("not done by this target")
        if not Path(command[0]).exists():
            raise Failure(f"there is no program {Path(command[0]).name}")
        options = {**dict(part.options), "seconds": f"{self.seconds:g}", **more}
        command = [*self.session.through, *command, *(f"{name}={value}" for name, value in options.items())]
        pins = self.session.pins and not self.case.threads
        processor = machine.SUBJECT_PROCESSOR if is_subject else machine.PARTNER_PROCESSOR
        if pins:
            command = machine.pinned(command, processor)
        process = self.stack.enter_context(Process(command, whose.environment(self.session.scratch)))
        if pins:
            machine.pin(process.pid, processor)
        return process

    def start(self):
        patience = self.session.patience
        if self.case.partner is None:
            self.driver = self.subject = self.process(self.case.subject, True, **self.file_options())
        else:
            self.start_both(patience)
        self.driver.ready(patience)
        self.check_library()

    def start_both(self, patience):
        case = self.case
        server, driver = (case.subject, case.partner) if case.subject_serves else (case.partner, case.subject)
        folder = self.stack.enter_context(tempfile.TemporaryDirectory(dir=self.session.scratch))
        self.server = self.process(server, case.subject_serves, path=self.target.system.pipe(Path(folder)))
        address = self.server.ready(patience)
        if case.subject_serves:
            self.resident_before = counters.read(self.server.pid).resident
        self.driver = self.process(driver, not case.subject_serves, address=address)
        self.subject = self.server if case.subject_serves else self.driver

    def file_options(self):
        if not self.case.file:
            return {}
        if self.case.file == "written":
            self.written = self.stack.enter_context(
                contextlib.closing(WrittenFile(self.session.folder)))
            return {"path": self.written.path, "size": self.written.size}
        data = self.session.data_file()
        if self.case.file == "cached":
            data.enter_cache()
        return {"path": data.path, "size": data.size}

    def check_library(self):
        """A program that found another library than it was given would measure that one."""
        library = self.target.library
        if library is not None and counters.has_mapped(self.subject.pid, library) is False:
            raise Failure("the program does not use the library")

    # -- measuring --

    def measure(self):
        if self.case.file == "cold" and not self.session.data_file().leave_cache():
            raise Lacks("nobody can empty the cache here")
        counted = None
        with contextlib.ExitStack() as stack:
            if self.counting and self.session.system_calls:
                counted = stack.enter_context(self.session.system_calls(self.subject.pid))
            before, begun = self.look(), time.monotonic()
            self.driver.go()
            message = self.driver.message(self.seconds + self.session.patience)
            passed, after = time.monotonic() - begun, self.look()
        self.check(message, passed)
        self.driver.finish()
        figures = self.figures(message, after.since(before), after)
        figures["system_calls"] = counted.count if counted else None
        return figures

    def look(self):
        try:
            return counters.read(self.subject.pid)
        except (FileNotFoundError, ProcessLookupError):
            return counters.Counters()

    def figures(self, message, spent, after):
        grown = None
        if after.resident is not None and self.resident_before is not None:
            grown = after.resident - self.resident_before
        return {
            "operations": message["operations"], "count": message[self.case.counts],
            "seconds": message["seconds"], "latency": message.get("latency", []),
            "processor_seconds": spent.processor_seconds, "switches": spent.switches,
            "resident": after.resident, "resident_growth": grown,
        }

    # -- checking --

    def check(self, message, passed):
        operations, seconds = message.get("operations"), message.get("seconds")
        if not isinstance(operations, int) or not isinstance(seconds, (int, float)) or seconds <= 0 or (
                self.case.counts not in message):
            raise Failure("its result lacks a figure")
        if operations == 0:
            raise Failure("hangs: no operation ended")
        # What a program in trouble cannot do: end in half of the time that its work took.
        if seconds < passed / 2 - 0.2 or seconds > passed + 0.1:
            raise Failure(f"cheats: it tells of {seconds:.2f} s, {passed:.2f} s passed")
        self.check_file(message)

    def check_file(self, message):
        if not self.case.file:
            return
        options = dict(self.case.subject.options)
        if self.written:
            fault = self.written.fault(message["operations"])
            if fault:
                raise Failure(f"cheats: {fault}")
            return
        expected = self.session.data_file().expected(options["operation"], options["bytes"],
                                                     message["operations"])
        if expected is not None and message.get("sum") != str(expected):
            raise Failure("cheats: it has not read what it says")
