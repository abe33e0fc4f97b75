"""The Python packages that the harness needs: the system's, or those that `violet bench --prepare` fetched."""

import importlib
import sys
import sysconfig

from .targets import Unknown

PACKAGES = {"hdrh.histogram": "hdrhistogram", "matplotlib": "matplotlib"}


def folder(root):
    """Where fetched ones lie: they are for one version of Python, on one system."""
    return root / "build" / "bench" / f"python-{sys.version_info[0]}.{sys.version_info[1]}-{sysconfig.get_platform()}"


def add(root):
    fetched = str(folder(root))
    if fetched not in sys.path:
        # Behind the system's own.
        sys.path.append(fetched)


def find(root, plots):
    add(root)
    needed = list(PACKAGES) if plots else list(PACKAGES)[:1]
    for module in needed:
        try:
            importlib.import_module(module)
        except ImportError as error:
            raise Unknown(f"the Python package {PACKAGES[module]} is missing or broken ({error}): "
                          "`violet bench --prepare` fetches it for this Python") from None
