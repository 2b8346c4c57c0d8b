// What JSON.parse and JSON.stringify hand to their callbacks, and what they do
// about objects that refuse.
'use strict';
Object.defineProperty(Object.prototype, '', { set() { throw new Error('set'); }, configurable: true });
let holder;
JSON.parse('2', function () { holder = this; });
console.log(Object.getOwnPropertyDescriptors(holder));
JSON.stringify({}, function () { holder = this; });
console.log(Object.getOwnPropertyDescriptors(holder));
delete Object.prototype[''];

const refusing = (target) => new Proxy(target, {
  defineProperty() { throw new Error('define'); },
  deleteProperty() { throw new Error('delete'); },
});
for (const make of [() => ({ a: 1 }), () => [1]]) {
  for (const result of [1, undefined]) {
    try {
      console.log(JSON.parse('[1, 2]', function (key, value) {
        if (key === '0') this[1] = refusing(make());
        return value === 1 && key !== '0' ? result : value;
      }));
    } catch (err) {
      console.log(err.message);
    }
  }
}
console.log(JSON.stringify(JSON.parse('{"a":1,"b":{"c":2}}', function (key, value) {
  if (key === 'a') Object.freeze(this.b);
  return key === 'c' ? 5 : value;
})));

Object.defineProperty(BigInt.prototype, 'toJSON', { get() { return () => typeof this; }, configurable: true });
console.log(JSON.stringify([1n, { x: 2n }]));
