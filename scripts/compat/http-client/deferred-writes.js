// Writes before the connection are held and leave together; flushHeaders sends the head alone.
'use strict';

const http = require('http');
const net = require('net');
const { Duplex } = require('stream');

const packets = [];
const socket = new Duplex({
  read() {},
  write(chunk, encoding, callback) { packets.push(String(chunk)); callback(); },
  writev(chunks, callback) { packets.push(chunks.map((c) => String(c.chunk)).join('')); callback(); },
});
const req = http.request({ host: 'h', method: 'POST', createConnection: () => socket });
req.write('one');
console.log(packets, req.headersSent);
req.write('two', () => console.log('two is out'));
process.nextTick(() => console.log('tick', packets.length));
setImmediate(() => {
  console.log(packets);
  packets.length = 0;
  req.end('three');
  console.log(packets);
  socket.push('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
});
req.on('response', (res) => {
  res.on('data', (chunk) => console.log(String(chunk)));
  res.on('end', () => { console.log('end'); socket.destroy(); flush(); });
});
function flush() {
  const sent = [];
  const other = new Duplex({ read() {}, write(chunk, encoding, callback) { sent.push(String(chunk)); callback(); } });
  const second = http.request({ host: 'h', method: 'POST', createConnection: () => other });
  second.on('error', (err) => console.log(err.code));
  second.flushHeaders();
  setImmediate(() => { console.log(sent, second.headersSent); second.destroy(); });
}
