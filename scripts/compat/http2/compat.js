// A handler of package http on the compatibility API.
const http2 = require('http2');
const server = http2.createServer((req, res) => {
  const { httpVersion, httpVersionMajor, httpVersionMinor, method, url, authority, scheme, complete, aborted } = req;
  console.log({ httpVersion, httpVersionMajor, httpVersionMinor, method, url, host: authority.replace(/\d+$/, 'port'), scheme, complete, aborted });
  console.log(req.headers.cookie, req.headers['x-a'], req.rawHeaders.includes('x-a'), req.socket === req.connection, req.stream === res.stream, res.req === req);
  res.setHeader('X-One', 1);
  res.setHeader('x-list', ['a', 'b']);
  res.appendHeader('x-list', 'c');
  res.appendHeader('x-new', 'only');
  console.log(res.getHeader('x-one'), res.getHeader('X-LIST'), res.getHeaderNames(), res.hasHeader('X-New'), res.getHeaders());
  res.removeHeader('x-new');
  res.sendDate = false;
  res.statusCode = 201;
  res.addTrailers({ 'x-trailer': 'end' });
  console.log(res.headersSent, res.finished, res.writableEnded, res.statusMessage, res.writableHighWaterMark);
  let body = '';
  req.setEncoding('utf8').on('data', (d) => body += d).on('end', () => {
    console.log(body, req.complete, req.trailers, req.rawTrailers);
    res.write('got ');
    console.log(res.headersSent, res._header, res.statusCode);
    res.end(body, () => console.log('end called back'));
    console.log(res.finished, res.writableEnded);
  });
  res.on('finish', () => console.log('finish')).on('close', () => console.log('res close', res.socket));
  req.on('close', () => console.log('req close'));
});
server.listen(0, '127.0.0.1', () => {
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  const req = client.request({ ':method': 'PUT', ':path': '/p', 'cookie': ['a=1', 'b=2'], 'x-a': ['1', '2'] }, { waitForTrailers: true });
  req.on('wantTrailers', () => req.sendTrailers({ 'x-up': 'yes' }));
  req.on('response', (h) => console.log(h[':status'], h['x-one'], h['x-list'], h.date));
  req.on('trailers', (h, flags) => console.log('trailers', h['x-trailer'], flags));
  let text = '';
  req.setEncoding('utf8').on('data', (d) => text += d).on('end', () => console.log('client', text));
  req.on('close', () => {
    client.close();
    server.close();
  });
  req.end('hello');
});
