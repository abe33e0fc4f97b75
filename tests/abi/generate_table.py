#!/usr/bin/env python3
"""Writes a C++ program that prints sizes, offsets and constants of <uv.h>.

    generate_table.py FACTS > table.cc

The names come from FACTS, a table as in tests/abi/facts/abi-*.txt. The program prints the same
lines with the values of the platform it is compiled for, so it can also make another platform's
table.
"""

import sys

HEAD = """\
#include <math.h>
#include <stddef.h>
#include <stdio.h>

#include <uv.h>

static void constant(const char* name, double value) {
  if (isnan(value)) printf("const %s nan\\n", name);
  else if (isinf(value)) printf("const %s inf\\n", name);
  else printf("const %s %lld\\n", name, static_cast<long long>(value));
}

static void measure(const char* what, size_t value) {
  printf("%s %llu\\n", what, static_cast<unsigned long long>(value));
}

"""



def statement(line):
    kind, rest = line.split(" ", 1)
    name = rest.rsplit(" ", 1)[0]
    if kind == "sizeof":
        return f'  measure("sizeof {name}", sizeof({name}));'
    if kind == "offsetof":
        type_name, field = name.rsplit(" ", 1)
        return f'  measure("offsetof {name}", offsetof({type_name}, {field}));'
    if kind == "const":
        return f'  constant("{name}", static_cast<double>({name}));'
    raise ValueError(f"unknown kind of line: {line}")


def facts_lines(path):
    with open(path, encoding="utf-8") as table:
        return [line.strip() for line in table if line.strip() and not line.startswith("#")]


def program(lines):
    body = "\n".join(statement(line) for line in lines)
    return f"{HEAD}int main() {{\n{body}\n  return 0;\n}}\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.stdout.write(program(facts_lines(sys.argv[1])))
