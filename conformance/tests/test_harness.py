"""The harness: broken scenarios are failures with useful messages, on any library."""

import shutil

import pytest

from harness import rules, scenario, target

FRAME = """/*
 * Shows it.
 *
 * rules: X-01
 * timeout: 2
 * total: a
 */
#include "trace.h"
static void scenario(uv_loop_t* loop) {
  (void)loop;
  %s
}
"""


@pytest.fixture(scope="module")
def oracle():
    path = target.find_oracle()
    if path is None:
        pytest.skip("no libuv.so.1 is installed")
    return target.targets_of(path, "libuv")[0][0]


@pytest.fixture(scope="module")
def stub():
    return scenario.build_stub()


@pytest.fixture
def verdict_of(tmp_path, oracle, stub):
    """Builds a scenario with this body and runs it on the oracle."""

    def run(body, source=FRAME):
        path = tmp_path / "example.c"
        path.write_text(source % body)
        one = scenario.Scenario(path)
        one.program = tmp_path / "example"
        fault = scenario.build(one, stub)
        return scenario.Verdict("fail", fault) if fault else scenario.run(one, oracle)

    return run


def test_a_good_scenario_passes(verdict_of):
    assert verdict_of('trace("a");').status == "pass"


@pytest.mark.parametrize("body, why", [
    ('trace("a"); abort();', "crashed: SIGABRT"),
    ('trace("a"); *(volatile int*)0 = 1;', "crashed: SIGSEGV\nthe trace stops after a"),
    ('trace("a"); for (;;) uv_sleep(1000);', "hung: it was stopped after 2 s"),
    ('trace("a"); exit(0);', "the trace stops after a"),
    ('trace("a"); exit(7);', "ended with exit status 7"),
    ('if (0) trace("a");', "event 1 must be a, but the trace ends"),
    ('trace("a"); puts("noise");', "is no JSON: 'noise'"),
    ('trace("a"); fputs("reason", stderr); abort();', "stderr: reason"),
    ('must(UV_EBADF); trace("a");', "UV_EBADF: EBADF"),
    ('check(1 == 2); trace("a");', "1 == 2: the condition does not hold"),
    ('trace("a"); no_such_function();', "does not compile"),
])
def test_a_broken_scenario_fails(verdict_of, body, why):
    verdict = verdict_of(body)
    assert verdict.status == "fail"
    assert why in verdict.message


def test_a_scenario_that_prints_nothing_fails(verdict_of):
    source = FRAME.replace("static void scenario", "__attribute__((constructor)) static void "
                           "leave(void) { exit(0); }\nstatic void scenario", 1)
    verdict = verdict_of('trace("a");', source)
    assert (verdict.status, verdict.message) == ("fail", "the scenario printed nothing")


def test_a_function_that_the_library_lacks_is_a_failure(verdict_of):
    verdict = verdict_of('trace("a"); uv_no_such_thing();',
                         FRAME.replace("static void scenario",
                                       "void uv_no_such_thing(void);\nstatic void scenario", 1))
    assert verdict.status == "fail"
    assert "uv_no_such_thing" in verdict.message


def test_a_scenario_may_say_why_it_cannot_run(verdict_of):
    verdict = verdict_of('skip("no such system"); trace("a");')
    assert (verdict.status, verdict.message) == ("skip", "no such system")


def test_a_scenario_is_skipped_where_it_needs_more(verdict_of, oracle):
    source = FRAME.replace("total: a", "total: a\n * needs: uv_no_such_thing")
    assert "uv_no_such_thing" in target.probe(oracle.library, ["uv_no_such_thing"])["missing"]
    verdict = verdict_of('trace("a");', source)
    assert verdict.status == "pass"  # This target was not asked for the symbol; see below.
    lacking = target.Target(oracle.name, oracle.library, oracle.version,
                            missing=frozenset(["uv_no_such_thing"]))
    one = scenario.Scenario.__new__(scenario.Scenario)
    one.expectation = scenario.expectation.read(source % 'trace("a");')
    assert scenario.run(one, lacking).status == "skip"


def test_a_folder_is_all_that_finds_a_scenario(tmp_path):
    (tmp_path / "good.c").write_text(FRAME % 'trace("a");')
    (tmp_path / "bad.c").write_text("int x;")
    found, faults = scenario.find(tmp_path)
    assert [one.name for one in found] == ["good"]
    assert [(path.name, fault) for path, fault in faults] == [("bad.c", "no comment at the top")]


def test_the_library_under_test_is_the_one_that_is_loaded(verdict_of, oracle):
    source = FRAME.replace("total: a", "total: version(text=" + oracle.version + ")")
    body = 'trace_text("version", "text", uv_version_string());'
    assert verdict_of(body, source).status == "pass"


def test_a_library_that_cannot_be_loaded_is_an_error(tmp_path):
    broken = tmp_path / "libuv.so.1"
    broken.write_text("no library")
    with pytest.raises(target.TargetError, match="cannot be asked"):
        target.choose(lib=broken)


def test_an_engine_of_a_library_without_engines_is_an_error(oracle):
    with pytest.raises(target.TargetError, match="no engines"):
        target.choose(lib=oracle.library, backend="epoll")


def test_the_environment_names_one_library_and_one_engine(oracle, monkeypatch):
    monkeypatch.setenv("VIOLET_BACKEND", "other")
    monkeypatch.setenv("UV_THREADPOOL_SIZE", "1")
    plain = oracle.environment()
    assert "VIOLET_BACKEND" not in plain and "UV_THREADPOOL_SIZE" not in plain
    one = target.Target("v", oracle.library, "1.52.0", "epoll", True)
    assert one.environment()["VIOLET_BACKEND"] == "epoll"
    assert one.environment()["VIOLET_TIMER_ORDER"] == "1.44"


def test_rules_are_read_with_their_sections(tmp_path):
    spec = tmp_path / "spec.md"
    spec.write_text('## One\n\n| <a id="A-01"></a>A-01 | It holds. | POSIX |\n')
    assert rules.read(spec)["A-01"] == rules.Rule("A-01", "It holds.", "POSIX", "One")


@pytest.mark.parametrize("text, why", [
    ('| <a id="A-01"></a>A-02 | x | y |\n', "not a rule"),
    ('| <a id="A-01"></a>A-01 | x |\n', "not a rule"),
    ('| <a id="A-01"></a>A-01 | x | y |\n' * 2, "stands twice"),
])
def test_a_broken_specification_is_refused(tmp_path, text, why):
    spec = tmp_path / "spec.md"
    spec.write_text(text)
    with pytest.raises(rules.SpecError, match=why):
        rules.read(spec)


def test_a_compiler_is_here():
    assert shutil.which(scenario.compiler())


def test_the_engine_that_a_target_names_is_asked_for(request):
    try:
        present, _ = target.choose(lib=request.config.getoption("--violet") or target.VIOLET)
    except target.TargetError:
        pytest.skip("Violet is not built")
    one = next(one for one in scenario.find()[0] if one.name == "run_empty")
    assert not scenario.build_all([one])
    assert scenario.run(one, present[0]).status == "pass"
    wrong = target.Target("no such engine", present[0].library, present[0].version, "nonsense")
    assert "EINVAL" in scenario.run(one, wrong).message
