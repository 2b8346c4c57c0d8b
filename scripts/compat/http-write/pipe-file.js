// A file piped into a response, and a request piped into a file.
'use strict';

const fs = require('fs');
const http = require('http');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'compat-'));
const file = path.join(dir, 'copy');
const server = http.createServer((req, res) => {
  if (req.method === 'POST') {
    const out = fs.createWriteStream(file);
    req.pipe(out).on('finish', () => { console.log('stored', out.bytesWritten); res.end(); });
    return;
  }
  const stream = fs.createReadStream(file);
  res.on('pipe', (source) => console.log('pipe', source === stream));
  res.on('unpipe', (source) => console.log('unpipe', source === stream));
  stream.pipe(res);
});
server.listen(0, '127.0.0.1', () => {
  const options = { port: server.address().port, host: '127.0.0.1', agent: false };
  http.request({ ...options, method: 'POST' }, (res) => {
    res.resume();
    res.on('end', () => http.get(options, (res) => {
      let size = 0;
      console.log(res.headers['transfer-encoding']);
      res.on('data', (chunk) => { size += chunk.length; });
      res.on('end', () => { console.log(size); fs.rmSync(dir, { recursive: true }); server.close(); });
    }));
  }).end(Buffer.alloc(200000, 'x'));
});
