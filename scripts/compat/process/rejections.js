// unhandledRejection and rejectionHandled, late handlers.
'use strict';

process.on('unhandledRejection', (reason, promise) => console.log('unhandled', reason instanceof Error ? reason.message : reason, promise instanceof Promise));
process.on('rejectionHandled', (promise) => console.log('handled later', promise instanceof Promise));
const late = Promise.reject(new Error('late'));
Promise.reject('a string');
Promise.reject(new Error('in time')).catch((err) => console.log('caught', err.message));
const sameTurn = Promise.reject(new Error('same turn'));
process.nextTick(() => sameTurn.catch((err) => console.log('caught', err.message)));
setTimeout(() => late.catch((err) => console.log('at last', err.message)), 5);
(async () => { throw new Error('async'); })();
