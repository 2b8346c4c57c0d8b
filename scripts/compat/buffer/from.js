// Buffer.from in all its forms, alloc, concat, of wrong things.
'use strict';

const show = (run) => { try { const b = run(); console.log(b, b.length); } catch (err) { console.log(err.name, err.code, err.message); } };
for (const run of [
  () => Buffer.from('héllo'), () => Buffer.from('héllo', 'latin1'), () => Buffer.from('68656c6', 'hex'), () => Buffer.from('zz', 'hex'),
  () => Buffer.from('aGVsbG8', 'base64'), () => Buffer.from('-_-_', 'base64url'), () => Buffer.from('a b=c', 'base64'), () => Buffer.from('hi', 'utf16le'), () => Buffer.from('\u{1F600}é', 'ascii'),
  () => Buffer.from([1, 256, -1, 1.9, '7', 'x', NaN]), () => Buffer.from(new Uint16Array([1, 256])), () => Buffer.from(new ArrayBuffer(4), 1, 2),
  () => Buffer.from({ length: 2, 0: 5, 1: 6 }), () => Buffer.from(Buffer.from('copy')), () => Buffer.from(new String('obj')), () => Buffer.from({ type: 'Buffer', data: [1, 2] }),
  () => Buffer.from(5), () => Buffer.from(null), () => Buffer.from(undefined), () => Buffer.from({}), () => Buffer.from('x', 'nope'), () => Buffer.from(Symbol('x')),
  () => Buffer.from('\ud800x'), () => Buffer.from({ [Symbol.toPrimitive]: () => 'prim' }), () => Buffer.from({ valueOf: () => 'value' }),
  () => Buffer.alloc(3), () => Buffer.alloc(5, 'ab'), () => Buffer.alloc(3, 257), () => Buffer.alloc(3, 'YQ==', 'base64'), () => Buffer.alloc(0), () => Buffer.alloc(-1), () => Buffer.alloc('x'), () => Buffer.alloc(2 ** 53),
  () => Buffer.allocUnsafe(4).fill(1), () => Buffer.concat([Buffer.from('a'), Buffer.from('bc')]), () => Buffer.concat([Buffer.from('abc')], 2), () => Buffer.concat([Buffer.from('a')], 3), () => Buffer.concat(['x']), () => Buffer.concat('x'),
  () => new Uint8Array(Buffer.from('abc').buffer, 0, 0), () => Buffer.copyBytesFrom(new Uint16Array([1, 2, 3]), 1, 1), () => Buffer.of(1, 2, 300),
]) show(run);
