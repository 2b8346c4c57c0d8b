// Tests, suites and hooks (https://nodejs.org/docs/latest-v24.x/api/test.html).
(function (host) {
  const { MockTracker } = host.load('mock');
  const assert = host.require('assert');
  const { inspect } = host.require('util');
  const { AsyncLocalStorage } = host.require('async_hooks');
  const { AbortController, setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
  const elapsed = (since) => Math.round((host.now() - since) * 1e6) / 1e6;
  const running = new AsyncLocalStorage(); // the test whose function runs

  function failure(type, text, cause) {
    const e = host.error('Error', 'ERR_TEST_FAILURE', text);
    Object.defineProperty(e, 'stack', { configurable: true, enumerable: false, writable: true, value: `Error [ERR_TEST_FAILURE]: ${text}` });
    e.failureType = type;
    if (cause !== undefined) e.cause = cause;
    return e;
  }

  // A function that is called with a callback where it takes one.
  function call(fn, self, args) {
    if (fn.length > args.length) {
      return new Promise((resolve, reject) => {
        let called = false;
        const done = (err) => {
          if (called) {
            reject(failure('multipleCallbackInvocations', 'callback invoked multiple times'));
            return;
          }
          called = true;
          if (err) reject(err);
          else resolve();
        };
        const r = Reflect.apply(fn, self, [...args, done]);
        if (r !== null && typeof r === 'object' && typeof r.then === 'function') {
          reject(failure('callbackAndPromisePresent', 'passed a callback but also returned a Promise'));
        }
      });
    }
    return Reflect.apply(fn, self, args);
  }

  function withTimeout(promise, ms, make) {
    if (ms === undefined || ms === null || ms === Infinity) return promise;
    let timer;
    return Promise.race([
      promise,
      new Promise((resolve, reject) => { timer = setTimeout(() => reject(make()), ms); }),
    ]).finally(() => clearTimeout(timer));
  }

  // reported is an error as events have it: an ERR_TEST_FAILURE around what was
  // thrown.
  function reported(t) {
    if (t.error === null) return undefined;
    if (t.error?.code === 'ERR_TEST_FAILURE') return t.error.cause === undefined ? Object.assign(t.error, { cause: t.error.message }) : t.error;
    const text = t.error?.message ?? (typeof t.error === 'string' ? t.error : inspect(t.error));
    return failure(t.failure, text, t.error);
  }

  class Test {
    constructor(parent, name, options, fn, suite) {
      this.parent = parent;
      this.harness = options.harness ?? parent.harness;
      this.nesting = parent === null ? -1 : parent.nesting + 1;
      this.number = parent === null ? 0 : parent.subtests.length + 1;
      this.shown = 0; // of the subtests, those that were reported
      this.begun = parent === null; // 'test:start' was reported
      this.name = name;
      this.fn = fn;
      this.suite = suite;
      this.subtests = [];
      this.queue = []; // of those that have not begun
      this.active = 0;
      this.diagnostics = [];
      this.hooks = { before: [], after: [], beforeEach: [], afterEach: [] };
      this.passed = false;
      this.error = null;
      this.failure = undefined;
      this.finished = false;
      this.skipped = options.skip;
      this.todo = options.todo ?? (parent !== null && isTodo(parent) ? true : undefined);
      this.only = options.only;
      this.timeout = options.timeout ?? parent?.timeout;
      const c = options.concurrency ?? parent?.concurrency ?? 1;
      this.concurrency = c === true ? Infinity : c === false || c === null ? 1 : c;
      if (parent === null) this.concurrency = 1;
      this.controller = new AbortController();
      this.outer = options.signal;
      this.location = options.location ?? host.location();
      this.planned = options.plan;
      this.assertions = 0;
      this.duration = 0;
      this.beforeDone = null;
      this.done = new Promise((resolve) => { this.settle = resolve; });
    }

    get fullName() {
      return this.parent && this.parent.parent ? `${this.parent.fullName} > ${this.name}` : this.name;
    }

    create(name, options, fn, suite) {
      if (typeof name === 'function') {
        fn = name;
      } else if (name !== null && typeof name === 'object') {
        fn = options;
        options = name;
      } else if (typeof options === 'function') {
        fn = options;
      }
      if (options === null || typeof options !== 'object') options = {};
      if (typeof fn !== 'function') fn = () => {};
      if (typeof name !== 'string' || name === '') name = fn.name || '<anonymous>';
      check(options);
      const t = new Test(this, name, options, fn, suite);
      t.filtered = this.harness.isFiltered(t);
      if (t.filtered && !suite) return t.leaveOut();
      this.subtests.push(t);
      if (!this.suite && !suite) t.enqueue();
      if (this.finished) {
        t.fail(failure('parentAlreadyFinished', 'test could not be started because its parent finished'));
        t.finish();
        return t;
      }
      this.queue.push(t);
      if (!this.suite && this.started) this.pump();
      return t;
    }

    // leaveOut is for a test that the command line's patterns leave out.
    leaveOut() {
      this.passed = true;
      this.finish();
      return this;
    }

    // entry is the file that the program was started with.
    get entry() {
      return globalThis.process.argv[1] ?? this.location?.file;
    }

    get place() {
      const { file, line, column } = this.location ?? {};
      return { line, column, file };
    }

    // tell reports something at once.
    tell(type, extra) {
      if (this.filtered) return;
      this.harness.event(type, { nesting: this.nesting, name: this.name, ...extra, ...this.place });
    }

    get directive() {
      return isSkip(this) ? { skip: this.skipped } : isTodo(this) ? { todo: this.todo } : {};
    }

    enqueue() {
      this.tell('test:enqueue', { type: this.suite ? 'suite' : 'test' });
    }

    dequeue(as) {
      if (this.dequeued) return;
      this.dequeued = true;
      this.tell('test:dequeue', { type: as.suite ? 'suite' : 'test' });
    }

    outcome(extra) {
      return { name: this.name, nesting: this.nesting, testNumber: this.number,
        details: { duration_ms: this.duration, type: this.suite ? 'suite' : 'test', ...(this.error !== null && { error: reported(this) }), ...extra },
        ...this.place, ...this.directive };
    }

    // isNext says that all that comes before this test was reported.
    get isNext() {
      return this.parent === null || this.parent.isNext && this.parent.subtests[this.parent.shown] === this;
    }

    // show reports the subtests that are over, in order.
    show() {
      if (!this.isNext) return;
      while (this.shown < this.subtests.length) {
        const t = this.subtests[this.shown];
        t.show();
        if (!t.finished) return;
        t.report();
        this.shown++;
      }
    }

    begin() {
      if (this.begun) return;
      this.parent.begin();
      this.begun = true;
      this.harness.event('test:start', { nesting: this.nesting, name: this.name, ...this.place });
    }

    report() {
      if (this.filtered) return;
      this.begin();
      const shown = this.subtests.filter((t) => !t.filtered).length;
      if (shown > 0) this.harness.event('test:plan', { nesting: this.nesting + 1, count: shown, ...this.place });
      this.harness.count(this);
      this.harness.event(this.passed ? 'test:pass' : 'test:fail', this.outcome());
      for (const message of this.diagnostics) this.harness.event('test:diagnostic', { nesting: this.nesting, message, level: 'info', ...this.place });
    }

    // pump starts as many of the waiting subtests as may run at once.
    pump() {
      if (this.suite && !this.waited && this.queue.length > 0) {
        // A suite's tests wait from when the suite runs.
        const [first, ...rest] = this.queue;
        first.enqueue();
        first.dequeue(first);
        this.waited = true;
        for (const t of rest) t.enqueue();
      }
      while (this.queue.length > 0 && this.active < this.concurrency) {
        const t = this.queue.shift();
        t.dequeue(this.waited ? this : t);
        this.waited = true;
        this.active++;
        t.run().then(() => {
          this.active--;
          this.pump();
          if (this.parent === null && this.active === 0 && this.queue.length === 0) this.harness.idle?.();
        });
      }
    }

    fail(e, type) {
      if (this.error !== null) return;
      this.error = e;
      this.passed = false;
      this.failure = type ?? e?.failureType ?? 'testCodeFailure';
    }

    async runBefore() {
      if (this.beforeDone === null) {
        this.beforeDone = (async () => {
          for (const h of this.hooks.before) await this.hook(h, this, 'before');
        })();
      }
      return this.beforeDone;
    }

    async hook(h, t, kind) {
      if (kind === 'before' && h.ran) return;
      h.ran = true;
      try {
        const place = { kind, test: t, location: h.location, finished: false };
        const failed = new Promise((_, reject) => { place.reject = reject; });
        const done = running.run(place, () => call(h.fn, t.context, [t.context]));
        if (done !== null && typeof done === 'object') Promise.resolve(done).then(() => { place.finished = true; }, () => { place.finished = true; });
        else place.finished = true;
        await withTimeout(place.finished ? done : Promise.race([done, failed]), h.timeout, () => failure('hookTimeoutFailure', `${kind} hook timed out after ${h.timeout}ms`));
      } catch (e) {
        throw Object.assign(failure('hookFailed', `failed running ${kind} hook`, e), { original: e });
      }
    }

    // chain returns the tests from the root down to this one's parent.
    chain() {
      const list = [];
      for (let p = this.parent; p !== null; p = p.parent) list.unshift(p);
      return list;
    }

    async run() {
      this.started = true;
      const start = host.now();
      this.context = this.suite ? new SuiteContext(this) : new TestContext(this);
      if (isSkip(this)) {
        this.passed = true;
        this.duration = elapsed(start);
        for (const s of this.subtests) s.finish();
        this.finish();
        return;
      }
      if (this.outer) {
        const abort = () => {
          this.controller.abort(this.outer.reason);
          this.fail(this.outer.reason, 'cancelledByParent');
        };
        if (this.outer.aborted) abort();
        else this.outer.addEventListener('abort', abort, { once: true });
      }
      try {
        for (const p of this.chain()) await p.runBefore();
        if (!this.suite) {
          for (const p of this.chain()) for (const h of p.hooks.beforeEach) await this.hook(h, this, 'beforeEach');
        }
        if (this.suite) {
          await this.built;
          await this.runBefore();
          this.pump();
          await this.drain();
        } else {
          await withTimeout(Promise.race([running.run(this, () => this.body()), new Promise((_, reject) => { this.reject = reject; })]), this.timeout,
                            () => failure('testTimeoutFailure', `test timed out after ${this.timeout}ms`));
        }
        this.passed = this.error === null;
      } catch (e) {
        const original = e?.failureType === 'hookFailed' ? e.original : e;
        this.fail(original, e?.failureType);
        if (e?.failureType === 'testTimeoutFailure') this.cancelled = true;
        for (const s of this.subtests) if (!s.finished) s.cancel();
      }
      this.duration = elapsed(start);
      await this.finally();
      if (this.suite && this.filtered && this.subtests.some((t) => !t.filtered)) this.filtered = false;
      const failed = this.subtests.filter((s) => !s.passed && !isTodo(s)).length;
      if (failed > 0) this.fail(failure('subtestsFailed', `${failed} subtest${failed > 1 ? 's' : ''} failed`));
      this.duration = elapsed(start);
      this.finish();
    }

    async body() {
      const r = call(this.fn, this.context, [this.context]);
      await r;
      await this.drain();
      if (this.planned === undefined) return;
      if (this.planWait !== undefined && this.planWait !== false && this.assertions < this.planned) await this.waitForPlan();
      const n = this.assertions;
      if (n !== this.planned) throw failure('testCodeFailure', `plan expected ${this.planned} assertions but received ${n}`);
    }

    // waitForPlan waits for assertions that are still to come.
    waitForPlan() {
      return new Promise((resolve, reject) => {
        let limit;
        const poll = setInterval(() => {
          if (this.assertions < this.planned) return;
          clearInterval(poll);
          clearTimeout(limit);
          resolve(this.drain());
        }, 1);
        if (typeof this.planWait === 'number') {
          limit = setTimeout(() => {
            clearInterval(poll);
            reject(failure('testTimeoutFailure', `plan timed out after ${this.planWait}ms with ${this.assertions} assertions when expecting ${this.planned}`));
          }, this.planWait);
        }
      });
    }

    async drain() {
      for (let i = 0; i < this.subtests.length; i++) await this.subtests[i].done;
    }

    // finally runs the hooks that follow the test, also if it failed.
    async finally() {
      const attempt = async (h, t, kind) => {
        try {
          await this.hook(h, t, kind);
        } catch (e) {
          this.fail(e.original ?? e, 'hookFailed');
        }
      };
      if (!this.suite) {
        for (const p of this.chain().reverse()) for (const h of p.hooks.afterEach) await attempt(h, this, 'afterEach');
      }
      for (const h of this.hooks.after) await attempt(h, this, 'after');
      this.tracker?.reset();
      this.controller.abort();
    }

    cancel(text = 'test did not finish before its parent and was cancelled') {
      if (this.finished) return;
      for (const s of this.subtests) s.cancel(text);
      this.fail(failure('cancelledByParent', text));
      this.cancelled = true;
      this.controller.abort();
      this.finish();
    }

    finish() {
      if (this.finished) return;
      this.finished = true;
      if (this.parent !== null && !this.filtered) {
        this.harness.event('test:complete', this.outcome({ passed: this.passed }));
        this.parent.show();
      }
      this.settle();
    }
  }

  const isSkip = (t) => t.skipped !== undefined && t.skipped !== false;
  const isTodo = (t) => t.todo !== undefined && t.todo !== false;

  function check(options) {
    const { timeout, concurrency, signal } = options;
    if (timeout != null && timeout !== Infinity) host.checkNumber(timeout, 'options.timeout', 0, 2 ** 31 - 1);
    if (typeof concurrency === 'number') host.checkUint32(concurrency, 'options.concurrency', true);
    else if (concurrency != null && typeof concurrency !== 'boolean') host.argType('options.concurrency', concurrency, 'boolean', 'number');
    if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
      host.argType('options.signal', signal, 'AbortSignal');
    }
  }

  class TestContext {
    #test;

    constructor(test) { this.#test = test; }
    get signal() { return this.#test.controller.signal; }
    get name() { return this.#test.name; }
    get filePath() { return this.#test.entry; }
    get fullName() { return this.#test.fullName; }
    get error() { return this.#test.error; }
    get passed() { return this.#test.error === null; }
    get attempt() { return 0; }
    diagnostic(message) { this.#test.diagnostics.push(message); }

    plan(count, options = {}) {
      if (this.#test.planned !== undefined) throw failure('testCodeFailure', 'cannot set plan more than once');
      host.checkNumber(count, 'count');
      host.checkUint32(count, 'count');
      host.checkObject(options, 'options');
      const { wait } = options;
      if (wait !== undefined && typeof wait !== 'boolean') {
        if (typeof wait !== 'number') host.argType('options.wait', wait, 'boolean', 'number');
        host.checkNumber(wait, 'options.wait', 0, 2 ** 31 - 1);
      }
      this.#test.planned = count;
      this.#test.planWait = wait;
    }

    get assert() {
      const test = this.#test;
      if (test.assert === undefined) {
        test.assert = {};
        const counted = (fn) => (...args) => {
          test.assertions++;
          return Reflect.apply(fn, this, args);
        };
        for (const [k, fn] of Object.entries(assert)) {
          if (typeof fn === 'function' && !/^(AssertionError|Assert|CallTracker|strict)$/.test(k)) test.assert[k] = counted(fn);
        }
        const { snapshot, fileSnapshot } = host.load('snapshot');
        test.assert.snapshot = counted((value, options) => snapshot(test, value, options));
        test.assert.fileSnapshot = counted((value, file, options) => fileSnapshot(test, value, file, options));
        for (const [k, fn] of host.registered) test.assert[k] = counted(fn);
      }
      return test.assert;
    }

    get mock() { return this.#test.tracker ??= new MockTracker(); }
    runOnly() {}
    skip(message) { this.#test.skipped = message === undefined ? true : message; }
    todo(message) { this.#test.todo = message === undefined ? true : message; }

    test(name, options, fn) {
      if (this.#test.planned !== undefined) this.#test.assertions++;
      const t = this.#test.create(name, options, fn, false);
      return t.done;
    }

    before(fn, options) { addHook(this.#test, 'before', fn, options); }
    after(fn, options) { addHook(this.#test, 'after', fn, options); }
    beforeEach(fn, options) { addHook(this.#test, 'beforeEach', fn, options); }
    afterEach(fn, options) { addHook(this.#test, 'afterEach', fn, options); }

    waitFor(condition, options = {}) {
      host.checkFunction(condition, 'condition');
      host.checkObject(options, 'options');
      const { interval = 50, timeout = 1000 } = options;
      host.checkNumber(interval, 'options.interval', 0, 2 ** 31 - 1);
      host.checkNumber(timeout, 'options.timeout', 0, 2 ** 31 - 1);
      return new Promise((resolve, reject) => {
        let cause;
        let poller;
        const limit = setTimeout(() => {
          clearTimeout(poller);
          reject(new Error('waitFor() timed out', { cause }));
        }, timeout);
        const poll = async () => {
          try {
            const v = await condition();
            clearTimeout(limit);
            resolve(v);
          } catch (e) {
            cause = e;
            poller = setTimeout(poll, interval);
          }
        };
        poll();
      });
    }
  }

  class SuiteContext {
    #suite;

    constructor(suite) { this.#suite = suite; }
    get signal() { return this.#suite.controller.signal; }
    get name() { return this.#suite.name; }
    get filePath() { return this.#suite.entry; }
    get fullName() { return this.#suite.fullName; }
  }

  function addHook(test, kind, fn, options = {}) {
    if (typeof fn !== 'function') host.argType('fn', fn, 'function');
    const h = { fn, timeout: options.timeout, ran: false, location: host.location() };
    test.hooks[kind].push(h);
    // A before hook of a test that runs already runs before the next subtest.
    if (kind === 'before' && test.beforeDone !== null) {
      test.beforeDone = Promise.all([test.beforeDone, test.hook(h, test, kind)]);
      test.beforeDone.catch(() => {});
    } else if (kind === 'before' && test.started && !test.suite && test.parent !== null) {
      test.runBefore();
    }
  }

  return { Test, TestContext, SuiteContext, addHook, failure, isSkip, isTodo, elapsed, running };
})
