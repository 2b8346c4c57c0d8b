// Pushed streams, what they inherit, and what is refused.
const http2 = require('http2');
const log = [];
const server = http2.createServer();
server.on('stream', (stream, headers) => {
  log.push(['pushAllowed', stream.pushAllowed]);
  if (!stream.pushAllowed) {
    try {
      stream.pushStream({}, () => {});
    } catch (e) {
      log.push([e.code, e.message]);
    }
    stream.respond();
    stream.end('no push');
    return;
  }
  stream.pushStream({ ':path': '/pushed', 'x-a': '1' }, (err, push, sent) => {
    log.push(['pushed', err, push.id, Object.keys(sent), sent[':method'], push.sentHeaders === sent, push.headRequest]);
    try {
      push.pushStream({}, () => {});
    } catch (e) {
      log.push([e.code, e.message]);
    }
    push.respond({ ':status': 203 });
    push.end('pushed body');
  });
  stream.respond();
  stream.end('main body');
});
server.listen(0, '127.0.0.1', async () => {
  for (const enablePush of [true, false]) {
    await new Promise((resolve) => {
      const client = http2.connect(`http://127.0.0.1:${server.address().port}`, { settings: { enablePush } });
      client.on('stream', (stream, headers, flags) => {
        log.push(['stream', stream.id, headers[':path'], headers['x-a'], flags, stream.constructor.name]);
        stream.on('push', (h) => log.push(['push', h[':status']]));
        let body = '';
        stream.on('data', (d) => body += d).on('end', () => log.push(['push end', body]));
      });
      const req = client.request();
      let body = '';
      req.on('data', (d) => body += d).on('end', () => log.push(['end', body]));
      req.on('close', () => setImmediate(() => client.close(resolve)));
    });
  }
  server.close();
});
process.on('exit', () => {
  const order = (x) => JSON.stringify(x);
  for (const x of log.map(order).sort()) console.log(x);
});
