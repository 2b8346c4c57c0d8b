// Tab completion: the common beginning, the table at the second tab, promises, failures.
'use strict';
const readline = require('readline');
const promises = require('readline/promises');
const { PassThrough } = require('stream');
const words = ['apple', 'apply', 'apricot', 'banana', 'Apex', '\u3042\u3042'];

async function run(module, label, keys, completer, columns = 30) {
  const input = new PassThrough();
  const output = new PassThrough();
  output.columns = columns;
  let sent = '';
  output.on('data', (d) => { sent += d; });
  const rl = module.createInterface({ input, output, terminal: true, completer, prompt: '' });
  for (const key of keys) {
    input.emit('data', key);
    await new Promise(setImmediate);
  }
  console.log(label, JSON.stringify(rl.line), rl.cursor, JSON.stringify(sent.split('\n').filter((l) => !l.startsWith('    at ')).join('\n')));
  rl.close();
}
const hits = (line) => [words.filter((w) => w.startsWith(line)), line];
(async () => {
  await run(readline, 'sync', ['ap', '\t', '\t', 'p', '\t', 'l', '\t', '\t'], hits);
  await run(readline, 'callback', ['b', '\t'], (line, done) => setImmediate(done, null, hits(line)));
  await run(readline, 'fails', ['b', '\t'], (line, done) => done(new Error('no words')));
  await run(readline, 'shorter', ['AP', '\t'], () => [['apple', 'apply'], 'AP']);
  await run(readline, 'groups', ['x', '\t', '\t'], () => [['x1', 'x2', '', 'x3', '', '', 'x4'], 'x'], 8);
  await run(readline, 'none', ['x', '\t', '\t'], () => [[], 'x']);
  await run(readline, 'in the line', ['ba z', '\x1b[D', '\x1b[D', '\t'], (line) => hits(line));
  await run(readline, 'no completer', ['a\tb', '\t']);
  await run(promises, 'promise', ['ap', '\t', '\t', '\t'], async (line) => hits(line), 7);
  await run(promises, 'rejects', ['ap', '\t'], async () => { throw new TypeError('no words'); });
  for (const bad of [1, {}, null]) {
    try {
      readline.createInterface({ input: new PassThrough(), completer: bad });
    } catch (e) {
      console.log(e.name, e.code, e.message);
    }
  }
})();
