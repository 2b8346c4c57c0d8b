// Domains: what runs in one, whose errors it hears of, and what it marks them with.
'use strict';
const domain = require('domain');
const EventEmitter = require('events');
const fs = require('fs');
const d = domain.create();
const steps = [];
d.on('error', (e) => {
  console.log('caught', e.message, e.domain === d, e.domainThrown, e.domainEmitter !== undefined, e.domainBound !== undefined, domain._stack.length);
  next();
});
function next() {
  const step = steps.shift();
  if (step) setImmediate(step);
}
console.log(process.domain, domain.active, d.members, EventEmitter.usingDomains);
steps.push(
  () => d.run(() => {
    console.log(process.domain === d, domain.active === d, domain._stack.length);
    setTimeout(() => { throw new Error('timer'); }, 1);
  }),
  () => d.run(() => process.nextTick(() => { throw new Error('tick'); })),
  () => d.run(() => setImmediate(() => { throw new Error('immediate'); })),
  () => d.run(() => fs.readFile('/does/not/exist', (e) => { throw new Error(`read ${e.code} ${process.domain === d}`); })),
  () => d.run(() => Promise.resolve().then(() => console.log('promise', process.domain === d)).then(next)),
  () => d.run(() => {
    const e = new EventEmitter();
    console.log(e.domain === d, Object.getOwnPropertyDescriptor(e, 'domain').enumerable);
    setImmediate(() => e.emit('error', new Error('emitter')));
  }),
  () => {
    const e = new EventEmitter();
    console.log(e.domain);
    d.add(e);
    console.log(d.members.length, e.domain === d);
    e.on('x', () => console.log('listener in', process.domain === d));
    e.emit('x');
    e.emit('error', new Error('added'));
    d.remove(e);
    console.log(d.members.length, e.domain);
  },
  () => d.bind((a) => { throw new Error(`bound ${a}`); })('x'),
  () => {
    console.log(d.bind((a, b) => a + b)(1, 2), d.intercept((a) => a)(null, 'intercepted'));
    d.intercept(() => {})(new Error('first argument'));
  },
  () => d.run(() => { throw 'a string'; }),
  () => {
    const outer = domain.create();
    const inner = domain.create();
    outer.on('error', (e) => {
      console.log('outer', e.message);
      next();
    });
    inner.on('error', (e) => {
      console.log('inner', e.message, process.domain === outer);
      throw new Error('from the handler');
    });
    outer.run(() => inner.run(() => { throw new Error('nested'); }));
  },
  () => {
    d.enter();
    console.log(process.domain === d, domain._stack.length);
    d.exit();
    console.log(process.domain, domain._stack.length, d.run((a, b) => a * b, 3, 4));
    try {
      process.setUncaughtExceptionCaptureCallback(() => {});
    } catch (e) {
      console.log(e.code, e.message);
    }
    process.on('uncaughtException', (e) => console.log('uncaught', e.message));
    domain.create().run(() => { throw new Error('nobody listens'); });
  },
);
next();
