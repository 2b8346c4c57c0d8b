// Objects of the host that cross threads: blobs, block lists, histograms, signals, streams.
'use strict';

const { Worker } = require('worker_threads');
const { BlockList, SocketAddress } = require('net');
const { createHistogram } = require('perf_hooks');
const { transferableAbortController } = require('util');

const list = new BlockList();
list.addAddress('1.2.3.4');
const histogram = createHistogram();
const ac = transferableAbortController();
const stream = new ReadableStream({ start(c) { c.enqueue({ n: 1 }); c.enqueue('two'); c.close(); } });
const w = new Worker(`
  const { workerData: d, parentPort } = require('worker_threads');
  (async () => {
    const read = [];
    for await (const x of d.stream) read.push(x);
    d.histogram.record(7);
    d.list.addAddress('5.6.7.8');
    parentPort.postMessage([await d.blob.text(), d.file.name, d.list.check('1.2.3.4'), d.address.port, read, d.signal.aborted, d.error.name, d.error.cause]);
    d.signal.onabort = () => parentPort.postMessage(['aborted', d.signal.reason]);
    parentPort.once('message', () => {});
  })();
`, {
  eval: true,
  workerData: {
    blob: new Blob(['blob']), file: new File(['f'], 'name'), list, address: new SocketAddress({ port: 5 }), histogram, stream, signal: ac.signal,
    error: new RangeError('far', { cause: [1n] }),
  },
  transferList: [stream, ac.signal],
});
w.on('message', (m) => {
  console.log(m);
  if (m[0] === 'aborted') return w.postMessage('end');
  console.log(list.check('5.6.7.8'), histogram.count);
  ac.abort('why');
});
w.on('error', (e) => console.log(e));
w.on('exit', (code) => console.log('exit', code));
