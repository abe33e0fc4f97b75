// Lines out of streams, questions, and the keys of a terminal.
const readline = require('readline'), { Readable, PassThrough } = require('stream');

(async () => {
  const lines = readline.createInterface({ input: Readable.from(['a\nb\r\nc', 'd\n\ne']) });
  lines.on('line', (line) => console.log('line', JSON.stringify(line)));
  await new Promise((resolve) => lines.on('close', resolve));
  for await (const line of readline.createInterface({ input: Readable.from(['one\ntwo\r', '\nthree']) }))
    console.log('iterated', JSON.stringify(line));

  const [input, output] = [new PassThrough(), new PassThrough()];
  let shown = '';
  output.on('data', (text) => { shown += text; });
  const asking = readline.createInterface({ input, output, prompt: '> ' });
  const closed = new Promise((resolve) => asking.on('close', resolve));
  asking.question('name? ', (answer) => {
    console.log('answer', answer);
    asking.prompt();
    asking.on('line', (line) => {
      console.log('got', line);
      asking.prompt();
      if (line === 'last') asking.close();
    });
  });
  input.write('bob\n');
  input.write('first\nlast\n');
  await closed;
  console.log(JSON.stringify(shown), asking.terminal, asking.closed, asking.getPrompt());
  try { asking.question('late', () => {}); } catch ({ code, message }) { console.log(code, message); }

  const promised = require('readline/promises').createInterface({ input: new PassThrough(), output: new PassThrough() });
  const answer = promised.question('question? ');
  promised.input.write('its answer\n');
  console.log(await answer);
  promised.close();

  const screen = new PassThrough();
  let codes = '';
  screen.on('data', (text) => { codes += text; });
  readline.cursorTo(screen, 1, 2);
  readline.cursorTo(screen, 3);
  for (const direction of [-1, 0, 1]) readline.clearLine(screen, direction);
  readline.moveCursor(screen, -1, 2);
  await new Promise((resolve) => readline.clearScreenDown(screen, resolve));
  console.log(JSON.stringify(codes));

  const keys = new PassThrough();
  readline.emitKeypressEvents(keys);
  keys.on('keypress', (text, key) => console.log(JSON.stringify(text), key));
  keys.write('a\x1b[A\x03\rZ\x1b[1;5D\x7f');
})();
