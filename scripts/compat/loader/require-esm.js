// require of an ES module gives its namespace.
'use strict';

const ns = require('./fixtures/esm.mjs');
console.log(ns.value, ns.default(), ns.__esModule, Object.keys(ns), Object.prototype.toString.call(ns));
