'use strict';
const http = require('http');
const net = require('net');
const { run } = require('./lib');
const { WebSocket, WebSocketServer, createWebSocketStream } = require('ws');
run(async () => {
  const server = http.createServer((req, res) => res.end('plain http'));
  const wss = new WebSocketServer({ server, path: '/ws', perMessageDeflate: { threshold: 100 }, maxPayload: 1 << 20, handleProtocols: (p) => (p.has('chat') ? 'chat' : false) });
  wss.on('connection', (ws, req) => {
    ws.on('message', (data, binary) => {
      const text = data.toString();
      if (text === 'close') ws.close(4001, 'asked');
      else if (text === 'terminate') ws.terminate();
      else if (text === 'ping') ws.ping('payload');
      else ws.send(data, { binary });
    });
    ws.on('pong', (d) => ws.send('pong ' + d));
    ws.on('error', (e) => console.log('server error', e.code, e.message));
  });
  await new Promise((r) => server.listen(0, '127.0.0.1', r));
  const url = `ws://127.0.0.1:${server.address().port}/ws`;
  const open = (...a) => new Promise((resolve, reject) => { const c = new WebSocket(...a); c.on('open', () => resolve(c)).on('error', reject); });
  const next = (c) => new Promise((resolve) => c.once('message', (d, b) => resolve([b, d])));
  const closed = (c) => new Promise((resolve) => c.once('close', (code, reason) => resolve([code, reason.toString()])));
  const c = await open(url, ['chat', 'other']);
  console.log('open', c.protocol, c.extensions, c.readyState, c.binaryType);
  for (const m of ['short', 'ü'.repeat(70), 'x'.repeat(70000), '']) {
    c.send(m);
    const [b, d] = await next(c);
    console.log('text', b, d.length, d.toString() === m);
  }
  for (const m of [Buffer.from([1, 2, 3]), Buffer.alloc(200000, 7), new Uint16Array([256, 1]), new ArrayBuffer(5)]) {
    c.send(m);
    const [b, d] = await next(c);
    console.log('binary', b, d.length);
  }
  c.send('frag', { fin: false });
  c.send('mented', { fin: true });
  console.log('fragments', (await next(c))[1].toString());
  c.send('ping');
  console.log((await next(c))[1].toString());
  c.binaryType = 'arraybuffer';
  c.send(Buffer.from('ab'));
  console.log((await next(c))[1]);
  c.addEventListener('message', (e) => console.log('event', e.type, e.data, e.target === c), { once: true });
  c.send('evented');
  await next(c);
  c.send('close');
  console.log('closed', await closed(c), c.readyState);
  try { new WebSocket('nonsense'); } catch (e) { console.log(e.name, e.message); }
  c.send('late', (e) => console.log('late', e.message));
  const t = await open(url, { perMessageDeflate: false });
  console.log('extensions', JSON.stringify(t.extensions));
  t.send('terminate');
  console.log('terminated', await closed(t));
  await open(url.replace('/ws', '/other')).catch((e) => console.log('path', e.message));
  await open(url.replace(/:\d+/, ':1')).catch((e) => console.log('refused', e.code));
  const big = await open(url);
  big.on('error', (e) => console.log('client error', e.code));
  big.send(Buffer.alloc((1 << 20) + 1, 1));
  console.log('too big', await closed(big));
  // Bytes that are no frame.
  const raw = net.connect(server.address().port, '127.0.0.1');
  raw.write('GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n');
  await new Promise((r) => raw.once('data', (d) => { console.log(d.toString().split('\r\n').filter((l) => /^(HTTP|Sec)/.test(l))); r(); }));
  raw.write(Buffer.from([0x81, 0x01, 0x41]));
  await new Promise((r) => raw.once('data', (d) => { console.log(d); r(); }));
  raw.destroy();
  // A duplex over a connection.
  const d = createWebSocketStream(await open(url), { encoding: 'utf8' });
  let got = '';
  d.on('data', (x) => { got += x; if (got.length === 30000) d.end(); });
  for (let i = 0; i < 3; i++) d.write('y'.repeat(10000));
  await new Promise((r) => d.on('close', r));
  console.log('duplex', got.length);
  // Broadcast.
  const clients = await Promise.all([open(url), open(url), open(url)]);
  const answers = Promise.all(clients.map(next));
  console.log('clients', wss.clients.size);
  wss.clients.forEach((x) => x.send('to all'));
  console.log((await answers).map((a) => a[1].toString()));
  clients.forEach((x) => x.close());
  await Promise.all(clients.map(closed));
  wss.close();
  await new Promise((r) => server.close(r));
});
