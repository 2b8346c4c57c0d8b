// Arguments, this, durations out of range, callbacks that are none.
'use strict';

process.on('warning', (w) => console.log(w.name, w.message));
setTimeout(function (...args) { console.log(this.constructor.name, args); }, 1, 1, 'two', null, 4, 5);
setImmediate(function (...args) { console.log(this.constructor.name, args); }, 1, 2, 3, 4);
process.nextTick(function (...args) { console.log(this, args); }, 1, 2, 3, 4, 5);
for (const ms of [2 ** 31, -1, NaN, undefined, null, '5', 1.7, Infinity]) console.log(ms, clearAfter(setTimeout(() => {}, ms)));
function clearAfter(t) { const ms = t._idleTimeout; clearTimeout(t); return ms; }
for (const bad of [undefined, null, 'code', {}, 5]) {
  for (const [name, set] of [['setTimeout', setTimeout], ['setInterval', setInterval], ['setImmediate', setImmediate], ['nextTick', process.nextTick], ['queueMicrotask', queueMicrotask]]) {
    try { set(bad); } catch (err) { console.log(name, err.name, err.code, err.message); }
  }
}
