#!/usr/bin/env python3
"""Writes a C program that measures the fields of fields.txt where the headers have them.

    generate_fields.py [--named] FIELDS > measure.c

It prints "STRUCT FIELD OFFSET SIZE" for each. With --named only fields that our headers name too.
"""

import re
import sys

LINE = re.compile(r"(\w+) ([\w.]+) (\d+) (\d+) (same|free) *(.*)$")


def rows(path):
    """(struct, field, offset, size, state, note) of each line."""
    with open(path, encoding="utf-8") as table:
        lines = [line.strip() for line in table if line.strip() and not line.startswith("#")]
    return [match_of(line).groups() for line in lines]


def match_of(line):
    match = LINE.match(line)
    if match is None:
        raise ValueError(f"not a row: {line}")
    return match


def program(table, only_named):
    lines = ["#include <stddef.h>", "#include <stdio.h>", "#include <uv.h>", "int main(void) {"]
    for struct, field, _, _, state, _ in table:
        if only_named and state != "same":
            continue
        size = f"sizeof((({struct}*) 0)->{field})"
        lines.append(f'  printf("{struct} {field} %zu %zu\\n", offsetof({struct}, {field}), {size});')
    return "\n".join([*lines, "  return 0;", "}", ""])


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--named"]
    if len(arguments) != 1:
        sys.exit(__doc__)
    sys.stdout.write(program(rows(arguments[0]), "--named" in sys.argv))
