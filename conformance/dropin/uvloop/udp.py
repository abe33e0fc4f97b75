# UDP on uvloop: datagrams both ways, a connected endpoint, a refused one.
#
# expect:
#   echoes: 100
#   connected: pong
#   refused: ConnectionRefusedError
#   lost: None
import asyncio
import socket

import uvloop


class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        self.transport.sendto(data, address)


class Queue(asyncio.DatagramProtocol):
    def __init__(self):
        self.got = asyncio.Queue()
        self.lost = asyncio.get_running_loop().create_future()

    def datagram_received(self, data, address):
        self.got.put_nowait(data)

    def error_received(self, error):
        self.got.put_nowait(error)

    def connection_lost(self, error):
        self.lost.set_result(error)


async def main():
    loop = asyncio.get_running_loop()
    server, _ = await loop.create_datagram_endpoint(Echo, ("127.0.0.1", 0))
    address = server.get_extra_info("sockname")
    client, queue = await loop.create_datagram_endpoint(Queue, ("127.0.0.1", 0))
    seen = set()
    for batch in range(10):
        for index in range(10):
            client.sendto(b"%d.%d" % (batch, index), address)
        for _ in range(10):
            seen.add(await queue.got.get())
    print("echoes:", len(seen))
    connected, answers = await loop.create_datagram_endpoint(Queue, remote_addr=address)
    connected.sendto(b"pong")
    print("connected:", (await answers.got.get()).decode())
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = unused.getsockname()
    refused, errors = await loop.create_datagram_endpoint(Queue, remote_addr=nobody)
    refused.sendto(b"anybody?")
    print("refused:", type(await errors.got.get()).__name__)
    for transport in (refused, connected, client, server):
        transport.close()
    print("lost:", await queue.lost)


uvloop.install()
asyncio.run(main())
