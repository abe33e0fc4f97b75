"""CMake and CTest start their compilers and tests through libuv."""

import re

PROJECT = """\
cmake_minimum_required(VERSION 3.20)
project(twenty LANGUAGES C)
enable_testing()
execute_process(COMMAND sh -c "echo from a process; echo to stderr >&2; exit 3"
                OUTPUT_VARIABLE out ERROR_VARIABLE err RESULT_VARIABLE result
                OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_STRIP_TRAILING_WHITESPACE)
message(STATUS "seen: ${out}, ${err}, ${result}")
execute_process(COMMAND sleep 60 TIMEOUT 0.1 RESULT_VARIABLE result)
message(STATUS "seen: ${result}")
add_executable(one main.c)
foreach(index RANGE 1 17)
  add_test(NAME passes${index} COMMAND one ${index})
endforeach()
add_test(NAME fails COMMAND one)
add_test(NAME will_fail COMMAND one)
set_tests_properties(will_fail PROPERTIES WILL_FAIL TRUE)
add_test(NAME hangs COMMAND sleep 60)
set_tests_properties(hangs PROPERTIES TIMEOUT 1)
"""

MAIN = """\
#include <stdio.h>
int main(int argc, char** argv) {
  for (int i = 0; i < 1000; ++i)
    printf("line %d of test %s\\n", i, argc > 1 ? argv[1] : "none");
  return argc == 2 ? 0 : 1;
}
"""


def test_cmake_configures_and_builds_and_ctest_runs_twenty_tests(running, tool):
    cmake, ctest = tool("cmake"), tool("ctest")
    tool("make")
    (running.work / "CMakeLists.txt").write_text(PROJECT)
    (running.work / "main.c").write_text(MAIN)
    configured = running.run([cmake, "-G", "Unix Makefiles", "-S", ".", "-B", "build"], 60)
    assert configured.status == 0, configured.errors
    assert re.findall(r"-- seen: (.*)", configured.output) == [
        "from a process, to stderr, 3", "Process terminated due to timeout"]
    built = running.run([cmake, "--build", "build", "--parallel", "2"], 60)
    assert built.status == 0, built.errors
    assert "Built target one" in built.output
    tested = running.run([ctest, "--test-dir", "build", "-j4"], 60)
    assert tested.status == 8  # Some tests failed.
    assert "90% tests passed, 2 tests failed out of 20" in tested.output
    outcomes = dict(re.findall(r"Test +#\d+: (\w+) [.]+[ *]*(Passed|Failed|Timeout)", tested.output))
    expected = {f"passes{index}": "Passed" for index in range(1, 18)}
    assert outcomes == {**expected, "fails": "Failed", "will_fail": "Passed", "hangs": "Timeout"}
    log = (running.work / "build/Testing/Temporary/LastTest.log").read_text()
    for index in range(1, 18):
        assert log.count(f" of test {index}\n") == 1000
