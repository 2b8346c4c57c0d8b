// writeHead: its forms, its checks, and how it joins what setHeader set.
'use strict';

const http = require('http');

const attempt = (label, run) => {
  try {
    const result = run();
    console.log(label, result instanceof http.ServerResponse ? 'res' : result);
  } catch (err) {
    console.log(label, err.name, err.code, err.message);
  }
};
const handlers = [
  (res) => res.writeHead(201),
  (res) => res.writeHead(202, 'Very Accepted'),
  (res) => res.writeHead(200, { 'X-A': '1', 'x-list': ['a', 'b'] }),
  (res) => res.writeHead(200, 'Fine', { 'X-A': '1' }),
  (res) => res.writeHead(200, ['X-A', '1', 'X-A', '2', 'X-B', '3']),
  (res) => res.writeHead(200, [['X-A', '1'], ['X-A', '2']]),
  (res) => { res.setHeader('X-A', 'set'); res.setHeader('X-B', 'set'); return res.writeHead(200, { 'x-a': 'head' }); },
  (res) => { res.setHeader('X-A', 'set'); return res.writeHead(200, ['X-A', 'head1', 'X-A', 'head2']); },
  (res) => { res.statusMessage = 'Mine'; return res.writeHead(404); },
  (res) => res.writeHead(299),
  (res) => res.writeHead(999),
  (res) => res.writeHead('200'),
  (res) => res.writeHead(200.9),
  (res) => res.writeHead(99),
  (res) => res.writeHead(1000),
  (res) => res.writeHead('abc'),
  (res) => res.writeHead(),
  (res) => res.writeHead(200, 'bad\nreason'),
  (res) => res.writeHead(200, { 'bad name': 'x' }),
  (res) => res.writeHead(200, { 'x': undefined }),
  (res) => res.writeHead(200, ['odd']),
  (res) => { res.writeHead(200); return res.writeHead(201); },
  (res) => { res.write('x'); return res.writeHead(201); },
  (res) => { res.statusCode = 9; return res.end(); },
  (res) => { res.statusCode = 404; res.statusMessage = 'bad\rmessage'; return res.end(); },
];
let number = 0;
const server = http.createServer((req, res) => {
  res.sendDate = false;
  attempt(number, () => handlers[number](res));
  number++;
  if (res.headersSent || res._header) {
    res.end();
  } else {
    try {
      res.statusCode = 200;
      res.statusMessage = undefined;
      res.end();
    } catch (err) {
      console.log(err.code);
      res.destroy();
    }
  }
});
server.listen(0, '127.0.0.1', function next() {
  if (number === handlers.length) return server.close();
  const req = http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => {
    console.log(res.statusCode, res.statusMessage, res.rawHeaders.join(','));
    res.resume();
    res.on('close', () => setImmediate(next));
  });
  req.on('error', (err) => { console.log(err.code); setImmediate(next); });
});
