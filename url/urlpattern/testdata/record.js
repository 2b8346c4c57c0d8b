'use strict';
// Writes what Node does with the cases below to match.json, which the Go tests
// read: node --no-warnings record.js

const fs = require('fs');
const path = require('path');

const names = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];

// [pattern or parts, base or undefined, ignoreCase, inputs…]
const cases = [
  ['https://example.org/users/:id', undefined, false, 'https://example.org/users/7', 'https://example.org/users/7/x', 'http://example.org/users/7', 'https://example.org:444/users/7'],
  ['https://*.example.org/*', undefined, false, 'https://a.example.org/', 'https://a.b.example.org/x/y', 'https://example.org/'],
  ['http{s}?://:host/(\\d+)', undefined, false, 'http://h/1', 'https://h/23', 'https://h/x'],
  ['/a/:b', 'https://h:8443/x?y#z', false, 'https://h:8443/a/b', 'https://h:8443/a/b?c'],
  ['?q=:q', 'https://h/p', false, 'https://h/p?q=1', 'https://h/p'],
  ['#:h', 'https://h/p?q', false, 'https://h/p?q#x'],
  ['data\\:foo*', undefined, false, 'data:foobar', 'data:bar'],
  ['https://u:p@h/', undefined, false, 'https://u:p@h/', 'https://h/'],
  ['https://[\\:\\:1]/', undefined, false, 'https://[::1]/'],
  ['https://h:*/', undefined, false, 'https://h/', 'https://h:8/'],
  ['foo', undefined, false], ['https://{', undefined, false], ['https://(', undefined, false], ['/x', 'bad', false],
  [{}, undefined, false, 'http://any/thing', {}, { protocol: 'x' }],
  [{ pathname: '/:a/:b?' }, undefined, false, 'http://h/1', 'http://h/1/2', 'http://h/1/2/3', { pathname: '/x' }],
  [{ pathname: '/:a+' }, undefined, false, 'http://h/1/2/3', 'http://h/'],
  [{ pathname: '/:a*' }, undefined, false, 'http://h', 'http://h/x/y', 'http://h/'],
  [{ pathname: '/a{/b}?' }, undefined, false, 'http://h/a', 'http://h/a/b'],
  [{ pathname: '/(a|b)/*' }, undefined, false, 'http://h/a/x', 'http://h/c/x'],
  [{ pathname: '/:a(x+)-:b' }, undefined, false, 'http://h/xx-y'],
  [{ pathname: '/{:a-}b' }, undefined, false, 'http://h/1-b'],
  [{ pathname: '*{a}' }, undefined, false, 'http://h/xa'],
  [{ pathname: '(.*)?' }, undefined, false, { pathname: '' }, { pathname: 'x' }],
  [{ pathname: '/ü b' }, undefined, false, 'http://h/ü b'],
  [{ pathname: '/FOO', search: 'Q', hash: 'H', hostname: 'HOST' }, undefined, true, 'http://host/foo?q#h', 'http://host/Foo?Q#H'],
  [{ pathname: '/foo' }, undefined, false, 'http://h/FOO'],
  [{ protocol: 'http{s}?', port: '80' }, undefined, false, 'http://h/', 'https://h/'],
  [{ protocol: 'http', port: '80' }, undefined, false, 'http://h/', 'http://h:81/'],
  [{ hostname: '{*.}?example.org' }, undefined, false, 'http://example.org', 'http://www.example.org'],
  [{ hostname: 'BÜCHER.example' }, undefined, false, 'http://bücher.example/'],
  [{ hostname: '[::AB]' }, undefined, false, 'http://[::ab]/'],
  [{ search: '?a=:v', hash: '#:x' }, undefined, false, 'http://h/?a=1#2'],
  [{ baseURL: 'https://u:p@h:9/a/b?c#d', pathname: 'x' }, undefined, false, 'https://h:9/a/x', 'https://h:9/a/x?q'],
  [{ baseURL: 'https://h/a*b', search: 'q' }, undefined, false, 'https://h/a*b?q'],
  [{ protocol: 'foo', pathname: 'a/:b' }, undefined, false, 'foo:a/b', { protocol: 'foo', pathname: 'a/c' }],
  [{ pathname: ':a:b' }, undefined, false], [{ pathname: '/:a/:a' }, undefined, false], [{ pathname: '(?x)' }, undefined, false], [{ pathname: '((x))' }, undefined, false],
  [{ pathname: '{a' }, undefined, false], [{ pathname: '()' }, undefined, false], [{ pathname: '(ü)' }, undefined, false], [{ pathname: '\\' }, undefined, false], [{ pathname: '/:\u00e9' }, undefined, false, 'http://h/x'],
  [{ protocol: 'a b' }, undefined, false], [{ port: 'x' }, undefined, false], [{ hostname: 'a b' }, undefined, false], [{ baseURL: 'bad' }, undefined, false], [{ hash: '([^/]+?)' }, undefined, false],
];

const rows = cases.map(([input, base, ignoreCase, ...inputs]) => {
  const row = { input, base, ignoreCase };
  let p;
  try {
    p = base === undefined ? new URLPattern(input, { ignoreCase }) : new URLPattern(input, base, { ignoreCase });
  } catch (e) {
    return { ...row, error: e.code };
  }
  row.patterns = names.map((n) => p[n]);
  row.custom = p.hasRegExpGroups;
  row.matches = inputs.map((i) => {
    const m = p.exec(i);
    return { input: i, match: m && names.map((n) => ({ input: m[n].input, groups: Object.fromEntries(Object.entries(m[n].groups).map(([k, v]) => [k, v ?? null])) })) };
  });
  return row;
});
fs.writeFileSync(path.join(__dirname, 'match.json'), `[\n${rows.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`);
