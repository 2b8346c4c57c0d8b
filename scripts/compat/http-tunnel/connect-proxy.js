// The CONNECT proxy with a request through the tunnel by its own agent.
'use strict';

const http = require('http');
const net = require('net');

const origin = http.createServer((req, res) => res.end(`origin ${req.url}`));
const proxy = http.createServer();
proxy.on('connect', (req, client, head) => {
  const [host, port] = req.url.split(':');
  console.log('proxy', host, head.length);
  const out = net.connect(port, host, () => {
    client.write('HTTP/1.1 200 OK\r\n\r\n');
    out.write(head);
    out.pipe(client);
    client.pipe(out);
  });
});
origin.listen(0, '127.0.0.1', () => proxy.listen(0, '127.0.0.1', () => {
  http.request({ port: proxy.address().port, host: '127.0.0.1', method: 'CONNECT', path: `127.0.0.1:${origin.address().port}` })
    .on('connect', (res, socket) => {
      console.log('tunnel', res.statusCode);
      http.get({ host: 'through', path: '/x', createConnection: () => socket, headers: { Connection: 'close' } }, (res) => {
        res.on('data', (chunk) => console.log(String(chunk)));
        res.on('end', () => { console.log('end'); proxy.close(); origin.close(); });
      });
    })
    .end();
}));
