"""Scripts that say in their first comment what they must print.

    // One or more sentences: what is shown.
    //
    // expect:
    //   a line
    //   {two lines | in any order}
    // timeout: 30
    // not on: kqueue; it does not tell of that

The comment's leader is the language's own (//, #, --, or OCaml's first and further lines). The block after `expect:` is the whole
standard output, line by line, indented by two spaces or more. Standard error must stay empty unless
`stderr: any` says otherwise, and the exit status must be that of `status:` (0). `not on:` names an
engine whose system cannot do what is shown, and says why.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from .program import ProgramError, Running

LEADERS = {".js": ("//",), ".py": ("#",), ".lua": ("--",), ".raku": ("#",), ".R": ("#",),
           ".ml": ("(*", " *")}
KEYWORD = re.compile(r"^(expect|timeout|status|stderr|args|not on):\s*(.*)$")


class ScriptError(Exception):
    """The script's comment is wrong, whatever the library does."""


@dataclass
class Script:
    """A file, and what its comment says."""

    path: Path
    summary: str = ""
    expect: list = field(default_factory=list)
    timeout: float = 30.0
    status: int = 0
    stderr: str = ""
    args: str = ""
    not_on: str = ""

    @property
    def name(self):
        return self.path.stem

    def reason_against(self, backend):
        """Why an engine cannot do this, or ''."""
        engine, _, reason = self.not_on.partition("; ")
        return reason if engine and engine == backend else ""


def read(path):
    """Reads a script's comment. Raises ScriptError."""
    script = Script(Path(path))
    leaders = LEADERS[script.path.suffix]
    prose, block = [], None
    for line in script.path.read_text().splitlines():
        if not line.startswith(leaders) or line.endswith("*)"):
            break
        text = line[len(leaders[0]):]
        match = KEYWORD.match(text.strip())
        if block is not None and text.startswith("   "):
            block.append(text[3:])
        elif match:
            block = script.expect if match[1] == "expect" else None
            if block is None:
                field_name = match[1].replace(" ", "_")
                setattr(script, field_name, type(getattr(script, field_name))(match[2]))
        else:
            block = None
            prose.append(text.strip())
    script.summary = " ".join(prose).strip()
    if not script.summary:
        raise ScriptError(f"{path}: says in no sentence what it shows")
    if not script.expect:
        raise ScriptError(f"{path}: expects nothing")
    return script


def differs(expect, lines):
    """'' if the lines are as expected, else how they differ."""
    at = 0
    for wanted in expect:
        group = wanted[1:-1].split(" | ") if wanted.startswith("{") else [wanted]
        found = lines[at:at + len(group)]
        if Counter(found) != Counter(group):
            return f"line {at + 1}: expected {wanted!r}, but got {found}"
        at += len(group)
    return f"more than expected: {lines[at:at + 5]}" if len(lines) > at else ""


def run(script, command, target, environment=None, folders=()):
    """Runs a script by a command on a target: '' or what is wrong."""
    fault = ""
    try:
        with Running(target, environment, folders) as running:
            outcome = running.run([*command, script.path, *script.args.split()], script.timeout)
            fault = _judge(script, outcome)
            if not fault:
                running.check_no_strays()
            running.check_library()
    except ProgramError as error:
        return "\n".join(filter(None, (fault, str(error))))
    return fault


def _judge(script, outcome):
    fault = differs(script.expect, outcome.output.splitlines())
    if not fault and outcome.status != script.status:
        fault = f"exit status {outcome.status}"
    if not fault and outcome.errors.strip() and script.stderr != "any":
        fault = "something on stderr"
    if not fault:
        return ""
    return (f"{fault}\nstdout:\n{outcome.output[-2500:]}\n"
            f"stderr:\n{outcome.errors[-2500:]}\nexit status {outcome.status}")
