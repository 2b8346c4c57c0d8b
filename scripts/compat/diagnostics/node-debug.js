// What NODE_DEBUG=http,net tells of the ordinary life of a server, a client and
// a socket. Each step waits until both sides are closed.
'use strict';
const http = require('http');
const net = require('net');
const { spawnSync } = require('child_process');

if (!process.env.NODE_DEBUG) {
  for (const sections of ['net', 'http']) {
    const child = spawnSync(process.execPath, [__filename], { env: { ...process.env, NODE_DEBUG: sections } });
    const lines = String(child.stderr).split('\n').filter((line) => !/^\(|^\s+at /.test(line));
    console.log(lines.map((line) => line.replace(/^([A-Z]+) \d+:/, '$1').replace(/(127\.0\.0\.1|localhost):\d{4,}/g, '$1:PORT')
      .replace(/port: \d{4,}/, 'port: PORT').replace(/(127\.0\.0\.1|null) \d{4,} /, '$1 PORT ')).join('\n'));
    console.log('exit', child.status);
  }
  return;
}

const step = (name, f) => new Promise((done) => { console.error('---', name); f(done); });
const both = (done) => { let n = 0; return () => { if (++n === 2) setImmediate(done); }; };

async function sockets() {
  const server = net.createServer();
  await step('listen', (done) => server.listen(0, '127.0.0.1', 5, done));
  const port = () => server.address().port;
  await step('client ends', (done) => {
    const ended = both(done);
    server.once('connection', (c) => c.on('close', ended).resume());
    net.connect(port(), '127.0.0.1').on('close', ended).resume().end('hello');
  });
  await step('timeout', (done) => {
    const ended = both(done);
    server.once('connection', (c) => c.on('close', ended).resume());
    const c = net.connect({ port: port(), host: '127.0.0.1' }).on('close', ended).resume();
    c.setTimeout(20, () => c.destroy());
  });
  await step('reset', (done) => {
    const ended = both(done);
    server.once('connection', (c) => c.on('close', ended).on('error', () => {}).resume());
    const c = net.connect({ port: port(), host: '127.0.0.1' }).on('close', ended).resume();
    setTimeout(() => c.resetAndDestroy(), 50);
  });
  await step('refused', (done) => net.connect(1, '127.0.0.1').on('error', () => {}).on('close', done));
  await step('listen where somebody does', (done) => net.createServer().on('error', () => done()).listen(port(), '127.0.0.1'));
  await step('close', (done) => server.close(done));
}

async function messages() {
  const server = http.createServer((req, res) => {
    if (req.url === '/parts') res.write('a');
    req.resume().on('end', () => res.end('end'));
  });
  await step('listen', (done) => server.listen(0, '127.0.0.1', done));
  const ask = (name, options, body) => step(name, (done) => {
    const ended = both(done);
    server.once('connection', (c) => c.on('close', ended));
    const req = http.request({ port: server.address().port, host: '127.0.0.1', agent: new http.Agent(), ...options }, (res) => res.resume());
    req.on('socket', (c) => c.on('close', ended)).end(body);
  });
  await ask('GET', {});
  await ask('POST', { method: 'POST', path: '/parts' }, 'body');
  await ask('HEAD', { method: 'HEAD' });
  const raw = (name, text) => step(name, (done) => {
    const ended = both(done);
    server.once('connection', (c) => c.on('close', ended));
    net.connect(server.address().port, '127.0.0.1').on('close', ended).on('error', () => {}).resume().end(text);
  });
  await raw('two in a packet', 'GET / HTTP/1.1\r\nHost: a\r\n\r\nPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab');
  await raw('wrong', 'WRONG\r\n\r\n');
  await raw('cut off', 'GET / HTTP/1.1\r\nHo');
  await raw('CONNECT', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n');
  await step('close', (done) => server.close(done));
}

if (process.env.NODE_DEBUG === 'net') sockets();
else messages();
