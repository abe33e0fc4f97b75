"""`violet run`: programs whose output Node.js 18 decides, and how a program ends.

VIOLET_RUN names the program under test. Where a test compares with Node.js, that is Debian's
Node.js 18 in build/node18.
"""

import os
import signal
import subprocess
from pathlib import Path

import pytest
from programs import needs_violet_run, node, violet

SCRIPTS = sorted((Path(__file__).resolve().parent / "same_as_node").glob("*.js"))

pytestmark = needs_violet_run


SAME_AS_NODE = {
    "values": """
        console.log(1, 'two', [3, 'four'], { five: { six: [7, { eight: { nine: 9 } }] } });
        console.log(new Map([['a', 1]]), new Set([1, 'b']), null, undefined, -0, 10n, Symbol('s'));
        console.log(function named() {}, class A {}, class B extends Array {}, () => {}, /x/g);
        console.log([undefined, , 3], new Error('e').message, Promise.resolve(4), new Date(0));
        console.log('%s is %d and %j', 'x', 4.5, { a: 1 }, 'rest', { get b() { return 1; } });
        console.log(Buffer.from('hello'), new Uint8Array(3), [[[[1]]]], { 'a-b': 1 });
    """,
    "circular": "const a = { name: 'a' }; a.self = a; console.log(a);",
    "emitter": """
        const EventEmitter = require('events');
        const emitter = new EventEmitter();
        emitter.once('x', (...values) => console.log('once', values));
        emitter.on('x', function() { console.log(this === emitter); });
        emitter.prependListener('x', () => console.log('first'));
        console.log(emitter.emit('x', 1, 2), emitter.emit('x'), emitter.emit('y'));
        console.log(emitter.listenerCount('x'), emitter.eventNames());
        try { emitter.emit('error', new Error('boom')); } catch (error) { console.log(error.message); }
    """,
    "files": """
        const fs = require('fs'), path = require('path');
        const folder = fs.mkdtempSync(path.join(require('os').tmpdir(), 'violet-'));
        const file = path.join(folder, 'a.txt');
        fs.writeFileSync(file, 'one');
        fs.appendFileSync(file, ' two');
        console.log(fs.readFileSync(file, 'utf8'), fs.statSync(file).size, fs.existsSync(file + 'x'));
        fs.mkdirSync(path.join(folder, 'b', 'c'), { recursive: true });
        console.log(fs.readdirSync(folder, { withFileTypes: true }).map((e) => [e.name, e.isDirectory()]));
        try { fs.readFileSync(path.join(folder, 'none')); } catch ({ code, syscall, errno }) {
          console.log(code, syscall, errno);
        }
        fs.promises.readFile(file).then(async (bytes) => {
          console.log(bytes);
          const handle = await fs.promises.open(file, 'r+');
          await handle.write('ONE', 0);
          console.log((await handle.read(Buffer.alloc(7), 0, 7, 0)).buffer.toString());
          await handle.close();
          fs.createReadStream(file, { start: 1, end: 4, encoding: 'utf8' })
            .on('data', (text) => console.log(text))
            .on('close', () => { fs.rmSync(folder, { recursive: true }); console.log(fs.existsSync(folder)); });
        });
    """,
    "net": """
        const net = require('net');
        const server = net.createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1', () => {
          const client = net.connect(server.address().port, '127.0.0.1');
          client.write('x'.repeat(300000));
          client.end('end');
          let size = 0;
          client.on('data', (bytes) => { size += bytes.length; });
          client.on('end', () => console.log('end', size));
          client.on('close', (failed) => { console.log('close', failed); server.close(() => console.log('closed')); });
        });
    """,
    "dgram": """
        const dgram = require('dgram');
        const server = dgram.createSocket('udp4', (message, { address }) => {
          console.log(String(message), address);
          server.close();
        });
        server.bind(0, '127.0.0.1', () => {
          const client = dgram.createSocket('udp4');
          client.send('hello', server.address().port, '127.0.0.1', (error) => { console.log(error); client.close(); });
        });
    """,
    "children": """
        const { spawn, exec, execFile } = require('child_process');
        exec('echo out; echo err >&2; exit 3', (error, stdout, stderr) => {
          console.log(error.code, JSON.stringify([stdout, stderr]));
          const cat = spawn('cat');
          cat.stdout.on('data', (bytes) => console.log(String(bytes)));
          cat.on('close', (code, signal) => {
            console.log(code, signal);
            const sleeper = spawn('sleep', ['60']);
            sleeper.on('exit', (...values) => console.log(...values));
            sleeper.kill();
          });
          cat.stdin.end('through cat');
        });
    """,
    "workers": """
        const { Worker, MessageChannel } = require('worker_threads');
        const worker = new Worker(`
          const { parentPort, workerData } = require('worker_threads');
          parentPort.on('message', (value) => {
            parentPort.postMessage({ doubled: value.map((x) => x * 2), workerData });
            parentPort.close();
          });`, { eval: true, workerData: 'data' });
        worker.on('message', (value) => console.log(value));
        worker.postMessage([1, 2, 3]);
        worker.on('exit', (code) => {
          console.log('exit', code);
          const failing = new Worker('throw new TypeError("no")', { eval: true });
          failing.on('error', (error) => console.log(error.name, error.message));
          failing.on('exit', (code) => console.log('exit', code));
        });
        const shared = new SharedArrayBuffer(4);
        console.log(structuredClone(new Map([['a', [1n, new Date(5)]]])), shared.byteLength);
    """,
    "abort": """
        const controller = new AbortController();
        require('timers/promises').setTimeout(10000, 'never', { signal: controller.signal })
          .catch(({ name }) => console.log(name));
        controller.abort();
        console.log(controller.signal.aborted);
    """,
    "url": """
        const url = new URL('../b?x=1&y=2#h', 'http://user@example.org:8080/a/c');
        console.log(url.href, url.host, url.searchParams.get('y'), [...url.searchParams]);
    """,
}


