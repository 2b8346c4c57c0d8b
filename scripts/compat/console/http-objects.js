// console.log of headers, addresses, a response's headers, an agent, in Node's layout.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  console.log(req.headers);
  console.log(req.rawHeaders);
  console.log(Object.keys(req).sort().join());
  res.setHeader('X-A', 'b');
  console.log(res.getHeaders());
  console.log(Object.keys(res).sort().join());
  res.end();
});
server.listen(0, '127.0.0.1', () => {
  console.log({ ...server.address(), port: 0 });
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false, headers: { Accept: '*/*', Host: 'a' } }, (res) => {
    res.headers.date = 'now';
    console.log(res.headers);
    res.resume();
    server.close();
  });
});
console.log(new http.Agent({ keepAlive: true }));
console.log(Object.keys(server).sort().join());
