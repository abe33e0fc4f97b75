"""libraft on its libuv back end: three servers agree, lose their leader, and take it in again."""

from name_server import free_port
from service import Service, built, needs, wait_until

SERVERS = 3


class Cluster:
    """Three servers, each with its folder and its port."""

    def __init__(self, running):
        needs(libraft_dev="/usr/include/raft.h", libuv1_dev="/usr/include/uv.h")
        self.running = running
        self.program = built("raft_node", "raft", "uv")
        self.ports = [free_port() for _ in range(SERVERS)]
        for index in range(SERVERS):
            (running.work / f"data{index}").mkdir()
        self.servers = {index: self.started(index) for index in range(SERVERS)}

    def started(self, index):
        return Service(self.running, [self.program, index + 1, self.running.work / f"data{index}",
                                      *self.ports], f"server{index}")

    def all_text(self):
        return "\n".join(f"{index}: {server.text()}" for index, server in self.servers.items())

    def leader(self):
        """The index of a server that leads, once there is one."""
        def leading():
            lines = {index: [line for line in server.text().splitlines() if line.endswith("er")]
                     for index, server in self.servers.items()}
            return [index for index, said in lines.items() if said and said[-1] == "leader"]

        some = next(iter(self.servers.values()))
        wait_until(leading, some.process, self.all_text)
        return leading()[0]

    def add_up(self, numbers, count, total):
        """Has the leader add numbers; all servers must know of it."""
        self.servers[self.leader()].tell(str(numbers))
        for server in self.servers.values():
            server.wait_for(f"applied {count} {total}")


def life(running, _):
    cluster = Cluster(running)
    cluster.add_up(300, 300, 45150)
    first = cluster.leader()
    cluster.servers.pop(first).end()

    cluster.add_up(100, 400, 50200)
    cluster.servers[first] = cluster.started(first)
    cluster.servers[first].wait_for("applied 400 50200")
    cluster.add_up(100, 500, 55250)

    costs = cluster.servers[cluster.leader()].costs()
    for server in cluster.servers.values():
        server.end()
    return costs


def test_three_servers_agree(live):
    live(life)
