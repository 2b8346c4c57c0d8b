// Which resources servers, sockets and requests are, what caused them, and their ends.
'use strict';
const hooks = require('async_hooks');
const fs = require('fs');
const http = require('http');
const net = require('net');

const ours = /^(TCP|PIPECONNECT|PIPESERVER|SHUTDOWN|HTTP|FSREQ|GETADDR|SIGNAL|STATWATCHER|FSEVENT|MESSAGEPORT|UDPWRAP|PROCESSWRAP)/;
console.log('-- resources, where they come from, and their ends');
const types = new Map();
const seen = new Map();
const count = (key) => seen.set(key, (seen.get(key) ?? 0) + 1);
const hook = hooks.createHook({
  init(id, type, trigger) {
    types.set(id, type);
    if (!ours.test(type)) return;
    const cause = types.get(trigger);
    count(`${type} from ${cause && ours.test(cause) ? cause : 'something else'}`);
  },
  destroy(id) {
    const type = types.get(id);
    if (ours.test(type)) count(`${type} is over`);
  },
});

function report(title) {
  hook.disable();
  console.log(`-- ${title}`);
  for (const line of [...seen].map(([k, n]) => `${k}: ${n}`).sort()) console.log(line);
  seen.clear();
  types.clear();
}
const cases = {
  net(done) {
    const server = net.createServer((c) => { c.resume(); c.end('answer'); server.close(done); });
    server.listen(0, '127.0.0.1', () => net.connect(server.address().port, '127.0.0.1').resume());
  },
  pipe(done) {
    const path = `${require('os').tmpdir()}/async-hooks-${process.pid}`;
    const server = net.createServer((c) => { c.resume(); c.end('answer'); server.close(done); });
    server.listen(path, () => net.connect(path).resume());
  },
  http(done) {
    const server = http.createServer((req, res) => res.end('answer'));
    server.listen(0, '127.0.0.1', () => {
      http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => res.resume().on('close', () => server.close(done)));
    });
  },
  'http agent'(done) {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const server = http.createServer((req, res) => res.end('answer'));
    let n = 0;
    const get = () => http.get({ port: server.address().port, host: '127.0.0.1', agent }, (res) => res.resume().on('close', () => {
      if (++n < 3) return setTimeout(get, 5);
      agent.destroy();
      server.close(done);
    }));
    server.listen(0, '127.0.0.1', get);
  },
  files(done) {
    fs.stat(__filename, () => fs.open(__filename, (e, fd) => fs.close(fd, () => fs.access(__filename, done))));
  },
  lookup(done) { require('dns').lookup('localhost', () => done()); },
  signal(done) {
    process.once('SIGUSR2', () => setTimeout(done, 1));
    process.kill(process.pid, 'SIGUSR2');
    setTimeout(() => {}, 30);
  },
  watchers(done) {
    fs.watchFile(__filename, () => {});
    fs.unwatchFile(__filename);
    fs.watch(__dirname).close();
    done();
  },
  messages(done) {
    const { port1, port2 } = new MessageChannel();
    port2.on('message', () => port1.close()).on('close', () => done());
    port1.postMessage(1);
  },
  dgram(done) {
    const s = require('dgram').createSocket('udp4');
    s.bind(0, '127.0.0.1', () => s.close(() => done()));
  },
};
const list = Object.entries(cases);
(function next() {
  const c = list.shift();
  if (!c) return;
  setTimeout(() => {
    hook.enable();
    c[1](() => setTimeout(() => { report(c[0]); next(); }, 60));
  }, 1);
})();
