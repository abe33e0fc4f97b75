"""A target that crashes, hangs or cheats gets no figure, and the reason is told."""

import os
import select

import pytest
from harness import measure, process
from harness.cases import Case, files, part, served
from harness.data_file import FIRST_STATE, PAGE, next_random
from harness.process import Failure, Lacks
from stand_ins import CRASHED, ON_WINE

ALONE = Case("work", part("work"))
SERVED = served("echo", part("server"), part("load", connections=4), {"connections": 4})
SECONDS = 0.05

SERVER = """
say(ready="here")
time.sleep(60)
"""


def run(case, programs, session, seconds=SECONDS):
    return measure.run(case, programs.target(), session, seconds)


def reason(case, programs, session):
    with pytest.raises(Failure) as caught:
        run(case, programs, session)
    return str(caught.value)


def test_a_good_target_gets_figures(programs, session):
    figures = run(ALONE, programs.add("work"), session)
    assert figures["operations"] == figures["count"] == 100
    assert figures["seconds"] == SECONDS
    assert figures["latency"] == [[1000, 99], [5000, 1]]


@pytest.mark.skipif(ON_WINE, reason="Wine says that other processes take no time")
def test_processor_time_is_that_of_the_subject(programs, session):
    """The load burns time, the server sleeps."""
    programs.add("server", SERVER)
    programs.add("load", """
say(ready="")
sys.stdin.readline()
begun, end_of_run = time.monotonic(), time.process_time() + 0.2
while time.process_time() < end_of_run: pass
result(seconds=time.monotonic() - begun)
end()
""")
    figures = run(SERVED, programs, session)
    if figures["processor_seconds"] is None:
        pytest.skip("the system does not tell the processor time of others")
    assert figures["processor_seconds"] < 0.05
    alone = Case("burn", part("load"))
    assert run(alone, programs, session)["processor_seconds"] > 0.19


@pytest.mark.parametrize("place", ["", "say(ready='')\n", "say(ready='')\nsys.stdin.readline()\n"])
def test_a_crash_is_seen(programs, session, place):
    programs.add("work", f"{place}crash()")
    assert reason(ALONE, programs, session) == CRASHED


def test_a_crash_after_the_result_is_seen(programs, session):
    programs.add("work", "say(ready='')\nsys.stdin.readline()\ntime.sleep(seconds)\nresult()\nend()\ncrash()")
    assert reason(ALONE, programs, session) == f"{CRASHED} after its result"


def test_a_bad_end_says_its_last_words(programs, session):
    programs.add("work", "sys.exit('no memory')")
    assert reason(ALONE, programs, session) == "ended with status 1: no memory"


def test_the_crash_of_a_server_is_told_not_what_its_client_saw(programs, session):
    programs.add("server", "say(ready='here')\ntime.sleep(0.2)\ncrash()")
    programs.add("load", "say(ready='')\nsys.stdin.readline()\ntime.sleep(0.3)\n"
                         "say(failed='the server ended a connection')\nsys.exit(1)")
    assert reason(SERVED, programs, session) == CRASHED


def test_the_crash_of_a_partner_is_not_the_targets(programs, session, tmp_path):
    connecting = Case("connect", part("load"), part("server"), False)
    programs.add("server", "say(ready='here')\ntime.sleep(0.2)\ncrash()")
    programs.add("load", "say(ready='')\nsys.stdin.readline()\ntime.sleep(0.3)\nsay(failed='lost')\nsys.exit(1)")
    assert reason(connecting, programs, session) == f"the partner {CRASHED}"


@pytest.mark.parametrize("place", ["", "say(ready='')\n", "say(ready='')\nsys.stdin.readline()\n"])
def test_a_hang_is_seen(programs, session, place):
    session.patience = 0.5
    programs.add("work", f"{place}time.sleep(600)")
    assert reason(ALONE, programs, session).startswith("hangs")


@pytest.mark.skipif(not process.GROUP, reason="this Python makes no groups of processes")
def test_the_children_of_what_hangs_end_with_it(programs, session, tmp_path):
    session.patience = 2
    path = tmp_path / "held"
    os.mkfifo(path)
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as held:
        programs.add("work", f"import subprocess\nheld = open('{path}', 'w')\n"
                             "subprocess.Popen(['sleep', '600'], stdin=-3, stdout=held, stderr=-3)\n"
                             "print('there', file=held, flush=True)\nsay(ready='')\ntime.sleep(600)")
        assert reason(ALONE, programs, session).startswith("hangs")
        assert held.readline() == b"there\n"
        # The end of the file comes when nobody has it open for writing.
        assert select.select([held], [], [], 10)[0] == [held]
        assert held.read() == b""


