// module.registerHooks: resolve and load for require and import, chained, and taken away again.
'use strict';

const path = require('path');
const { registerHooks } = require('module');

const base = (url) => url && path.basename(url);
const first = registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('virtual:')) return { url: specifier, format: 'module', shortCircuit: true };
    const found = next(specifier === './renamed.cjs' ? './fixtures/esm/names.cjs' : specifier, context);
    console.log('resolve', specifier.startsWith('/') ? base(specifier) : specifier, base(context.parentURL), context.conditions, base(found.url));
    return found;
  },
  load(url, context, next) {
    if (url === 'virtual:text') return { format: 'module', source: 'export default import.meta.url', shortCircuit: true };
    const loaded = next(url, context);
    console.log('load', base(url), context.format, loaded.format);
    return url.endsWith('function.cjs') ? { ...loaded, source: 'module.exports = "replaced"' } : loaded;
  },
});
const second = registerHooks({ resolve(specifier, context, next) { return next(specifier.replace('twice', 'fixtures'), context); } });
console.log(require('./renamed.cjs').two, require('./twice/esm/function.cjs'), typeof require('fs').readFile);
(async () => {
  console.log((await import('virtual:text')).default, (await import('./twice/esm/counter.mjs')).count);
  first.deregister();
  second.deregister();
  try { require('./renamed.cjs'); } catch (err) { console.log(err.code); }
  for (const hooks of [{ load: () => ({}) }, { resolve: () => ({ shortCircuit: true }) }, { resolve: (s, c, next) => ({ ...next(s, c), url: 5 }) }]) {
    const h = registerHooks(hooks);
    try { require('./fixtures/esm/passed-on.cjs'); } catch (err) { console.log(err.name, err.code, err.message); }
    h.deregister();
  }
})();
