// Conversions and checks of WebIDL as undici words them, and what classes of the
// web share.
(host) => {
  const { state: kState } = host.symbols;
  const { ownKeys, getOwnPropertyDescriptor, defineProperty } = Reflect;

  const stateOf = (v, kind) => {
    if (v === null || typeof v !== 'object' && typeof v !== 'function') return undefined;
    const s = v[kState];
    return s !== undefined && s.kind === kind ? s : undefined;
  };
  function need(v, kind) {
    const s = stateOf(v, kind);
    if (s === undefined) throw host.error('TypeError', 'ERR_INVALID_THIS', 'Illegal invocation');
    return s;
  }
  function attach(o, state) {
    state.object = o;
    defineProperty(o, kState, { value: state, configurable: true, writable: true });
    return state;
  }
  const make = (cls, state) => attach(Object.create(cls.prototype), state).object;

  // args throws where too few arguments were given.
  function args(list, n, where) {
    if (list.length >= n) return;
    throw new TypeError(`${where}: ${n} argument${n === 1 ? '' : 's'} required, but${list.length > 0 ? ' only' : ''} ${list.length} found.`);
  }
  function domString(v, where, what) {
    if (typeof v === 'symbol') throw new TypeError(`${where}: ${what} is a symbol, which cannot be converted to a DOMString.`);
    return `${v}`;
  }
  const usvString = (v, where, what) => host.usv(domString(v, where, what));
  function byteString(v, where, what) {
    if (typeof v === 'symbol') throw new TypeError(`${where}: ${what} is a symbol, which cannot be converted to a ByteString.`);
    const s = `${v}`;
    const i = host.firstAbove(s, 255);
    if (i >= 0) {
      throw new TypeError(`Cannot convert argument to a ByteString because the character at index ${i} has a value of ${s.charCodeAt(i)} which is greater than 255.`);
    }
    return s;
  }
  function dictionary(v, where) {
    if (v === undefined || v === null) return {};
    if (typeof v !== 'object' && typeof v !== 'function') throw new TypeError(`${where}: Expected ${v} to be one of: Null, Undefined, Object.`);
    return v;
  }
  function oneOf(v, list) {
    if (!list.includes(v)) throw new TypeError(`undefined: ${v} is not an accepted type. Expected one of ${list.join(', ')}.`);
    return v;
  }

  function webClass(cls, fields) {
    for (const key of ownKeys(cls.prototype)) {
      if (key === 'constructor' || typeof key !== 'string') continue;
      const d = getOwnPropertyDescriptor(cls.prototype, key);
      d.enumerable = true;
      defineProperty(cls.prototype, key, d);
    }
    defineProperty(cls.prototype, Symbol.toStringTag, { value: cls.name, configurable: true });
    if (fields) {
      defineProperty(cls.prototype, host.inspectSymbol, {
        configurable: true, writable: true, value: {
          [host.inspectSymbol](depth, options) {
            if (options.depth === null) options.depth = 2;
            return `${cls.name} ${host.inspect(fields(this), { ...options, depth: (options.depth ?? 2) - (fields.keepsDepth ? 0 : 0) })}`;
          },
        }[host.inspectSymbol],
      });
    }
  }

  // iterable gives a class keys, values, entries and forEach over what list(this)
  // returns, pairs of names and values.
  function iterable(cls, list) {
    const { name } = cls;
    const iteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
    const prototype = Object.create(iteratorPrototype, {
      next: {
        enumerable: true, configurable: true, writable: true,
        value: function next() {
          const s = this?.[kState];
          if (s === undefined || s.kind !== `${name} Iterator`) throw new TypeError(`'next' called on an object that does not implement interface ${name} Iterator.`);
          const items = list(s.of);
          if (s.index >= items.length) return { value: undefined, done: true };
          const [key, value] = items[s.index++];
          return { value: s.what === 'key' ? key : s.what === 'value' ? value : [key, value], done: false };
        },
      },
      [Symbol.toStringTag]: { value: `${name} Iterator`, configurable: true },
    });
    const iterator = (o, what) => attach(Object.create(prototype), { kind: `${name} Iterator`, of: need(o, name), what, index: 0 }).object;
    const methods = {
      keys() {
        return iterator(this, 'key');
      },
      values() {
        return iterator(this, 'value');
      },
      entries() {
        return iterator(this, 'both');
      },
      forEach(callbackfn, thisArg = undefined) {
        const s = need(this, name);
        args(arguments, 1, `${name}.forEach`);
        if (typeof callbackfn !== 'function') throw new TypeError(`Failed to execute 'forEach' on '${name}': parameter 1 is not of type 'Function'.`);
        for (const [key, value] of list(s)) callbackfn.call(thisArg, value, key, this);
      },
    };
    for (const key of Object.keys(methods)) defineProperty(cls.prototype, key, { value: methods[key], enumerable: true, configurable: true, writable: true });
    defineProperty(cls.prototype, Symbol.iterator, { value: methods.entries, enumerable: false, configurable: true, writable: true });
  }

  return { kState, stateOf, need, attach, make, args, domString, usvString, byteString, dictionary, oneOf, webClass, iterable };
};
