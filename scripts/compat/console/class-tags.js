// A Symbol.toStringTag is printed unless the name of the class holds it.
const made = (name, tag) => new ({ [name]: class { get [Symbol.toStringTag]() { return tag; } } })[name]();
for (const [name, tag] of [['FooBar', 'Bar'], ['FooBar', 'Foo'], ['FooBarBaz', 'Bar'], ['Foo', 'foo'], ['Foobar', 'bar'], ['Foo', 'Foo'], ['FooBar', 'r'], ['Foo', 'Bar']]) {
  console.log(name, tag, made(name, tag));
}
class FooMap extends Map {}
class FooSet extends Set {}
class FooUint8Array extends Uint8Array {}
class MyPromise extends Promise {}
class P extends Promise {}
class MyWeakMap extends WeakMap {}
console.log(new FooMap([[1, 2]]), new FooSet([1]), new FooUint8Array(2), MyPromise.resolve(1), P.resolve(1), new MyWeakMap());
class FooDate extends Date { get [Symbol.toStringTag]() { return 'Date'; } }
class FooArr extends Array { get [Symbol.toStringTag]() { return 'Arr'; } }
console.log(new FooDate(0), new FooArr(1, 2), Object.create(FooMap.prototype));
class Map2 extends Map { get [Symbol.toStringTag]() { return 'zz'; } }
console.log(new Map2([[1, 2]]));
