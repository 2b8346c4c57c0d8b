// The listeners of pipes as a program sees them, and what one that runs before them can do.
'use strict';

const { Readable, Writable } = require('stream');

const source = () => new Readable({ read() {} });
const sink = (name) => new Writable({
  write(chunk, encoding, callback) { console.log(name, 'write', chunk.toString()); callback(); },
  final(callback) { console.log(name, 'final'); callback(); },
});
const names = (list) => list.map((f) => `${f.name}/${f.length}`);

const steps = [
  () => { // an earlier listener of 'data' unpipes, and pipes elsewhere
    const r = source(), a = sink('a'), b = sink('b');
    r.on('data', (chunk) => {
      r.unpipe(a);
      if (chunk.toString() === '1') r.pipe(b);
    });
    r.pipe(a);
    r.push('1'); r.push('2'); r.push(null);
  },
  () => { // an earlier listener of 'end' unpipes
    const r = source(), c = sink('c');
    r.on('end', () => r.unpipe(c));
    r.pipe(c);
    r.push('x'); r.push(null);
  },
  () => { // looked at, called, removed
    const r = source(), d = sink('d');
    r.pipe(d);
    console.log(names(r.listeners('data')), names(r.rawListeners('end')));
    for (const event of ['error', 'close', 'unpipe', 'finish']) console.log(event, names(d.listeners(event)));
    const f = r.listeners('data')[0];
    f(Buffer.from('bare'));
    console.log(r.listeners('data')[0] === f, r.listenerCount('data'));
    r.removeListener('data', f);
    console.log(r.listenerCount('data'));
    r.unpipe(d);
    console.log(d.eventNames().length, r.eventNames().length);
  },
  () => { // several pipes at both ends
    const r1 = source(), r2 = source(), e = sink('e'), f = sink('f');
    e.on('unpipe', (from) => console.log('unpipe', from === r1, from === r2));
    r1.pipe(e, { end: false });
    r2.pipe(e);
    r1.pipe(f);
    console.log(e.listenerCount('unpipe'), r1.listeners('data')[0] === r1.listeners('data')[1]);
    r1.push('1'); r2.push('2');
    r1.unpipe(e);
    r1.push('3'); r1.push(null);
    setImmediate(() => r2.push(null));
  },
  () => { // a destination that fails
    const r = source(), g = sink('g'), h = sink('h');
    console.log(r.pipe(g) === g);
    r.pipe(h);
    g.on('error', (err) => console.log(err.message));
    g.on('close', () => { r.push('q'); r.push(null); });
    g.destroy(new Error('broken'));
  },
];
(function next() {
  const step = steps.shift();
  if (!step) return;
  step();
  setTimeout(next, 5);
})();
