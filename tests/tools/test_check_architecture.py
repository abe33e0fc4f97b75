"""The architecture check must catch each kind of violation and accept a house that is in order."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHECK = ROOT / "tools" / "check_architecture.py"

GOOD_HOUSE = {
    "include/uv.h": '#include "uv/errno.h"\n#ifdef _WIN32\n#endif\n',
    "include/uv/errno.h": "#include <stddef.h>\n",
    "src/abi/timer.cc": '#include "handle/timer.h"\n#include "uv.h"\n',
    "src/handle/timer.h": '#include "core/loop.h"\n#include "os/clock.h"\n',
    "src/request/fs.cc": '#include "threadpool/pool.h"\n#include "engine.h"\n',
    "src/core/names.cc": (
        "#ifndef NDEBUG\n#endif\n"
        "// fork(2), SIGCHLD and /proc are told of here.\n"
        'const char* text = "sigset_t, O_CLOEXEC";\n'
        "int x = UV_SIGNAL + UV_FS_O_CREAT + AF_INET6 + loop.after_fork() + kHANDLE;\n"
    ),
    "src/core/call.h": "inline void call_program(uv_close_cb callback) { callback(subject); }\n",
    "src/handle/close.cc": (
        "int start(Timer& timer, uv_timer_cb callback, int due);\n"
        "call_program(kTimer, timer.callback, public_handle(timer));\n"
        "if (request->cb != nullptr) call_program(kWrite, request->cb, request);\n"
        "void once(void (*callback)());  // callback() of ours\n"
        "server.connection_callback() = callback;\n"
        "uv_thread_cb entry = start.entry;\n"
    ),
    "src/v8/timer.cc": "void fire() { callback(1); }\n",
    "src/core/loop.h": '#include <cstddef>\n#include "engine.h"\n',
    "src/base/list.h": "",
    "src/base/ready_list.h": '#include "base/list.h"\n',
    "src/threadpool/pool.h": '#include "base/list.h"\n',
    "src/engine.h": '#include "base/ready_list.h"\n',
    "src/engine_select.cc": '#include "engine.h"\n',
    "src/epoll/engine_class.h": '#include <sys/epoll.h>\n#include "engine.h"\n#include "os/linux/x.h"\n',
    "src/epoll/engines.cc": '#include "epoll/engine_class.h"\n#include "iocp/engine_class.h"\n',
    "src/iocp/engine_class.h": '#ifdef _WIN32\n#endif\n#include "base/ready_list.h"\n',
    **{
        f"src/{engine}/{part}.cc": ""
        for engine in ("epoll", "iocp")
        for part in ("engine_life", "watch", "wait", "wake")
    },
    "src/epoll/ring.h": "",
    "src/readiness/park.h": '#include "engine.h"\n#include "os/clock.h"\n',
    "src/os/clock.h": '#include "base/list.h"\n// uv_hrtime() asks.\nuv_buf_t x = {"uv_run()"};\n',
    "src/os/linux/x.h": "#ifdef __linux__\n#endif\n#include <unistd.h>\n",
    "src/v8/main.cc": '#include "uv.h"\n#include "v8/shim.h"\n',
    "src/v8/shim.h": "",
}


def run_check(root):
    return subprocess.run(
        [sys.executable, CHECK, root], capture_output=True, text=True, timeout=60, check=False
    )


def build_house(root, changes=()):
    for name, text in {**GOOD_HOUSE, **dict(changes)}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_accepts_a_house_in_order(tmp_path):
    build_house(tmp_path)
    result = run_check(tmp_path)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("src/core/a.cc", '#include "handle/timer.h"\n', 'core may not include "handle/timer.h"'),
        ("src/handle/a.cc", '#include "epoll/engine_class.h"\n', "handle may not include"),
        ("src/handle/a.cc", '#include "os/linux/x.h"\n', "handle may not include"),
        ("src/handle/a.cc", '#include "abi/timer.cc"\n', "handle may not include"),
        ("src/threadpool/a.cc", '#include "request/fs.cc"\n', "threadpool may not include"),
        ("src/engine.h", '#include "core/loop.h"\n', "engine.h may not include"),
        ("src/epoll/engine_class.h", '#include "core/loop.h"\n', "epoll may not include"),
        ("src/epoll/engine_class.h", '#include "iocp/engine_class.h"\n', "epoll may not include"),
        ("src/engine_select.cc", '#include "epoll/engine_class.h"\n', "engine_select.cc may not"),
        ("src/readiness/a.cc", '#include "epoll/engine_class.h"\n', "readiness may not include"),
        ("src/os/a.cc", '#include "core/loop.h"\n', "os may not include"),
        ("src/base/a.cc", '#include "os/clock.h"\n', "base may not include"),
        ("src/base/a.cc", "#include <unistd.h>\n", "knows no operating system"),
        ("src/engine_select.cc", '#include "core/loop.h"\n', "engine_select.cc may not"),
        ("src/v8/a.cc", '#include "base/list.h"\n', "v8 may not include"),
        ("src/attic/a.cc", '#include "base/list.h"\n', "no place in the house"),
        ("src/core/a.cc", '#include "list.h"\n', "neither in src/ nor in include/"),
        ("src/core/a.cc", "#include <unistd.h>\n", "knows no operating system"),
        ("include/uv/a.h", '#include "base/list.h"\n', "from outside include/"),
        ("src/handle/a.cc", "#if defined(_WIN32)\n#endif\n", "platform conditional"),
        ("src/abi/a.cc", "#ifdef SIGPROF\n#endif\n", "a conditional has no place in it"),
        ("src/core/a.cc", "#if UINTPTR_MAX > 1\n#endif\n", "a conditional has no place in it"),
        ("src/handle/a.cc", "#include <signal.h>\n", "knows no operating system, but includes"),
        ("src/abi/a.cc", "#include <csignal>\n", "knows no operating system, but includes"),
        ("src/request/a.cc", "#include <sys/stat.h>\n", "knows no operating system, but includes"),
        ("src/handle/a.cc", "sigset_t before;\n", "but names sigset_t"),
        ("src/handle/a.cc", "start(signal, SIGCHLD, false);\n", "but names SIGCHLD"),
        ("src/handle/a.cc", "struct sigaction now;\n", "but names sigaction"),
        ("src/core/a.cc", "if (fork() == 0) return;\n", "but names fork"),
        ("src/request/a.cc", "int flags = O_CLOEXEC;\n", "but names O_CLOEXEC"),
        ("src/handle/a.cc", "DWORD error = ::GetLastError();\n", "but names DWORD"),
        ("src/threadpool/a.cc", "pthread_create(&thread);\n", "but names pthread_create"),
        ("src/engine.h", "int kqueue_descriptor = kqueue();\n", "but names kqueue"),
        ("src/request/a.cc", 'open("/proc/self/fd/1");  // x\n', 'the path "/proc/self/fd/1"'),
        ("src/core/a.cc", "#  elif defined(__linux__)\n", "platform conditional"),
        ("src/os/a.cc", "  if (uv_ip4_addr(text) == 0) return;\n", "call the public uv_ip4_addr()"),
        ("src/core/a.cc", "int now = ::uv_hrtime();\n", "core may not call the public uv_hrtime()"),
        ("src/handle/a.cc", "uv_close(x, nullptr);\n", "handle may not call the public uv_close()"),
        ("src/request/a.cc", "  uv_fs_req_cleanup(r);\n", "request may not call the public"),
        ("src/handle/a.cc", "  timer.callback(timer);\n", "callback is called past the door"),
        ("src/handle/a.cc", "if (x) request->cb(request);\n", "cb is called past the door"),
        ("src/abi/a.cc", "  walk_cb (handle, arg);\n", "walk_cb is called past the door"),
        ("src/request/a.cc", "  (*request.callback)(x);\n", "callback is called past the door"),
        ("src/handle/a.cc", "x.some_callback()(x);\n", "some_callback is called past the door"),
        ("src/epoll/wait.cc", "poll.poll_callback(x);\n", "poll_callback is called past the door"),
        ("src/handle/a.cc", "uv_read_cb asked = x.read_callback;\n", "asked is a callback"),
        ("src/handle/a.h", "  uv_after_work_cb after_work;\n", "after_work is a callback"),
        ("src/core/a.cc", "\n" * 601, "601 lines"),
        ("src/v8/a.cc", "\n" * 401, "401 lines; split it by subject (at most 400)"),
        ("src/v8/a.cc", "\n" * 6000, "src/v8: 6003 lines in all (at most 6000)"),
        ("src/uring/engine_class.h", "", "src/uring: has no watch.cc, as every engine has"),
    ],
)
def test_catches(tmp_path, file, text, expected):
    build_house(tmp_path, {file: text})
    result = run_check(tmp_path)
    assert result.returncode == 1
    assert expected in result.stdout


def test_names_file_and_line(tmp_path):
    build_house(tmp_path, {"src/core/a.cc": '\n\n#include "handle/timer.h"\n'})
    assert "src/core/a.cc:3: " in run_check(tmp_path).stdout
