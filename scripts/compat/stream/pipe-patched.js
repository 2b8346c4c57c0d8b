// pipe calls what the program overrode: read, push, write, end, on, emit, pause, resume.
'use strict';

const { Readable, Writable } = require('stream');

const show = (v) => typeof v === 'function' ? 'function' : Buffer.isBuffer(v) ? `<${v}>` : v === null || typeof v !== 'object' ? String(v) : v.constructor.name;
function patch(label, stream, methods) {
  for (const method of methods) {
    const original = stream[method];
    stream[method] = function (...args) {
      console.log(label, method, args.map(show).join(' '));
      return original.apply(this, args);
    };
  }
}
let n = 0;
const source = new Readable({ highWaterMark: 2, read() { n++; this.push(n < 4 ? `${n}${n}` : null); } });
const target = new Writable({ highWaterMark: 3, write(chunk, encoding, callback) { setImmediate(callback); } });
patch('source', source, ['read', '_read', 'push', 'on', 'emit', 'pause', 'resume', 'unpipe']);
patch('target', target, ['write', '_write', 'end', 'on', 'once', 'emit', 'prependListener']);
source.pipe(target);
