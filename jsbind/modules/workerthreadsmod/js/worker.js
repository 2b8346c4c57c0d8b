// Worker as its parent sees it
// (https://nodejs.org/docs/latest-v24.x/api/worker_threads.html#class-worker).
(host, native) => {
  const EventEmitter = host.require('events');
  const { Readable, Writable } = host.require('stream');
  const path = host.require('path');
  const { fileURLToPath } = host.require('url');
  const { process } = host.global;
  const { state: kState } = host.symbols;
  const of = (w) => w[kState];

  const isURL = (v) => v !== null && typeof v === 'object' && typeof v.href === 'string' && typeof v.protocol === 'string' && v.auth === undefined && v.path === undefined;

  // entry says what to run: a file, text, or a module's URL.
  function entry(filename, options) {
    if (options.eval) {
      if (typeof filename !== 'string') {
        throw host.error('TypeError', 'ERR_INVALID_ARG_VALUE', `The property 'options.eval' must be false when 'filename' is not a string. Received ${host.inspect(options.eval)}`);
      }
      return { kind: 'eval', text: filename };
    }
    if (isURL(filename) && filename.protocol === 'data:') return { kind: 'module', text: `import ${JSON.stringify(`${filename}`)}` };
    if (isURL(filename)) return { kind: 'file', text: fileURLToPath(filename) };
    if (typeof filename !== 'string') host.argType('filename', filename, 'string', 'URL');
    if (path.isAbsolute(filename) || /^\.\.?[\\/]/.test(filename)) return { kind: 'file', text: path.resolve(filename) };
    throw host.error('TypeError', 'ERR_WORKER_PATH', 'The worker script or module filename must be an absolute path or a relative path starting with ' +
      `'./' or '../'.${filename.startsWith('file://') ? ' Wrap file:// URLs with `new URL`.' : ''}${filename.startsWith('data:text/javascript') ? ' Wrap data: URLs with `new URL`.' : ''} Received ${JSON.stringify(filename)}`);
  }

  // The flags that a worker cannot have, of those that a process can.
  const processOnly = new Set([
    '--abort-on-uncaught-exception', '--cpu-prof-dir', '--cpu-prof-interval', '--cpu-prof-name', '--debug-arraybuffer-allocations', '--disable-proto',
    '--disable-wasm-trap-handler', '--disallow-code-generation-from-strings', '--enable-etw-stack-walking', '--enable-fips',
    '--experimental-shadow-realm', '--expose-gc', '--force-fips', '--heap-prof-dir', '--heap-prof-interval', '--heap-prof-name', '--icu-data-dir',
    '--inspect-publish-uid', '--interpreted-frames-native-stack', '--jitless', '--max-old-space-size', '--max-semi-space-size',
    '--no-debug-arraybuffer-allocations', '--no-disable-wasm-trap-handler', '--no-enable-fips', '--no-force-fips', '--no-node-snapshot',
    '--no-openssl-legacy-provider', '--no-openssl-shared-config', '--no-report-compact', '--no-report-on-fatalerror', '--no-trace-sigint',
    '--no-use-bundled-ca', '--no-use-openssl-ca', '--no-use-system-ca', '--no-zero-fill-buffers', '--node-memory-debug', '--node-snapshot',
    '--openssl-config', '--openssl-legacy-provider', '--openssl-shared-config', '--perf-basic-prof', '--perf-basic-prof-only-functions',
    '--perf-prof', '--perf-prof-unwinding-info', '--report-compact', '--report-dir', '--report-directory', '--report-filename',
    '--report-on-fatalerror', '--secure-heap', '--secure-heap-min', '--snapshot-blob', '--stack-trace-limit', '--title', '--tls-cipher-list',
    '--trace-event-categories', '--trace-event-file-pattern', '--trace-events-enabled', '--trace-sigint', '--use-bundled-ca', '--use-largepages',
    '--use-openssl-ca', '--use-system-ca', '--v8-pool-size', '--zero-fill-buffers',
  ]);
  // Those that have a value.
  const withValue = new Set([
    '--allow-fs-read', '--allow-fs-write', '--conditions', '--debug-port', '--diagnostic-dir', '--disable-warning', '--dns-result-order',
    '--experimental-loader', '--experimental-test-isolation', '--heapsnapshot-near-heap-limit', '--heapsnapshot-signal', '--import', '--input-type',
    '--inspect-port', '--loader', '--localstorage-file', '--max-http-header-size', '--max-old-space-size-percentage',
    '--network-family-autoselection-attempt-timeout', '--redirect-warnings', '--report-signal', '--require', '--test-coverage-branches',
    '--test-coverage-exclude', '--test-coverage-functions', '--test-coverage-include', '--test-coverage-lines', '--test-global-setup',
    '--test-isolation', '--test-name-pattern', '--test-reporter', '--test-reporter-destination', '--test-rerun-failures', '--test-shard',
    '--test-skip-pattern', '--tls-keylog', '--trace-require-module', '--unhandled-rejections', '--watch-kill-signal', '--watch-path', '-C', '-r',
  ]);
  const workerFlags = new Set(['-e', '--eval', '-p', '--print', '--expose-internals', '--test', '--experimental-test-coverage']);
  const isFlag = (f) => {
    const name = f.split('=')[0].replaceAll('_', '-');
    return workerFlags.has(name) || (process.allowedNodeEnvironmentFlags.has(name) && !processOnly.has(name));
  };
  // What is wrong with a list of options.
  const invalidFlags = (list) => {
    const last = list.at(-1);
    if (withValue.has(last)) return [`${last} requires an argument`];
    return list.filter((f, i) => (f.startsWith('-') ? !isFlag(f) : i === 0 || !list[i - 1].startsWith('-')));
  };

  const limitNames = ['maxYoungGenerationSizeMb', 'maxOldGenerationSizeMb', 'codeRangeSizeMb', 'stackSizeMb'];

  class ReadableWorkerStdio extends Readable {
    _read() {
      // What the worker writes is pushed when it comes.
    }
  }

  class WritableWorkerStdio extends Writable {
    constructor(w) {
      super({ decodeStrings: false });
      Object.defineProperty(this, kState, { value: { w } });
    }

    _write(chunk, encoding, callback) {
      this[kState].w.control?.postMessage({ type: 'stdin', chunk, encoding });
      callback();
    }

    _final(callback) {
      this[kState].w.control?.postMessage({ type: 'stdin', chunk: null });
      callback();
    }
  }

  function pipe(from, to) {
    const { maxListeners } = to;
    const before = to.getMaxListeners();
    to.setMaxListeners(Infinity);
    from.pipe(to, { end: false });
    to.setMaxListeners(before);
    return maxListeners;
  }

  class Worker extends EventEmitter {
    constructor(filename, options = {}) {
      super();
      if (options.execArgv && !Array.isArray(options.execArgv)) host.argType('options.execArgv', options.execArgv, 'Array');
      let argv = [];
      if (options.argv) {
        if (!Array.isArray(options.argv)) host.argType('options.argv', options.argv, 'Array');
        argv = options.argv.map(String);
      }
      const main = entry(filename, options);
      let env;
      let share = false;
      if (options.env !== null && typeof options.env === 'object') {
        env = Object.entries(options.env).map(([k, v]) => `${k}=${v}`);
      } else if (options.env == null) {
        env = Object.entries(process.env).map(([k, v]) => `${k}=${v}`);
      } else if (options.env === native.SHARE_ENV) {
        share = true;
      } else {
        throw host.error('TypeError', 'ERR_INVALID_ARG_TYPE', `The "options.env" property must be of type object or one of undefined, null, or worker_threads.SHARE_ENV. Received ${host.received(options.env)}`);
      }
      let name = 'WorkerThread';
      if (options.name != null) {
        host.checkString(options.name, 'options.name');
        name = options.name.trim();
      }
      let execArgv = options.execArgv ?? process.execArgv;
      if (execArgv.includes('--')) execArgv = execArgv.slice(0, execArgv.indexOf('--'));
      if (options.execArgv) {
        const bad = invalidFlags(execArgv);
        if (bad.length > 0) throw host.error('Error', 'ERR_WORKER_INVALID_EXEC_ARGV', `Initiated Worker with invalid execArgv flags: ${bad.join(', ')}`);
      }
      const nodeOptions = env?.find((kv) => kv.startsWith('NODE_OPTIONS='));
      if (nodeOptions !== undefined && nodeOptions.slice(13) !== process.env.NODE_OPTIONS) {
        const bad = invalidFlags(nodeOptions.slice(13).split(' ').filter(Boolean));
        if (bad.length > 0) {
          throw host.error('Error', 'ERR_WORKER_INVALID_EXEC_ARGV', `Initiated Worker with invalid NODE_OPTIONS env variable: ${bad.map((f) => `${f} is not allowed in NODE_OPTIONS`).join(', ')}`);
        }
      }
      const limits = options.resourceLimits !== null && typeof options.resourceLimits === 'object' ? options.resourceLimits : undefined;
      const resourceLimits = limitNames.map((k) => (typeof limits?.[k] === 'number' ? limits[k] : undefined));

      const w = {
        object: this, exited: false, online: false, control: undefined, publicPort: undefined, thread: undefined, threadId: -1, name,
        stdin: null, stdout: undefined, stderr: undefined, exitPromise: undefined, resourceLimits: {},
      };
      Object.defineProperty(this, kState, { value: w });
      w.stdout = new ReadableWorkerStdio();
      w.stderr = new ReadableWorkerStdio();
      if (options.stdin) w.stdin = new WritableWorkerStdio(w);
      if (!options.stdout) pipe(w.stdout, process.stdout);
      if (!options.stderr) pipe(w.stderr, process.stderr);

      const started = native.spawn({
        kind: main.kind, text: main.text, argv, execArgv, ownExecArgv: !!options.execArgv, env, share, name, stdin: !!options.stdin,
        resourceLimits, limited: limits !== undefined, trackUnmanagedFds: options.trackUnmanagedFds !== false,
      }, options.workerData, options.transferList, (code, error) => onExit(w, code, error));
      w.thread = started.thread;
      w.threadId = started.threadId;
      w.resourceLimits = started.resourceLimits;
      w.control = started.control;
      w.publicPort = started.publicPort;
      w.control.on('message', (m) => onMessage(w, m));
      w.control.unref();
      for (const type of ['message', 'messageerror']) w.publicPort.on(type, (v) => this.emit(type, v));
      w.publicPort.unref();
      this.performance = { eventLoopUtilization: utilization.bind(undefined, w) };
      process.nextTick(() => process.emit('worker', this));
      const created = host.require('diagnostics_channel').channel('worker_threads');
      if (created.hasSubscribers) created.publish({ worker: this });
    }

    postMessage(...args) {
      const { publicPort } = of(this);
      if (publicPort === undefined) return;
      publicPort.postMessage(...args);
    }

    terminate(callback) {
      const w = of(this);
      this.ref();
      if (typeof callback === 'function') {
        process.emitWarning('Passing a callback to worker.terminate() is deprecated. It returns a Promise instead.', 'DeprecationWarning', 'DEP0132');
        if (w.exited) return Promise.resolve();
        this.once('exit', (code) => callback(null, code));
      }
      if (w.exited) return Promise.resolve();
      w.thread.terminate();
      return new Promise((resolve) => this.once('exit', resolve));
    }

    async [Symbol.asyncDispose]() {
      await this.terminate();
    }

    ref() {
      const w = of(this);
      if (!w.exited) w.thread.ref();
    }

    unref() {
      const w = of(this);
      if (!w.exited) w.thread.unref();
    }

    get threadId() {
      const w = of(this);
      return w.exited ? -1 : w.threadId;
    }

    get threadName() {
      const w = of(this);
      return w.exited ? null : w.name;
    }

    get stdin() {
      return of(this).stdin;
    }

    get stdout() {
      return of(this).stdout;
    }

    get stderr() {
      return of(this).stderr;
    }

    get resourceLimits() {
      const w = of(this);
      return w.exited ? {} : { ...w.resourceLimits };
    }
  }
  const notThere = (name, length) => Object.defineProperty(Worker.prototype, name, {
    configurable: true, writable: true, enumerable: false,
    value: Object.defineProperties(function() {
      if (of(this).exited) return Promise.reject(host.error('Error', 'ERR_WORKER_NOT_RUNNING', 'Worker instance not running'));
      return Promise.reject(host.notImplemented(`worker.${name}()`));
    }, { name: { value: name }, length: { value: length } }),
  });
  notThere('getHeapSnapshot', 1);
  notThere('getHeapStatistics', 0);
  notThere('cpuUsage', 1);
  notThere('startCpuProfile', 0);
  notThere('startHeapProfile', 0);

  function utilization(w, first, second) {
    if (w.exited || !w.online) return { idle: 0, active: 0, utilization: 0 };
    const u = second ? undefined : w.thread.utilization();
    if (second) {
      const idle = first.idle - second.idle;
      const active = first.active - second.active;
      return { idle, active, utilization: active / (idle + active) };
    }
    if (u.idle + u.active === 0) return { idle: 0, active: 0, utilization: 0 };
    if (!first) return { idle: u.idle, active: u.active, utilization: u.active / (u.idle + u.active) };
    const idle = u.idle - first.idle;
    const active = u.active - first.active;
    return { idle, active, utilization: active / (idle + active) };
  }

  function onMessage(w, m) {
    switch (m.type) {
      case 'online':
        w.online = true;
        w.object.emit('online');
        break;
      case 'error':
        w.object.emit('error', native.restoreError(m));
        break;
      case 'unserializable':
        w.object.emit('error', host.error('Error', 'ERR_WORKER_UNSERIALIZABLE_ERROR', 'Serializing an uncaught exception failed'));
        break;
      case 'stdio': {
        const stream = w[m.stream];
        for (const { chunk, encoding } of m.chunks) stream.push(typeof chunk === 'string' ? chunk : chunk && host.global.Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength), encoding);
      }
    }
  }

  function onExit(w, code, error) {
    native.drain(w.control);
    native.drain(w.publicPort);
    w.exited = true;
    w.control = undefined;
    const { publicPort } = w;
    w.publicPort = undefined;
    publicPort.close();
    for (const name of ['stdout', 'stderr']) {
      const s = w[name];
      if (!s.readableEnded && !s.destroyed) s.push(null);
    }
    if (w.stdin !== null && !w.stdin.destroyed) w.stdin.destroy();
    if (error !== undefined) w.object.emit('error', host.error('Error', error.code, error.message));
    w.object.emit('exit', code);
  }

  return { Worker };
};
