"""A client of websockets (RFC 6455) that checks what comes back, and many of them at once."""

import base64
import os
import socket
import struct
from concurrent.futures import ThreadPoolExecutor

TEXT, BINARY, CLOSE = 1, 2, 8
FINAL, MASKED = 0x80, 0x80


def _masked(payload, mask):
    repeated = mask * (len(payload) // 4 + 1)
    size = len(payload)
    return (int.from_bytes(payload, "big") ^ int.from_bytes(repeated[:size], "big")).to_bytes(size, "big")


class WebSocket:
    """A connection to a server of this machine."""

    def __init__(self, port, protocol=""):
        self._socket = socket.create_connection(("127.0.0.1", port), 30)
        self._stream = self._socket.makefile("rb")
        wanted = f"Sec-WebSocket-Protocol: {protocol}\r\n" if protocol else ""
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
                             f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n{wanted}"
                             f"Sec-WebSocket-Key: {key}\r\n\r\n".encode())
        status = self._stream.readline()
        assert b" 101 " in status, status
        while self._stream.readline() != b"\r\n":
            pass

    def send(self, payload, kind=BINARY):
        size = len(payload)
        if size < 126:
            head = struct.pack(">BB", FINAL | kind, MASKED | size)
        elif size < 1 << 16:
            head = struct.pack(">BBH", FINAL | kind, MASKED | 126, size)
        else:
            head = struct.pack(">BBQ", FINAL | kind, MASKED | 127, size)
        mask = os.urandom(4)
        self._socket.sendall(head + mask + _masked(payload, mask))

    def receive(self):
        """The kind and the whole of the next message, from however many frames."""
        kind, message, final = 0, b"", False
        while not final:
            first, size = self._stream.read(2)
            if size == 126:
                size, = struct.unpack(">H", self._stream.read(2))
            elif size == 127:
                size, = struct.unpack(">Q", self._stream.read(8))
            kind, final = kind or first & 15, bool(first & FINAL)
            message += self._stream.read(size)
        return kind, message

    def assert_echoes(self, payload, kind=BINARY):
        self.send(payload, kind)
        assert self.receive() == (kind, payload)

    def close(self):
        """Says goodbye, and waits until the server has hung up; it may say goodbye too."""
        self.send(struct.pack(">H", 1000), CLOSE)
        assert self._stream.read()[:1] in (b"", bytes([FINAL | CLOSE]))
        self._stream.close()
        self._socket.close()


def many_echo(port, sockets, messages, protocol=""):
    """So many websockets at once, each with so many messages in turn, of all sorts of sizes."""
    def talk(index):
        peer = WebSocket(port, protocol)
        for number in range(messages):
            peer.assert_echoes(bytes([index]) * (number * 997 % 5000 + 1))
        peer.assert_echoes(f"text of {index}".encode(), TEXT)
        peer.close()

    with ThreadPoolExecutor(sockets) as pool:
        list(pool.map(talk, range(sockets)))
