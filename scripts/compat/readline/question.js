// Questions: promises, promisify, aborting, and interfaces that are closed meanwhile.
'use strict';
const readline = require('readline');
const promises = require('readline/promises');
const { promisify } = require('util');
const { PassThrough } = require('stream');

const show = (e) => console.log(e.name, e.code, e.message, e.cause?.name ?? e.cause);
function make(module, options) {
  const input = new PassThrough();
  const rl = module.createInterface({ input, output: new PassThrough(), ...options });
  return { input, rl };
}

(async () => {
  const { input, rl } = make(promises);
  setImmediate(() => input.write('forty-two\n'));
  console.log(await rl.question('what? '));
  const ac = new AbortController();
  const asked = rl.question('abort? ', { signal: ac.signal });
  ac.abort(new Error('because'));
  await asked.catch(show);
  await rl.question('again? ', { signal: AbortSignal.abort() }).catch(show);
  await rl.question('bad? ', { signal: 1 }).catch(show);
  rl.close();
  await rl.question('closed? ').catch(show);

  const second = make(readline);
  const question = promisify(second.rl.question).bind(second.rl);
  setImmediate(() => second.input.write('yes\n'));
  console.log(await question('sure? '));
  const other = new AbortController();
  const q = question('sure? ', { signal: other.signal });
  other.abort();
  await q.catch(show);
  await question('sure? ', { signal: AbortSignal.abort('reason') }).catch(show);
  second.rl.question('never called', { signal: AbortSignal.abort() }, () => console.log('called'));
  second.rl.close();

  const keys = make(promises, { terminal: true });
  const pending = keys.rl.question('key? ');
  keys.input.emit('data', '\x03');
  await pending.catch(show);
  console.log(keys.rl.closed);
  const end = make(promises, { terminal: true });
  const ended = end.rl.question('key? ');
  end.input.emit('data', '\x04');
  await ended.catch(show);

  const closing = new AbortController();
  const third = make(readline, { signal: closing.signal });
  third.rl.on('close', () => console.log('closed by its signal'));
  closing.abort();
  const fourth = make(readline, { signal: AbortSignal.abort() });
  fourth.rl.on('close', () => console.log('closed by a signal that was aborted'));
})();
