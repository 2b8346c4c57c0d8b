'use strict';
// Writes what Node does with the cases below to the .json files beside this
// one, which the Go tests read:
//
//   node --no-deprecation record.js
//
// Each list holds arguments alone; nothing here says what is right.

const fs = require('fs');
const path = require('path');
const url = require('url');

const parts = (u) => ({
  href: u.href, origin: u.origin, protocol: u.protocol, username: u.username, password: u.password,
  host: u.host, hostname: u.hostname, port: u.port, pathname: u.pathname, search: u.search, hash: u.hash,
});

function attempt(f) {
  try {
    return f();
  } catch (e) {
    const { name, code, message } = e;
    return { error: { name, code, message, input: e.input, base: e.base } };
  }
}

function write(name, rows) {
  const text = `[\n${rows.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`;
  fs.writeFileSync(path.join(__dirname, `${name}.json`), text);
}

// new URL(input, base)
const parse = [
  // normal forms, and nearly normal ones
  ['https://example.org'], ['https://example.org/'], ['http://example.org:8080/a/b?c=d#e'], ['http://example.org:80/'],
  ['https://example.org:443'], ['ws://h:80'], ['wss://h:443/x'], ['ftp://h:21/'], ['http://h:0/'], ['http://h:65535/'],
  ['http://h:65536/'], ['http://h:00080/'], ['http://h:8x/'], ['http://h:/'], ['HTTPS://EXAMPLE.org/PaTh'],
  ['http://h?'], ['http://h#'], ['http://h/?#'], ['http://h?q'], ['http://h#f'], ['http://h/x?#f'], ['http://h/a?b?c#d#e'],
  // slashes
  ['http:example.org'], ['http:/example.org'], ['http:\\\\h\\a\\b?c\\d#e\\f'], ['http:////h//a//b'], ['foo:\\\\h\\a'],
  ['foo://h\\a'], ['non-special:/a\\..\\b'],
  // credentials
  ['http://u@h/'], ['http://u:p@h/'], ['http://:p@h/'], ['http://u:@h/'], ['http://@h/'], ['http://:@h/'], ['http://u@v@h/'],
  ['http://u:p:q@h/'], ['http://a b:c/d@h/'], ['http://ü:[]|@h/'], ['http://u@/'], ['foo://u@/'], ['foo://u:p@h:1/x'],
  ['http://u:p@h/@x'], ['http://h/@x:y'],
  // dots
  ['http://h/a/./b'], ['http://h/a/../b'], ['http://h/../../b'], ['http://h/a/..'], ['http://h/a/.'], ['http://h/.../x'],
  ['http://h/%2e/%2E%2e/x'], ['http://h/a/%2e.'], ['http://h/.a'], ['http://h/a.'], ['foo:/a/../..//b'], ['foo:/..//b/c'],
  ['foo:/.//x'], ['http://h//..//x'],
  // encoding
  ['http://h/a b?c d#e f'], ['http://h/"<>`{}^|~?"<>`{}^|\'#"<>`{}^|\''], ['foo://h/"<>`{}^|?"<>`{}^|\'#"<>`{}'],
  ['http://h/%?%#%'], ['http://h/%zz%4'], ['http://h/ü中😀?ü#ü'], ['http://h/\ud800?\udc00#x\ud800'], ['http://h/\u0000\u001f\u007f'],
  ['  http://h/  '], ['\u0000http://h/\u001f'], ['ht\ttp://h\n/a\rb'], ['http://h/a\u00a0b'], ['\ufeffhttp://h/'],
  // hosts
  ['http://'], ['http://?x'], ['http:///h'], ['http://a_b.c-d/'], ['http://a..b/'], ['http://.a/'], ['http://a./'], ['http://a.b.'],
  ['http://a%41b/'], ['http://%C3%BC/'], ['http://%ff/'], ['http://a%00b/'], ['http://a b/'], ['http://a%20b/'], ['http://a<b/'],
  ['http://a|b/'], ['http://a^b/'], ['http://a!$&\'()*+,;=~b/'], ['http://ÜBER.example/'], ['http://faß.example/'],
  ['http://ｅｘａｍｐｌｅ。org/'], ['http://xn--tda/'], ['http://xn--/'], ['http://xn--a/'], ['http://xn--a-/'], ['http://XN--TDA/'],
  ['http://xn--xn--tda-m2a/'], ['http://\u00ad/'], ['http://a\u00adb/'], ['http://\u200d/'], ['http://אa/'], ['http://א1/'],
  ['http://☃.net/'], ['http://a\u0338/'], ['foo://ü h/'], ['foo://ü/'], ['foo://a%41b/'], ['foo://A/'], ['foo://a<b/'], ['foo:///x'], ['foo://'],
  ['foo://?x'], ['foo://h:80'], ['foo://:80/'],
  // addresses
  ['http://1.2.3.4/'], ['http://1.2.3/'], ['http://1.2/'], ['http://1/'], ['http://0x7f.1/'], ['http://017.1/'], ['http://08/'],
  ['http://0x/'], ['http://0xg/'], ['http://4294967295/'], ['http://4294967296/'], ['http://256.1.1.1/'], ['http://1.2.3.256/'],
  ['http://1.2.3.4.5/'], ['http://1.2.3.4./'], ['http://1..2/'], ['http://a.1/'], ['http://a.0x1/'], ['http://1.a/'], ['http://１２７.1/'],
  ['http://[::1]/'], ['http://[::]:80/'], ['http://[1:2:3:4:5:6:7:8]/'], ['http://[1::8]/'], ['http://[1:0:0:2:0:0:0:3]/'],
  ['http://[1:0:2:3:4:5:6:7]/'], ['http://[0001:00ab::]/'], ['http://[::1.2.3.4]/'], ['http://[::ffff:1.2.3.400]/'], ['http://[::1.2.3]/'],
  ['http://[::01.2.3.4]/'], ['http://[::1]x/'], ['http://[::1/'], ['http://::1/'], ['http://[]/'], ['http://[1:2:3:4:5:6:7::8]/'],
  ['http://[12345::]/'], ['http://[g::]/'], ['http://[:1]/'], ['http://[1:]/'], ['http://[::1%25e]/'], ['foo://[::A]:7/'],
  ['http://u@[::1]:8080/'],
  // files
  ['file:'], ['file:/'], ['file://'], ['file:///'], ['file:///a/b'], ['file://h/a'], ['file://localhost/a'], ['file://LOCALHOST/a'],
  ['file:a/b'], ['file:///C:/a/../..'], ['file:///C|/a'], ['file:C|/a'], ['file://C|/a'], ['file:///C|a/b'], ['file:///C:a/../b'],
  ['file:\\\\h\\a'], ['file:////h/a'], ['file://h:80/'], ['file://u@h/'], ['file:///a?b#c'], ['file:///%43:/..'], ['file://ü/'],
  ['file://[::1]/x'], ['file:?q'], ['file:#f'],
  // opaque paths
  ['mailto:a@b'], ['data:text/plain,a b'], ['data:x  ?y'], ['data:x  #y'], ['data:x  '], ['javascript:a/../b'], ['blob:https://h:8/u'],
  ['blob:ftp://h/u'], ['blob:x'], ['about:blank#x y'], ['a:'], ['a:b?c#d'], ['A+B-1.:x'], ['1a:x'], [':x'], ['a b:x'], ['data:ü\u0000'],
  // relative references
  ['', 'http://h/a/b?c#d'], ['x', 'http://h/a/b?c#d'], ['/x', 'http://h/a/b'], ['//x', 'http://h/a/b'], ['?x', 'http://h/a/b?c#d'],
  ['#x', 'http://h/a/b?c#d'], ['../x', 'http://h/a/b/c'], ['./', 'http://h/a/b'], ['..', 'http://h/a/b/'], ['\\x', 'http://h/a'],
  ['\\\\x', 'http://h/a'], ['/\\x', 'http://h/a'], ['http:x', 'http://h/a/b'], ['http:/x', 'http://h/a/b'], ['http:x', 'https://h/a/b'],
  ['https:x', 'http://h/a'], ['x:y', 'http://h/a'], ['/x/./y', 'http://h:81/a?b'], ['/x y', 'http://u:p@h/a'], ['/a?b#c', 'https://h:8443'],
  ['/a?b\'c', 'http://h'], ['/%2e%2e/a', 'http://h/b'], ['/a/.b/..c', 'http://h'], ['?', 'http://h/a?b'], ['#', 'http://h/a#b'],
  ['x', 'foo:/a/b'], ['//x', 'foo://h/a'], ['/x', 'foo://h/a'], ['x', 'foo://h'], ['..', 'foo://h'], ['\\x', 'foo://h/a'], ['?x', 'foo://h'],
  ['x', 'mailto:a'], ['', 'mailto:a'], ['#x', 'mailto:a'], ['x#y', 'mailto:a'], ['/x#y', 'mailto:a'],
  ['x', 'file:///a/b'], ['/x', 'file:///C:/a'], ['x', 'file:///C:/a'], ['..', 'file:///C:/a'], ['/D:/x', 'file:///C:/a'], ['D|', 'file:///C:/a/b'],
  ['//h2/x', 'file://h/a'], ['///x', 'file://h/a'], ['/x', 'file://h/C:/a'], ['?x', 'file://h/a'], ['#x', 'file://h/a'], ['', 'file:///a/b?c#d'],
  ['file:x', 'file:///a/b'], ['file:x', 'http://h/a'],
  ['x', 'y'], ['http://h/', 'y'], ['x', ''], ['', ''],
].map(([input, base]) => ({ input, base, want: attempt(() => parts(base === undefined ? new URL(input) : new URL(input, base))) }));
write('parse', parse);

