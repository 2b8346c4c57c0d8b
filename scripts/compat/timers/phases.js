// Ticks, promises, immediates and timers: the order of one loop's phases.
'use strict';

const fs = require('fs');

setTimeout(() => console.log('timeout 0'), 0);
setTimeout(() => {
  console.log('timeout 1');
  fs.readFile(__filename, () => {
    console.log('read');
    setTimeout(() => console.log('timeout after read'), 0);
    setImmediate(() => console.log('immediate after read'));
    process.nextTick(() => console.log('tick after read'));
  });
}, 1);
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => { console.log('promise'); process.nextTick(() => console.log('tick in promise')); }).then(() => console.log('promise 2'));
queueMicrotask(() => console.log('microtask'));
process.nextTick(() => { console.log('tick 2'); Promise.resolve().then(() => console.log('promise in tick')); process.nextTick(() => console.log('tick in tick')); });
console.log('main');
