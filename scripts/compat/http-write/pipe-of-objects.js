// Strings, bytes and other values that an object stream pipes into a message:
// their lengths are counted in bytes, and what is no body ends the connection.
const http = require('http');
const net = require('net');
const { Readable } = require('stream');

const ask = (list) => new Promise((done) => {
  const server = http.createServer((req, res) => Readable.from(list).on('error', (e) => { console.log(e.code, e.message); res.destroy(); }).pipe(res));
  server.listen(0, '127.0.0.1', () => {
    let text = '';
    const c = net.connect(server.address().port, '127.0.0.1');
    c.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    c.on('data', (d) => { text += d; });
    c.on('close', () => { console.log(JSON.stringify(text.split('\r\n\r\n').slice(1).join('|'))); server.close(done); });
  });
});

(async () => {
  await ask(['one ', 'two ', 'thr\u00e9e']);
  await ask(['a', '', 'b']);
  await ask([Buffer.from('x'), 'y', new Uint8Array([65])]);
  await ask(['a', 5]);
  await ask([{ a: 1 }]);
})();
