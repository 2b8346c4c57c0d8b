// Writable: order of _write, callbacks, drain, finish, close; sync and async.
'use strict';

const { Writable } = require('stream');

function run(label, sync) {
  const w = new Writable({
    highWaterMark: 5,
    write(chunk, encoding, callback) {
      console.log(label, '_write', String(chunk), encoding);
      if (sync) callback(); else setImmediate(callback);
    },
    final(callback) { console.log(label, '_final'); callback(); },
  });
  for (const event of ['drain', 'finish', 'close', 'error', 'prefinish']) w.on(event, () => console.log(label, event));
  console.log(label, w.write('abc', () => console.log(label, 'cb abc')), w.writableLength);
  console.log(label, w.write('def', () => console.log(label, 'cb def')), w.writableLength, w.writableNeedDrain);
  w.end('ghi', () => console.log(label, 'end cb'));
  console.log(label, w.writableEnded, w.writableFinished, w.writable);
}
run('sync', true);
setTimeout(run, 20, 'async', false);
