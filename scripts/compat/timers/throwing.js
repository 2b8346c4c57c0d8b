// A timer, a tick and an immediate that throw: the others of the same turn still run.
'use strict';

process.on('uncaughtException', (err) => console.log('caught', err.message));
for (const n of [1, 2, 3]) {
  setImmediate(() => {
    console.log('immediate', n);
    if (n === 3) setImmediate(timers);
    if (n === 2) throw new Error('immediate 2');
  });
  process.nextTick(() => { console.log('tick', n); if (n === 2) throw new Error('tick 2'); });
  queueMicrotask(() => { console.log('microtask', n); if (n === 2) throw new Error('microtask 2'); });
}
function timers() {
  for (const n of [1, 2, 3]) setTimeout(() => { console.log('timeout', n); if (n === 2) throw new Error('timeout 2'); }, 5);
}
