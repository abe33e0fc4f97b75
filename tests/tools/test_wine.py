"""How Wine is started: in one way, by everybody."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import wine  # noqa: E402


def fixed_addresses_are_allowed():
    try:
        return subprocess.run(["setarch", "-R", "true"], check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not wine.COMMAND, reason="Wine is not installed")
def test_its_addresses_are_fixed_where_that_is_allowed():
    assert ("-R" in wine.COMMAND) == fixed_addresses_are_allowed()
    assert "wine" in Path(wine.COMMAND[-1]).name


def test_the_callers_prefix_counts(monkeypatch):
    monkeypatch.setenv("WINEPREFIX", "/elsewhere")
    assert wine.environment(MORE="1")["WINEPREFIX"] == "/elsewhere"
    assert wine.environment(MORE="1")["MORE"] == "1"
    monkeypatch.delenv("WINEPREFIX")
    assert wine.environment()["WINEPREFIX"] == str(ROOT / "build" / "wine")


def test_no_other_script_looks_for_it():
    folders = ("bench", "conformance", "tests", "tools")
    looking = [
        str(path.relative_to(ROOT))
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r'which\("wine|lib/wine', path.read_text(encoding="utf-8"))
    ]
    assert sorted(looking) == ["tests/tools/test_wine.py", "tools/wine.py"]
