'use strict';
// Coders of the caller's, replaced exports, limits, and values of all types.
const qs = require('querystring');
const report = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
report(() => qs.parse('a=%41&b=c+d&a=2', null, null, { decodeURIComponent: (s) => `[${s}]` }));
report(() => qs.parse('a=%41', null, null, { decodeURIComponent: () => { throw new Error('no'); } }));
report(() => qs.parse('a=1&b=2', null, null, { decodeURIComponent: (s) => (s === '1' ? 7 : s) }));
for (const maxKeys of [NaN, Infinity, -1, 0, 1, 2, 2.5, '2', null]) report(() => Object.keys(qs.parse('a&b&c', null, null, { maxKeys })).length);
report(() => qs.parse('a1b', 1));
report(() => [qs.parse(), qs.parse(5), qs.parse(null), qs.parse('')]);
report(() => qs.stringify({ a: 1, b: [1, 'x', null], c: undefined, d: true, e: NaN, f: 1n, g: {}, h: '', i: [], k: Infinity, l: 1e21, m: -0 }));
report(() => qs.stringify({ a: 'x y', b: 5, c: [true] }, ';', ':', { encodeURIComponent: (s) => `<${s}>` }));
report(() => [qs.stringify('x'), qs.stringify(), qs.stringify(null), qs.stringify(5), qs.stringify([1, 2]), qs.stringify(Object.create({ a: 1 }))]);
report(() => qs.stringify({ a: '\ud800' }));
report(() => [qs.escape(5), qs.escape({ toString: () => 'a b' }), qs.escape([1, 2]), qs.escape(null), qs.escape()]);
report(() => qs.escape(Symbol('s')));
report(() => [qs.unescape(5), qs.unescape('a%20b'), qs.unescape(null), qs.unescape('%zz%41')]);
report(() => [qs.unescapeBuffer('a%20b+'), qs.unescapeBuffer('a%20b+', true)]);
report(() => qs.unescapeBuffer());
const { escape, unescape, unescapeBuffer } = qs;
qs.unescape = (s) => `${s}!`;
report(() => qs.parse('a=b'));
qs.unescape = unescape;
qs.escape = (s) => `${s}?`;
report(() => qs.stringify({ a: 'b', c: 5 }));
qs.escape = escape;
qs.unescapeBuffer = () => Buffer.from('replaced');
report(() => qs.parse('a=%zz%41'));
qs.unescapeBuffer = unescapeBuffer;
console.log(qs.encode === qs.stringify, qs.decode === qs.parse, Object.keys(qs), qs.parse('__proto__=1&a=2&a=3').__proto__);
