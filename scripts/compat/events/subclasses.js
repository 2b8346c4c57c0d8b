// EventEmitter by class, by util.inherits and .call, by mixin, without new; what inspect shows.
'use strict';

const EventEmitter = require('events');
const util = require('util');

class A extends EventEmitter { constructor() { super(); this.a = 1; } }
function B() { EventEmitter.call(this); this.b = 2; }
util.inherits(B, EventEmitter);
const mixed = Object.assign({}, EventEmitter.prototype);
mixed.on('x', () => console.log('mixed'));
mixed.emit('x');
const bare = Object.create(EventEmitter.prototype);
bare.on('x', () => console.log('bare'));
bare.emit('x');
for (const e of [new A(), new B(), new EventEmitter({ captureRejections: true })]) {
  e.on('x', function named() {});
  console.log(e, e instanceof EventEmitter, Object.keys(e));
}
console.log(EventEmitter === EventEmitter.EventEmitter, EventEmitter.once === require('events').once, EventEmitter.usingDomains);
console.log(Object.getOwnPropertyNames(EventEmitter.prototype).sort());
console.log(Object.keys(EventEmitter).sort());
console.log(new A()._events, new A()._eventsCount);
