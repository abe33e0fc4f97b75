"""How targets are named, and what processes of theirs get."""

import os
from pathlib import Path

import pytest
from harness import systems, targets
from harness.cases import part


@pytest.fixture
def build(tmp_path):
    (tmp_path / "bench" / "peers").mkdir(parents=True)
    (tmp_path / systems.THIS.library).touch()
    return tmp_path


def test_a_library_by_folder_or_file(build):
    file = build / systems.THIS.library
    for where in (build, file):
        target, = targets.parse([f"mine={where}"], build)
        assert (target.name, target.library, target.settings) == ("mine", file, {})


def test_a_library_with_engine_and_settings(build):
    target, = targets.parse([f"mine={build}:uring:VIOLET_URING_BUFFERS=8"], build)
    assert target.settings == {"VIOLET_BACKEND": "uring", "VIOLET_BACKEND_STRICT": "1",
                               "VIOLET_URING_BUFFERS": "8"}


def test_lib_is_named_after_folder_and_engine(build):
    target = targets.of_library(f"{build}:epoll", build)
    assert target.name == f"{build.name}-epoll"


@pytest.mark.parametrize("text,why", [("mine=/nowhere", "there is no"), ("tokio", "is not built"),
                                      ("nonsense", "no such target")])
def test_what_cannot_be_measured_is_said(build, text, why):
    with pytest.raises(targets.Unknown, match=why):
        targets.parse([text], build)


def test_groups_have_what_is_there(build):
    (build / "bench" / "epoll_streams").touch()
    (build / "bench" / "epoll_datagrams").touch()
    systems.THIS.program(build / "bench" / "peers", "go").touch()
    assert [target.name for target in targets.parse(["hand", "peers"], build)] == ["hand-epoll", "go"]


def test_a_target_named_twice_is_one(build):
    engine = systems.THIS.engines[0]
    assert len(targets.parse([engine, "engines", engine], build)) == len(systems.THIS.engines)


def test_the_environment_leads_to_the_library_alone(build, tmp_path, monkeypatch):
    monkeypatch.setenv("VIOLET_BACKEND", "kqueue")
    target, = targets.parse([f"mine={build}"], build)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    environment = target.environment(scratch)
    assert "VIOLET_BACKEND" not in environment
    folder = Path(environment[systems.THIS.variable].split(os.pathsep)[0])
    # For Windows, which may refuse links, the build's own will do: it has no other library.
    assert folder == (build if systems.THIS.suffix else scratch / "mine")
    assert [file.name for file in folder.iterdir() if file.is_file()] == [systems.THIS.library]


@pytest.mark.parametrize("made,task", [
    (part("stream_server", transport="tcp", mode="echo"), "stream_server:echo"),
    (part("stream_server", mode="echo", loops=2), "stream_server:echo:loops"),
    (part("files", operation="read", bytes=1), "files:read"), (part("udp_server"), "udp_server")])
def test_tasks_are_programs_and_modes(made, task):
    assert targets.task_of(made) == task


def test_who_does_a_task(build):
    served = part("stream_server", transport="tcp", mode="echo")
    systems.THIS.program(build / "bench" / "peers", "go").touch()
    peer, = targets.parse(["go"], build)
    assert peer.command(served) == [str(systems.THIS.program(build / "bench/peers", "go")), "stream_server"]
    assert peer.command(part("spawn")) is None
    library, = targets.parse([f"mine={build}"], build)
    assert library.command(served) == [str(systems.THIS.program(build / "bench", "stream_server"))]
    by_hand = targets.Target("hand-epoll", build / "bench", tasks=targets.BY_HAND["hand-epoll"])
    assert by_hand.command(served) == [str(build / "bench/epoll_streams")]
    assert by_hand.command(part("stream_server", mode="accept")) == [str(build / "bench/epoll_streams")]
    assert by_hand.command(part("stream_server", mode="echo", loops=2)) is None
