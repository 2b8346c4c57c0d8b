// MockTracker (https://nodejs.org/docs/latest-v24.x/api/test.html#class-mocktracker).
(function (host) {
  const { process, URL } = globalThis;
  const noop = () => {};
  const isObject = (v) => v !== null && (typeof v === 'object' || typeof v === 'function');

  class MockFunctionContext {
    #calls = [];
    #implementation;
    #once = new Map();
    #restore;
    #times;

    constructor(implementation, restore, times) {
      this.#implementation = implementation;
      this.#restore = restore;
      this.#times = times;
    }

    get calls() {
      return this.#calls.slice();
    }

    callCount() {
      return this.#calls.length;
    }

    mockImplementation(implementation) {
      if (typeof implementation !== 'function') host.argType('implementation', implementation, 'function');
      this.#implementation = implementation;
    }

    mockImplementationOnce(implementation, onCall) {
      if (typeof implementation !== 'function') host.argType('implementation', implementation, 'function');
      const next = this.#calls.length;
      const call = onCall ?? next;
      host.checkInteger(call, 'onCall', next);
      this.#once.set(call, implementation);
    }

    restore() {
      const restore = this.#restore;
      if (restore) restore(this);
    }

    resetCalls() {
      this.#calls = [];
    }

    // The implementation that answers the next call.
    next(original) {
      const n = this.#calls.length;
      const once = this.#once.get(n);
      if (once) {
        this.#once.delete(n);
        return once;
      }
      if (n >= this.#times) return original;
      return this.#implementation;
    }

    record(call) {
      this.#calls.push(call);
    }

    set implementationValue(fn) {
      this.#implementation = fn;
    }
  }
  // Seen by nobody but the proxies below.
  const next = MockFunctionContext.prototype.next;
  const record = MockFunctionContext.prototype.record;
  const setImplementation = Object.getOwnPropertyDescriptor(MockFunctionContext.prototype, 'implementationValue').set;
  for (const k of ['next', 'record', 'implementationValue']) delete MockFunctionContext.prototype[k];

  function makeMock(original, implementation, times, restore) {
    const context = new MockFunctionContext(implementation, restore, times);
    const run = (target, self, args, construct) => {
      const call = { arguments: [...args], error: undefined, result: undefined, stack: new Error(), target: undefined, this: self };
      const fn = next.call(context, original);
      try {
        if (construct) {
          call.target = construct === proxy ? original : construct;
          call.result = Reflect.construct(fn, args, construct);
          call.this = call.result;
        } else {
          call.result = Reflect.apply(fn, self, args);
        }
        return call.result;
      } catch (e) {
        call.error = e;
        throw e;
      } finally {
        record.call(context, call);
      }
    };
    const proxy = new Proxy(original, {
      apply: (target, self, args) => run(target, self, args),
      construct: (target, args, newTarget) => run(target, undefined, args, newTarget),
      get: (target, key, receiver) => (key === 'mock' ? context : Reflect.get(target, key, receiver)),
    });
    return { proxy, context };
  }

  function readTimes(options) {
    const { times = Infinity } = options;
    if (times !== Infinity) host.checkInteger(times, 'options.times', 1);
    return times;
  }

  class MockPropertyContext {
    #accesses = [];
    #once = new Map();
    #object;
    #name;
    #own;
    #value;

    constructor(object, name, ...value) {
      this.#object = object;
      this.#name = name;
      this.#value = value.length > 0 ? value[0] : object[name];
      this.#own = Reflect.getOwnPropertyDescriptor(object, name);
      if (!this.#own) host.argValue('propertyName', name, 'is not a property of the object');
      this.#own.original = object[name];
      const { configurable, enumerable } = this.#own;
      Object.defineProperty(object, name, {
        configurable,
        enumerable,
        get: () => this.#record('get', this.#take(this.#value)),
        set: (v) => { this.mockImplementation(v); },
      });
    }

    // What the next access gives instead of value.
    #take(value) {
      const n = this.#accesses.length;
      if (!this.#once.has(n)) return value;
      const v = this.#once.get(n);
      this.#once.delete(n);
      return v;
    }

    #record(type, value) {
      this.#accesses.push({ type, value, stack: new Error() });
      return value;
    }

    get accesses() { return this.#accesses.slice(); }
    accessCount() { return this.#accesses.length; }

    mockImplementation(value) {
      if (!this.#own.writable) host.argValue('propertyName', this.#name, 'cannot be set');
      this.#value = this.#record('set', this.#take(value));
    }

    mockImplementationOnce(value, onAccess) {
      const next = this.#accesses.length;
      const access = onAccess ?? next;
      host.checkInteger(access, 'onAccess', next);
      this.#once.set(access, value);
    }

    resetAccesses() { this.#accesses = []; }

    restore() {
      const { original, ...own } = this.#own;
      delete own.get;
      delete own.set;
      Object.defineProperty(this.#object, this.#name, { ...own, value: original });
    }
  }

  class MockModuleContext {
    #restore;

    constructor(restore) { this.#restore = restore; }
    restore() { this.#restore(); }
  }

  let warned = false;

  class MockTracker {
    #mocks = [];

    fn(original = function() {}, implementation = original, options = {}) {
      if (original !== null && typeof original === 'object') {
        options = original;
        original = function() {};
        implementation = original;
      } else if (implementation !== null && typeof implementation === 'object') {
        options = implementation;
        implementation = original;
      }
      if (typeof original !== 'function') host.argType('original', original, 'function');
      if (typeof implementation !== 'function') host.argType('implementation', implementation, 'function');
      const { proxy, context } = makeMock(original, implementation, readTimes(options), (c) => setImplementation.call(c, original));
      this.#mocks.push(context);
      return proxy;
    }

    method(object, name, implementation, options = {}) {
      if (!isObject(object)) host.argType('object', object, 'object');
      if (typeof name !== 'string' && typeof name !== 'symbol') host.argType('methodName', name, 'string', 'symbol');
      if (implementation !== null && typeof implementation === 'object') {
        options = implementation;
        implementation = undefined;
      }
      const { getter = false, setter = false } = options;
      if (typeof getter !== 'boolean') host.argType('options.getter', getter, 'boolean');
      if (typeof setter !== 'boolean') host.argType('options.setter', setter, 'boolean');
      if (getter && setter) host.argValue('options.setter', setter, "cannot be used with 'options.getter'");
      let owner = object;
      let descriptor;
      while (owner !== null && !(descriptor = Reflect.getOwnPropertyDescriptor(owner, name))) owner = Reflect.getPrototypeOf(owner);
      const original = getter ? descriptor?.get : setter ? descriptor?.set : descriptor?.value;
      if (typeof original !== 'function') host.argValue('methodName', original, 'must be a method');
      const { proxy, context } = makeMock(original, implementation ?? original, readTimes(options), () => {
        Object.defineProperty(object, name, descriptor);
      });
      const mocked = { configurable: descriptor.configurable, enumerable: descriptor.enumerable };
      if (getter) {
        mocked.get = proxy;
        mocked.set = descriptor.set;
      } else if (setter) {
        mocked.get = descriptor.get;
        mocked.set = proxy;
      } else {
        mocked.writable = descriptor.writable;
        mocked.value = proxy;
      }
      Object.defineProperty(object, name, mocked);
      this.#mocks.push(context);
      return proxy;
    }

    getter(object, name, implementation = {}, options = {}) {
      if (implementation !== null && typeof implementation === 'object') {
        options = implementation;
        implementation = undefined;
      }
      if (options.getter === false) host.argValue('options.getter', false, 'cannot be false');
      return this.method(object, name, implementation, { ...options, getter: true });
    }

    setter(object, name, implementation = {}, options = {}) {
      if (implementation !== null && typeof implementation === 'object') {
        options = implementation;
        implementation = undefined;
      }
      if (options.setter === false) host.argValue('options.setter', false, 'cannot be false');
      return this.method(object, name, implementation, { ...options, setter: true });
    }

    property(object, name, ...value) {
      host.checkObject(object, 'object');
      if (typeof name !== 'string' && typeof name !== 'symbol') host.argType('propertyName', name, 'string', 'symbol');
      const context = new MockPropertyContext(object, name, ...value);
      this.#mocks.push(context);
      return new Proxy(object, { get: (target, key, receiver) => (key === 'mock' ? context : Reflect.get(target, key, receiver)) });
    }

    module(specifier, options = {}) {
      if (!warned) process.emitWarning('Module mocking is an experimental feature and might change at any time', 'ExperimentalWarning');
      warned = true;
      if (typeof specifier !== 'string') {
        if (!(specifier instanceof URL)) host.argType('specifier', specifier, 'string', 'URL');
        specifier = `${specifier}`;
      }
      host.checkObject(options, 'options');
      const { cache = false, namedExports = {}, defaultExport } = options;
      const hasDefault = 'defaultExport' in options;
      host.checkBoolean(cache, 'options.cache');
      host.checkObject(namedExports, 'options.namedExports');
      const names = Object.keys(namedExports);
      const exportsOf = (imported) => {
        const made = hasDefault ? defaultExport : {};
        if (names.length > 0 && (typeof made !== 'object' || made === null)) {
          const text = 'Cannot create mock because named exports cannot be applied to the provided default export.';
          throw new Error(imported ? JSON.stringify(text) : text);
        }
        for (const name of names) Object.defineProperty(made, name, Object.getOwnPropertyDescriptor(namedExports, name));
        return made;
      };
      const valueOf = (name) => (name === 'default' ? defaultExport : namedExports[name]);
      const context = new MockModuleContext(host.mockModule(specifier, host.location().file, cache, names, hasDefault, exportsOf, valueOf));
      this.#mocks.push(context);
      return context;
    }

    #timers;

    get timers() {
      this.#timers ??= new (host.load('mocktimers').MockTimers)();
      return this.#timers;
    }

    reset() {
      this.restoreAll();
      this.#timers?.reset();
      this.#mocks = [];
    }

    restoreAll() {
      for (const m of this.#mocks) m.restore();
    }
  }
  void noop;
  // It is there only where it was asked for.
  if (!process.execArgv.includes('--experimental-test-module-mocks')) delete MockTracker.prototype.module;
  return { MockTracker, MockFunctionContext };
})
