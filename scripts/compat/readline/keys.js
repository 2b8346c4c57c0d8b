// What the sequences of terminals are called: names, codes and modifiers of key presses.
'use strict';
const { emitKeypressEvents } = require('readline');
const { PassThrough } = require('stream');
const input = new PassThrough();
emitKeypressEvents(input);
const seen = [];
input.on('keypress', (s, key) => seen.push([s, key]));
const sequences = ['a', 'A', '7', '?', 'é', '\ud83d\ude00', '\r', '\n', '\t', '\b', '\x7f', ' ', '\x01', '\x1a', '\x00', '\x1c', '\x1f',
  '\x1ba', '\x1bA', '\x1b?', '\x1b\r', '\x1b\t', '\x1b\x7f', '\x1b ', '\x1b\x1b', '\x1b[A', '\x1b[1;2B', '\x1b[1;5C', '\x1b[1;3D', '\x1b[1;8H',
  '\x1b[5D', '\x1bOA', '\x1bOa', '\x1bO5F', '\x1b[a', '\x1b[Z', '\x1b[[A', '\x1b[[5~', '\x1b[3~', '\x1b[3;5~', '\x1b[3^', '\x1b[3$', '\x1b[15~',
  '\x1b[24;2~', '\x1b[200~', '\x1b[201~', '\x1b[99~', '\x1b[1234~', '\x1b[1;99A', '\x1bOx', '\x1b\x1b[A', '\x1b\x1b\x1b', 'ab', '\x1b[Ab'];
for (const s of sequences) {
  seen.length = 0;
  input.emit('data', s);
  console.log(JSON.stringify(s), JSON.stringify(seen));
}
