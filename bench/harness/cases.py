"""What is measured: each case is a workload with its parameters.

A case has a subject, the process that runs on the target, and perhaps a partner at the other end of its
connections, which is the same for all targets. One of them serves; the other one drives: it makes the
load, checks what comes back and says how much was done.

Where the work is the same, names follow the ones that libuv's own benchmarks are known by.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A program and its options: NAME=VALUE."""

    program: str
    options: tuple = ()

    def arguments(self):
        return [f"{name}={value}" for name, value in self.options]


@dataclass(frozen=True)
class Case:
    workload: str
    subject: Part
    partner: Part = None
    subject_serves: bool = False
    parameters: tuple = ()  # (name, number): what varies between the cases of a workload.
    threads: bool = False  # It needs more than one processor, so it is not pinned.
    file: str = ""  # It needs a file: "cached", "cold" or "written".
    counts: str = "operations"  # Or "bytes".
    extra_seconds: float = 0.1  # What a run takes beside the time that is measured.
    idle: bool = False  # Nothing is to happen in it: what counts is memory.

    @property
    def name(self):
        return " ".join([self.workload, *(f"{name}={value}" for name, value in self.parameters)])


KIB = 1024


def part(program, **options):
    return Part(program, tuple(options.items()))


def served(workload, server, load, parameters, **more):
    """The target serves."""
    return Case(workload, server, load, True, tuple(parameters.items()), **more)


def loading(workload, server, load, parameters, **more):
    """The target connects to a server that is the same for all."""
    return Case(workload, load, server, False, tuple(parameters.items()), **more)


def alone(workload, program, parameters=None, fixed=None, **more):
    parameters = parameters or {}
    subject = part(program, **(fixed or {}), **parameters)
    return Case(workload, subject, parameters=tuple(parameters.items()), **more)


def echo(transport, connections, size):
    parameters = {"connections": connections, "bytes": size}
    if transport == "udp":
        return served("udp_echo", part("udp_server"), part("udp_load", **parameters), parameters)
    server = part("stream_server", transport=transport, mode="echo")
    load = part("stream_load", transport=transport, mode="echo", **parameters)
    return served(f"{transport}_echo", server, load, parameters)


def echo_of_loops(loops, connections):
    parameters = {"loops": loops, "connections": connections}
    server = part("stream_server", transport="tcp", mode="echo", loops=loops)
    load = part("stream_load", transport="tcp", mode="echo", connections=connections, bytes=64)
    return served("tcp_echo_loops", server, load, parameters, threads=True)


def pumps(transport, connections):
    parameters = {"connections": connections}
    server = part("stream_server", transport=transport, mode="sink")
    load = part("stream_load", transport=transport, mode="pump", bytes=64 * KIB, **parameters)
    return [served(f"{transport}_pump_server", server, load, parameters, counts="bytes"),
            loading(f"{transport}_pump_client", server, load, parameters, counts="bytes")]


def write_batch(transport):
    server = part("stream_server", transport=transport, mode="sink")
    load = part("stream_load", transport=transport, mode="batch", batch=1000, bytes=16)
    return loading(f"{transport}_write_batch", server, load, {})


def connecting(transport):
    parameters = {"connections": 8}
    server = part("stream_server", transport=transport, mode="accept")
    load = part("stream_load", transport=transport, mode="connect", **parameters)
    return [served(f"{transport}_accept", server, load, parameters),
            loading(f"{transport}_connect", server, load, parameters)]


def idle(connections):
    parameters = {"connections": connections}
    server = part("stream_server", transport="tcp", mode="idle")
    load = part("stream_load", transport="tcp", mode="idle", bytes=64, **parameters)
    return served("idle_connections", server, load, parameters, extra_seconds=connections / 10_000,
                  idle=True)


def files(operation, depths, workload=None, file="cached", size=4 * KIB, **fixed):
    return [alone(workload or f"fs_{operation}", "files", {"depth": depth},
                  {"operation": operation, "bytes": size, **fixed}, threads=True, file=file)
            for depth in depths]


def quick_cases():
    """Some two minutes with three targets."""
    return [
        *(echo("tcp", connections, 64) for connections in (1, 64, 1000)),
        *(echo("tcp", 64, size) for size in (4 * KIB, 64 * KIB)),
        echo("pipe", 64, 64), echo("udp", 64, 64),
        pumps("tcp", 1)[0], *connecting("tcp"), write_batch("tcp"), idle(2000),
        *files("read", (1, 64)), *files("stat", (1, 64)), *files("open_close", (1,)),
        *files("read_file", (1, 64)),
        *(alone("queue_work", "queue_work", {"depth": depth}, threads=True) for depth in (1, 64)),
        alone("timers", "timers", {"count": 100_000}, {"mode": "fire"}, extra_seconds=0.4),
        alone("async_ping_pong", "async", fixed={"mode": "ping_pong"}, threads=True),
        alone("loop_count", "loop_count"), alone("spawn", "spawn", threads=True),
    ]


def full_cases():
    depths = (1, 4, 16, 64)
    return [
        *(echo("tcp", connections, 64) for connections in (1, 8, 64, 256, 1000)),
        *(echo("tcp", 64, size) for size in (KIB, 4 * KIB, 16 * KIB, 64 * KIB)),
        *(echo("tcp", connections, 4 * KIB) for connections in (1, 1000)),
        *(echo("pipe", connections, 64) for connections in (1, 64, 1000)), echo("pipe", 64, 4 * KIB),
        *(echo("udp", connections, 64) for connections in (1, 64)), echo("udp", 64, KIB),
        echo_of_loops(2, 64),
        *pumps("tcp", 1), *pumps("tcp", 100), *pumps("pipe", 1),
        *connecting("tcp"), *connecting("pipe"), write_batch("tcp"), write_batch("pipe"),
        idle(10_000),
        *files("read", depths), *files("read", depths, "fs_read_64k", size=64 * KIB),
        *files("read", depths, "fs_read_cold", "cold"),
        *files("read", depths, "fs_read_direct", direct=1),
        *files("stat", depths), *files("open_close", depths), *files("read_file", depths),
        *files("write_sync", (1, 4, 16), file="written"),
        *(alone("queue_work", "queue_work", {"depth": depth}, threads=True) for depth in depths),
        *(alone(mode, "lookups", {"depth": 4}, {"mode": mode}, threads=True)
          for mode in ("getaddrinfo", "getnameinfo")),
        *(alone("spawn", "spawn", {"ballast": ballast}, threads=True, extra_seconds=0.5)
          for ballast in (0, 256)),
        alone("start_up", "spawn", fixed={"child": "loop"}, threads=True),
        *(alone(f"async_{mode}", "async", fixed={"mode": mode}, threads=True)
          for mode in ("ping_pong", "pummel", "pending")),
        alone("million_timers", "timers", {"count": 1_000_000}, {"mode": "fire"}, extra_seconds=0.8),
        alone("timers_stop", "timers", {"count": 1_000_000}, {"mode": "stop"}, extra_seconds=0.8),
        alone("loop_count", "loop_count"),
    ]
