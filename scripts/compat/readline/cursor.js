// cursorTo, moveCursor, clearLine, clearScreenDown, and Readline of readline/promises.
'use strict';
const readline = require('readline');
const { Readline } = require('readline/promises');
const { Writable } = require('stream');

let sent = '';
const out = new Writable({ write(chunk, encoding, done) { sent += chunk; done(); } });
function run(label, f) {
  sent = '';
  let result;
  try {
    result = f();
  } catch (e) {
    result = `${e.name} ${e.code} ${e.message}`;
  }
  console.log(label, result, JSON.stringify(sent));
}
for (const args of [[1], [1, 2], [0, 0], [undefined, 1], ['1'], [NaN], [1, NaN], [undefined], [1, 'x'], [2.5, 3], [1, () => {}], [1, 2, 3], [1, 2, null]]) {
  run(`cursorTo ${args.map(String)}`, () => readline.cursorTo(out, ...args));
}
for (const args of [[1, 1], [-1, -2], [0, 0], [0, 3], [undefined, 1], [1, 1, 'x']]) run(`moveCursor ${args}`, () => readline.moveCursor(out, ...args));
for (const dir of [-1, 0, 1, undefined, -9]) run(`clearLine ${dir}`, () => readline.clearLine(out, dir));
run('clearLine', () => readline.clearLine(out, 0, null));
run('clearScreenDown', () => readline.clearScreenDown(out));
run('clearScreenDown', () => readline.clearScreenDown(out, 1));
run('no stream', () => readline.cursorTo(null, 1, (e) => console.log('called back', e)));
run('no stream', () => [readline.moveCursor(undefined, 1, 1), readline.clearLine(null, 1), readline.clearScreenDown(null)]);

for (const args of [[], [null], [{}], [out, { autoCommit: 1 }]]) run(`Readline ${args.length}`, () => typeof new Readline(...args));
const rl = new Readline(out);
for (const [name, ...args] of [['cursorTo', 1], ['cursorTo', 1, 2], ['cursorTo', '1'], ['cursorTo', 1, 1.5], ['moveCursor', 1, -1], ['moveCursor', 0, 0], ['moveCursor', 'x', 1],
  ['clearLine', -1], ['clearLine', 2], ['clearLine'], ['clearScreenDown']]) run(`${name} ${args}`, () => rl[name](...args) === rl);
sent = '';
rl.commit().then(async (v) => {
  console.log(v, JSON.stringify(sent));
  sent = '';
  rl.clearScreenDown().rollback();
  await rl.commit();
  console.log(JSON.stringify(sent));
  new Readline(out, { autoCommit: true }).clearLine(0);
  process.nextTick(() => console.log(JSON.stringify(sent)));
});
