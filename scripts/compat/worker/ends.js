// How a worker ends: codes, errors, options that it cannot have.
'use strict';
const { Worker } = require('worker_threads');

const run = (name, text, options) => new Promise((resolve) => {
  let w;
  try {
    w = new Worker(text, { eval: true, ...options });
  } catch (e) {
    console.log(name, e.name, e.code, e.message);
    resolve();
    return;
  }
  w.on('error', (e) => console.log(name, 'error', e?.name, e?.message, typeof e?.stack));
  w.on('exit', (code) => {
    console.log(name, 'exit', code);
    resolve();
  });
});

(async () => {
  await run('handler throws', "process.on('uncaughtException', () => { throw new Error('second'); }); throw new Error('first')");
  await run('stack throws', "Error.prepareStackTrace = () => { throw new Error('stack'); }; throw new RangeError('first')");
  await run('exit code', 'process.exitCode = 5');
  await run('exit in handler', "process.on('exit', () => { process.exitCode = 9; }); throw new Error('first')");
  for (const execArgv of [['--expose-gc'], ['--bogus', 'x'], ['--title'], ['-r'], ['--conditions'], ['--conditions=a'], ['--no-warnings'], ['--stack-trace-limit=5'], ['--max-old-space-size=5'], ['--require=node:fs'], 'x']) {
    await run(JSON.stringify(execArgv), '', { execArgv });
  }
})();
