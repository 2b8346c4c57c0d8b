// Sessions over TLS: protocols, origins, clients of HTTP/1.1 and of nothing known.
const http2 = require('http2');
const https = require('https');
const tls = require('tls');
const fs = require('fs');
const path = require('path');
const read = (name) => fs.readFileSync(path.join(__dirname, '..', 'tls', 'fixtures', name));
const pair = { key: read('one-key.pem'), cert: read('one-cert.pem') };
const ca = read('ca-cert.pem');
const listen = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
const hide = (x) => String(x).replace(/:\d+$/, ':port');
async function h2() {
  const server = http2.createSecureServer({ ...pair, origins: ['https://a.example', 'https://b.example:8443/path'] });
  server.on('session', (s) => console.log('session', s.encrypted, s.alpnProtocol, s.socket.encrypted, s.socket.servername, typeof s.socket.ref));
  server.on('stream', (stream, headers) => {
    stream.respond({ ':status': headers[':path'] === '/421' ? 421 : 200 });
    stream.end(hide(headers[':authority']));
  });
  const port = await listen(server);
  const client = http2.connect(`https://localhost:${port}`, { ca, servername: 'one.example' });
  const origins = new Promise((resolve) => client.on('origin', (list) => {
    console.log('origin', list, client.originSet.map(hide));
    resolve();
  }));
  client.on('connect', () => console.log('connect', client.encrypted, client.alpnProtocol, client.originSet.map(hide)));
  for (const p of ['/', '/421']) {
    const req = client.request({ ':path': p });
    req.on('response', (h) => console.log(h[':status']));
    req.setEncoding('utf8').on('data', (d) => console.log(d));
    await new Promise((resolve) => req.on('close', resolve));
  }
  await origins;
  console.log(client.originSet.map(hide));
  await new Promise((resolve) => client.close(resolve));
  await new Promise((resolve) => server.close(resolve));
}
async function both() {
  const server = http2.createSecureServer({ ...pair, allowHTTP1: true }, (req, res) => {
    console.log('request', req.httpVersion, req.constructor.name, res.constructor.name);
    res.end(`over ${req.httpVersion}`);
  });
  const port = await listen(server);
  await new Promise((resolve) => https.get({ port, host: '127.0.0.1', ca, servername: 'one.example', agent: false }, (res) => {
    res.setEncoding('utf8').on('data', (d) => console.log(res.statusCode, d)).on('end', resolve);
  }));
  const client = http2.connect(`https://127.0.0.1:${port}`, { ca, servername: 'one.example' });
  const req = client.request();
  req.setEncoding('utf8').on('data', (d) => console.log(d));
  await new Promise((resolve) => req.on('close', resolve));
  client.close();
  await new Promise((resolve) => server.close(resolve));
}
async function unknown() {
  for (const listening of [false, true]) {
    const server = http2.createSecureServer({ ...pair, unknownProtocolTimeout: 50 }, () => console.log('not reached'));
    if (listening) server.on('unknownProtocol', (socket) => {
      console.log('unknownProtocol', socket.alpnProtocol);
      socket.end('mine');
    });
    const port = await listen(server);
    const client = tls.connect({ port, host: '127.0.0.1', ca, servername: 'one.example' });
    let text = '';
    client.setEncoding('utf8').on('data', (d) => text += d);
    await new Promise((resolve) => client.on('close', resolve));
    console.log(text);
    await new Promise((resolve) => server.close(resolve));
  }
}
async function refused() {
  const server = http2.createSecureServer(pair);
  const port = await listen(server);
  const client = http2.connect(`https://127.0.0.1:${port}`);
  client.on('error', (e) => console.log('error', e.code));
  const req = client.request();
  req.on('error', (e) => console.log('request', e.code));
  await new Promise((resolve) => client.on('close', resolve));
  await new Promise((resolve) => server.close(resolve));
  const none = http2.connect(`http://127.0.0.1:${port}`);
  none.on('error', (e) => console.log(e.code, e.syscall));
  none.on('close', () => console.log('closed', none.destroyed));
}
h2().then(both).then(unknown).then(refused);
