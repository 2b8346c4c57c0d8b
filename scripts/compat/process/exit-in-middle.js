// process.exit stops everything at once: nothing after it, no pending work.
'use strict';

process.on('exit', (code) => console.log('exit', code));
process.nextTick(() => console.log('never'));
setImmediate(() => console.log('never'));
Promise.resolve().then(() => console.log('never'));
try {
  process.exit(4);
} finally {
  console.log('never');
}
