// What a terminal sends, as keys.
'use strict';

const { StringDecoder } = require('string_decoder');

const kEscapes = {
  '[A': 'up', '[B': 'down', '[C': 'right', '[D': 'left', '[H': 'home', '[F': 'end', OA: 'up', OB: 'down', OC: 'right',
  OD: 'left', OH: 'home', OF: 'end', '[1~': 'home', '[2~': 'insert', '[3~': 'delete', '[4~': 'end', '[5~': 'pageup',
  '[6~': 'pagedown', '[Z': 'tab', OP: 'f1', OQ: 'f2', OR: 'f3', OS: 'f4',
};
// Escape sequences, then single characters.
const kPattern = /\x1b(\[(?:\d+(?:;\d+)?[~A-Z]|[A-Z])|O[A-Z])|\x1b?[^]/gu;

function keyOf(sequence, escape) {
  const key = { sequence, name: undefined, ctrl: false, meta: false, shift: false };
  if (escape !== undefined) {
    const [, number, modifier, letter] = /^(?:\[(\d+)?(?:;(\d+))?|O)([~A-Z])$/.exec(escape) ?? [];
    const bits = Number(modifier ?? 1) - 1;
    const plain = letter === '~' ? `[${number}~` : escape[0] + letter;
    return Object.assign(key, { name: kEscapes[plain] ?? 'undefined', ctrl: (bits & 4) !== 0, meta: (bits & 10) !== 0,
                                shift: (bits & 1) !== 0 || plain === '[Z', code: plain });
  }
  const character = sequence.at(-1);
  if (sequence.length > 1 && sequence[0] === '\x1b') key.meta = true;
  if (character === '\r') key.name = 'return';
  else if (character === '\n') key.name = 'enter';
  else if (character === '\t') key.name = 'tab';
  else if (character === '\b' || character === '\x7f') key.name = 'backspace';
  else if (character === '\x1b') key.name = 'escape';
  else if (character === ' ') key.name = 'space';
  else if (character < ' ') Object.assign(key, { name: String.fromCharCode(character.charCodeAt(0) + 96), ctrl: true });
  else if (/^[0-9A-Za-z]$/.test(character)) Object.assign(key, { name: character.toLowerCase(), shift: /[A-Z]/.test(character) });
  return key;
}

// Has the stream emit `keypress` while somebody listens.
function emitKeypressEvents(stream) {
  if (stream.emitsKeys) return;
  stream.emitsKeys = true;
  const decoder = new StringDecoder('utf8');
  stream.on('data', (bytes) => {
    for (const [sequence, escape] of decoder.write(bytes).matchAll(kPattern)) {
      const key = keyOf(sequence, escape);
      stream.emit('keypress', escape !== undefined || sequence.length > 1 ? undefined : sequence, key);
    }
  });
}

module.exports = { emitKeypressEvents };
