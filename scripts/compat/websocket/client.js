// WebSocket against a hand-written server: handshake, frames both ways, closing, failures.
'use strict';

const net = require('net');
const { createHash } = require('crypto');

const server = net.createServer((c) => {
  let b = Buffer.alloc(0);
  let up = false;
  c.on('error', () => {});
  c.on('data', (d) => {
    b = Buffer.concat([b, d]);
    if (!up) {
      const i = b.indexOf('\r\n\r\n');
      if (i < 0) return;
      const head = b.subarray(0, i).toString();
      b = b.subarray(i + 4);
      up = true;
      log.push(head.replace(/:\d{4,5}/, ':P').replace(/(-key: ).*?\r/, '$1K\r').split('\r\n'));
      if (head.includes('/refused')) return c.end('HTTP/1.1 404 No\r\ncontent-length: 0\r\n\r\n');
      const key = /sec-websocket-key: (.*)/i.exec(head)[1].trim();
      const accept = head.includes('/accept') ? 'wrong' : createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      const protocol = head.includes('/protocol') ? '\r\nSec-WebSocket-Protocol: other' : head.includes('p1') ? '\r\nSec-WebSocket-Protocol: p1' : '';
      c.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}${protocol}\r\n\r\n`);
      if (head.includes('/masked')) c.write(Buffer.from([0x81, 0x80, 0, 0, 0, 0]));
      else if (head.includes('/closes')) c.write(Buffer.from([0x88, 5, 0x0b, 0xb8, 98, 121, 101]));
      else if (head.includes('/messages')) c.write(Buffer.from([0x81, 2, 104, 105, 0x82, 3, 1, 2, 3, 0x89, 1, 65, 0x01, 1, 97, 0x80, 1, 98]));
      else if (head.includes('/gone')) c.destroy();
    }
    while (b.length >= 6) {
      let n = b[1] & 127;
      let o = 2;
      if (n === 126) {
        n = b.readUInt16BE(2);
        o = 4;
      }
      if (b.length < o + 4 + n) return;
      const mask = b.subarray(o, o + 4);
      const payload = Buffer.from(b.subarray(o + 4, o + 4 + n)).map((x, j) => x ^ mask[j % 4]);
      log.push(`frame ${b[0].toString(16)} ${b[1] >> 7} ${n} ${payload.length < 50 ? payload.toString('latin1') : ''}`);
      const opcode = b[0] & 15;
      b = b.subarray(o + 4 + n);
      if (opcode === 8) c.end(Buffer.concat([Buffer.from([0x88, payload.length]), payload]));
    }
  });
});
let log;

const t = (n, f) => { try { console.log(n, f()); } catch (e) { console.log(n, e.name, e.code, e.message); } };
t('new', () => new WebSocket());
for (const args of [['ftp://x'], ['ws://x#a'], ['ws://127.0.0.1:1/', ['a', 'A']], ['ws://127.0.0.1:1/', 'a b']]) t('new', () => new WebSocket(...args));
t('constants', () => [WebSocket.CONNECTING, WebSocket.OPEN, WebSocket.prototype.CLOSED, WebSocket.length]);
t('this', () => WebSocket.prototype.send.call({}, 'x'));

server.listen(0, '127.0.0.1', async () => {
  const run = (path, protocols, f = () => {}) => new Promise((resolve) => {
    log = [];
    const w = new WebSocket(`ws://127.0.0.1:${server.address().port}${path}`, protocols);
    const note = (e) => log.push([e.type, e.constructor.name, e.data instanceof Blob ? `blob of ${e.data.size}` : e.data instanceof ArrayBuffer ? `buffer of ${e.data.byteLength}` : e.data, w.readyState, e.code, e.reason, e.wasClean].join());
    for (const type of ['open', 'message', 'error']) w.addEventListener(type, note);
    w.onclose = (e) => {
      note(e);
      console.log(path, w.protocol, w.extensions, log);
      resolve();
    };
    f(w);
  });
  await run('/messages', ['p1', 'p2'], (w) => {
    let n = 0;
    w.addEventListener('message', () => {
      if (++n < 3) return;
      w.send('text€');
      w.send(new Uint8Array([65, 66]));
      w.send('x'.repeat(200));
      log.push(w.bufferedAmount > 0);
      w.close(3001, 'bye');
    });
  });
  await run('/messages', [], (w) => {
    w.binaryType = 'arraybuffer';
    let n = 0;
    w.onmessage = () => ++n === 3 && w.close();
  });
  await run('/codes', [], (w) => w.addEventListener('open', () => {
    t('code', () => w.close(1));
    t('reason', () => w.close(3000, 'x'.repeat(124)));
    w.close();
  }));
  await run('/refused');
  await run('/protocol', ['q']);
  await run('/accept');
  await run('/gone');
  server.close();
});
