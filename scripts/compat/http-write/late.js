// Writes that come too late: after end with 'error', after destroy without.
'use strict';
const http = require('http');

const server = http.createServer((req, res) => {
  if (req.url === '/end') {
    res.on('error', (e) => console.log('error', e.code));
    res.end('x');
    res.write('y', (e) => console.log('write callback', e.code));
    res.end('z', (e) => console.log('end callback', e.code));
    return;
  }
  res.on('error', (e) => console.log('unexpected', e.code));
  res.end();
  res.destroy();
  res.end('asd', (e) => console.log('end callback', e.code));
  res.write('asd', (e) => console.log('write callback', e.code));
  console.log(res.errored);
});
server.listen(0, '127.0.0.1', () => {
  const get = (path, next) => {
    http.get({ port: server.address().port, host: '127.0.0.1', path, agent: false }, (res) => {
      console.log(path, res.statusCode);
      res.resume();
    }).on('error', (e) => console.log(path, e.code)).on('close', () => setTimeout(next, 20));
  };
  get('/end', () => get('/destroy', () => server.close()));
});

for (const chunk of [undefined, null, 1, {}]) {
  try { http.OutgoingMessage.prototype.write.call({ _header: 'h', _hasBody: true }, chunk); } catch (e) { console.log(e.code, e.message); }
}