// url[name] = value
const set = [
  ['http://h/', 'href', 'https://x/y'], ['http://h/', 'href', 'x'],
  ['http://h/', 'protocol', 'https'], ['http://h/', 'protocol', 'https:x'], ['http://h/', 'protocol', 'foo'], ['foo://h/', 'protocol', 'http'],
  ['foo://h/', 'protocol', 'b-a.r+1'], ['http://h:443/', 'protocol', 'https'], ['http://h/', 'protocol', ''], ['http://h/', 'protocol', '1x'],
  ['http://h/', 'protocol', 'file'], ['http://u@h/', 'protocol', 'file'], ['http://h:8/', 'protocol', 'file'], ['file:///x', 'protocol', 'http'],
  ['file://h/x', 'protocol', 'http'], ['http://h/', 'protocol', 'WS'], ['http://h/', 'protocol', 'w\ns'], ['foo://h:0/', 'protocol', 'bar'],
  ['http://h/', 'username', 'a b:@/'], ['http://u:p@h/', 'username', ''], ['http://u@h/', 'username', ''], ['file:///x', 'username', 'u'],
  ['mailto:x', 'username', 'u'], ['foo:///x', 'username', 'u'], ['http://h/', 'username', '\ttab'], ['http://h/', 'password', 'p@ss'],
  ['http://u:p@h/', 'password', ''], ['http://:p@h/', 'password', ''], ['file://h/', 'password', 'p'], ['http://h/', 'username', 'ü\ud800'],
  ['http://h:8/', 'host', 'x:9'], ['http://h:8/', 'host', 'x'], ['http://h:8/', 'host', 'x:80'], ['http://h:8/', 'host', 'x:'],
  ['http://h:8/', 'host', ':9'], ['http://h:8/', 'host', 'x:y'], ['http://h:8/', 'host', 'x:9y'], ['http://h:8/', 'host', 'x:65536'],
  ['http://h:8/', 'host', ''], ['http://h/', 'host', 'a/b'], ['http://h/', 'host', 'a?b'], ['http://h/', 'host', 'a\\b'], ['http://h/', 'host', 'a b'],
  ['http://h/', 'host', 'a@b'], ['http://h/', 'host', '[::1]:7'], ['http://h/', 'host', '[::1'], ['http://h/', 'host', '1.2'], ['http://h/', 'host', 'Ü'],
  ['foo://h/', 'host', ''], ['foo://h:1/', 'host', ''], ['foo://u@h/', 'host', ''], ['foo:/x', 'host', 'h'], ['foo:/x', 'host', ''],
  ['mailto:x', 'host', 'h'], ['file:///x', 'host', 'h'], ['file:///x', 'host', 'h:1'], ['file://h/x', 'host', ''], ['file://h/x', 'host', 'localhost'],
  ['foo://h/', 'host', 'A%41'], ['foo://h/', 'host', 'a\\b'], ['http://h/', 'host', 'a\tb'], ['https://h:8/', 'host', 'x:443'],
  ['http://h:8/', 'hostname', 'x'], ['http://h:8/', 'hostname', 'x:9'], ['http://h:8/', 'hostname', ''], ['http://h/', 'hostname', 'xn--'],
  ['http://h/', 'hostname', '0x7f000001'], ['http://h/', 'hostname', '[::2]'], ['foo://h/p', 'hostname', ''], ['file:///x', 'hostname', 'h/y'],
  ['http://h/', 'port', '9'], ['http://h:9/', 'port', ''], ['http://h:9/', 'port', '80'], ['http://h/', 'port', '9x'], ['http://h/', 'port', 'x9'],
  ['http://h/', 'port', '65536'], ['http://h/', 'port', '0009'], ['http://h:9/', 'port', '\t'], ['http://h:9/', 'port', '1\t2'], ['file://h/', 'port', '9'],
  ['foo:/x', 'port', '9'], ['foo://h/', 'port', '80'], ['http://h/', 'port', '-1'], ['http://h/', 'port', '9/x'],
  ['http://h/a', 'pathname', '/b/../c'], ['http://h/a', 'pathname', 'b'], ['http://h/a', 'pathname', ''], ['http://h/a?b#c', 'pathname', '?x#y'],
  ['http://h/a', 'pathname', 'x\\y'], ['foo://h/a', 'pathname', 'x\\y'], ['foo://h/a', 'pathname', ''], ['foo:/a', 'pathname', ''], ['foo:/a', 'pathname', '//b'],
  ['foo:/.//a', 'pathname', 'b'], ['mailto:x', 'pathname', 'y'], ['file:///a', 'pathname', '/C|/b'], ['file:///a', 'pathname', 'C:/..'], ['http://h/', 'pathname', 'a b\tü'],
  ['http://h/', 'pathname', '%2e%2E/x'], ['http://h/', 'pathname', '//x'],
  ['http://h/?a', 'search', '?b'], ['http://h/?a', 'search', 'b'], ['http://h/?a#c', 'search', ''], ['http://h/', 'search', '?'], ['http://h/', 'search', '??'],
  ['http://h/', 'search', 'a b\'#"'], ['foo://h/', 'search', 'a b\'#"'], ['data:x ?y', 'search', ''], ['mailto:x', 'search', 'a=b'], ['http://h/', 'search', 'a\nb'],
  ['http://h/#a', 'hash', '#b'], ['http://h/#a', 'hash', 'b'], ['http://h/#a', 'hash', ''], ['http://h/', 'hash', '#'], ['http://h/', 'hash', 'a b"<>`#'],
  ['data:x #y', 'hash', ''], ['javascript:x', 'hash', 'y'], ['http://h/', 'hash', 'a\u0000\n'],
].map(([input, name, value]) => {
  const u = new URL(input);
  return { input, name, value, want: attempt(() => { u[name] = value; return parts(u); }) };
});
write('set', set);

