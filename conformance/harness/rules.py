"""Reads the rules out of conformance/spec/phases.md."""

import re
from dataclasses import dataclass
from pathlib import Path

SPEC = Path(__file__).resolve().parent.parent / "spec" / "phases.md"
ROW = re.compile(r'^\| <a id="([A-Z]+-\d\d)"></a>([A-Z]+-\d\d) \| (.+) \| (.+) \|$')


@dataclass(frozen=True)
class Rule:
    id: str
    text: str
    source: str
    section: str


class SpecError(Exception):
    """The specification cannot be read."""


def read(path=SPEC):
    """All rules in the order of the text, by id."""
    rules, section = {}, ""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("## "):
            section = line[3:].strip()
        if not line.startswith("| <a"):
            continue
        match = ROW.match(line)
        if not match or match[1] != match[2]:
            raise SpecError(f"{path}:{number}: not a rule: {line[:60]}")
        if match[1] in rules:
            raise SpecError(f"{path}:{number}: {match[1]} stands twice")
        rules[match[1]] = Rule(match[1], match[3], match[4], section)
    return rules
