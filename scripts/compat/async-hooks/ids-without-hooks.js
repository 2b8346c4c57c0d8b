// Ids where no hook was ever enabled: promises have none.
'use strict';
const hooks = require('async_hooks');
const { executionAsyncId: id, triggerAsyncId: trigger, executionAsyncResource: resource } = hooks;

console.log(Object.keys(hooks), Object.keys(hooks.asyncWrapProviders).join());
console.log(id(), trigger(), resource());
process.nextTick(() => console.log('tick', id() > 1, trigger(), typeof resource()));
Promise.resolve().then(() => console.log('then', id(), trigger()));
queueMicrotask(() => console.log('microtask', id() > 0));
(async () => { await 1; console.log('await', id(), trigger()); })();
setTimeout(() => {
  const outer = id();
  console.log('timer', outer > 1, trigger(), resource().constructor.name);
  setImmediate(() => {
    console.log('immediate', trigger() === outer, resource().constructor.name);
    stat();
  });
}, 1);
function stat() {
  require('fs').stat(__filename, () => {
    const outer = id();
    console.log('stat', outer > 1, trigger() > 1);
    require('dns').lookup('127.0.0.1', () => console.log('lookup', id() > outer, trigger() === outer));
  });
}
