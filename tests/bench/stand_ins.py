"""Stand-ins for the processes of a measurement: small Python programs that behave, crash, hang or cheat."""

import ctypes
import dataclasses
import os
import sys

from harness import systems, targets

# Speaks the protocol; BEHAVIOUR replaces single steps.
PROGRAM = """import faulthandler, json, os, signal, socket, sys, time
options = dict(word.split("=", 1) for word in sys.argv[1:])
seconds = float(options["seconds"])
def say(**message):
    print(json.dumps(message), flush=True)
def end():
    sys.stdin.read()
def crash():
    # Windows has no such signal: what it calls an access violation is no status that a program may choose.
    if os.name == "nt":
        faulthandler._raise_exception({access_violation})
    os.kill(os.getpid(), signal.SIGSEGV)
def result(**more):
    say(**{{"operations": 100, "seconds": seconds, "latency": [[1000, 99], [5000, 1]], **more}})
{behaviour}
"""

WELL_BEHAVED = """
say(ready="")
sys.stdin.readline()
time.sleep(seconds)
result()
end()
"""

# A server of streams, in which ANSWER says what comes back.
STREAMS = """
import threading
met = []
def answer(connection):
    {answer}
def serve(connection):
    try:
        answer(connection)
    except OSError:
        pass
listener = socket.create_server(("127.0.0.1", 0))
say(ready=str(listener.getsockname()[1]))
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
"""


# Where this Python is one for Windows, but the system is none.
ON_WINE = os.name == "nt" and hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")
ACCESS_VIOLATION = 0xC0000005
CRASHED = "crashed (0xC0000005, access violation)" if os.name == "nt" else "crashed (SIGSEGV)"


@dataclasses.dataclass
class Scripted(targets.Target):
    """Its programs are run by this Python."""

    def command(self, part):
        script = self.programs / part.program
        return [sys.executable, str(script)] if script.exists() else [str(script)]


class Programs:
    """A folder of stand-ins; each is called like the program that it stands for."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()

    def add(self, name, behaviour=WELL_BEHAVED):
        path = self.folder / name
        path.write_text(PROGRAM.format(access_violation=ACCESS_VIOLATION, behaviour=behaviour), encoding="utf-8")
        return self

    def target(self, name="fake"):
        return Scripted(name, self.folder, system=systems.THIS)
