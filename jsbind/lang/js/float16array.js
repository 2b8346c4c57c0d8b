// Float16Array (ECMA-262 23.2 with element type Float16). goja has no element
// type of that kind, so an instance is a Proxy over a Uint16Array: right in
// what it does, slow, and not what ArrayBuffer.isView takes for a view.
(() => {
  const TypedArray = Object.getPrototypeOf(Uint8Array);
  const view = new DataView(new ArrayBuffer(2));
  const encode = (v) => {
    view.setFloat16(0, v);
    return view.getUint16(0);
  };
  const decode = (bits) => {
    view.setUint16(0, bits);
    return view.getFloat16(0);
  };
  const raws = new WeakMap();
  const raw = (o) => {
    const r = raws.get(o);
    if (r === undefined) throw new TypeError('this is not a typed array.');
    return r;
  };
  const canonical = (key) => {
    if (typeof key !== 'string') return undefined;
    const n = Number(key);
    return String(n) === key || key === '-0' ? n : undefined;
  };
  const valid = (r, n) => Number.isInteger(n) && !Object.is(n, -0) && n >= 0 && n < r.length;

  const handler = {
    get(target, key, receiver) {
      const n = canonical(key);
      if (n === undefined) return Reflect.get(target.own, key, receiver);
      return valid(target.raw, n) ? decode(target.raw[n]) : undefined;
    },
    set(target, key, value, receiver) {
      const n = canonical(key);
      if (n === undefined) return Reflect.set(target.own, key, value, receiver);
      const bits = encode(value);
      if (valid(target.raw, n)) target.raw[n] = bits;
      return true;
    },
    has(target, key) {
      const n = canonical(key);
      return n === undefined ? Reflect.has(target.own, key) : valid(target.raw, n);
    },
    deleteProperty(target, key) {
      const n = canonical(key);
      return n === undefined ? Reflect.deleteProperty(target.own, key) : !valid(target.raw, n);
    },
    ownKeys(target) {
      return [...Array.from({ length: target.raw.length }, (_, i) => String(i)), ...Reflect.ownKeys(target.own)];
    },
    getOwnPropertyDescriptor(target, key) {
      const n = canonical(key);
      if (n === undefined) return Reflect.getOwnPropertyDescriptor(target.own, key);
      if (!valid(target.raw, n)) return undefined;
      return { value: decode(target.raw[n]), writable: true, enumerable: true, configurable: true };
    },
    defineProperty(target, key, d) {
      const n = canonical(key);
      if (n === undefined) {
        if (d.configurable === false) return false;
        return Reflect.defineProperty(target.own, key, d);
      }
      if (!valid(target.raw, n) || d.configurable === false || d.enumerable === false || d.writable === false || 'get' in d) return false;
      if ('value' in d) target.raw[n] = encode(d.value);
      return true;
    },
    getPrototypeOf(target) {
      return Object.getPrototypeOf(target.own);
    },
    setPrototypeOf(target, proto) {
      return Object.setPrototypeOf(target.own, proto) !== undefined;
    },
    isExtensible() {
      return true;
    },
    preventExtensions() {
      return false;
    },
  };

  function wrap(r, proto) {
    const o = new Proxy({ raw: r, own: Object.create(proto) }, handler);
    raws.set(o, r);
    return o;
  }

  function Float16Array(source, offset, length) {
    if (new.target === undefined) throw new TypeError("Constructor Float16Array requires 'new'");
    const proto = Object(new.target.prototype) === new.target.prototype ? new.target.prototype : Float16Array.prototype;
    let r;
    if (Object(source) !== source) {
      r = new Uint16Array(source);
    } else if (source instanceof ArrayBuffer || source instanceof SharedArrayBuffer) {
      r = new Uint16Array(source, offset, length);
    } else {
      const values = Array.from(source);
      r = new Uint16Array(values.length);
      for (let i = 0; i < values.length; i++) r[i] = encode(values[i]);
    }
    return wrap(r, proto);
  }
  Object.setPrototypeOf(Float16Array, TypedArray);
  Object.defineProperty(Float16Array, 'length', { value: 3, configurable: true });
  Object.defineProperty(Float16Array, 'BYTES_PER_ELEMENT', { value: 2 });
  const proto = Object.create(TypedArray.prototype);
  Object.defineProperty(Float16Array, 'prototype', { value: proto, writable: false, enumerable: false, configurable: false });
  Object.defineProperty(proto, 'BYTES_PER_ELEMENT', { value: 2 });
  const hide = (name, value) => Object.defineProperty(proto, name, { value, writable: true, enumerable: false, configurable: true });
  hide('constructor', Float16Array);

  for (const name of ['buffer', 'byteLength', 'byteOffset', 'length']) {
    Object.defineProperty(proto, name, { get() { return raw(this)[name]; }, enumerable: false, configurable: true });
  }
  Object.defineProperty(proto, Symbol.toStringTag, {
    get() { return raws.has(this) ? 'Float16Array' : undefined; }, enumerable: false, configurable: true,
  });
  const species = (o, n) => new (o.constructor?.[Symbol.species] ?? Float16Array)(n);
  for (const name of ['at', 'copyWithin', 'entries', 'every', 'fill', 'find', 'findIndex', 'findLast', 'findLastIndex', 'forEach',
    'includes', 'indexOf', 'join', 'keys', 'lastIndexOf', 'reduce', 'reduceRight', 'reverse', 'some', 'values', 'toLocaleString']) {
    const generic = Array.prototype[name];
    hide(name, { [name](...args) { raw(this); return generic.apply(this, args); } }[name]);
  }
  Object.defineProperty(proto, Symbol.iterator, { value: proto.values, writable: true, enumerable: false, configurable: true });
  hide('map', function map(f, thisArg) {
    const out = species(this, raw(this).length);
    for (let i = 0; i < this.length; i++) out[i] = f.call(thisArg, this[i], i, this);
    return out;
  });
  hide('filter', function filter(f, thisArg) {
    raw(this);
    const kept = Array.prototype.filter.call(this, f, thisArg);
    const out = species(this, kept.length);
    for (let i = 0; i < kept.length; i++) out[i] = kept[i];
    return out;
  });
  hide('slice', function slice(start, end) {
    raw(this);
    const part = Array.prototype.slice.call(this, start, end);
    const out = species(this, part.length);
    for (let i = 0; i < part.length; i++) out[i] = part[i];
    return out;
  });
  hide('subarray', function subarray(start, end) {
    return wrap(raw(this).subarray(start, end), Object.getPrototypeOf(this));
  });
  hide('set', function set(source, offset = 0) {
    const r = raw(this);
    const values = Array.from(source);
    offset = Math.trunc(Number(offset)) || 0;
    if (offset < 0 || offset + values.length > r.length) throw new RangeError('offset is out of bounds');
    for (let i = 0; i < values.length; i++) r[offset + i] = encode(values[i]);
  });
  const byNumber = (a, b) => (a !== a ? (b !== b ? 0 : 1) : b !== b ? -1 : a < b ? -1 : a > b ? 1 : a === 0 && b === 0 ? (Object.is(a, -0) ? (Object.is(b, -0) ? 0 : -1) : Object.is(b, -0) ? 1 : 0) : 0);
  hide('sort', function sort(compare) {
    raw(this);
    if (compare !== undefined && typeof compare !== 'function') throw new TypeError('The comparison function must be either a function or undefined');
    const sorted = Array.from(this).sort(compare ?? byNumber);
    for (let i = 0; i < sorted.length; i++) this[i] = sorted[i];
    return this;
  });
  hide('toReversed', function toReversed() { return new Float16Array(Array.from(this).reverse()); });
  hide('toSorted', function toSorted(compare) { return new Float16Array(this).sort(compare); });
  hide('with', function (index, value) {
    const n = raw(this).length;
    let i = Math.trunc(Number(index)) || 0;
    if (i < 0) i += n;
    value = Number(value);
    if (i < 0 || i >= n) throw new RangeError('Invalid typed array index');
    const out = new Float16Array(this);
    out[i] = value;
    return out;
  });
  Object.defineProperty(proto.with, 'name', { value: 'with', configurable: true });
  return { Float16Array };
})();
