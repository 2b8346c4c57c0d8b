// Headers before the answer, trailers, early hints, 100-continue.
const http2 = require('http2');
const server = http2.createServer();
server.on('checkContinue', (req, res) => {
  console.log('checkContinue', req.headers.expect);
  console.log(res.writeContinue());
  console.log(res.writeEarlyHints({ link: '</a.css>; rel=preload; as=style', 'x-hint': 'h' }), res.writeEarlyHints({ link: [] }));
  for (const hints of [{ link: 'bad' }, {}, 1, { link: 5 }]) {
    try {
      res.writeEarlyHints(hints);
    } catch (e) {
      console.log(e.name, e.code, e.message);
    }
  }
  res.stream.additionalHeaders({ ':status': 102 });
  console.log(res.stream.sentInfoHeaders.map((h) => h[':status']));
  res.setTrailer('x-t', 'late');
  res.writeHead(202, { 'x-a': 'b' });
  console.log(res.writeContinue());
  res.end('done');
});
server.on('checkExpectation', (req, res) => {
  console.log('checkExpectation', req.headers.expect);
  res.statusCode = 417;
  res.end();
});
server.on('request', (req, res) => res.end('plain'));
server.listen(0, '127.0.0.1', async () => {
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  for (const expect of ['100-continue', 'something', undefined]) {
    await new Promise((resolve) => {
      const req = client.request(expect ? { expect } : {});
      req.on('continue', () => console.log('continue'));
      req.on('headers', (h) => console.log('headers', h[':status'], h.link, h['x-hint']));
      req.on('response', (h) => console.log('response', h[':status'], h['x-a']));
      req.on('trailers', (h) => console.log('trailers', h['x-t']));
      let body = '';
      req.on('data', (d) => body += d).on('close', () => {
        console.log(body);
        resolve();
      });
    });
  }
  client.close();
  server.close();
});
