"""Stand-ins for the processes of a measurement: small Python programs that behave, crash, hang or cheat."""

import sys
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))

from harness import libraries, measure, targets  # noqa: E402

# A busy machine is no reason to fail.
hypothesis.settings.register_profile("bench", deadline=None)
hypothesis.settings.load_profile("bench")

# Speaks the protocol; BEHAVIOUR replaces single steps.
PROGRAM = """#!{python}
import json, os, signal, socket, sys, time
options = dict(word.split("=", 1) for word in sys.argv[1:])
seconds = float(options["seconds"])
def say(**message):
    print(json.dumps(message), flush=True)
def end():
    sys.stdin.read()
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


class Programs:
    """A folder of stand-ins; each is called like the program that it stands for."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()

    def add(self, name, behaviour=WELL_BEHAVED):
        path = self.folder / name
        path.write_text(PROGRAM.format(python=sys.executable, behaviour=behaviour))
        path.chmod(0o755)
        return self

    def target(self, name="fake"):
        return targets.Target(name, self.folder)


@pytest.fixture
def programs(tmp_path):
    return Programs(tmp_path / "programs")


@pytest.fixture
def session(tmp_path, programs):
    """Its partners are stand-ins, too."""
    made = measure.Session(programs.target("reference"), tmp_path, tmp_path, megabytes=1, patience=5,
                           pins=False)
    yield made
    made.close()


@pytest.fixture
def with_histograms():
    try:
        libraries.find(ROOT, plots=False)
    except targets.Unknown as unknown:
        pytest.skip(str(unknown))


@pytest.fixture
def with_plots():
    try:
        libraries.find(ROOT, plots=True)
    except targets.Unknown as unknown:
        pytest.skip(str(unknown))
