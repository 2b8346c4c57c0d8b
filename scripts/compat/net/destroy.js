// destroy with and without an error, destroySoon, resetAndDestroy: events on both ends.
'use strict';

const net = require('net');

const ways = {
  'destroy': (s) => s.destroy(),
  'destroy with error': (s) => s.destroy(new Error('mine')),
  'destroy twice': (s) => { s.destroy(); s.destroy(new Error('late')); },
  'destroySoon': (s) => { s.write('last words'); s.destroySoon(); },
  'end then destroy': (s) => { s.end('gone'); s.destroy(); },
  'resetAndDestroy': (s) => s.resetAndDestroy(),
};
const names = Object.keys(ways);
(function next() {
  const name = names.shift();
  if (!name) return;
  const traces = { server: [], client: [] };
  const watch = (side, s) => {
    for (const event of ['error', 'end', 'finish', 'close', 'data']) s.on(event, (v) => traces[side].push(v instanceof Error ? `${event} ${v.code || v.message}` : `${event} ${v}`));
  };
  let open = 2;
  const closed = () => { if (--open === 0) server.close(() => { console.log(name, traces); next(); }); };
  const server = net.createServer((socket) => {
    watch('server', socket);
    socket.on('close', closed);
    const result = ways[name](socket);
    if (result !== undefined) console.log(name, result === socket);
  });
  server.listen(0, '127.0.0.1', () => {
    const client = net.connect(server.address().port, '127.0.0.1');
    watch('client', client);
    client.on('close', closed);
  });
})();
