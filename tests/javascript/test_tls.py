"""TLS with peers that are not ours: openssl's command, Python's client, and the system's authorities."""

import os
import re
import socket
import ssl
import subprocess
from pathlib import Path

import pytest
from programs import needs_violet_run, violet

KEYS = Path(__file__).resolve().parent / "keys"

pytestmark = needs_violet_run

SERVER = f"""
    const tls = require('tls');
    const {{ pair, file }} = require({str(KEYS)!r});
    const server = tls.createServer({{ ...pair('local'), ca: file('root.crt'), requestCert: true, rejectUnauthorized: false }}, (socket) => {{
      socket.on('data', (data) => socket.end(`${{socket.authorized}} ${{socket.getProtocol()}} ${{data}}`));
      socket.on('end', () => server.close());
    }}).listen(0, '127.0.0.1', () => console.log(server.address().port));
"""


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3], ids=lambda version: version.name)
@pytest.mark.parametrize("shows", [False, True], ids=["unknown", "known"])
def test_pythons_client(version, shows):
    context = ssl.create_default_context(cafile=KEYS / "local.crt")
    context.minimum_version = context.maximum_version = version
    if shows:
        context.load_cert_chain(KEYS / "client.crt", KEYS / "client.key")
    with subprocess.Popen([os.environ["VIOLET_RUN"], "-e", SERVER], stdout=subprocess.PIPE, text=True) as process:
        port = int(process.stdout.readline())
        with socket.create_connection(("127.0.0.1", port)) as plain, \
             context.wrap_socket(plain, server_hostname="localhost") as client:
            client.sendall(b"hello")
            heard = b""
            # An end without close_notify would be an error here.
            while piece := client.recv(1000):
                heard += piece
        assert heard.decode() == f"{str(shows).lower()} {version.name.replace('_', '.')} hello"
        assert process.wait(10) == 0


def test_openssls_server():
    """Its web page comes over a connection that the client trusts."""
    command = ["openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-naccept", "1", "-key", KEYS / "leaf.key",
               "-cert", KEYS / "leaf.crt", "-cert_chain", KEYS / "middle.crt"]
    client = f"""
        const https = require('https');
        const ca = require({str(KEYS)!r}).file('root.crt');
        https.get({{ port, host: '127.0.0.1', ca }}, (answer) => {{
          let page = '';
          answer.on('data', (data) => {{ page += data; }});
          answer.on('end', () => console.log(answer.statusCode, answer.socket.authorized, /TLSv1.3/.test(page)));
        }});
    """
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        while not (accepts := re.match(r"ACCEPT .*:(\d+)", server.stdout.readline())):
            pass
        result = violet("-e", f"const port = {accepts[1]};{client}")
        server.kill()
    assert (result.stdout, result.stderr) == ("200 true true\n", "")


@pytest.mark.parametrize("trusts", [False, True], ids=["others", "ours"])
def test_who_the_system_trusts(trusts):
    client = f"""
        const tls = require('tls');
        const {{ file }} = require({str(KEYS)!r});
        const server = tls.createServer({{ key: file('leaf.key'), cert: file('leaf_chain.crt') }}, (socket) => socket.end());
        server.listen(0, () => {{
          const client = tls.connect({{ port: server.address().port, servername: 'leaf.test' }}, () => console.log(client.authorized));
          client.on('error', ({{ code }}) => console.log(code)).on('close', () => server.close()).resume();
        }});
    """
    result = violet("-e", client, environment={"SSL_CERT_FILE": str(KEYS / "root.crt")} if trusts else {})
    assert result.stdout == ("true\n" if trusts else "UNABLE_TO_GET_ISSUER_CERT_LOCALLY\n")
