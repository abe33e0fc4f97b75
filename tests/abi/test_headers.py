"""Every header compiles alone and cleanly, and declares what the facts list."""

import platform
import re
import shutil

import pytest

import support

HEADERS = sorted(str(path.relative_to(support.INCLUDE)) for path in support.INCLUDE.rglob("*.h"))
LANGUAGES = [("c", "c99"), ("c++", "c++11")]
HANDLES = "async check fs_event fs_poll handle idle pipe poll prepare process signal stream tcp timer tty udp"
REQUESTS = "connect fs getaddrinfo getnameinfo random req shutdown udp_send work write"


def headers_except(*suffixes):
    return [name for name in HEADERS if not name.endswith(suffixes)]


def alone(header):
    return f"#include <{header}>\nextern int a_translation_unit_must_not_be_empty;\n"


@pytest.mark.parametrize("language, standard", LANGUAGES)
@pytest.mark.parametrize("compiler", support.native_compilers())
@pytest.mark.parametrize("header", headers_except("_windows.h", "_bsd.h"))
def test_compiles_alone(compiler, header, language, standard):
    assert support.compile_text(compiler, language, standard, alone(header)) == ""


@pytest.mark.skipif(not shutil.which(support.MINGW), reason=f"{support.MINGW} is not installed")
@pytest.mark.parametrize("language, standard", LANGUAGES)
@pytest.mark.parametrize("header", headers_except("_posix.h", "_linux.h", "_bsd.h"))
def test_compiles_alone_for_windows(header, language, standard):
    assert support.compile_text(support.MINGW, language, standard, alone(header)) == ""


@pytest.mark.parametrize("header", HEADERS)
def test_is_short(header):
    assert len((support.INCLUDE / header).read_text(encoding="utf-8").splitlines()) < 500


def test_umbrella_includes_every_part():
    included = set(re.findall(r'#include "(.*)"', (support.INCLUDE / "uv.h").read_text(encoding="utf-8")))
    reached = set(included)
    for name in included:
        text = (support.INCLUDE / name).read_text(encoding="utf-8")
        reached |= set(re.findall(r'#include "(.*)"', text))
    parts = {name for name in HEADERS if name.startswith("uv/") and not re.search("_(windows|posix|linux|bsd)", name)}
    assert parts - reached == set()


def compile_c11(lines, flags=()):
    text = "#include <uv.h>\n#include <violet/violet.h>\n" + "\n".join(lines) + "\n"
    return support.compile_text(support.native_compilers()[0], "c", "gnu11", text, flags)


def test_every_symbol_is_declared():
    names = support.facts("symbols.txt")
    lines = [f"void (*address_of_{name})(void) = (void (*)(void)) &{name};" for name in names]
    assert compile_c11(lines, ["-Wno-cast-function-type", "-Wno-missing-variable-declarations"]) == ""


def test_every_prototype_agrees():
    """Declaring a function or callback type again with another type is an error in C."""
    lines = [line for line in support.facts("prototypes.txt") if line.endswith(";")]
    assert len(lines) > 300
    assert compile_c11(lines) == ""


def test_every_exported_function_is_public():
    declared = set()
    for header in HEADERS:
        text = (support.INCLUDE / header).read_text(encoding="utf-8")
        declared |= set(re.findall(r"^UV_EXTERN [^(]*?\b(uv_\w+)\(", text, re.MULTILINE))
    assert declared == set(support.facts("symbols.txt"))


def words_above(lines, number):
    """The text of the comment that ends right above this line, or nothing."""
    if not lines[number - 1].rstrip().endswith("*/"):
        return ""
    start = max(above for above in range(number) if "/*" in lines[above])
    return " ".join(line.strip(" /*") for line in lines[start:number])


