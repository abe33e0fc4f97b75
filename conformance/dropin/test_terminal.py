"""Node.js on a terminal: readline, its prompt and history, raw mode, resizing, and ^C."""

from terminal import Terminal

READLINE = """
const readline = require('readline');
const rl = readline.createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
rl.on('line', (line) => { console.log(`got [${line}]`); rl.prompt(); });
rl.on('close', () => console.log('closed'));
console.log(process.stdin.isTTY, process.stdout.isTTY);
rl.prompt();
"""

QUESTION = """
const rl = require('readline/promises').createInterface({ input: process.stdin, output: process.stdout });
rl.question('name? ').then((name) => { console.log(`hello ${name}`); rl.close(); });
"""

RAW = """
process.stdin.setRawMode(true);
process.stdin.on('data', (data) => {
  console.log(`key ${data.toString('hex')}`);
  if (data[0] !== 0x71) return;
  process.stdin.setRawMode(false);
  console.log('cooked again');
  process.stdin.pause();
});
console.log('raw');
"""

SIZE = """
const alive = setInterval(() => {}, 1000);
process.stdout.on('resize', () => console.log(`now ${process.stdout.columns}x${process.stdout.rows}`));
process.on('SIGWINCH', () => console.log('SIGWINCH'));
process.on('SIGINT', () => { console.log('SIGINT'); clearInterval(alive); });
console.log(`at first ${process.stdout.columns}x${process.stdout.rows}`);
"""


def node(running, tool, script, **options):
    return Terminal(running, [tool("node"), "-e", script], **options)


def test_readline_edits_lines_and_keeps_history(running, tool):
    terminal = node(running, tool, READLINE)
    terminal.expect("true true")
    terminal.expect("> ")
    assert terminal.is_raw()  # readline edits the line itself.
    terminal.type("hello\r")
    terminal.expect("got [hello]")
    terminal.type("wolrd\x7f\x7f\x7frld\r")
    terminal.expect("got [world]")
    terminal.type("\x1b[A\x1b[A!\r")  # Twice up in the history.
    terminal.expect("got [hello!]")
    terminal.type("\x04")
    terminal.expect("closed")
    assert terminal.end() == 0


def test_question(running, tool):
    terminal = node(running, tool, QUESTION)
    terminal.expect("name? ")
    terminal.type("Violet\r")
    terminal.expect("hello Violet")
    assert terminal.end() == 0


def test_raw_mode_gives_single_keys_and_is_left_again(running, tool):
    terminal = node(running, tool, RAW)
    terminal.expect("raw")
    assert terminal.is_raw()
    terminal.type("a")
    terminal.expect("key 61")
    terminal.type("\x03")
    terminal.expect("key 03")
    terminal.type("q")
    terminal.expect("key 71")
    terminal.expect("cooked again")
    assert not terminal.is_raw()
    assert terminal.end() == 0


def test_raw_mode_is_left_when_the_program_exits(running, tool):
    terminal = node(running, tool, "process.stdin.setRawMode(true); console.log('raw');"
                                   "process.stdin.once('data', () => process.exit(5))")
    terminal.expect("raw")
    assert terminal.is_raw()
    terminal.type("x")
    terminal.process.wait(15)
    assert not terminal.is_raw()
    assert terminal.end() == 5


def test_resizing_and_interrupting(running, tool):
    terminal = node(running, tool, SIZE, rows=30, columns=100)
    terminal.expect("at first 100x30")
    terminal.resize(40, 120)
    terminal.expect("now 120x40")
    terminal.resize(10, 20)
    terminal.expect("now 20x10")
    terminal.type("\x03")
    terminal.expect("SIGINT")
    assert terminal.end() == 0


def test_input_from_a_pipe_and_output_to_a_file_are_no_terminals(running, tool):
    script = ("let text = ''; process.stdin.on('data', (data) => { text += data; })"
              ".on('end', () => console.log(text.length, process.stdin.isTTY, process.stdout.isTTY))")
    outcome = running.run([tool("node"), "-e", script], 30, text="x" * 200000)
    assert (outcome.output, outcome.errors, outcome.status) == ("200000 undefined undefined\n", "", 0)