// url.parse(input, parseQuery, slashesDenoteHost)
const legacy = [
  ['http://user:pa%20ss@Example.ORG:8000/p/a/t/h?query=string#hash'], ['http://h'], ['http://h?'], ['http://h#'], ['http://h?#'], ['http://h:'], ['http://h:80'],
  ['http:'], ['http:/'], ['http://'], ['http:///x'], ['http:x/y'], ['HTTP://H/P'], ['//h/p'], ['//h/p', false, true], ['//u@h/p'], ['///h/p', false, true],
  ['/a/b?c=d&e', true], ['/a b?c"d'], ['/a b?c"d', true], ['a/b'], ['?a=b', true], ['#x'], ['/x', true], ['x', true], [''], ['  '], ['', true],
  ['  /x  '], ['\u00a0/x\ufeff'], ['a\\b?c\\d#e\\f'], ['http:\\\\h\\p'], ['/a\u3000b'], ['/@x'], ['/x?@y\''], ['/x#y\'z'],
  ['mailto:a@b.c?subject=x'], ['javascript://h/x?y#z \''], ['JavaScript:x y'], ['xmpp:u@h'], ['a:b'], ['1a:b'], ['coap:u@h/p'], ['urn:a:b:c'], ['unix:/x'],
  ['file:///a'], ['file://h/a'], ['file:a'], ['ws:x'], ['gopher://h'], ['foo://h'], ['foo:h/x'], ['foo:/x'],
  ['http://a@b@c/'], ['http://a@b?@c'], ['http://a%40b@c/'], ['http://%@c/'], ['http://a:b:c/x'], ['http://h:80:/x'], ['http://h:8x/'], ['http://h:/x'],
  ['http://a\'b/'], ['http://a{b/'], ['http://a%b/'], ['http://a b/'], ['http://a\tb\nc/'], ['http://a;b/c'], ['http://a_b/'], ['http://*.x/'],
  ['http://[::1]:8/x'], ['http://[FE80::1]/'], ['http://[::1'], ['http://[::1]x/'], ['http://[a b]/'], ['http://[::1%25e]/'], ['http://[x]'],
  ['http://Ünï.example/'], ['http://ΑΣ.example/'], ['http://xn--ü/'], ['http://a／b/'], ['http://a。b/'], ['http://\u00ad/'], ['http://\ud800/'], ['http://a\u0000b/'],
  [`http://${'a'.repeat(255)}/x`], [`http://${'a'.repeat(256)}/x`], [`http://${'a'.repeat(256)}:8/x`], ['http://u@/x'], ['http://@/x'],
  ['http://h/\u0000\u007f`|^{}<>"\''], ['http://h/ü?ü#ü'], ['http://h/?a=%zz&b=%C3%BC&a=2', true], ['http://h/?\ud800', true], ['http://h/a?b?c#d#e?f'],
  ['wss://h'], ['https://h/x;y?z=1;2', true], ['http://h/#a b'], ['http://1.2.3/'],
].map(([input, query = false, slashes = false]) => ({ input, query, slashes, want: attempt(() => url.parse(input, query, slashes)) }));
write('legacy', legacy);

