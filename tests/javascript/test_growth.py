"""Things that come and go in great number leave nothing behind: memory, descriptors, handles.

Here in a short form; VIOLET_GROWTH_COUNT=100000 is the long one.
"""

import json
import os

import pytest
from programs import needs_violet_run, run

pytestmark = needs_violet_run

COUNT = int(os.environ.get("VIOLET_GROWTH_COUNT", "3000"))

# Each makes `count` of one kind, one after the other, and resolves.
KINDS = {
    "connections": """
        const net = require('net');
        const server = net.createServer((socket) => socket.end('x')).listen(0, '127.0.0.1', () => run(one, () => server.close()));
        const one = () => new Promise((resolve, reject) => net.connect(server.address().port, '127.0.0.1')
          .on('error', reject).on('close', resolve).resume());""",
    "timers": "run(() => new Promise((resolve) => setTimeout(resolve, 0)), () => {});",
    "files": """
        const fs = require('fs');
        run(async () => { const file = await fs.promises.open('/etc/passwd'); await file.read(Buffer.alloc(64)); await file.close(); }, () => {});""",
    "messages": """
        const { Worker } = require('worker_threads');
        const worker = new Worker('const { parentPort } = require("worker_threads"); parentPort.on("message", (m) => parentPort.postMessage(m));', { eval: true });
        let next; worker.on('message', () => next());
        run(() => new Promise((resolve) => { next = resolve; worker.postMessage({ some: ['value'] }); }), () => worker.terminate());""",
}

RUN = """
const descriptors = () => require('fs').readdirSync('/proc/self/fd').length;
const state = () => { gc(); gc(); return [process.memoryUsage().heapUsed, descriptors()]; };
async function run(one, end) {
  const lot = async (count) => { for (let i = 0; i < count; i++) await one(); await new Promise((resolve) => setTimeout(resolve, 20)); };
  await lot(COUNT / 10);
  const [heap, open] = state();
  await lot(COUNT);
  const [heapAfter, openAfter] = state();
  console.log(JSON.stringify({ heap: heapAfter - heap, open: openAfter - open }));
  end();
}
"""


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_grows(kind):
    code = RUN.replace("COUNT", str(COUNT)) + KINDS[kind]
    result = run(os.environ["VIOLET_RUN"], "--expose-gc", "-e", code, timeout=60 + COUNT // 100)
    assert result.returncode == 0, result.stderr
    growth = json.loads(result.stdout)
    # The heap breathes by a few hundred KiB; 50 bytes for each would show beyond that in the long form.
    assert growth["heap"] < 500_000 + COUNT * 20
    assert growth["open"] <= 0


# What C++ has made for a worker goes with it, however it ends.
ENDED_WORKERS = """
const { Worker } = require('worker_threads');
const program = `
  const { createHash } = require('crypto'), held = [];
  for (let i = 0; i < 20000; i++) held.push(createHash('sha256'));
  require('net').createServer().listen(0);
  const { parentPort } = require('worker_threads');
  parentPort.on('message', () => {});
  parentPort.postMessage('busy');`;
const one = () => new Promise((resolve) => {
  const worker = new Worker(program, { eval: true });
  worker.on('message', () => worker.terminate());
  worker.on('exit', resolve);
});
(async () => {
  for (let i = 0; i < 4; i++) await one();
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 16; i++) await one();
  console.log(process.memoryUsage().rss - before);
})();
"""


def test_ended_workers_leave_no_memory():
    result = run(os.environ["VIOLET_RUN"], "-e", ENDED_WORKERS, timeout=120)
    assert result.returncode == 0, result.stderr
    # Their 320,000 hashes would be some 100 MB.
    assert int(result.stdout) < 40_000_000
