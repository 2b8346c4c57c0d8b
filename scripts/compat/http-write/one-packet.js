// Headers and first chunk leave in one write; cork joins, flushHeaders splits.
'use strict';

const http = require('http');
const { Duplex } = require('stream');

function serve(label, handler) {
  const packets = [];
  const socket = new Duplex({
    read() {},
    write(chunk, encoding, callback) { packets.push(String(chunk)); callback(); },
    writev(chunks, callback) { packets.push(Buffer.concat(chunks.map((c) => c.chunk)).toString()); callback(); },
    final(callback) { callback(); },
  });
  const server = http.createServer((req, res) => { res.sendDate = false; handler(res); });
  server.emit('connection', socket);
  socket.push('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  socket.on('finish', () => console.log(label, packets));
}

serve('end only', (res) => res.end('body'));
serve('empty end', (res) => res.end());
serve('buffer', (res) => res.end(Buffer.from('body')));
serve('writeHead, end', (res) => { res.writeHead(200, { 'Content-Length': 4 }); res.end('body'); });
serve('write, end', (res) => { res.write('bo'); res.end('dy'); });
serve('write, later', (res) => { res.write('bo'); setImmediate(() => res.end('dy')); });
serve('write twice', (res) => { res.write('bo'); res.write('dy'); res.end(); });
serve('cork', (res) => { res.cork(); res.write('bo'); res.write('dy'); res.uncork(); res.end(); });
serve('cork without uncork', (res) => { res.cork(); res.write('bo'); res.write('dy'); res.end('!'); });
serve('flushHeaders', (res) => { res.flushHeaders(); setImmediate(() => res.end('body')); });
serve('latin1', (res) => res.end('caf\xe9', 'latin1'));
serve('utf8', (res) => res.end('café'));
serve('hex', (res) => { res.write('626f', 'hex'); res.end('ZHk=', 'base64'); });
