"""Fetches the Python packages of the harness from PyPI, for the Python that runs this.

They lie in a folder of this source tree's, and disturb no other program. psutil is for systems that tell of
other processes in no file. Without matplotlib there are no pictures, without psutil fewer figures, so that
neither has to be had.
"""

import shutil
import subprocess
import sys
from importlib.util import find_spec

from . import counters, libraries
from .targets import Unknown

NEEDED = "hdrhistogram==0.10.8"
PICTURES = "matplotlib==3.11.2"
LOOKING = "psutil==7.2.2"
COMPLETE = "complete"


def wanted():
    return [NEEDED, PICTURES] + ([] if counters.has_proc() else [LOOKING])


def install(package, folder):
    told = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile",
         "--no-warn-conflicts", "--target", str(folder), package],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", errors="replace", check=False)
    return "" if told.returncode == 0 else (told.stderr.strip() or "pip fails").splitlines()[-1]


def prepare(root, out):
    """Does nothing, fast, where all is there. Raises Unknown for what the harness cannot do without."""
    folder, packages = libraries.folder(root), wanted()
    mark = folder / COMPLETE
    if mark.exists() and mark.read_text(encoding="utf-8").split() == packages:
        return
    if find_spec("pip") is None:
        raise Unknown(f"pip is needed for {sys.executable} (Debian: apt-get install python3-pip)")
    out.write(f"Fetching {', '.join(packages)} into {folder}\n")
    out.flush()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    failures = {package: why for package in packages if (why := install(package, folder))}
    for package, why in failures.items():
        out.write(f"{package} cannot be had: {why}\n")
    libraries.find(root, plots=False)
    if not failures:
        mark.write_text("\n".join(packages) + "\n", encoding="utf-8")
