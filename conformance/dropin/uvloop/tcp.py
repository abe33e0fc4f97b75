# TCP echo on uvloop: streams, protocols, a hundred connections, large data with backpressure, errors.
#
# expect:
#   loop: uvloop
#   echo: hello
#   100 echoes right: 100
#   large: 8388608 bytes back, paused at least once: True
#   refused: ConnectionRefusedError
#   in use: OSError 98
#   half-closed: got after eof
#   closed: True
import asyncio
import errno

import uvloop


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


class Flood(asyncio.Protocol):
    """Writes much, counts what comes back, and minds pause_writing()."""

    def __init__(self, size):
        self.size, self.received, self.pauses = size, 0, 0
        self.writable = asyncio.Event()
        self.writable.set()
        self.done = asyncio.get_running_loop().create_future()

    def pause_writing(self):
        self.pauses += 1
        self.writable.clear()

    def resume_writing(self):
        self.writable.set()

    def data_received(self, data):
        self.received += len(data)
        if self.received == self.size:
            self.done.set_result(None)


async def one_echo(port, text):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(text)
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def answer_after_eof(reader, writer):
    data = await reader.read()
    writer.write(b"got " + data)
    await writer.drain()
    writer.close()


async def main():
    loop = asyncio.get_running_loop()
    print("loop:", type(loop).__module__)
    server = await loop.create_server(Echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print("echo:", (await one_echo(port, b"hello")).decode())
    answers = await asyncio.gather(*[one_echo(port, b"number %d" % i * 100) for i in range(100)])
    print("100 echoes right:", sum(a == b"number %d" % i * 100 for i, a in enumerate(answers)))
    size = 8 << 20
    transport, flood = await loop.create_connection(lambda: Flood(size), "127.0.0.1", port)
    for _ in range(size >> 16):
        await flood.writable.wait()
        transport.write(bytes(1 << 16))
    await flood.done
    print(f"large: {flood.received} bytes back, paused at least once: {flood.pauses > 0}")
    transport.close()
    try:
        await loop.create_server(Echo, "127.0.0.1", port)
    except OSError as error:
        in_use = f"in use: OSError {error.errno}"
        assert error.errno == errno.EADDRINUSE
    server.close()
    await server.wait_closed()
    try:
        await asyncio.open_connection("127.0.0.1", port)
    except OSError as error:
        print("refused:", type(error).__name__)
    print(in_use)
    late = await asyncio.start_server(answer_after_eof, "127.0.0.1", 0)
    print("half-closed:", (await one_echo(late.sockets[0].getsockname()[1], b"after eof")).decode())
    late.close()
    await late.wait_closed()
    print("closed:", not late.is_serving())


uvloop.install()
asyncio.run(main())
