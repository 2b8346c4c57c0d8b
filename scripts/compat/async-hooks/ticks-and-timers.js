// Hooks of ticks, microtasks, timers and immediates: order, causes, ends.
'use strict';
const hooks = require('async_hooks');

const out = [];
const names = new Map([[0, 'root'], [1, 'main']]);
const name = (id) => names.get(id) ?? 'unknown';
const log = (...args) => out.push(args.join(' '));
const hook = hooks.createHook({
  init(id, type, trigger) {
    names.set(id, type + names.size);
    log('init', name(id), 'from', name(trigger), 'in', name(hooks.executionAsyncId()));
  },
  before(id) { log('before', name(id), name(hooks.triggerAsyncId())); },
  after(id) { log('after', name(id)); },
  destroy(id) { log('destroy', name(id)); },
}).enable();

process.nextTick(() => log('tick', name(hooks.executionAsyncId())));
queueMicrotask(() => log('microtask', name(hooks.executionAsyncId())));
setImmediate(() => log('immediate'));
clearImmediate(setImmediate(() => log('never')));
clearTimeout(setTimeout(() => log('never'), 1));
setTimeout((arg) => {
  log('timer', arg, hooks.executionAsyncResource().hasRef());
  setTimeout(() => log('inner'), 1);
  queueMicrotask(() => log('microtask'));
  process.nextTick(() => log('tick'));
}, 10, 'argument');
setTimeout(() => {
  let n = 0;
  const t = setInterval(() => {
    log('interval', ++n);
    if (n === 2) clearInterval(t);
  }, 1);
}, 200);
setTimeout(() => require('timers/promises').setTimeout(1).then(() => log('promise of a timer')), 300);
AbortSignal.timeout(100).onabort = () => log('abort');

process.on('exit', () => {
  hook.disable();
  console.log(out.join('\n'));
});
