// What hooks are told of promises, in which order, and which promise caused which.
'use strict';
const hooks = require('async_hooks');

const out = [];
const names = new Map([[0, 'root'], [1, 'main']]);
const name = (id) => names.get(id) ?? 'unknown';
const log = (...args) => out.push(args.join(' '));
const hook = hooks.createHook({
  init(id, type, trigger, resource) {
    if (type !== 'PROMISE') return;
    names.set(id, `p${names.size - 1}`);
    log('init', name(id), 'from', name(trigger), 'in', name(hooks.executionAsyncId()), resource instanceof Promise);
  },
  before(id) { log('before', name(id), name(hooks.executionAsyncId()), name(hooks.triggerAsyncId())); },
  after(id) { log('after', name(id), name(hooks.executionAsyncId())); },
  promiseResolve(id) { log('resolve', name(id)); },
});

const cases = {
  'then': () => Promise.resolve(1).then(() => log('body')),
  'catch': () => Promise.reject(new Error('x')).catch(() => log('body')),
  'finally': () => Promise.resolve(1).finally(() => log('body')),
  'constructor': () => new Promise((resolve) => { log('executor'); resolve(5); log('resolved'); }).then(() => log('body')),
  'resolved with a promise': () => new Promise((resolve) => resolve(Promise.resolve(3))).then(() => log('body')),
  'promise from then': () => Promise.resolve(1).then(() => Promise.resolve(2)).then(() => log('body')),
  'throw in then': () => Promise.resolve(1).then(() => { throw new Error('x'); }).catch(() => log('caught')),
  'await a value': () => (async () => { log('in'); await null; log('between'); await 1; log('out'); })(),
  'await a promise': () => { const p = Promise.resolve(7); return (async () => { await p; log('body'); })().then(() => log('done')); },
  'await a rejection': () => (async () => { try { await Promise.reject(new Error('q')); } catch { log('caught'); } return 5; })(),
  'async returns a promise': () => (async () => Promise.resolve(1))().then(() => log('body')),
  'async throws': () => (async () => { throw new Error('z'); })().catch(() => log('caught')),
  'all': () => Promise.all([1, Promise.resolve(2)]).then(() => log('body')),
  'race': () => Promise.race([1, Promise.resolve(2)]).then(() => log('body')),
  'any': () => Promise.any([1]).then(() => log('body')),
  'allSettled': () => Promise.allSettled([1]).then(() => log('body')),
  'withResolvers': () => { const r = Promise.withResolvers(); r.promise.then(() => log('body')); r.resolve(1); },
  'try': () => Promise.try(() => 1).then(() => log('body')),
  'subclass': () => { class P extends Promise {} return P.resolve(1).then(() => log('body')); },
};

const list = Object.entries(cases);
function next() {
  hook.disable();
  names.clear();
  names.set(0, 'root').set(1, 'main');
  const c = list.shift();
  if (!c) return console.log(out.join('\n'));
  log(`-- ${c[0]}`);
  setTimeout(() => {
    names.set(hooks.executionAsyncId(), 'timer');
    hook.enable();
    c[1]();
    setTimeout(next, 2);
  }, 1);
}
next();
