// Which argument dns functions refuse first; names of Tor are asked of nobody.
'use strict';
const dns = require('dns');

const shown = (v) => typeof v === 'function' ? 'function' : typeof v === 'bigint' ? '1n' : JSON.stringify(v) ?? String(v);
const attempt = (name, ...args) => {
  try {
    dns[name](...args);
    console.log(name, args.map(shown).join(), 'ok');
  } catch (e) {
    console.log(name, args.map(shown).join(), e.name, e.code, e.message);
  }
};
const f = () => {};
for (const v of [null, 'x', true, 1n, 5, {}, []]) {
  attempt('lookup', '127.0.0.1', v);
  attempt('lookup', '127.0.0.1', v, 1);
  attempt('resolve4', '127.0.0.1', v);
}
for (const v of ['x', true, 5]) attempt('lookup', '127.0.0.1', v, f);
dns.resolveMx('foo.onion', (e) => console.log(e.code, e.syscall, e.hostname, e.message));
dns.resolve4('a.b.ONION.', (e) => console.log(e.code, e.syscall, e.hostname, e.message));
