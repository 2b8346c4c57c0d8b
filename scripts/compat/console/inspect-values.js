// util.inspect of values of every kind.
'use strict';

const util = require('util');

class Foo { constructor() { this.x = 1; } get y() { return 2; } static z = 3; }
class Bar extends Foo { #p = 1; [Symbol.toStringTag] = 'Tag'; }
const values = [
  'str', "it's", 'both \' and "', 'all \' " `', 'new\nline\ttab \u0000 \x7f \u{1F600}', '', 0, -0, 1.5, NaN, Infinity, 10n, true, null, undefined, Symbol('s'), Symbol(), Symbol.iterator,
  [], [1, 2, 3], [1, , 3], [, ,], [undefined, null], Object.assign([1], { x: 2, '-1': 3 }), new Array(5), Array.from({ length: 120 }, (_, i) => i), [['a'], [['b', [['c']]]]],
  {}, { a: 1, 'b-c': 2, 3: 4, [Symbol('k')]: 5 }, { get g() { return 1; }, set s(v) {}, get both() { return 1; }, set both(v) {} }, { f() {}, g: () => {}, h: function () {}, async i() {}, *j() {}, async *k() {} },
  Object.create(null), Object.assign(Object.create(null), { a: 1 }), Object.create({ inherited: 1 }), Object.create(Foo.prototype), new Foo(), new Bar(), Foo, Bar, class {}, class extends Foo {},
  function named() {}, function () {}, () => {}, async () => {}, Object.assign(function withProps() {}, { a: 1 }), Math.max,
  new Map([['a', 1], [{ k: 1 }, new Map()]]), new Set([1, 'a', [2]]), new Map(), new Set(), new WeakMap(), new WeakSet(), new Map([['x', 1]]).entries(), new Set([1]).values(), [1][Symbol.iterator](),
  new Date(0), new Date(NaN), /re+/gi, Object.assign(/x/, { p: 1 }), new String('s'), new Number(-0), new Boolean(false), Object(Symbol('o')), Object(5n), Object.assign(new String('ab'), { extra: 1 }),
  Promise.resolve(4), Promise.resolve({ a: 1 }), new Promise(() => {}), (() => { const p = Promise.reject(3); p.catch(() => {}); return p; })(),
  new ArrayBuffer(4), new Uint8Array(3), new Float64Array([1.5, -0]), new DataView(new ArrayBuffer(2)), Buffer.from('abc'), new BigInt64Array(1),
  (function () { return arguments; })(1, 2), globalThis === globalThis, (function* gen() {})(), Object.freeze({ a: 1 }), new Proxy({ a: 1 }, {}), new Proxy(function f() {}, {}),
  { a: { b: { c: { d: { e: 1 } } } } }, [[[[[1]]]]], { m: new Map([['k', { deep: { deeper: { deepest: 1 } } }]]) }, { 'a b': 1, 'ünïcode': 2, _x: 3, $y: 4, '1a': 5 }, JSON, Math, Reflect,
];
for (const value of values) console.log(util.inspect(value));