// url.resolve(from, to)
const froms = ['/a/b/c', 'http://h/a/b?c#d', 'http://u:p@h:8/a/', 'http://h', 'mailto:l1@d1', 'foo:a/b', 'foo://h/a/b', 'file:///a/b', '', 'a/b', '.', '../..', '/', '?q', '#f', 'http:a', 'javascript:x'];
const tos = ['', 'x', './x', '../x', '../../../x', '/x', '/../x', '//x/y', '?x', '#x', '.', '..', './', '../', 'x/./y/../z', 'http://x', 'http:x', 'http:/x', 'https:a/b', 'https:', 'mailto:l2@d2', 'foo:x', 'foo://x', 'file:///x', 'file:x', 'u@x', '//u@x:9', 'x?y#z', '/', 'a:b', 'javascript:y', ' x', 'x/..', 'x/.'];
write('resolve', froms.flatMap((from) => tos.map((to) => ({ from, to, want: attempt(() => url.resolve(from, to)) }))));

// url.fileURLToPath, fileURLToPathBuffer
const files = ['file:///a/b%20c', 'file:///', 'file:///a%2fb', 'file:///a%2Fb', 'file:///a%5cb', 'file:///%ff', 'file:///%', 'file:///%E4%BD%A0?q#f', 'file://h/x', 'http://h/x', 'file:////x',
  'file:///C:/a/b', 'file:///c:', 'file:///C|/x', 'file:///1:/x', 'file:///C/x', 'file://xn--tda/share/x', 'file:///C:/%00'];
