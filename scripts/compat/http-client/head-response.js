// Responses to HEAD and 204/304 have no body, whatever their headers say.
'use strict';

const http = require('http');
const net = require('net');

const answers = {
  'HEAD with length': ['HEAD', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n'],
  'HEAD chunked': ['HEAD', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'],
  '204': ['GET', 'HTTP/1.1 204 No Content\r\n\r\n'],
  '304 with length': ['GET', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n'],
};
const names = Object.keys(answers);
const server = net.createServer((socket) => { socket.on('error', () => {}); socket.once('data', () => socket.write(answers[names[0]][1])); });
server.listen(0, '127.0.0.1', function next() {
  if (names.length === 0) return server.close();
  const agent = new http.Agent({ keepAlive: true });
  http.request({ port: server.address().port, host: '127.0.0.1', method: answers[names[0]][0], agent }, (res) => {
    console.log(names[0], res.statusCode, res.headers);
    res.on('data', () => console.log('data?'));
    res.on('end', () => setImmediate(() => {
      console.log('end', res.complete, Object.keys(agent.freeSockets).length);
      agent.destroy();
      names.shift();
      next();
    }));
  }).end();
});
