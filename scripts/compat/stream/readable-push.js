// push and unshift: return values, empty chunks, encodings, after the end.
'use strict';

const { Readable } = require('stream');

const r = new Readable({ read() {}, highWaterMark: 4 });
console.log(r.push('ab'), r.push('cd'), r.push(''), r.readableLength);
r.unshift('00');
r.push('e9', 'hex');
console.log(r.readableLength, r.read(), r.read());
r.setEncoding('utf8');
r.push(Buffer.from([0xe2, 0x82]));
r.push(Buffer.from([0xac]));
console.log(r.read());
r.push(null);
r.on('error', (err) => console.log('error', err.code, err.message));
console.log(r.push('late'));
r.on('end', () => console.log('end'));
r.resume();

const o = new Readable({ objectMode: true, read() {} });
console.log(o.push({ a: 1 }), o.push(0), o.push(''), o.push(undefined), o.readableLength, o.readableHighWaterMark, o.readableObjectMode);
o.push(null);
o.on('data', (v) => console.log('object', v));
const bad = new Readable({ read() {} });
bad.on('error', (err) => console.log(err.code, err.message));
bad.push(5);
