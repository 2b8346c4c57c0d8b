// node:readline (https://nodejs.org/docs/latest-v24.x/api/readline.html#callback-api).
(function (host) {
  const k = host.load('symbols');
  const { emitKeypressEvents } = host.load('keys');
  const Base = host.load('complete');
  host.load('editor');
  const { inspect, promisify } = host.require('util');
  const { clearLine, clearScreenDown, cursorTo, moveCursor } = host.load('csi');
  const promises = host.load('promises');
  const { process } = globalThis;
  const { methods } = host.load('interface');

  // A completer that takes no callback returns its answer.
  const withCallback = (completer) => (
    typeof completer === 'function' && completer.length !== 2 ? (line, callback) => callback(null, completer(line)) : completer);

  function Interface(input, output, completer, terminal) {
    if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
    if (typeof input?.completer === 'function' && input.completer.length !== 2) {
      const fn = input.completer;
      input.completer = (line, callback) => callback(null, fn(line));
    } else {
      completer = withCallback(completer);
    }
    Reflect.apply(Base, this, [input, output, completer, terminal]);
    if (process.env.TERM === 'dumb') this._ttyWrite = dumbTtyWrite;
  }
  Object.setPrototypeOf(Interface.prototype, Base.prototype);
  Object.setPrototypeOf(Interface, Base);

  const abortedOf = (signal) => host.abortError(signal.reason);

  // question calls back with the next line, unless it is aborted before.
  Interface.prototype.question = function question(query, options, callback) {
    callback = typeof options === 'function' ? options : callback;
    if (options === null || typeof options !== 'object') options = {};
    const { signal } = options;
    if (signal) {
      host.checkSignal(signal, 'options.signal');
      if (signal.aborted) return;
      const onAbort = () => this[k.questionCancel]();
      signal.addEventListener('abort', onAbort, { once: true });
      const given = callback;
      callback = typeof given === 'function' ? (answer) => {
        signal.removeEventListener('abort', onAbort);
        return given(answer);
      } : () => signal.removeEventListener('abort', onAbort);
    }
    if (typeof callback === 'function') this[k.question](query, callback);
  };
  Interface.prototype.question[promisify.custom] = function question(query, options) {
    if (options === null || typeof options !== 'object') options = {};
    const { signal } = options;
    if (signal?.aborted) return Promise.reject(abortedOf(signal));
    return new Promise((resolve, reject) => {
      let done = resolve;
      if (signal) {
        const onAbort = () => reject(abortedOf(signal));
        signal.addEventListener('abort', onAbort, { once: true });
        done = (answer) => {
          signal.removeEventListener('abort', onAbort);
          resolve(answer);
        };
      }
      this.question(query, options, done);
    });
  };

  // Names that programs have used since before there were symbols, and that
  // they replace: state as accessors, methods as what the editor calls.
  const state = { _decoder: k.decoder, _line_buffer: k.lineBuffer, _oldPrompt: k.oldPrompt, _previousKey: k.previousKey, _prompt: k.prompt,
    _questionCallback: k.questionCallback, _sawKeyPress: k.sawKeyPress, _sawReturnAt: k.sawReturnAt };
  for (const [name, key] of Object.entries(state)) {
    Object.defineProperty(Interface.prototype, name, { configurable: true, enumerable: false,
      get() { return this[key]; }, set(v) { this[key] = v; } });
  }
  const callable = ['setRawMode', 'onLine', 'writeToOutput', 'addHistory', 'refreshLine', 'normalWrite', 'insertString', 'tabComplete',
    'wordLeft', 'wordRight', 'deleteLeft', 'deleteRight', 'deleteWordLeft', 'deleteWordRight', 'deleteLineLeft', 'deleteLineRight',
    'line', 'historyNext', 'historyPrev', 'getDisplayPos', 'moveCursor', 'ttyWrite'];
  for (const name of callable) {
    const method = Base.prototype[k[name]];
    const old = `_${name}`;
    Interface.prototype[old] = method;
    methods(Interface.prototype, { [k[name]](...args) { return this[old](...args); } });
    if (name === 'getDisplayPos') Interface.prototype._getCursorPos = Base.prototype.getCursorPos;
  }
  Interface.prototype._tabComplete = function(lastWasTab) {
    this.pause();
    this.completer(this.line.slice(0, this.cursor), (e, answer) => {
      this.resume();
      if (e) this[k.writeToOutput](`Tab completion error: ${inspect(e)}`);
      else this[k.showCompletions](lastWasTab, answer);
    });
  };

  // A terminal that moves no cursor: characters are printed as they come.
  function dumbTtyWrite(s, key) {
    key ||= {};
    if (key.name === 'escape') return;
    if (this[k.sawReturnAt] && key.name !== 'enter') this[k.sawReturnAt] = 0;
    if (key.ctrl) {
      if (key.name === 'c') {
        if (this.listenerCount('SIGINT') > 0) this.emit('SIGINT');
        else this.close();
        return;
      }
      if (key.name === 'd') {
        this.close();
        return;
      }
    }
    if (key.name === 'return') {
      this[k.sawReturnAt] = Date.now();
      this[k.line]();
    } else if (key.name === 'enter') {
      if (this[k.sawReturnAt] === 0 || Date.now() - this[k.sawReturnAt] > this.crlfDelay) this[k.line]();
      this[k.sawReturnAt] = 0;
    } else if (typeof s === 'string' && s) {
      this.line += s;
      this.cursor += s.length;
      this[k.writeToOutput](s);
    }
  }

  function createInterface(input, output, completer, terminal) {
    return new Interface(input, output, completer, terminal);
  }

  return { Interface, clearLine, clearScreenDown, createInterface, cursorTo, emitKeypressEvents, moveCursor, promises };
})
