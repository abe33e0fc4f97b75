"""An interrupt that is not lost. Python raises it wherever it is at the moment, and drops it with a
complaint ("Exception ignored in") where that is a destructor or a callback: then the command would go on."""

import signal


class Interruption:
    """Within `with`: remembers an interrupt, so that a later look at it raises it again."""

    def __init__(self):
        self.has_come = False
        self.before = None

    def __enter__(self):
        # Ignored, as for programs in the background of a script, it stays so.
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            self.before = signal.signal(signal.SIGINT, self.note)
        return self

    def __exit__(self, *_):
        if self.before is not None:
            signal.signal(signal.SIGINT, self.before)

    def note(self, number, frame):
        self.has_come = True
        signal.default_int_handler(number, frame)

    def look(self):
        if self.has_come:
            raise KeyboardInterrupt
