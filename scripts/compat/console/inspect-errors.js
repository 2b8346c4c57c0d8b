// Errors printed: names, codes, causes, properties, aggregate, in objects, without stack.
'use strict';

const util = require('util');

const flat = (value) => util.inspect(value).replace(/\n +(?:at |\.\.\. \d+ lines)[^\n]*/g, '');
class MyError extends Error { constructor(m) { super(m); this.name = 'MyError'; } }
class Unnamed extends TypeError {}
const noStack = new Error('no stack');
noStack.stack = undefined;
const odd = new Error('odd');
odd.stack = 'custom stack';
const named = new Error('renamed');
named.name = 'Other';
for (const value of [
  new Error('plain'), new Error(''), new Error('multi\nline'), new TypeError('type'), Object.assign(new Error('props'), { code: 'E_CODE', detail: { a: 1 } }),
  new MyError('mine'), new Unnamed('unnamed'), new Error('outer', { cause: new Error('inner') }), new Error('odd cause', { cause: 'text' }), new AggregateError([new Error('one'), 'two'], 'many'),
  noStack, odd, named, Object.create(Error.prototype), { err: new Error('in object') }, [new Error('in array')],
]) console.log(flat(value));
console.log(String(new MyError('x')), new Error('a') + '', Object.prototype.toString.call(new Error()), Object.keys(new Error('x')), util.types.isNativeError(new MyError()), util.isDeepStrictEqual(new Error('a'), new Error('a')));
const e = new Error('message');
console.log(e.stack.split('\n')[0], e.stack.split('\n')[1].replace(/\(.*[\\/]/, '('));
