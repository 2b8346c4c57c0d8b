// Prints what Node answers, byte by byte, to the requests of answers_test.go:
//   node testdata/answers.js > testdata/answers.json
'use strict';

const http = require('http');
const net = require('net');

const handlers = {
  hello(req, res) {
    res.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': 13 });
    res.end('Hello, world!');
  },
  implicit(req, res) { res.end('x'); },
  empty(req, res) { res.end(); },
  chunked(req, res) { res.write('ab'); res.write('cde'); res.end('f'); },
  trailers(req, res) {
    res.setHeader('Trailer', 'X-Sum');
    res.write('ab');
    res.addTrailers({ 'X-Sum': '2' });
    res.end();
  },
  lists(req, res) {
    res.setHeader('X-A', ['1', '2']);
    res.setHeader('Set-Cookie', ['a=1', 'b=2']);
    res.appendHeader('x-a', '3');
    res.end();
  },
  merge(req, res) {
    res.setHeader('X-A', '1');
    res.setHeader('X-C', 'stays');
    res.writeHead(201, 'Made', { 'x-a': '2', 'X-B': '3' });
    res.end('y');
  },
  nocontent(req, res) { res.writeHead(204); res.end(); },
  notmodified(req, res) { res.writeHead(304, { ETag: '"1"' }); res.end(); },
  bare(req, res) {
    res.sendDate = false;
    res.removeHeader('connection');
    res.removeHeader('content-length');
    res.removeHeader('transfer-encoding');
    res.end('to the end');
  },
  close(req, res) { res.setHeader('Connection', 'close'); res.end('x'); },
  latin(req, res) { res.setHeader('X-L', 'caf\xe9'); res.end('caf\xe9'); },
  disposition(req, res) {
    res.setHeader('Content-Disposition', 'caf\xc3\xa9');
    res.setHeader('X-L', 'caf\xc3\xa9');
    res.end('x');
  },
  dispositionChunked(req, res) {
    res.writeHead(200, ['Content-Disposition', 'caf\xc3\xa9']);
    res.end('x');
  },
  dispositionLength(req, res) {
    res.writeHead(200, ['Content-Length', '1', 'content-disposition', 'caf\xc3\xa9']);
    res.end('x');
  },
  hints(req, res) { res.writeEarlyHints({ link: '</a.css>; rel=preload' }); res.end('x'); },
  processing(req, res) { res.writeProcessing(); res.end('x'); },
  flush(req, res) { res.flushHeaders(); res.end('x'); },
  corked(req, res) { res.cork(); res.write('ab'); res.write('cd'); res.uncork(); res.end(); },
  echo(req, res) { req.pipe(res); },
  raw(req, res) { res.end(JSON.stringify(req.rawHeaders)); },
  length(req, res) { res.setHeader('Content-Length', '3'); res.write('a'); res.end('bc'); },
  status(req, res) { res.statusCode = 404; res.statusMessage = 'Gone Fishing'; res.end(); },
  unknown(req, res) { res.statusCode = 599; res.end(); },
};

const H = 'Host: h\r\n';
const C = 'Connection: close\r\n';
const get = (name, more = '') => `GET /${name} HTTP/1.1\r\n${H}${more}\r\n`;
const last = (name, more = '') => get(name, C + more);

const requests = [
  ...Object.keys(handlers).filter((n) => n !== 'echo').map((n) => last(n)),
  get('hello') + last('implicit'),
  get('chunked') + get('nocontent') + last('empty'),
  `HEAD /implicit HTTP/1.1\r\n${H}${C}\r\n`,
  `HEAD /chunked HTTP/1.1\r\n${H}${C}\r\n`,
  'GET /hello HTTP/1.0\r\n\r\n',
  'GET /chunked HTTP/1.0\r\n\r\n',
  'GET /implicit HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /hello HTTP/1.0\r\n\r\n',
  `POST /echo HTTP/1.1\r\n${H}${C}Content-Length: 5\r\n\r\nabcde`,
  `POST /echo HTTP/1.1\r\n${H}${C}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3;x=y\r\ncde\r\n0\r\n\r\n`,
  `POST /echo HTTP/1.1\r\n${H}Content-Length: 0\r\n\r\n` + last('hello'),
  `POST /hello HTTP/1.1\r\n${H}Content-Length: 3\r\n\r\nabc` + last('hello'),
  `POST /echo HTTP/1.1\r\n${H}${C}Expect: 100-continue\r\nContent-Length: 2\r\n\r\nab`,
  `GET /hello HTTP/1.1\r\n${H}${C}Expect: something\r\n\r\n`,
  `GET /hello HTTP/1.1\r\n${C}\r\n`,
  `GET /hello HTTP/1.1\r\n${H}${C}Upgrade: none\r\n\r\n`,
  `GET /raw HTTP/1.1\r\nhost:h\r\nX-A: 1\r\nx-a:  2 \r\n${C}\r\n`,
  `GET /hello HTTP/1.1\r\n${H}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
  `GET /hello HTTP/1.1\r\n${H}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`,
  `POST /echo HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
  `GET /hello HTTP/1.1\r\n${H}X: ${'x'.repeat(17000)}\r\n\r\n`,
  `GET /hello HTTP/1.1\r\n${H}Bad Name: 1\r\n\r\n`,
  'NOPE\r\n\r\n',
  `GET /hello HTTP/9.9\r\n\r\n`,
  'CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n',
];

const server = http.createServer((req, res) => handlers[req.url.slice(1)](req, res));
server.listen(0, '127.0.0.1', async () => {
  const out = [];
  for (const request of requests) out.push({ request, answer: await ask(request) });
  server.close();
  console.log(JSON.stringify(out, null, 1));
});

function ask(request) {
  return new Promise((resolve) => {
    let answer = '';
    const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write(request, 'latin1'));
    socket.setEncoding('latin1');
    socket.on('data', (text) => { answer += text; });
    socket.on('error', (err) => { answer += `<${err.code}>`; });
    socket.on('close', () => resolve(answer.replace(/Date: [^\r]*/g, 'Date: <date>')));
  });
}
