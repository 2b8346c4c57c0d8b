// Prints what happens to a client that gets the answers of client_test.go:
//   node testdata/clients.js > testdata/clients.json
'use strict';

const http = require('http');
const net = require('net');

const answers = {
  length: ['GET', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\nx-a: 2\r\n\r\nabcde'],
  chunked: ['GET', 'HTTP/1.1 200 Fine\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\nX-Sum: 5\r\n\r\n'],
  'to the end': ['GET', 'HTTP/1.1 200 OK\r\n\r\nabc'],
  'HTTP/1.0': ['GET', 'HTTP/1.0 200 OK\r\n\r\nabc'],
  'no content': ['GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
  head: ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'],
  'not modified': ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
  hints: ['GET', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx'],
  continue: ['POST', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx'],
  cookies: ['GET', 'HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n'],
  nothing: ['GET', ''],
  'half a head': ['GET', 'HTTP/1.1 200 OK\r\nContent-'],
  'half a body': ['GET', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab'],
  'half a chunk': ['GET', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab'],
  'no answer': ['GET', 'hello\r\n\r\n'],
  'two lengths': ['GET', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
  'bad chunk': ['GET', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  upgrade: ['GET', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nraw'],
};

async function run(method, answer) {
  const log = [];
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer, 'latin1'));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => {
    const req = http.request({ host: '127.0.0.1', port, method, agent: false, path: '/p', headers: { 'X-B': ['1', '2'] } }, (res) => {
      log.push(`response ${res.httpVersion} ${res.statusCode} ${res.statusMessage} ${JSON.stringify(res.headers)}`);
      let body = '';
      res.on('data', (chunk) => { body += chunk; });
      res.on('aborted', () => log.push('aborted'));
      res.on('error', (err) => log.push(`res error ${err.code} ${err.message}`));
      res.on('end', () => log.push(`end ${JSON.stringify(body)} ${JSON.stringify(res.rawTrailers)} complete ${res.complete}`));
      res.on('close', () => log.push(`res close complete ${res.complete}`));
    });
    req.on('continue', () => log.push('continue'));
    req.on('information', (info) => log.push(`information ${info.statusCode}`));
    req.on('upgrade', (res, socket, head) => { log.push(`upgrade ${res.statusCode} ${head}`); socket.destroy(); });
    req.on('finish', () => log.push('finish'));
    req.on('error', (err) => log.push(`error ${err.code} ${err.message}`));
    req.on('close', () => { log.push('close'); setImmediate(resolve); });
    req.end(method === 'POST' ? 'body' : undefined);
  });
  server.close();
  return log;
}

(async () => {
  const out = [];
  for (const [name, [method, answer]] of Object.entries(answers)) out.push({ name, method, answer, log: await run(method, answer) });
  console.log(JSON.stringify(out, null, 1));
})();
