// Performance entries, rejections that are caught, custom classes, timeouts, inspection.
const http2 = require('http2');
const { PerformanceObserver } = require('perf_hooks');
const util = require('util');
require('events').captureRejections = true;
const entries = [];
new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ entryTypes: ['http2'] });
class Request extends http2.Http2ServerRequest {
  get custom() { return `custom ${this.url}`; }
}
class Response extends http2.Http2ServerResponse {
  status(n) {
    this.statusCode = n;
    return this;
  }
}
const server = http2.createServer({ Http2ServerRequest: Request, Http2ServerResponse: Response }, async (req, res) => {
  console.log(req.custom, req instanceof Request, res instanceof Response, req.constructor.name);
  if (req.url === '/reject') throw new Error('rejected');
  if (req.url === '/slow') {
    res.setTimeout(20, () => {
      console.log('slow');
      res.end('late');
    });
    return;
  }
  res.status(202).end(util.inspect(req.stream.session, { depth: -1 }).slice(0, 20) + util.inspect(req.stream).slice(0, 25));
});
server.listen(0, '127.0.0.1', async () => {
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`);
  client.setTimeout(10_000, () => console.log('not reached'));
  for (const p of ['/', '/reject', '/slow']) {
    const req = client.request({ ':path': p });
    let body = '';
    req.on('response', (h) => console.log(p, h[':status']));
    req.setEncoding('utf8').on('data', (d) => body += d);
    await new Promise((resolve) => req.on('close', resolve));
    console.log(body);
  }
  const session = await util.promisify(http2.connect)(`http://127.0.0.1:${server.address().port}`);
  console.log(session.constructor.name, session.connecting, util.inspect(session).split('\n')[0]);
  session.destroy();
  client.close();
  server.close();
  await new Promise((resolve) => client.on('close', resolve));
  setTimeout(() => {
    const kinds = entries.map((e) => [e.name, e.entryType, Object.keys(e.detail).join()].join(' ')).sort();
    console.log([...new Set(kinds)]);
  }, 50);
});
