// The line editor: what each key leaves in the line, and what it sends to the terminal.
'use strict';
const readline = require('readline');
const { PassThrough } = require('stream');

function edit(columns, keys, options = {}) {
  const input = new PassThrough();
  const output = new PassThrough();
  let sent = '';
  output.on('data', (d) => { sent += d; });
  output.columns = columns;
  const rl = readline.createInterface({ input, output, terminal: true, prompt: '$ ', ...options });
  const lines = [];
  rl.on('line', (l) => lines.push(l));
  rl.on('history', (h) => lines.push(h.join('|')));
  rl.on('close', () => lines.push('closed'));
  rl.prompt();
  for (const key of keys) {
    if (rl.closed) break;
    input.emit('data', key);
  }
  console.log(JSON.stringify({ keys: keys.join(' '), line: rl.line, cursor: rl.cursor, position: rl.getCursorPos(), lines, sent }));
  if (!rl.closed) rl.close();
}

const left = '\x1b[D', right = '\x1b[C', up = '\x1b[A', down = '\x1b[B', home = '\x1b[H', end = '\x1b[F';
edit(80, ['hello', left, left, 'X', home, 'Y', end, 'Z']);
edit(80, ['one two, three', '\x17', '\x1b\x7f', home, '\x1bd', '\x1f', '\x1f', '\x1e']);
edit(80, ['one two, three', '\x1bb', '\x1bb', '\x1bb', '\x1bf', '\x1b[1;5C', '\x1b[1;5D', 'x']);
edit(80, ['abc def', '\x15', 'xyz', home, '\x0b', '\x19', '\x1by', '\x1by', 'q', '\x1by']);
edit(80, ['first', '\r', 'second', '\r', 'fir', up, '\r', up, up, up, down, down]);
edit(80, ['a', '\r', 'b', '\r', 'a', '\r', '  ', '\r', '', '\r'], { removeHistoryDuplicates: true });
edit(80, ['a', '\r', 'b', '\r', 'c', '\r', '\x10', '\x10', '\x10', '\x0e'], { historySize: 2 });
edit(10, ['a long line that wraps', left, 'x', home, 'y', '\x0c']);
edit(10, ['\u3042\u3042\u3042\u3042\u3042', left, '\x7f', right, '\x1b[3~']);
edit(80, ['tab\ttab', left, '\x7f', '\ud83d\ude00', left, right, '\x08']);
edit(80, ['pasted\ntwo lines\r\nand more', '\r']);
edit(80, ['x', '\x04', '\x7f', '\x04']);
edit(80, ['x', '\x03']);
edit(80, ['old', '\r', '\x1b[3;5~', 'n'], { history: ['from before'], historySize: 5, tabSize: 4 });
