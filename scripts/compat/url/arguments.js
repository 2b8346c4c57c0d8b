'use strict';
// Missing and strange arguments, and what is thrown for them.
const url = require('url');
const report = (label, f) => {
  try {
    const v = f();
    console.log(label, v instanceof URL ? v.href : v instanceof URLSearchParams ? String(v) : v);
  } catch (e) {
    console.log(label, e.name, e.code, e.message, e.input, e.base);
  }
};
const values = [undefined, null, 5, true, 'x', 'http://h/', {}, [], () => {}, Symbol('s'), { toString: () => 'http://t/' }, new URL('http://u/')];
for (const v of values) {
  const name = typeof v === 'symbol' ? 'symbol' : typeof v === 'object' && v ? v.constructor.name : String(v);
  report(`new URL ${name}`, () => new URL(v));
  report(`with base ${name}`, () => new URL('a', v));
  report(`canParse ${name}`, () => URL.canParse(v));
  report(`parse ${name}`, () => URL.parse(v));
  report(`params ${name}`, () => new URLSearchParams(v));
  report(`url.parse ${name}`, () => url.parse(v).href);
  report(`format ${name}`, () => url.format(v));
  report(`resolve ${name}`, () => url.resolve('http://h/a', v));
  report(`fileURLToPath ${name}`, () => url.fileURLToPath(v));
  report(`pathToFileURL ${name}`, () => url.pathToFileURL(v).protocol);
  report(`options ${name}`, () => Object.keys(url.urlToHttpOptions(v)).length);
  report(`domain ${name}`, () => url.domainToASCII(v));
  report(`href = ${name}`, () => { const u = new URL('http://h/'); u.href = v; return u; });
  report(`search = ${name}`, () => { const u = new URL('http://h/'); u.search = v; return u; });
  report(`append ${name}`, () => { const p = new URLSearchParams(); p.append(v, v); return p; });
}
report('new URL()', () => new URL());
report('canParse()', () => URL.canParse());
report('parse()', () => URL.parse());
report('domainToUnicode()', () => url.domainToUnicode());
report('revokeObjectURL()', () => URL.revokeObjectURL());
const p = new URLSearchParams('a=1');
for (const name of ['append', 'delete', 'get', 'getAll', 'has', 'set', 'forEach']) {
  report(`${name}()`, () => p[name]());
  report(`${name}(x)`, () => p[name]('x'));
}
report('format options', () => url.format(new URL('http://h'), 5));
report('format options', () => url.format(new URL('http://u@h'), { auth: 0 }));
