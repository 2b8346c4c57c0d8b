// write: encodings, callbacks, cork, errors after end and after destroy.
'use strict';

const net = require('net');

const server = net.createServer((socket) => {
  let text = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => { text += chunk; });
  socket.on('end', () => { console.log(JSON.stringify(text)); server.close(); });
});
server.listen(0, '127.0.0.1', () => {
  const socket = net.connect(server.address().port, '127.0.0.1');
  socket.on('error', (err) => console.log('error', err.code, err.message));
  socket.write('a', () => console.log('a'));
  socket.write('62', 'hex', () => console.log('b'));
  socket.write('Yw==', 'base64');
  socket.write('d', 'utf16le');
  socket.write('\xe9', 'latin1');
  socket.write(new Uint8Array([102]));
  socket.cork();
  socket.write('g', () => console.log('g'));
  socket.write('h', () => console.log('h'));
  console.log(socket.writableCorked, socket.writableLength);
  process.nextTick(() => socket.uncork());
  for (const bad of [5, null, {}, undefined]) {
    try {
      socket.write(bad);
    } catch (err) {
      console.log(err.name, err.code, err.message);
    }
  }
  setTimeout(() => {
    socket.end('!', () => console.log('end callback'));
    socket.write('late', (err) => console.log('late', err.code));
  }, 50);
});
