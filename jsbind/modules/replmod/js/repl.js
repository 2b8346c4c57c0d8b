// node:repl (https://nodejs.org/docs/latest-v24.x/api/repl.html).
(function (host) {
  const k = host.symbols;
  const { Interface } = host.require('readline');
  const vm = host.require('vm');
  const util = host.require('util');
  const domain = host.require('domain');
  const { builtinModules, createRequire } = host.require('module');
  const Module = host.require('module');
  const { Console } = host.require('console');
  const path = host.require('path');
  const { inspect } = util;
  const { process } = globalThis;
  const { addCommands } = host.load('commands');
  const { complete } = host.load('complete');
  const { setupHistory } = host.load('history');

  const REPL_MODE_SLOPPY = Symbol('repl-sloppy');
  const REPL_MODE_STRICT = Symbol('repl-strict');
  const buffered = Symbol('bufferedCommand');
  const libraries = builtinModules.filter((name) => !name.startsWith('_'));
  let names = 0;

  const writer = (value) => inspect(value, writer.options);
  writer.options = { ...inspect.defaultOptions, showProxy: true };
  // https://nodejs.org/docs/latest-v24.x/api/repl.html#customizing-repl-output
  Object.defineProperty(inspect, 'replDefaults', { configurable: true, enumerable: true,
    get: () => writer.options,
    set(options) {
      host.checkObject(options, 'options');
      Object.assign(writer.options, options);
    } });

  class Recoverable extends SyntaxError {
    constructor(err) {
      super();
      this.err = err;
    }
  }

  const isError = (e) => util.types.isNativeError(e) || e instanceof Error;

  class REPLServer extends Interface {
    constructor(prompt, stream, evaluate, useGlobal, ignoreUndefined, replMode) {
      let options = {};
      if (prompt !== null && typeof prompt === 'object') {
        options = { ...prompt };
        ({ eval: evaluate, useGlobal, ignoreUndefined, replMode, prompt } = options);
        stream = options.stream || options.socket;
      }
      if (stream) {
        options.input ??= stream.stdin ?? stream;
        options.output ??= stream.stdout ?? stream;
      }
      if (!options.input && !options.output) {
        options.input = process.stdin;
        options.output = process.stdout;
      }
      options.input ??= process.stdin;
      if (options.terminal === undefined) options.terminal = options.output?.isTTY;
      options.terminal = !!options.terminal;
      if (options.terminal && options.useColors === undefined) {
        options.useColors = host.colorize(options.output);
      }
      if (options.breakEvalOnSigint && evaluate) {
        host.fail('TypeError', 'ERR_INVALID_REPL_EVAL_CONFIG', 'Cannot specify both "breakEvalOnSigint" and "eval" for REPL');
      }
      let self = null;
      super({
        input: options.input,
        output: options.output,
        completer: options.completer || ((text, callback) => complete.call(self, text, self.editorMode ? onEditorMode(self, callback) : callback)),
        terminal: options.terminal,
        historySize: options.historySize,
        prompt: prompt ?? '> ',
      });
      self = this;
      this.inputStream = options.input;
      this.outputStream = options.output;
      this.allowBlockingCompletions = !!options.allowBlockingCompletions;
      this.useColors = !!options.useColors;
      this._domain = options.domain || domain.create();
      this.useGlobal = !!useGlobal;
      this.ignoreUndefined = !!ignoreUndefined;
      this.replMode = replMode || REPL_MODE_SLOPPY;
      this.underscoreAssigned = false;
      this.last = undefined;
      this.underscoreErrAssigned = false;
      this.lastError = undefined;
      this.breakEvalOnSigint = !!options.breakEvalOnSigint;
      this.editorMode = false;
      this._initialPrompt = prompt ?? '> ';
      this[buffered] = '';
      this.eval = this._domain.bind(evaluate || defaultEval(this));
      this._domain.on('error', (e) => reportError(this, e));
      this.resetContext();
      this.commands = Object.create(null);
      addCommands(this, buffered);
      this.writer = options.writer || writer;
      if (this.writer === writer) {
        writer.options.colors = this.useColors;
        if (options.preview !== undefined) this.preview = options.preview;
      }
      if (options.terminal) wrapKeys(this);
      this.on('close', () => {
        // What is being evaluated ends first.
        if (this.pending) this.pending.finally(() => this.emit('exit'));
        else this.emit('exit');
      });
      this.on('line', (line) => onLine(this, line || ''));
      this.on('SIGINT', () => onInterrupt(this));
      this.on('SIGCONT', () => {
        if (this.editorMode) {
          this.output.write(`${this._initialPrompt}.editor\n`);
          this.output.write('// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n');
          this.output.write(`${this[buffered]}\n`);
          this.prompt(true);
        } else {
          this.displayPrompt(true);
        }
      });
      this.displayPrompt();
    }

    setupHistory(historyConfig = {}, cb) {
      setupHistory(this, historyConfig, cb);
    }

    clearBufferedCommand() {
      this[buffered] = '';
    }

    close() {
      if (this.terminal && this.historyManager.flushing && !this.historyManager.closing) {
        this.historyManager.closing = true;
        this.historyManager.whenFlushed(() => super.close());
        return;
      }
      if (!this.closed) super.close();
    }

    createContext() {
      let context;
      if (this.useGlobal) {
        context = globalThis;
      } else {
        context = vm.createContext();
        const taken = new Set(vm.runInNewContext('Object.getOwnPropertyNames(globalThis)'));
        for (const name of Object.getOwnPropertyNames(globalThis)) {
          if (!taken.has(name)) Object.defineProperty(context, name, { __proto__: null, ...Object.getOwnPropertyDescriptor(globalThis, name) });
        }
        context.global = context;
        Object.defineProperty(context, 'console', { __proto__: null, configurable: true, writable: true, value: new Console(this.output) });
      }
      const replModule = new Module('<repl>');
      replModule.paths = Module._resolveLookupPaths('<repl>', { paths: [] }) ?? [];
      const define = (name, value) => Object.defineProperty(context, name, { __proto__: null, configurable: true, writable: true, value });
      define('module', replModule);
      define('require', createRequire(path.join(process.cwd(), '<repl>')));
      for (const name of libraries) {
        if (name.includes('/') || Object.getOwnPropertyDescriptor(context, name)) continue;
        Object.defineProperty(context, name, { __proto__: null, configurable: true, enumerable: false,
          get: () => {
            const lib = host.require(name);
            define(name, lib);
            return lib;
          },
          set: (value) => define(name, value) });
      }
      return context;
    }

    resetContext() {
      this.context = this.createContext();
      this.underscoreAssigned = false;
      this.underscoreErrAssigned = false;
      this.lines = [];
      this.lines.level = [];
      const automatic = (name, last, assigned) => Object.defineProperty(this.context, name, { __proto__: null, configurable: true,
        get: () => this[last],
        set: (value) => {
          this[last] = value;
          if (!this[assigned]) {
            this[assigned] = true;
            this.output.write(`Expression assignment to ${name} now disabled.\n`);
          }
        } });
      automatic('_', 'last', 'underscoreAssigned');
      automatic('_error', 'lastError', 'underscoreErrAssigned');
      this.emit('reset', this.context);
    }

    displayPrompt(preserveCursor) {
      Interface.prototype.setPrompt.call(this, this[buffered].length > 0 ? '| ' : this._initialPrompt);
      this.prompt(preserveCursor);
    }

    setPrompt(prompt) {
      this._initialPrompt = prompt;
      super.setPrompt(prompt);
    }

    complete(...args) {
      this.completer(...args);
    }

    completeOnEditorMode(callback) {
      return onEditorMode(this, callback);
    }

    defineCommand(keyword, cmd) {
      if (typeof cmd === 'function') cmd = { action: cmd };
      else host.checkFunction(cmd.action, 'cmd.action');
      this.commands[keyword] = cmd;
    }
  }

  const onEditorMode = (repl, callback) => (err, results) => {
    if (err) return callback(err);
    const { 0: list, 1: completeOn = '' } = results;
    if (completeOn && list.length > 0) return callback(null, [[list.filter((v) => v)[0].slice(0, 0) + commonPrefix(list.filter((v) => v))], completeOn]);
    return callback(null, [[`${completeOn}${' '.repeat(2)}`], completeOn]);
  };

  function commonPrefix(list) {
    let [prefix] = list;
    for (const s of list) while (!s.startsWith(prefix)) prefix = prefix.slice(0, -1);
    return prefix;
  }

  // Evaluates code, waits for what it awaits, and calls back.
  const defaultEval = (repl) => function(code, context, file, cb) {
    if (code === '\n') return cb(null);
    let awaited = false;
    let source = code;
    // An object literal, not a block.
    if (/^\s*{/.test(code) && !/;\s*$/.test(code) && host.isValidSyntax(`(${code.trim()})`)) {
      source = `(${code.trim()}\n)`;
    } else {
      const rewritten = host.topLevelAwait(code);
      if (rewritten !== null) {
        source = rewritten;
        awaited = true;
      }
    }
    if (repl.replMode === REPL_MODE_STRICT && !/^\s*$/.test(source)) source = `'use strict'; void 0; ${source}`;
    let script;
    try {
      script = new vm.Script(source, { filename: file, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER });
    } catch (e) {
      return cb(source === code || awaited ? recoverable(e, code) : e);
    }
    let result;
    try {
      const options = { displayErrors: false, breakOnSigint: repl.breakEvalOnSigint };
      repl.input.isRaw && repl.breakEvalOnSigint && repl[k.setRawMode](false);
      result = repl.useGlobal ? script.runInThisContext(options) : script.runInContext(context, options);
    } catch (e) {
      if (process.domain) {
        process.domain.emit('error', e);
        process.domain.exit();
        return undefined;
      }
      return cb(e);
    } finally {
      repl.breakEvalOnSigint && repl.terminal && repl[k.setRawMode](true);
    }
    if (!awaited) return cb(null, result);
    // Ctrl+C gives up waiting.
    let interrupted;
    const interrupt = new Promise((resolve, reject) => {
      interrupted = () => reject(host.error('Error', 'ERR_SCRIPT_EXECUTION_INTERRUPTED', 'Script execution was interrupted by `SIGINT`'));
    });
    repl.prependOnceListener('SIGINT', interrupted);
    repl.pause();
    repl.pending = Promise.race([result, interrupt]).then((r) => [null, r?.value], (e) => [e]).then((args) => {
      repl.pending = null;
      repl.removeListener('SIGINT', interrupted);
      if (!repl.closed) repl.resume();
      process.nextTick(() => cb(...args));
    });
    return undefined;
  };

  const recoverable = (e, code) => {
    if (!(e instanceof SyntaxError)) return e;
    if (e.message === 'Cannot use import statement outside a module') return importError(e, code);
    return host.incomplete(code) ? new Recoverable(e) : e;
  };

  // What to type in the place of an import declaration.
  function importError(e, code) {
    const declaration = /\bimport\s*(?:([\w$]+)\s*,?\s*)?(?:\*\s*as\s+([\w$]+)\s*|\{([^}]*)\}\s*)?(?:from\s*)?(?:'([^']*)'|"([^"]*)")/g;
    const calls = [];
    for (const [, standard, namespace, list, single, double] of code.matchAll(declaration)) {
      const call = `await import(${JSON.stringify(single ?? double)});`;
      const names = (list ?? '').split(',').map((n) => n.trim().split(/\s+as\s+/)).filter(([n]) => n)
        .map(([imported, local = imported]) => (imported === local ? local : `${imported}: ${local}`));
      if (standard) names.unshift(`default: ${standard}`);
      if (standard && namespace) names.push(`default: ${namespace}`);
      if (namespace && !standard) calls.push(`const ${namespace} = ${call}`);
      else calls.push(names.length > 0 ? `const { ${names.join(', ')} } = ${call}` : call);
    }
    if (calls.length === 0) return host.incomplete(code) ? new Recoverable(e) : e;
    const { message } = e;
    e.message = `Cannot use import statement inside the Node.js REPL, alternatively use dynamic import: ${calls.join(' ')}`;
    e.stack = e.stack.replace(message, () => e.message);
    return e;
  }

  function onLine(repl, line) {
    repl.sawSIGINT = false;
    if (repl.editorMode) {
      repl[buffered] += `${line}\n`;
      const indent = repl[k.sawKeyPress] && !repl.loading ? /^\s+/.exec(line) : null;
      if (indent) repl.write(indent[0]);
      repl.lines.push(line);
      return;
    }
    const trimmed = line.trim();
    if (trimmed.startsWith('.') && trimmed[1] !== '.' && Number.isNaN(Number.parseFloat(trimmed))) {
      const m = /^\.([^\s]+)\s*(.*)$/.exec(trimmed);
      const command = m && repl.commands[m[1]];
      if (command) {
        command.action.call(repl, m[2]);
        return;
      }
      if (!repl[buffered]) {
        repl.output.write('Invalid REPL keyword\n');
        finish(repl, line, null);
        return;
      }
    }
    const code = `${repl[buffered]}${line}\n`;
    repl.eval(code, repl.context, `REPL${++names}`, (e, ...rest) => finish(repl, line, e, ...rest));
  }

  function finish(repl, line, e, ...rest) {
    if (e) {
      if (e instanceof Recoverable && !repl.sawCtrlD) {
        // Start buffering: the next line belongs to this one.
        repl[buffered] += `${line}\n`;
        repl.displayPrompt();
        return;
      }
      repl.sawCtrlD = false;
      repl._domain.emit('error', e.err || e);
      return;
    }
    if (repl[buffered] !== '' || line !== '') {
      remember(repl);
    }
    repl.clearBufferedCommand();
    repl.sawCtrlD = false;
    if (rest.length === 1 && (!repl.ignoreUndefined || rest[0] !== undefined)) {
      if (!repl.underscoreAssigned) repl.last = rest[0];
      repl.output.write(`${repl.writer(rest[0])}\n`);
    }
    if (!repl.closed) repl.displayPrompt();
  }

  // remember makes one entry of the history of a command of several lines.
  function remember(repl) {
    const text = repl[buffered];
    if (!repl.terminal || text === '') return;
    const { historyManager: h } = repl;
    const parts = text.slice(0, -1).split('\n').filter((l) => l.trim() !== '');
    const last = h.entries[0];
    if (parts.length > 0 && parts.every((l, i) => h.entries[parts.length - i] === l)) h.entries.splice(0, parts.length + 1, [last, ...parts.reverse()].join('\r'));
  }

  // Shows an error that code threw, now or later.
  function reportError(repl, e) {
    let text = '';
    if (e !== null && typeof e === 'object' && e.domainThrown) {
      delete e.domain;
      delete e.domainThrown;
    }
    if (isError(e)) {
      if (typeof e.stack === 'string') {
        if (e.name === 'SyntaxError') {
          e.stack = e.stack.replace(/^REPL\d+:\d+\r?\n/, '').replace(/^\s+at\s.*\n?/gm, '').replace(/\n$/, '');
        } else {
          e.stack = withoutOurs(e.stack);
        }
      }
      text = repl.writer(e);
      // Errors without a stack are shown in brackets.
      text = text.replace(/^\[([^]*?)\](?= \{\n|$)/, '$1');
    } else {
      text = repl.writer(e);
    }
    if (!repl.underscoreErrAssigned) repl.lastError = e;
    if (repl.standalone && process.listenerCount('uncaughtException') > 0) {
      process.nextTick(() => {
        process.emit('uncaughtException', e);
        repl.clearBufferedCommand();
        repl.displayPrompt();
      });
      return;
    }
    const lines = text.split(/(?<=\n)/);
    const i = lines.findIndex((l) => /^\[?([A-Z][a-z0-9_]*)*Error/.test(l));
    if (i >= 0) {
      const limit = repl.writer.options?.breakLength ?? 80;
      lines[i] = limit >= lines[i].length ? `Uncaught ${lines[i]}` : `Uncaught:\n${lines[i]}`;
      text = lines.join('');
    } else {
      text = `Uncaught${lines.length === 1 ? ' ' : ':\n'}${text}`;
    }
    repl.output.write(text.endsWith('\n') ? text : `${text}\n`);
    repl.clearBufferedCommand();
    repl.lines.level = [];
    if (!repl.closed) repl.displayPrompt();
  }

  // A stack ends where the line that was typed begins.
  function withoutOurs(stack) {
    const lines = stack.split('\n');
    while (/^\s+at .*\(?node:/.test(lines.at(-1))) lines.pop();
    const i = lines.findLastIndex((l) => /^\s+at [^()]*:\d+:\d+$/.test(l));
    return (i < 0 ? lines : lines.slice(0, i)).join('\n');
  }

  function onInterrupt(repl) {
    const empty = repl.line.length === 0;
    repl.clearLine();
    leaveEditor(repl);
    if (repl[buffered] === '' && empty) {
      if (repl.sawSIGINT) {
        repl.close();
        repl.sawSIGINT = false;
        return;
      }
      repl.output.write('(To exit, press Ctrl+C again or Ctrl+D or type .exit)\n');
      repl.sawSIGINT = true;
    } else {
      repl.sawSIGINT = false;
    }
    repl.clearBufferedCommand();
    repl.lines.level = [];
    repl.displayPrompt();
  }

  function leaveEditor(repl) {
    repl.editorMode = false;
    Interface.prototype.setPrompt.call(repl, repl._initialPrompt);
  }

  // Keys that mean something else in editor mode.
  function wrapKeys(repl) {
    const ttyWrite = repl._ttyWrite.bind(repl);
    repl._ttyWrite = (d, key) => {
      key ||= {};
      if (!repl.editorMode || !repl.terminal) {
        if (key.ctrl && !key.shift && key.name === 'l') repl.displayPrompt(true);
        ttyWrite(d, key);
        return;
      }
      if (key.ctrl && !key.shift && key.name === 'd') { // what stands there is entered
        leaveEditor(repl);
        repl.sawCtrlD = true;
        ttyWrite(d, { name: 'return' });
        return;
      }
      if (key.ctrl && !key.shift && (key.name === 'n' || key.name === 'p')) return;
      if (key.name === 'tab' && !key.ctrl && !key.meta && repl.line.slice(0, repl.cursor).trim() === '') {
        repl[k.insertString]('  ');
        return;
      }
      // History would replace the text.
      if ((key.name === 'up' || key.name === 'down') && !key.ctrl && !key.meta) return;
      ttyWrite(d, key);
    };
  }

  function start(prompt, source, evaluate, useGlobal, ignoreUndefined, replMode) {
    return new REPLServer(prompt, source, evaluate, useGlobal, ignoreUndefined, replMode);
  }

  // Called without new it works still, with a warning.
  let warned = false;
  function Callable(...args) {
    if (new.target) return Reflect.construct(REPLServer, args, new.target === Callable ? REPLServer : new.target);
    if (!warned) process.emitWarning('Instantiating REPLServer without the \'new\' keyword has been deprecated.', 'DeprecationWarning', 'DEP0185');
    warned = true;
    return new REPLServer(...args);
  }
  Object.defineProperties(Callable, {
    name: { configurable: true, value: 'REPLServer' },
    length: { configurable: true, value: 6 },
    prototype: { value: REPLServer.prototype },
  });
  Object.defineProperty(REPLServer.prototype, 'constructor', { configurable: true, writable: true, value: Callable });

  const exports = { start, writer, REPLServer: Callable, REPL_MODE_SLOPPY, REPL_MODE_STRICT, Recoverable, isValidSyntax: host.isValidSyntax };
  for (const name of ['builtinModules', '_builtinLibs']) {
    Object.defineProperty(exports, name, { configurable: true, enumerable: false, get: () => libraries });
  }
  return exports;
})
