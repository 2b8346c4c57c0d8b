// uncaughtException, its monitor and origin, setUncaughtExceptionCaptureCallback.
'use strict';

process.on('uncaughtExceptionMonitor', (err, origin) => console.log('monitor', err.message, origin));
process.on('uncaughtException', (err, origin) => console.log('caught', err instanceof Error ? err.message : err, origin));
setTimeout(() => { throw new Error('in timer'); }, 1);
setImmediate(() => { setTimeout(() => { Promise.reject(new Error('in promise')); }, 20); });
setTimeout(() => {
  console.log(process.hasUncaughtExceptionCaptureCallback());
  process.setUncaughtExceptionCaptureCallback((err) => console.log('captured', err.message));
  try { process.setUncaughtExceptionCaptureCallback(() => {}); } catch (err) { console.log(err.code); }
  setTimeout(() => { process.setUncaughtExceptionCaptureCallback(null); }, 20);
  throw new Error('to the callback');
}, 60);
throw new Error('in main');
