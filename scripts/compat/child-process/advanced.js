// The serialization "advanced": what the structured clone algorithm takes goes
// both ways, with handles beside it.
'use strict';
const { fork } = require('child_process');
const net = require('net');
const { inspect } = require('util');

if (process.argv[2] === 'child') {
  process.on('message', (m, handle) => {
    console.log(inspect(m, { depth: 4, maxStringLength: 20 }).split("\n    at")[0], handle && handle.constructor.name);
    if (handle) handle.close();
    process.send(m === 'end' ? 'end' : m);
  });
} else {
  const child = fork(__filename, ['child'], { serialization: 'advanced' });
  const circular = { a: [1, , 3] };
  circular.self = circular;
  class Point { constructor() { this.x = 1; } get y() { return 2; } }
  const messages = [
    1n, new Map([['k', new Set([1])]]), new Date(0), /r/gi, circular, Buffer.from('buffer'), new Uint16Array([1, 513]),
    NaN, -0, undefined, 'text \u{1f600}', new Point(), [null, undefined], new RangeError('broken'), new Boolean(false), 'x'.repeat(70000),
  ];
  for (const m of [() => {}, Symbol('s'), undefined]) {
    try { child.send(m); } catch (e) { console.log(e.name, e.code, e.message); }
  }
  try { child.send({ f() {} }); } catch (e) { console.log(e.name, e.code); }
  let left = 0;
  for (const m of messages) {
    if (m === undefined || typeof m === 'bigint') continue;
    left++;
    child.send(m);
  }
  const got = [];
  child.on('message', (m) => {
    got.push(m === 'end' ? 'end' : inspect(m, { depth: 4, maxStringLength: 20 }).split('\n    at')[0]);
    if (m === 'end') {
      child.disconnect();
      setTimeout(() => console.log(got.join('\n')), 100);
    }
  });
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    child.send({ server: true }, server, () => { server.close(); child.send('end'); });
  });
}
