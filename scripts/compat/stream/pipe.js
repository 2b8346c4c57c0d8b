// pipe: events, back-pressure, unpipe, end option, errors do not travel, two destinations.
'use strict';

const { Readable, Writable, PassThrough } = require('stream');

const slow = (label) => new Writable({ highWaterMark: 2, write(chunk, encoding, callback) { console.log(label, String(chunk)); setImmediate(callback); } });
const source = () => Readable.from(['a', 'b', 'c'], { objectMode: false });

const a = slow('a');
for (const event of ['pipe', 'unpipe', 'finish', 'drain', 'close']) a.on(event, () => console.log('a', event));
const s = source();
console.log(s.pipe(a) === a, s.listenerCount('data'), a.listenerCount('drain'), a.listenerCount('unpipe'));
for (const event of ['pause', 'resume', 'end', 'close']) s.on(event, () => console.log('source', event));
a.on('close', () => {
  const keep = slow('keep');
  const second = source();
  second.pipe(keep, { end: false });
  second.on('end', () => setImmediate(() => { console.log('keep ended?', keep.writableEnded); two(); }));
});
function two() {
  const through = new PassThrough();
  const one = new PassThrough();
  const other = new PassThrough();
  through.pipe(one);
  through.pipe(other);
  one.on('data', (c) => console.log('one', String(c)));
  other.on('data', (c) => { console.log('other', String(c)); through.unpipe(other); });
  through.write('1');
  setImmediate(() => { through.write('2'); through.end(); });
  through.on('end', failing);
}
function failing() {
  const from = new PassThrough();
  const to = new PassThrough();
  to.on('error', (err) => console.log('to', err.message));
  to.on('unpipe', () => console.log('to unpipe'));
  from.on('error', (err) => console.log('from', err.message));
  from.pipe(to);
  to.destroy(new Error('broken'));
  setImmediate(() => console.log(from.destroyed, from.readableFlowing, from.listenerCount('data')));
}
