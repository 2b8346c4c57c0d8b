'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const { run, attempt } = require('./lib');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');
run(async () => {
  const file = path.join(os.tmpdir(), `case-${process.pid}.proto`);
  fs.writeFileSync(file, 'syntax = "proto3"; package t; message Q { string text = 1; int32 n = 2; bytes data = 3; } message A { string text = 1; int32 n = 2; bytes data = 3; } service S { rpc One (Q) returns (A); rpc Many (Q) returns (stream A); rpc Sum (stream Q) returns (A); rpc Both (stream Q) returns (stream A); rpc Fail (Q) returns (A); rpc Slow (Q) returns (A); rpc Missing (Q) returns (A); }');
  const { t } = grpc.loadPackageDefinition(loader.loadSync(file, { keepCase: true, defaults: true }));
  fs.unlinkSync(file);
  const server = new grpc.Server();
  server.addService(t.S.service, {
    One: (c, cb) => { const m = new grpc.Metadata(); m.set('after', 'trailer'); c.sendMetadata(new grpc.Metadata()); cb(null, { text: c.request.text.toUpperCase() + (c.metadata.get('who')[0] || ''), n: c.request.n + 1, data: c.request.data }, m); },
    Many: (c) => { for (let i = 0; i < c.request.n; i++) c.write({ n: i }); c.end(); },
    Sum: (c, cb) => { let n = 0; c.on('data', (q) => { n += q.n; }).on('end', () => cb(null, { n })); },
    Both: (c) => { c.on('data', (q) => c.write({ text: 'echo ' + q.text })).on('end', () => c.end()); },
    Fail: (c, cb) => cb({ code: grpc.status.NOT_FOUND, details: 'nothing here' }),
    Slow: () => {},
  });
  const port = await new Promise((resolve, reject) => server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (e, p) => (e ? reject(e) : resolve(p))));
  const c = new t.S(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const call = (name, q, m = new grpc.Metadata(), o = {}) => new Promise((resolve, reject) => { const x = c[name](q, m, o, (e, r) => (e ? reject(Object.assign(new Error(e.details), { code: e.code })) : resolve(r))); if (o.cancel) setTimeout(() => x.cancel(), 20); });
  const m = new grpc.Metadata(); m.set('who', ' ann');
  console.log(await call('One', { text: 'hello', n: 41, data: Buffer.from([1, 255]) }, m), (await call('One', { data: Buffer.alloc(1 << 20, 7) })).data.length);
  console.log(await new Promise((r) => { const got = []; c.Many({ n: 200 }).on('data', (a) => got.push(a.n)).on('end', () => r(got.length)); }));
  console.log(await new Promise((resolve, reject) => { const x = c.Sum((e, r) => (e ? reject(e) : resolve(r.n))); for (let i = 0; i < 100; i++) x.write({ n: i }); x.end(); }));
  console.log(await new Promise((r) => { const got = []; const x = c.Both(); x.on('data', (a) => { got.push(a.text); if (got.length === 2) x.end(); }).on('status', (s) => r([got, s.code])); x.write({ text: 'a' }); x.write({ text: 'b' }); }));
  await attempt('fail', () => call('Fail', {}));
  await attempt('missing', () => call('Missing', {}));
  await attempt('deadline', () => call('Slow', {}, m, { deadline: Date.now() + 100 }).catch((e) => e.code));
  await attempt('cancel', () => call('Slow', {}, m, { cancel: true }));
  await attempt('large', () => call('One', { data: Buffer.alloc(5 << 20) }).catch((e) => e.code));
  await Promise.all(Array.from({ length: 50 }, (_, i) => call('One', { n: i }))).then((l) => console.log(l.reduce((a, b) => a + b.n, 0)));
  await new Promise((r) => server.tryShutdown(r));
  await attempt('down', () => call('One', {}).catch((e) => e.code));
  c.close();
});
