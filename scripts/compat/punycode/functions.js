'use strict';
// The deprecated module's functions, and its warning.
process.on('warning', (w) => console.log(w.name, w.code, w.message));
const punycode = require('punycode');
const report = (name, ...args) => {
  try {
    console.log(name, args, punycode[name](...args));
  } catch (e) {
    console.log(name, args, e.name, e.code);
  }
};
for (const s of ['', 'abc', 'tda', 'fiqs8s', '-', 'a-', 'ü-', '99', '99999999']) report('decode', s);
for (const s of ['', 'abc', 'ü', '中国', 'a中b', '-', '😀']) report('encode', s);
for (const s of ['mañana.com', 'x@ü.de', 'a。ü', 'plain']) report('toASCII', s);
for (const s of ['xn--maana-pta.com', 'x@xn--tda.de', 'Xn--tda', 'xn--99']) report('toUnicode', s);
for (const v of [undefined, null, 5]) for (const name of ['decode', 'encode', 'toASCII', 'toUnicode']) report(name, v);
console.log(punycode.ucs2.decode('a😀\ud800'), punycode.ucs2.encode([0x61, 0x1f600]), punycode.version, Object.keys(punycode));
