"""What the ABI tests share: where things are, which compilers there are, how to run them."""

import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
FACTS = HERE / "facts"
INCLUDE = HERE.parent.parent / "include"

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
MINGW = "x86_64-w64-mingw32-g++-posix"
sys.path.insert(0, str(HERE.parent.parent / "tools"))

import wine  # noqa: E402, F401


def first_installed(*names):
    return next((name for name in names if shutil.which(name)), None)


def native_compilers():
    found = [shutil.which("gcc") and "gcc", first_installed("clang", "clang-16", "clang-15", "clang-14")]
    return [name for name in found if name]


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, **options)


def compile_text(compiler, language, standard, text, flags=()):
    """Checks a source text without making a file. Returns the compiler's messages; "" is success."""
    command = [compiler, f"-x{language}", f"-std={standard}", *WARNINGS, f"-I{INCLUDE}", *flags]
    result = run([*command, "-fsyntax-only", "-"], input=text)
    return "" if result.returncode == 0 else result.stderr


def facts(name):
    lines = (FACTS / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
