// Modules whose work is done by what V8, SQLite or a debugger brings: what they check before that.
'use strict';
process.removeAllListeners('warning');
const show = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
const t = require('trace_events');
for (const a of [undefined, 1, {}, { categories: 1 }, { categories: [] }, { categories: [1] }, { categories: ['node.perf', 'v8'] }]) show(() => t.createTracing(a));
show(() => t.getEnabledCategories());
const i = require('inspector');
for (const f of [() => i.url(), () => i.close(), () => i.waitForDebugger(), () => new i.Session().post('x'), () => new i.Session().post(1), () => new i.Session().disconnect(),
  () => i.console.log('prints in a debugger'), () => new i.Session().connectToMainThread(), () => new i.Session() instanceof require('events')]) show(f);
console.log(Object.keys(i), Object.keys(require('inspector/promises')), Object.keys(i.Network));
const { WASI } = require('wasi');
for (const a of [1, {}, { version: 1 }, { version: 'x' }, { version: 'preview1', args: 1 }, { version: 'preview1', env: 1 }, { version: 'preview1', preopens: 1 }, { version: 'preview1', returnOnExit: 1 }]) show(() => new WASI(a));
const sea = require('node:sea');
for (const f of [() => sea.isSea(), () => sea.getAsset('x'), () => sea.getAsset(1), () => sea.getRawAsset('x'), () => sea.getAssetAsBlob('x'), () => sea.getAssetKeys()]) show(f);
const s = require('node:sqlite');
for (const f of [() => new s.DatabaseSync(), () => s.DatabaseSync(':memory:'), () => new s.DatabaseSync(':memory:', 1), () => new s.StatementSync(), () => new s.Session(), () => s.backup()]) show(f);
console.log(JSON.stringify(s.constants), Object.keys(s));
console.log(require('sys') === require('util'), Object.isFrozen(require('constants')), require('constants').ENOENT, require('constants').O_RDONLY, require('constants').SIGINT);
