// Control sequences that move the cursor and clear the screen
// (https://nodejs.org/docs/latest-v24.x/api/readline.html#readlinecursortostream-x-y-callback).
(function (host) {
  const { process } = globalThis;
  const isNaN = Number.isNaN;

  // write sends a sequence, or calls back at once where there is nothing to send.
  function write(stream, sequence, callback) {
    if (stream == null || sequence === '') {
      if (typeof callback === 'function') process.nextTick(callback, null);
      return true;
    }
    return stream.write(sequence, callback);
  }

  const check = (callback) => {
    if (callback !== undefined) host.checkFunction(callback, 'callback');
  };

  function position(x, y) {
    return typeof y === 'number' ? `\x1b[${y + 1};${x + 1}H` : `\x1b[${x + 1}G`;
  }

  function motion(dx, dy) {
    let text = '';
    if (dx < 0) text += `\x1b[${-dx}D`;
    else if (dx > 0) text += `\x1b[${dx}C`;
    if (dy < 0) text += `\x1b[${-dy}A`;
    else if (dy > 0) text += `\x1b[${dy}B`;
    return text;
  }

  const lineSequence = (dir) => (dir < 0 ? '\x1b[1K' : dir > 0 ? '\x1b[0K' : '\x1b[2K');

  function cursorTo(stream, x, y, callback) {
    check(callback);
    if (typeof y === 'function') {
      callback = y;
      y = undefined;
    }
    if (isNaN(x)) host.argValue('x', x);
    if (isNaN(y)) host.argValue('y', y);
    if (stream == null || (typeof x !== 'number' && typeof y !== 'number')) return write(null, '', callback);
    if (typeof x !== 'number') host.fail('TypeError', 'ERR_INVALID_CURSOR_POS', 'Cannot set cursor row without setting its column');
    return write(stream, position(x, y), callback);
  }

  function moveCursor(stream, dx, dy, callback) {
    check(callback);
    return write(stream, stream == null ? '' : motion(dx, dy), callback);
  }

  function clearLine(stream, dir, callback) {
    check(callback);
    return write(stream, lineSequence(dir), callback);
  }

  function clearScreenDown(stream, callback) {
    check(callback);
    return write(stream, '\x1b[0J', callback);
  }

  // Readline collects sequences until they are committed
  // (https://nodejs.org/docs/latest-v24.x/api/readline.html#class-readlinepromisesreadline).
  class Readline {
    #autoCommit = false;
    #stream;
    #todo = [];

    constructor(stream, options = undefined) {
      if (!isWritable(stream)) host.argType('stream', stream, 'Writable');
      this.#stream = stream;
      if (options?.autoCommit != null) {
        host.checkBoolean(options.autoCommit, 'options.autoCommit');
        this.#autoCommit = options.autoCommit;
      }
    }

    #add(text) {
      if (this.#autoCommit) process.nextTick(() => this.#stream.write(text));
      else this.#todo.push(text);
      return this;
    }

    cursorTo(x, y = undefined) {
      host.checkInteger(x, 'x');
      if (y != null) host.checkInteger(y, 'y');
      return this.#add(position(x, y));
    }

    moveCursor(dx, dy) {
      if (!dx && !dy) return this;
      host.checkInteger(dx, 'dx');
      host.checkInteger(dy, 'dy');
      return this.#add(motion(dx, dy));
    }

    clearLine(dir) {
      host.checkInteger(dir, 'dir', -1, 1);
      return this.#add(lineSequence(dir));
    }

    clearScreenDown() {
      return this.#add('\x1b[0J');
    }

    commit() {
      return new Promise((resolve) => {
        this.#stream.write(this.#todo.join(''), resolve);
        this.#todo = [];
      });
    }

    rollback() {
      this.#todo = [];
      return this;
    }
  }

  const isWritable = (stream) => stream !== null && typeof stream === 'object' && typeof stream.write === 'function' &&
    typeof stream.on === 'function' && !(stream._readableState && stream._writableState?.writable === false);

  return { Readline, clearLine, clearScreenDown, cursorTo, moveCursor };
})
