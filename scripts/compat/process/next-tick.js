// nextTick: arguments, nesting, order with promises and async functions.
'use strict';

process.nextTick((a, b) => console.log('args', a, b), 1, 2);
(async () => {
  console.log('async start');
  await null;
  console.log('after await');
  process.nextTick(() => console.log('tick in async'));
  await null;
  console.log('after second await');
})();
process.nextTick(() => { console.log('tick'); Promise.resolve().then(() => console.log('promise in tick')); });
process.nextTick(() => console.log('next tick'));
new Promise((resolve) => { console.log('executor'); resolve(); }).then(() => console.log('then'));
console.log('sync end');
