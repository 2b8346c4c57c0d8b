// Circular structures, shared references, big ones.
'use strict';

const a = { name: 'a' };
a.self = a;
console.log(a);
const b = { list: [1, { back: null }] };
b.list[1].back = b.list;
console.log(b);
const shared = { s: 1 };
console.log({ x: shared, y: shared });
const m = new Map();
m.set('m', m);
console.log(m, [m]);
const one = { two: {} };
one.two.one = one;
one.two.two = one.two;
console.log(one);
console.log(Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`key${i}`, i])));
console.log(Array.from({ length: 30 }, (_, i) => `item ${i}`), Array.from({ length: 8 }, (_, i) => i * 1000));
