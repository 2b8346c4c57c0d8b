// The leak warning: once per event, its text, its properties; limits.
'use strict';

const EventEmitter = require('events');

process.on('warning', (w) => console.log(w.name, w.message, w.count, w.type, w.emitter.constructor.name));
class Mine extends EventEmitter {}
const e = new Mine();
console.log(e.getMaxListeners(), EventEmitter.defaultMaxListeners, e._maxListeners);
for (let i = 0; i < 13; i++) e.on('x', () => {});
e.setMaxListeners(1);
e.on('y', () => {});
e.on('y', () => {});
const unlimited = new Mine().setMaxListeners(0);
for (let i = 0; i < 30; i++) unlimited.on('z', () => {});
for (const bad of [-1, 'x', NaN, undefined]) {
  try { e.setMaxListeners(bad); } catch (err) { console.log(err.name, err.code, err.message); }
  try { EventEmitter.defaultMaxListeners = bad; } catch (err) { console.log(err.name, err.code, err.message); }
}
const target = new EventEmitter();
EventEmitter.setMaxListeners(5, target);
console.log(target.getMaxListeners(), EventEmitter.listenerCount(e, 'x'));
