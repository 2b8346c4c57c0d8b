// _events is live and may be reassigned; a listener added through it is called.
'use strict';

const EventEmitter = require('events');

const e = new EventEmitter();
e.on('x', () => console.log('x'));
console.log(typeof e._events.x, e._eventsCount);
e.on('x', () => console.log('x2'));
console.log(Array.isArray(e._events.x), e._events.x.length);
e._events = { y: () => console.log('y through _events') };
console.log(e.emit('x'), e.emit('y'), e.eventNames());
e._events = Object.create(null);
e._eventsCount = 0;
console.log(e.emit('y'), e.eventNames());
e.on('z', () => {});
console.log(e._eventsCount, Object.keys(e._events));
