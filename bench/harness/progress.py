"""What is going on, and how long it will take: one line that changes on a terminal, else a line a case."""

import time


class Progress:
    def __init__(self, stream, runs, clock=time.monotonic):
        self.stream, self.runs, self.clock = stream, runs, clock
        self.begun, self.done, self.case = clock(), 0, None
        self.on_terminal = stream.isatty()

    def tell(self, case, target):
        if self.on_terminal:
            line = f"[{self.done}/{self.runs}] {self.left()} left  {case.name}  {target.name}"
            self.stream.write(f"\r\x1b[K{line[:100]}")
        elif case is not self.case:
            self.stream.write(f"[{self.done}/{self.runs}] {self.left()} left  {case.name}\n")
        self.stream.flush()
        self.case = case
        self.done += 1

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
            self.stream.write("\r\x1b[K")
            self.stream.flush()
