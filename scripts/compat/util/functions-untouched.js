// Functions, arguments and literals that nothing has looked at are printed and
// compared as any others.
'use strict';
const util = require('util');
const arrow = (a, b) => a + b;
console.log(util.inspect(arrow, { showHidden: true }));
console.log(util.inspect((a) => a, { showHidden: true }));
console.log(Object.getOwnPropertyNames((x) => x), Reflect.ownKeys(async () => {}));
console.log({ f: () => {}, g() {}, h: function () {} }, [() => 1]);
console.log(require('http').get, Buffer.from, process.nextTick);
console.log(Object.getOwnPropertyDescriptors((a) => a));
(function () {
  console.log(arguments, util.inspect(arguments, { showHidden: true }), util.types.isArgumentsObject(arguments));
})(1, 'two');
const args = (...list) => (function () { return arguments; })(...list);
console.log(util.isDeepStrictEqual(args(1, 2), args(1, 2)), util.isDeepStrictEqual(args(1), args(2)), util.isDeepStrictEqual(args(1), [1]));
console.log(util.isDeepStrictEqual({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2 }], a: 1 }), util.isDeepStrictEqual({ a: 1 }, { a: 1, b: undefined }));
console.log(structuredClone({ a: { b: [1, { c: 2 }] } }), util.inspect({ a: 1, __proto__: { b: 2 } }));
for (const f of [() => {}, function () {}]) { f.extra = 1; delete f.name; console.log(f, f.name === ''); }
