"""Each fallback of the io_uring engine: what the kernel, a filter or a setting refuses is named with
its reason, and the behavioural tests of streams and sockets pass without it."""

import fcntl
import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = Path(os.environ.get("VIOLET_LIBRARY", ROOT / "build" / "release" / "libuv.so.1"))
DOCTOR = LIBRARY.parent / "violet"
API_TESTS = LIBRARY.parent / "api_tests"
SYSCTL = Path("/proc/sys/kernel/io_uring_disabled")
NOBODY = 65534

# From linux/io_uring.h: operations of io_uring_register(2).
REGISTER_PROBE, REGISTER_ENABLE_RINGS, REGISTER_BUFFER_RING = 8, 12, 22

WITHOUT_ENGINE = ("poll", "cancel", "send", "sendmsg")
SETTING = "forbidden by VIOLET_URING_FORBID"

pytestmark = pytest.mark.skipif(not DOCTOR.exists(), reason=f"{DOCTOR} is not built")


def clean_environment(**settings):
    return {**{key: value for key, value in os.environ.items() if not key.startswith("VIOLET_")},
            **settings}


def ask_doctor(*prefix, user=None, **settings):
    group = None if user is None else user
    run = subprocess.run([*prefix, DOCTOR, "doctor"], env=clean_environment(**settings),
                         capture_output=True, text=True, timeout=60, check=False, user=user,
                         group=group, extra_groups=None if user is None else [])
    if run.returncode == 77:
        pytest.skip("seccomp filters cannot be installed here")
    assert run.returncode == 0, run.stderr
    return run


def uring_of(text):
    """What the doctor says of io_uring: its first line, and the features by name."""
    lines = text[text.index("\nuring: ") + 1:].splitlines()
    features = {}
    for line in lines[1:]:
        sign, _, rest = line.strip().partition(" ")
        name, _, reason = rest.partition(": ")
        features[name] = reason if sign == "-" else None
    return lines[0], features


def features_here():
    """What can be forbidden here: what works. (Asked when tests are collected.)"""
    if not DOCTOR.exists():
        return []
    run = subprocess.run([DOCTOR, "doctor"], env=clean_environment(), capture_output=True, text=True,
                         timeout=60, check=False)
    return [name for name, reason in uring_of(run.stdout)[1].items() if reason is None]


FEATURES = features_here()


@pytest.fixture(scope="module")
def filtered(tmp_path_factory):
    program = tmp_path_factory.mktemp("seccomp") / "without_io_uring"
    source = Path(__file__).with_name("without_io_uring.c")
    subprocess.run(["cc", "-o", program, source], check=True, timeout=60)
    return program


@pytest.mark.skipif(not FEATURES, reason="the kernel refuses io_uring")
def test_this_kernel_offers_something_to_forbid():
    assert "multishot receive" in FEATURES or "cooperative work" in FEATURES


@pytest.mark.parametrize("name", FEATURES)
def test_a_forbidden_feature_is_named_with_its_reason(name):
    head, features = uring_of(ask_doctor(VIOLET_URING_FORBID=name).stdout)
    assert head == "uring: works"
    assert features[name] == SETTING
    others = {other for other, reason in features.items() if reason == SETTING}
    assert others == {name}


def run_api_tests(but="", **settings):
    """The tests of streams and sockets on io_uring, but for some."""
    if not API_TESTS.exists():
        pytest.skip(f"{API_TESTS} is not built")
    environment = clean_environment(VIOLET_BACKEND="uring", VIOLET_BACKEND_STRICT="1",
                                    GTEST_BRIEF="1", GTEST_SHUFFLE="1",
                                    GTEST_FILTER="Stream*:Tcp*:Pipe*:Async*:Udp*:Poll*:Loop*:Embed*:"
                                                 "InFlight*:*LoopMove*-" + but, **settings)
    run = subprocess.run([API_TESTS], env=environment, capture_output=True, text=True, timeout=200,
                         check=False)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-1000:]
    assert " 0 tests" not in run.stdout


@pytest.mark.parametrize("name", FEATURES)
def test_streams_and_sockets_work_without(name):
    run_api_tests(VIOLET_URING_FORBID=name)


