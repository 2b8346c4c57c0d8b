// A stream's own keys and what inspect prints of its state.
'use strict';

const { Readable, Writable, Transform } = require('stream');
const util = require('util');

console.log(Object.keys(new Readable({ read() {} })));
console.log(Object.keys(new Writable({ write() {} })));
console.log(Object.keys(new Transform()));
console.log(util.inspect(new Readable({ read() {} }), { depth: 0 }));
console.log(util.inspect(new Writable({ write() {} }), { depth: 0 }));
const r = new Readable({ read() {} });
r.push('abc');
console.log(r._readableState.length, r._readableState.flowing, r._readableState.ended, r._readableState.highWaterMark, r._readableState.objectMode, r._readableState.buffer.length);
const w = new Writable({ write() {} });
w.write('abc');
console.log(w._writableState.length, w._writableState.ended, w._writableState.corked, w._writableState.highWaterMark, w._writableState.needDrain, w._writableState.getBuffer());
