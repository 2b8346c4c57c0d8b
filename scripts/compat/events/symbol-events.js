// Events named by symbols and odd strings; counts and names.
'use strict';

const EventEmitter = require('events');

const e = new EventEmitter();
const s = Symbol('s');
for (const name of [s, '__proto__', 'constructor', 'toString', '', 5, 'hasOwnProperty']) {
  e.on(name, (...args) => console.log(String(name), args));
  console.log(e.emit(name, 1), e.listenerCount(name));
}
console.log(e.eventNames(), {}.x);
e.removeAllListeners(s);
console.log(e.emit(s), e.eventNames().length);