def test_a_server_that_does_not_answer_is_seen(programs, session):
    programs.add("server", SERVER)
    programs.add("load", "say(ready='')\nsys.stdin.readline()\ntime.sleep(seconds)\nresult(operations=0)\nend()")
    assert reason(SERVED, programs, session) == "hangs: no operation ended"


def test_wrong_bytes_that_the_load_saw_are_told(programs, session):
    programs.add("server", SERVER)
    programs.add("load", "say(ready='')\nsys.stdin.readline()\nsay(cheats='other bytes')\nsys.exit(1)")
    assert reason(SERVED, programs, session) == "cheats: other bytes"


def test_a_run_that_was_shorter_or_longer_than_it_says_is_seen(programs, session):
    programs.add("work", "say(ready='')\nsys.stdin.readline()\ntime.sleep(1)\nresult(seconds=0.01)\nend()")
    assert reason(ALONE, programs, session).startswith("cheats: it tells of 0.01 s")
    programs.add("work", "say(ready='')\nsys.stdin.readline()\nresult(seconds=5)\nend()")
    assert reason(ALONE, programs, session).startswith("cheats: it tells of 5.00 s")


@pytest.mark.parametrize("line", ["nonsense", "[1]", '{"ready": '])
def test_what_is_not_in_the_protocol_is_told(programs, session, line):
    programs.add("work", f"print({line!r}, flush=True)\nend()")
    assert reason(ALONE, programs, session).startswith("says what is not in the protocol")


@pytest.mark.parametrize("missing", ["operations", "seconds"])
def test_a_result_without_a_figure_is_told(programs, session, missing):
    programs.add("work", f"say(ready='')\nsys.stdin.readline()\nresult({missing}=None)\nend()")
    assert reason(ALONE, programs, session) == "its result lacks a figure"


def test_what_a_target_lacks_is_no_failure(programs, session):
    programs.add("work", "say(lacks='no pipes')")
    with pytest.raises(Lacks, match="no pipes"):
        run(ALONE, programs, session)


def test_a_program_that_was_not_built_is_told(programs, session):
    assert reason(ALONE, programs, session) == "there is no program work"


def test_a_target_with_another_library_is_seen(programs, session, tmp_path):
    library = tmp_path / "libuv.so.1"
    library.touch()
    target = programs.add("work").target()
    target.library = library
    with pytest.raises(Failure, match="does not use the library"):
        measure.run(ALONE, target, session, SECONDS)


# What a file's reader must have met, if it read at all.
READER = """
with open(options["path"], "rb") as file:
    content = file.read()
say(ready="")
sys.stdin.readline()
time.sleep(seconds)
state, total = {state}, 0
for _ in range({really}):
    state ^= state << 13 & 2**64 - 1
    state ^= state >> 7
    state ^= state << 17 & 2**64 - 1
    at = state % (len(content) // {page}) * {page}
    total += int.from_bytes(content[at:at + 8], "little")
result(operations={claimed}, sum=str(total % 2**64))
end()
"""


@pytest.mark.parametrize("really,claimed,honest", [(100, 100, True), (99, 100, False), (0, 100, False)])
def test_reads_that_were_not_made_are_seen(programs, session, really, claimed, honest):
    programs.add("files", READER.format(state=FIRST_STATE, really=really, claimed=claimed, page=PAGE))
    case = files("read", (1,))[0]
    if honest:
        assert run(case, programs, session)["operations"] == claimed
    else:
        assert reason(case, programs, session) == "cheats: it has not read what it says"


WRITER = """
say(ready="")
sys.stdin.readline()
time.sleep(seconds)
state = {state}
with open(options["path"], "r+b") as file:
    for number in range(1, {really} + 1):
        state ^= state << 13 & 2**64 - 1
        state ^= state >> 7
        state ^= state << 17 & 2**64 - 1
        file.seek((state % {blocks} + {shift}) % {blocks} * {page})
        file.write(number.to_bytes(8, "little"))
result(operations={claimed})
end()
"""


@pytest.mark.parametrize("really,claimed,shift,honest", [
    (50, 50, 0, True), (49, 50, 0, False), (50, 50, 1, False), (51, 50, 0, False)])
def test_writes_that_were_not_made_are_seen(programs, session, really, claimed, shift, honest):
    programs.add("files", WRITER.format(state=FIRST_STATE, really=really, claimed=claimed, shift=shift,
                                        blocks=2048, page=PAGE))
    case = files("write_sync", (1,), file="written")[0]
    if honest:
        assert run(case, programs, session)["operations"] == claimed
    else:
        assert reason(case, programs, session).startswith("cheats: a ")


def test_the_known_sequence_does_not_repeat_soon():
    seen, state = set(), FIRST_STATE
    for _ in range(10_000):
        state = next_random(state)
        assert 0 < state < 2**64
        seen.add(state)
    assert len(seen) == 10_000
