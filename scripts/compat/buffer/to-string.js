// toString in every encoding, ranges, invalid bytes, toJSON, inspect.
'use strict';

const b = Buffer.from([0x68, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xff, 0x00, 0xc3]);
for (const encoding of ['utf8', 'utf-8', 'UTF8', 'ascii', 'latin1', 'binary', 'hex', 'base64', 'base64url', 'ucs2', 'utf16le', undefined]) console.log(encoding, JSON.stringify(b.toString(encoding)));
console.log(b.toString('utf8', 1, 3), b.toString('hex', -5, 2), b.toString('hex', 5), b.toString('hex', 3, 1), JSON.stringify(b.toString('utf8', 100)));
try { b.toString('nope'); } catch (err) { console.log(err.name, err.code, err.message); }
console.log(JSON.stringify(b.subarray(0, 3)), b.toJSON().data.length, `${b.subarray(0, 1)}`, b.subarray(0, 1) + '');
console.log(b, Buffer.alloc(60), [Buffer.from('x')], { b: Buffer.alloc(2) });
console.log(Buffer.isEncoding('utf8'), Buffer.isEncoding('UTF-8'), Buffer.isEncoding('nope'), Buffer.isEncoding(5), Buffer.byteLength('héé€😀'), Buffer.byteLength('ab', 'hex'), Buffer.byteLength('YWI=', 'base64'), Buffer.byteLength(new ArrayBuffer(3)));
try { Buffer.byteLength(5); } catch (err) { console.log(err.code, err.message); }
