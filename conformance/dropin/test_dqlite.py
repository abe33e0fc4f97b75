"""dqlite's node, all of whose I/O is libuv's, answers clients, and finds its data again."""

import socket
import subprocess
import subprocess

import pytest

from dqlite_client import Client
from name_server import free_port
from service import Service, built, needs, wait_until

ROWS = 120


class Node(Service):
    """A node of a cluster of one."""

    def __init__(self, running, address, stdin=subprocess.PIPE):
        needs(libdqlite_dev="/usr/include/dqlite.h")
        folder = running.work / "data"
        folder.mkdir(exist_ok=True)
        super().__init__(running, [built("dqlite_node", "dqlite"), address, folder], stdin=stdin)
        self.address = self.wait_for("ready (.*)")[1]


def connected(node, connection):
    """A client of a database, once the node leads its cluster of one."""
    client = Client(connection)
    wait_until(client.leader, node.process, node.text)
    client.open()
    return client


def by_tcp(node):
    host, port = node.address.split(":")
    return connected(node, socket.create_connection((host, int(port))))


def insert_and_query(client):
    client.execute("CREATE TABLE things (number INTEGER PRIMARY KEY, name TEXT)")
    for number in range(1, ROWS + 1):
        name = f"thing {number}" * (number % 40 + 1)
        assert client.execute("INSERT INTO things (name) VALUES (?)", name) == (number, 1)
    assert client.query("SELECT name FROM things WHERE number = ?", 41) == [("thing 41" * 2,)]
    # More than one message holds.
    assert len(client.query("SELECT * FROM things a, things b LIMIT 8000")) == 8000
    assert client.execute("DELETE FROM things WHERE number > 100") == (ROWS, ROWS - 100)


def life(running, _):
    address = f"127.0.0.1:{free_port()}"
    node = Node(running, address)
    with by_tcp(node) as client:
        insert_and_query(client)
        costs = node.costs()
        others = [by_tcp(node) for _ in range(20)]
        for other in others:
            assert other.query("SELECT count(*), max(number) FROM things") == [(100, 100)]
        for other in others:
            other.close()
    node.end()

    node = Node(running, address)
    with by_tcp(node) as client:
        assert client.query("SELECT count(*), max(number) FROM things") == [(100, 100)]
        assert client.query("SELECT name FROM things WHERE number = 7") == [("thing 7" * 8,)]
    node.end()
    return costs


def test_a_node_keeps_what_clients_insert(live):
    live(life)


def test_an_abstract_socket_serves_the_nodes_own_process_only(running):
    ours, nodes = socket.socketpair()
    with ours, nodes:
        node = Node(running, "@", stdin=nodes)
        nodes.close()
        _, (descriptor,), _, _ = socket.recv_fds(ours, 1, 1)
        with connected(node, socket.socket(fileno=descriptor)) as client:
            insert_and_query(client)
            stranger = socket.socket(socket.AF_UNIX)
            stranger.connect("\0" + node.address[1:])
            with stranger, pytest.raises((EOFError, ConnectionError)):
                Client(stranger)
    assert node.process.wait(30) == 0, node.text()
