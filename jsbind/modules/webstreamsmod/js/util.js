// What the files of the streams share: promises that a program's changes to
// Promise do not reach, queues with sizes, state, members, inspection.
(host) => {
  const { state: kState } = host.symbols;
  const { apply, defineProperty, ownKeys, getOwnPropertyDescriptor } = Reflect;
  const { Promise } = host.global;
  const promiseThen = Promise.prototype.then;
  const noop = () => {};

  const then = (p, onFulfilled, onRejected) => apply(promiseThen, p, [onFulfilled, onRejected]);
  const resolved = (v) => new Promise((resolve) => resolve(v));
  const resolvedWith = Promise.resolve.bind(Promise);
  const rejected = Promise.reject.bind(Promise);
  const handled = (p) => {
    then(p, undefined, noop);
    return p;
  };
  function deferred() {
    const d = { promise: undefined, resolve: undefined, reject: undefined, settled: false };
    d.promise = new Promise((resolve, reject) => {
      d.resolve = (v) => {
        d.settled = true;
        resolve(v);
      };
      d.reject = (e) => {
        d.settled = true;
        reject(e);
      };
    });
    return d;
  }
  const settledDeferred = (promise) => ({ promise, resolve: noop, reject: noop, settled: true });

  // A method of an underlying source or the like, as a function that returns a
  // promise.
  const promiseCall = (fn, self, ...args) => new Promise((resolve) => resolve(apply(fn, self, args)));

  class Queue {
    constructor() {
      this.items = [];
      this.head = 0;
    }

    get length() {
      return this.items.length - this.head;
    }

    push(v) {
      this.items[this.items.length] = v;
    }

    peek() {
      return this.items[this.head];
    }

    shift() {
      const v = this.items[this.head];
      this.items[this.head++] = undefined;
      if (this.head === this.items.length) {
        this.items = [];
        this.head = 0;
      } else if (this.head > 1024 && this.head * 2 > this.items.length) {
        this.items = this.items.slice(this.head);
        this.head = 0;
      }
      return v;
    }

    clear() {
      this.items = [];
      this.head = 0;
    }
  }

  // Queue-with-sizes (https://streams.spec.whatwg.org/#queue-with-sizes).
  function enqueueWithSize(c, value, size) {
    if (typeof size !== 'number' || size < 0 || size !== size || size === Infinity) throw invalidSize(size);
    c.queue.push({ value, size });
    c.queueSize += size;
  }
  function dequeue(c) {
    const { value, size } = c.queue.shift();
    c.queueSize -= size;
    if (c.queueSize < 0) c.queueSize = 0;
    return value;
  }
  function resetQueue(c) {
    c.queue.clear();
    c.queueSize = 0;
  }

  const argValue = (name, value, kind = 'TypeError', reason = 'is invalid') =>
    host.error(kind, 'ERR_INVALID_ARG_VALUE', `The ${name.includes('.') ? 'property' : 'argument'} '${name}' ${reason}. Received ${host.inspect(value)}`);
  const invalidSize = (size) => argValue('size', size, 'RangeError');

  function checkObject(v, name, allowNull) {
    if (v === null ? !allowNull : typeof v !== 'object' && typeof v !== 'function') host.argType(name, v, 'Object');
  }

  function highWaterMarkOf(strategy, fallback) {
    const v = strategy?.highWaterMark;
    if (v === undefined) return fallback;
    const n = +v;
    if (n !== n || n < 0) throw argValue('strategy.highWaterMark', n, 'RangeError');
    return n;
  }
  function sizeOf(size) {
    if (size === undefined) return () => 1;
    if (typeof size !== 'function') host.argType('strategy.size', size, 'Function');
    return size;
  }

  const stateOf = (v, kind) => {
    if (v === null || typeof v !== 'object' && typeof v !== 'function') return undefined;
    const s = v[kState];
    return s !== undefined && s.kind === kind ? s : undefined;
  };
  const need = (v, kind) => {
    const s = stateOf(v, kind);
    if (s === undefined) throw host.invalidThis(kind);
    return s;
  };

  // privately is need for the classes that keep their state in private fields.
  const privately = (v, kind, getter, field) => {
    const s = stateOf(v, kind);
    if (s !== undefined) return s;
    const e = new TypeError(`Cannot read private member #${field} from an object whose class did not declare it`);
    const [head, ...frames] = e.stack.split('\n');
    e.stack = [head, `    at get ${getter} (node:internal/webstreams)`, ...frames].join('\n');
    throw e;
  };

  // Members of the web's classes are enumerable.
  function webClass(cls, inspect) {
    for (const key of ownKeys(cls.prototype)) {
      if (key === 'constructor') continue;
      const d = getOwnPropertyDescriptor(cls.prototype, key);
      if (typeof key === 'string') d.enumerable = true;
      defineProperty(cls.prototype, key, d);
    }
    defineProperty(cls.prototype, Symbol.toStringTag, { value: cls.name, writable: false, enumerable: false, configurable: true });
    if (inspect) {
      const name = cls.name;
      const f = {
        [host.inspectSymbol](depth, options) {
          if (depth < 0) return undefined;
          const shown = inspect(this);
          return `${name} ${host.inspect(shown, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
        },
      }[host.inspectSymbol];
      defineProperty(cls.prototype, host.inspectSymbol, { value: f, writable: true, enumerable: false, configurable: true });
    }
  }

  // make makes an object of a class whose constructor programs cannot call.
  function make(cls, state) {
    const o = Object.create(cls.prototype);
    attach(o, state);
    return o;
  }
  function attach(o, state) {
    state.object = o;
    defineProperty(o, kState, { value: state, writable: true, enumerable: false, configurable: true });
    return state;
  }
  const illegal = () => {
    throw host.illegalConstructor();
  };

  return {
    then, resolved, resolvedWith, rejected, handled, deferred, settledDeferred, promiseCall, noop, Queue,
    enqueueWithSize, dequeue, resetQueue, argValue, checkObject, highWaterMarkOf, sizeOf,
    stateOf, need, privately, webClass, make, attach, illegal,
  };
};
