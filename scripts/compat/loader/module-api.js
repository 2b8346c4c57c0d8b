// node:module: members, isBuiltin, findPackageJSON, SourceMap, wrap, patched _resolveFilename and _load.
'use strict';

const Module = require('node:module');
const path = require('path');

for (const key of Reflect.ownKeys(Module)) {
  const d = Object.getOwnPropertyDescriptor(Module, key);
  console.log(key, d.enumerable, d.configurable, 'value' in d ? typeof d.value : 'accessor', typeof d.value === 'function' ? `${d.value.name}/${d.value.length}` : '');
}
console.log(Reflect.ownKeys(Module.prototype), Module.Module === Module, Module.length);
console.log(Module.isBuiltin('fs'), Module.isBuiltin('node:test'), Module.isBuiltin('test'), Module.isBuiltin(5), Module.constants);
console.log(Module._nodeModulePaths('/a/node_modules/b'), Module._resolveLookupPaths('./x', module)[0] === __dirname, Module._resolveLookupPaths('fs'));
console.log(path.relative(__dirname, Module.findPackageJSON('./fixtures/cond/node_modules/both/import.mjs', __filename)), path.relative(__dirname, Module.findPackageJSON('both', path.join(__dirname, 'fixtures/cond/use.cjs'))));
const map = new Module.SourceMap({ version: 3, sources: ['a.js'], names: ['n'], mappings: 'AAAA,IAAIA;AACJ' });
console.log(map.findEntry(0, 5), map.findEntry(1, 0), map.findOrigin(1, 6), map.findEntry(-1, 0), map.payload.sources, map.lineLengths);
console.log(Module.findSourceMap(__filename), Module.getSourceMapsSupport());

const { _resolveFilename, _load } = Module;
Module._resolveFilename = function (request, ...rest) { return request === 'alias' ? require.resolve('./fixtures/folder') : _resolveFilename.call(this, request, ...rest); };
Module._load = function (request) { return request === 'mock' ? 'mocked' : _load.apply(this, arguments); };
console.log(require('alias'), require('mock'), require('./fixtures/folder'));
Module._resolveFilename = _resolveFilename;
Module._load = _load;
const wrap = Module.wrap;
Module.wrap = (text) => wrap(`console.log('wrapped'); ${text}`);
delete require.cache[require.resolve('./fixtures/a')];
require('./fixtures/b');
