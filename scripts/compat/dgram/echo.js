// Messages both ways in every form of send, and the order of events.
'use strict';
const dgram = require('dgram');

const server = dgram.createSocket('udp4', (msg, rinfo) => {
  console.log('server got', msg.toString(), Object.keys(rinfo).join(), rinfo.address, rinfo.family, rinfo.size);
  if (msg.length) server.send(['echo ', msg], rinfo.port, rinfo.address);
  else server.send(Buffer.alloc(0), rinfo.port);
});
server.on('listening', () => console.log('listening', server.address().address, server.address().family));
server.on('close', () => console.log('server close'));

server.bind({ port: 0, address: '127.0.0.1' }, function() {
  console.log('bind callback', this === server);
  const { port } = server.address();
  const client = dgram.createSocket({ type: 'udp4' });
  client.on('listening', () => console.log('client listening'));
  const forms = [
    (cb) => client.send('text', port, cb),
    (cb) => client.send(Buffer.from('buffer'), port, '127.0.0.1', cb),
    (cb) => client.send(Buffer.from('-offset-'), 1, 6, port, '127.0.0.1', cb),
    (cb) => client.send('-offset-', 1, 6, port, '127.0.0.1', cb),
    (cb) => client.send(['li', Buffer.from('s'), new Uint8Array([116])], port, cb),
    (cb) => client.send(new DataView(new Uint8Array([97, 98, 99]).buffer, 1), String(port), 'localhost', cb),
    (cb) => client.send([], port, cb),
    (cb) => client.sendto(Buffer.from('sendto'), 0, 6, port, '127.0.0.1', cb),
  ];
  let i = 0;
  const next = () => {
    if (i === forms.length) {
      client.close(() => console.log('client close'));
      server.close();
      return;
    }
    console.log('returns', forms[i++]((err, bytes) => console.log('sent', err, bytes)));
  };
  client.on('message', (msg) => { console.log('client got', JSON.stringify(msg.toString())); next(); });
  next();
});
