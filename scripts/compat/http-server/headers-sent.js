// What may and may not happen after the headers are out and after the end.
'use strict';

const http = require('http');

const attempt = (label, run) => {
  try {
    console.log(label, run());
  } catch (err) {
    console.log(label, err.name, err.code, err.message);
  }
};
const server = http.createServer((req, res) => {
  console.log(res.headersSent, res.writable, res.writableEnded, res.finished, res.writableLength);
  res.write('a');
  console.log(res.headersSent, res.writable, res.writableEnded, res.finished);
  attempt('setHeader', () => res.setHeader('x', 'y'));
  attempt('writeHead', () => res.writeHead(200));
  attempt('statusCode', () => { res.statusCode = 500; return res.statusCode; });
  res.on('error', (err) => console.log('error', err.code, err.message));
  res.end('b', () => console.log('end callback'));
  console.log(res.writable, res.writableEnded, res.finished, res.writableFinished);
  attempt('write after', () => res.write('c', (err) => console.log('write callback', err.code)));
  attempt('end after', () => res.end() === res);
  attempt('end with data', () => res.end('d', (err) => console.log('second end callback', err.code)) === res);
  res.on('close', () => {
    console.log('close', res.writable, res.writableFinished, res.socket, res.destroyed, res.errored && res.errored.code);
  });
});
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => {
    res.setEncoding('utf8');
    res.on('data', (chunk) => console.log('data', chunk));
    res.on('end', () => server.close());
  });
});
