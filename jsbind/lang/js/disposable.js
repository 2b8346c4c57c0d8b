// SuppressedError, DisposableStack and AsyncDisposableStack (explicit resource
// management, ECMA-262 2026 20.5.8, 27.3, 27.4).
(() => {
  const isObject = (v) => Object(v) === v;
  const hide = (o, name, value) => Object.defineProperty(o, name, { value, writable: true, enumerable: false, configurable: true });

  function SuppressedError(error, suppressed, message) {
    const e = Reflect.construct(Error, message === undefined ? [] : [message], new.target || SuppressedError);
    hide(e, 'error', error);
    hide(e, 'suppressed', suppressed);
    return e;
  }
  Object.setPrototypeOf(SuppressedError, Error);
  Object.defineProperty(SuppressedError, 'length', { value: 3, configurable: true });
  const proto = Object.create(Error.prototype);
  hide(proto, 'constructor', SuppressedError);
  hide(proto, 'message', '');
  hide(proto, 'name', 'SuppressedError');
  Object.defineProperty(SuppressedError, 'prototype', { value: proto, writable: false, enumerable: false, configurable: false });

  function methodOf(v, async) {
    let method;
    if (async) {
      method = v[Symbol.asyncDispose];
      if (method != null) return method;
    }
    method = v[Symbol.dispose];
    return method;
  }

  const seal = (Class, tag) => {
    for (const name of Object.getOwnPropertyNames(Class.prototype)) {
      const d = Object.getOwnPropertyDescriptor(Class.prototype, name);
      d.enumerable = false;
      Object.defineProperty(Class.prototype, name, d);
    }
    Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: tag, configurable: true });
    return Class;
  };

  class DisposableStack {
    #entries = [];
    #disposed = false;

    #check(name) {
      if (this.#disposed) {
        throw new ReferenceError(`Cannot call DisposableStack.prototype.${name} on an already-disposed DisposableStack`);
      }
    }

    get disposed() {
      return this.#disposed;
    }

    dispose() {
      if (this.#disposed) return;
      this.#disposed = true;
      let failed = false;
      let failure;
      const entries = this.#entries;
      this.#entries = [];
      while (entries.length > 0) {
        try {
          entries.pop()();
        } catch (error) {
          failure = failed ? new SuppressedError(error, failure, 'An error was suppressed during disposal.') : error;
          failed = true;
        }
      }
      if (failed) throw failure;
    }

    use(value) {
      this.#check('use');
      if (value == null) return value;
      if (!isObject(value)) throw new TypeError('An object is expected with `using` declarations');
      const method = value[Symbol.dispose];
      if (typeof method !== 'function') throw new TypeError('Property [Symbol.dispose] is not a function.'.replace('Property [Symbol.dispose]', 'Symbol(Symbol.dispose)'));
      this.#entries.push(() => method.call(value));
      return value;
    }

    adopt(value, onDispose) {
      this.#check('adopt');
      if (typeof onDispose !== 'function') throw new TypeError(`${String(onDispose)} is not a function`);
      this.#entries.push(() => onDispose(value));
      return value;
    }

    defer(onDispose) {
      this.#check('defer');
      if (typeof onDispose !== 'function') throw new TypeError(`${String(onDispose)} is not a function`);
      this.#entries.push(() => onDispose());
    }

    move() {
      this.#check('move');
      const moved = new DisposableStack();
      moved.#entries = this.#entries;
      this.#entries = [];
      this.#disposed = true;
      return moved;
    }
  }
  hide(DisposableStack.prototype, Symbol.dispose, DisposableStack.prototype.dispose);

  class AsyncDisposableStack {
    #entries = [];
    #disposed = false;

    #check(name) {
      if (this.#disposed) {
        throw new ReferenceError(`Cannot call AsyncDisposableStack.prototype.${name} on an already-disposed DisposableStack`);
      }
    }

    get disposed() {
      return this.#disposed;
    }

    async disposeAsync() {
      if (this.#disposed) return;
      this.#disposed = true;
      let failed = false;
      let failure;
      const entries = this.#entries;
      this.#entries = [];
      while (entries.length > 0) {
        try {
          await entries.pop()();
        } catch (error) {
          failure = failed ? new SuppressedError(error, failure, 'An error was suppressed during disposal.') : error;
          failed = true;
        }
      }
      if (failed) throw failure;
    }

    use(value) {
      this.#check('use');
      if (value == null) {
        this.#entries.push(() => undefined);
        return value;
      }
      if (!isObject(value)) throw new TypeError('An object is expected with `using` declarations');
      const method = methodOf(value, true);
      if (typeof method !== 'function') throw new TypeError('Symbol(Symbol.asyncDispose) is not a function');
      const sync = value[Symbol.asyncDispose] == null;
      this.#entries.push(() => {
        const result = method.call(value);
        return sync ? undefined : result;
      });
      return value;
    }

    adopt(value, onDispose) {
      this.#check('adopt');
      if (typeof onDispose !== 'function') throw new TypeError(`${String(onDispose)} is not a function`);
      this.#entries.push(() => onDispose(value));
      return value;
    }

    defer(onDispose) {
      this.#check('defer');
      if (typeof onDispose !== 'function') throw new TypeError(`${String(onDispose)} is not a function`);
      this.#entries.push(() => onDispose());
    }

    move() {
      this.#check('move');
      const moved = new AsyncDisposableStack();
      moved.#entries = this.#entries;
      this.#entries = [];
      this.#disposed = true;
      return moved;
    }
  }
  hide(AsyncDisposableStack.prototype, Symbol.asyncDispose, AsyncDisposableStack.prototype.disposeAsync);

  return {
    SuppressedError,
    DisposableStack: seal(DisposableStack, 'DisposableStack'),
    AsyncDisposableStack: seal(AsyncDisposableStack, 'AsyncDisposableStack'),
  };
})();
