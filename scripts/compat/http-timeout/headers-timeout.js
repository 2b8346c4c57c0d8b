// headersTimeout: a head that does not end gets 408, a whole one does not.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer({ headersTimeout: 100, requestTimeout: 0, connectionsCheckingInterval: 20 }, (req, res) => {
  console.log('request');
  setTimeout(() => res.end('slow answer'), 250);
});
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  const slow = net.connect(port, '127.0.0.1');
  let answer = '';
  slow.write('GET / HTTP/1.1\r\nHost: a\r\n');
  slow.on('data', (chunk) => { answer += chunk; });
  slow.on('error', () => {});
  slow.on('close', () => {
    console.log(JSON.stringify(answer));
    const good = net.connect(port, '127.0.0.1');
    answer = '';
    good.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    good.on('data', (chunk) => { answer += chunk; });
    good.on('close', () => { console.log(answer.endsWith('slow answer')); server.close(); });
  });
});
