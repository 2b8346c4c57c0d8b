// What all interfaces have: options, life cycle, prompts and questions, lines out
// of data (https://nodejs.org/docs/latest-v24.x/api/readline.html#class-interfaceconstructor).
(function (host) {
  const k = host.symbols;
  const EventEmitter = host.require('events');
  const { StringDecoder } = host.require('string_decoder');
  const { emitKeypressEvents } = host.load('keys');
  const { ReplHistory } = host.load('history');
  const { process } = globalThis;
  const lineEnding = /\r\n|\n|\r(?!\n)|\u2028|\u2029/g;

  function usedAfterClose() {
    host.fail('Error', 'ERR_USE_AFTER_CLOSE', 'readline was closed');
  }

  function Interface(input, output, completer, terminal) {
    this[k.sawReturnAt] = 0;
    this.isCompletionEnabled = true;
    this[k.sawKeyPress] = false;
    this[k.previousKey] = null;
    this.escapeCodeTimeout = 500;
    this.tabSize = 8;
    Reflect.apply(EventEmitter, this, []);

    let options = {};
    let crlfDelay;
    let prompt = '> ';
    let signal;
    if (input?.input) {
      options = input;
      ({ output, completer, terminal, signal, crlfDelay } = options);
      if (signal) host.checkSignal(signal, 'options.signal');
      if (options.tabSize !== undefined) {
        host.checkUint32(options.tabSize, 'tabSize', true);
        this.tabSize = options.tabSize;
      }
      if (options.prompt !== undefined) prompt = options.prompt;
      if (options.escapeCodeTimeout !== undefined) {
        if (!Number.isFinite(options.escapeCodeTimeout)) host.argValue('input.escapeCodeTimeout', this.escapeCodeTimeout);
        this.escapeCodeTimeout = options.escapeCodeTimeout;
      }
      input = options.input;
    }
    if (completer !== undefined && typeof completer !== 'function') host.argValue('completer', completer);
    this.setupHistoryManager(options);
    if (terminal === undefined && output != null) terminal = !!output.isTTY;

    this.line = '';
    this[k.isMultiline] = false;
    this[k.substringSearch] = null;
    this.output = output;
    this.input = input;
    this[k.undoStack] = [];
    this[k.redoStack] = [];
    this[k.cursorColumn] = -1;
    this[k.killRing] = [];
    this[k.killCursor] = 0;
    this.crlfDelay = crlfDelay ? Math.max(100, crlfDelay) : 100;
    this.completer = completer;
    this.setPrompt(prompt);
    this.terminal = !!terminal;
    this[k.lines] = undefined;
    if (this.terminal) attachTerminal(this);
    else attachStream(this);
    const onError = (e) => this.emit('error', e);
    input.on('error', onError);
    this.once('close', () => input.removeListener('error', onError));
    if (signal) closeOnAbort(this, signal);
    input.resume();
  }

  // Lines out of a stream's data.
  function attachStream(rl) {
    const { input } = rl;
    const onData = (data) => rl[k.normalWrite](data);
    const onEnd = () => {
      if (typeof rl[k.lineBuffer] === 'string' && rl[k.lineBuffer].length > 0) rl.emit('line', rl[k.lineBuffer]);
      rl.close();
    };
    rl[k.decoder] = new StringDecoder('utf8');
    input.on('data', onData);
    input.on('end', onEnd);
    rl.once('close', () => {
      input.removeListener('data', onData);
      input.removeListener('end', onEnd);
    });
  }

  // Keys of a terminal.
  function attachTerminal(rl) {
    const { input, output } = rl;
    const onKeypress = (s, key) => {
      rl[k.ttyWrite](s, key);
      if (key?.sequence) {
        // Half a character, or macOS's composition: the terminal shows it its own way.
        const c = key.sequence.codePointAt(0);
        if (c >= 0xd800 && c <= 0xdfff) rl[k.refreshLine]();
      }
    };
    const onEnd = () => {
      if (typeof rl.line === 'string' && rl.line.length > 0) rl.emit('line', rl.line);
      rl.close();
    };
    const onResize = () => rl[k.refreshLine]();
    emitKeypressEvents(input, rl);
    input.on('keypress', onKeypress);
    input.on('end', onEnd);
    rl[k.setRawMode](true);
    rl.terminal = true;
    rl.cursor = 0;
    rl.historyIndex = -1;
    if (output != null) output.on('resize', onResize);
    rl.once('close', () => {
      input.removeListener('keypress', onKeypress);
      input.removeListener('end', onEnd);
      if (output != null) output.removeListener('resize', onResize);
    });
  }

  function closeOnAbort(rl, signal) {
    const onAborted = () => rl.close();
    if (signal.aborted) {
      process.nextTick(onAborted);
      return;
    }
    const disposable = EventEmitter.addAbortListener(signal, onAborted);
    rl.once('close', () => disposable[Symbol.dispose]());
  }

  Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
  Object.setPrototypeOf(Interface, EventEmitter);

  // methods adds members that are not enumerable, as a class has them.
  function methods(proto, list) {
    for (const name of Reflect.ownKeys(list)) {
      Object.defineProperty(proto, name, { ...Object.getOwnPropertyDescriptor(list, name), enumerable: false });
    }
  }

  methods(Interface.prototype, {
    get columns() {
      return this.output?.columns || Infinity;
    },

    setPrompt(prompt) {
      this[k.prompt] = prompt;
    },

    getPrompt() {
      return this[k.prompt];
    },

    setupHistoryManager(options) {
      this.historyManager = new ReplHistory(this, options);
      const define = (name, get, set) => Object.defineProperty(this, name, { configurable: true, enumerable: true, get, set });
      const manager = () => this.historyManager;
      define('history', () => manager().entries, (v) => { manager().entries = v; });
      define('historyIndex', () => manager().index, (v) => { manager().index = v; });
      define('historySize', () => manager().size);
      define('isFlushing', () => manager().flushing);
    },

    prompt(preserveCursor) {
      if (this.paused) this.resume();
      if (this.terminal && process.env.TERM !== 'dumb') {
        if (!preserveCursor) this.cursor = 0;
        this[k.refreshLine]();
      } else {
        this[k.writeToOutput](this[k.prompt]);
      }
    },

    close() {
      if (this.closed) return;
      this.pause();
      if (this.terminal) this[k.setRawMode](false);
      this.closed = true;
      this.emit('close');
    },

    pause() {
      if (this.closed) usedAfterClose();
      if (this.paused) return;
      this.input.pause();
      this.paused = true;
      this.emit('pause');
      return this;
    },

    resume() {
      if (this.closed) usedAfterClose();
      if (!this.paused) return;
      this.input.resume();
      this.paused = false;
      this.emit('resume');
      return this;
    },

    write(d, key) {
      if (this.closed) usedAfterClose();
      if (this.paused) this.resume();
      if (this.terminal) this[k.ttyWrite](d, key);
      else this[k.normalWrite](d);
    },

    [k.setRawMode](mode) {
      const was = this.input.isRaw;
      if (typeof this.input.setRawMode === 'function') this.input.setRawMode(mode);
      return was;
    },

    [k.question](query, callback) {
      if (this.closed) usedAfterClose();
      if (this[k.questionCallback]) {
        this.prompt();
        return;
      }
      this[k.oldPrompt] = this[k.prompt];
      this.setPrompt(query);
      this[k.questionCallback] = callback;
      this.prompt();
    },

    [k.questionCancel]() {
      if (!this[k.questionCallback]) return;
      this[k.questionCallback] = null;
      this.setPrompt(this[k.oldPrompt]);
      this.clearLine();
    },

    [k.onLine](line) {
      const callback = this[k.questionCallback];
      if (!callback) {
        this.emit('line', line);
        return;
      }
      this[k.questionCallback] = null;
      this.setPrompt(this[k.oldPrompt]);
      callback(line);
    },

    [k.writeToOutput](text) {
      host.checkString(text, 'stringToWrite');
      if (this.output != null) this.output.write(text);
    },

    [k.addHistory]() {
      return this.historyManager.add(this[k.isMultiline]);
    },

    [k.normalWrite](bytes) {
      if (bytes === undefined) return;
      let text = this[k.decoder].write(bytes);
      if (this[k.sawReturnAt] && Date.now() - this[k.sawReturnAt] <= this.crlfDelay) {
        // The second half of a CRLF whose first one ended the last chunk.
        if (text.codePointAt(0) === 10) text = text.slice(1);
        this[k.sawReturnAt] = 0;
      }
      lineEnding.lastIndex = 0;
      let m = lineEnding.exec(text);
      if (m === null) {
        if (text) this[k.lineBuffer] = this[k.lineBuffer] ? this[k.lineBuffer] + text : text;
        return;
      }
      if (this[k.lineBuffer]) {
        text = this[k.lineBuffer] + text;
        this[k.lineBuffer] = null;
        lineEnding.lastIndex = 0;
        m = lineEnding.exec(text);
      }
      this[k.sawReturnAt] = text.endsWith('\r') ? Date.now() : 0;
      const list = [];
      let from = 0;
      for (; m !== null; m = lineEnding.exec(text)) {
        list.push(text.slice(from, m.index));
        from = lineEnding.lastIndex;
      }
      this[k.lineBuffer] = text.slice(from);
      for (const line of list) this[k.onLine](line);
    },

    [Symbol.asyncIterator]() {
      this[k.lines] ??= lineIterator(this);
      return this[k.lines];
    },

    [Symbol.dispose]() {
      this.close();
    },
  });

  // The lines as an async iterator. Past the high-water mark the input is paused.
  function lineIterator(rl) {
    const events = EventEmitter.on(rl, 'line', { close: ['close'], highWaterMark: 1024 });
    const { next } = events;
    const first = (r) => (r.done ? r : { value: r.value[0], done: false });
    events.next = function() {
      return Reflect.apply(next, events, []).then(first);
    };
    return events;
  }

  return { Interface, methods };
})
