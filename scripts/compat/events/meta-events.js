// newListener and removeListener events, raw listeners, listener property.
'use strict';

const EventEmitter = require('events');

const e = new EventEmitter();
const fn = function named() {};
e.on('newListener', (event, listener) => console.log('new', event, listener === fn, e.listenerCount(event)));
e.on('removeListener', (event, listener) => console.log('remove', event, listener === fn, e.listenerCount(event)));
e.on('a', fn);
e.once('b', fn);
console.log(e.rawListeners('b')[0] === fn, e.rawListeners('b')[0].listener === fn, e.listeners('b')[0] === fn);
e.rawListeners('b')[0]();
console.log(e.listenerCount('b'));
e.removeListener('a', fn);
e.on('c', fn).on('c', fn).on('c', () => {});
console.log(e.listenerCount('c'), e.listenerCount('c', fn));
e.off('c', fn);
console.log(e.listenerCount('c', fn));
e.removeAllListeners('c');
e.removeAllListeners();
console.log(e.eventNames());
