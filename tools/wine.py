"""How programs for Windows are started here: by Wine, in the prefix that tools/prepare_wine.sh makes.

    sys.path.insert(0, str(ROOT / "tools"))
    import wine
    subprocess.run([*wine.COMMAND, "program.exe"], env=wine.environment())
"""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PREFIX = ROOT / "build" / "wine"


def _command():
    # Debian's package wine64 puts nothing into PATH.
    wine = shutil.which("wine64") or shutil.which("wine64", path="/usr/lib/wine") or shutil.which("wine")
    if not wine:
        return []
    # Where addresses are random, one start in thousands fails (tests/wine/start_fails.c). Containers may
    # forbid to ask for fixed ones. cmake/mingw.cmake does the same for CTest.
    fixed = [shutil.which("setarch"), "-R"]
    if fixed[0] and subprocess.run([*fixed, "true"], capture_output=True, check=False).returncode == 0:
        return [*fixed, wine]
    return [wine]


# Empty where there is no Wine.
COMMAND = _command()


def is_ready():
    """Whether there is Wine, and tools/prepare_wine.sh has run."""
    return bool(COMMAND) and (PREFIX / "system.reg").is_file()


def environment(**more):
    """Ours, with a silent Wine. The caller's WINEPREFIX counts if there is one."""
    return {"WINEPREFIX": str(PREFIX), "WINEDEBUG": "-all", **os.environ, **more}
