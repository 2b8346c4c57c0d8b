// A cycle sees what was exported so far.
'use strict';

console.log(require('./fixtures/a'));
console.log(require('./fixtures/b'));
