// Object.groupBy, Map.groupBy, Array.fromAsync, Promise.try and
// Promise.withResolvers (ECMA-262 20.1.2.13, 24.1.2.1, 23.1.2.1, 27.2.4).
(() => {
// capability is NewPromiseCapability (27.2.1.5).
const capability = (C) => {
  let resolve, reject;
  const promise = new C((yes, no) => {
    if (resolve !== undefined || reject !== undefined) throw new TypeError('Promise executor has already been invoked with non-undefined arguments');
    resolve = yes;
    reject = no;
  });
  if (typeof resolve !== 'function' || typeof reject !== 'function') throw new TypeError('Promise resolve or reject function is not callable');
  return { promise, resolve, reject };
};

return {
  objectGroupBy(items, callback) {
    if (items == null) throw new TypeError(`${items} is not iterable`);
    if (typeof callback !== 'function') throw new TypeError(`${String(callback)} is not a function`);
    const groups = { __proto__: null };
    let i = 0;
    for (const item of items) {
      const key = callback(item, i++);
      const name = typeof key === 'symbol' ? key : `${key}`;
      if (name in groups) groups[name].push(item);
      else groups[name] = [item];
    }
    return groups;
  },

  mapGroupBy(items, callback) {
    if (items == null) throw new TypeError(`${items} is not iterable`);
    if (typeof callback !== 'function') throw new TypeError(`${String(callback)} is not a function`);
    const groups = new Map();
    let i = 0;
    for (const item of items) {
      const key = callback(item, i++);
      const group = groups.get(key);
      if (group !== undefined) group.push(item);
      else groups.set(key, [item]);
    }
    return groups;
  },

  async fromAsync(items, mapper, thisArg) {
    if (mapper !== undefined && typeof mapper !== 'function') throw new TypeError(`${String(mapper)} is not a function`);
    if (items == null) throw new TypeError(`${items} is not iterable`);
    const isConstructor = typeof this === 'function' && this.prototype !== undefined;
    const put = (target, k, value) =>
      Object.defineProperty(target, k, { value, writable: true, enumerable: true, configurable: true });
    const asyncMethod = items[Symbol.asyncIterator];
    const method = asyncMethod == null ? items[Symbol.iterator] : undefined;
    if (asyncMethod == null && method == null) {
      const source = Object(items);
      const length = Math.min(Math.max(Math.trunc(Number(source.length)) || 0, 0), Number.MAX_SAFE_INTEGER);
      const target = isConstructor ? new this(length) : new Array(length);
      for (let k = 0; k < length; k++) {
        let value = await source[k];
        if (mapper !== undefined) value = await mapper.call(thisArg, value, k);
        put(target, k, value);
      }
      target.length = length;
      return target;
    }
    const target = isConstructor ? new this() : [];
    const iterator = asyncMethod == null ? method.call(items) : asyncMethod.call(items);
    const { next } = iterator;
    let k = 0;
    for (;;) {
      let result = next.call(iterator);
      if (asyncMethod != null) result = await result;
      if (Object(result) !== result) throw new TypeError(`Iterator result ${String(result)} is not an object`);
      if (result.done) {
        target.length = k;
        return target;
      }
      try {
        let value = result.value;
        if (asyncMethod == null) value = await value;
        if (mapper !== undefined) value = await mapper.call(thisArg, value, k);
        put(target, k, value);
      } catch (error) {
        try {
          const close = iterator.return;
          if (close != null) await close.call(iterator);
        } catch {}
        throw error;
      }
      k++;
    }
  },

  promiseTry(callback, ...args) {
    if (Object(this) !== this) throw new TypeError('Promise.try called on non-object');
    const { promise, resolve, reject } = capability(this);
    try {
      if (typeof callback !== 'function') throw new TypeError(`${typeof callback} ${String(callback)} is not a function`);
      resolve(callback(...args));
    } catch (error) {
      reject(error);
    }
    return promise;
  },

  promiseAny(iterable) {
    if (Object(this) !== this) throw new TypeError('Promise.any called on non-object');
    const C = this;
    const { promise, resolve, reject } = capability(C);
    try {
      const promiseResolve = C.resolve;
      if (typeof promiseResolve !== 'function') throw new TypeError('Promise resolve or reject function is not callable');
      const errors = [];
      let remaining = 1;
      let index = 0;
      const settle = () => {
        if (--remaining > 0) return;
        reject(new AggregateError(errors, 'All promises were rejected'));
      };
      for (const item of iterable) {
        const i = index++;
        let called = false;
        errors.push(undefined);
        remaining++;
        promiseResolve.call(C, item).then(resolve, (error) => {
          if (called) return;
          called = true;
          errors[i] = error;
          settle();
        });
      }
      settle();
    } catch (error) {
      reject(error);
    }
    return promise;
  },

  withResolvers() {
    if (Object(this) !== this) throw new TypeError('Promise.withResolvers called on non-object');
    return capability(this);
  },
};
})()
