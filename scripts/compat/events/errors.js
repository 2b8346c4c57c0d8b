// 'error' without a listener: throws the error, wraps what is none; errorMonitor.
'use strict';

const EventEmitter = require('events');

const attempt = (label, value, ...rest) => {
  try {
    console.log(label, new EventEmitter().emit('error', value, ...rest));
  } catch (err) {
    console.log(label, err === value, err.name, err.code, err.message, err.context === value);
  }
};
const mine = new Error('mine');
attempt('error', mine);
attempt('string', 'text');
attempt('nothing', undefined);
attempt('null', null);
attempt('object', { a: 1 });
attempt('number', 5);

const e = new EventEmitter();
e.on(EventEmitter.errorMonitor, (err) => console.log('monitor', err.message));
try { e.emit('error', mine); } catch (err) { console.log('thrown', err === mine); }
e.on('error', (err) => console.log('heard', err.message));
console.log(e.emit('error', mine));

for (const bad of [undefined, null, 'x', {}, 5]) {
  for (const method of ['on', 'once', 'off', 'prependListener']) {
    try {
      e[method]('x', bad);
    } catch (err) {
      console.log(method, err.name, err.code, err.message);
    }
  }
}
const throwing = new EventEmitter();
throwing.on('x', () => { throw new Error('from listener'); });
throwing.on('x', () => console.log('never'));
try { throwing.emit('x'); } catch (err) { console.log(err.message); }
