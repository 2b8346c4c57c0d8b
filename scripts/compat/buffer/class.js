// Buffer as a class: instanceof, constructor forms and their warnings, pool, constants, transcode, atob.
'use strict';

const buffer = require('buffer');

console.log(Buffer.from('') instanceof Uint8Array, Buffer.isBuffer(new Uint8Array(1)), Buffer.isBuffer(Buffer.alloc(1)), Buffer.name, Buffer.length, Buffer.poolSize);
console.log(buffer.constants.MAX_LENGTH === buffer.kMaxLength, buffer.constants.MAX_STRING_LENGTH === buffer.kStringMaxLength, buffer.INSPECT_MAX_BYTES, buffer.Buffer === Buffer);
console.log(Object.keys(buffer).sort().join());
console.log(buffer.transcode(Buffer.from('€é'), 'utf8', 'latin1'), buffer.isUtf8(Buffer.from([0xc3])), buffer.isAscii(Buffer.from('a')), atob('aGk='), btoa('hi'));
try { atob('*'); } catch (err) { console.log(err.name, err.message, err.code); }
try { btoa('€'); } catch (err) { console.log(err.name, err.message); }
class Mine extends Buffer.from('').constructor {}
console.log(Object.getPrototypeOf(Buffer.prototype) === Uint8Array.prototype, Object.prototype.toString.call(Buffer.alloc(0)), ArrayBuffer.isView(Buffer.alloc(0)));
const shared = new ArrayBuffer(4);
const view = Buffer.from(shared);
new Uint8Array(shared)[0] = 9;
console.log(view, view.buffer === shared, view.byteOffset, view.parent === shared, view.offset);
console.log(Buffer(3), new Buffer('x'));
console.log(Buffer.from('abc').toLocaleString(), Buffer.from('abc').latin1Slice(0, 2), Buffer.from('abc').utf8Write('zz'), typeof Buffer.from('a').inspect);
