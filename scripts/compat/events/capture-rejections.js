// captureRejections: a rejected listener becomes 'error' or goes to its own handler.
'use strict';

const EventEmitter = require('events');

const e = new EventEmitter({ captureRejections: true });
e.on('x', async () => { throw new Error('rejected'); });
e.on('error', (err) => console.log('error', err.message));
e.emit('x');

const own = new EventEmitter({ captureRejections: true });
own[Symbol.for('nodejs.rejection')] = (err, event, ...args) => console.log('handler', err.message, event, args);
own.on('y', async () => { throw new Error('mine'); });
own.emit('y', 1, 2);

const off = new EventEmitter();
off.on('z', async () => { throw new Error('unhandled'); });
process.on('unhandledRejection', (err) => console.log('unhandledRejection', err.message));
off.emit('z');
console.log(EventEmitter.captureRejections, EventEmitter.captureRejectionSymbol);
