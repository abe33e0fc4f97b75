"""The programs of examples/js, under the program under test."""

import gzip
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from programs import needs_violet_run, node, violet

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "js"

pytestmark = needs_violet_run


@contextmanager
def server(name, *arguments):
    """The running example and its port."""
    command = [os.environ["VIOLET_RUN"], EXAMPLES / name, "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        port = int(re.match(r"listening on (\d+)", process.stdout.readline())[1])
        try:
            yield process, port
        finally:
            process.kill()


def test_http_server(tmp_path):
    content = b"line\n" * 100000
    (tmp_path / "file.txt").write_bytes(content)
    with server("http_server.js", tmp_path) as (_, port):
        address = f"http://localhost:{port}"
        with urllib.request.urlopen(f"{address}/file.txt") as answer:
            assert answer.read() == content
        request = urllib.request.Request(f"{address}/file.txt", headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(request) as answer:
            assert gzip.decompress(answer.read()) == content
        with urllib.request.urlopen(address) as answer:
            assert answer.read() == b'["file.txt"]'


def test_https_server():
    """Its certificate is made anew, and Python's client believes in it once it has been told."""
    with server("https_server.js") as (_, port):
        trusting = ssl.create_default_context()
        with pytest.raises(ssl.SSLCertVerificationError):
            with socket.create_connection(("localhost", port)) as plain:
                trusting.wrap_socket(plain, server_hostname="localhost")
        trusting.load_verify_locations(cadata=ssl.get_server_certificate(("localhost", port)))
        with urllib.request.urlopen(f"https://localhost:{port}/x", context=trusting) as answer:
            told = json.load(answer)
        assert (told["path"], told["protocol"], told["name"]) == ("/x", "TLSv1.3", "localhost")


def test_tcp_chat():
    with server("tcp_chat.js") as (_, port):
        with socket.create_connection(("localhost", port)) as first, \
             socket.create_connection(("localhost", port)) as second:
            heard = first.makefile()
            first.sendall(b"Ada\n")
            assert heard.readline() == "Your name?\n"
            second.sendall(b"Bob\nhello\n")
            assert heard.readline() == "Bob has come\n"
            assert heard.readline() == "Bob: hello\n"
            second.shutdown(socket.SHUT_RDWR)
            assert heard.readline() == "Bob has gone\n"


def test_file_pipeline():
    ours, theirs = (run(EXAMPLES / "file_pipeline.js", EXAMPLES / "tcp_chat.js") for run in (violet, node))
    assert ours.stdout == theirs.stdout != ""


def test_worker_pool():
    assert violet(EXAMPLES / "worker_pool.js", "20000").stdout == "2262 primes below 20000\n"


def test_graceful_shutdown():
    with server("graceful_shutdown.js") as (process, port):
        with socket.create_connection(("localhost", port)) as client:
            client.sendall(b"GET /?ms=300 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            # An answer to another request says that ours has come as well.
            urllib.request.urlopen(f"http://localhost:{port}/").read()
            process.send_signal(signal.SIGTERM)
            assert client.makefile().read().endswith("slow, but sure\n")
        assert process.stdout.read() == "SIGTERM: no new connections\nall answered\n"
        assert process.wait(10) == 0


def test_blocked_loop():
    result = violet(EXAMPLES / "blocked_loop.js")
    assert re.findall(r"^(\w+)", result.stdout, re.MULTILINE) == ["blocked", "in", "pool"], result.stderr
