# The loop itself on uvloop: call_soon, call_later, call_at, threads, executors, signals, look-ups,
# watched descriptors, and stopping.
#
# expect:
#   call_soon in order: [0, 1, 2, 3, 4]
#   call_later by time: [1, 2, 3, 4]
#   cancelled: not called
#   call_at not early: True
#   from a thread: True
#   executor: 285
#   100 in the executor: 4950
#   getaddrinfo: ('127.0.0.1', 80)
#   getnameinfo: True
#   signal: SIGUSR1
#   reader: b'x'
#   writer: called
#   sock_recv: hello
#   timeout: TimeoutError
#   stopped and run again: True
import asyncio
import os
import signal
import socket
import threading

import uvloop


async def timers(loop):
    order, done = [], loop.create_future()
    for index in range(5):
        loop.call_soon(order.append, index)
    await asyncio.sleep(0)
    print("call_soon in order:", order)
    order = []
    for place in (4, 2, 1, 3):
        loop.call_later(place * 0.01, order.append, place)
    cancelled = ["not called"]
    loop.call_later(0.005, cancelled.append, "called").cancel()
    loop.call_later(0.06, done.set_result, None)
    await done
    print("call_later by time:", order)
    print("cancelled:", *cancelled)
    due, done = loop.time() + 0.02, loop.create_future()
    loop.call_at(due, lambda: done.set_result(loop.time()))
    print("call_at not early:", await done >= due - 0.001)


async def threads(loop):
    done = loop.create_future()
    thread = threading.Thread(target=loop.call_soon_threadsafe,
                              args=(lambda: done.set_result(threading.get_ident()),))
    thread.start()
    print("from a thread:", await done == threading.get_ident())
    thread.join()
    print("executor:", await loop.run_in_executor(None, sum, [n * n for n in range(10)]))
    many = await asyncio.gather(*[loop.run_in_executor(None, int, n) for n in range(100)])
    print("100 in the executor:", sum(many))


async def names(loop):
    found = await loop.getaddrinfo("localhost", 80, family=socket.AF_INET,
                                   type=socket.SOCK_STREAM)
    print("getaddrinfo:", found[0][4])
    host, service = await loop.getnameinfo(("127.0.0.1", 80))
    print("getnameinfo:", len(host) > 0 and service in ("http", "80"))


async def signals(loop):
    caught = loop.create_future()
    loop.add_signal_handler(signal.SIGUSR1, caught.set_result, "SIGUSR1")
    os.kill(os.getpid(), signal.SIGUSR1)
    print("signal:", await caught)
    loop.remove_signal_handler(signal.SIGUSR1)


async def descriptors(loop):
    one, other = socket.socketpair()
    one.setblocking(False)
    other.setblocking(False)
    readable, writable = loop.create_future(), loop.create_future()
    loop.add_reader(one, lambda: (readable.set_result(one.recv(1)), loop.remove_reader(one)))
    other.send(b"x")
    print("reader:", await readable)
    loop.add_writer(one, lambda: (writable.set_result("called"), loop.remove_writer(one)))
    print("writer:", await writable)
    await loop.sock_sendall(other, b"hello")
    print("sock_recv:", (await loop.sock_recv(one, 100)).decode())
    one.close()
    other.close()


async def main():
    loop = asyncio.get_running_loop()
    await timers(loop)
    await threads(loop)
    await names(loop)
    await signals(loop)
    await descriptors(loop)
    try:
        await asyncio.wait_for(asyncio.sleep(60), 0.01)
    except asyncio.TimeoutError as error:
        print("timeout:", type(error).__name__)


uvloop.install()
asyncio.run(main())
loop = uvloop.new_event_loop()
calls = []
loop.call_soon(lambda: (calls.append(1), loop.stop()))
loop.run_forever()
loop.call_soon(lambda: (calls.append(2), loop.stop()))
loop.run_forever()
loop.close()
print("stopped and run again:", calls == [1, 2])
