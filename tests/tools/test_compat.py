"""docs/compat.md holds: every public function has a test in which it works and, if it can, fails.

The environment variable VIOLET_LIBRARY names the library; its tests stand beside it.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = Path(os.environ.get("VIOLET_LIBRARY", ""))


@pytest.mark.skipif(not (LIBRARY.parent / "api_tests").is_file() or not LIBRARY.is_file(),
                    reason="VIOLET_LIBRARY does not name a library with api_tests beside it")
def test_the_page_holds():
    result = subprocess.run(
        [sys.executable, ROOT / "tools/generate_compat.py", "--check", "--build", LIBRARY.parent],
        capture_output=True, text=True, timeout=300, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
