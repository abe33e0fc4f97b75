"""The order in which JavaScript's callbacks run, on the installed libuv1 and on Violet."""

from pathlib import Path

from harness import script_matrix
from harness.program import NODE18
from harness.script_matrix import Case, node_command

HERE = Path(__file__).resolve().parent


def cases(config):
    runner = config.getoption("--js-runner")
    command = runner.split() if runner else node_command()
    return [Case(f"js/{path.stem}", path, command, None, [NODE18 / "lib"])
            for path in sorted((HERE).glob("*.js"))]


def pytest_generate_tests(metafunc):
    if "case" in metafunc.fixturenames:
        script_matrix.parametrize(metafunc, cases(metafunc.config),
                                  script_matrix.chosen(metafunc.config, both_orders=True))


def pytest_collection_finish(session):
    if not session.config.option.collectonly:
        script_matrix.start_all(session, HERE)
