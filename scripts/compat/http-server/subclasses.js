// createServer with its own IncomingMessage and ServerResponse.
'use strict';

const http = require('http');

class MyRequest extends http.IncomingMessage {
  get path() { return this.url.split('?')[0]; }
}
class MyResponse extends http.ServerResponse {
  json(value) {
    this.setHeader('Content-Type', 'application/json');
    this.end(JSON.stringify(value));
  }
}
const server = http.createServer({ IncomingMessage: MyRequest, ServerResponse: MyResponse }, (req, res) => {
  console.log(req instanceof MyRequest, res instanceof MyResponse, req.constructor.name, res.req === req);
  res.json({ path: req.path });
});
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', path: '/a?b', agent: false }, (res) => {
    console.log(res.headers['content-type'], res instanceof http.IncomingMessage, res instanceof MyRequest);
    res.on('data', (chunk) => console.log(String(chunk)));
    res.on('end', () => server.close());
  });
});
