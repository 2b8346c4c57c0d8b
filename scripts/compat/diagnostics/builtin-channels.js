// The channels that built-in modules publish on: http, net, child_process, dgram, module.
'use strict';
const dc = require('diagnostics_channel');
const http = require('http');
const net = require('net');
const dgram = require('dgram');
const { spawn } = require('child_process');
const seen = [];
const kind = (v) => v?.constructor?.name ?? typeof v;
const shape = (m) => Object.entries(m).map(([k, v]) => `${k}: ${typeof v === 'object' || typeof v === 'function' ? kind(v) : v}`).join(', ');
const names = ['http.client.request.created', 'http.client.request.start', 'http.client.request.error', 'http.client.response.finish', 'http.server.request.start',
  'http.server.response.created', 'http.server.response.finish', 'net.client.socket', 'net.server.socket', 'udp.socket', 'child_process'];
for (const name of names) dc.subscribe(name, (m, n) => seen.push(`${n} ${shape(m)}`));
const show = (label) => {
  console.log(label);
  for (const s of seen.sort()) console.log(' ', s);
  seen.length = 0;
};
const tracing = dc.tracingChannel('net.server.listen');
tracing.subscribe({ asyncStart: (m) => seen.push(`asyncStart ${shape(m)} ${m.options.mark}`), asyncEnd: (m) => seen.push(`asyncEnd ${shape(m)}`), error: (m) => seen.push(`error ${shape(m)} ${m.error.code}`) });

const server = http.createServer((req, res) => res.end('x'));
server.listen({ port: 0, host: '127.0.0.1', mark: 'ours' }, () => {
  show('listen');
  const { port } = server.address();
  net.createServer().on('error', () => {
    show('listen fails');
    http.get({ port, host: '127.0.0.1', agent: false }, (res) => res.resume().on('close', () => {
      server.close(() => {
        show('request');
        http.get({ port, host: '127.0.0.1', agent: false }).on('error', () => {
          show('refused');
          dgram.createSocket('udp4').close();
          spawn(process.execPath, ['-e', '0']).on('close', () => {
            show('others');
            modules();
          });
        });
      });
    }));
  }).listen({ port, host: '127.0.0.1', mark: 'taken' });
});

function modules() {
  const log = (event) => (m) => console.log(event, m.id ?? m.url, kind(m.result), kind(m.error), Boolean(m.parentFilename ?? m.parentURL));
  for (const name of ['module.require', 'module.import']) {
    dc.tracingChannel(name).subscribe({ start: log('start'), end: log('end'), asyncStart: log('asyncStart'), asyncEnd: log('asyncEnd'), error: log('error') });
  }
  require('zlib');
  try {
    require('./not-there');
  } catch (e) {
    console.log(e.code);
  }
  import('fs').then(() => import('does-not-exist')).catch((e) => console.log(e.code));
}
