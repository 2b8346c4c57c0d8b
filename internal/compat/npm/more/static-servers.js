// Programs that serve: serve, http-server, json-server, serve-static; nodemon.
'use strict';
const fs = require('fs');
const net = require('net');
const path = require('path');
const { spawn } = require('child_process');
const { listen, request, show, run } = require('./lib');
const serveStatic = require('serve-static');
const finalhandler = require('http-errors');
run(async () => {
  const dir = fs.mkdtempSync(path.join(__dirname, 'case-'));
  fs.mkdirSync(path.join(dir, 'sub')); fs.writeFileSync(path.join(dir, 'index.html'), '<h1>index</h1>'); fs.writeFileSync(path.join(dir, 'a.txt'), 'text '.repeat(500)); fs.writeFileSync(path.join(dir, 'sub/b.js'), 'b'); fs.writeFileSync(path.join(dir, 'db.json'), JSON.stringify({ posts: [{ id: '1', title: 'one', n: 1 }, { id: '2', title: 'two', n: 2 }], profile: { name: 'x' } }));
  const freePort = () => new Promise((r) => { const s = net.createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => r(port)); }); });
  const handler = serveStatic(dir, { extensions: ['html'], setHeaders: (res, p) => res.setHeader('x-file', path.basename(p)) });
  const s = await listen((req, res) => handler(req, res, (e) => { res.statusCode = e ? e.status : 404; res.end('next ' + (e ? e.message : '')); }));
  for (const [p, o] of [['/'], ['/index'], ['/a.txt', { headers: { range: 'bytes=-4' } }], ['/sub'], ['/none'], ['/a.txt', { method: 'POST' }], ['/a.txt', { method: 'HEAD' }], ['/..%2f'], ['/%']]) show(p, await request(s.port, p, o), 'content-type', 'content-range', 'location', 'x-file', 'content-length');
  const tag = (await request(s.port, '/a.txt')).headers; show('304', await request(s.port, '/a.txt', { headers: { 'if-none-match': tag.etag } })); show('412', await request(s.port, '/a.txt', { headers: { 'if-match': '"x"' } }));
  await s.close();
  const up = async (bin, args, port, tries) => {
    const child = spawn(process.execPath, [path.join(__dirname, 'node_modules', bin), ...args], { cwd: dir, stdio: 'ignore', env: { ...process.env, NO_UPDATE_CHECK: '1', NO_COLOR: '1' } });
    const gone = new Promise((r) => child.on('exit', r));
    for (let i = 0; i < 400; i++) { try { await request(port, '/'); break; } catch { await new Promise((r) => setTimeout(r, 50)); } }
    for (const [p, o, ...h] of tries) show(bin.split('/')[0] + ' ' + p, await request(port, p, o), ...h);
    child.kill('SIGKILL'); await gone;
  };
  let port = await freePort();
  await up('serve/build/main.js', ['-l', `tcp://127.0.0.1:${port}`, '-L', '-n', '.'], port, [['/a.txt', {}, 'content-type', 'content-length'], ['/', {}, 'content-type'], ['/sub/', { headers: { accept: 'application/json' } }], ['/index.html', {}, 'location'], ['/none', { headers: { accept: 'application/json' } }], ['/a.txt', { headers: { 'accept-encoding': 'gzip' } }, 'content-encoding']]);
  port = await freePort();
  await up('http-server/bin/http-server', ['-a', '127.0.0.1', '-p', String(port), '-s', '--cors', '-c5', '.'], port, [['/a.txt', { headers: { range: 'bytes=0-3' } }, 'cache-control', 'content-range', 'access-control-allow-origin'], ['/', {}, 'content-type'], ['/sub', {}, 'location'], ['/none', {}]]);
  port = await freePort();
  await up('json-server/lib/bin.js', ['-h', '127.0.0.1', '-p', String(port), 'db.json'], port, [['/posts', {}, 'content-type'], ['/posts/2', {}], ['/posts?n_gt=1', {}], ['/posts?_sort=-n', {}], ['/profile', {}], ['/posts/9', {}], ['/posts/1', { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"title":"new"}' }], ['/posts/2', { method: 'DELETE' }], ['/posts', {}]]);
  // nodemon starts a program anew when a file changes.
  fs.writeFileSync(path.join(dir, 'app.js'), 'console.log("run", require("./value"))'); fs.writeFileSync(path.join(dir, 'value.js'), 'module.exports = 1');
  const mon = spawn(process.execPath, [path.join(__dirname, 'node_modules/nodemon/bin/nodemon.js'), '-q', '--delay', '0.1', '--exec', process.execPath, 'app.js'], { cwd: dir, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = ''; mon.stdout.on('data', (d) => { out += d; });
  const until = async (t) => { for (let i = 0; !out.includes(t) && i < 400; i++) await new Promise((r) => setTimeout(r, 50)); };
  await until('run 1'); await new Promise((r) => setTimeout(r, 1000)); fs.writeFileSync(path.join(dir, 'value.js'), 'module.exports = 22'); await until('run 22');
  mon.kill('SIGTERM'); await new Promise((r) => mon.on('exit', r));
  console.log(out);
  fs.rmSync(dir, { recursive: true });
});
