// How workers end: exit, termination, errors of all kinds, handlers; what the constructor refuses.
'use strict';

const { Worker, SHARE_ENV } = require('worker_threads');

const t = (n, f) => { try { console.log(n, f()); } catch (e) { console.log(n, e.name, e.code, e.code && e.message); } };
for (const args of [[], [1], ['foo'], ['file:///x'], [new URL('http://x/')], ['x', { eval: true, env: 1 }], ['x', { eval: true, execArgv: 1 }], ['x', { eval: true, argv: 1 }],
  ['x', { eval: true, execArgv: ['--zzz'] }], ['x', { eval: true, workerData() {} }.workerData && { eval: true, workerData: () => {} }], ['x', { eval: true, name: 1 }], [new URL('data:,x'), { eval: true }]]) {
  t('new', () => new Worker(...args));
}

function run(code, options, f = () => {}) {
  return new Promise((resolve) => {
    const log = [];
    const w = new Worker(code, { eval: true, ...options });
    w.on('message', (m) => log.push(['message', m]));
    w.on('error', (e) => log.push(['error', typeof e === 'object' ? `${e.name}: ${e.message}` : e]));
    w.on('exit', (c) => {
      log.push(['exit', c]);
      console.log(JSON.stringify(log));
      resolve();
    });
    f(w, log);
  });
}

(async () => {
  await run('process.exitCode = 3');
  await run('process.on("exit", (c) => console.log("leaving", c)); process.exit(7); console.log("never")');
  await run('throw "text"');
  await run('throw { an: "object" }');
  await run('throw new RangeError("far")');
  await run('Promise.reject(new Error("rejected"))');
  await run('process.on("uncaughtException", (e) => { console.log("caught", e.message); process.exit(9) }); throw new Error("x")');
  await run('process.on("uncaughtException", (e) => require("worker_threads").parentPort.postMessage(e.message)); setImmediate(() => console.log("goes on")); throw new Error("y")');
  await run('const { parentPort } = require("worker_threads"); parentPort.postMessage(1); parentPort.once("message", (m) => parentPort.postMessage(m + 1))', {}, (w) => w.postMessage(1));
  await run('while (true);', {}, (w) => w.on('online', () => w.terminate().then((c) => console.log('terminated', c))));
  await run('setInterval(() => {}, 1000); require("worker_threads").parentPort.postMessage("up")', {}, (w) => w.on('message', () => w.terminate()));
  await run('Atomics.wait(new Int32Array(require("worker_threads").workerData), 0, 0); require("worker_threads").parentPort.postMessage("woken")', { workerData: new SharedArrayBuffer(4) }, function wake(w) {
    w.on('online', () => w.terminate());
  });
  process.env.SHARED_HERE = '1';
  await run('process.env.SHARED_THERE = process.env.SHARED_HERE + 2', { env: SHARE_ENV });
  await run('process.env.SHARED_NOT = 1');
  console.log(process.env.SHARED_THERE, process.env.SHARED_NOT);
  await run('process.stdout.write("piped out"); process.stdin.on("data", (c) => process.stdout.write("in:" + c))', { stdin: true, stdout: true }, (w, log) => {
    w.stdout.setEncoding('utf8').on('data', (c) => log.push(c));
    w.stdin.end('typed');
  });
  await run('import("fs").then((m) => require("worker_threads").parentPort.postMessage(typeof m.readFileSync))');
  const w = new Worker('setInterval(() => {}, 1000)', { eval: true });
  w.unref();
  w.on('online', () => {
    console.log('last');
    w.unref();
  });
  w.ref();
})();
