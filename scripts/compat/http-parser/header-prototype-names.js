// Header names that are names of Object.prototype. (headersDistinct and trailersDistinct are asked
// without constructor and __proto__ among them: with these, Node 24.12.0 throws.)
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  req.resume();
  req.on('end', () => {
    const parts = req.url === '/mild' ? ['headers', 'headersDistinct', 'trailers', 'trailersDistinct'] : ['headers', 'trailers'];
    for (const part of parts) {
      const table = req[part];
      console.log(req.url, part, Object.keys(table).join(' '), Object.getPrototypeOf(table) === Object.prototype,
                  Object.getPrototypeOf(table) === null, Object.keys(table).includes('constructor') && table.constructor, Object.hasOwn(table, '__proto__'));
    }
    console.log({}.polluted, req.rawHeaders);
    res.end();
  });
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  const mild = 'toString: t\r\ntoString: u\r\nhasOwnProperty: h\r\n';
  const names = 'constructor: c\r\nconstructor: d\r\n';
  const proto = '__proto__: polluted\r\n__proto__: again\r\n';
  for (const [url, lines] of [['/mild', mild], ['/names', mild + names], ['/proto', mild + names + proto]]) {
    socket.write(`POST ${url} HTTP/1.1\r\nHost: a\r\n${lines}Transfer-Encoding: chunked\r\n\r\n0\r\n${lines}\r\n`);
  }
  socket.end('GET /mild HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  socket.resume();
  socket.on('close', () => server.close());
});
