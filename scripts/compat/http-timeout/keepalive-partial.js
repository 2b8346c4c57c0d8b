// What arrives between two requests puts the keep-alive timeout off, and only a
// whole head ends it.
'use strict';

const http = require('http');
const net = require('net');

const ways = {
  nothing: [],
  'empty lines': ['\r\n', '\r\n'],
  'part of a request line': ['G', 'E', 'T'],
  'part of a head': ['GET / HTTP/1.1\r\n', 'a: b\r\n'],
};

const server = http.createServer({ keepAliveTimeout: 200, keepAliveTimeoutBuffer: 0, headersTimeout: 60000 }, (req, res) => res.end('x'));
server.listen(0, '127.0.0.1', async () => {
  for (const [name, parts] of Object.entries(ways)) {
    await new Promise((resolve) => {
      let answers = 0;
      let sent = 0;
      const client = net.connect(server.address().port, '127.0.0.1', () => client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'));
      const drip = setInterval(() => { if (sent < parts.length) client.write(parts[sent++]); }, 100);
      client.on('data', () => answers++);
      client.on('end', () => {
        clearInterval(drip);
        console.log(`${name}: ${answers} answer, ${sent} parts sent before the server ended it`);
        resolve();
      });
    });
  }
  server.close();
});
