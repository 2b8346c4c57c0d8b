// mock.property(), and what mocks of constructors and inherited methods record.
'use strict';
const { mock } = require('node:test');

const attempt = (name, f) => {
  try {
    console.log(name, f());
  } catch (e) {
    console.log(name, e.name, e.code, e.message);
  }
};
const object = { value: 1, fixed: 2 };
Object.defineProperty(object, 'fixed', { writable: false });
attempt('object', () => mock.property(5, 'a'));
attempt('name', () => mock.property({}, 5));
attempt('missing', () => mock.property({}, 'a'));
attempt('inherited', () => mock.property(Object.create({ a: 1 }), 'a'));
const proxy = mock.property(object, 'value', 42);
attempt('get', () => [object.value, proxy.value, proxy.mock.accessCount()]);
object.value = 7;
attempt('set', () => [object.value, proxy.mock.accesses.map(({ type, value, stack }) => [type, value, stack instanceof Error])]);
proxy.mock.mockImplementation(9);
proxy.mock.mockImplementationOnce(10);
attempt('once', () => [object.value, object.value]);
proxy.mock.mockImplementationOnce(11, proxy.mock.accessCount() + 1);
attempt('later', () => [object.value, object.value, object.value]);
attempt('past', () => proxy.mock.mockImplementationOnce(1, 0));
proxy.mock.resetAccesses();
attempt('reset', () => proxy.mock.accessCount());
proxy.mock.restore();
attempt('restored', () => Object.getOwnPropertyDescriptor(object, 'value'));
const fixed = mock.property(object, 'fixed', 3);
attempt('fixed', () => object.fixed);
attempt('fixed', () => fixed.mock.mockImplementation(5));

class A { constructor(v) { this.v = v; } static make() { return 1; } }
class B extends A {}
class C { constructor(v) { this.w = v; } }
const Made = mock.fn(A, C);
const made = new Made(4);
attempt('constructed', () => [made instanceof A, made instanceof C, made.w, Made.mock.calls[0].target === A, Made.mock.calls[0].this === made]);
mock.method(B, 'make');
B.make();
attempt('inherited method', () => [Object.hasOwn(B, 'make'), B.make.mock.callCount()]);
B.make.mock.restore();
attempt('inherited method', () => Object.hasOwn(B, 'make'));
const fn = mock.fn(() => 1, () => 2, { times: 2 });
attempt('times', () => [fn(), fn(), fn()]);
attempt('onCall', () => fn.mock.mockImplementationOnce(() => 1, 1));
attempt('onCall', () => fn.mock.mockImplementationOnce(() => 1, 'x'));
