// events.once and events.on as promises and async iterators.
'use strict';

const { once, on, EventEmitter, getEventListeners } = require('events');

(async () => {
  const e = new EventEmitter();
  setImmediate(() => e.emit('x', 1, 2));
  console.log(await once(e, 'x'), e.eventNames());
  setImmediate(() => e.emit('error', new Error('bad')));
  await once(e, 'y').catch((err) => console.log(err.message, e.eventNames()));
  setImmediate(() => e.emit('error', 'value'));
  console.log(await once(e, 'error'));
  const controller = new AbortController();
  const aborted = once(e, 'z', { signal: controller.signal }).catch((err) => console.log(err.name, err.code, err.message));
  controller.abort();
  await aborted;
  setImmediate(() => { e.emit('n', 1); e.emit('n', 2); e.emit('n', 3); });
  let seen = 0;
  for await (const value of on(e, 'n')) {
    console.log(value);
    if (++seen === 3) break;
  }
  console.log(e.eventNames(), getEventListeners(e, 'n'));
  setImmediate(() => { e.emit('m', 'a'); e.emit('end'); });
  for await (const value of on(e, 'm', { close: ['end'] })) console.log(value);
  console.log('closed');
})();
