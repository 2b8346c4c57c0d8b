// Duplex: two independent sides, allowHalfOpen, destroy, end of either.
'use strict';

const { Duplex } = require('stream');

function make(label, options) {
  const d = new Duplex({ read() {}, write(chunk, encoding, callback) { console.log(label, 'write', String(chunk)); callback(); }, ...options });
  for (const event of ['end', 'finish', 'close', 'error', 'data']) d.on(event, (v) => console.log(label, event, v ? v.message || String(v) : ''));
  return d;
}
const both = make('both');
both.push('r');
both.write('w');
both.push(null);
both.end();
const half = make('half', { allowHalfOpen: false });
half.push(null);
const open = make('open');
open.push(null);
setImmediate(() => console.log(open.writable, open.readable, open.writableEnded, open.destroyed));
const reading = make('reading');
reading.end();
setImmediate(() => console.log(reading.writable, reading.readable, reading.readableEnded, reading.destroyed));
make('destroyed').destroy(new Error('x'));
console.log(new Duplex({ readable: false }).readable, new Duplex({ writable: false }).writable, new Duplex({ readableHighWaterMark: 1, writableHighWaterMark: 2 }).writableHighWaterMark);
