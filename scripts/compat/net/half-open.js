// allowHalfOpen on either side: who may still write after the other's end.
'use strict';

const net = require('net');

function run(serverHalf, clientHalf, done) {
  const trace = [];
  const own = [];
  let open = 2;
  const closed = () => {
    if (--open > 0) return;
    server.close(() => { console.log(serverHalf, clientHalf, trace, own); if (done) done(); });
  };
  const server = net.createServer({ allowHalfOpen: serverHalf }, (socket) => {
    socket.on('data', (chunk) => trace.push(`server data ${chunk}`));
    socket.on('end', () => { trace.push(`server end ${socket.writable} ${socket.readyState}`); if (serverHalf) setImmediate(() => socket.end('late')); });
    socket.on('error', (err) => trace.push(`server ${err.code}`));
    socket.on('close', closed);
  });
  server.listen(0, '127.0.0.1', () => {
    const client = net.connect({ port: server.address().port, host: '127.0.0.1', allowHalfOpen: clientHalf }, () => client.end('request'));
    client.on('data', (chunk) => own.push(`data ${chunk}`));
    client.on('end', () => own.push(`end ${client.readyState}`));
    client.on('close', closed);
  });
}
run(true, true, () => run(true, false, () => run(false, true, () => run(false, false))));
