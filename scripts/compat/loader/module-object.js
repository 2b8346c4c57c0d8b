// module, exports, __filename, require and their members.
'use strict';

const path = require('path');

console.log(module.exports === exports, this === exports, module.id, path.basename(module.filename), module.loaded, module.parent, module.children.length, require.main === module, module.paths[0] === path.join(__dirname, 'node_modules'));
console.log(path.basename(__filename), __dirname === path.dirname(__filename), typeof require.resolve, typeof require.cache, Object.keys(require.extensions), arguments.length, typeof arguments[1]);
const folder = require('./fixtures/folder');
console.log(module.children.map((m) => [path.basename(m.filename), m.loaded, m.exports === folder]), Object.keys(require.cache).map((f) => path.relative(__dirname, f)));
console.log(path.relative(__dirname, require.resolve('./fixtures/withmain')), require.resolve('fs'), require.resolve('node:fs'), require.resolve.paths('x')[0] === module.paths[0], require.resolve.paths('fs'), require.resolve.paths('./x')[0] === __dirname);
try { require.resolve('./nope'); } catch (err) { console.log(err.code); }
delete require.cache[require.resolve('./fixtures/a')];
require.cache[require.resolve('./fixtures/b')] = { exports: 'planted' };
console.log(require('./fixtures/b'), module.constructor === require('module'), module instanceof require('module').Module);
