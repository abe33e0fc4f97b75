"""The short form of the mutation check, and the tests of its runner. The whole run: run.py."""

import pytest

from harness import mutation, rules, scenario

MUTATIONS, FAULTS = mutation.find()
SHORT = [one for one in MUTATIONS if one.short]

HARMLESS = """A comment more changes nothing.

rules: {rules}

diff --git a/src/handle/timer.cc b/src/handle/timer.cc
--- a/src/handle/timer.cc
+++ b/src/handle/timer.cc
@@ -1,1 +1,2 @@
 {line}
+// {text}
"""


@pytest.fixture(scope="module")
def workshop():
    with mutation.Workshop() as opened:
        yield opened


@pytest.fixture(scope="module")
def inspector(workshop):
    suite, faults = scenario.find()
    assert not faults
    one = mutation.Inspector(workshop, suite)
    yield one
    one.close()


@pytest.fixture
def patch(tmp_path):
    """Makes a mutation of a patch's text."""

    def make(text, rule="TIMER-03", line='#include "handle/timer.h"', **values):
        path = tmp_path / "01-example.patch"
        path.write_text(text.format(rules=rule, line=line, text="Nothing.", **values))
        return mutation.read(path)

    return make


def test_every_patch_can_be_read():
    assert not FAULTS, "\n".join(f"{path.name}: {fault}" for path, fault in FAULTS)


def test_there_are_enough_of_them():
    assert len(MUTATIONS) >= 25
    assert 8 <= len(SHORT) <= 12


def test_the_rules_that_patches_name_exist():
    known = rules.read()
    assert not [f"{one.name}: {rule}" for one in MUTATIONS for rule in one.rules
                if rule not in known]


@pytest.mark.parametrize("one", MUTATIONS, ids=lambda one: one.name)
def test_every_patch_applies(one, workshop):
    workshop.check(one)


@pytest.mark.parametrize("one", SHORT, ids=lambda one: one.name)
def test_the_suite_catches(one, inspector):
    result = inspector.inspect(one)
    assert result.caught, f"{result.status}: {result.message}"
    assert result.as_named, f"only {result.scenario} fails, which shows none of {one.rules}"


def test_a_patch_that_changes_nothing_survives(patch, workshop):
    few = [one for one in scenario.find()[0] if one.name in ("timer_ties", "close_order")]
    inspector = mutation.Inspector(workshop, few)
    result = inspector.inspect(patch(HARMLESS))
    inspector.close()
    assert (result.status, result.message) == ("survived", "2 scenarios pass on it")


def test_a_patch_that_does_not_apply_is_a_failure(patch, inspector):
    result = inspector.inspect(patch(HARMLESS, line="// Not what stands there."))
    assert result.status == "unusable"
    assert "does not apply any more" in result.message


def test_a_patch_that_does_not_compile_is_a_failure(patch, inspector):
    result = inspector.inspect(patch(HARMLESS.replace("+// {text}", "+#error {text}")))
    assert result.status == "unusable"
    assert "does not compile" in result.message and "Nothing." in result.message


def test_an_engine_that_is_not_there_is_a_failure(patch, inspector):
    result = inspector.inspect(patch(HARMLESS.replace("\n\ndiff", "\nengine: none\n\ndiff")))
    assert (result.status, result.message) == ("unusable", "engine none: unknown")


def test_the_copy_is_as_the_tree_afterwards(patch, inspector, workshop):
    inspector.inspect(patch(HARMLESS))
    name = "src/handle/timer.cc"
    assert (workshop.tree / name).read_text() == (mutation.ROOT / name).read_text()


def test_a_scenario_that_fails_without_the_mutation_proves_nothing(patch, workshop, tmp_path):
    broken = tmp_path / "broken.c"
    broken.write_text("/*\n * Never holds.\n *\n * rules: TIMER-03\n * total: a\n */\n"
                      '#include "trace.h"\n'
                      "static void scenario(uv_loop_t* loop) {\n"
                      '  if (loop == NULL) trace("a");\n}\n')
    inspector = mutation.Inspector(workshop, [scenario.Scenario(broken)])
    result = inspector.inspect(patch(HARMLESS))
    inspector.close()
    assert (result.status, result.doubtful) == ("survived", ["broken"])


@pytest.mark.parametrize("text, why", [
    ("rules: X-01\n\nno patch", "no `diff --git` line"),
    (HARMLESS.replace("A comment more changes nothing.", ""), "says in no sentence"),
    (HARMLESS.replace("rules: {rules}", ""), "names no rule"),
    (HARMLESS.replace("src/handle/timer.cc", "include/uv.h"), "must change files of src/"),
    (HARMLESS.replace("\n\ndiff", "\norder: 1.30\n\ndiff"), "the only other order is 1.44"),
])
def test_a_malformed_patch_is_a_failure(patch, text, why):
    with pytest.raises(mutation.MutationError, match=why):
        patch(text)


def test_a_patch_has_a_number_and_a_name(tmp_path):
    path = tmp_path / "Example.patch"
    path.write_text(HARMLESS.format(rules="X-01", line="x", text="x"))
    found, faults = mutation.find(tmp_path)
    assert not found
    assert faults == [(path, "its name must read NN-what-it-breaks.patch")]


def test_the_table_names_what_happened(patch):
    one = patch(HARMLESS)
    results = [mutation.Result(one, "caught", "timer_ties", True, seconds=1.25),
               mutation.Result(one, "caught", "close_order", False),
               mutation.Result(one, "survived")]
    rows = mutation.table(results).splitlines()[2:]
    assert rows[0].endswith("| TIMER-03 | `timer_ties` | 1.2 |")
    assert "`close_order` (of other rules)" in rows[1]
    assert "**survived**" in rows[2]
    assert mutation.summary(results) == "2 of 3 mutations caught, 1 s"
