// What http.request throws at once.
'use strict';

const http = require('http');

const attempt = (label, run) => {
  try {
    const req = run();
    console.log(label, 'made', req.method, req.path, req.host, req.getHeader('host'));
    req.on('error', () => {});
    req.destroy();
  } catch (err) {
    console.log(label, err.name, err.code, err.message);
  }
};
const base = { host: '127.0.0.1', port: 1 };
const runs = {
  'bad url': () => http.request('nonsense'),
  'https url': () => http.request('https://127.0.0.1/'),
  'ftp': () => http.request({ ...base, protocol: 'ftp:' }),
  'path with space': () => http.request({ ...base, path: '/a b' }),
  'path with newline': () => http.request({ ...base, path: '/a\nb' }),
  'path with unicode': () => http.request({ ...base, path: '/é' }),
  'path with control': () => http.request({ ...base, path: '/a\u0001' }),
  'method number': () => http.request({ ...base, method: 5 }),
  'method with space': () => http.request({ ...base, method: 'GE T' }),
  'method lower': () => http.request({ ...base, method: 'post' }),
  'method unknown': () => http.request({ ...base, method: 'FOO' }),
  'method empty': () => http.request({ ...base, method: '' }),
  'method null': () => http.request({ ...base, method: null }),
  'header name': () => http.request({ ...base, headers: { 'a b': 'c' } }),
  'header value': () => http.request({ ...base, headers: { a: 'b\r\nc: d' } }),
  'header undefined': () => http.request({ ...base, headers: { a: undefined } }),
  'headers array': () => http.request({ ...base, headers: ['A', 'b', 'Host', 'h'] }),
  'agent': () => http.request({ ...base, agent: 'x' }),
  'agent null': () => http.request({ ...base, agent: null }),
  'host type': () => http.request({ ...base, host: 5 }),
  'hostname object': () => http.request({ hostname: {} }),
  'timeout': () => http.request({ ...base, timeout: 'x' }),
  'maxHeaderSize': () => http.request({ ...base, maxHeaderSize: 'x' }),
  'insecureHTTPParser': () => http.request({ ...base, insecureHTTPParser: 'x' }),
  'joinDuplicateHeaders': () => http.request({ ...base, joinDuplicateHeaders: 1 }),
  'port': () => http.request({ host: '127.0.0.1', port: 70000 }),
  'expect header': () => http.request({ ...base, headers: { expect: 'x' } }),
  'setHost': () => http.request({ ...base, setHost: false }),
  'url object': () => http.request(new URL('http://u:p@127.0.0.1:1/x?y#z')),
  'url string and options': () => http.request('http://127.0.0.1:1/x', { method: 'PUT', path: '/z' }),
  'ipv6': () => http.request('http://[::1]:1/'),
  'default port': () => http.request({ host: '127.0.0.1', defaultPort: 1 }),
};
for (const [label, run] of Object.entries(runs)) attempt(label, run);
