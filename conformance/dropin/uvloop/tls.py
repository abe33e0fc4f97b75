# TLS on uvloop: echo over a checked certificate, large data, many connections, and a refusal.
#
# expect:
#   echo: hello
#   version: TLSv1.3
#   large equal: True
#   20 at once: 20
#   untrusted: SSLCertVerificationError
#   start_tls: secret
import asyncio
import os
import ssl

import uvloop

TLS = os.environ["DROPIN_TLS"]


def server_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS + "/cert.pem", TLS + "/key.pem")
    return context


def client_context():
    return ssl.create_default_context(cafile=TLS + "/cert.pem")


async def echo(reader, writer):
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except (ssl.SSLError, ConnectionError):
        pass  # The client that trusts nobody.
    writer.close()


async def ask(port, text):
    reader, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client_context(),
                                                   server_hostname="localhost")
    version = writer.get_extra_info("ssl_object").version()

    async def send():
        for at in range(0, len(text), 65536):
            writer.write(text[at:at + 65536])
            await writer.drain()

    sending = asyncio.ensure_future(send())
    answer = await reader.readexactly(len(text))
    await sending
    writer.close()
    await writer.wait_closed()
    return answer, version


class Upgraded(asyncio.Protocol):
    """Answers "yes" in the clear, and after that echoes."""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        if data != b"tls?":
            self.transport.write(data)
            return
        self.transport.write(b"yes")
        self.task = asyncio.get_running_loop().create_task(self.upgrade())

    async def upgrade(self):
        self.transport = await asyncio.get_running_loop().start_tls(
            self.transport, self, server_context(), server_side=True)


class Client(asyncio.Protocol):
    def __init__(self):
        self.got = asyncio.Queue()

    def data_received(self, data):
        self.got.put_nowait(data)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda *_: None)
    server = await asyncio.start_server(echo, "127.0.0.1", 0, ssl=server_context())
    port = server.sockets[0].getsockname()[1]
    answer, version = await ask(port, b"hello")
    print("echo:", answer.decode())
    print("version:", version)
    large = os.urandom(1 << 20) * 4
    print("large equal:", (await ask(port, large))[0] == large)
    many = await asyncio.gather(*[ask(port, b"%d" % index * 999) for index in range(20)])
    print("20 at once:", sum(got == b"%d" % index * 999 for index, (got, _) in enumerate(many)))
    try:
        await asyncio.open_connection("127.0.0.1", port, ssl=ssl.create_default_context(),
                                      server_hostname="localhost")
    except ssl.SSLError as error:
        print("untrusted:", type(error).__name__)
    server.close()
    plain = await loop.create_server(Upgraded, "127.0.0.1", 0)
    transport, client = await loop.create_connection(Client, *plain.sockets[0].getsockname())
    transport.write(b"tls?")
    await client.got.get()
    secure = await loop.start_tls(transport, client, client_context(), server_hostname="localhost")
    secure.write(b"secret")
    print("start_tls:", (await client.got.get()).decode())
    secure.close()
    plain.close()


uvloop.install()
asyncio.run(main())
