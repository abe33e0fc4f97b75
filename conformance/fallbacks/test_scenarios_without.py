"""The scenarios of streams and sockets on io_uring, each of its features forbidden in turn."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from harness import scenario as scenarios
from harness import target as targets

KINDS = ("accept_", "close_", "connect_", "ipc_", "listen_", "poll_", "read_", "reentrant_", "udp_",
         "write_", "fork_")
DOCTOR = targets.VIOLET.parent / "violet"


def ask_doctor(environment=None):
    return subprocess.run([DOCTOR, "doctor"], env=environment, capture_output=True, text=True,
                          timeout=60, check=True).stdout


def features_here():
    """What io_uring offers and the engine uses on this machine. (Asked when tests are collected.)"""
    if not DOCTOR.exists():
        return []
    lines = ask_doctor().partition("\nuring: ")[2].splitlines()
    return [line.strip()[2:] for line in lines if line.strip().startswith("+ ")]



@dataclass(frozen=True)
class Forbidding(targets.Target):
    """A target that is to do without a feature."""

    forbidden: str = ""

    def environment(self):
        return {**super().environment(), "VIOLET_URING_FORBID": self.forbidden}


@pytest.fixture(scope="module")
def chosen():
    found = [one for one in scenarios.find()[0] if one.name.startswith(KINDS)]
    assert len(found) > 60
    assert not scenarios.build_all(found)
    return found


@pytest.mark.parametrize("feature", features_here())
def test_scenarios_pass_without(feature, chosen):
    version = targets.probe(targets.VIOLET)["version"]
    target = Forbidding(f"uring without {feature}", targets.VIOLET, version, "uring",
                        forbidden=feature)
    assert f"- {feature}: forbidden" in ask_doctor(target.environment())
    with ThreadPoolExecutor(8) as pool:
        verdicts = list(pool.map(lambda one: scenarios.run(one, target), chosen))
    failures = [f"{one.name}: {verdict.message}" for one, verdict in zip(chosen, verdicts)
                if verdict.status == "fail"]
    assert not failures, "\n".join(failures)
    assert sum(verdict.status == "pass" for verdict in verdicts) > 60
