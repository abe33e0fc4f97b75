"""Sizes, offsets and constants are those of libuv, on each platform that has a table."""

import platform
import shutil

import pytest

import generate_table
import support


def build_table(compiler, facts_name, directory, flags):
    source = directory / "table.cc"
    program = directory / "table.exe"
    source.write_text(generate_table.program(support.facts(facts_name)), encoding="utf-8")
    command = [compiler, "-std=c++11", f"-I{support.INCLUDE}", *flags, source, "-o", program]
    result = support.run(command)
    assert result.returncode == 0, result.stderr
    return program


def printed_lines(command, **options):
    result = support.run(command, **options)
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


def assert_same(printed, expected):
    different = [f"{want}   (is: {got})" for want, got in zip(expected, printed) if want != got]
    assert not different, "\n".join(different)
    assert len(printed) == len(expected)


@pytest.mark.skipif(
    (platform.system(), platform.machine()) != ("Linux", "x86_64"), reason="no facts for this platform"
)
@pytest.mark.parametrize("feature_flags", [["-D_GNU_SOURCE"], ["-U_GNU_SOURCE"]], ids=["gnu", "plain"])
@pytest.mark.parametrize("compiler", support.native_compilers())
def test_linux_table(compiler, feature_flags, tmp_path):
    name = "abi-linux-x86_64.txt"
    program = build_table(compiler, name, tmp_path, [*feature_flags, "-xc++"])
    assert_same(printed_lines([program]), support.facts(name))


@pytest.mark.skipif(not shutil.which(support.MINGW), reason=f"{support.MINGW} is not installed")
@pytest.mark.skipif(not support.wine.COMMAND, reason="Wine is not installed")
def test_windows_table(tmp_path):
    name = "abi-windows-x86_64.txt"
    program = build_table(support.MINGW, name, tmp_path, ["-static"])
    assert_same(printed_lines([*support.wine.COMMAND, program], env=support.wine.environment()), support.facts(name))
