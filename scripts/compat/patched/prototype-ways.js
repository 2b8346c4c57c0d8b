// Every way to put a method in the place of a stream's own: it counts from the next call on.
'use strict';

const { Writable, Readable, Transform } = require('stream');
const EventEmitter = require('events');

let log = [];
const note = (name) => function (chunk, enc, cb) { log.push(name); cb(); };
const run = (label, s) => {
  log = [];
  s.write('a');
  s.write('b');
  console.log(label, log.join());
};

class A extends Writable { _write(c, e, cb) { log.push('A'); cb(); } }
class B extends A {}
const s = new B();
run('class', s);
run('again', s);
B.prototype._write = note('assigned'); run('assigned on the middle', s);
A.prototype._write = note('A2'); run('assigned behind it', s);
delete B.prototype._write; run('deleted', s);
A.prototype._write = note('A3'); run('assigned again', s);
Object.defineProperty(B.prototype, '_write', { value: note('defined'), writable: true, enumerable: true, configurable: true }); run('defined', s);
Object.defineProperty(B.prototype, '_write', { value: note('redefined') }); run('redefined', s);
let n = 0;
Object.defineProperty(B.prototype, '_write', { get() { return note('getter ' + n++); }, configurable: true }); run('getter', s); run('getter', s);
Reflect.deleteProperty(B.prototype, '_write'); run('reflect delete', s);
Object.assign(B.prototype, { _write: note('Object.assign') }); run('Object.assign', s);
delete B.prototype._write;
const between = Object.create(A.prototype, { _write: { value: note('between'), configurable: true } });
Object.setPrototypeOf(B.prototype, between); run('another prototype', s);
Object.setPrototypeOf(B.prototype, A.prototype); run('back', s);
s._write = note('own'); run('own', s);
delete s._write; run('own deleted', s);
Object.setPrototypeOf(s, Object.create(B.prototype, { _write: { value: note('instance prototype') } })); run('instance prototype', s);
Object.setPrototypeOf(s, B.prototype); run('instance back', s);
s.unrelated = 1; run('with a property', s);
B.prototype['_wri' + 'te'] = note('computed'); run('computed', s);
delete B.prototype._write;
const { _write } = A.prototype;
for (let i = 0; i < 3; i++) A.prototype._write = note('loop ' + i), run('loop', s);
A.prototype._write = _write; run('restored', s);
class P extends A { constructor() { super(); } }
const p = new P();
run('derived', p);
P.prototype.write = function (...a) { log.push('write'); return super_write.apply(this, a); };
const super_write = Writable.prototype.write;
run('write', p);
Writable.prototype.write = function (...a) { log.push('Writable'); return super_write.apply(this, a); };
run('write of both', p); run('Writable', s);
Writable.prototype.write = super_write; run('Writable restored', s);
Object.prototype._final = function (cb) { console.log('_final of Object.prototype'); cb(); };
new A().end('x', () => {
  delete Object.prototype._final;
  new A().end('y', () => console.log('ended'));
});

// A method that is called by the stream itself, before and after.
const r = new Readable({ read() {} });
r.on('data', (c) => log.push('data ' + c));
log = [];
r.push('1');
const push = Readable.prototype.push;
Readable.prototype.push = function (c, e) { log.push('push'); return push.call(this, c, e); };
const t = new Transform({ transform(c, e, cb) { cb(null, c); } });
t.resume();
t.write('x');
setImmediate(() => {
  console.log(log.join());
  Readable.prototype.push = push;
  log = [];
  t.write('y');
  setImmediate(() => {
    console.log('push restored', log.join());
    const emit = EventEmitter.prototype.emit;
    EventEmitter.prototype.emit = function (name, ...a) { if (this === w) log.push(name); return emit.call(this, name, ...a); };
    const w = new Writable({ write(c, e, cb) { cb(); }, autoDestroy: true });
    w.end('z', () => setImmediate(() => {
      EventEmitter.prototype.emit = emit;
      console.log('emit', log.join());
    }));
  });
});
