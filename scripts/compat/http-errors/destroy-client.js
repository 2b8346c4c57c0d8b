// abort() and destroy() of a request at every stage: events, errors, flags.
'use strict';

const http = require('http');

const stages = ['at once', 'with error', 'abort at once', 'on socket', 'before response', 'in response', 'in response with error', 'abort in response', 'after end', 'res.destroy', 'res.destroy with error', 'twice'];
let stage;
let held;
const server = http.createServer((req, res) => {
  res.on('error', () => {});
  if (stage === 'before response') { held.destroy(); return; }
  res.write('part');
  if (stage === 'after end') res.end();
});
server.listen(0, '127.0.0.1', function next() {
  stage = stages.shift();
  if (!stage) return server.close();
  const now = stage;
  const req = held = http.get({ port: server.address().port, host: '127.0.0.1', agent: false });
  for (const event of ['abort', 'error', 'close', 'response']) req.on(event, (value) => console.log(now, 'req', event, value instanceof Error ? `${value.code} ${value.message}` : ''));
  req.on('response', (res) => {
    for (const event of ['aborted', 'error', 'end', 'close']) res.on(event, (value) => console.log(now, 'res', event, value instanceof Error ? `${value.code} ${value.message}` : ''));
    if (now === 'in response') req.destroy();
    if (now === 'in response with error') req.destroy(new Error('mine'));
    if (now === 'abort in response') req.abort();
    if (now === 'res.destroy') res.destroy();
    if (now === 'res.destroy with error') res.destroy(new Error('mine'));
    res.resume();
    if (now === 'after end') res.on('end', () => req.destroy());
    if (now === 'twice') { req.destroy(new Error('one')); req.destroy(new Error('two')); }
  });
  req.on('socket', (socket) => { if (now === 'on socket') { console.log(now, socket.connecting); req.destroy(); } });
  if (now === 'at once') console.log(req.destroy() === req);
  if (now === 'with error') req.destroy(new Error('mine'));
  if (now === 'abort at once') req.abort();
  req.on('close', () => {
    console.log(now, 'flags', req.aborted, req.destroyed, req.writableEnded, req.writableFinished);
    setImmediate(() => setImmediate(next));
  });
});
