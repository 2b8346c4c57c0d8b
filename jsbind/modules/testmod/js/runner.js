// Tests, suites and hooks (https://nodejs.org/docs/latest-v24.x/api/test.html).
(function (host) {
  const { MockTracker } = host.mock;
  const { Spec, Tap } = host.report;
  const path = host.require('path');
  const assert = host.require('assert');
  const { process, AbortController, setTimeout, clearTimeout, setImmediate } = globalThis;
  host.elapsed = (since) => Math.round((host.now() - since) * 1e6) / 1e6;
  host.relative = (file) => path.relative(process.cwd(), file);

  function failure(type, text, cause) {
    const e = host.error('ERR_TEST_FAILURE', text);
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

  let current = null; // the test whose function is running

  class Test {
    constructor(parent, name, options, fn, suite) {
      this.parent = parent;
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
      this.todo = options.todo;
      this.only = options.only;
      this.timeout = options.timeout ?? parent?.timeout;
      const c = options.concurrency ?? parent?.concurrency ?? 1;
        this.concurrency = c === true ? Infinity : c === false || c === null ? 1 : c;
      if (parent === null) this.concurrency = 1;
      this.controller = new AbortController();
      this.outer = options.signal;
      this.location = host.location();
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
      this.subtests.push(t);
      if (this.finished) {
        t.fail(failure('parentAlreadyFinished', 'test could not be started because its parent finished'));
        t.finish();
        return t;
      }
      this.queue.push(t);
      if (!this.suite && this.started) this.pump();
      return t;
    }

    // pump starts as many of the waiting subtests as may run at once.
    pump() {
      while (this.queue.length > 0 && this.active < this.concurrency) {
        const t = this.queue.shift();
        this.active++;
        t.run().then(() => {
          this.active--;
          report();
          this.pump();
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
        await withTimeout(call(h.fn, t.context, [t.context]), h.timeout, () => failure('hookTimeoutFailure', `${kind} hook timed out after ${h.timeout}ms`));
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
      if (isSkip(this) || (host.onlyMode && !this.selected())) {
        if (!isSkip(this)) this.skipped = "'only' option not set";
        this.passed = true;
        this.duration = host.elapsed(start);
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
          const before = current;
          current = this;
          running.add(this);
          try {
            await withTimeout(Promise.race([this.body(), new Promise((_, reject) => { this.reject = reject; })]), this.timeout,
                              () => failure('testTimeoutFailure', `test timed out after ${this.timeout}ms`));
          } finally {
            running.delete(this);
            current = before;
          }
        }
        this.passed = this.error === null;
      } catch (e) {
        const original = e?.failureType === 'hookFailed' ? e.original : e;
        this.fail(original, e?.failureType);
        if (e?.failureType === 'testTimeoutFailure') this.cancelled = true;
        for (const s of this.subtests) if (!s.finished) s.cancel();
      }
      this.duration = host.elapsed(start);
      await this.finally();
      const failed = this.subtests.filter((s) => !s.passed && !isTodo(s)).length;
      if (failed > 0) this.fail(failure('subtestsFailed', `${failed} subtest${failed > 1 ? 's' : ''} failed`));
      this.duration = host.elapsed(start);
      this.finish();
    }

    async body() {
      const r = call(this.fn, this.context, [this.context]);
      await r;
      await this.drain();
      if (this.planned !== undefined) {
        const n = this.assertions;
        if (n !== this.planned) throw failure('testCodeFailure', `plan expected ${this.planned} assertions but received ${n}`);
      }
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

    selected() {
      return this.only || this.subtests.some((s) => s.selected()) || this.parent?.suite && this.parent.only;
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
      this.settle();
    }
  }

  const isSkip = (t) => t.skipped !== undefined && t.skipped !== false;
  const isTodo = (t) => t.todo !== undefined && t.todo !== false;

  function check(options) {
    const { timeout, concurrency, signal } = options;
    if (timeout != null && timeout !== Infinity && (typeof timeout !== 'number' || timeout < 0)) {
      if (typeof timeout !== 'number') host.argType('options.timeout', timeout, ['number']);
      host.argValue('options.timeout', timeout, 'must be a non-negative number');
    }
    if (concurrency != null && typeof concurrency !== 'number' && typeof concurrency !== 'boolean') {
      host.argType('options.concurrency', concurrency, ['boolean', 'number']);
    }
    if (signal !== undefined && (signal === null || typeof signal !== 'object' || !('aborted' in signal))) {
      host.argType('options.signal', signal, ['AbortSignal']);
    }
  }

  const running = new Set();

  class TestContext {
    #test;

    constructor(test) { this.#test = test; }
    get signal() { return this.#test.controller.signal; }
    get name() { return this.#test.name; }
    get filePath() { return this.#test.location?.file; }
    get fullName() { return this.#test.fullName; }
    get error() { return this.#test.error; }
    get passed() { return this.#test.error === null; }
    get attempt() { return 0; }
    diagnostic(message) { this.#test.diagnostics.push(message); }

    plan(count) {
      if (this.#test.planned !== undefined) throw failure('testCodeFailure', 'cannot set plan more than once');
      this.#test.planned = count;
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
        test.assert.snapshot = () => host.notImplemented('t.assert.snapshot()');
        test.assert.fileSnapshot = () => host.notImplemented('t.assert.fileSnapshot()');
        for (const [k, fn] of registered) test.assert[k] = counted(fn);
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

    waitFor(condition, { interval = 50, timeout = 1000 } = {}) {
      if (typeof condition !== 'function') host.argType('condition', condition, ['function']);
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
    get filePath() { return this.#suite.location?.file; }
    get fullName() { return this.#suite.fullName; }
  }

  function addHook(test, kind, fn, options = {}) {
    if (typeof fn !== 'function') host.argType('fn', fn, ['function']);
    const h = { fn, timeout: options.timeout, ran: false };
    test.hooks[kind].push(h);
    // A before hook of a test that runs already runs before the next subtest.
    if (kind === 'before' && test.beforeDone !== null) {
      test.beforeDone = test.beforeDone.then(() => test.hook(h, test, kind));
    } else if (kind === 'before' && test.started && !test.suite && test.parent !== null) {
      test.runBefore();
    }
  }

  let root = null;
  let building = []; // the suites whose function is running
  let begun = 0;

  function getRoot() {
    if (root !== null) return root;
    root = new Test(null, '<root>', {}, () => {}, false);
    root.started = true;
    root.context = new TestContext(root);
    begun = host.now();
    host.onlyMode = process.execArgv.includes('--test-only');
    root.pump = () => {
      // Tests begin when the program has run to its end.
      if (root.scheduled) return;
      root.scheduled = true;
      process.nextTick(() => queueMicrotask(() => {
        delete root.pump;
        root.pump();
      }));
    };
    process.on('uncaughtException', thrown);
    process.on('unhandledRejection', thrown);
    process.on('beforeExit', end);
    process.on('exit', () => {
      if (!ended) {
        cancelRest();
        flushAll();
        if (failures() > 0 && !process.exitCode) process.exitCode = 1;
      }
    });
    return root;
  }

  function thrown(e) {
    const t = [...running].pop();
    if (t && t.reject) {
      t.failure = undefined;
      const f = e;
      t.uncaught = true;
      t.reject(f);
      return;
    }
    root.diagnostics.push(`Warning: an error was thrown outside of a test: ${e?.stack ?? e}`);
    root.fail(e);
  }

  // --- reporting ---

  let reporter = null;
  let reported = 0;
  let out = '';
  let ended = false;

  function makeReporter() {
    const write = (s) => {
      if (out === '') setImmediate(flush);
      out += s;
    };
    const flag = process.execArgv.find((a) => a.startsWith('--test-reporter='));
    const name = flag ? flag.slice('--test-reporter='.length) : 'spec';
    return name === 'tap' ? new Tap(write) : new Spec(write, host.colorize(process.stdout));
  }

  function flush() {
    if (out === '') return;
    const text = out;
    out = '';
    process.stdout.write(text);
  }

  function report() {
    reporter ??= makeReporter();
    while (reported < root.subtests.length && root.subtests[reported].finished) reporter.test(root.subtests[reported++], 0);
  }

  const counts = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };

  function count(t) {
    for (const s of t.subtests) {
      count(s);
      if (s.suite) {
        counts.suites++;
        continue;
      }
      counts.tests++;
      if (isSkip(s)) counts.skipped++;
      else if (isTodo(s)) counts.todo++;
      else if (s.cancelled) counts.cancelled++;
      else if (s.passed) counts.pass++;
      else counts.fail++;
    }
  }

  const failures = () => root.subtests.filter((t) => !t.passed && !isTodo(t)).length + (root.error ? 1 : 0);

  function cancelRest() {
    const text = 'Promise resolution is still pending but the event loop has already resolved';
    for (const t of root.subtests) t.cancel(text);
  }

  function flushAll() {
    report();
    if (reporter.plan) reporter.plan(root.subtests.length);
    for (const d of root.diagnostics) reporter.diagnostic(d);
    count(root);
    for (const [k, v] of Object.entries(counts)) reporter.diagnostic(`${k} ${v}`);
    reporter.diagnostic(`duration_ms ${host.elapsed(begun)}`);
    reporter.end();
    flush();
  }

  async function end() {
    if (ended) return;
    if (root.queue.length > 0 || root.active > 0) cancelRest();
    ended = true;
    try {
      for (const h of root.hooks.after) await root.hook(h, root, 'after');
    } catch (e) {
      root.fail(e.original ?? e);
    }
    root.tracker?.reset();
    flushAll();
    if (failures() > 0) process.exitCode = 1;
  }

  // --- the module ---

  const registered = new Map();

  function test(name, options, fn) {
    const parent = building.at(-1) ?? getRoot();
    const t = parent.create(name, options, fn, false);
    return parent.suite ? Promise.resolve() : t.done;
  }

  function suite(name, options, fn) {
    const parent = building.at(-1) ?? (current && !current.suite ? current : getRoot());
    const t = parent.create(name, options, fn, true);
    building.push(t);
    t.context = new SuiteContext(t);
    try {
      const r = isSkip(t) ? undefined : Reflect.apply(t.fn, t.context, [t.context]);
      t.built = r;
      if (r !== null && typeof r === 'object' && typeof r.then === 'function') {
        t.built = r.then(() => {}, (e) => { t.fail(e); });
      }
    } catch (e) {
      t.fail(e);
    } finally {
      building.pop();
    }
    return parent.suite ? Promise.resolve() : t.done;
  }

  const variants = (f) => {
    for (const k of ['skip', 'todo', 'only']) {
      f[k] = { [k](name, options, fn) {
        if (typeof name === 'function') [name, options, fn] = [undefined, {}, name];
        else if (name !== null && typeof name === 'object') [name, options, fn] = [undefined, name, options];
        else if (typeof options === 'function') [options, fn] = [{}, options];
        return f(name, { ...options, [k]: true }, fn);
      } }[k];
    }
    return f;
  };
  variants(test);
  variants(suite);

  const target = () => building.at(-1) ?? getRoot();
  for (const kind of ['after', 'afterEach', 'before', 'beforeEach']) {
    test[kind] = { [kind](fn, options) { addHook(target(), kind, fn, options); } }[kind];
  }
  test.describe = suite;
  test.it = test;
  test.run = function run() { host.notImplemented('run()'); };
  test.suite = suite;
  test.test = test;
  const lazy = (name, make) => {
    let value;
    Object.defineProperty(test, name, { configurable: true, enumerable: true, get: () => (value ??= make()) });
  };
  lazy('mock', () => new MockTracker());
  lazy('snapshot', () => ({
    setDefaultSnapshotSerializers() { host.notImplemented('snapshot.setDefaultSnapshotSerializers()'); },
    setResolveSnapshotPath() { host.notImplemented('snapshot.setResolveSnapshotPath()'); },
  }));
  lazy('assert', () => ({
    register(name, fn) {
      if (typeof name !== 'string') host.argType('name', name, ['string']);
      if (typeof fn !== 'function') host.argType('fn', fn, ['function']);
      registered.set(name, fn);
    },
  }));
  return test;
})
