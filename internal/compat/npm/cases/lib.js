// What the cases share: servers on loopback and requests to them, told without
// ports and dates.
'use strict';
const http = require('http');

exports.listen = (handler) => new Promise((resolve, reject) => {
  const server = handler && typeof handler.listen === 'function' && handler instanceof http.Server ? handler : http.createServer(handler);
  server.on('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    resolve({ server, port, base: 'http://127.0.0.1:' + port, close: () => new Promise((r) => { server.close(r); server.closeAllConnections(); }) });
  });
});

exports.request = (port, path, { method = 'GET', headers = {}, body, parts } = {}) => new Promise((resolve, reject) => {
  const req = http.request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (res) => {
    const chunks = [];
    res.on('data', (d) => chunks.push(d));
    res.on('error', reject);
    res.on('end', () => {
      const raw = Buffer.concat(chunks);
      const h = { ...res.headers };
      for (const k of ['date', 'connection', 'keep-alive']) delete h[k];
      resolve({ status: res.statusCode, headers: h, raw, text: raw.toString() });
    });
  });
  req.on('error', reject);
  if (parts) (async () => { for (const p of parts) { req.write(p); await new Promise(setImmediate); } req.end(); })();
  else req.end(body);
});

// show prints an answer on one line, and the headers that are asked for.
exports.show = (name, r, ...headers) => {
  const h = headers.length ? ' ' + JSON.stringify(Object.fromEntries(headers.map((k) => [k, r.headers[k]]))) : '';
  console.log(`${name}: ${r.status} ${r.text.length > 300 ? r.text.length + ' characters' : JSON.stringify(r.text)}${h}`);
};

exports.attempt = async (name, f) => {
  try {
    console.log(name, await f());
  } catch (e) {
    console.log(name, 'threw', e && e.name, e && e.code, e && e.message);
  }
};

exports.run = (main) => main().catch((e) => { console.log('failed', e); process.exitCode = 1; });
