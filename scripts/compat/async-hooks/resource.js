// AsyncResource: ids, scopes, exceptions, ends, argument checks.
'use strict';
const hooks = require('async_hooks');
const { AsyncResource } = hooks;
const { EventEmitterAsyncResource } = require('events');

const out = [];
const names = new Map([[0, 'root'], [1, 'main']]);
const name = (id) => names.get(id) ?? 'unknown';
const log = (...args) => out.push(args.join(' '));
const hook = hooks.createHook({
  init(id, type, trigger, resource) {
    names.set(id, type + names.size);
    log('init', name(id), 'from', name(trigger), resource.constructor.name);
  },
  before(id) { log('before', name(id)); },
  after(id) { log('after', name(id)); },
  destroy(id) { log('destroy', name(id)); },
}).enable();
const attempt = (f) => { try { log(f()); } catch (e) { log(e.name, e.code, e.message); } };

const a = new AsyncResource('First');
log(name(a.asyncId()), name(a.triggerAsyncId()));
log(a.runInAsyncScope(function(x) {
  log(this, x, name(hooks.executionAsyncId()), name(hooks.triggerAsyncId()), hooks.executionAsyncResource() === a);
  process.nextTick(() => log('tick', name(hooks.executionAsyncId()), name(hooks.triggerAsyncId())));
  return 'result';
}, 'receiver', 'argument'));
const b = new AsyncResource('Second', { triggerAsyncId: a.asyncId() });
attempt(() => b.runInAsyncScope(() => { throw new RangeError('thrown'); }));
log(name(hooks.executionAsyncId()));
attempt(() => b.bind(function() { return [this === undefined, name(hooks.executionAsyncId())].join(); })());
attempt(() => AsyncResource.bind(function named() { return name(hooks.executionAsyncId()); }, 'Bound')());
attempt(() => AsyncResource.bind(function named() {}).length);
log(a.emitDestroy() === a);

attempt(() => new AsyncResource());
attempt(() => new AsyncResource(''));
attempt(() => new AsyncResource('x', -2));
attempt(() => new AsyncResource('x', { triggerAsyncId: 1.5 }));
attempt(() => new AsyncResource('x', 0).triggerAsyncId());
attempt(() => a.bind(1));
attempt(() => hooks.createHook({ init: 1 }));
attempt(() => hooks.createHook({ promiseResolve: {} }));
attempt(() => hooks.createHook());
attempt(() => typeof hooks.createHook({}).enable().disable().enable);

const e = new EventEmitterAsyncResource({ name: 'Emitter' });
e.on('x', () => log('x', name(hooks.executionAsyncId())));
e.emit('x');
e.emitDestroy();

process.on('exit', () => {
  hook.disable();
  console.log(out.join('\n'));
});
