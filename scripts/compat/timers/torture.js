// Ticks and microtasks nested in each other, between immediates and between timers of one list.
'use strict';

const log = [];
const say = (word) => log.push(word);
setImmediate(() => {
  say('i1');
  process.nextTick(() => { say('t1'); Promise.resolve().then(() => { say('p1'); process.nextTick(() => { say('t2'); queueMicrotask(() => say('m1')); }); }); });
  Promise.resolve().then(() => { say('p2'); process.nextTick(say, 't3'); }).then(() => say('p3'));
  setImmediate(() => say('i3'));
});
setImmediate(() => { say('i2'); process.nextTick(say, 't4'); });
setTimeout(() => {
  const at = log.length;
  setTimeout(() => { say('a'); process.nextTick(say, 'ta'); Promise.resolve().then(() => say('pa')); }, 5);
  setTimeout(() => { say('b'); process.nextTick(say, 'tb'); Promise.resolve().then(() => say('pb')); }, 5);
  setTimeout(() => { say('c'); console.log(log.slice(0, at).join(' ')); console.log(log.slice(at).join(' ')); }, 5);
}, 20);