@pytest.mark.skipif(not FEATURES, reason="the kernel refuses io_uring")
@pytest.mark.parametrize("entries, buffers, size", [(1, 32, 32768), (512, 1, 64), (1, 2, 64)])
def test_streams_and_sockets_work_with_tiny_queues_and_buffers(entries, buffers, size):
    # With fewer buffers than datagrams a batch splits.
    run_api_tests("UdpTest.ReceivesSeveralAtOnce", VIOLET_URING_ENTRIES=str(entries),
                  VIOLET_URING_BUFFERS=str(buffers), VIOLET_URING_BUFFER_SIZE=str(size))


@pytest.mark.parametrize("name", WITHOUT_ENGINE)
def test_without_an_opcode_it_needs_the_engine_is_refused(name):
    run = ask_doctor(VIOLET_URING_FORBID=f"multishot receive, {name}")
    assert uring_of(run.stdout)[0] == \
        f"uring: does not work: VIOLET_URING_FORBID forbids the opcode {name}"


@pytest.mark.skipif(not FEATURES, reason="the kernel refuses io_uring")
def test_several_can_be_forbidden():
    names = FEATURES[:3]
    _, features = uring_of(ask_doctor(VIOLET_URING_FORBID=" ,".join(names)).stdout)
    assert [name for name, reason in features.items() if reason == SETTING] == names


def test_a_name_that_does_not_exist_is_told_once():
    run = ask_doctor(VIOLET_URING_FORBID="multishot,multishot receive", VIOLET_BACKEND="uring")
    assert run.stderr.splitlines() == \
        ["violet: VIOLET_URING_FORBID: nothing is called 'multishot'; see `violet doctor`"]


@pytest.mark.parametrize("what, told", [
    ("enter", "uring: does not work: io_uring_enter: refused"),
    (f"register={REGISTER_PROBE}", "uring: does not work: the kernel does not tell"),
    (f"register={REGISTER_ENABLE_RINGS}", "uring: does not work: io_uring_setup failed"),
])
def test_a_call_that_a_filter_refuses(filtered, what, told):
    assert uring_of(ask_doctor(filtered, what).stdout)[0].startswith(told)


@pytest.mark.skipif("multishot receive" not in FEATURES, reason="there is nothing to lose")
def test_buffers_that_a_filter_refuses(filtered):
    head, features = uring_of(ask_doctor(filtered, f"register={REGISTER_BUFFER_RING}").stdout)
    assert head == "uring: works"
    assert features["multishot receive"].startswith("the self-test failed")
    assert features["file reads"] is None


@contextmanager
def sysctl(value):
    """Sets kernel.io_uring_disabled for a while; one test of all processes at a time."""
    with open(Path(tempfile.gettempdir()) / "violet-io-uring-disabled.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not SYSCTL.exists() or not os.access(SYSCTL, os.W_OK):
            pytest.skip(f"{SYSCTL} cannot be set here")
        before = SYSCTL.read_text()
        if before.strip() != "0":
            pytest.skip(f"kernel.io_uring_disabled is {before.strip()} already")
        SYSCTL.write_text(value)
        try:
            yield
        finally:
            SYSCTL.write_text(before)


def test_the_sysctl_that_forbids_it_to_users():
    if os.geteuid() != 0:
        pytest.skip("only root may set it")
    with sysctl("1"):  # Root's programs, such as tests that run meanwhile, go on undisturbed.
        as_user = ask_doctor(user=NOBODY, VIOLET_BACKEND="uring")
        as_root = ask_doctor()
    assert uring_of(as_user.stdout)[0] == \
        "uring: does not work: io_uring_setup: refused by kernel.io_uring_disabled or seccomp"
    assert "using 'epoll'" in as_user.stderr
    assert uring_of(as_root.stdout)[0] == "uring: works"


@pytest.mark.skipif(os.environ.get("VIOLET_TEST_SYSCTL") != "1",
                    reason="it disturbs every program that uses io_uring: VIOLET_TEST_SYSCTL=1")
def test_the_sysctl_that_forbids_it_to_all():
    with sysctl("2"):
        run = ask_doctor()
    assert uring_of(run.stdout)[0] == \
        "uring: does not work: io_uring_setup: refused by kernel.io_uring_disabled or seccomp"
