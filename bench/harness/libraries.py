"""The Python packages that the harness needs: the system's, or those that bench/prepare.sh fetched."""

import importlib
import sys

from .targets import Unknown

PACKAGES = {"hdrh.histogram": "hdrhistogram", "matplotlib": "matplotlib"}


def find(root, plots):
    version = "python-%d.%d" % sys.version_info[:2]
    fetched = root / "build" / "bench" / version
    if fetched.is_dir():
        # Behind the system's own.
        sys.path.append(str(fetched))
    needed = list(PACKAGES) if plots else list(PACKAGES)[:1]
    for module in needed:
        try:
            importlib.import_module(module)
        except ImportError as error:
            raise Unknown(f"the Python package {PACKAGES[module]} is missing or broken ({error}): "
                          "run bench/prepare.sh with this Python") from None
