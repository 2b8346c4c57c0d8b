// Iterator.from and the iterator helpers (ECMA-262 27.1).
(() => {
  const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  const isObject = (v) => Object(v) === v;

  const typeErrorFor = (name) => new TypeError(`Iterator.prototype.${name} called on non-object`);
  const show = (v) => {
    if (typeof v === 'function' || v === undefined) return String(v);
    if (isObject(v)) return Array.isArray(v) ? `${v}` : '#<Object>';
    return `${typeof v} ${String(v)}`;
  };

  function receive(name, it) {
    if (!isObject(it)) throw typeErrorFor(name);
  }

  function direct(it) {
    return { it, next: it.next, done: false };
  }

  function step(record) {
    const result = record.next.call(record.it);
    if (!isObject(result)) throw new TypeError(`Iterator result ${String(result)} is not an object`);
    return result;
  }

  function close(it) {
    const method = it.return;
    if (method != null) {
      const result = method.call(it);
      if (!isObject(result)) throw new TypeError(`${String(result)} is not an object`);
    }
  }

  function closeQuietly(it) {
    try {
      const method = it.return;
      if (method != null) method.call(it);
    } catch {}
  }

  function requireFunction(it, f) {
    if (typeof f !== 'function') {
      closeQuietly(it);
      throw new TypeError(`${show(f)} is not a function`);
    }
  }

  function requireCount(it, limit) {
    let n;
    try {
      n = Number(limit);
    } catch (error) {
      closeQuietly(it);
      throw error;
    }
    if (Number.isNaN(n) || Math.trunc(n) < 0) {
      closeQuietly(it);
      throw new RangeError(`${String(limit)} must be positive`);
    }
    return Math.trunc(n);
  }

  // Helper objects: state is 'start', 'running', 'suspended' or 'done'.
  const states = new WeakMap();

  const HelperPrototype = Object.create(IteratorPrototype);
  const helperMethods = {
    next() {
      const s = states.get(this);
      if (s === undefined) throw new TypeError('Iterator Helper.prototype.next called on incompatible receiver');
      if (s.state === 'running') throw new TypeError('Generator is already running');
      if (s.state === 'done') return { value: undefined, done: true };
      s.state = 'running';
      try {
        const result = s.advance();
        s.state = result.done ? 'done' : 'suspended';
        return result;
      } catch (error) {
        s.state = 'done';
        throw error;
      }
    },
    return() {
      const s = states.get(this);
      if (s === undefined) throw new TypeError('Iterator Helper.prototype.return called on incompatible receiver');
      if (s.state === 'running') throw new TypeError('Generator is already running');
      if (s.state !== 'done') {
        s.state = 'done';
        if (s.inner !== undefined) {
          const inner = s.inner;
          s.inner = undefined;
          try {
            close(inner);
          } catch (error) {
            closeQuietly(s.it);
            throw error;
          }
        }
        close(s.it);
      }
      return { value: undefined, done: true };
    },
  };
  for (const name of ['next', 'return']) {
    Object.defineProperty(HelperPrototype, name, { value: helperMethods[name], writable: true, enumerable: false, configurable: true });
  }
  Object.defineProperty(HelperPrototype, Symbol.toStringTag, { value: 'Iterator Helper', configurable: true });

  function helper(it, advance) {
    const o = Object.create(HelperPrototype);
    const s = { state: 'start', it, advance: undefined, inner: undefined };
    s.advance = () => advance(s);
    states.set(o, s);
    return o;
  }

  const finished = () => ({ value: undefined, done: true });

  // Runs f, closing it if f throws.
  function guard(it, f) {
    try {
      return f();
    } catch (error) {
      closeQuietly(it);
      throw error;
    }
  }

  const wrapped = new WeakMap();
  const WrapPrototype = Object.create(IteratorPrototype);
  const wrapMethods = {
    next() {
      const r = wrapped.get(this);
      if (r === undefined) throw new TypeError('%WrapForValidIteratorPrototype%.next called on incompatible receiver');
      return r.next.call(r.it);
    },
    return() {
      const r = wrapped.get(this);
      if (r === undefined) throw new TypeError('%WrapForValidIteratorPrototype%.return called on incompatible receiver');
      const method = r.it.return;
      if (method === undefined) return finished();
      return method.call(r.it);
    },
  };
  for (const name of ['next', 'return']) {
    Object.defineProperty(WrapPrototype, name, { value: wrapMethods[name], writable: true, enumerable: false, configurable: true });
  }

  function flattenable(v, strings) {
    if (!isObject(v) && !(strings && typeof v === 'string')) {
      throw new TypeError(`${strings ? 'Iterator.from' : 'Iterator.prototype.flatMap'} called on non-object`);
    }
    const method = v[Symbol.iterator];
    const it = method == null ? v : method.call(v);
    if (!isObject(it)) throw new TypeError(`${String(it)} is not an object`);
    return it;
  }

  return {
    from(v) {
      const it = flattenable(v, true);
      if (IteratorPrototype.isPrototypeOf(it)) return it;
      const o = Object.create(WrapPrototype);
      wrapped.set(o, direct(it));
      return o;
    },

    map(mapper) {
      receive('map', this);
      requireFunction(this, mapper);
      const r = direct(this);
      let i = 0;
      return helper(this, () => {
        const result = step(r);
        if (result.done) return finished();
        const { value } = result;
        return { value: guard(r.it, () => mapper(value, i++)), done: false };
      });
    },

    filter(predicate) {
      receive('filter', this);
      requireFunction(this, predicate);
      const r = direct(this);
      let i = 0;
      return helper(this, () => {
        for (;;) {
          const result = step(r);
          if (result.done) return finished();
          const { value } = result;
          if (guard(r.it, () => predicate(value, i++))) return { value, done: false };
        }
      });
    },

    take(limit) {
      receive('take', this);
      let remaining = requireCount(this, limit);
      const r = direct(this);
      return helper(this, () => {
        if (remaining === 0) {
          close(r.it);
          return finished();
        }
        remaining--;
        const result = step(r);
        if (result.done) return finished();
        return { value: result.value, done: false };
      });
    },

    drop(limit) {
      receive('drop', this);
      let remaining = requireCount(this, limit);
      const r = direct(this);
      return helper(this, () => {
        for (; remaining > 0; remaining--) if (step(r).done) return finished();
        const result = step(r);
        if (result.done) return finished();
        return { value: result.value, done: false };
      });
    },

    flatMap(mapper) {
      receive('flatMap', this);
      requireFunction(this, mapper);
      const r = direct(this);
      let i = 0;
      let inner;
      return helper(this, (s) => {
        for (;;) {
          if (inner === undefined) {
            const result = step(r);
            if (result.done) return finished();
            const { value } = result;
            inner = guard(r.it, () => direct(flattenable(mapper(value, i++), false)));
            s.inner = inner.it;
          }
          const result = guard(r.it, () => {
            const x = step(inner);
            return x.done ? undefined : { value: x.value, done: false };
          });
          if (result !== undefined) return result;
          inner = s.inner = undefined;
        }
      });
    },

    reduce(reducer, ...initial) {
      receive('reduce', this);
      requireFunction(this, reducer);
      const r = direct(this);
      let i = 0;
      let accumulator;
      if (initial.length === 0) {
        const first = step(r);
        if (first.done) throw new TypeError('Reduce of a done iterator with no initial value');
        accumulator = first.value;
        i = 1;
      } else {
        accumulator = initial[0];
      }
      for (;;) {
        const result = step(r);
        if (result.done) return accumulator;
        const { value } = result;
        accumulator = guard(r.it, () => reducer(accumulator, value, i++));
      }
    },

    toArray() {
      receive('toArray', this);
      const r = direct(this);
      const out = [];
      for (;;) {
        const result = step(r);
        if (result.done) return out;
        out.push(result.value);
      }
    },

    forEach(f) {
      receive('forEach', this);
      requireFunction(this, f);
      const r = direct(this);
      for (let i = 0; ; i++) {
        const result = step(r);
        if (result.done) return;
        const { value } = result;
        guard(r.it, () => f(value, i));
      }
    },

    some(predicate) {
      receive('some', this);
      requireFunction(this, predicate);
      const r = direct(this);
      for (let i = 0; ; i++) {
        const result = step(r);
        if (result.done) return false;
        const { value } = result;
        if (guard(r.it, () => predicate(value, i))) {
          close(r.it);
          return true;
        }
      }
    },

    every(predicate) {
      receive('every', this);
      requireFunction(this, predicate);
      const r = direct(this);
      for (let i = 0; ; i++) {
        const result = step(r);
        if (result.done) return true;
        const { value } = result;
        if (!guard(r.it, () => predicate(value, i))) {
          close(r.it);
          return false;
        }
      }
    },

    find(predicate) {
      receive('find', this);
      requireFunction(this, predicate);
      const r = direct(this);
      for (let i = 0; ; i++) {
        const result = step(r);
        if (result.done) return undefined;
        const { value } = result;
        if (guard(r.it, () => predicate(value, i))) {
          close(r.it);
          return value;
        }
      }
    },

    dispose() {
      const method = this.return;
      if (method != null) method.call(this);
    },
  };
})();
