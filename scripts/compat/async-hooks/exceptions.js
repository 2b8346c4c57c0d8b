// The context of uncaught exceptions and of unhandled rejections.
'use strict';
const hooks = require('async_hooks');

const store = new hooks.AsyncLocalStorage();
const out = [];
const names = new Map([[0, 'root'], [1, 'main']]);
const name = (id) => names.get(id) ?? 'unknown';
const log = (...args) => out.push(args.join(' '));
const hook = hooks.createHook({
  init(id, type) { names.set(id, type); },
  before(id) { if (name(id) !== 'TickObject' && name(id) !== 'Immediate') log('before', name(id)); },
  after(id) { if (name(id) !== 'TickObject' && name(id) !== 'Immediate') log('after', name(id)); },
}).enable();

process.on('uncaughtException', (e) => log('uncaught', e.message, name(hooks.executionAsyncId()), store.getStore()));
process.on('unhandledRejection', (e) => log('unhandled', e.message, name(hooks.executionAsyncId()), store.getStore()));

store.run('timer', () => setTimeout(() => { throw new Error('from a timer'); }, 1));
store.run('microtask', () => setTimeout(() => queueMicrotask(() => { throw new Error('from a microtask'); }), 10));
store.run('tick', () => setTimeout(() => process.nextTick(() => { throw new Error('from a tick'); }), 20));
store.run('promise', () => setTimeout(() => { store.run('inner', () => { Promise.reject(new Error('rejected')); }); }, 30));
store.run('async', () => setTimeout(async () => { await 1; throw new Error('from an async function'); }, 40));
const resource = new hooks.AsyncResource('Mine');
store.run('outer', () => setTimeout(() => resource.runInAsyncScope(() => { throw new Error('from a resource'); }), 50));

process.on('exit', () => {
  hook.disable();
  console.log(out.join('\n'));
});
