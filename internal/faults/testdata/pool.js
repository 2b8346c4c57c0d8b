// A client with a pool of one connection; argv[2] is the server's port. It tells
// the bodies it got, one a line.
'use strict';
const http = require('http');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const get = (path) => new Promise((resolve) => {
  http.get({ port: process.argv[2], host: '127.0.0.1', path, agent }, (res) => {
    let body = '';
    res.setEncoding('utf8').on('data', (d) => { body += d; }).on('end', () => resolve(body)).on('error', (e) => resolve(e.code));
  }).on('error', (e) => resolve(e.code));
});
(async () => {
  console.log(await get('/first'));
  await new Promise((r) => setTimeout(r, 200));
  console.log(await get('/second'));
  agent.destroy();
})();