@pytest.mark.parametrize("name", SAME_AS_NODE)
def test_prints_what_node_prints(name):
    ours, theirs = violet("-e", SAME_AS_NODE[name]), node("-e", SAME_AS_NODE[name])
    assert theirs.returncode == 0, theirs.stderr
    assert (ours.stdout, ours.returncode, ours.stderr) == (theirs.stdout, 0, "")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_does_what_node_does(script, tmp_path):
    ours, theirs = violet(script, cwd=tmp_path), node(script, cwd=tmp_path)
    assert theirs.returncode == 0, theirs.stderr
    assert (ours.stdout, ours.returncode, ours.stderr) == (theirs.stdout, 0, "")


def write(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def test_common_modules(tmp_path):
    write(tmp_path, {
        "main.js": "const a = require('./a'); console.log(a, require('./data.json').x, require('./folder'),"
                   "require('package/inner'), require('package'), module === require.main);",
        "a.js": "exports.early = 1; const b = require('./b'); exports.late = b.seen;",
        "b.js": "exports.seen = { ...require('./a') };",
        "data.json": '{"x": 5}',
        "folder/index.js": "module.exports = 'index';",
        "node_modules/package/package.json": '{"main": "lib/m.js"}',
        "node_modules/package/lib/m.js": "module.exports = 'main';",
        "node_modules/package/inner.js": "module.exports = __filename.split('/').pop();",
    })
    ours, theirs = violet("main.js", cwd=tmp_path), node("main.js", cwd=tmp_path)
    assert (ours.stdout, ours.stderr) == (theirs.stdout, "")


def test_es_modules(tmp_path):
    write(tmp_path, {
        "main.mjs": "import fs, { readFileSync } from 'node:fs'; import named, { value } from './a.mjs';"
                    "import common from './c.cjs'; const later = await import('./a.mjs');"
                    "console.log(fs.readFileSync === readFileSync, named, value, common, later.value,"
                    "import.meta.url.endsWith('main.mjs'));",
        "a.mjs": "export const value = await Promise.resolve(7); export default 'default';",
        "c.cjs": "module.exports = { common: true };",
    })
    ours, theirs = violet("main.mjs", cwd=tmp_path), node("main.mjs", cwd=tmp_path)
    assert (ours.stdout, ours.stderr) == (theirs.stdout, "")


def test_a_missing_module_is_named(tmp_path):
    write(tmp_path, {"main.js": "require('./none');"})
    result = violet("main.js", cwd=tmp_path)
    assert result.returncode == 1
    assert "Cannot find module './none'" in result.stderr


def test_an_uncaught_exception_ends_the_program_with_its_line():
    result = violet("-e", "setTimeout(() => console.log('never'), 5);\nthrow new RangeError('far');")
    assert result.returncode == 1
    assert result.stdout == ""
    assert "throw new RangeError('far');\n^" in result.stderr
    assert "RangeError: far\n    at [eval]:2" in result.stderr


@pytest.mark.parametrize("code", [
    "setTimeout(() => { throw new Error('late'); }, 1)",
    "setImmediate(() => { throw new Error('late'); })",
    "process.nextTick(() => { throw new Error('late'); })",
    "queueMicrotask(() => { throw new Error('late'); })",
    "Promise.reject(new Error('late'))",
    "(async () => { throw new Error('late'); })()",
    "require('fs').stat('/', () => { throw new Error('late'); })",
])
def test_an_exception_in_a_callback_ends_the_program(code):
    result = violet("-e", f"{code}; setTimeout(() => console.log('never'), 10000);")
    assert (result.returncode, result.stdout) == (1, "")
    assert "Error: late" in result.stderr


@pytest.mark.parametrize("code", ["process.exit(7)", "process.exitCode = 7",
                                  "process.on('exit', () => { process.exitCode = 7; })",
                                  "setTimeout(() => process.exit(7), 1); setInterval(() => {}, 10)"])
def test_the_exit_code_is_the_programs(code):
    assert violet("-e", code).returncode == 7


def test_a_signal_ends_the_program():
    assert violet("-e", "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)"
                  ).returncode == -signal.SIGTERM


def test_the_engine_can_be_named():
    code = "console.log(process.env.VIOLET_BACKEND)"
    assert violet("--backend", "uring", "-e", code).stdout == "uring\n"


def test_flags_of_v8_are_passed_on():
    assert violet("--expose-gc", "-e", "console.log(typeof gc)").stdout == "function\n"


def test_an_exhausted_heap_is_told():
    result = violet("--max-old-space-size=20", "-e", "const a = []; for (;;) a.push(new Array(1000).fill(1.5))")
    assert result.returncode == -signal.SIGABRT
    assert "heap" in result.stderr


def test_standard_input_is_read():
    code = "process.stdin.on('data', (bytes) => console.log(String(bytes).trim().toUpperCase()))"
    assert violet("-e", code, text="through a pipe\n").stdout == "THROUGH A PIPE\n"


def test_the_phases_are_shown():
    code = ("setTimeout(function late() { process.nextTick(function tick() {}); }, 300);"
            "setImmediate(function soon() {}); require('fs').stat('/', function done() {});")
    result = violet("--trace-phases", "-e", code)
    phases = [line for line in result.stderr.splitlines() if line.startswith("==")]
    assert phases[0] == "== main program"
    assert phases[-1] == "== end of the program"
    trace = result.stderr
    assert trace.index("== check\n     setImmediate(soon)") < trace.index("== timers\n     setTimeout(late, 300)")
    assert "     setTimeout(late, 300)\n       nextTick(tick)\n       microtasks\n" in trace
    assert "     stat: oncomplete\n" in trace
    assert result.stdout == ""


def test_a_line_is_edited_on_a_terminal():
    """Letters, left, backspace, the history: what a person types."""
    code = ("const r = require('readline').createInterface({ input: process.stdin, output: process.stdout });"
            "const lines = []; r.on('line', (line) => { lines.push(line);"
            "if (lines.length === 3) { r.close(); console.log(JSON.stringify(lines)); } }); r.prompt();")
    terminal, other = os.openpty()
    with subprocess.Popen([os.environ["VIOLET_RUN"], "-e", code], stdin=other, stdout=other) as process:
        os.close(other)
        seen = b""
        while b"> " not in seen:
            seen += os.read(terminal, 1000)
        os.write(terminal, b"helxo\x1b[D\x7fl\r\x1b[A!\rone two\x17three\r")
        while b'"]' not in seen:
            seen += os.read(terminal, 1000)
        assert b'["hello","hello!","one three"]' in seen
        assert process.wait(10) == 0
    os.close(terminal)


def test_a_program_may_come_from_standard_input():
    assert violet(text="console.log(require('path').basename('/a/b'), __filename)").stdout == "b [stdin]\n"


def test_the_repl(tmp_path):
    """Results, several lines, await, `_`, errors, commands, and a history that lasts."""
    history = tmp_path / "history"

    def talk(*exchanges):
        terminal, other = os.openpty()
        environment = {**os.environ, "VIOLET_REPL_HISTORY": str(history), "NO_COLOR": "1"}
        with subprocess.Popen([os.environ["VIOLET_RUN"]], stdin=other, stdout=other, env=environment) as process:
            os.close(other)
            seen = b""
            for typed, expected in exchanges:
                while expected not in seen:
                    seen += os.read(terminal, 1000)
                seen = seen[seen.index(expected) + len(expected):]
                os.write(terminal, typed)
            status = process.wait(20)
        os.close(terminal)
        return status

    assert talk((b"1 + 1\r", b"> "), (b"_ * 21\r", b"\r\n2\r\n"), (b"[1, 2].map((x) => {\r", b"\r\n42\r\n"),
                (b"return x * 2 })\r", b"... "), (b"const late = await Promise.resolve('later')\r", b"[ 2, 4 ]"),
                (b"late\r", b"undefined\r\n"), (b"{ a: 1 }\r", b"'later'"), (b"nonsense\r", b"{ a: 1 }"),
                (b"setTimeout(() => { throw new Error('far') }, 1).hasRef()\r",
                 b"Uncaught ReferenceError: nonsense is not defined"),
                (b".help\r", b"Uncaught Error: far"), (b".exit\r", b".load")) == 0
    assert history.read_text().splitlines()[:2] == [".exit", ".help"]
    assert talk((b"\x1b[A\x1b[A\x1b[A\x1b[A\r", b"> "), (b"\x04", b"Uncaught ReferenceError")) == 0
