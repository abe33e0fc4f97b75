"""What is going on, and how long it will take: one line that changes on a terminal, else a line a case."""

import shutil
import time


class Progress:
    def __init__(self, stream, runs, clock=time.monotonic):
        self.stream, self.runs, self.clock = stream, runs, clock
        self.begun, self.done, self.case = clock(), 0, None
        self.shown = 0  # Characters of the line that stands there.
        self.on_terminal = stream.isatty()

    def tell(self, case, target):
        if self.on_terminal:
            self.put(f"[{self.done}/{self.runs}] {self.left()} left  {case.name}  {target.name}")
        elif case is not self.case:
            self.stream.write(f"[{self.done}/{self.runs}] {self.left()} left  {case.name}\n")
        self.stream.flush()
        self.case = case
        self.done += 1

    def put(self, line):
        """In place of the last one, with blanks: not every console of Windows knows how to erase."""
        line = line[:shutil.get_terminal_size().columns - 1]
        self.stream.write(f"\r{line.ljust(self.shown)}")
        self.shown = len(line)

    def left(self):
        if self.done == 0:
            return "?:??"
        seconds = (self.clock() - self.begun) / self.done * max(0, self.runs - self.done)
        return f"{int(seconds) // 60}:{int(seconds) % 60:02}"

    def skip(self, runs):
        """What a target that failed will not be asked for."""
        self.runs -= runs

    def end(self):
        if self.on_terminal:
            self.put("")
            self.stream.write("\r")
            self.stream.flush()
