// Unref'd timers and immediates do not hold the process; natural end and beforeExit.
'use strict';

setTimeout(() => console.log('never'), 100000).unref();
setInterval(() => console.log('never'), 100000).unref();
setTimeout(() => console.log('short'), 5);
let rounds = 0;
process.on('beforeExit', (code) => {
  console.log('beforeExit', code, ++rounds);
  if (rounds === 1) setTimeout(() => console.log('kept alive'), 1);
  if (rounds === 2) setImmediate(() => console.log('kept again'));
});
process.on('exit', (code) => console.log('exit', code));
