// The store in callbacks, promises and events of all kinds of work.
'use strict';
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const child = require('child_process');
const crypto = require('crypto');
const dgram = require('dgram');
const dns = require('dns');
const { EventEmitter, EventEmitterAsyncResource, once, on } = require('events');
const fs = require('fs');
const os = require('os');
const readline = require('readline');
const stream = require('stream');
const util = require('util');
const { Worker, MessageChannel } = require('worker_threads');
const zlib = require('zlib');

const als = new AsyncLocalStorage();
const out = [];
const cases = {
  nextTick: (f) => process.nextTick(f),
  microtask: (f) => queueMicrotask(f),
  then: (f) => Promise.resolve().then(f),
  thenable: (f) => { (async () => { await { then(r) { f('then of a thenable'); r(); } }; f(); })(); },
  setTimeout: (f) => setTimeout(f, 1),
  setImmediate: (f) => setImmediate(f),
  interval: (f) => { const t = setInterval(() => { clearInterval(t); f(); }, 1); },
  'timers/promises': (f) => require('timers/promises').setTimeout(1).then(() => f()),
  'fs.stat': (f) => fs.stat(__filename, () => f()),
  'fs.readFile': (f) => fs.readFile(__filename, () => f()),
  'fs.promises': (f) => fs.promises.readFile(__filename).then(() => f()),
  'read stream': (f) => fs.createReadStream(__filename).on('open', () => f('open')).on('data', () => {}).on('close', () => f('close')),
  'fs.opendir': (f) => fs.opendir(__dirname, (e, d) => { f(); d.close(() => f('closed')); }),
  'dns.lookup': (f) => dns.lookup('127.0.0.1', () => f()),
  'dns.promises': (f) => dns.promises.lookup('127.0.0.1').then(() => f()),
  'crypto.randomBytes': (f) => crypto.randomBytes(4, () => f()),
  'crypto.pbkdf2': (f) => crypto.pbkdf2('a', 'b', 1, 8, 'sha1', () => f()),
  'zlib.gzip': (f) => zlib.gzip('a', () => f()),
  'child.exec': (f) => child.exec('true', () => f()),
  'child.spawn': (f) => child.spawn('true').on('spawn', () => f('spawn')).on('close', () => f('close')),
  'dgram': (f) => { const s = dgram.createSocket('udp4'); s.bind(0, '127.0.0.1', () => { f('bound'); s.close(() => f('closed')); }); },
  'emitter, added here': (f) => { const e = new EventEmitter(); e.on('x', () => f()); als.run('inner', () => e.emit('x')); },
  'emitter as a resource': (f) => { const e = new EventEmitterAsyncResource({ name: 'x' }); e.on('x', () => f()); als.run('inner', () => e.emit('x')); },
  'events.once': (f) => { const e = new EventEmitter(); once(e, 'x').then(() => f()); setTimeout(() => als.run('inner', () => e.emit('x')), 1); },
  'events.on': (f) => { const e = new EventEmitter(); (async () => { for await (const x of on(e, 'x')) { f(x[0]); break; } })(); setTimeout(() => als.run('inner', () => e.emit('x', 'event')), 1); },
  'event target': (f) => { const t = new EventTarget(); t.addEventListener('x', () => f()); als.run('inner', () => t.dispatchEvent(new Event('x'))); },
  'abort': (f) => { const c = new AbortController(); c.signal.addEventListener('abort', () => f()); als.run('inner', () => c.abort()); },
  'abort timeout': (f) => { AbortSignal.timeout(1).addEventListener('abort', () => f()); setTimeout(() => {}, 20); },
  'readable': (f) => { const r = new stream.Readable({ read() {} }); r.on('data', () => f('data')).on('end', () => f('end')); als.run('inner', () => { r.push('x'); r.push(null); }); },
  'writable': (f) => { const w = new stream.Writable({ write(c, e, cb) { setImmediate(cb); } }); w.on('finish', () => f('finish')); als.run('inner', () => w.end('x', () => f('callback'))); },
  'pipeline': (f) => stream.pipeline(stream.Readable.from(['a']), new stream.PassThrough(), new stream.Writable({ write(c, e, cb) { f('write'); cb(); } }), () => f('done')),
  'finished': (f) => { const s = new stream.PassThrough(); als.run('inner', () => stream.finished(s, () => f())); s.resume().end(); },
  'web stream': (f) => { new ReadableStream({ pull(c) { f('pull'); c.close(); } }).getReader().read().then(() => f('read')); },
  'readline': (f) => { const i = stream.Readable.from(['a\n']); readline.createInterface({ input: i }).on('line', () => f('line')).on('close', () => f('close')); },
  'message channel': (f) => { const { port1, port2 } = new MessageChannel(); port2.on('message', () => { f(); port1.close(); }); als.run('inner', () => port1.postMessage(1)); },
  'worker': (f) => new Worker('', { eval: true }).on('online', () => f('online')).on('exit', () => f('exit')),
  'promisify': (f) => util.promisify((cb) => setImmediate(cb))().then(() => f()),
  'callbackify': (f) => util.callbackify(async () => { await 1; })(() => f()),
  'bind': (f) => { const g = AsyncLocalStorage.bind(f); als.run('inner', () => g()); },
  'snapshot': (f) => { const g = AsyncLocalStorage.snapshot(); als.run('inner', () => g(f)); },
  'resource': (f) => { const r = new AsyncResource('X'); als.run('inner', () => r.runInAsyncScope(f)); },
  'weak callback': (f) => { als.run('inner', () => f()); f('again'); als.exit(() => f('outside')); },
};

(async () => {
  for (const [name, start] of Object.entries(cases)) {
    await new Promise((done) => {
      const found = [];
      als.run(`store of ${name}`, () => start((event) => found.push(`${typeof event === 'string' ? `${event}: ` : ''}${als.getStore()}`)));
      let n = 0;
      (function wait() {
        if (++n < (name === 'worker' || name.startsWith('child') ? 60 : 15)) return setTimeout(wait, 4);
        console.log(`${name} -> ${found.join(', ')}`);
        done();
      })();
    });
  }
  console.log('at the end', als.getStore());
})();
