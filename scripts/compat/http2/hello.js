// A request from end to end by the core API: events in their order on both sides.
const http2 = require('http2');
const log = [];
const server = http2.createServer();
server.on('session', (s) => log.push(['server session', s.type, s.encrypted, s.alpnProtocol, s.connecting, s.server === server]));
server.on('stream', (stream, headers, flags, raw) => {
  log.push(['server stream', stream.id, headers[':method'], headers[':path'], headers['x-one'], flags, raw.filter((x, i) => i % 2 === 0)]);
  stream.on('end', () => log.push('server end')).on('finish', () => log.push('server finish')).on('close', () => log.push('server close'));
  stream.setEncoding('utf8').on('data', (d) => log.push(['server data', d]));
  stream.respond({ 'content-type': 'text/plain', 'x-two': ['a', 'b'] });
  stream.write('one ');
  stream.end('two');
  log.push([stream.headersSent, stream.sentHeaders['content-type'], stream.sentHeaders[':status'], stream.aborted, stream.pending]);
});
server.listen(0, '127.0.0.1', () => {
  const client = http2.connect(`http://127.0.0.1:${server.address().port}`, (session) => log.push(['connected', session === client, client.connecting]));
  log.push(['connecting', client.connecting, client.state, client.localSettings, client.encrypted]);
  const req = client.request({ ':method': 'POST', ':path': '/x?y', 'X-One': '1' });
  log.push([req.pending, req.id, req.state, req.sentHeaders[':method'], Object.keys(req.sentHeaders)]);
  req.on('ready', () => log.push(['ready', req.id, req.pending]));
  req.on('response', (headers, flags) => log.push(['response', headers[':status'], headers['x-two'], flags, Object.getPrototypeOf(headers)]));
  req.setEncoding('utf8').on('data', (d) => log.push(['data', d]));
  req.on('end', () => log.push(['end', req.rstCode, req.closed, req.destroyed]));
  req.on('close', () => {
    log.push(['close', req.rstCode, req.closed, req.destroyed, req.session]);
    client.close(() => log.push(['client closed', client.closed, client.destroyed, client.socket === client.socket]));
    server.close(() => log.push('server closed'));
  });
  req.end('body');
});
process.on('exit', () => {
  for (const x of log) console.log(x);
});
