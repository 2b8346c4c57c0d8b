// What a server does with a client that does not keep to the rules.
const http2 = require('http2');
const net = require('net');
const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const frame = (type, flags, stream, payload = Buffer.alloc(0)) => {
  const h = Buffer.alloc(9);
  h.writeUIntBE(payload.length, 0, 3);
  h[3] = type;
  h[4] = flags;
  h.writeUInt32BE(stream, 5);
  return Buffer.concat([h, payload]);
};
const settings = frame(4, 0, 0);
const get = Buffer.from('828684410161', 'hex'); // GET / over http, authority a
const cases = {
  'no preface': [Buffer.from('GET / HTTP/1.1\r\n\r\n')],
  'no settings': [preface, frame(6, 0, 0, Buffer.alloc(8))],
  'a frame too long': [preface, settings, frame(0, 0, 1, Buffer.alloc(16385))],
  'data on an idle stream': [preface, settings, frame(0, 0, 1, Buffer.from('x'))],
  'an even stream': [preface, settings, frame(1, 5, 2, get)],
  'a ping of seven bytes': [preface, settings, frame(6, 0, 0, Buffer.alloc(7))],
  'a window of nothing': [preface, settings, frame(8, 0, 0, Buffer.alloc(4))],
  'a window too large': [preface, settings, frame(8, 0, 0, Buffer.from('7fffffff', 'hex'))],
  'a bad setting': [preface, settings, frame(4, 0, 0, Buffer.from('000200000002', 'hex'))],
  'a push': [preface, settings, frame(5, 4, 1, Buffer.from('00000002', 'hex'))],
  'bad compression': [preface, settings, frame(1, 5, 1, Buffer.from('ffffffffffff', 'hex'))],
  'a continuation of nothing': [preface, settings, frame(9, 4, 1, get)],
  'headers in capitals': [preface, settings, frame(1, 5, 1, Buffer.concat([get, Buffer.from('4001410162', 'hex')]))],
  'no path': [preface, settings, frame(1, 5, 1, Buffer.from('82864101', 'hex').subarray(0, 2))],
  'data after the end': [preface, settings, frame(1, 5, 1, get), frame(0, 0, 1, Buffer.from('x'))],
  'a reset of nothing': [preface, settings, frame(3, 0, 9, Buffer.alloc(4))],
  'an unknown frame': [preface, settings, frame(200, 255, 1, Buffer.from('abc')), frame(1, 5, 1, get)],
  'a good request': [preface, settings, frame(1, 5, 1, get)],
  'too many settings': [preface, frame(4, 0, 0, Buffer.alloc(6 * 40, Buffer.from('000300000001', 'hex')))],
};
const types = ['DATA', 'HEADERS', 'PRIORITY', 'RST_STREAM', 'SETTINGS', 'PUSH_PROMISE', 'PING', 'GOAWAY', 'WINDOW_UPDATE', 'CONTINUATION'];
async function run(name, bytes) {
  const heard = [];
  const server = http2.createServer();
  const sockets = [];
  server.on('connection', (c) => sockets.push(c));
  server.on('session', (s) => s.on('error', (e) => heard.push(`session ${e.code} ${e.errno} ${e.message}`)));
  server.on('sessionError', (e) => heard.push(`sessionError ${e.code}`));
  server.on('stream', (stream, headers) => {
    heard.push(`stream ${headers[':method']}`);
    stream.on('error', (e) => heard.push(`stream ${e.code} ${e.message}`));
    stream.respond();
    stream.end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = net.connect(server.address().port, '127.0.0.1');
  const got = [];
  client.on('data', (d) => got.push(d));
  client.on('error', () => {});
  client.write(Buffer.concat(bytes));
  await new Promise((resolve) => {
    client.on('close', resolve);
    setTimeout(() => client.destroy(), 150);
  });
  for (const c of sockets) c.destroy();
  await new Promise((resolve) => server.close(resolve));
  console.log(name, heard);
  let p = Buffer.concat(got);
  while (p.length >= 9) {
    const n = p.readUIntBE(0, 3);
    if (p[3] === 3 || p[3] === 7) console.log('  ', types[p[3]], p.readUInt32BE(5), p.subarray(9, 9 + n).toString('hex'));
    p = p.subarray(9 + n);
  }
}
(async () => {
  for (const [name, bytes] of Object.entries(cases)) await run(name, bytes);
})();
