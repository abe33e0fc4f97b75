"""Every scenario on every target, and that rules and scenarios belong together."""

import pytest

from harness import rules, scenario


def test_scenario(one_scenario, target, matrix):
    verdict = matrix.verdict(one_scenario, target)
    if verdict.status == "skip":
        pytest.skip(verdict.message)
    if verdict.status == "fail":
        asked = one_scenario.expectation
        pytest.fail(f"{one_scenario.name} on {target.name}: {asked.summary}\n"
                    f"[{', '.join(asked.rules)}] {verdict.message}", pytrace=False)


def test_every_scenario_can_be_read():
    _, faults = scenario.find()
    assert not faults, "\n".join(f"{path.name}: {fault}" for path, fault in faults)


def test_scenarios_name_rules_that_exist():
    known = rules.read()
    wrong = [f"{one.name}: {rule}" for one in scenario.find()[0]
             for rule in one.expectation.rules if rule not in known]
    assert not wrong


def test_every_rule_has_a_scenario():
    shown = {rule for one in scenario.find()[0] for rule in one.expectation.rules}
    assert not sorted(set(rules.read()) - shown)
