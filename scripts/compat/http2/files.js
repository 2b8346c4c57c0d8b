// respondWithFile and respondWithFD: ranges, checks, errors.
const http2 = require('http2');
const fs = require('fs');
const path = require('path');
const file = path.join(__dirname, 'files.txt');
const fd = fs.openSync(file, 'r');
const ways = {
  '/whole': (s) => s.respondWithFile(file, { 'content-type': 'text/plain' }),
  '/range': (s) => s.respondWithFile(file, {}, { offset: 4, length: 6 }),
  '/tail': (s) => s.respondWithFile(file, {}, { offset: 10 }),
  '/stat': (s) => s.respondWithFile(file, {}, { statCheck(stat, headers) { headers['x-size'] = stat.size; } }),
  '/refused': (s) => s.respondWithFile(file, {}, { statCheck() { s.respond({ ':status': 304 }); return false; } }),
  '/missing': (s) => s.respondWithFile(`${file}x`, {}, { onError(e) { s.respond({ ':status': 404 }); s.end(e.code); } }),
  '/missing-plain': (s) => s.respondWithFile(`${file}x`),
  '/directory': (s) => s.respondWithFile(__dirname, {}, { onError(e) { s.respond({ ':status': 500 }); s.end(e.code); } }),
  '/fd': (s) => s.respondWithFD(fd),
  '/fd-range': (s) => s.respondWithFD(fd, { 'x-a': 'b' }, { offset: 2, length: 3, statCheck(stat, headers, options) { options.length = 5; } }),
  '/trailers': (s) => {
    s.respondWithFile(file, {}, { waitForTrailers: true });
    s.on('wantTrailers', () => s.sendTrailers({ 'x-end': '1' }));
  },
};
const server = http2.createServer();
server.on('stream', (stream, headers) => {
  stream.on('error', (e) => console.log('server', headers[':path'], e.code));
  ways[headers[':path']](stream);
});
server.listen(0, '127.0.0.1', async () => {
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  for (const p of Object.keys(ways)) {
    await new Promise((resolve) => {
      const req = client.request({ ':path': p });
      let body = '';
      req.on('response', (h) => console.log(p, h[':status'], h['content-length'], h['content-type'], h['x-size'], h['x-a']));
      req.on('trailers', (h) => console.log('trailers', h['x-end']));
      req.on('error', (e) => console.log('client', e.code, e.message));
      req.setEncoding('utf8').on('data', (d) => body += d).on('close', () => {
        console.log(JSON.stringify(body), req.rstCode);
        resolve();
      });
    });
  }
  client.close();
  server.close();
  fs.closeSync(fd);
});
