// emitWarning: forms, codes, once per deprecation, the event.
'use strict';

process.on('warning', (w) => console.log(w.name, w.code, w.message, w.detail));
process.emitWarning('plain');
process.emitWarning('typed', 'MyWarning');
process.emitWarning('coded', 'MyWarning', 'C001');
process.emitWarning('options', { type: 'Other', code: 'C002', detail: 'some detail' });
process.emitWarning(new Error('an error'));
process.emitWarning('old', 'DeprecationWarning', 'DEP_MINE');
const { deprecate } = require('util');
const f = deprecate(() => 'result', 'f is old', 'DEP_F');
console.log(f(), f());
for (const bad of [5, undefined, {}]) {
  try { process.emitWarning(bad); } catch (err) { console.log(err.name, err.code, err.message); }
}
