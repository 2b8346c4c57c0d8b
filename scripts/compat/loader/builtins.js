// Built-in modules by both names, the list of them, and that they are not in the cache.
'use strict';

const { builtinModules, isBuiltin } = require('module');

for (const name of ['http', 'net', 'events', 'stream', 'buffer', 'timers', 'url', 'querystring', 'util', 'path', 'fs', 'os', 'assert', 'string_decoder', 'dns', 'process', 'console', 'module', 'stream/promises', 'timers/promises', 'fs/promises', 'path/posix', 'util/types', 'assert/strict', 'worker_threads']) {
  console.log(name, typeof require(name), require(name) === require(`node:${name}`), isBuiltin(name), isBuiltin(`node:${name}`), builtinModules.includes(name));
}
console.log(isBuiltin('nope'), isBuiltin('./fs'), Object.keys(require.cache).length);
