// setKeepAlive(true) starts TCP's keep-alive timer, though no delay is given: on the connection of
// a client that asks when it connects, and on one that a server has accepted.
//
// expect:
//   client: keep-alive timer
//   server: keep-alive timer
const fs = require("fs");
const net = require("net");

const ESTABLISHED = "01";
const KEEP_ALIVE_TIMER = "02";

// The kind of timer that runs for the connection with this local and this other port.
function timerOf(localPort, otherPort) {
  const endsIn = (address, port) => parseInt(address.split(":")[1], 16) === port;
  const rows = fs.readFileSync("/proc/net/tcp", "latin1").split("\n").slice(1);
  for (const row of rows) {
    const [, local, other, state, , timer] = row.trim().split(/\s+/);
    if (state !== ESTABLISHED) continue;
    if (endsIn(local, localPort) && endsIn(other, otherPort)) return timer.split(":")[0];
  }
  return "no connection";
}

function show(name, socket) {
  const timer = timerOf(socket.localPort, socket.remotePort);
  console.log(`${name}: ${timer === KEEP_ALIVE_TIMER ? "keep-alive timer" : timer}`);
}

const server = net.createServer((accepted) => {
  accepted.setKeepAlive(true);
  accepted.on("data", () => {
    show("server", accepted);
    accepted.end();
    server.close();
  });
});

server.listen(0, "127.0.0.1", () => {
  const client = net.connect({ port: server.address().port, host: "127.0.0.1", keepAlive: true });
  client.on("connect", () => {
    show("client", client);
    client.write("x");
  });
  client.on("end", () => {
    client.end();
  });
});
