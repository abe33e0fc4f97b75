"""Prints, as JSON, what a libuv-like library says of itself: probe.py LIBRARY [SYMBOL...]

Runs in a process of its own, so that a library that crashes takes nobody along.
"""

import ctypes
import json
import os
import sys

ENGINES = ("epoll", "uring", "kqueue", "iocp")
UV_EINVAL = -22


def engine_state(library, name):
    """Whether a loop can be made on the engine, else why not."""
    library.uv_loop_size.restype = ctypes.c_size_t
    loop = ctypes.create_string_buffer(library.uv_loop_size())
    result = library.violet_loop_init(loop, name.encode())
    if result == 0:
        library.uv_loop_close(loop)
        return "available"
    if result == UV_EINVAL:
        return "not part of this build"
    library.uv_strerror.restype = ctypes.c_char_p
    return f"refused: {library.uv_strerror(result).decode()}"


def main(path, symbols):
    os.environ["VIOLET_BACKEND_STRICT"] = "1"
    library = ctypes.CDLL(path)
    library.uv_version_string.restype = ctypes.c_char_p
    violet = hasattr(library, "violet_loop_init")
    print(json.dumps({
        "version": library.uv_version_string().decode(),
        "violet": violet,
        "engines": {name: engine_state(library, name) for name in ENGINES} if violet else {},
        "missing": [symbol for symbol in symbols if not hasattr(library, symbol)],
    }))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
