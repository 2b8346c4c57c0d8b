// What comes in is piped out unharmed: to a client that does not read, past a
// listener that keeps the chunks, past a patched write, from what the socket
// has buffered.
'use strict';

const http = require('http');
const net = require('net');

const size = 12 << 20;
const body = Buffer.alloc(size);
for (let i = 0, x = 1; i < size; i += 4) {
  x = (x * 1103515245 + 12345) & 0x7fffffff;
  body.writeUInt32LE(x, i);
}
const kept = {};

const server = http.createServer((req, res) => {
  const name = req.url.slice(1);
  const list = kept[name] = [];
  if (name === 'listener') req.on('data', (c) => list.push(c));
  if (name === 'write') {
    const { write } = res;
    res.write = function(c, ...rest) { list.push(c); return write.call(this, c, ...rest); };
  }
  if (name === 'peek') {
    const peek = () => {
      const q = res.socket._writableState.getBuffer().slice();
      for (const { chunk } of q) if (chunk.length > 1000 && !list.includes(chunk)) list.push(chunk);
    };
    req.on('resume', () => process.nextTick(peek));
  }
  res.setHeader('Content-Length', size);
  req.pipe(res);
});

function run(name, slow, next) {
  const c = net.connect(server.address().port, '127.0.0.1');
  c.write(`POST /${name} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${size}\r\n\r\n`);
  c.write(body);
  const got = [];
  c.on('data', (d) => {
    got.push(d);
    if (slow && got.length < 10) {
      c.pause();
      setTimeout(() => c.resume(), 30);
    }
  });
  c.on('end', () => {
    const all = Buffer.concat(got);
    const out = all.subarray(all.indexOf('\r\n\r\n') + 4);
    console.log(name, slow, out.length, out.equals(body));
    const list = kept[name];
    if (list.length) {
      // Each of the chunks kept is a part of what was sent.
      let at = 0;
      const intact = list.every((b) => {
        const i = body.indexOf(b, name === 'peek' ? 0 : at);
        at = i + b.length;
        return i >= 0;
      });
      console.log(name, 'kept', name === 'peek' || Buffer.concat(list).length === size, intact);
    }
    next();
  });
}

server.listen(0, '127.0.0.1', () => {
  const jobs = [];
  for (const name of ['plain', 'listener', 'write', 'peek']) for (const slow of [false, true]) jobs.push([name, slow]);
  const next = () => {
    const job = jobs.shift();
    if (job) run(...job, next);
    else server.close();
  };
  next();
});
