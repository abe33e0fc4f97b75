"""The program under test, and the Node.js that decides what is right."""

import os
import subprocess
from pathlib import Path

import pytest

NODE18 = Path(__file__).resolve().parents[2] / "build" / "node18"
# For the modules that run it.
needs_violet_run = pytest.mark.skipif("VIOLET_RUN" not in os.environ,
                                      reason="VIOLET_RUN does not name a violet-run")


def run(program, *arguments, cwd=None, environment=None, text=None, timeout=60):
    return subprocess.run([program, *arguments], cwd=cwd, input=text, capture_output=True, text=True,
                          env={**os.environ, **(environment or {})}, timeout=timeout, check=False)


def violet(*arguments, **options):
    return run(os.environ["VIOLET_RUN"], *arguments, **options)


def node(*arguments, **options):
    if not (NODE18 / "bin" / "node").exists():
        pytest.skip("build/node18 is absent: run tools/fetch_node18.sh")
    folders = {"LD_LIBRARY_PATH": str(NODE18 / "lib")}
    return run(NODE18 / "bin" / "node", *arguments, environment=folders, **options)
