// The server of the differential run. For each configuration it listens on a
// port, tells "ready {name: port}", and then for each connection, once it is
// closed, one line: the client's address and port, a tab, and as JSON what the
// program was told, in order.
'use strict';
const http = require('http');
const net = require('net');
const { Duplex } = require('stream');

const configurations = {
  plain: {},
  lenient: { options: { insecureHTTPParser: true } },
  joined: { options: { joinDuplicateHeaders: true, requireHostHeader: false, optimizeEmptyRequests: true } },
  small: { options: { maxHeaderSize: 300 }, maxHeadersCount: 5 },
  events: { listeners: true },
  early: { early: true },
  halfopen: { halfOpen: true, options: { keepAliveTimeout: 1 } },
  limited: { maxRequestsPerSocket: 2 },
  stream: { stream: true },
  streamlenient: { stream: true, listeners: true, options: { insecureHTTPParser: true } },
};

const text = (chunk) => chunk.toString('latin1');
const ports = {};
let waiting = Object.keys(configurations).length;

for (const [name, c] of Object.entries(configurations)) {
  const server = http.createServer({ ...c.options }, (req, res) => handle(req, res, c));
  if (c.maxHeadersCount) server.maxHeadersCount = c.maxHeadersCount;
  if (c.maxRequestsPerSocket) server.maxRequestsPerSocket = c.maxRequestsPerSocket;
  if (c.halfOpen) server.httpAllowHalfOpen = true;
  server.on('connection', (socket) => socket.log || watch(socket, `${socket.remoteAddress}:${socket.remotePort}`));
  server.on('dropRequest', (req, socket) => socket.log.push(['dropRequest', req.url]));
  if (c.listeners) listen(server);
  const listener = c.stream ? net.createServer({ allowHalfOpen: true }, (socket) => replay(socket, server)) : server;
  listener.listen(0, '127.0.0.1', 1024, () => {
    ports[name] = listener.address().port;
    if (--waiting === 0) console.log('ready ' + JSON.stringify(ports));
  });
}

// watch keeps the log of a connection.
function watch(socket, key) {
  const log = socket.log = [];
  socket.on('end', () => log.push(['socket end']));
  socket.on('error', (e) => log.push(['socket error', ...describe(e)]));
  socket.on('close', (hadError) => {
    log.push(['socket close', hadError]);
    setImmediate(() => setImmediate(() => process.stdout.write(`${key}\t${JSON.stringify(log)}\n`)));
  });
}

function describe(e) {
  // Where the input ends too early, Node tells a position in memory.
  if (e.code === 'HPE_INVALID_EOF_STATE') e.bytesParsed = undefined;
  return [e.name, e.code, e.message, e.reason, e.bytesParsed, e.rawPacket && e.rawPacket.length];
}

function handle(req, res, c, event = 'request') {
  const log = req.socket.log;
  log.push([event, req.method, req.url, req.httpVersion, req.rawHeaders, req.headers, req.upgrade, res.shouldKeepAlive]);
  res.sendDate = false;
  req.on('data', (d) => log.push(['data', text(d)]));
  req.on('end', () => {
    log.push(['end', req.complete, req.rawTrailers, req.trailers]);
    if (!c.early) res.end('seen');
  });
  req.on('aborted', () => log.push(['aborted']));
  req.on('error', (e) => log.push(['error', ...describe(e)]));
  req.on('close', () => log.push(['close', req.complete, req.aborted]));
  res.on('finish', () => log.push(['res finish']));
  res.on('error', (e) => log.push(['res error', ...describe(e)]));
  res.on('close', () => log.push(['res close', res.writableFinished]));
  if (c.early) res.end('early');
}

function listen(server) {
  for (const event of ['upgrade', 'connect']) {
    server.on(event, (req, socket, head) => {
      socket.log.push([event, req.method, req.url, req.httpVersion, req.rawHeaders, text(head)]);
      socket.on('data', (d) => socket.log.push(['socket data', text(d)]));
      socket.end(event);
    });
  }
  server.on('checkContinue', (req, res) => {
    res.writeContinue();
    handle(req, res, {}, 'checkContinue');
  });
  server.on('checkExpectation', (req, res) => handle(req, res, { early: true }, 'checkExpectation'));
  server.on('clientError', (e, socket) => {
    // Of a parser that has failed before, Node tells a position in memory.
    if (socket.failed) e.bytesParsed = undefined;
    socket.failed = true;
    socket.log.push(['clientError', ...describe(e)]);
    socket.end('HTTP/1.1 400 Mine\r\n\r\n');
  });
}

// replay reads "cut cut …\n" and an input to its end, and gives the server a
// stream that brings that input in pieces.
function replay(socket, server) {
  const parts = [];
  socket.on('data', (d) => parts.push(d)).on('error', () => {}).on('end', () => {
    const all = Buffer.concat(parts);
    const line = all.indexOf(10);
    const cuts = text(all.subarray(0, line)).split(' ').filter(Boolean).map(Number);
    const input = all.subarray(line + 1);
    const pieces = [...cuts, input.length].map((to, i) => input.subarray(i ? cuts[i - 1] : 0, to)).filter((p) => p.length);
    const stream = new Duplex({
      read() {},
      write(chunk, encoding, done) { socket.write(chunk); done(); },
      final(done) { socket.end(); done(); },
      destroy(err, done) { socket.end(); done(err); },
    });
    watch(stream, `${socket.remoteAddress}:${socket.remotePort}`);
    server.emit('connection', stream);
    let next = 0;
    const feed = () => {
      if (stream.destroyed) return;
      if (next === pieces.length) return void stream.push(null);
      stream.push(pieces[next++]);
      setImmediate(feed);
    };
    feed();
  });
}
