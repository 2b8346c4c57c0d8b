// util: types, promisify, callbackify, inherits, deprecate, isDeepStrictEqual, styleText, parseArgs, stripVTControlCharacters.
'use strict';

const util = require('util');

console.log(util.types.isDate(new Date()), util.types.isRegExp(/x/), util.types.isPromise(Promise.resolve()), util.types.isTypedArray(Buffer.alloc(0)), util.types.isProxy(new Proxy({}, {})), util.types.isAsyncFunction(async () => {}), util.types.isGeneratorFunction(function* () {}), util.types.isMap({}), util.types.isBoxedPrimitive(Object(1)));
const cb = (a, b, callback) => setImmediate(callback, a ? null : new Error('no a'), b);
util.promisify(cb)(1, 2).then((v) => console.log('promisified', v));
util.promisify(cb)(0, 2).catch((err) => console.log('rejected', err.message));
util.callbackify(async (x) => x * 2)(4, (err, v) => console.log('callbackified', err, v));
util.callbackify(async () => { throw null; })((err) => console.log(err.code, err.message, err.reason));
for (const bad of [5, undefined]) { try { util.promisify(bad); } catch (err) { console.log(err.code, err.message); } }
function A() {}
function B() {}
util.inherits(B, A);
console.log(new B() instanceof A, B.super_ === A);
for (const args of [[null, A], [B, null], [B, {}]]) { try { util.inherits(...args); } catch (err) { console.log(err.code, err.message); } }
for (const [a, b] of [[{ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }], [new Set([1]), new Set([1])], [new Map([[1, { x: 1 }]]), new Map([[1, { x: 1 }]])], [NaN, NaN], [0, -0], [[1], { 0: 1 }], [new Date(0), new Date(0)], [/a/g, /a/i], [Object.create(null), {}]]) console.log(util.isDeepStrictEqual(a, b));
console.log(JSON.stringify(util.styleText('red', 'text', { validateStream: false })), util.stripVTControlCharacters('\u001b[31mx\u001b[39m'), util.toUSVString('\ud800x'));
console.log(util.parseArgs({ args: ['-f', '--bar', 'b', 'pos'], options: { foo: { type: 'boolean', short: 'f' }, bar: { type: 'string' } }, allowPositionals: true }));
console.log(util.format('%s:%s', 'a'), util.format(1, 2, '3'), util.format('%s', 'a', 'b', { c: 1 }), util.inspect(new util.TextEncoder().encode('é')), new util.TextDecoder('utf-16le').decode(new Uint8Array([65, 0])));
console.log(util.isArray([]), util.types.isExternal({}), util.getSystemErrorName(-111), util.getSystemErrorMap().get(-2), util.debuglog('x').enabled);
