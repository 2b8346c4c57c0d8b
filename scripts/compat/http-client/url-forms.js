// http.request by string, URL, options, and combinations.
'use strict';

const http = require('http');
const url = require('url');

const server = http.createServer((req, res) => res.end(`${req.method} ${req.url} ${req.headers.authorization || '-'} ${req.headers['x-a'] || '-'}`));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const base = `http://127.0.0.1:${port}`;
  const forms = [
    [`${base}/a?b=c#d`],
    [new URL(`${base}/u?v=é`)],
    [`${base}/x`, { headers: { 'X-A': 'opt' } }],
    [new URL(`${base}/y`), { method: 'POST' }],
    [`${base}/w`, { path: '/override', port }],
    [{ port, hostname: '127.0.0.1', host: 'ignored', path: '/hostname' }],
    [`http://user:p%40ss@127.0.0.1:${port}/auth`],
    [{ port, host: '127.0.0.1', pathname: '/ignored', search: '?s' }],
    [Object.assign(new URL(`${base}/o`), {}), { path: '/p' }],
  ];
  (function next() {
    const form = forms.shift();
    if (!form) { http.globalAgent.destroy(); return server.close(); }
    http.request(...form, (res) => {
      res.setEncoding('utf8');
      let text = '';
      res.on('data', (chunk) => { text += chunk; });
      res.on('end', () => { console.log(text); next(); });
    }).end();
  })();
});
