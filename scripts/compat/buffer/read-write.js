// Numbers in and out: every width, both orders, bounds and wrong offsets.
'use strict';

const b = Buffer.from([0x01, 0xfe, 0x03, 0xfc, 0x05, 0xfa, 0x07, 0xf8]);
for (const name of ['readInt8', 'readUInt8', 'readInt16LE', 'readInt16BE', 'readUInt16LE', 'readUInt16BE', 'readInt32LE', 'readInt32BE', 'readUInt32LE', 'readUInt32BE',
  'readBigInt64LE', 'readBigInt64BE', 'readBigUInt64LE', 'readBigUInt64BE', 'readFloatLE', 'readFloatBE', 'readDoubleLE', 'readDoubleBE']) console.log(name, b[name](0));
for (const size of [1, 2, 3, 4, 5, 6]) console.log(size, b.readIntLE(1, size), b.readIntBE(1, size), b.readUIntLE(1, size), b.readUIntBE(1, size));
const w = Buffer.alloc(8);
console.log(w.writeInt16BE(-2, 0), w.writeUInt32LE(0xdeadbeef, 2), w.writeInt8(-1, 6), w);
console.log(w.writeDoubleBE(Math.PI), w, w.writeFloatLE(1.5, 4), w, w.writeIntBE(-5, 1, 3), w, w.writeBigInt64LE(-5n), w);
const attempt = (run) => { try { console.log(run()); } catch (err) { console.log(err.name, err.code, err.message); } };
attempt(() => b.readInt8(8));
attempt(() => b.readInt32LE(5));
attempt(() => b.readInt8(-1));
attempt(() => b.readInt8('0'));
attempt(() => b.readInt8(1.5));
attempt(() => b.readIntLE(0, 7));
attempt(() => w.writeInt8(128));
attempt(() => w.writeUInt8(-1));
attempt(() => w.writeInt32LE(2 ** 31));
attempt(() => w.writeUInt16LE(70000));
attempt(() => w.writeBigUInt64LE(-1n));
attempt(() => w.writeInt8('x'));
attempt(() => Buffer.alloc(1).readDoubleLE());
console.log(Buffer.from([1, 2, 3, 4]).swap16(), Buffer.from([1, 2, 3, 4]).swap32(), Buffer.alloc(8, 1).swap64());
attempt(() => Buffer.alloc(3).swap16());
