// ClientRequest: the timeout option and setTimeout emit timeout and destroy nothing.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => { if (req.url === '/answer') res.end('x'); });
server.listen(0, '127.0.0.1', () => {
  const options = { port: server.address().port, host: '127.0.0.1', agent: false };
  const runs = [
    ['option', () => http.get({ ...options, timeout: 50 })],
    ['setTimeout', () => { const req = http.get(options); console.log(req.setTimeout(50, () => console.log('callback')) === req); return req; }],
    ['twice', () => { const req = http.get({ ...options, timeout: 100000 }); req.setTimeout(50); return req; }],
    ['answered', () => http.get({ ...options, path: '/answer', timeout: 5000 })],
  ];
  (function next() {
    const run = runs.shift();
    if (!run) return server.close();
    const [label, make] = run;
    const req = make();
    req.on('socket', (socket) => console.log(label, 'socket', socket.timeout, req.timeout));
    req.on('timeout', () => { console.log(label, 'timeout', req.destroyed, req.socket.timeout); req.destroy(); });
    req.on('error', (err) => console.log(label, 'error', err.code, err.message));
    req.on('response', (res) => { console.log(label, 'response'); res.resume(); });
    req.on('close', () => { console.log(label, 'close'); next(); });
  })();
});
