# Unix sockets on uvloop: server and client by name, by an open socket, and a pipe pair of descriptors.
#
# expect:
#   by name: hello
#   50 at once: 50
#   missing: FileNotFoundError
#   socket pair: both ways
#   pipe: through the pipe
#   end of pipe: True
import asyncio
import os
import socket
import tempfile

import uvloop


async def echo(reader, writer):
    writer.write(await reader.read())
    await writer.drain()
    writer.close()


async def ask(path, text):
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(text)
    writer.write_eof()
    answer = await reader.read()
    writer.close()
    return answer


async def main():
    loop = asyncio.get_running_loop()
    path = os.path.join(tempfile.mkdtemp(), "socket")
    server = await asyncio.start_unix_server(echo, path)
    print("by name:", (await ask(path, b"hello")).decode())
    answers = await asyncio.gather(*[ask(path, b"%d" % index) for index in range(50)])
    print("50 at once:", sum(answer == b"%d" % index for index, answer in enumerate(answers)))
    server.close()
    await server.wait_closed()
    try:
        await asyncio.open_unix_connection(path + "-missing")
    except OSError as error:
        print("missing:", type(error).__name__)
    one, other = socket.socketpair()
    reader, writer = await asyncio.open_unix_connection(sock=one)
    far_reader, far_writer = await asyncio.open_unix_connection(sock=other)
    far_writer.write(b"both ")
    writer.write(b"ways")
    print("socket pair:", (await reader.readexactly(5) + await far_reader.readexactly(4)).decode())
    writer.close()
    far_writer.close()
    source, sink = os.pipe()
    pipe_reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(pipe_reader),
                                 os.fdopen(source, "rb", 0))
    transport, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(sink, "wb", 0))
    transport.write(b"through the pipe")
    print("pipe:", (await pipe_reader.readexactly(16)).decode())
    transport.close()
    print("end of pipe:", await pipe_reader.read() == b"" and pipe_reader.at_eof())


uvloop.install()
asyncio.run(main())
