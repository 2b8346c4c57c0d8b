// console.log's format specifiers.
'use strict';

console.log('%s %s %s %s %s', 'text', 42, -0, null, undefined);
console.log('%s', { a: { b: { c: 1 } } }, 'rest', { x: 1 });
console.log('%s %s %s', [1, [2, [3]]], () => {}, class A {});
console.log('%s %s', Symbol('s'), 10n, new Error('e').message);
console.log('%d %d %d %d %d', 42, '42', '0x10', 10n, 'x');
console.log('%i %i %i', 42.9, '42.9', -1.5);
console.log('%f %f', '1.50', 'x');
console.log('%j %j', { a: [1, 'x'] }, undefined);
console.log('%o', { a: 1, f() {} });
console.log('%O', { a: { b: { c: { d: 1 } } } });
console.log('%c styled', 'color: red');
console.log('%% %s %x %', 'a', 'b');
console.log('100%', 5);
console.log('%s');
console.log('a', 'b', 1, true, null, undefined);
console.log();
console.log('');
console.log('%s', Object.create(null), new (class Foo { toString() { return 'own toString'; } })(), new Date(0));
console.log('%s', String(new Date(0)).length > 0, [], {});
console.log(-0, [-0], 0, 1e21, 1e-7, 123456789.123, NaN);
const circular = { name: 'c' };
circular.self = circular;
console.log('%j', circular);
console.log('%s', circular);
