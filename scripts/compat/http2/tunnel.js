// CONNECT, extended CONNECT, and a session inside of a stream of another.
const http2 = require('http2');
const net = require('net');
const target = http2.createServer((req, res) => res.end(`inner ${req.url}`));
const proxy = http2.createServer({ settings: { enableConnectProtocol: true } });
proxy.on('stream', (stream, headers) => {
  if (headers[':protocol']) {
    console.log('extended', headers[':protocol'], headers[':path'], headers[':scheme']);
    stream.respond();
    stream.end('hi');
    return;
  }
  console.log(headers[':method'], headers[':path'], headers[':scheme'], headers[':authority'].replace(/\d+$/, 'port'));
  const socket = net.connect(headers[':authority'].split(':')[1], '127.0.0.1', () => {
    stream.respond();
    socket.pipe(stream).pipe(socket);
  });
  socket.on('error', () => {});
  stream.on('error', () => {});
});
target.listen(0, '127.0.0.1', () => proxy.listen(0, '127.0.0.1', () => {
  const outer = http2.connect(`http://127.0.0.1:${proxy.address().port}`);
  outer.once('remoteSettings', () => {
    const web = outer.request({ ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/chat' });
    web.setEncoding('utf8').on('data', (d) => console.log(d)).on('close', tunnel);
    web.end();
  });
  function tunnel() {
    const stream = outer.request({ ':method': 'CONNECT', ':authority': `127.0.0.1:${target.address().port}` });
    stream.on('response', (h) => {
      console.log('tunnel', h[':status']);
      const inner = http2.connect('http://inner.example', { createConnection: () => stream });
      const req = inner.request({ ':path': '/deep' });
      req.setEncoding('utf8').on('data', (d) => console.log(d)).on('end', () => console.log('end'));
      req.on('close', () => {
        inner.close();
        inner.on('close', () => {
          console.log('inner closed');
          outer.close();
          proxy.close();
          target.close();
        });
      });
    });
  }
}));
