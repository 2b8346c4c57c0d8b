// timers/promises: values, abort, interval; and util.promisify of the timers.
'use strict';

const { setTimeout: sleep, setImmediate: immediate, setInterval: every, scheduler } = require('timers/promises');
const util = require('util');

(async () => {
  console.log(await sleep(5, 'value'), await immediate('now'), await util.promisify(setTimeout)(1, 'p'), await util.promisify(setImmediate)('i'));
  const controller = new AbortController();
  const aborted = sleep(1000, null, { signal: controller.signal }).catch((err) => console.log(err.name, err.code, err.message, err.cause.name));
  controller.abort();
  await aborted;
  await sleep(10, null, { signal: AbortSignal.abort('why') }).catch((err) => console.log(err.code, err.cause));
  let n = 0;
  for await (const value of every(3, 'tick')) { console.log(value); if (++n === 3) break; }
  await scheduler.wait(2);
  await scheduler.yield();
  await sleep(1, null, { ref: 'x' }).catch((err) => console.log(err.code, err.message));
  await sleep(1, null, { signal: {} }).catch((err) => console.log(err.code, err.message));
  console.log(require('timers').promises === require('timers/promises'), Object.keys(require('timers')).sort());
})();
