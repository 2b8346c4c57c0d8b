// A worker: data, messages both ways, what it sees of itself, its end.
'use strict';

const { Worker, isMainThread, parentPort, workerData, threadId, threadName, setEnvironmentData, getEnvironmentData, resourceLimits } = require('worker_threads');

if (isMainThread) {
  setEnvironmentData('shared', { deep: [1] });
  const buffer = new ArrayBuffer(2);
  const shared = new SharedArrayBuffer(4);
  const w = new Worker(__filename, { workerData: { buffer, shared, map: new Map([[1, 2]]) }, transferList: [buffer], argv: ['x', 1], name: ' named ', env: { ONLY: 'this' } });
  console.log(buffer.byteLength, w.threadName, w.threadId > 0, w.stdin, Object.keys(w.resourceLimits));
  w.on('online', () => console.log('online'));
  w.on('message', (m) => {
    console.log('from the worker', m);
    if (m.shared) {
      console.log('stored', Atomics.load(new Int32Array(shared), 0));
      w.postMessage('end');
    }
  });
  w.on('error', (e) => console.log('error', e.name, e.message, e.code, e.extra, e instanceof TypeError, e.cause));
  w.on('exit', (code) => console.log('exit', code, w.threadId, w.threadName, w.resourceLimits));
  w.postMessage({ hello: 1n });
} else {
  console.log(workerData.buffer.byteLength, workerData.map, threadId > 0, threadName, process.argv.slice(2), process.env.ONLY, process.env.PATH, getEnvironmentData('shared'));
  console.log(Object.keys(resourceLimits), require.main === module, typeof performance.now());
  for (const f of ['chdir', 'abort', 'setuid']) {
    try { process[f]('/'); } catch (e) { console.log(e.name, e.code, e.message); }
  }
  Atomics.store(new Int32Array(workerData.shared), 0, 42);
  parentPort.on('message', (m) => {
    if (m === 'end') {
      parentPort.close();
      throw Object.assign(new TypeError('bad', { cause: 'why' }), { extra: 5, code: 'E_OWN' });
    }
    parentPort.postMessage(m);
    parentPort.postMessage({ shared: true });
  });
  process.on('exit', (code) => console.log('inside exit', code));
}
