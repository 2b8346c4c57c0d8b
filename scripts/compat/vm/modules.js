// vm.SourceTextModule and vm.SyntheticModule: states, errors, linking.
'use strict';
const vm = require('vm');
const util = require('util');
const show = (name, f) => {
  try { console.log(name, f()); } catch (e) { console.log(name, 'threw', e.name, e.code, e.message); }
};
const asyncShow = async (name, f) => {
  try { console.log(name, await f()); } catch (e) { console.log(name, 'rejected', e.name, e.code, e.message, e.cause?.message); }
};
const { SourceTextModule, SyntheticModule, Module } = vm;
(async () => {
  show('keys', () => Object.getOwnPropertyNames(SourceTextModule.prototype).map(String).join());
  show('keys', () => Reflect.ownKeys(SyntheticModule.prototype).map(String).join());
  show('keys', () => Reflect.ownKeys(Module.prototype).map(String).join());
  show('no new', () => SourceTextModule('x'));
  show('no text', () => new SourceTextModule());
  show('options', () => new SourceTextModule('', 1));
  show('context', () => new SourceTextModule('', { context: {} }));
  show('context2', () => new SourceTextModule('', { context: 1 }));
  show('identifier', () => new SourceTextModule('', { identifier: 1 }));
  show('meta', () => new SourceTextModule('', { initializeImportMeta: 1 }));
  show('import', () => new SourceTextModule('', { importModuleDynamically: 1 }));
  show('line', () => new SourceTextModule('', { lineOffset: 'a' }));
  show('cached', () => new SourceTextModule('', { cachedData: 'a' }));
  show('syntax', () => new SourceTextModule('let a;\n  let a = 1', { identifier: 'bad.mjs' }));
  try { new SourceTextModule('let b;\n  let a = ;', { identifier: 'bad.mjs', lineOffset: 10 }); } catch (e) { console.log(e.stack.split('\n').slice(0, 1).join('\n')); }
  const a = new SourceTextModule('import b, { c as d } from "b"; export let x = b; export default d; export function up() { x++ }', { identifier: 'a' });
  console.log(a.status, a.identifier, a.context, a.moduleRequests, a.dependencySpecifiers);
  show('namespace', () => a.namespace);
  show('error', () => a.error);
  show('async', () => a.hasAsyncGraph());
  show('tla', () => a.hasTopLevelAwait());
  show('instantiate', () => a.instantiate());
  await asyncShow('evaluate', () => a.evaluate());
  await asyncShow('evaluate options', () => a.evaluate(1));
  await asyncShow('evaluate timeout', () => a.evaluate({ timeout: -1 }));
  await asyncShow('evaluate sigint', () => a.evaluate({ breakOnSigint: 1 }));
  await asyncShow('link', () => a.link());
  const linked = a.link(async (specifier, referrer, extra) => {
    console.log('linker', specifier, referrer === a, extra, a.status);
    return new SourceTextModule('export default 1; export const c = "c"', { identifier: 'b' });
  });
  console.log(a.status);
  console.log(await linked, a.status);
  await asyncShow('link again', () => a.link(() => {}));
  show('linkRequests', () => a.linkRequests([]));
  console.log(util.inspect(a.namespace));
  const p = a.evaluate();
  console.log(a.status, p);
  console.log(await p, a.status, a.namespace);
  a.namespace.up();
  console.log(a.namespace.x, a.namespace);
  await asyncShow('link evaluated', () => a.link(() => {}));
  show('cache', () => a.createCachedData());
  const missing = new SourceTextModule('import { nope } from "s";\nimport y from "s"', { identifier: 'missing' });
  await asyncShow('missing', () => missing.link(() => new SyntheticModule(['x'], () => {})));
  console.log(missing.status);
  const throws = new SourceTextModule('throw new TypeError("boom")');
  await throws.link(() => {});
  await asyncShow('throws', () => throws.evaluate());
  console.log(throws.status, throws.error.message);
  show('ns', () => throws.namespace);
  const uses = new SourceTextModule('import "t"', { identifier: 'uses' });
  await asyncShow('errored dep', () => uses.link(() => throws));
  console.log(uses.status, uses.error?.code);
  const ctx = vm.createContext({ k: 1 });
  const other = new SourceTextModule('import "t"');
  await asyncShow('different', () => other.link(() => new SourceTextModule('', { context: ctx })));
  const fails = new SourceTextModule('import "t"');
  await asyncShow('linker throws', () => fails.link(() => { throw new Error('L'); }));
  console.log(fails.status);
  const fails2 = new SourceTextModule('import "t"');
  await asyncShow('linker rejects', () => fails2.link(async () => { throw new Error('L'); }));
  console.log(fails2.status, fails2.error?.message);
  const inctx = new SourceTextModule('k++; globalThis.own = typeof process; export default this; export const g = globalThis; var local = 1;', { context: ctx });
  await inctx.link(() => {});
  await inctx.evaluate();
  console.log(ctx, inctx.namespace.default, inctx.namespace.g === ctx, inctx.identifier);
  const tla = new SourceTextModule('export let v = 1; await null; v = 2; await 0; v = 3');
  await tla.link(() => {});
  const tp = tla.evaluate();
  console.log(tla.status, tla.namespace.v, tla.hasTopLevelAwait(), tla.hasAsyncGraph());
  await tp;
  console.log(tla.status, tla.namespace.v);
  const meta = new SourceTextModule('export const m = import.meta; export const n = import.meta', {
    initializeImportMeta(o, m) { console.log('init', o, m === meta); o.prop = 5; },
  });
  await meta.link(() => {});
  await meta.evaluate();
  console.log(meta.namespace.m, meta.namespace.m === meta.namespace.n);
  const s = new SyntheticModule(['x', 'default'], function() { s.setExport('x', 1); }, { identifier: 'syn' });
  console.log(s.status, s.identifier, s);
  show('syn link', () => s.link());
  show('syn ns', () => s.namespace);
  console.log(await s.evaluate(), s.namespace, s.status);
  show('setExport', () => s.setExport('nope', 1));
  show('setExport', () => s.setExport(1, 1));
  show('names', () => new SyntheticModule(['a', 1], () => {}));
  show('names', () => new SyntheticModule(['a', 'a'], () => {}));
  show('steps', () => new SyntheticModule(['a']));
  await asyncShow('this', () => Module.prototype.link.call({}));
  for (const n of ['status', 'identifier', 'namespace', 'error', 'context']) show('this ' + n, () => Reflect.get(Module.prototype, n, {}));
  const dyn = new vm.Script('import("q", { with: { type: "z" } })', {
    filename: 'dyn.js',
    importModuleDynamically(specifier, script, attributes, phase) {
      console.log(specifier, script === dyn, attributes, phase, this === undefined, arguments.length);
      const m = new SourceTextModule('export default 7');
      return m.link(() => {}).then(() => m.evaluate()).then(() => m);
    },
  });
  console.log(await dyn.runInThisContext());
  const unl = new vm.Script('import("q")', { importModuleDynamically: () => new SourceTextModule('export default 7') });
  await asyncShow('unlinked', () => unl.runInThisContext());
  const bad = new vm.Script('import("q")', { importModuleDynamically: () => 1 });
  await asyncShow('not a module', () => bad.runInThisContext());
  const err = new vm.Script('import("q")', { importModuleDynamically: () => throws });
  await asyncShow('errored', () => err.runInThisContext());
  const fn = vm.compileFunction('return import("f")', [], { importModuleDynamically: (sp, r) => { console.log(sp, r === fn); return s; } });
  console.log(await fn());
  await asyncShow('in context', () => vm.runInContext('import("zz")', ctx, { importModuleDynamically: async (sp) => { console.log(sp); return s.namespace; } }));
  const lm = new SourceTextModule('import "a"; import "b"; import "a"');
  show('mismatch', () => lm.linkRequests([]));
  show('mismatch', () => lm.linkRequests());
  show('mismatch', () => lm.linkRequests([s, {}]));
  show('ok', () => lm.linkRequests([s, s]));
  show('ok', () => lm.instantiate());
  show('again', () => lm.instantiate());
  console.log(lm.status);




  const t = new SourceTextModule('for (;;);');
  t.linkRequests([]); t.instantiate();
  await asyncShow('timeout', () => t.evaluate({ timeout: 20 }));
  console.log(t.status);
})();
