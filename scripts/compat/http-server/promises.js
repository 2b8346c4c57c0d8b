// What Node promises about safety, row by row: defaults, limits, answers.
'use strict';
const http = require('http');
const net = require('net');

const attempt = (name, f) => {
  try {
    console.log(name, f());
  } catch (err) {
    console.log(name, err.name, err.code, err.message);
  }
};

const server = http.createServer();
console.log(http.maxHeaderSize, server.maxHeadersCount, server.headersTimeout, server.requestTimeout, server.connectionsCheckingInterval,
            server.keepAliveTimeout, server.keepAliveTimeoutBuffer, server.timeout, server.maxRequestsPerSocket, server.requireHostHeader,
            server.insecureHTTPParser, server.httpAllowHalfOpen, server.highWaterMark, server.noDelay);
const agent = http.globalAgent;
console.log(agent.maxSockets, agent.maxFreeSockets, agent.maxTotalSockets, agent.scheduling, agent.keepAlive, agent.options.timeout, agent.keepAliveMsecs, agent.agentKeepAliveTimeoutBuffer);

for (const options of [
  { headersTimeout: 5000, requestTimeout: 2000 }, { headersTimeout: 5000, requestTimeout: 0 }, { headersTimeout: 0, requestTimeout: 2000 },
  { requestTimeout: 2000 }, { headersTimeout: 400000 }, { requestTimeout: -1 }, { connectionsCheckingInterval: 'x' }, { maxHeaderSize: -1 },
  { requireHostHeader: 1 }, { keepAliveTimeout: -1 }, { highWaterMark: -1 },
]) {
  attempt(JSON.stringify(options), () => {
    const s = http.createServer(options);
    return [s.headersTimeout, s.requestTimeout];
  });
}

for (const options of [
  { path: '/a b' }, { path: '/\r\nX: y' }, { path: '/\u00e9' }, { path: '/\u0130' }, { method: 'GET /x' }, { method: 'G\nT' }, { method: '' },
  { headers: { 'X': 'a\r\nY: b' } }, { headers: { 'X': 'a\0b' } }, { headers: { 'X': '\u00ff' } }, { headers: { 'X': '\u0100' } },
  { headers: { 'X Y': 'a' } }, { headers: { 'X:': 'a' } }, { headers: { '': 'a' } }, { headers: { 'X': undefined } }, { host: 'a\r\nb' }, { setHost: 'x' },
]) {
  attempt(JSON.stringify(options), () => {
    const req = http.request({ port: 1, createConnection: () => new net.Socket(), ...options });
    req.on('error', () => {}).destroy();
    return req.path + ' ' + req.method;
  });
}

const counts = http.createServer((req, res) => {
  res.sendDate = false;
  res.end([req.rawHeaders.length, Object.keys(req.headers).length, req.headers.host, Object.keys(req.headersDistinct).length].join(' '));
});
const lines = (n) => { let text = ''; for (let i = 0; i < n; i++) text += `${i}:\r\n`; return text; };
const ask = (name, text) => new Promise((done) => {
  const c = net.connect(counts.address().port, '127.0.0.1', () => c.end(text));
  let answer = '';
  c.on('error', () => {}).on('data', (d) => { answer += d; }).on('close', () => { console.log(name, JSON.stringify(answer.replace(/Date: [^\r]*/g, 'Date'))); done(); });
});
counts.listen(0, '127.0.0.1', async () => {
  for (const max of [null, 0, 5, 31, 32, 100]) {
    counts.maxHeadersCount = max;
    for (const n of [4, 30, 31, 62, 999, 1001, 1500, 3000]) await ask(`${max} of ${n + 1}`, `GET / HTTP/1.1\r\nHost: a\r\n${lines(n)}\r\n`);
  }
  counts.maxHeadersCount = null;
  await ask('no host', 'GET / HTTP/1.1\r\n\r\n');
  await ask('empty host', 'GET / HTTP/1.1\r\nHost:\r\n\r\n');
  await ask('two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n');
  await ask('expect', 'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx');
  await ask('expect more', 'POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue, x\r\nContent-Length: 1\r\n\r\nx');
  await ask('expect else', 'POST / HTTP/1.1\r\nHost: a\r\nExpect: x\r\nContent-Length: 1\r\n\r\nx');
  await ask('connect', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n');
  await ask('upgrade', 'GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n');
  await ask('extensions', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;' + 'a'.repeat(16384) + '\r\nx\r\n0\r\n\r\n');
  await ask('too many extensions', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;' + 'a'.repeat(16385) + '\r\nx\r\n0\r\n\r\n');
  counts.close();
});
