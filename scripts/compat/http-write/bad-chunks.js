// What write and end refuse, and what they take.
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
  res.on('error', (err) => console.log('error', err.code));
  attempt('number', () => res.write(5));
  attempt('null', () => res.write(null));
  attempt('undefined', () => res.write());
  attempt('object', () => res.write({}));
  attempt('array', () => res.write(['a']));
  attempt('headers', () => res.headersSent);
  attempt('empty', () => res.write(''));
  attempt('typed', () => res.write(new Uint8Array([97, 98])));
  attempt('uint16', () => res.write(new Uint16Array([97])));
  attempt('end', () => res.end(new Uint8Array([99])) === res);
});
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => {
    res.setEncoding('latin1');
    let body = '';
    res.on('data', (chunk) => { body += chunk; });
    res.on('end', () => { console.log(JSON.stringify(body)); server.close(); });
  });
});
