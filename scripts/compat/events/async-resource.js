// EventEmitterAsyncResource: its listeners run where it was made.
'use strict';

const { EventEmitterAsyncResource } = require('events');
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');

const storage = new AsyncLocalStorage();
const emitter = storage.run('outer', () => new EventEmitterAsyncResource({ name: 'Q' }));
emitter.on('x', function (a) { console.log('x', a, storage.getStore(), this === emitter); });
storage.run('inner', () => emitter.emit('x', 5));
console.log(Object.keys(emitter), typeof emitter.asyncId, emitter.asyncResource.eventEmitter === emitter, emitter.asyncResource instanceof AsyncResource);
try { new EventEmitterAsyncResource(); } catch (err) { console.log(err.code, err.message); }
class Derived extends EventEmitterAsyncResource {}
console.log(new Derived().asyncResource.constructor.name, new EventEmitterAsyncResource('text').emitDestroy());
console.log(Object.getOwnPropertyNames(EventEmitterAsyncResource.prototype));
