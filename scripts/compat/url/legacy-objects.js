'use strict';
// url.format, url.resolveObject and the methods of Url on objects of any kind.
// Flags of the run: none; the deprecation is not what is looked at.
process.noDeprecation = true;
const url = require('url');
const objects = [
  {}, { protocol: 'http', host: 'h:1', hostname: 'x', port: 5, pathname: 'a#?b', search: 'q#', hash: 'z', auth: 'a:b@' },
  { hostname: '::1', protocol: 'http:', port: 8, query: { a: [1, 2], b: 'x y' } }, { pathname: 5 }, { slashes: true, pathname: 'x' },
  { protocol: 'file', pathname: '/x' }, { protocol: 5 }, { query: 'a=b' }, { query: null }, { search: 5 }, { auth: 5, host: 'h' }, { hash: 5 },
  { host: 'h', query: {} }, { protocol: 'mailto', auth: 'u', host: 'h' }, [], new url.Url(), url.parse('http://u@h:8/a?b#c'), { search: '?a#b', query: { c: 1 } },
];
for (const o of objects) console.log(JSON.stringify(o), url.format(o));
console.log(url.parse('http://h/?a=1&a=2&b', true), url.parse('/x', true).query, url.parse('x:y', false, true));
console.log(url.resolveObject('http://h/a?b', 'c#d'), url.resolveObject('', 'x'));
const parsed = url.parse('http://h/a/b');
console.log(url.parse(parsed) === parsed, parsed.resolve('../c'), parsed.resolveObject(url.parse('d')).href, parsed.resolveObject('?e').path);
const u = new url.Url();
console.log(u.parse('http://a:b@c:9/d?e#f') === u, u.format(), Object.keys(u));
u.host = 'x:80';
u.parseHost();
console.log(u.hostname, u.port, u.format());
console.log(url.Url.call({}), url.resolve('http://h/a', 'b'), url.resolve('mailto:a@b', 'c@d'));
