// util.inspect's options: depth, showHidden, colors, compact, breakLength, sorted, getters, limits.
'use strict';

const util = require('util');

const deep = { a: { b: { c: { d: {} } } }, list: [[[[1]]]] };
for (const depth of [0, 1, 2, 3, null, Infinity, -1]) console.log(depth, util.inspect(deep, { depth }));
const o = { n: 1, s: 'x', b: true, u: undefined, nul: null, f() {}, d: new Date(0), r: /x/, sym: Symbol('x'), big: 1n, m: new Map([[1, 2]]), arr: [1, 'two'] };
console.log(util.inspect(o, { colors: true }));
for (const compact of [true, false, 0, 1, 3, 5]) console.log(compact, util.inspect({ a: { b: 1, c: [1, 2] }, d: 'x' }, { compact }));
for (const breakLength of [10, 40, 80, Infinity]) console.log(breakLength, util.inspect({ alpha: 'aaaaaaaaaa', beta: 'bbbbbbbbbb', gamma: ['cccccccc', 'dddddddd'] }, { breakLength }));
console.log(util.inspect({ b: 1, a: 2, c: 3 }, { sorted: true }), util.inspect({ b: 1, a: 2 }, { sorted: (x, y) => x < y ? 1 : -1 }));
console.log(util.inspect({ get g() { return { x: 1 }; }, set s(v) {}, get t() { throw new Error('boom'); } }, { getters: true }));
console.log(util.inspect([1, 2, 3, 4, 5], { maxArrayLength: 2 }), util.inspect('abcdefgh', { maxStringLength: 3 }), util.inspect(new Set([1, 2, 3]), { maxArrayLength: 1 }), util.inspect([1, 2], { maxArrayLength: 0 }), util.inspect(new Uint8Array(5), { maxArrayLength: 2 }));
console.log(util.inspect([1], { showHidden: true }), util.inspect(Object.defineProperty({}, 'hidden', { value: 1 }), { showHidden: true }), util.inspect(new Map([[1, 2]]), { showHidden: true }), util.inspect(Buffer.from('a'), { showHidden: true }).split('\n')[0]);
console.log(util.inspect(123456789.123456, { numericSeparator: true }), util.inspect(-1234567n, { numericSeparator: true }));
console.log(util.inspect('x', false, 0, true), util.inspect(new Proxy({ a: 1 }, { get: () => 2 }), { showProxy: true }));
console.log(util.inspect('a'.repeat(100)), util.inspect(['a'.repeat(100), 'b']), util.inspect({ text: 'line one\nline two\nline three that is longer than sixteen' }));
console.log(util.inspect.defaultOptions, util.inspect.custom);
