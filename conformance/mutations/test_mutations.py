"""The short form of the mutation check, and the tests of its runner. The whole run: run.py."""

import difflib
import subprocess

import pytest

from harness import mutation, patch_place, rules, scenario

MUTATIONS, FAULTS = mutation.find()
SHORT = [one for one in MUTATIONS if one.short]

CHANGED = "src/handle/timer.cc"


def patch_text(added="// Nothing.", rules_line="rules: TIMER-03", summary="Changes nothing."):
    """A patch that adds a line at the top of a file."""
    before = (mutation.ROOT / CHANGED).read_text().splitlines(keepends=True)
    lines = difflib.unified_diff(before, [f"{added}\n", *before], f"a/{CHANGED}", f"b/{CHANGED}")
    return f"{summary}\n\n{rules_line}\n\ndiff --git a/{CHANGED} b/{CHANGED}\n{''.join(lines)}"


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
def read(tmp_path):
    """Makes a mutation of a patch's text."""

    def make(text):
        path = tmp_path / "01-example.patch"
        path.write_text(text)
        return mutation.read(path)

    return make


@pytest.fixture
def harmless(read):
    return read(patch_text())


def test_every_patch_can_be_read():
    assert not FAULTS, "\n".join(f"{path.name}: {fault}" for path, fault in FAULTS)


def test_there_are_enough_of_them():
    assert len(MUTATIONS) >= 110
    assert 8 <= len(SHORT) <= 12


def test_the_rules_that_patches_name_exist():
    known = rules.read()
    assert not [f"{one.name}: {rule}" for one in MUTATIONS for rule in one.rules
                if rule not in known]


@pytest.mark.parametrize("one", MUTATIONS, ids=lambda one: one.name)
def test_every_patch_applies(one, workshop):
    workshop.check(one)


def test_a_patch_that_lands_in_another_function_is_a_failure(read, workshop, tmp_path):
    changed = tmp_path / CHANGED
    changed.parent.mkdir(parents=True)
    lines = (mutation.ROOT / CHANGED).read_text().splitlines(keepends=True)
    changed.write_text("".join([*lines[:-3], "// Nothing.\n", *lines[-3:]]))
    text = ("Changes nothing.\n\nrules: TIMER-03\n\n"
            + patch_place.difference(mutation.ROOT, tmp_path, [CHANGED]))
    workshop.check(read(text))
    [place] = patch_place.named_places(text)
    with pytest.raises(mutation.MutationError, match=f"lands in {place} instead of elsewhere"):
        workshop.check(read(text.replace(f" {place}(", " elsewhere(")))


@pytest.mark.parametrize("one", SHORT, ids=lambda one: one.name)
def test_the_suite_catches(one, inspector):
    result = inspector.inspect(one)
    assert result.caught, f"{result.status}: {result.message}"
    assert result.as_named, f"only {result.scenario} fails, which shows none of {one.rules}"


def test_a_patch_that_changes_nothing_survives(harmless, workshop):
    few = [one for one in scenario.find()[0] if one.name in ("timer_ties", "close_order")]
    inspector = mutation.Inspector(workshop, few)
    result = inspector.inspect(harmless)
    inspector.close()
    assert (result.status, result.message) == ("survived", "2 scenarios pass on it")


def test_a_patch_that_does_not_apply_is_a_failure(read, inspector):
    first_line = (mutation.ROOT / CHANGED).read_text().splitlines()[0]
    result = inspector.inspect(read(patch_text().replace(first_line, "// Not what stands there.")))
    assert result.status == "unusable"
    assert "does not apply any more" in result.message


def test_a_patch_that_does_not_compile_is_a_failure(read, inspector):
    result = inspector.inspect(read(patch_text("#error Nothing.")))
    assert result.status == "unusable"
    assert "does not compile" in result.message and "Nothing." in result.message


def test_an_engine_that_is_not_there_is_a_failure(read, inspector):
    result = inspector.inspect(read(patch_text(rules_line="rules: TIMER-03\nengine: none")))
    assert (result.status, result.message) == ("unusable", "engine none: unknown")


def test_the_copy_is_as_the_tree_afterwards(harmless, inspector, workshop):
    inspector.inspect(harmless)
    assert (workshop.tree / CHANGED).read_text() == (mutation.ROOT / CHANGED).read_text()


def test_a_scenario_that_fails_without_the_mutation_proves_nothing(harmless, workshop, tmp_path):
    broken = tmp_path / "broken.c"
    broken.write_text("/*\n * Never holds.\n *\n * rules: TIMER-03\n * total: a\n */\n"
                      '#include "trace.h"\n'
                      "static void scenario(uv_loop_t* loop) {\n"
                      '  if (loop == NULL) trace("a");\n}\n')
    inspector = mutation.Inspector(workshop, [scenario.Scenario(broken)])
    result = inspector.inspect(harmless)
    inspector.close()
    assert (result.status, result.doubtful) == ("survived", ["broken"])


@pytest.mark.parametrize("text, why", [
    ("rules: X-01\n\nno patch", "no `diff --git` line"),
    (patch_text(summary=""), "says in no sentence"),
    (patch_text(rules_line=""), "names no rule"),
    (patch_text().replace(CHANGED, "include/uv.h"), "must change files of src/"),
    (patch_text(rules_line="rules: X-01\norder: 1.30"), "the only other order is 1.44"),
])
def test_a_malformed_patch_is_a_failure(read, text, why):
    with pytest.raises(mutation.MutationError, match=why):
        read(text)


def test_a_patch_has_a_number_and_a_name(tmp_path):
    path = tmp_path / "Example.patch"
    path.write_text(patch_text())
    found, faults = mutation.find(tmp_path)
    assert not found
    assert faults == [(path, "its name must read NN-what-it-breaks.patch")]


def test_the_table_names_what_happened(harmless):
    results = [mutation.Result(harmless, "caught", "timer_ties", True, "a must come first", 1.25),
               mutation.Result(harmless, "caught", "close_order", False),
               mutation.Result(harmless, "survived")]
    rows = mutation.table(results).splitlines()[2:]
    assert "| TIMER-03 | `timer_ties` | a must come first | 1.2 |" in rows[0]
    assert "`close_order` (of other rules)" in rows[1]
    assert "**survived**" in rows[2]
    assert mutation.summary(results) == "2 of 3 mutations caught, 1 s"


# It was found out after the whole run, by a traceback.
@pytest.mark.parametrize("output, message", [
    ("", "is a folder; --output wants a file"), ("no/table.md", "is no folder")])
def test_the_output_has_to_be_a_file(tmp_path, output, message):
    run = subprocess.run([mutation.MUTATIONS / "run.py", "none", "--output", tmp_path / output],
                         capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 2
    assert message in run.stderr and "Traceback" not in run.stderr
