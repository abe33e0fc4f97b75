"""libwebsockets on its libuv event loop serves files and websockets, to many at once."""

import random
import signal
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from name_server import free_port
from service import Service, built, needs
from web_client import WebSocket, many_echo


def life(running, _):
    needs(libwebsockets_dev="/usr/include/libwebsockets.h", libuv1_dev="/usr/include/uv.h")
    folder = running.work / "files"
    folder.mkdir()
    files = {f"{size}.txt": random.randbytes(size) for size in (1, 4096, 100_000, 5_000_000)}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    port = free_port()
    server = Service(running, [built("websocket_server", "websockets", "uv"), port, folder])
    server.wait_for("ready")

    def fetch(name):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{name}", timeout=30) as response:
            return response.read() == files[name]

    with ThreadPoolExecutor(10) as pool:
        assert all(pool.map(fetch, [*files] * 10))
    many_echo(port, 30, 50, "echo")
    idle = [WebSocket(port, "echo") for _ in range(50)]
    idle[0].assert_echoes(random.randbytes(2_000_000))
    costs = server.costs()
    for peer in idle:
        peer.close()
    server.end(signal.SIGTERM)
    return costs


def test_files_and_websockets_under_load(live):
    live(life)