def documentation_faults(text):
    """What the comments of the functions and callback types of a header leave out."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not re.match(r"UV_EXTERN |typedef .*\(\*\w+\)\(", line):
            continue
        words = words_above(lines, number)
        wanted = []
        if line.startswith("UV_EXTERN "):
            wanted += ["Thread: ", "Source: "]
            wanted += ["Errors: "] if re.match(r"UV_EXTERN (int|ssize_t) ", line) else []
        if not words:
            yield f"{line}: no comment above"
        yield from (f"{line}: no '{word}'" for word in wanted if word not in words)


@pytest.mark.parametrize("header", HEADERS)
def test_every_function_is_documented(header):
    assert list(documentation_faults((support.INCLUDE / header).read_text(encoding="utf-8"))) == []


def test_missing_documentation_is_found():
    whole = "/**\n * Adds.\n *\n * Thread: any. Errors: none. Source: here.\n */\nUV_EXTERN int uv_add(int a,\n int b);"
    callback = "/** Runs. */\ntypedef void (*uv_done_cb)(int status);"
    assert list(documentation_faults(whole)) == []
    assert list(documentation_faults(callback)) == []
    assert len(list(documentation_faults(whole.replace(" */\n", " */\n\n")))) == 4
    for word in ("Thread", "Errors", "Source"):
        assert len(list(documentation_faults(whole.replace(word, "")))) == 1
    assert len(list(documentation_faults(whole.replace("Errors", "").replace("int uv", "void uv")))) == 0
    assert len(list(documentation_faults(callback.split("\n")[1]))) == 1


def plain_fields():
    """(struct, field, type, dimension) of each field of public-structs.txt outside of unions."""
    for line in support.facts("public-structs.txt"):
        struct, body = re.match(r"(\w+): struct \w* ?\{ (.*) \}$", line).groups()
        for field in re.findall(r"([^;]+);", re.sub(r"union \{.*?\} \w+;", "", body)):
            kind, name, dimension = re.match(r"\s*(.*?)(\w+)((?:\[\d+\])?)$", field).groups()
            yield struct, name, kind.strip(), dimension


def test_every_plain_field_has_its_type():
    lines = []
    for number, (struct, name, kind, dimension) in enumerate(plain_fields()):
        lines.append(f"typedef {kind} expected_{number}{dimension};")
        field = f"__typeof__((({struct}*) 0)->{name})"
        same = f"__builtin_types_compatible_p({field}, expected_{number})"
        lines.append(f'_Static_assert({same}, "{struct}.{name}");')
    assert len(lines) > 160
    assert compile_c11(lines) == ""


def test_handles_and_requests_begin_alike():
    lines = []
    for name in HANDLES.split():
        lines.append(f'_Static_assert(_Alignof(uv_{name}_t) == 8, "alignment of {name}");')
        for field in ("data", "loop", "type", "close_cb", "handle_queue", "flags"):
            same = f"offsetof(uv_{name}_t, {field}) == offsetof(uv_handle_t, {field})"
            lines.append(f'_Static_assert({same}, "{name}.{field}");')
    for name in REQUESTS.split():
        lines.append(f'_Static_assert(_Alignof(uv_{name}_t) == 8, "alignment of {name}");')
        for field in ("data", "type", "reserved_req"):
            same = f"offsetof(uv_{name}_t, {field}) == offsetof(uv_req_t, {field})"
            lines.append(f'_Static_assert({same}, "{name}.{field}");')
    assert compile_c11(lines) == ""


# What libuv's header brings on Unix (gcc -M), by something that each of the system's headers declares.
BROUGHT = {
    "arpa/inet.h": "(void) inet_ntop", "dirent.h": "(void) opendir", "errno.h": "(void) ENOENT",
    "fcntl.h": "(void) O_RDONLY", "limits.h": "(void) INT_MAX", "netdb.h": "(void) getaddrinfo",
    "netinet/in.h": "(void) IPPROTO_TCP", "netinet/tcp.h": "(void) TCP_NODELAY",
    "pthread.h": "(void) pthread_self", "pwd.h": "(void) getpwuid", "semaphore.h": "(void) sem_wait",
    "signal.h": "(void) raise", "stdint.h": "(void) INT64_MAX", "stdio.h": "(void) fopen",
    "sys/param.h": "(void) MAXPATHLEN", "sys/socket.h": "(void) socket", "sys/stat.h": "(void) chmod",
    "termios.h": "(void) tcgetattr",
}


@pytest.mark.skipif(platform.system() == "Windows", reason="the list is that of Unix systems")
def test_brings_the_headers_that_programs_rely_on():
    uses = " ".join(f"{use};" for use in BROUGHT.values())
    assert compile_c11([f"void use(void); void use(void) {{ {uses} }}"]) == ""


def test_maps_agree_with_the_enums():
    lines = [
        "#define HANDLE(upper, lower) uv_##lower##_t a_##lower; uv_handle_type type_##lower = UV_##upper;",
        "UV_HANDLE_TYPE_MAP(HANDLE)",
        "#define REQUEST(upper, lower) uv_##lower##_t a_##lower; uv_req_type type_##lower = UV_##upper;",
        "UV_REQ_TYPE_MAP(REQUEST)",
    ]
    assert compile_c11(lines) == ""


def test_error_map_is_complete():
    text = (support.INCLUDE / "uv/errno.h").read_text(encoding="utf-8")
    mapped = re.findall(r'XX\((\w+), "[^"]+"\)', text)
    constants = [line.split()[1] for line in support.facts("abi-linux-x86_64.txt") if line.startswith("const")]
    errors = [name[3:] for name in constants if re.match(r"UV_(E[A-Z0-9_]+|UNKNOWN)$", name)]
    assert sorted(mapped) == sorted(set(errors) - {"ERRNO_MAX"})


def test_structs_can_be_declared_before_the_header():
    lines = [f"struct uv_{name}_s;" for name in ["loop", *HANDLES.split(), *REQUESTS.split()]]
    text = "\n".join(lines) + "\n#include <uv.h>\n"
    assert support.compile_text(support.native_compilers()[0], "c++", "c++11", text) == ""
