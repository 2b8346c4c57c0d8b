// destroy, errors thrown and passed, autoDestroy, and what follows what.
'use strict';

const { Readable } = require('stream');

const watch = (label, s) => { for (const event of ['data', 'end', 'error', 'close', 'readable']) if (event !== 'readable') s.on(event, (v) => console.log(label, event, v instanceof Error ? v.message : v === undefined ? '' : String(v))); };
const runs = {
  destroy: (s) => s.destroy(),
  'destroy error': (s) => s.destroy(new Error('mine')),
  'emit after': (s) => { s.destroy(new Error('one')); s.destroy(new Error('two')); },
  'destroy in data': (s) => { s.on('data', () => s.destroy()); s.push('a'); s.push('b'); },
  'end': (s) => { s.push('x'); s.push(null); },
  'push after destroy': (s) => { s.destroy(); console.log(s.push('x')); },
};
for (const [label, run] of Object.entries(runs)) {
  const s = new Readable({ read() {} });
  watch(label, s);
  run(s);
}
const throwing = new Readable({ read() { throw new Error('from _read'); } });
watch('throwing', throwing);
const custom = new Readable({ read() { this.push('x'); }, destroy(err, callback) { console.log('_destroy', err && err.message); setImmediate(callback, err); } });
custom.on('data', () => custom.destroy(new Error('why')));
watch('custom', custom);
const late = new Readable({ autoDestroy: false, emitClose: false, read() { this.push(null); } });
watch('no auto', late);
late.on('end', () => setImmediate(() => console.log('no auto', late.destroyed, late.readableEnded, late.readableAborted, late.readableDidRead)));
