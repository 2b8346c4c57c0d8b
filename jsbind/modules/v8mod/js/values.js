// What the serializer asks of values.
(function () {
  const { getPrototypeOf, getOwnPropertyDescriptor } = Object;
  const uncurry = (f) => (self, ...args) => Reflect.apply(f, self, args);
  const dateValue = uncurry(Date.prototype.getTime);
  const mapSet = uncurry(Map.prototype.set);
  const setAdd = uncurry(Set.prototype.add);
  const viewClass = uncurry(getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get);
  const primitives = [Boolean, Number, String, BigInt, Symbol].map((c) => uncurry(c.prototype.valueOf));
  return {
    dateValue, mapSet, setAdd, viewClass,
    valueOf(o) {
      for (const f of primitives) {
        try {
          return f(o);
        } catch { /* of another class */ }
      }
    },
    ownValue: (o, name) => getOwnPropertyDescriptor(o, name)?.value,
    describe(v) {
      if (typeof v === 'function') return Function.prototype.toString.call(v);
      if (typeof v === 'symbol') return String(v);
      let name = 'Object';
      try {
        name = v.constructor?.name || 'Object';
      } catch { /* a getter threw */ }
      return `#<${name}>`;
    },
  };
})
