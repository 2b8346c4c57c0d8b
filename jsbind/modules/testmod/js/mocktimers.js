// MockTimers (https://nodejs.org/docs/latest-v24.x/api/test.html#class-mocktimers):
// timers and the clock, moved by hand.
(function (host) {
  const timers = host.require('timers');
  const timersPromises = host.require('timers/promises');
  const EventEmitter = host.require('events');
  const supported = ['setTimeout', 'setInterval', 'setImmediate', 'Date', 'scheduler.wait', 'AbortSignal.timeout'];
  const defaults = ['setTimeout', 'setInterval', 'setImmediate', 'Date'];
  const maxDelay = 2 ** 31 - 1;
  const RealDate = globalThis.Date;

  const state = (text) => host.fail('Error', 'ERR_INVALID_STATE', `Invalid state: ${text}`);

  class MockTimers {
    #enabled = [];
    #on = false;
    #now = 0;
    #queue = []; // by time, then by number
    #last = 0;
    #restore = [];

    enable(options = { apis: defaults, now: 0 }) {
      const given = { ...options };
      host.checkObject(given, 'options');
      if (this.#on) state('MockTimers is already enabled!');
      const now = given.now ?? 0;
      const time = Number.isNaN(now) ? host.argValue('initialEpoch', now, `epoch must be a positive integer received ${now}`) : now instanceof RealDate ? now.getTime() : now;
      if (typeof time !== 'number') host.argType('initialEpoch', now, 'number', 'Date');
      if (time < 0) host.argValue('initialEpoch', time, `epoch must be a positive integer received ${time}`);
      const apis = given.apis ?? defaults;
      host.checkStrings(apis, 'options.apis');
      for (const name of apis) {
        if (!supported.includes(name)) host.argValue('options.apis', name, `option ${name} is not supported`);
      }
      if (apis.includes('Date') && globalThis.Date.isMock) state('Date is already being mocked!');
      this.#now = time;
      this.#enabled = apis;
      this.#on = true;
      for (const name of apis) this.#replace(name);
    }

    reset() {
      if (!this.#on) return;
      for (const f of this.#restore.splice(0).reverse()) f();
      this.#queue = [];
      this.#enabled = [];
      this.#on = false;
    }

    [Symbol.dispose]() {
      this.reset();
    }

    setTime(time = 0) {
      host.checkNumber(time, 'time');
      this.#check();
      this.#now = time;
    }

    tick(time = 1) {
      this.#check();
      if (time < 0) host.argValue('time', 'positive integer', String(time));
      this.#now += time; // before the timers that are due run
      for (let t = this.#queue[0]; t !== undefined && t.at <= this.#now; t = this.#queue[0]) {
        this.#queue.shift();
        t.pending = false;
        if (t.interval !== undefined) {
          t.at += Math.max(1, t.interval);
          this.#insert(t);
        }
        Reflect.apply(t.callback, t, t.args);
      }
    }

    runAll() {
      this.#check();
      const last = this.#queue.at(-1);
      if (last !== undefined) this.tick(last.at - this.#now);
    }

    #check() {
      if (!this.#on) state('You should enable MockTimers first by calling the .enable function');
    }

    #insert(t) {
      t.pending = true;
      t.number = ++this.#last;
      let i = this.#queue.length;
      while (i > 0 && this.#queue[i - 1].at > t.at) i--;
      this.#queue.splice(i, 0, t);
    }

    #schedule(callback, delay, args, interval) {
      host.checkFunction(callback, 'callback');
      delay = Number(delay);
      if (!(delay >= 1 && delay <= maxDelay)) delay = interval === 'immediate' ? 0 : 1;
      const self = this;
      const t = {
        callback, args, at: this.#now + delay, interval: interval === true ? delay : undefined, delay, refed: true,
        ref() { this.refed = true; return this; },
        unref() { this.refed = false; return this; },
        hasRef() { return this.refed; },
        refresh() {
          self.#remove(this);
          this.at = self.#now + this.delay;
          self.#insert(this);
          return this;
        },
        close() { self.#remove(this); return this; },
        [Symbol.toPrimitive]() { return this.number; },
        [Symbol.dispose]() { self.#remove(this); },
      };
      for (const k of ['callback', 'args', 'at', 'interval', 'delay', 'refed']) Object.defineProperty(t, k, { enumerable: false });
      this.#insert(t);
      return t;
    }

    #remove(t) {
      if (t === null || t === undefined) return;
      const i = this.#queue.findIndex((x) => x === t || x.number === t);
      if (i >= 0) this.#queue.splice(i, 1);
    }

    #put(object, name, value) {
      const d = Object.getOwnPropertyDescriptor(object, name);
      Object.defineProperty(object, name, { configurable: true, enumerable: d?.enumerable ?? true, writable: true, value });
      this.#restore.push(() => { if (d) Object.defineProperty(object, name, d); else delete object[name]; });
    }

    #replace(name) {
      const clear = (t) => this.#remove(t);
      const promise = (start, value, options = {}) => new Promise((resolve, reject) => {
        host.checkObject(options, 'options');
        const { signal } = options;
        host.checkSignal(signal, 'options.signal');
        if (signal?.aborted) {
          reject(host.abortError(signal.reason));
          return;
        }
        const onAbort = () => {
          this.#remove(t);
          reject(host.abortError(signal.reason));
        };
        const t = start(() => {
          signal?.removeEventListener('abort', onAbort);
          resolve(value);
        });
        signal?.addEventListener('abort', onAbort, { once: true });
      });
      switch (name) {
        case 'setTimeout': {
          const fn = (callback, delay, ...args) => this.#schedule(callback, delay, args);
          this.#both('setTimeout', fn, 'clearTimeout', clear);
          this.#put(timersPromises, 'setTimeout', (delay, value, options) => promise((done) => this.#schedule(done, delay, []), value, options));
          break;
        }
        case 'setInterval': {
          this.#both('setInterval', (callback, delay, ...args) => this.#schedule(callback, delay, args, true), 'clearInterval', clear);
          this.#put(timersPromises, 'setInterval', (delay, value, options) => this.#iterate(delay, value, options));
          break;
        }
        case 'setImmediate':
          this.#both('setImmediate', (callback, ...args) => this.#schedule(callback, 0, args, 'immediate'), 'clearImmediate', clear);
          this.#put(timersPromises, 'setImmediate', (value, options) => promise((done) => this.#schedule(done, 0, [], 'immediate'), value, options));
          break;
        case 'scheduler.wait':
          this.#put(timersPromises.scheduler, 'wait', (delay, options) => promise((done) => this.#schedule(done, delay, []), undefined, options));
          break;
        case 'AbortSignal.timeout':
          this.#put(globalThis.AbortSignal, 'timeout', (delay) => {
            const controller = new AbortController();
            this.#schedule(() => controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError')), delay, []);
            return controller.signal;
          });
          break;
        case 'Date':
          this.#put(globalThis, 'Date', this.#date());
      }
    }

    #both(set, fn, clearName, clear) {
      const named = { [set]: (...args) => fn(...args), [clearName]: (t) => clear(t) };
      for (const o of [globalThis, timers]) {
        this.#put(o, set, named[set]);
        this.#put(o, clearName, named[clearName]);
      }
    }

    // The async iterator of timers/promises.
    #iterate(delay, value, options = {}) {
      host.checkObject(options, 'options');
      const { signal } = options;
      const emitter = new EventEmitter();
      const t = this.#schedule(() => emitter.emit('tick', value), delay, [], true);
      const inner = EventEmitter.on(emitter, 'tick', signal ? { signal } : undefined);
      const remove = () => this.#remove(t);
      return {
        next: () => inner.next().then((r) => (r.done ? r : { done: false, value: r.value[0] })),
        return() {
          remove();
          return inner.return();
        },
        [Symbol.asyncIterator]() { return this; },
      };
    }

    #date() {
      const now = () => this.#now;
      function MockDate(...args) {
        if (!new.target) return new RealDate(now()).toString();
        return Reflect.construct(RealDate, args.length === 0 ? [now()] : args, new.target === MockDate ? RealDate : new.target);
      }
      Object.defineProperties(MockDate, Object.getOwnPropertyDescriptors(RealDate));
      Object.defineProperty(MockDate, 'now', { configurable: true, writable: true, value: function() { return now(); } });
      Object.defineProperty(MockDate, 'isMock', { configurable: false, enumerable: false, writable: false, value: true });
      Object.defineProperty(MockDate, 'toString', { configurable: true, writable: true, value: function() { return 'function Date() { [native code] }'; } });
      MockDate.prototype.constructor = RealDate;
      return MockDate;
    }
  }

  return { MockTimers };
})
