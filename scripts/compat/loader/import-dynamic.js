// import() of CommonJS, of an ES module and of built-ins.
'use strict';

import('./fixtures/folder/index.js').then((ns) => {
  console.log(ns.default, Object.keys(ns));
  return import('./fixtures/esm.mjs');
}).then((ns) => {
  console.log(ns.default(), ns.value, ns.renamed, Object.keys(ns), Object.prototype.toString.call(ns));
  return import('node:path');
}).then((ns) => {
  console.log(ns.default === require('path'), ns.join === require('path').join);
  return import('./nope.js');
}).catch((err) => console.log(err.code, err.name));
console.log('first');
