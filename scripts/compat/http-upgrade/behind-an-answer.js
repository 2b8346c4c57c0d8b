// An upgrade that follows another answer is none: the connection is not to be
// trusted. What may come before one are informational answers.
'use strict';
const http = require('http');
const net = require('net');

const upgrade = 'HTTP/1.1 101\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n';
const answers = [
  'HTTP/1.1 204\r\n\r\n' + upgrade,
  'HTTP/1.1 304\r\n\r\n' + upgrade,
  'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nab' + upgrade + 'more',
  'HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n' + upgrade,
  'HTTP/1.1 204\r\n\r\nHTTP/1.1 200 OK\r\n\r\n',
  'HTTP/1.1 100\r\n\r\n' + upgrade + 'rest',
  upgrade + 'x',
];

async function ask(method, listen, answer) {
  console.log('---', method, listen, JSON.stringify(answer));
  const server = net.createServer((c) => {
    c.on('error', () => {});
    c.once('data', () => c.end(answer));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const agent = new http.Agent({ keepAlive: true });
  const req = http.request({
    port: server.address().port, host: '127.0.0.1', agent, method, path: method === 'CONNECT' ? 'a:1' : '/',
    headers: { Connection: 'Upgrade', Upgrade: 'other' },
  }, (res) => {
    console.log('response', res.statusCode);
    res.on('data', (d) => console.log('data', String(d))).on('end', () => console.log('end'));
    res.on('aborted', () => console.log('aborted')).on('error', (err) => console.log('response error', err.code));
  });
  if (listen) {
    for (const event of ['upgrade', 'connect']) {
      req.on(event, (res, socket, head) => {
        console.log(event, res.statusCode, String(head));
        socket.destroy();
      });
    }
  }
  req.on('information', (i) => console.log('information', i.statusCode)).on('error', (err) => console.log('error', err.code)).end();
  await new Promise((done) => req.on('close', done));
  console.log('close');
  await new Promise((done) => setTimeout(done, 20));
  agent.destroy();
  await new Promise((done) => server.close(done));
}

(async () => {
  for (const method of ['GET', 'CONNECT', 'POST'])
    for (const listen of [true, false])
      for (const answer of answers) await ask(method, listen, answer);
})();
