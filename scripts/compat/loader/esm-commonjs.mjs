// CommonJS seen from an ES module: names, default, module.exports.
import * as names from './fixtures/esm/names.cjs';
import * as literal from './fixtures/esm/literal.cjs';
import * as passedOn from './fixtures/esm/passed-on.cjs';
import * as fn from './fixtures/esm/function.cjs';
import folder from './fixtures/folder/index.js';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
console.log(names);
console.log(literal);
console.log(Object.keys(passedOn), passedOn.default === names.default);
console.log(fn.default(), fn.x, 'never' in fn, fn.never);
console.log(require('./fixtures/esm/names.cjs') === names.default, require('./fixtures/folder') === folder, require.main, process.mainModule);
console.log(require.cache[require.resolve('./fixtures/esm/names.cjs')].parent);
