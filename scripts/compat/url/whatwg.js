// URL: parts, setters, relative, errors, inspect.
'use strict';

const u = new URL('https://user:pa%20ss@EXAMPLE.org:8080/a/../b/./c?x=1&y=2#frag');
console.log(u);
console.log(u.href, u.origin, u.searchParams.get('x'), String(u), JSON.stringify(u), u.toString() === u.href, Object.keys(u));
u.protocol = 'http'; u.host = 'other:1'; u.port = '80'; u.pathname = '/é x'; u.search = 'q=ü'; u.hash = ''; u.username = ''; u.password = 'p@';
console.log(u.href);
u.searchParams.append('z', 'a b&c');
console.log(u.href, u.search);
for (const [text, base] of [['/x', 'http://a/b?c'], ['../x', 'http://a/b/c/d'], ['//h/p', 'https://a'], ['?q', 'http://a/b#c'], ['http://ex ample', undefined], ['x', undefined], ['http://a:99999', undefined], ['http://münchen.de/ä?ö#ü', undefined], ['http://1.2.3', undefined], ['http://0x7f.1', undefined], ['http://[::1]:80/', undefined], ['file:///C|/x', undefined], ['data:text/plain,x y', undefined], ['HTTP://A/%7Efoo/%zz', undefined], ['http://a/\\b\\c', undefined], ['  http://a  ', undefined], ['blob:http://a/b', undefined], ['', 'http://a/b'], ['http:x', 'http://a/b'], ['mailto:a@b', undefined]]) {
  try { console.log(text, new URL(text, base).href); } catch (err) { console.log(text, err.name, err.code, err.message, err.input, err.base); }
}
console.log(URL.canParse('http://a'), URL.canParse('x'), URL.parse('x'), URL.parse('http://a').href);
for (const bad of [undefined, null, 5]) { try { console.log(new URL(bad).href); } catch (err) { console.log(err.name, err.code, err.message); } }
try { URL('http://a'); } catch (err) { console.log(err.name); }
const url = require('url');
console.log(url.fileURLToPath('file:///a%20b'), url.pathToFileURL('/a b#c?d').href, url.domainToASCII('español.com'), url.domainToUnicode('xn--espaol-zwa.com'), url.urlToHttpOptions(new URL('http://a:b@c/d?e')));
try { url.fileURLToPath('http://a'); } catch (err) { console.log(err.code, err.message); }
