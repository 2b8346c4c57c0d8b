// Members of an incoming response, and its back references.
'use strict';

const http = require('http');

const server = http.createServer((req, res) => {
  res.writeHead(203, 'Some Reason', { 'X-A': '1', 'Set-Cookie': ['a=1', 'b=2'] });
  res.end('x');
});
server.listen(0, '127.0.0.1', () => {
  const req = http.get(`http://127.0.0.1:${server.address().port}/path?q=1`, (res) => {
    console.log(res.statusCode, res.statusMessage, res.httpVersion, res.httpVersionMajor, res.httpVersionMinor, res.method, res.url);
    console.log(res.headers['x-a'], res.headers['set-cookie'], res.rawHeaders.slice(0, 6), res.trailers, res.rawTrailers, res.complete, res.aborted, res.upgrade);
    console.log(res.req === req, req.res === res, res.socket === req.socket, res.connection === res.socket, res.client === res.socket);
    console.log(req.method, req.path, req.protocol, req.host, req.getHeaderNames(), req.getHeaders().host === `127.0.0.1:${server.address().port}`);
    console.log(res instanceof http.IncomingMessage, req instanceof http.ClientRequest, req instanceof http.OutgoingMessage);
    console.log(req.aborted, req.reusedSocket, req.maxHeadersCount, req.shouldKeepAlive, req.writableFinished);
    res.setTimeout(1000, () => {});
    res.resume();
    res.on('end', () => { console.log(res.complete, res.readableEnded); server.close(); http.globalAgent.destroy(); });
  });
});
