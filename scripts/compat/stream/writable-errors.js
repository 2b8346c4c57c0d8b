// Errors of a Writable: by callback, thrown, after end, after destroy, of end.
'use strict';

const { Writable } = require('stream');

const watch = (label, s) => { for (const event of ['error', 'finish', 'close', 'drain']) s.on(event, (v) => console.log(label, event, v instanceof Error ? `${v.code || ''} ${v.message}` : '')); };
const cb = (label) => (err) => console.log(label, err ? err.code || err.message : err);
const make = (label, options) => { const w = new Writable(options); watch(label, w); return w; };
const sink = { write(chunk, encoding, callback) { callback(); } };

const failing = make('failing', { write(chunk, encoding, callback) { callback(new Error('no')); } });
failing.write('a', cb('failing a'));
failing.write('b', cb('failing b'));
failing.end(cb('failing end'));
const slow = make('slow', { write(chunk, encoding, callback) { setImmediate(callback, new Error('later')); } });
slow.write('a', cb('slow a'));
slow.write('b', cb('slow b'));
const ended = make('ended', sink);
ended.end();
ended.write('x', cb('ended write'));
ended.end(cb('ended end'));
const destroyed = make('destroyed', sink);
destroyed.destroy();
console.log(destroyed.write('x', cb('destroyed write')));
destroyed.end('y', cb('destroyed end'));
const final = make('final', { ...sink, final(callback) { callback(new Error('final')); } });
final.end(cb('final end'));
const pending = make('pending', { write() {} });
pending.write('x', cb('pending x'));
pending.write('y', cb('pending y'));
pending.destroy(new Error('gone'));
for (const bad of [null, undefined, 5, {}]) {
  try { make('bad', sink).write(bad); } catch (err) { console.log(err.code, err.message); }
}
try { new Writable().write('x'); } catch (err) { console.log(err.code, err.message); }
try { new Writable({ highWaterMark: 'x' }); } catch (err) { console.log(err.name, err.code, err.message); }
const object = make('object', { objectMode: true, write(chunk, encoding, callback) { console.log('object', chunk, encoding); callback(); } });
object.write({ a: 1 });
object.write(0);
try { object.write(null); } catch (err) { console.log(err.code); }
