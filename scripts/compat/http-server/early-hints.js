// writeContinue, writeProcessing and writeEarlyHints before the answer.
'use strict';

const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => {
  res.sendDate = false;
  res.writeProcessing(() => console.log('processing sent'));
  res.writeContinue();
  res.writeEarlyHints({ 'link': '</style.css>; rel=preload; as=style', 'x-trace': 'id' }, () => console.log('hints sent'));
  res.writeEarlyHints({ 'link': ['</a.css>; rel=preload', '</b.css>; rel=preload'] });
  for (const hints of [{}, { link: '' }, { link: 'nonsense' }, undefined]) {
    try {
      res.writeEarlyHints(hints);
      console.log('no error');
    } catch (err) {
      console.log(err.code, err.message);
    }
  }
  res.end('done');
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  let answer = '';
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  socket.on('data', (chunk) => { answer += chunk; });
  socket.on('close', () => { console.log(answer.split('\r\n')); server.close(); });
});
