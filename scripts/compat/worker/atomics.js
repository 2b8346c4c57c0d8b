// Memory that threads share: wait and notify, waitAsync, a port that a worker gets.
'use strict';

const { Worker, MessageChannel, BroadcastChannel } = require('worker_threads');

const shared = new Int32Array(new SharedArrayBuffer(8));
const { port1, port2 } = new MessageChannel();
const w = new Worker(`
  const { workerData: { shared, port } } = require('worker_threads');
  port.postMessage(Atomics.wait(shared, 0, 0));
  port.postMessage([Atomics.wait(shared, 0, 5), Atomics.wait(shared, 0, 0, 1)]);
  Atomics.store(shared, 1, 7);
  Atomics.notify(shared, 1);
  const b = new BroadcastChannel('all');
  b.onmessage = (e) => { port.postMessage('heard ' + e.data); b.close(); port.close(); };
  port.postMessage('ready');
`, { eval: true, workerData: { shared, port: port2 }, transferList: [port2] });

const channel = new BroadcastChannel('all');
channel.onmessage = () => console.log('not its own');
port1.on('message', (m) => {
  log.push(m);
  if (m === 'ready') channel.postMessage('news');
});
port1.on('close', () => {
  closed = true;
  channel.close();
});
const log = [];
let woken, closed, exit;
w.on('exit', (code) => { exit = code; });
process.on('exit', () => console.log(log, closed, exit, woken, Atomics.load(shared, 1)));
w.on('online', () => {
  Atomics.waitAsync(shared, 1, 0).value.then((v) => { woken = v; });
  const wake = () => {
    if (Atomics.notify(shared, 0) === 0) setTimeout(wake, 1);
  };
  wake();
});
