// One port for several workers: http by turns, datagrams shared, and what fails.
'use strict';
const cluster = require('cluster');
const http = require('http');
const net = require('net');
const dgram = require('dgram');

if (cluster.isPrimary) {
  const workers = [cluster.fork(), cluster.fork()];
  const ports = [];
  let udp = 0;
  cluster.on('listening', (w, { port, addressType }) => {
    if (addressType === 'udp4') { if (++udp === 2) datagrams(); return; }
    ports.push(port);
    if (ports.length === 2) requests();
  });
  const requests = () => {
    console.log('same port', ports[0] === ports[1]);
    const seen = [];
    let left = 8;
    const next = () => {
      if (left-- === 0) {
        console.log('by turns', seen.every((id, i) => i < 2 || id === seen[i - 2]), new Set(seen).size);
        for (const w of workers) w.send({ udp: true });
        return;
      }
      http.get({ port: ports[0], host: '127.0.0.1', agent: false }, (res) => {
        res.setEncoding('utf8').on('data', (d) => seen.push(d)).on('end', next);
      });
    };
    next();
  };
  const datagrams = () => {
    const u = dgram.createSocket('udp4', (m) => {
      console.log('datagram', m.toString());
      u.close();
      taken();
    });
    u.bind(0, '127.0.0.1', () => workers[0].send({ to: u.address().port }));
  };
  const taken = () => {
    const s = net.createServer().listen(0, '127.0.0.1', () => {
      workers[0].send({ listen: s.address().port });
      workers[0].on('message', (m) => {
        console.log(JSON.stringify(m));
        s.close();
        cluster.disconnect(() => console.log('gone'));
      });
    });
  };
} else {
  http.createServer((req, res) => res.end(String(cluster.worker.id))).listen(0, '127.0.0.1');
  let u;
  process.on('message', (m) => {
    if (m.udp) u = dgram.createSocket('udp4').bind(0, '127.0.0.1');
    if (m.to) u.send('from a worker', m.to, '127.0.0.1');
    if (m.listen) {
      net.createServer().listen(m.listen, '127.0.0.1').on('error', (e) =>
        process.send({ code: e.code, syscall: e.syscall, same: e.port === m.listen, address: e.address }));
    }
  });
}
