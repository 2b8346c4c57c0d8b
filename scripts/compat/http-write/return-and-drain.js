// write returns false at the high-water mark, drain follows, writableLength falls to zero.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  console.log(res.writableHighWaterMark, res.writableLength, res.writableNeedDrain, res.writableObjectMode);
  const results = [];
  let drains = 0;
  const piece = Buffer.alloc(16 * 1024);
  let left = 64;
  res.on('drain', () => { drains++; more(); });
  more();
  function more() {
    while (left > 0) {
      left--;
      const ok = res.write(piece);
      if (results.length < 6) results.push(ok);
      if (!ok) return;
    }
    res.end(() => console.log('ended', drains > 0, res.writableLength, res.writableNeedDrain));
    console.log(results);
  }
});
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => {
    let size = 0;
    res.on('data', (chunk) => { size += chunk.length; });
    res.on('end', () => { console.log(size); server.close(); });
  });
});
