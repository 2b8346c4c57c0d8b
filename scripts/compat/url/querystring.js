// querystring: parse and stringify with separators, limits, own coders, odd input.
'use strict';

const qs = require('querystring');

for (const text of ['a=1&b=2&a=3', 'a=%20+b&c=%zz', '&&a&=b&c=', 'foo%3Dbar=x', '', 'a=b=c', '%E4%BD%A0=%ff', '__proto__=1&hasOwnProperty=2']) console.log(qs.parse(text), text);
console.log(qs.parse('a:1;b:2', ';', ':'), qs.parse('a=1&b=2&c=3', null, null, { maxKeys: 2 }), qs.parse('a=%31', null, null, { decodeURIComponent: (s) => `<${s}>` }), qs.parse(5), Object.getPrototypeOf(qs.parse('a=1')));
for (const value of [{ a: 1, b: [2, 'x y'], c: '', d: null, e: undefined, f: true, g: 10n, h: {}, i: NaN }, {}, null, 'text', { 'k é': 'ü&=' }]) console.log(qs.stringify(value));
console.log(qs.stringify({ a: 1, b: 2 }, ';', ':'), qs.stringify({ a: 'x' }, null, null, { encodeURIComponent: (s) => `<${s}>` }), qs.escape('a b&é!\'()*'), qs.unescape('%41%zz'), qs.decode === qs.parse, qs.encode === qs.stringify);
try { qs.stringify({ a: '\ud800' }); } catch (err) { console.log(err.name, err.code, err.message); }
