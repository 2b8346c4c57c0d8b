// Trailers: absent before end, split from headers, joined by the same rules.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  console.log('request', req.trailers, req.rawTrailers, req.complete);
  req.on('data', (chunk) => console.log('data', String(chunk), req.trailers));
  req.on('end', () => {
    console.log('end', req.trailers, req.rawTrailers, req.trailersDistinct, req.complete);
    console.log(req.headers['x-a']);
    res.writeHead(200, { 'Trailer': 'X-B', 'Transfer-Encoding': 'chunked' });
    res.write('body');
    res.addTrailers({ 'X-B': 'b', 'X-C': ['c1', 'c2'] });
    res.addTrailers([['X-D', 'd']]);
    try {
      res.addTrailers({ 'bad name': 'x' });
    } catch (err) {
      console.log(err.code);
    }
    try {
      res.addTrailers({ 'X-Bad': 'a\nb' });
    } catch (err) {
      console.log(err.code, err.message);
    }
    res.end();
  });
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.end('POST / HTTP/1.1\r\nHost: a\r\nX-A: header\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n' +
             '2\r\nab\r\n0\r\nX-A: trailer\r\nX-A: again\r\nContent-Type: text/a\r\nContent-Type: text/b\r\n\r\n');
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { console.log(JSON.stringify(answer)); server.close(); });
});
