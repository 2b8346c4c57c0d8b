// Old-style streams: util.inherits and call, methods on the prototype, and class syntax.
'use strict';

const { Readable, Writable, Transform, Duplex } = require('stream');
const util = require('util');

function Counter(max) {
  if (!(this instanceof Counter)) return new Counter(max);
  Readable.call(this, { encoding: 'utf8' });
  this.max = max;
  this.n = 0;
}
util.inherits(Counter, Readable);
Counter.prototype._read = function () { this.n++; this.push(this.n > this.max ? null : `${this.n}`); };

class Collector extends Writable {
  constructor() { super(); this.all = []; }
  _write(chunk, encoding, callback) { this.all.push(String(chunk)); callback(); }
  _final(callback) { console.log(this.all); callback(); }
}
function Rot() { Transform.call(this); }
Object.setPrototypeOf(Rot.prototype, Transform.prototype);
Object.setPrototypeOf(Rot, Transform);
Rot.prototype._transform = function (chunk, encoding, callback) { callback(null, `(${chunk})`); };

const c = Counter(3);
console.log(c instanceof Counter, c instanceof Readable, new Rot() instanceof Transform, new Rot() instanceof Writable, new Duplex() instanceof Writable, c instanceof Writable);
c.pipe(new Rot()).pipe(new Collector());
console.log(Readable.prototype.constructor === Readable, Object.getPrototypeOf(Duplex.prototype) === Readable.prototype, require('stream') === require('stream').Stream);
