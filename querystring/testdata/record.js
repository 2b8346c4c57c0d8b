'use strict';
// Writes what Node does with the cases below to the .json files beside this
// one, which the Go tests read: node record.js

const fs = require('fs');
const path = require('path');
const qs = require('querystring');

const attempt = (f) => {
  try {
    return f();
  } catch (e) {
    return { error: { name: e.name, code: e.code, message: e.message } };
  }
};

function write(name, rows) {
  fs.writeFileSync(path.join(__dirname, `${name}.json`), `[\n${rows.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`);
}

// parse(query, sep, eq, { maxKeys }), and what was read written again
const parse = [
  [''], ['a=1&b=2'], ['a'], ['a='], ['=a'], ['='], ['&'], ['&&a&&b&'], ['a=b=c'], ['a=1&a=2&b=3&a=4'], ['a+b=c+d'], ['a%20b=%2B'],
  ['%zz=%&%4=1'], ['%C3%BC=ü'], ['%ff=%E4%B8'], ['x=%ff%41'], ['ü%41=ü%4'], ['%41%42=ü%'], ['%F0%9F%98%80=😀'], ['k=\ud800'], ['a;b=c', ';'],
  ['a:1;b:2', ';', ':'], ['a=1&&b=2', '&&'], ['a==1', '', '=='], ['a=&b', '&', '=&'], ['aab', 'ab'], ['a::b:=c', '::', ':='], ['a=1&b=2', null, null],
  ['a=1&b=2&c=3', null, null, 2], ['a=1&&b=2', null, null, 2], ['a&b&c', null, null, -1], ['__proto__=1&constructor=2'], ['a=%00'], ['+=+'],
  [Array.from({ length: 1002 }, (_, i) => `k${i}`).join('&')], [Array.from({ length: 40 }, (_, i) => `k${i % 20}=${i}`).join('&')],
].map(([query, sep = '', eq = '', maxKeys = 0]) => {
  const read = qs.parse(query, sep, eq, maxKeys ? { maxKeys } : undefined);
  return {
    query, sep: sep ?? '', eq: eq ?? '', maxKeys,
    want: Object.keys(read).map((k) => [k, ...[].concat(read[k])]),
    written: attempt(() => qs.stringify(read, sep, eq)),
  };
});
write('parse', parse);

const texts = ['', 'abc', 'a b&c=d', '-._~!\'()*', '%', '\u0000\u007f', 'ü中😀', '\ud800', 'a\udc00', '\ud800x', '\udc00\ud800', '/?:@;+,$#[]"<>\\^`{|}'];
write('escape', texts.map((input) => ({ input, want: attempt(() => qs.escape(input)) })));

const escaped = ['', 'abc', '%41', '%C3%BC', '%c3%bc', '%zz', '%', '%4', '%%41', 'a+b', 'ü%zz', '😀%', '%FF', '%C3', '%C3%41', '%E4%B8', '%ED%A0%80', '%F4%90%80%80', '%F0%9F%98', '%F0%9F%98%80', '%C0%80', '%00', '\ud800%'];
write('unescape', escaped.map((input) => ({
  input, want: qs.unescape(input), bytes: qs.unescapeBuffer(input).toString('hex'), plus: qs.unescapeBuffer(input, true).toString('hex'),
})));
