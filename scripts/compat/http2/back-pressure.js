// A body much larger than the windows, piped through a slow reader; a pipe in both directions.
const http2 = require('http2');
const { Readable, Writable, pipeline } = require('stream');
const crypto = require('crypto');
const total = 3_000_000;
function source() {
  let left = total;
  return new Readable({ read() {
    if (left <= 0) return this.push(null);
    const n = Math.min(left, 50_000);
    left -= n;
    this.push(Buffer.alloc(n, left & 0xff));
  } });
}
const digest = () => {
  const h = crypto.createHash('sha1');
  let n = 0;
  return { sink: new Writable({ highWaterMark: 1000, write(chunk, _, cb) {
    h.update(chunk);
    n += chunk.length;
    setImmediate(cb);
  } }), done: () => `${n} ${h.digest('hex')}` };
};
const server = http2.createServer();
server.on('stream', (stream, headers) => {
  stream.respond();
  if (headers[':path'] === '/echo') pipeline(stream, stream, () => console.log('echo'));
  else pipeline(source(), stream, () => { if (headers[':path'] === '/') console.log('served'); });
});
server.listen(0, '127.0.0.1', async () => {
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  for (const p of ['/', '/echo']) {
    const req = client.request({ ':path': p, ':method': 'POST' });
    const d = digest();
    if (p === '/echo') pipeline(source(), req, (e) => console.log('sent', e && e.code));
    else req.end();
    await new Promise((resolve) => pipeline(req, d.sink, (e) => {
      console.log('read', e && e.code, d.done());
      resolve();
    }));
  }
  const paused = client.request({ ':path': '/paused' });
  await new Promise((resolve) => paused.on('response', resolve));
  await new Promise((resolve) => setTimeout(resolve, 100));
  console.log(paused.readableLength <= 131072, paused.state.localWindowSize < 65535);
  client.destroy();
  server.close();
});
