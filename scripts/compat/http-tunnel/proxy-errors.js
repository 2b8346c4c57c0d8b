// A proxy whose origin fails: 502, and an origin that breaks off in the middle.
'use strict';

const http = require('http');
const net = require('net');

const origin = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.once('data', (head) => {
    if (String(head).includes('/drop')) socket.destroy();
    else { socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart'); setTimeout(() => socket.destroy(), 30); }
  });
});
const proxy = http.createServer((req, res) => {
  const out = http.request({ port: origin.address().port, host: '127.0.0.1', agent: false, path: req.url }, (answer) => {
    res.writeHead(answer.statusCode, answer.headers);
    answer.pipe(res);
    answer.on('error', (err) => { console.log('answer', err.code); res.destroy(err); });
  });
  out.on('error', (err) => {
    console.log('out', err.code, res.headersSent);
    if (!res.headersSent) { res.writeHead(502); res.end(err.code); }
  });
  req.pipe(out);
});
origin.listen(0, '127.0.0.1', () => proxy.listen(0, '127.0.0.1', () => {
  const get = (path, done) => {
    const req = http.get({ port: proxy.address().port, host: '127.0.0.1', agent: false, path }, (res) => {
      let text = '';
      res.on('data', (chunk) => { text += chunk; });
      res.on('error', (err) => console.log('client res', err.code));
      res.on('close', () => { console.log(res.statusCode, text, res.complete); done(); });
    });
    req.on('error', (err) => { console.log('client req', err.code); });
  };
  get('/drop', () => get('/part', () => { proxy.close(); origin.close(); }));
}));
