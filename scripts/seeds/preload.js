// Lets the scripts of this folder run as they stand, anywhere and several at a
// time (`-r ./preload.js`), under Node and under Spindle alike:
//
//   - a fixed port that a script listens on becomes a free one;
//   - a connection to such a port goes to the script's own server, and one to
//     any other host to a local server that answers every request;
//   - a script that is only a server gets a client that shows what it does;
//   - when every connection has ended, the script's servers are closed;
//   - whatever happens, the process ends within ten seconds.
//
// It uses nothing but public functions of http and net.
'use strict';

const http = require('http');
const net = require('net');
const path = require('path');

const script = path.basename(process.argv[1]);
const connect = net.connect;
const listen = net.Server.prototype.listen;

// What the clients of scripts that are only servers send, one connection each.
const get = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
const post = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 11\r\nConnection: close\r\n\r\nhello=world';
const clients = {
  'hello.js': [get],
  'internals-body-server.js': [post],
  'internals-hello-server.js': [get],
  'internals-pipelining-server.js': [
    'GET /1 HTTP/1.1\r\nHost: localhost\r\n\r\nGET /2 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
  'internals-agent-server.js': ['', ''],
  'manual-headers.js': [
    'GET / HTTP/1.1\r\nUser-Agent: this is invalid because there can be only one\r\n' +
    'User-Agent: curl/7.22.0\r\nHost: 127.0.0.1:8000\r\nACCEPT: */*\r\nConnection: close\r\n\r\n'],
  'manual-implicit-headers.js': [get],
  'manual-trailers.js': [get],
  'manual-write-head.js': [get],
  'walk-body-server.js': [post],
  'walk-hello-server.js': [get],
};

// Scripts that the document shows with another as their server, whose sockets
// never end: they stop a moment after the server has seen its connection.
const servers = { 'internals-agent-client.js': './internals-agent-server.js' };

// ----- fixed ports

const free = new Map(); // a script's port -> the port that it got
const real = new Set(); // ports that are to be left alone
const listening = new Set(); // the script's servers

net.Server.prototype.listen = function (...args) {
  const wanted = typeof args[0] === 'object' && args[0] !== null ? args[0].port : args[0];
  if (!Number.isInteger(wanted)) return listen.apply(this, args);
  args[0] = typeof args[0] === 'object' ? { ...args[0], port: 0 } : 0;
  listening.add(this);
  this.on('connection', track);
  const note = () => {
    const { port } = this.address();
    free.set(wanted, port);
    real.add(port);
  };
  this.once('listening', () => {
    note();
    for (const bytes of clients[script] || []) drive(this.address().port, bytes);
  });
  const result = listen.apply(this, args);
  if (this.address() !== null) note(); // bound at once, where no host is named
  return result;
};

// ----- the outside world

const world = net.createServer((socket) => {
  let seen = '';
  socket.unref();
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    seen += chunk;
    const head = seen.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(seen.slice(0, head));
    const body = seen.slice(head + 4);
    if (length !== null && body.length < Number(length[1])) return;
    const answer = `${seen.slice(0, seen.indexOf(' HTTP/'))} ${body}`;
    socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n' +
               `Content-Length: ${answer.length}\r\nConnection: close\r\n\r\n${answer}`);
  });
});
listen.call(world, 0);
world.unref();
real.add(world.address().port);

function redirect(options) {
  const port = Number(options.port || 80);
  if (options.path && !options.port && !options.host && !options.hostname) return options; // a Unix socket
  if (real.has(port)) return options;
  return { ...options, host: '127.0.0.1', hostname: undefined, port: free.get(port) || world.address().port };
}

function redirected(original) {
  return function (...args) {
    if (typeof args[0] === 'number' || typeof args[0] === 'string' && args[0] >= 0) {
      const host = typeof args[1] === 'string' ? args.splice(1, 1)[0] : undefined;
      args[0] = { port: args[0], host };
    }
    if (typeof args[0] === 'object') args[0] = redirect(args[0]);
    return track(original.apply(this, args));
  };
}

net.connect = net.createConnection = redirected(connect);
http.Agent.prototype.createConnection = redirected(http.Agent.prototype.createConnection);

// ----- the end

let open = 0;

function track(socket) {
  if (!socket || tracked.has(socket)) return socket;
  tracked.add(socket);
  open++;
  socket.once('close', () => {
    if (--open > 0) return;
    setImmediate(() => {
      if (open === 0) for (const server of listening) server.close();
    });
  });
  return socket;
}
const tracked = new WeakSet();

// drive is a client: it sends bytes and prints what comes back.
function drive(port, bytes) {
  const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
  let seen = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => { seen += chunk; });
  socket.on('close', () => console.log('client got %s', JSON.stringify(seen)));
  track(socket);
}

setTimeout(() => {
  console.log('preload: the script did not end');
  process.exit(70);
}, 10000).unref();

// ----- process.binding('http_parser'), which Node 24 no longer offers. Where it
// is missing, this is Node's own parser, initialised by the constructor as the
// document's version did.

let offered = true;
try {
  process.binding('http_parser');
} catch {
  offered = false;
}
if (!offered) {
  const { binding } = process;
  const { HTTPParser: Native } = require('_http_common');
  function HTTPParser(type) {
    const parser = new Native();
    parser.initialize(type, {});
    return parser;
  }
  Object.assign(HTTPParser, Native);
  process.binding = (name) => name === 'http_parser' ? { HTTPParser } : binding.call(process, name);
}

// ----- the script's counterpart

if (servers[script]) {
  const log = console.log;
  console.log = (...args) => { // the first connection: wait whether a second comes
    log(...args);
    if (args[0] === 1) setTimeout(() => process.exit(0), 200);
  };
  require(servers[script]);
}
