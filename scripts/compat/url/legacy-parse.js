// url.parse over many forms.
'use strict';

const url = require('url');

process.removeAllListeners('warning');
for (const text of ['http://user:pass@host.com:8080/p/a/t/h?query=string#hash', '/status?name=ryan', '//host/path', 'mailto:a@b.c', 'javascript:alert(1)', 'HTTP://EXAMPLE.com', 'http://a.com:80', 'x', '', '?q', '#h', 'http://a.com/ b?c d', 'http://[::1]:3000/x', 'http://a.b/\tbc\ndr\ref g"hq\'j<kl>?mn\\op=q=\'99{st|uv}wx', 'http://x...y...#p', 'http://ünï.com/é', 'file:///etc/passwd', 'http://a?b:c', 'http:/a', 'coap:u:p@::1:61616/.well-known', 'git+http://user:pass@ex.local:123/p']) {
  const u = url.parse(text);
  console.log(JSON.stringify(text), JSON.stringify(u), JSON.stringify(url.format(u)));
}
console.log(url.parse('//host/path', false, true).host, url.parse('/a?b=c&b=d', true).query, url.parse('http://a/b') instanceof url.Url);
for (const bad of [5, undefined, null, {}]) { try { url.parse(bad); } catch (err) { console.log(err.name, err.code, err.message); } }
for (const bad of ['http://a:99999/', 'http://[x]/', 'http://\u0000/']) { try { console.log(url.parse(bad).href); } catch (err) { console.log(err.name, err.code, err.message); } }
for (const [a, b] of [['/one/two/three', 'four'], ['http://example.com/', '/one'], ['http://example.com/one', '/two'], ['http://a/b/c/d;p?q', '../g'], ['http://a/b', '?x'], ['http://a/b', '//c/d'], ['', '..'], ['/a/b/c', './../../g'], ['mailto:a@b', 'c']]) console.log(a, b, url.resolve(a, b));
console.log(url.format({ protocol: 'http', hostname: 'h', port: 80, pathname: 'p', query: { a: [1, 2], b: 'x y' }, hash: 'h' }), url.format(new URL('http://u:p@ü.com/a?b#c'), { auth: false, fragment: false, search: false, unicode: true }));
