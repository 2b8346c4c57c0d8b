// Corners of Buffer: what is refused and how, NaN, SlowBuffer, an empty concat.
'use strict';

const { Buffer, SlowBuffer, constants } = require('buffer');

const attempt = (f) => { try { console.log(f()); } catch (err) { console.log(err.name, err.code, err.message); } };
const b = Buffer.alloc(8);
for (const n of [Infinity, -1, 1.1, 7, NaN]) attempt(() => b.readUIntBE(0, n));
attempt(() => b.writeIntLE(1, 0, -Infinity));
attempt(() => b.toString(null, 1, 2));
attempt(() => b.toString({}, 1, 2));
attempt(() => Buffer.from((one, two) => {}));
attempt(() => Buffer.concat([], 100));
attempt(() => ' '.repeat(constants.MAX_STRING_LENGTH + 1));
attempt(() => 'x'.padEnd(constants.MAX_STRING_LENGTH + 1));
b.writeDoubleBE(NaN);
console.log(b.toString('hex'), b.writeFloatLE(NaN), b.toString('hex'));
attempt(() => new SlowBuffer(3).fill(0));
attempt(() => SlowBuffer('x'));
console.log(SlowBuffer.prototype.parent, SlowBuffer.length, SlowBuffer.name);
