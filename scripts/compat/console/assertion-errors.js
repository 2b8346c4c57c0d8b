// AssertionErrors: names of classes, symbols, what is cut, URLs.
'use strict';

const assert = require('assert');
const util = require('util');

const message = (f) => { try { f(); } catch (err) { console.log(JSON.stringify(err.message), err.code); } };
class Expected extends Error {}
class Other extends RangeError {}
for (const thrown of [new Other('m'), new Other(''), new RangeError('r'), Object.assign(new Error('q'), { name: 'Named' }), 'text', { a: 1 }]) {
  message(() => assert.throws(() => { throw thrown; }, Expected));
}
message(() => assert(false, Symbol('why')));
message(() => assert.deepStrictEqual(new URL('http://foo'), new URL('http://bar')));
message(() => assert.deepStrictEqual({ u: new URL('http://foo') }, { u: new URL('http://bar') }));
try {
  assert.strictEqual('A'.repeat(1000), 'b');
} catch (err) {
  console.log(/actual: 'A{488}\.\.\.'/.test(util.inspect(err)), err.actual.length);
}
console.log(util.inspect(Object.setPrototypeOf(/a/g, null)));
console.log(util.inspect(new URL('http://foo'), { customInspect: false }));
