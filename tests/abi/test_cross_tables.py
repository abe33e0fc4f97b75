"""Sizes, offsets and constants on the BSDs and macOS, by assertions that the cross compiler checks."""

import re

import pytest

import cross_table
import support

needs_zig = pytest.mark.skipif(
    not cross_table.ZIG.is_file(), reason="tools/fetch_zig.sh has not fetched zig"
)

# What may differ from Linux: what holds a system's own type (a lock, an address, a name), and what has
# the record of a descriptor inside, which kqueue makes longer.
OWN_TYPES = {
    *"uv_barrier_t uv_cond_t uv_key_t uv_mutex_t uv_once_t uv_rwlock_t uv_sem_t".split(),
    *"uv_getnameinfo_t uv_udp_send_t uv_loop_t".split(),
    *"uv_fs_event_t uv_pipe_t uv_poll_t uv_stream_t uv_tcp_t uv_tty_t uv_udp_t".split(),
    *("union uv_any_handle", "union uv_any_req"),
}


def table_of(system):
    return support.facts(f"abi-{system}.txt")


@needs_zig
@pytest.mark.parametrize("system", cross_table.TARGETS)
def test_table(system):
    status, said = cross_table.compile_text(
        system, cross_table.assertions(table_of(system)), "-c"
    )
    assert status == 0, said


@needs_zig
def test_notices_another_size():
    wrong = ["sizeof uv_timer_t 153"]
    status, said = cross_table.compile_text(
        "freebsd-x86_64", cross_table.assertions(wrong), "-c"
    )
    assert status != 0 and "sizeof uv_timer_t" in said


@pytest.mark.parametrize("system", cross_table.TARGETS)
def test_names_are_those_of_linux(system):
    assert [line.rsplit(" ", 1)[0] for line in table_of(system)] == cross_table.names()


@pytest.mark.parametrize("system", cross_table.TARGETS)
def test_differs_from_linux_only_where_a_system_may(system):
    linux = set(support.facts("abi-linux-x86_64.txt"))
    different = {line for line in table_of(system) if line not in linux}
    sizes = {line for line in different if not line.startswith("const ")}
    assert {line for line in sizes if type_of(line) not in OWN_TYPES} == set()
    assert {line for line in sizes if re.search(r" (data|loop|type) \d+$", line)} == set()


def type_of(line):
    """Of a line about a size or an offset: "sizeof union uv_any_handle 304"."""
    return re.match(r"\w+ ((?:(?:union|struct) )?\w+)", line)[1]
