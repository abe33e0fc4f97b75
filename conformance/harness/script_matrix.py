"""Scripts × targets as pytest tests, all started ahead and run side by side."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from . import script as scripts
from . import target as targets
from .program import NODE18

AT_THE_SAME_TIME = 3  # Programs use several threads and processes each.


def node_command():
    """Debian's Node.js 18, or the reason why it is not here."""
    node = NODE18 / "bin" / "node"
    return [node] if node.exists() else "build/node18 is absent: run tools/fetch_node18.sh"


def command_of(program, *arguments):
    """A program on the path with arguments, or the reason why it is not here."""
    found = shutil.which(program, path="/usr/bin:/usr/sbin")
    if found:
        return [found, *arguments]
    return f"{program} is not installed: run tools/install_dropin_programs.sh"


def chosen(config, both_orders=False):
    """The targets that the options ask for."""
    key = f"violet_dropin_targets_{both_orders}"
    if not hasattr(config, key):
        try:
            present, _ = targets.choose((), config.getoption("--lib"),
                                        config.getoption("--violet"),
                                        config.getoption("--backend"))
        except targets.TargetError as error:
            raise pytest.UsageError(str(error)) from None
        setattr(config, key, [one for one in present
                              if both_orders or not (one.backend and one.timers_first)])
    return getattr(config, key)


class Case:
    """One script with the command that runs it."""

    def __init__(self, label, path, command, environment=None, folders=()):
        self.label = label
        self.path = path
        self.command = command
        self.environment = environment
        self.folders = folders

    def judge(self, target):
        if isinstance(self.command, str):
            return "skip", self.command
        try:
            script = scripts.read(self.path)
            if reason := script.reason_against(target.backend):
                return "skip", f"{target.backend}: {reason}"
            fault = scripts.run(script, self.command, target, self.environment, self.folders)
        except scripts.ScriptError as error:
            fault = str(error)
        return ("fail", fault) if fault else ("pass", "")


class Runs:
    """Verdicts under way."""

    def __init__(self):
        self._pool = ThreadPoolExecutor(AT_THE_SAME_TIME)
        self._verdicts = {}

    def start(self, case, target):
        self._verdicts[case.label, target.name] = self._pool.submit(case.judge, target)

    def assert_passes(self, case, target):
        status, message = self._verdicts[case.label, target.name].result()
        if status == "skip":
            pytest.skip(message)
        if status == "fail":
            pytest.fail(f"{case.label} on {target.name}: {message}", pytrace=False)

    def end(self):
        self._pool.shutdown(cancel_futures=True)


def runs_of(config):
    if not hasattr(config, "violet_runs"):
        config.violet_runs = Runs()
        config.add_cleanup(config.violet_runs.end)
    return config.violet_runs


def parametrize(metafunc, cases, on):
    pairs = [(case, target) for target in on for case in cases]
    metafunc.parametrize("case, target", pairs,
                         ids=[f"{case.label}-{target.name}" for case, target in pairs])


def start_all(session, folder):
    """Starts the runs of the tests under a folder that were collected."""
    for item in session.items:
        params = getattr(getattr(item, "callspec", None), "params", {})
        if isinstance(params.get("case"), Case) and folder in item.path.parents:
            runs_of(session.config).start(params["case"], params["target"])