write('filepath', files.flatMap((input) => [false, true].map((windows) => ({
  input, windows,
  want: attempt(() => url.fileURLToPath(input, { windows })),
  bytes: attempt(() => url.fileURLToPathBuffer(input, { windows }).toString('hex')),
}))));

// url.pathToFileURL; the working directory is /base
process.cwd = () => '/base';
const paths = ['/a b', '/', 'a', 'a/', '/a/../b//c/', '', '/%#?[]|~^`{}"<>\\', '/\t\n\r', '/ü😀\ud800', 'C:\\a b\\c', 'C:\\a\\', 'C:/a/b/', 'c:x', '\\a', '\\\\s\\h\\a#', '\\\\s\\h', '\\\\s', '\\\\', '\\\\\\s\\x',
  '\\\\?\\UNC\\s\\h\\f', '//s/h/x', '\\\\ü\\h\\x'];
write('pathfile', paths.flatMap((input) => [false, true].map((windows) => ({ input, windows, want: attempt(() => url.pathToFileURL(input, { windows }).href) }))));

// url.domainToASCII, domainToUnicode
const domains = ['', 'example.org', 'EXAMPLE.org', 'español.com', '中文.com', 'xn--fiq228c.com', 'xn--iñvalid.com', 'xn--a', 'a b', 'a/b', 'a?b', 'a#b', 'a\\b', 'a:80', 'u@h', '[::1]', '1', '256.256', '%41', 'a\tb', 'ß', 'ẞ', 'İ', 'ς',
  '\u00ad', 'a\u200db', 'क\u094d\u200dष', 'א', 'אa', 'aא', '0א', 'א٠', 'א1٠', 'xn--4db', 'ü.', '..', '.ü', 'a。b', 'ｗｗｗ', '①', '⑴', '℀', '½', '\u0300a', '가', '\u1100\u1161', 'a\ud800'];
