// A response that arrives before the body is sent; the body may go on.
'use strict';

const http = require('http');

const agent = new http.Agent({ keepAlive: true });
const server = http.createServer((req, res) => {
  res.end('early');
  let size = 0;
  req.on('data', (chunk) => { size += chunk.length; });
  req.on('end', () => { console.log('server got', size); agent.destroy(); server.close(); });
});
server.listen(0, '127.0.0.1', () => {
  const req = http.request({ port: server.address().port, host: '127.0.0.1', method: 'POST', agent });
  req.write('first');
  req.on('response', (res) => {
    console.log('response', req.writableEnded);
    res.on('data', (chunk) => console.log(String(chunk)));
    res.on('end', () => { console.log('end', req.writableEnded, req.destroyed); req.end('second'); });
    res.on('close', () => console.log('res close'));
  });
  req.on('finish', () => console.log('finish'));
  req.on('close', () => console.log('close'));
});
