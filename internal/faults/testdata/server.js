// The server under attack. argv[2] holds its options as JSON.
'use strict';
const http = require('http');
const { Readable } = require('stream');
const options = JSON.parse(process.argv[2] || '{}');
const block = Buffer.alloc(64 * 1024, 'd');
const page = 'p'.repeat(4096);
let seen = 0;

const server = http.createServer(options, (req, res) => {
  seen++;
  req.on('error', () => {});
  res.on('error', () => {});
  if (req.url === '/hello') return res.end('hello');
  if (req.url === '/count') { req.resume(); return res.end(String(Object.keys(req.headersDistinct).length)); }
  if (req.url === '/n') return res.end(String(seen));
  if (req.url === '/echo') return void req.pipe(res);
  if (req.url === '/paused') return void setTimeout(() => { let n = 0; req.on('data', (d) => { n += d.length; }).on('end', () => res.end(String(n))); }, 1500);
  if (req.url === '/slow') return void setTimeout(() => res.end('slow'), 400);
  if (req.url === '/never') return;
  if (req.url === '/body') { let n = 0; return void req.on('data', (d) => { n += d.length; }).on('end', () => res.end(String(n))); }
  if (req.url === '/page') return res.end(page);
  if (req.url === '/download') {
    let left = 16 * 1024; // a gigabyte
    const more = () => {
      while (left-- > 0) if (!res.write(block)) return void res.once('drain', more);
      res.end();
    };
    return more();
  }
  if (req.url === '/state') return void server.getConnections((e, n) => res.end(JSON.stringify({ connections: n, seen })));
  res.statusCode = 404;
  res.end();
});
if (options.maxHeadersCount !== undefined) server.maxHeadersCount = options.maxHeadersCount;
if (options.maxRequestsPerSocket !== undefined) server.maxRequestsPerSocket = options.maxRequestsPerSocket;
if (options.timeout !== undefined) server.timeout = options.timeout;
if (options.tunnel) server.on('connect', (req, socket) => {
  socket.on('error', () => {});
  socket.write('HTTP/1.1 200 OK\r\n\r\n');
  let left = 16 * 1024;
  new Readable({ read() { this.push(left-- > 0 ? block : null); } }).pipe(socket);
});
if (options.onTerm) process.on('SIGTERM', () => { console.log('own'); process.exit(0); });
server.on('error', (e) => console.error('server error', e.code));
process.on('uncaughtException', (e) => { console.error('uncaught', e); process.exit(1); });
server.listen(0, '127.0.0.1', 4096, () => console.log(server.address().port));