write('domain', domains.map((input) => ({ input, ascii: url.domainToASCII(input), unicode: url.domainToUnicode(input) })));

// url.format(url, options)
const hrefs = ['http://u:p@xn--tda.example:8/a?b#c', 'foo://xn--tda/?#', 'foo:/.//x?q', 'mailto:x?y#z', 'file://xn--tda/x'];
const options = [{}, { auth: false }, { fragment: false }, { search: false }, { unicode: true }, { auth: false, fragment: false, search: false, unicode: true }];
write('format', hrefs.flatMap((input) => options.map((o) => ({ input, options: o, want: url.format(new URL(input), o) }))));

// new URLSearchParams(query), its pairs and toString()
const queries = ['', '?', 'a=1&b=2', '?a=1', '??a=1', 'a', 'a=', '=a', '=', '&', '&&a&&', 'a=b=c', 'a+b=c+d', 'a%20b=%2B', '%zz=%', 'a=%C3%BC&b=ü', '%ff=%E4%B8', 'a=1&a=2', 'a;b', '%00=\u0000', 'x=~!*()\'-._', 'k=\ud800', '😀=😀', 'a=%F0%9F%98%80', '%3D=%26'];
write('query', queries.map((input) => { const p = new URLSearchParams(input); return { input, pairs: [...p], text: String(p) }; }));
