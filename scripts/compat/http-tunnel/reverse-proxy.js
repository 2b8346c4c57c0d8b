// A reverse proxy by two pipes: method, path, headers, body and status go through.
'use strict';

const http = require('http');

const origin = http.createServer((req, res) => {
  let body = '';
  req.on('data', (chunk) => { body += chunk; });
  req.on('end', () => {
    res.writeHead(201, 'Made', { 'X-Origin': 'yes', 'Content-Type': 'text/plain' });
    res.end(`${req.method} ${req.url} ${req.headers['x-client']} ${req.headers['x-forwarded']} ${body.length}`);
  });
});
const proxy = http.createServer((req, res) => {
  const out = http.request({
    port: origin.address().port, host: '127.0.0.1', agent, method: req.method, path: req.url,
    headers: { ...req.headers, 'X-Forwarded': 'by proxy' },
  }, (answer) => {
    res.writeHead(answer.statusCode, answer.statusMessage, answer.headers);
    answer.pipe(res);
  });
  req.pipe(out);
});
const agent = new http.Agent({ keepAlive: true });
origin.listen(0, '127.0.0.1', () => proxy.listen(0, '127.0.0.1', () => {
  const get = (method, body, done) => {
    const req = http.request({ port: proxy.address().port, host: '127.0.0.1', agent: false, method, path: `/${method}`, headers: { 'X-Client': 'c' } }, (res) => {
      let text = '';
      res.on('data', (chunk) => { text += chunk; });
      res.on('end', () => { console.log(res.statusCode, res.statusMessage, res.headers['x-origin'], text); done(); });
    });
    req.end(body);
  };
  get('GET', undefined, () => get('POST', 'x'.repeat(200000), () => get('PUT', 'y', () => {
    agent.destroy();
    proxy.close();
    origin.close();
  })));
}));
