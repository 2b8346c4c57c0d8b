// The channels of http, net and dgram: names, order, and what is in a message.
'use strict';
const dc = require('diagnostics_channel');
const http = require('http');
const net = require('net');
const dgram = require('dgram');

const names = [
  'http.client.request.created', 'http.client.request.start', 'http.client.request.error', 'http.client.response.finish',
  'http.server.request.start', 'http.server.response.created', 'http.server.response.finish',
  'net.client.socket', 'net.server.socket', 'udp.socket',
  'tracing:net.server.listen:asyncStart', 'tracing:net.server.listen:asyncEnd', 'tracing:net.server.listen:error',
];
const log = [];
const tell = (message, name) => {
  const parts = Object.keys(message).map((k) => `${k}=${k === 'options' ? JSON.stringify(message[k]) : message[k].constructor.name}`);
  log.push(`${name} ${parts.join(' ')}`);
};
for (const name of names) dc.subscribe(name, tell);

const server = http.createServer((req, res) => { log.push('handler'); req.resume(); res.end('x'); });
server.listen({ port: 0, host: '127.0.0.1', custom: 1 }, () => {
  const { port } = server.address();
  const req = http.request({ port, host: '127.0.0.1', agent: false, method: 'POST' }, (res) => {
    log.push('response');
    res.resume().on('end', () => {
      server.close();
      taken(port);
    });
  });
  req.end('body');
});

function taken() {
  const a = net.createServer().listen(0, '127.0.0.1', () => {
    net.createServer().on('error', (e) => {
      log.push('error ' + e.code);
      a.close(refused);
    }).listen(a.address().port, '127.0.0.1');
  });
}

function refused() {
  http.get({ port: 1, host: '127.0.0.1', agent: false }).on('error', (e) => {
    log.push('error ' + e.code);
    dgram.createSocket('udp4').close(() => {
      for (const name of names) dc.unsubscribe(name, tell);
      new net.Socket().destroy();
      dgram.createSocket('udp4').close();
      console.log(log.join('\n').replace(/"port":\d{4,}/g, '"port":"some"'));
    });
  });
}
