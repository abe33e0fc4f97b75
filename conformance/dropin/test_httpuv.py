"""R's httpuv serves files, takes a large POST, and talks by websockets, to many at once."""

import random
import urllib.request

from name_server import free_port
from service import SERVERS, Service, needs
from web_client import WebSocket, many_echo


def life(running, tool):
    needs("--all", r_cran_httpuv="/usr/lib/R/site-library/httpuv")
    folder = running.work / "files"
    folder.mkdir()
    content = random.randbytes(3_000_000)
    (folder / "file").write_bytes(content)
    port = free_port()
    # R would put the system's folder of libraries before all others, and hence its libuv.
    command = ["env", "R_LD_LIBRARY_PATH=/usr/lib/R/lib", "R_JAVA_LD_LIBRARY_PATH=", tool("Rscript"),
               "--vanilla", SERVERS / "httpuv.R", port, folder]
    server = Service(running, command)
    server.wait_for("ready")

    def ask(path, body=None):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", body, timeout=60) as response:
            return response.read()

    assert ask("files/file") == content
    posted = random.randbytes(20_000_000)
    assert ask("echo", posted) == posted
    many_echo(port, 20, 20)
    peer = WebSocket(port)
    peer.assert_echoes(random.randbytes(2_000_000))
    costs = server.costs()
    peer.close()
    ask("quit")
    server.wait_for("stopped")
    assert server.process.wait(30) == 0
    return costs


def test_files_a_large_post_and_websockets(live):
    live(life)
