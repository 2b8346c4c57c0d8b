// The runner of many files: run() and --test
// (https://nodejs.org/docs/latest-v24.x/api/test.html#runoptions).
(function (host) {
  const { Harness, attach, flush, options: cli } = host.load('harness');
  const { pattern } = host.load('options');
  const { failure } = host.load('test');
  const { spawn } = host.require('child_process');
  const fs = host.require('fs');
  const os = host.require('os');
  const path = host.require('path');
  const { process, Buffer } = globalThis;
  const { deserialize } = host.require('v8');
  const extensions = '{js,mjs,cjs,ts,mts,cts}';
  const defaultGlobs = [`**/*.test.${extensions}`, `**/*-test.${extensions}`, `**/*_test.${extensions}`, `**/test-*.${extensions}`,
    `**/test.${extensions}`, `**/test/**/*.${extensions}`];
  // What the runner's own options are: children do not get them.
  const ours = /^--(?:test|experimental-test)(?:$|[-=])(?!module-mocks)|^--watch/;
  const totals = /^(?:tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /;

  function findFiles(globs, cwd) {
    const list = globs?.length > 0 ? globs : defaultGlobs;
    const found = new Set();
    for (const f of fs.globSync(list, { cwd, exclude: (name) => name === 'node_modules' })) {
      const full = path.resolve(cwd, f);
      try {
        if (fs.statSync(full).isFile()) found.add(full);
      } catch { /* it went away */ }
    }
    const files = [...found].sort();
    if (globs?.length > 0 && files.length === 0) {
      process.stderr.write(`Could not find '${globs.join(', ')}'\n`);
      process.exit(1);
    }
    return files;
  }

  // Errors that came from a child: see portable in harness.js.
  function restored(x) {
    if (x === null || typeof x !== 'object' || x.$error === undefined) return x;
    Object.assign(x.$error, x.own);
    if (x.name !== undefined && x.$error.name !== x.name) Object.defineProperty(x.$error, 'name', { configurable: true, writable: true, value: x.name });
    if (x.cause !== undefined) x.$error.cause = restored(x.cause);
    return x.$error;
  }

  class FileRun {
    constructor(harness, file, o) {
      this.harness = harness;
      this.file = file;
      this.o = o;
      this.reportedTests = 0;
      this.failedTests = 0;
      this.rest = Buffer.alloc(0);
      const name = path.relative(o.cwd, file);
      this.test = harness.root.create(name, { concurrency: 1, timeout: o.timeout, signal: o.signal,
        location: { line: 1, column: 1, file } }, (t) => this.run(t), false);
      // The file itself is shown only if it has no tests that are.
      this.test.report = () => {
        if (this.reportedTests > 0 && (this.test.error === null || this.test.failure === 'subtestsFailed')) {
          if (!this.test.passed) harness.success = false;
          return;
        }
        this.test.number = ++harness.numbered;
        Object.getPrototypeOf(this.test).report.call(this.test);
      };
    }

    async run(t) {
      const { o } = this;
      const args = [...process.execArgv.filter((a, i, all) => !ours.test(a) && !(i > 0 && /^--test-[a-z-]+$/.test(all[i - 1]) && takesValue(all[i - 1]))), ...o.execArgv];
      for (const p of o.namePatterns) args.push(`--test-name-pattern=${p}`);
      for (const p of o.skipPatterns) args.push(`--test-skip-pattern=${p}`);
      if (o.only) args.push('--test-only');
      if (cli.updateSnapshots) args.push('--test-update-snapshots');
      if (cli.timeout !== undefined) args.push(`--test-timeout=${cli.timeout}`);
      if (o.forceExit) args.push('--test-force-exit');
      args.push(this.file, ...o.argv);
      const child = spawn(process.execPath, args, {
        signal: t.signal, encoding: 'utf8', cwd: o.cwd,
        env: { ...(o.env ?? process.env), NODE_TEST_CONTEXT: 'child-v8' },
      });
      let error;
      child.on('error', (e) => { error = e; });
      child.stdout.on('data', (chunk) => this.take(chunk));
      let pending = '';
      child.stderr.setEncoding('utf8').on('data', (text) => {
        const lines = (pending + text).split('\n');
        pending = lines.pop();
        for (const line of lines) this.harness.event('test:stderr', { file: this.file, message: `${line}\n` });
      });
      const [code, signal] = await new Promise((resolve) => child.on('close', (...args) => resolve(args)));
      if (pending !== '') this.harness.event('test:stderr', { file: this.file, message: `${pending}\n` });
      this.drain(true);
      if (error) throw error;
      if (code !== 0 || signal !== null) {
        const e = failure(this.failedTests > 0 ? 'subtestsFailed' : 'testCodeFailure', 'test failed');
        throw Object.assign(e, { exitCode: code, signal, stack: undefined });
      }
    }

    // take splits a child's output into events and what it printed.
    take(chunk) {
      this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
      this.drain(false);
    }

    drain(last) {
      const { frameMark } = host;
      for (;;) {
        const i = this.rest.indexOf(frameMark[0]);
        const printed = i < 0 ? this.rest : this.rest.subarray(0, i);
        if (printed.length > 0) this.harness.event('test:stdout', { file: this.file, message: printed.toString() });
        this.rest = i < 0 ? Buffer.alloc(0) : this.rest.subarray(i);
        if (this.rest.length === 0) return;
        if (this.rest.length >= 2 && this.rest[1] !== frameMark[1] || last && this.rest.length < 6) {
          this.harness.event('test:stdout', { file: this.file, message: this.rest.subarray(0, 1).toString('latin1') });
          this.rest = this.rest.subarray(1);
          continue;
        }
        if (this.rest.length < 6) return;
        const size = this.rest.readUInt32BE(2);
        if (this.rest.length < 6 + size) return;
        const event = deserialize(this.rest.subarray(6, 6 + size));
        this.rest = this.rest.subarray(6 + size);
        this.handle(event);
      }
    }

    handle({ type, data }) {
      if (data.details?.error !== undefined) data.details.error = restored(data.details.error);
      const top = data.nesting === 0;
      switch (type) {
        case 'test:plan':
          if (top) return;
          break;
        case 'test:diagnostic':
          if (top && totals.test(data.message)) return;
          break;
        case 'test:pass':
        case 'test:fail':
          this.count(type, data);
          if (top) {
            this.reportedTests++;
            data.testNumber = ++this.harness.numbered;
          }
      }
      this.harness.event(type, data);
    }

    count(type, data) {
      const { counts } = this.harness;
      const { skip, todo, details } = data;
      if (data.nesting === 0) counts.topLevel++;
      if (type === 'test:fail' && todo === undefined) {
        this.failedTests++;
        this.harness.success = false;
      }
      if (details.type === 'suite') {
        counts.suites++;
        return;
      }
      counts.tests++;
      if (skip !== undefined) counts.skipped++;
      else if (todo !== undefined) counts.todo++;
      else if (type === 'test:pass') counts.passed++;
      else if (['testTimeoutFailure', 'cancelledByParent', 'testAborted'].includes(details.error?.failureType)) counts.cancelled++;
      else counts.failed++;
    }
  }

  const takesValue = (name) => /^--test-(?:reporter|reporter-destination|name-pattern|skip-pattern|concurrency|timeout|shard|isolation|global-setup|coverage-.*)$/.test(name);

  function patterns(list, name) {
    if (list === undefined || list === null) return [];
    return [].concat(list).map((p, i) => {
      if (p instanceof RegExp) return p;
      if (typeof p !== 'string') host.argType(Array.isArray(list) ? `${name}[${i}]` : name, p, 'string', 'RegExp');
      return pattern(p);
    });
  }

  // run starts the files and returns the stream of what happens.
  function run(options = {}) {
    host.checkObject(options, 'options');
    const { files, signal, timeout, shard, globPatterns, setup, only, forceExit, watch, coverage, isolation = 'process', argv = [], execArgv = [], env,
      globalSetupPath } = options;
    let { concurrency = true, cwd = process.cwd() } = options;
    if (files != null) host.checkArray(files, 'options.files');
    if (watch != null) host.checkBoolean(watch, 'options.watch');
    if (forceExit != null) host.checkBoolean(forceExit, 'options.forceExit');
    if (forceExit && watch) host.argValue('options.forceExit', watch, 'is not supported with watch mode');
    if (only != null) host.checkBoolean(only, 'options.only');
    if (globPatterns != null) host.checkArray(globPatterns, 'options.globPatterns');
    if (globPatterns?.length > 0 && files?.length > 0) host.argValue('options.globPatterns', globPatterns, 'is not supported when specifying \'options.files\'');
    host.checkString(cwd, 'options.cwd');
    if (isolation !== 'process' && isolation !== 'none') host.argValue('options.isolation', isolation, "must be one of: 'process', 'none'");
    if (shard != null) {
      host.checkObject(shard, 'options.shard');
      host.checkInteger(shard.total, 'options.shard.total', 1);
      host.checkInteger(shard.index, 'options.shard.index', 1, shard.total);
      if (watch) host.argValue('options.shard', watch, 'shards not supported with watch mode');
    }
    if (setup != null) host.checkFunction(setup, 'options.setup');
    host.checkSignal(signal, 'options.signal');
    host.checkStrings(argv, 'options.argv');
    host.checkStrings(execArgv, 'options.execArgv');
    if (concurrency !== true && concurrency !== false && typeof concurrency !== 'number') host.argType('options.concurrency', concurrency, 'boolean', 'number');
    if (watch) host.notImplemented('run() with watch');
    if (coverage) host.notImplemented('run() with coverage');
    if (globalSetupPath !== undefined) host.checkString(globalSetupPath, 'options.globalSetupPath');
    cwd = path.resolve(cwd);
    debug('run() options: %o', { concurrency, timeout: timeout ?? Infinity, isolation, cwd, only: !!only, shard, argv, execArgv });
    const o = { cwd, signal, timeout, argv, execArgv, env, only: !!only, forceExit,
      namePatterns: patterns(options.testNamePatterns, 'options.testNamePatterns'), skipPatterns: patterns(options.testSkipPatterns, 'options.testSkipPatterns') };
    const harness = new Harness({ namePatterns: [], skipPatterns: [], only: false, child: false });
    harness.numbered = 0;
    const { root } = harness;
    let list = files?.length > 0 || files && !globPatterns ? files.map((f) => path.resolve(cwd, f)) : findFiles(globPatterns, cwd);
    if (shard) list = list.filter((f, i) => i % shard.total === shard.index - 1);
    root.concurrency = concurrency === true ? Math.max(os.availableParallelism() - 1, 1) : concurrency === false ? 1 : concurrency;
    if (isolation === 'none') root.concurrency = 1;
    const begin = async () => {
      let teardown;
      try {
        await setup?.(harness.stream);
        if (globalSetupPath !== undefined) {
          try {
            teardown = await host.globalSetup(path.resolve(cwd, globalSetupPath));
          } catch (e) {
            process.nextTick(() => { throw e; });
            return;
          }
        }
        if (isolation === 'none') {
          await inProcess(harness, list, o);
        } else {
          for (const file of list) new FileRun(harness, file, o);
          for (const t of root.subtests) await t.done;
        }
      } catch (e) {
        root.fail(e);
        root.diagnostics.push(String(e?.stack ?? e));
      }
      await teardown?.();
      harness.finish();
    };
    process.nextTick(begin);
    harness.stream.harness = harness;
    Object.defineProperty(harness.stream, 'harness', { enumerable: false });
    return harness.stream;
  }

  // Without isolation all files are loaded here and their tests run together.
  async function inProcess(harness, list, o) {
    harness.options = { ...harness.options, namePatterns: o.namePatterns, skipPatterns: o.skipPatterns, only: o.only };
    await host.adopt(harness, async () => {
      for (const file of list) {
        try {
          await host.importFrom(file);
        } catch (e) {
          const t = harness.root.create(path.relative(o.cwd, file), { location: { line: 1, column: 1, file } }, () => { throw e; }, false);
          void t;
        }
      }
    });
    for (let i = 0; i < harness.root.subtests.length; i++) await harness.root.subtests[i].done;
    for (const h of harness.root.hooks.after) await harness.root.hook(h, harness.root, 'after');
  }

  const debug = host.require('util').debuglog('test_runner');

  // main is --test.
  async function main(globs) {
    host.retire();
    const shard = cli.shard === undefined ? undefined : shardOf(cli.shard);
    for (const name of ['--experimental-test-coverage', '--watch']) {
      if (process.execArgv.includes(name)) host.notImplemented(`--test with ${name}`);
    }
    if (cli.isolation !== 'process' && cli.isolation !== 'none') host.argValue('--test-isolation', cli.isolation, "must be one of: 'process', 'none'");
    const stream = run({
      globPatterns: globs, concurrency: cli.concurrency ?? true, timeout: cli.timeout, shard, isolation: cli.isolation,
      testNamePatterns: cli.namePatterns, testSkipPatterns: cli.skipPatterns, only: cli.only, forceExit: cli.forceExit, globalSetupPath: cli.globalSetup,
    });
    const { harness } = stream;
    const interrupted = () => {
      for (const t of harness.root.subtests) t.cancel('test did not finish before its parent and was cancelled');
      harness.finish();
      flush();
      process.exit(1);
    };
    process.on('SIGINT', interrupted);
    process.on('SIGTERM', interrupted);
    const written = attach(stream, cli);
    // What a reporter throws ends the program.
    const rethrow = (e) => { throw e; };
    process.on('uncaughtException', rethrow);
    process.on('unhandledRejection', rethrow);
    stream.on('test:summary', (data) => {
      if (data.file !== undefined) return;
      if (!data.success) process.exitCode = 1;
      process.removeListener('SIGINT', interrupted);
      process.removeListener('SIGTERM', interrupted);
    });
    await written;
    await new Promise((resolve) => { if (stream.readableEnded) resolve(); else stream.on('end', resolve); });
    flush();
    if (cli.forceExit) process.exit();
  }

  function shardOf(text) {
    const m = /^(\d+)\/(\d+)$/.exec(text);
    if (m === null) return host.argValue('--test-shard', text, 'must be in the form of <index>/<total>');
    const [index, total] = [Number(m[1]), Number(m[2])];
    if (index < 1 || index > total) host.outOfRange('--test-shard', `>= 1 && <= ${total} ("total")`, index);
    return { index, total };
  }

  return { run, main };
})
