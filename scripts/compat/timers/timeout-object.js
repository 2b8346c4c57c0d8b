// The Timeout object: ref, unref, hasRef, refresh, close, primitive, inspection, dispose.
'use strict';

const t = setTimeout(() => console.log('fired'), 200);
console.log(t.constructor.name, t.hasRef(), t.unref() === t, t.hasRef(), t.ref() === t, typeof +t, +t > 0);
console.log(Object.keys(t));
const start = Date.now();
const r = setTimeout(() => console.log('refreshed', Date.now() - start >= 45), 30);
setTimeout(() => console.log(r.refresh() === r), 20);
const closed = setTimeout(() => console.log('never'), 5);
console.log(closed.close() === closed);
const i = setImmediate(() => console.log('immediate'));
console.log(i.constructor.name, i.hasRef(), i.unref() === i, i.hasRef(), i.ref() === i, Object.keys(i));
{
  const disposed = setTimeout(() => console.log('never'), 5);
  disposed[Symbol.dispose]();
}
const again = setTimeout(() => { if (!again.done) { again.done = true; again.refresh(); console.log('again'); } }, 5);
setTimeout(() => {}, 5)._onTimeout();
