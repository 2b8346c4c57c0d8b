'use strict';
// What URLSearchParams can be made of.
const report = (label, f) => {
  try {
    console.log(label, String(new URLSearchParams(f())));
  } catch (e) {
    console.log(label, e.name, e.code, e.message);
  }
};
report('string', () => '?a=1&b');
report('pairs', () => [['a', 1], new Set(['b', 2])]);
report('generator', () => (function* () { yield ['a', 'b']; })());
report('map', () => new Map([['a', 'b'], ['c', 'd']]));
report('list', () => new URLSearchParams('x=y'));
report('patched list', () => { const p = new URLSearchParams('x=y'); p[Symbol.iterator] = function* () { yield ['p', 'q']; }; return p; });
report('object', () => ({ b: 1, a: [1, 2], 1: undefined }));
report('object, not enumerable', () => Object.defineProperty({}, 'x', { value: 1 }));
report('object, inherited', () => Object.create({ x: 1 }));
report('object, symbol', () => ({ [Symbol('s')]: 1 }));
report('function', () => Object.assign(() => {}, { a: 'b' }));
report('surrogates', () => ({ 'a\ud800': 1, 'a\udbff': 2, 'b': '\udc00' }));
report('short', () => [['a']]);
report('long', () => [['a', 'b', 'c']]);
report('primitive pair', () => ['ab']);
report('null pair', () => [null]);
report('iterator that is none', () => ({ [Symbol.iterator]: 5 }));
report('iterator null', () => Object.defineProperty({ a: 1 }, Symbol.iterator, { value: null }));
report('throws', () => [['a', { toString() { throw new RangeError('no'); } }]]);
let closed = 0;
report('closes', () => ({ [Symbol.iterator]: () => ({ next: () => ({ value: ['a'], done: false }), return: () => { closed++; return {}; } }) }));
console.log(closed);
