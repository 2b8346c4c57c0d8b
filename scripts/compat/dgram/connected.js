// A socket with a peer: states, errors, sends without address.
'use strict';
const dgram = require('dgram');
const tell = (name, f) => { try { console.log(name, f()); } catch (e) { console.log(name, e.name, e.code, e.message); } };

const server = dgram.createSocket('udp4');
server.bind(0, '127.0.0.1', () => {
  const { port } = server.address();
  const client = dgram.createSocket('udp4');
  tell('remote before', () => client.remoteAddress());
  tell('disconnect before', () => client.disconnect());
  for (const p of [0, null, undefined, 78960, 'x', 1.5]) tell('port ' + p, () => client.connect(p));
  tell('address', () => client.connect(port, 1));
  tell('connect', () => client.connect(port, '127.0.0.1', function() {
    console.log('connected', this === client, client.remoteAddress().address, client.remoteAddress().port === port);
    tell('again', () => client.connect(port));
    tell('with port', () => client.send('x', 0, 1, port));
    tell('with address', () => client.send('x', 1, '127.0.0.1', () => {}));
    tell('out of bounds', () => client.send('abc', 2, 5));
    tell('type', () => client.send(1));
    client.send('abc', (err, n) => {
      console.log('sent', err, n);
      client.send('abcdef', 2, 3, (err, n) => {
        console.log('sent', err, n);
        client.disconnect();
        tell('remote after', () => client.remoteAddress());
        client.close();
      });
    });
  }));
  const got = [];
  server.on('message', (m) => { got.push(m.toString()); if (got.length === 2) { console.log('server got', got.join()); server.close(); } });
});
