// Order of listeners: on, prepend, once; arguments; return values; removal while emitting.
'use strict';

const EventEmitter = require('events');

const e = new EventEmitter();
const log = (label) => function (...args) { console.log(label, args, this === e); };
e.on('x', log('1'));
e.prependListener('x', log('0'));
e.once('x', log('once'));
e.prependOnceListener('x', log('first once'));
console.log(e.emit('x', 1, 2, 3, 4, 5));
console.log(e.emit('x'));
console.log(e.emit('nobody'), e.eventNames(), e.listenerCount('x'));

const b = () => console.log('b');
const a = () => { console.log('a'); e.removeListener('y', b); e.on('y', c); };
const c = () => console.log('c');
e.on('y', a);
e.on('y', b);
e.emit('y');
console.log('again');
e.emit('y');
console.log(e.off('y', c) === e, e.listeners('y').length, e.removeAllListeners('y') === e, e.listenerCount('y'));
