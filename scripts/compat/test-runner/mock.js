// Mocks of functions, methods, properties, timers and the clock.
'use strict';
const { mock } = require('node:test');
const attempt = (f) => {
  try {
    return f();
  } catch (e) {
    return `${e.name} ${e.code} ${e.message}`;
  }
};
const add = mock.fn((a, b) => a + b);
console.log(add(1, 2), add.mock.callCount(), add.mock.calls[0].arguments, add.mock.calls[0].result);
add.mock.mockImplementationOnce(() => 'once', 2);
console.log(add(1, 1), add(1, 1), add(1, 1), add.mock.calls.length);
add.mock.resetCalls();
console.log(add.mock.callCount());
const o = { x: 1, m() { return this.x; }, get g() { return 'real'; } };
const m = mock.method(o, 'm', () => 'mocked');
console.log(o.m(), m.mock.calls[0].this === o);
m.mock.restore();
console.log(o.m());
mock.getter(o, 'g', () => 'fake');
console.log(o.g);
mock.restoreAll();
console.log(o.g);
for (const f of [() => mock.fn(1), () => mock.method(o, 'nope'), () => mock.method(1, 'x'), () => mock.fn(() => {}, { times: 0 })]) console.log(attempt(f));

const order = [];
mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'setImmediate', 'Date'], now: 1000 });
setTimeout((v) => order.push(['timeout', v, Date.now()]), 50, 'arg');
const interval = setInterval(() => order.push(['interval', Date.now()]), 20);
setImmediate(() => order.push(['immediate', Date.now()]));
const cleared = setTimeout(() => order.push('never'), 10);
clearTimeout(cleared);
mock.timers.tick(0);
mock.timers.tick(45);
console.log(order, new Date().getTime(), new Date(5).getTime(), Date.isMock);
mock.timers.tick(20);
clearInterval(interval);
mock.timers.runAll();
console.log(order.slice(3), Date.now());
mock.timers.setTime(5);
console.log(Date.now(), attempt(() => mock.timers.enable()), attempt(() => mock.timers.tick(-1)));
mock.timers.reset();
console.log(Date.isMock, attempt(() => mock.timers.tick(1)), attempt(() => mock.timers.enable({ apis: ['nope'] })));
mock.timers.enable({ apis: ['setTimeout'] });
require('timers/promises').setTimeout(100, 'value').then((v) => {
  console.log(v);
  mock.reset();
});
mock.timers.tick(100);
