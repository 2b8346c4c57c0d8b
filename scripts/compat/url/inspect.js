'use strict';
// What util.inspect prints for URLs, lists, iterators and subclasses.
const { inspect } = require('util');
const u = new URL('https://user:pass@example.org:8080/p/a?q=1&r=%20#hash');
console.log(u);
console.log(inspect(u, { showHidden: true }));
console.log([new URL('file:///x')], { a: { b: { c: u } } }, { a: { b: { c: { d: u } } } });
console.log(inspect(u, { depth: -1 }), inspect(u.searchParams, { depth: -1 }), inspect(u.searchParams.keys(), { depth: -1 }));
console.log(new URLSearchParams(), new URLSearchParams('a=1&b=2'), { p: new URLSearchParams('a') });
console.log(new URLSearchParams(`${'a'.repeat(40)}=${'b'.repeat(30)}&c=d`));
const it = new URLSearchParams('a=1&b=2').entries();
it.next();
console.log(it, new URLSearchParams('a=1').keys(), new URLSearchParams('a=1').values(), new URLSearchParams().values());
class Special extends URL { get special() { return true; } }
class List extends URLSearchParams {}
console.log(new Special('http://h'), new List('a=1'));
const extra = new URL('http://h');
extra.more = 1;
console.log(extra, JSON.stringify({ extra }));
console.log(inspect(new URLSearchParams('a=1'), { colors: true }));
console.log(URL, URLSearchParams, url());
function url() { return require('url').parse('http://u:p@h:8/p?q#h'); }
