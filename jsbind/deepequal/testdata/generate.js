// Rewrites matrix.txt: what Node says of every pair of the values in
// values.txt. Row i, column j is the sum of 1 if util.isDeepStrictEqual(i, j),
// 2 if assert.deepEqual(i, j) passes, 4 if assert.partialDeepStrictEqual(i, j)
// does and 8 if util.isDeepStrictEqual(i, j, true) skips prototypes, as a
// hexadecimal digit; x where Node throws another error than an AssertionError.
'use strict';
const fs = require('fs');
const path = require('path');
const vm = require('vm');
const assert = require('assert');
const util = require('util');
const read = (name) => fs.readFileSync(path.join(__dirname, name), 'utf8');
vm.runInThisContext(read('prelude.js'));
const values = read('values.txt').trimEnd().split('\n');
const make = () => values.map((v) => vm.runInThisContext(`(${v})`));
const passes = (f, a, b) => {
  try {
    f(a, b);
    return true;
  } catch (e) {
    if (e.code === 'ERR_ASSERTION') return false;
    throw e;
  }
};
const left = make();
const right = make();
for (const v of [...left, ...right]) if (util.types.isPromise(v)) v.catch(() => {});
const rows = left.map((a) => right.map((b) => {
  try {
    return ((util.isDeepStrictEqual(a, b) ? 1 : 0) +
      (passes(assert.deepEqual, a, b) ? 2 : 0) +
      (passes(assert.partialDeepStrictEqual, a, b) ? 4 : 0) +
      (util.isDeepStrictEqual(a, b, true) ? 8 : 0)).toString(16);
  } catch {
    return 'x';
  }
}).join(''));
fs.writeFileSync(path.join(__dirname, 'matrix.txt'), `# Node ${process.version}; written by generate.js.\n${rows.join('\n')}\n`);
