// The request's body by an async handler and for await.
'use strict';

const http = require('http');

const server = http.createServer(async (req, res) => {
  let size = 0;
  for await (const chunk of req) size += chunk.length;
  res.setHeader('x-size', size);
  res.end();
});
server.listen(0, '127.0.0.1', () => {
  const req = http.request({ port: server.address().port, host: '127.0.0.1', method: 'PUT', agent: false }, async (res) => {
    console.log(res.headers['x-size']);
    for await (const chunk of res) console.log(chunk);
    server.close();
  });
  for (let i = 0; i < 10; i++) req.write(Buffer.alloc(30000));
  req.end();
});
