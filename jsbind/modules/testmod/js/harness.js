// The root of a program's tests: what is reported, to whom, and how it ends.
(function (host) {
  const { Test, TestContext, SuiteContext, addHook, isSkip, isTodo, elapsed, running } = host.load('test');
  const { TestsStream } = host.load('stream');
  host.load('importing');
  const { process, setImmediate } = globalThis;
  const { builtin } = host.load('reporters');
  const options = host.load('options').read();

  const matches = (t, patterns) => {
    if (t.parent === null) return false;
    if (patterns.some((p) => p.test(t.name)) || matches(t.parent, patterns)) return true;
    const name = withAncestors(t).trim();
    return name !== '' && patterns.some((p) => p.test(name));
  };
  const withAncestors = (t) => (t.parent === null ? '' : `${withAncestors(t.parent)} ${t.name}`);
  const hasOnly = (t) => t.parent !== null && (t.only || hasOnly(t.parent));

  class Harness {
    constructor(o) {
      this.options = o;
      this.stream = new TestsStream();
      this.counts = { tests: 0, failed: 0, passed: 0, cancelled: 0, skipped: 0, todo: 0, topLevel: 0, suites: 0 };
      this.success = true;
      this.started = host.now();
      this.root = new Test(null, '<root>', { harness: this }, () => {}, false);
      this.root.started = true;
      this.root.context = new TestContext(this.root);
    }

    event(type, data) {
      this.stream.event(type, data);
    }

    isFiltered(t) {
      const { namePatterns, skipPatterns, only } = this.options;
      if (only && !t.suite && !hasOnly(t)) return true;
      if (only && t.suite && !hasOnly(t)) return true;
      if (namePatterns.length > 0 && !matches(t, namePatterns)) return true;
      return skipPatterns.length > 0 && matches(t, skipPatterns);
    }

    // count adds a test that is reported.
    count(t) {
      const { counts } = this;
      if (t.nesting === 0) counts.topLevel++;
      if (t.suite) {
        counts.suites++;
      } else {
        counts.tests++;
        if (isSkip(t)) counts.skipped++;
        else if (isTodo(t)) counts.todo++;
        else if (t.cancelled) counts.cancelled++;
        else if (t.passed) counts.passed++;
        else counts.failed++;
      }
      if (!t.passed && !isTodo(t)) this.success = false;
    }

    // finish reports the totals.
    finish(place = {}) {
      const { root, counts } = this;
      root.show();
      const plain = (message, level = 'info') => this.event('test:diagnostic', { nesting: 0, message, level, ...place });
      if (!this.options.child) this.event('test:plan', { nesting: 0, count: counts.topLevel, ...place });
      for (const d of root.diagnostics) plain(d, 'error');
      if (!this.options.child) {
        plain(`tests ${counts.tests}`);
        plain(`suites ${counts.suites}`);
        plain(`pass ${counts.passed}`);
        plain(`fail ${counts.failed}`);
        plain(`cancelled ${counts.cancelled}`);
        plain(`skipped ${counts.skipped}`);
        plain(`todo ${counts.todo}`);
        plain(`duration_ms ${elapsed(this.started)}`);
      }
      if (root.error !== null) this.success = false;
      this.event('test:summary', { success: this.success, counts: { ...counts }, duration_ms: elapsed(this.started), ...(place.file !== undefined && { file: place.file }) });
      this.stream.end();
    }
  }

  // --- reporters ---

  const sinks = []; // what the built-in reporters still have to write

  function flush() {
    for (const s of sinks) {
      if (s.text === '') continue;
      const { text } = s;
      s.text = '';
      s.destination.write(text);
    }
  }

  // attach connects the reporters that were asked for; custom ones are loaded
  // by import().
  function attach(stream, o = options) {
    let { reporters: names, destinations } = o;
    if (names.length === 0 && destinations.length === 0) names = ['spec'];
    if (destinations.length === 0 && names.length === 1) destinations = ['stdout'];
    if (names.length !== destinations.length) {
      host.argValue('--test-reporter', names, 'must match the number of specified \'--test-reporter-destination\'');
    }
    const list = names.map((name, i) => {
      const destination = destinations[i] === 'stdout' ? process.stdout : destinations[i] === 'stderr' ? process.stderr :
        file(destinations[i]);
      return [name, destination];
    });
    const done = [];
    for (const [name, destination] of list) {
      if (name === 'lcov') host.notImplemented('the reporter lcov');
      if (Object.hasOwn(builtin, name)) {
        const report = builtin[name](host.colorize(destination));
        const sink = { destination, text: '' };
        sinks.push(sink);
        const push = stream.push.bind(stream);
        stream.push = (event) => {
          if (sink.text === '') setImmediate(flush);
          sink.text += report(event);
          return push(event);
        };
      } else {
        done.push(custom(name, stream, destination));
      }
    }
    if (done.length === 0) stream.resume();
    return Promise.all(done);
  }

  // file is a destination that has all of it even if the process ends at once.
  function file(name) {
    const { Writable } = host.require('stream');
    const { openSync, writeSync } = host.require('fs');
    const fd = openSync(name, 'w');
    return new Writable({ write(chunk, encoding, done) {
      writeSync(fd, chunk);
      done();
    } });
  }

  async function custom(name, source, destination) {
    const { compose } = host.require('stream');
    let reporter = await host.importFrom(name);
    reporter = reporter?.default ?? reporter;
    if (typeof reporter === 'function' && reporter.prototype !== undefined && Object.getOwnPropertyDescriptor(reporter.prototype, 'constructor')) reporter = new reporter();
    if (!reporter) host.argValue('Reporter', name, 'is not a valid reporter');
    const out = typeof reporter.pipe === 'function' ? source.pipe(reporter) : compose(source, reporter);
    out.pipe(destination, { end: destination !== process.stdout && destination !== process.stderr });
    return new Promise((resolve) => out.on('end', resolve));
  }

  // A child of the runner hands its events on in V8's wire format.
  function attachParent(stream) {
    const { serialize } = host.require('v8');
    const { Buffer } = globalThis;
    stream.on('data', (event) => {
      const { error } = event.data?.details ?? {};
      let body;
      try {
        body = serialize(error === undefined ? event : { ...event, data: { ...event.data, details: { ...event.data.details, error: portable(error) } } });
      } catch {
        body = serialize({ ...event, data: { ...event.data, details: { ...event.data.details, error: { message: String(error?.message), failureType: error?.failureType, cause: String(error?.cause) } } } });
      }
      const head = Buffer.alloc(6);
      head.set(host.frameMark);
      head.writeUInt32BE(body.length, 2);
      process.stdout.write(head);
      process.stdout.write(body);
    });
  }

  // Errors keep only some of their properties on the way; own has the others.
  function portable(e) {
    const plain = (x, depth) => {
      if (!host.isError(x)) return x;
      const own = {};
      for (const k of Object.keys(x)) {
        if (k !== 'cause' && typeof x[k] !== 'function') own[k] = x[k];
      }
      const name = typeof x.name === 'string' ? x.name : undefined;
      return { $error: x, own, name, cause: depth < 5 && Object.hasOwn(x, 'cause') ? plain(x.cause, depth + 1) : undefined };
    };
    return plain(e, 0);
  }

  // --- this program's tests ---

  let harness = null;
  let ended = false;
  const building = []; // the suites whose function is running

  function getHarness() {
    if (harness !== null) return harness;
    harness = new Harness(options);
    const { root } = harness;
    if (options.child) attachParent(harness.stream);
    else harness.written = attach(harness.stream);
    // Tests begin when the program has run to its end.
    root.pump = () => {
      if (root.scheduled) return;
      root.scheduled = true;
      if (!root.queue[0].suite) root.queue[0].dequeue(root.queue[0]);
      root.waited = true;
      process.nextTick(() => queueMicrotask(() => {
        delete root.pump;
        root.pump();
      }));
    };
    if (options.globalSetup !== undefined && !options.child) {
      // Tests wait for it.
      const pump = root.pump;
      root.pump = () => {
        if (root.setup !== undefined) return;
        root.setup = host.globalSetup(host.require('path').resolve(options.globalSetup)).then((teardown) => {
          root.teardown = teardown;
          root.pump = pump;
          root.pump();
        }, (e) => {
          ended = true;
          process.nextTick(() => {
            process.removeListener('uncaughtException', thrown);
            throw e;
          });
        });
      };
    }
    // Hooks may end what else keeps the program alive.
    harness.idle = () => {
      if (!ended && root.active === 0 && root.queue.length === 0 && root.hooks.after.length > 0) runAfter().catch((e) => root.fail(e.original ?? e));
    };
    // With --test-force-exit nothing else that is under way is waited for.
    if (options.forceExit) {
      harness.idle = () => setImmediate(() => { if (root.active === 0 && root.queue.length === 0) end(); });
    }
    process.on('uncaughtException', thrown);
    process.on('unhandledRejection', thrown);
    process.on('beforeExit', end);
    process.on('exit', () => {
      if (ended) return;
      ended = true;
      cancelRest();
      harness.finish(rootPlace());
      flush();
      if (!harness.success && !process.exitCode) process.exitCode = 1;
    });
    return harness;
  }

  const rootPlace = () => ({ line: 1, column: 1, file: process.argv[1] });

  function thrown(e) {
    const t = running.getStore();
    if (t?.kind !== undefined) {
      if (!t.finished) {
        t.reject(e);
        return;
      }
      const { file, line, column } = t.location ?? {};
      harness.root.diagnostics.push(`Error: Test hook "${t.kind}" at ${host.relative(file)}:${line}:${column} generated asynchronous activity after the test ended. This activity created the error "${e}" and would have caused the test to fail, but instead triggered an uncaughtException event.`);
      process.exitCode = 1;
      return;
    }
    if (t && !t.finished && t.reject) {
      t.failure = undefined;
      t.reject(e);
      return;
    }
    if (t) {
      const { file, line, column } = t.location ?? {};
      harness.root.diagnostics.push(`Error: Test "${t.name}" at ${host.relative(file)}:${line}:${column} generated asynchronous activity after the test ended. This activity created the error "${e}" and would have caused the test to fail, but instead triggered an uncaughtException event.`);
      process.exitCode = 1;
      return;
    }
    harness.root.diagnostics.push(`Error: A resource generated asynchronous activity after the test ended. This activity created the error "${e}" which triggered an uncaughtException event, caught by the test runner.`);
    harness.root.fail(e);
    process.exitCode = 1;
  }

  function cancelRest() {
    for (const t of harness.root.subtests) t.cancel('Promise resolution is still pending but the event loop has already resolved');
  }

  async function runAfter() {
    const { root } = harness;
    for (const h of root.hooks.after) {
      if (!h.ran) await root.hook(h, root, 'after');
    }
  }

  async function end() {
    if (ended) return;
    const { root } = harness;
    if (root.queue.length > 0 || root.active > 0) cancelRest();
    ended = true;
    try {
      await runAfter();
    } catch (e) {
      root.fail(e.original ?? e);
    }
    await root.teardown?.();
    root.tracker?.reset();
    host.load('snapshot').write(options);
    harness.finish(rootPlace());
    flush();
    if (!harness.success) process.exitCode = 1;
    await harness.written;
    if (options.forceExit) process.exit();
  }

  // retire ends what modules that were imported before a run have made of hooks;
  // they return to the run if it is in this process.
  host.retire = () => {
    if (harness !== null && harness.root.subtests.length === 0) ended = true;
  };

  // adopt makes tests that f declares another harness's: run() without isolation.
  host.adopt = async (other, f) => {
    if (harness !== null && harness.root.subtests.length > 0) {
      host.fail('Error', 'ERR_INVALID_STATE', 'Invalid state: tests of this program have begun already');
    }
    const { root } = other;
    // Hooks of modules that were imported before the files.
    for (const kind of ['before', 'after', 'beforeEach', 'afterEach']) root.hooks[kind].push(...harness?.root.hooks[kind] ?? []);
    harness = other;
    ended = true; // it ends by itself
    root.runBefore();
    root.started = false; // tests begin when all files are there
    process.on('uncaughtException', thrown);
    process.on('unhandledRejection', thrown);
    const { options: given } = other;
    other.options = { ...given, namePatterns: [], skipPatterns: [], only: false };
    await f();
    other.options = { ...given, only: given.only || root.subtests.some(wantsOnly) };
    leaveOut(root);
    root.started = true;
    root.pump();
  };

  const wantsOnly = (t) => t.only || t.subtests.some(wantsOnly);

  // leaveOut takes what the options leave out from what a test or suite runs.
  function leaveOut(t) {
    for (const s of t.subtests) {
      s.filtered = harness.isFiltered(s);
      leaveOut(s);
      if (s.suite && s.subtests.some((x) => !x.filtered)) s.filtered = false;
      if (s.filtered) s.leaveOut();
    }
    t.queue = t.queue.filter((s) => !s.filtered);
    t.subtests = t.subtests.filter((s) => !s.filtered);
    t.subtests.forEach((s, i) => { s.number = i + 1; });
  }

  // --- the functions that programs call ---

  // globalSetup runs the setup of a module and returns its teardown.
  host.globalSetup = async (file) => {
    const module = await host.importFrom(file);
    const { globalSetup, globalTeardown } = module.globalSetup || module.globalTeardown ? module : module.default ?? {};
    await globalSetup?.();
    return globalTeardown;
  };

  const registered = new Map();
  host.registered = registered;

  function parentOf() {
    let t = running.getStore();
    if (t?.kind !== undefined) t = t.test;
    return building.at(-1) ?? (t && t.parent !== null && !t.finished ? t : getHarness().root);
  }

  function test(name, opts, fn) {
    const parent = parentOf();
    const t = parent.create(name, opts, fn, false);
    return parent.suite ? Promise.resolve() : t.done;
  }

  function suite(name, opts, fn) {
    const parent = parentOf();
    const t = parent.create(name, opts, fn, true);
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
    if (t.filtered && t.subtests.some((s) => !s.filtered)) t.filtered = false;
    if (!parent.suite) {
      t.enqueue();
      if (t.number === 1) t.dequeue(t); // nothing to wait for
    }
    return parent.suite ? Promise.resolve() : t.done;
  }

  const variants = (f) => {
    for (const k of ['skip', 'todo', 'only']) {
      f[k] = { [k](name, opts, fn) {
        if (typeof name === 'function') [name, opts, fn] = [undefined, {}, name];
        else if (name !== null && typeof name === 'object') [name, opts, fn] = [undefined, name, opts];
        else if (typeof opts === 'function') [opts, fn] = [{}, opts];
        return f(name, { ...opts, [k]: true }, fn);
      } }[k];
    }
  };
  variants(test);
  variants(suite);

  for (const kind of ['after', 'afterEach', 'before', 'beforeEach']) {
    test[kind] = { [kind](fn, opts) { addHook(parentOf(), kind, fn, opts); } }[kind];
  }
  test.describe = suite;
  test.it = test;
  test.run = function run(opts) { return host.load('files').run(opts); };
  test.suite = suite;
  test.test = test;
  const lazy = (name, make) => {
    let value;
    Object.defineProperty(test, name, { configurable: true, enumerable: true, get: () => (value ??= make()) });
  };
  lazy('mock', () => new (host.load('mock').MockTracker)());
  lazy('snapshot', () => host.load('snapshot').exports);
  lazy('assert', () => ({
    register(name, fn) {
      host.checkString(name, 'name');
      host.checkFunction(fn, 'fn');
      registered.set(name, fn);
    },
  }));

  return { test, Harness, attach, flush, options, portable };
})
