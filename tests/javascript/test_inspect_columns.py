"""Lists stand in as many columns as under Node.js: by a rule that was fitted to what Node.js does."""

from pathlib import Path

import pytest
from programs import needs_violet_run, node, violet

SCRIPT = Path(__file__).with_name("inspect_columns.js")

pytestmark = needs_violet_run


def columns(run):
    assert run.returncode == 0, run.stderr
    return [line.split() for line in run.stdout.splitlines()]


@pytest.mark.parametrize("kind, least", [("equal", 1.0), ("mixed", 0.97)])
def test_lists_stand_in_the_columns_of_node(kind, least):
    pairs = [(ours, theirs) for ours, theirs in zip(columns(violet(SCRIPT)), columns(node(SCRIPT)))
             if theirs[0] == kind]
    assert len(pairs) > 1000
    same = sum(ours == theirs for ours, theirs in pairs)
    assert same >= least * len(pairs), f"{same} of {len(pairs)}"
