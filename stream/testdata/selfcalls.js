'use strict';
// Prints the calls that streams make on themselves and on each other in the
// course of two pipes: node selfcalls.js > selfcalls.txt.
const { Readable, Writable, Transform } = require('stream');

const objs = {};
const name = (v) => Object.keys(objs).find((k) => objs[k] === v);
function show(v) {
  if (typeof v === 'function') return v.listener ? v.listener.name : v.name.startsWith('on') || v.name.startsWith('pipe') || v.name === 'unpipe' || v.name === 'prefinish' ? v.name.replace('onDestroy', 'fn') : 'fn';
  if (name(v)) return name(v);
  if (Buffer.isBuffer(v)) return `b:${v}`;
  if (v && typeof v === 'object' && 'hasUnpiped' in v) return 'info';
  return String(v);
}

function watch(n, o) {
  objs[n] = o;
  for (const m of ['on', 'removeListener', 'emit', 'pause', 'resume', 'read', 'push', 'write', 'end', 'destroy', 'unpipe', 'pipe', '_read', '_write', '_final', '_destroy', '_transform', '_flush']) {
    const f = o[m];
    // A Transform whose _final was replaced ends twice.
    if (typeof f !== 'function' || m === '_final' && o instanceof Transform) continue;
    o[m] = function(...args) {
      // pipe's clean-up also removes the 'end' listener that it did not install.
      if (!(m === 'removeListener' && args[0] === 'end' && args[1].name === 'unpipe')) console.log([`${n}.${m}`, ...args.map(show)].join(' '));
      return f.apply(this, args);
    };
  }
}

watch('src', new Readable({ read() {} }));
watch('mid', new Transform({ transform(c, e, cb) { setImmediate(cb, null, c); }, flush(cb) { cb(null, 'F'); } }));
watch('dst', new Writable({ highWaterMark: 3, write(c, e, cb) { setImmediate(cb); }, final(cb) { cb(); } }));
objs.src.pipe(objs.mid);
objs.mid.pipe(objs.dst);
objs.src.push('abcd');
setTimeout(() => {
  console.log('--');
  objs.mid.unpipe(objs.dst);
  objs.mid.pipe(objs.dst);
  objs.src.push('e');
  objs.src.push(null);
}, 20);
