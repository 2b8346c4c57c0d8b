// server.close: idle connections go at once, busy ones finish; closing twice is an error.
'use strict';

const http = require('http');
const net = require('net');

let held;
const server = http.createServer((req, res) => {
  res.sendDate = false;
  if (req.url === '/hold') {
    held = res;
    begin();
  } else {
    res.end('idle');
  }
});
let idleClosed = false;
server.listen(0, '127.0.0.1', () => {
  const idle = net.connect(server.address().port, '127.0.0.1');
  idle.write('GET /idle HTTP/1.1\r\nHost: a\r\n\r\n');
  idle.once('data', () => {
    const busy = net.connect(server.address().port, '127.0.0.1');
    let answer = '';
    busy.write('GET /hold HTTP/1.1\r\nHost: a\r\n\r\n');
    busy.on('data', (chunk) => { answer += chunk; });
    busy.on('close', () => console.log('busy closed', JSON.stringify(answer)));
  });
  idle.on('close', () => { idleClosed = true; held.end('late'); });
});
function begin() {
  console.log(server.listening, server.close((err) => console.log('closed', err, idleClosed)) === server, server.listening);
  server.close((err) => console.log('second', err.code, err.message));
  server.on('close', () => console.log('close event'));
}
