// The bytes that both sides send, frame by frame.
const http2 = require('http2');
const { duplexPair } = require('stream');
const types = ['DATA', 'HEADERS', 'PRIORITY', 'RST_STREAM', 'SETTINGS', 'PUSH_PROMISE', 'PING', 'GOAWAY', 'WINDOW_UPDATE', 'CONTINUATION', 'ALTSVC', 'x', 'ORIGIN'];
function frames(chunks, side) {
  let p = Buffer.concat(chunks);
  const out = [];
  if (p.subarray(0, 3).toString() === 'PRI') {
    out.push('preface');
    p = p.subarray(24);
  }
  while (p.length >= 9) {
    const n = p.readUIntBE(0, 3);
    const type = types[p[3]];
    const payload = p.subarray(9, 9 + n);
    const text = type === 'HEADERS' || type === 'PUSH_PROMISE' ? '' : type === 'DATA' ? payload.toString() : payload.toString('hex');
    out.push(`${type} flags=${p[4]} stream=${p.readUInt32BE(5)} ${text}`.trim());
    p = p.subarray(9 + n);
  }
  console.log(side);
  for (const x of out) console.log(' ', x);
}
const [a, b] = duplexPair();
const sent = { client: [], server: [] };
for (const [side, stream] of [['client', a], ['server', b]]) {
  const { write } = stream;
  stream.write = function (chunk, ...rest) {
    sent[side].push(Buffer.from(chunk));
    return write.call(this, chunk, ...rest);
  };
}
const server = http2.createServer({ settings: { maxConcurrentStreams: 3 } });
server.on('stream', (stream, headers) => {
  stream.additionalHeaders({ ':status': 103 });
  stream.session.altsvc('h2=":443"', stream.id);
  stream.respond({ a: 'b' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ t: '1' }));
  stream.write('one');
  stream.end('two');
});
server.emit('connection', b);
const client = http2.connect('http://localhost:80', { createConnection: () => a, settings: { enablePush: false } });
client.on('altsvc', (...args) => console.log('altsvc', args));
const req = client.request({ ':method': 'POST', ':path': '/x' });
req.end('up');
req.resume();
req.on('close', () => {
  client.ping(Buffer.from('abcdefgh'), () => {
    setTimeout(() => {
      frames(sent.client, 'client');
      frames(sent.server, 'server');
      client.destroy();
    }, 20);
  });
});
