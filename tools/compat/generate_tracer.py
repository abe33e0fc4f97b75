"""Writes the C source of a library that stands between a program and its libuv.so.1 and notes, for
each exported function, whether it was called and which errors came back.

The notes are a table in memory that forked children share, so that signal handlers and processes
that are killed count too: one row of ROW_SIZE bytes per function, byte 0 for a call without an error,
byte E for a result of -E. After each test the test program calls violet_trace_flush(), which moves
the notes to the file VIOLET_TRACE. The library behind is VIOLET_TRACED_LIBRARY.
"""

import re

ROW_SIZE = 4096

PROLOGUE = f"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <uv.h>
#include <violet/violet.h>

#define ROW_SIZE {ROW_SIZE}
static unsigned char* table;
static void* library;

static void note(int row, long long result) {{
  if (table == NULL || result <= -ROW_SIZE) return;
  table[(size_t)row * ROW_SIZE + (size_t)(result < 0 ? -result : 0)] = 1;
}}

static void* target(const char* name) {{
  void* address = dlsym(library, name);
  if (address == NULL) abort();
  return address;
}}
"""

CONSTRUCTOR = """
__attribute__((constructor)) static void begin(void) {
  void* memory = mmap(NULL, ROW_COUNT * ROW_SIZE, PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory != MAP_FAILED) table = memory;
  library = dlopen(getenv("VIOLET_TRACED_LIBRARY"), RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
  if (library == NULL) abort();
%s}
"""

# One line for each test: its name, whether it passed, then ROW:ERROR pairs.
FLUSH = """
void violet_trace_flush(const char* test, int passed) {
  FILE* log = fopen(getenv("VIOLET_TRACE"), "a");
  if (log == NULL || table == NULL) abort();
  fprintf(log, "%s %d", test, passed);
  for (size_t i = 0; i < (size_t)ROW_COUNT * ROW_SIZE; ++i) {
    if (table[i] == 0) continue;
    table[i] = 0;
    fprintf(log, " %d:%d", (int)(i / ROW_SIZE), (int)(i % ROW_SIZE));
  }
  fputc('\\n', log);
  fclose(log);
}
"""

PROTOTYPE = re.compile(r"^(?P<result>[\w\s]+?[\s*]+?)(?P<name>(?:uv|violet)_\w+)\((?P<parameters>.*)\);$")
# uv_loop_configure() takes at most one word more.
VARIADIC = ("...", "long value")


def split_parameters(text):
    """At the commas that are not inside parentheses."""
    parts, depth = [""], 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts if part.strip() not in ("", "void")]


def name_parameter(parameter, number):
    """The declaration with a name of ours, and the name."""
    name = f"a{number}"
    if parameter == VARIADIC[0]:
        return f"long {name}", name
    if "(*" in parameter:
        return re.sub(r"\(\*\w*\)", f"(*{name})", parameter), name
    match = re.match(r"^(?P<type>.*?)(?P<name>\b[a-z]\w*)?\s*(?P<array>\[[^]]*\])?$", parameter)
    kind, given, array = match["type"].strip(), match["name"], match["array"] or ""
    if given and (not kind or given.endswith("_t") or kind in ("const", "struct")):
        kind = f"{kind} {given}".strip()  # the type stands without a name
    return f"{kind} {name}{array}", name


def wrapper(prototype, row):
    match = PROTOTYPE.match(prototype)
    assert match, prototype
    result, name = match["result"].strip(), match["name"]
    named = [name_parameter(p, i) for i, p in enumerate(split_parameters(match["parameters"]))]
    arguments = ", ".join(argument for _, argument in named)
    declarations = ", ".join(declaration for declaration, _ in named) or "void"
    variadic = match["parameters"].rstrip().endswith(VARIADIC[0])
    pointer_type = f"{result} (*)({declarations})".replace("long a2", "...") if variadic else \
        f"{result} (*)({declarations})"
    pointer = f"static {pointer_type.replace('(*)', f'(*real_{name})', 1)};\n"
    signature = f"{result} {name}({declarations})"
    if variadic:
        # Defined under another name, since the header declares it variadic.
        signature = f'{result} traced_{name}({declarations}) __asm__("{name}");\n{signature.replace(name, "traced_" + name, 1)}'
    call = f"real_{name}({arguments})"
    if result == "void":
        body = f"  note({row}, 0);\n  {call};\n"
    else:
        failed = "result" if result in ("int", "ssize_t") else "0"
        body = f"  {result} result = {call};\n  note({row}, (long long){failed});\n  return result;\n"
    return f"{pointer}{signature} {{\n{body}}}\n", f'  real_{name} = target("{name}");\n'


def tracer_source(prototypes, functions):
    """`functions` are the rows, in order; the source has wrappers for these only."""
    by_name = {match["name"]: line for line in prototypes if (match := PROTOTYPE.match(line))}
    parts = [wrapper(by_name[name], row) for row, name in enumerate(functions)]
    header = PROLOGUE + f"#define ROW_COUNT {len(functions)}\n"
    return header + "".join(text for text, _ in parts) + FLUSH + CONSTRUCTOR % "".join(init for _, init in parts)
