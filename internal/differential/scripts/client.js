// The client of the differential run. argv[2] is the port of a server that
// answers a request for /ID with the case of that name. Each line of stdin is
// "ID KIND"; for each one line is told: ID, a tab, and as JSON what the program
// was told, in order.
'use strict';
const http = require('http');

const kinds = {
  get: {},
  head: { method: 'HEAD' },
  post: { method: 'POST', body: 'hello', headers: { 'Transfer-Encoding': 'chunked' } },
  connect: { method: 'CONNECT', listen: true },
  connectunheard: { method: 'CONNECT' },
  upgrade: { headers: { 'Connection': 'Upgrade', 'Upgrade': 'other' }, listen: true },
  upgradeunheard: { headers: { 'Connection': 'Upgrade', 'Upgrade': 'other' } },
  expect: { method: 'POST', headers: { 'Expect': '100-continue', 'Content-Length': 5 } },
  lenient: { insecureHTTPParser: true },
  small: { maxHeaderSize: 300, maxHeadersCount: 5 },
  joined: { joinDuplicateHeaders: true },
  unheard: { deaf: true },
};

const text = (chunk) => chunk.toString('latin1');

function describe(e) {
  return [e.name, e.code, e.message, e.reason, e.bytesParsed, e.rawPacket && e.rawPacket.length];
}

function run(id, kind) {
  const { body, listen, deaf, maxHeadersCount, ...options } = kinds[kind];
  const log = [];
  const req = http.request({ host: '127.0.0.1', port: process.argv[2], path: kind.startsWith('connect') ? id : '/' + id, agent: false, ...options });
  if (maxHeadersCount) req.maxHeadersCount = maxHeadersCount;
  req.on('information', (i) => log.push(['information', i.statusCode, i.statusMessage, i.httpVersion, i.rawHeaders, i.headers]));
  req.on('continue', () => {
    log.push(['continue']);
    if (kind === 'expect') req.end('hello');
  });
  if (!deaf) req.on('response', (res) => {
    log.push(['response', res.statusCode, res.statusMessage, res.httpVersion, res.rawHeaders, res.headers, res.upgrade, req.shouldKeepAlive]);
    res.on('data', (d) => log.push(['data', text(d)]));
    res.on('end', () => log.push(['end', res.complete, res.rawTrailers, res.trailers]));
    res.on('aborted', () => log.push(['aborted']));
    res.on('error', (e) => log.push(['res error', ...describe(e)]));
    res.on('close', () => log.push(['res close', res.complete, res.aborted]));
    if (kind === 'expect' && !req.writableEnded) req.end('hello');
  });
  if (listen) for (const event of ['upgrade', 'connect']) {
    req.on(event, (res, socket, head) => {
      taken = true;
      log.push([event, res.statusCode, res.statusMessage, res.httpVersion, res.rawHeaders, text(head)]);
      socket.on('data', (d) => log.push(['socket data', text(d)]));
      socket.on('end', () => log.push(['socket end']));
      socket.on('error', (e) => log.push(['socket error', ...describe(e)]));
      socket.on('close', () => { log.push(['socket close']); tell(); });
      socket.end();
    });
  }
  req.on('finish', () => log.push(['finish']));
  req.on('abort', () => log.push(['abort']));
  req.on('error', (e) => log.push(['error', ...describe(e)]));
  req.on('close', () => {
    log.push(['close', req.reusedSocket]);
    if (!taken) tell();
  });
  let taken = false, told = false;
  const tell = () => {
    if (told) return;
    told = true;
    setImmediate(() => setImmediate(() => setImmediate(() => process.stdout.write(`${id}\t${JSON.stringify(log)}\n`))));
  };
  if (kind === 'expect') req.flushHeaders();
  else req.end(body);
}

// pooled asks twice over a connection that an agent keeps.
function pooled(id) {
  const log = [];
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const later = (f) => setImmediate(() => setImmediate(() => setImmediate(f)));
  const ask = (path, then) => {
    const req = http.get({ host: '127.0.0.1', port: process.argv[2], path, agent }, (res) => {
      log.push(['response', res.statusCode, res.statusMessage, res.rawHeaders]);
      res.on('data', (d) => log.push(['data', text(d)]));
      res.on('end', () => log.push(['end', res.complete, res.rawTrailers]));
      res.on('error', (e) => log.push(['res error', ...describe(e)]));
    });
    req.on('upgrade', (res, socket, head) => {
      log.push(['upgrade', res.statusCode, text(head)]);
      socket.destroy();
    });
    req.on('error', (e) => log.push(['error', ...describe(e)]));
    req.on('close', () => later(() => {
      log.push(['close', req.reusedSocket, Object.keys(agent.sockets).length, Object.keys(agent.freeSockets).length]);
      then();
    }));
  };
  ask('/' + id, () => ask(`/${id}/again`, () => {
    agent.destroy();
    later(() => process.stdout.write(`${id}\t${JSON.stringify(log)}\n`));
  }));
}

let rest = '';
process.stdin.on('data', (d) => {
  const lines = (rest + text(d)).split('\n');
  rest = lines.pop();
  for (const line of lines) {
    const [id, kind] = line.split(' ');
    if (kind === 'pooled') pooled(id);
    else run(id, kind);
  }
});
process.stdin.on('end', () => process.exit(0));
console.log('ready {}');
