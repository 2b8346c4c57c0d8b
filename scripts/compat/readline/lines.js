// Lines out of a stream that is no terminal: endings, chunks, closing, errors.
'use strict';
const readline = require('readline');
const { PassThrough } = require('stream');

function lines(chunks, options) {
  return new Promise((resolve) => {
    const input = new PassThrough();
    const seen = [];
    const rl = readline.createInterface({ input, ...options });
    for (const name of ['line', 'pause', 'resume', 'history', 'close']) rl.on(name, (v) => seen.push(v === undefined ? name : [name, v]));
    rl.on('error', (e) => seen.push(`error ${e.message}`));
    rl.on('close', () => resolve(console.log(JSON.stringify(chunks), JSON.stringify(seen))));
    for (const c of chunks) input.write(c);
    input.end();
  });
}

(async () => {
  await lines(['a\nb\r\nc\rd\u2028e\u2029f']);
  await lines(['one\r', '\ntwo\n']);
  await lines(['one\r', 'two\r']);
  await lines(['a', 'b', 'c\n\n', '\n']);
  await lines([Buffer.from([0xe2, 0x82]), Buffer.from([0xac, 10])]);
  await lines(['no end']);
  await lines([]);

  const input = new PassThrough();
  const output = new PassThrough();
  let sent = '';
  output.on('data', (d) => { sent += d; });
  const rl = readline.createInterface(input, output);
  rl.on('error', (e) => console.log('error', e.message));
  input.emit('error', new Error('of the input'));
  console.log(rl.terminal, rl.getPrompt(), rl.line, rl.cursor, rl.crlfDelay, rl.paused, rl.closed);
  rl.setPrompt('? ');
  rl.prompt();
  rl.question('name: ', (answer) => {
    console.log('answer', answer, rl.getPrompt());
    rl.pause();
    rl.prompt();
    rl.write('written\n');
    rl.close();
    rl.close();
    console.log(JSON.stringify(String(output.read() ?? sent)));
    for (const use of [() => rl.pause(), () => rl.resume(), () => rl.write('x'), () => rl.question('?', () => {})]) {
      try {
        console.log(use());
      } catch (e) {
        console.log(e.code, e.message);
      }
    }
    console.log(input.listenerCount('data'), input.listenerCount('end'), input.listenerCount('error'));
  });
  rl.question('ignored: ', () => console.log('never'));
  rl.on('line', (l) => console.log('line', l));
  input.write('Ada\n');
})();
