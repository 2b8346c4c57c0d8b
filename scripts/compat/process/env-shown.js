// process.env is no proxy to a program: it is shown, compared and spread as an
// object of strings.
const util = require('util');
const assert = require('assert');

for (const name of Object.keys(process.env)) delete process.env[name];
process.env.ONE = 1;
process.env.TWO = 'two words';
console.log(process.env);
console.log(util.inspect(process.env, { showProxy: true }), util.types.isProxy(process.env));
console.log(`${process.env}`, Object.prototype.toString.call(process.env));
assert.deepStrictEqual({ ...process.env }, { ONE: '1', TWO: 'two words' });
console.log(Object.entries(process.env), JSON.stringify(process.env), Reflect.ownKeys(process.env), 'ONE' in process.env);
