"""What the tests of the harness share."""

import sys
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(Path(__file__).parent)]

from harness import libraries, measure, targets  # noqa: E402
from stand_ins import Programs  # noqa: E402

libraries.add(ROOT)

# A busy machine is no reason to fail.
hypothesis.settings.register_profile("bench", deadline=None)
hypothesis.settings.load_profile("bench")

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
