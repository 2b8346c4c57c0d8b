// The line editor of terminals: the display, the cursor, and what each key does
// (https://nodejs.org/docs/latest-v24.x/api/readline.html#tty-keybindings).
(function (host) {
  const k = host.symbols;
  const { Interface, methods } = host.load('interface');
  const { charLength } = host.load('keys');
  const { clearScreenDown, cursorTo, moveCursor } = host.load('csi');
  const { stripVTControlCharacters } = host.require('util');
  const { process } = globalThis;
  const continuation = '| '; // before the second and later lines of an entry
  const maxUndo = 2048;
  const maxKills = 32;

  const charBefore = (s, i) => (i <= 0 ? 0 : i > 1 && s.codePointAt(i - 2) > 0xffff ? 2 : 1);
  const charAt = (s, i) => (s.length <= i ? 1 : s.codePointAt(i) > 0xffff ? 2 : 1);
  const reversed = (s) => Array.from(s).reverse().join('');

  methods(Interface.prototype, {
    [k.setLine](line = '') {
      this.line = line;
      this[k.isMultiline] = line.includes('\n');
    },

    [k.beforeEdit](text, cursor) {
      this[k.undoStack].push({ text, cursor });
      if (this[k.undoStack].length > maxUndo) this[k.undoStack].shift();
    },

    // --- the display ---

    [k.refreshLine]() {
      const shown = this[k.prompt] + this.line;
      const end = this[k.getDisplayPos](shown);
      const cursor = this.getCursorPos();
      const prevRows = this.prevRows || 0;
      if (prevRows > 0) moveCursor(this.output, 0, -prevRows);
      cursorTo(this.output, 0);
      clearScreenDown(this.output);
      this[k.writeToOutput](this[k.isMultiline] ? shown.replaceAll('\n', `\r\n${continuation}`) : shown);
      if (end.cols === 0) this[k.writeToOutput](' '); // makes the terminal begin a row
      cursorTo(this.output, cursor.cols);
      const up = end.rows - cursor.rows;
      if (up > 0) moveCursor(this.output, 0, -up);
      this.prevRows = cursor.rows;
    },

    // Where a text ends that begins at the left, in rows and columns.
    [k.getDisplayPos](text) {
      const width = this.columns;
      let rows = 0;
      let offset = 0;
      for (const c of stripVTControlCharacters(text)) {
        if (c === '\n') {
          rows += Math.ceil(offset / width) || 1;
          offset = this[k.isMultiline] ? continuation.length : 0;
        } else if (c === '\t') {
          offset += this.tabSize - (offset % this.tabSize);
        } else {
          const w = host.stringWidth(c);
          if (w > 1 && (offset + 1) % width === 0) offset++; // it does not fit the row's last cell
          offset += w;
        }
      }
      const cols = offset % width;
      rows += (offset - cols) / width;
      return { cols, rows };
    },

    getCursorPos() {
      return this[k.getDisplayPos](this[k.prompt] + this.line.slice(0, this.cursor));
    },

    [k.moveCursor](by) {
      if (by === 0) return;
      const before = this.getCursorPos();
      this.cursor = Math.max(0, Math.min(this.cursor + by, this.line.length));
      const after = this.getCursorPos();
      if (before.rows === after.rows) moveCursor(this.output, after.cols - before.cols, 0);
      else this[k.refreshLine]();
    },

    clearLine() {
      this[k.moveCursor](+Infinity);
      this[k.writeToOutput]('\r\n');
      this[k.setLine]();
      this.cursor = 0;
      this.prevRows = 0;
    },

    // --- editing ---

    [k.insertString](text) {
      this[k.beforeEdit](this.line, this.cursor);
      if (this.cursor < this.line.length) {
        this[k.setLine](this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor));
        this.cursor += text.length;
        if (this.isCompletionEnabled) this[k.refreshLine]();
        else this[k.writeToOutput](text); // more of a pasted text follows
        return;
      }
      const before = this.getCursorPos();
      this[k.setLine](this.line + text);
      this.cursor += text.length;
      if (this.isCompletionEnabled && this.getCursorPos().rows > before.rows) this[k.refreshLine]();
      else this[k.writeToOutput](text);
    },

    // remove takes out the text between two offsets and leaves the cursor there.
    [k.remove](from, to, keep) {
      if (from === to) return;
      this[k.beforeEdit](this.line, this.cursor);
      const text = this.line.slice(from, to);
      this[k.setLine](this.line.slice(0, from) + this.line.slice(to));
      this.cursor = from;
      if (keep) this[k.kill](text);
      this[k.refreshLine]();
    },

    [k.deleteLeft]() {
      if (this.cursor > 0 && this.line.length > 0) this[k.remove](this.cursor - charBefore(this.line, this.cursor), this.cursor);
    },

    [k.deleteRight]() {
      if (this.cursor < this.line.length) this[k.remove](this.cursor, this.cursor + charAt(this.line, this.cursor));
    },

    [k.deleteWordLeft]() {
      if (this.cursor > 0) this[k.remove](this.cursor - wordBefore(this), this.cursor);
    },

    [k.deleteWordRight]() {
      if (this.cursor < this.line.length) this[k.remove](this.cursor, this.cursor + /^(?:\s+|\W+|\w+)\s*/.exec(this.line.slice(this.cursor))[0].length);
    },

    [k.deleteLineLeft]() {
      this[k.beforeEdit](this.line, this.cursor);
      const text = this.line.slice(0, this.cursor);
      this[k.setLine](this.line.slice(this.cursor));
      this.cursor = 0;
      this[k.kill](text);
      this[k.refreshLine]();
    },

    [k.deleteLineRight]() {
      this[k.beforeEdit](this.line, this.cursor);
      const text = this.line.slice(this.cursor);
      this[k.setLine](this.line.slice(0, this.cursor));
      this[k.kill](text);
      this[k.refreshLine]();
    },

    [k.wordLeft]() {
      if (this.cursor > 0) this[k.moveCursor](-wordBefore(this));
    },

    [k.wordRight]() {
      if (this.cursor < this.line.length) this[k.moveCursor](/^(?:\s+|[^\w\s]+|\w+)\s*/.exec(this.line.slice(this.cursor))[0].length);
    },

    // --- what was cut ---

    [k.kill](text) {
      if (!text || text === this[k.killRing][0]) return;
      this[k.killRing].unshift(text);
      this[k.killCursor] = 0;
      while (this[k.killRing].length > maxKills) this[k.killRing].pop();
    },

    [k.yank]() {
      if (this[k.killRing].length === 0) return;
      this[k.yanking] = true;
      this[k.insertString](this[k.killRing][this[k.killCursor]]);
    },

    [k.yankPop]() {
      const ring = this[k.killRing];
      if (!this[k.yanking] || ring.length <= 1) return;
      const last = ring[this[k.killCursor]];
      this[k.killCursor] = (this[k.killCursor] + 1) % ring.length;
      const head = this.line.slice(0, this.cursor - last.length) + ring[this[k.killCursor]];
      this[k.setLine](head + this.line.slice(this.cursor));
      this.cursor = head.length;
      this[k.refreshLine]();
    },

    [k.undo]() {
      step(this, this[k.undoStack], this[k.redoStack]);
    },

    [k.redo]() {
      step(this, this[k.redoStack], this[k.undoStack]);
    },

    // --- lines and history ---

    [k.line]() {
      const line = this[k.addHistory]();
      this[k.undoStack] = [];
      this[k.redoStack] = [];
      this.clearLine();
      this[k.onLine](line);
    },

    // addNewLine goes on editing the entry that was just ended, on a new line.
    [k.addNewLine](text) {
      this[k.setLine](`${text}\n`);
      this.cursor = this.line.length;
      this.prevRows = this.getCursorPos().rows;
      this[k.refreshLine]();
    },

    [k.historyNext]() {
      if (!this.historyManager.canNavigateToNext()) return;
      this.historyManager.search = this[k.substringSearch];
      recall(this, this.historyManager.toNext());
    },

    [k.historyPrev]() {
      if (!this.historyManager.canNavigateToPrevious()) return;
      this.historyManager.search = this[k.substringSearch];
      recall(this, this.historyManager.toPrevious());
    },

    // In an entry of several lines the arrows move between them first.
    [k.up]() {
      if (!this[k.isMultiline] || !moveRow(this, -1)) this[k.historyPrev]();
    },

    [k.down]() {
      if (!this[k.isMultiline] || !moveRow(this, +1)) this[k.historyNext]();
    },

    [k.ttyWrite](s, key) {
      const previous = this[k.previousKey];
      key ||= {};
      this[k.previousKey] = key;
      if (!key.meta || key.name !== 'y') this[k.yanking] = false;
      const arrow = (key.name === 'up' || key.name === 'down') && !key.ctrl && !key.meta && !key.shift;
      if (arrow) {
        if (this[k.substringSearch] === null && !this[k.isMultiline]) this[k.substringSearch] = this.line.slice(0, this.cursor);
      } else {
        if (this[k.substringSearch] !== null) {
          this[k.substringSearch] = null;
          if (this.historyIndex === this.history.length) this.historyIndex = -1;
        }
        this[k.cursorColumn] = -1;
      }
      if (typeof key.sequence === 'string') {
        if (key.sequence === '\x1f') return this[k.undo]();
        if (key.sequence === '\x1e') return this[k.redo]();
      }
      if (key.name === 'escape') return;
      if (key.ctrl && key.shift) {
        if (key.name === 'backspace') this[k.deleteLineLeft]();
        else if (key.name === 'delete') this[k.deleteLineRight]();
      } else if (key.ctrl) {
        withControl.get(key.name)?.(this);
      } else if (key.meta) {
        withMeta.get(key.name)?.(this);
      } else {
        plainKey(this, s, key, previous);
      }
    },
  });

  function wordBefore(rl) {
    return /^\s*(?:[^\w\s]+|\w+)?/.exec(reversed(rl.line.slice(0, rl.cursor)))[0].length;
  }

  function recall(rl, text) {
    rl[k.beforeEdit](rl.line, rl.cursor);
    rl[k.setLine](text);
    rl.cursor = text.length;
    rl[k.refreshLine]();
  }

  function step(rl, from, to) {
    if (from.length === 0) return;
    to.push({ text: rl.line, cursor: rl.cursor });
    const entry = from.pop();
    rl[k.setLine](entry.text);
    rl.cursor = entry.cursor;
    rl[k.refreshLine]();
  }

  // moveRow moves the cursor to the line above or below, keeping the column it
  // began in; false where there is none.
  function moveRow(rl, by) {
    const lines = rl.line.split('\n');
    let row = rl.line.slice(0, rl.cursor).split('\n').length - 1;
    const start = rl.line.lastIndexOf('\n', rl.cursor - 1) + 1;
    if (rl[k.cursorColumn] < 0) rl[k.cursorColumn] = rl.cursor - (rl.cursor === 0 ? 0 : start);
    row += by;
    if (row < 0 || row >= lines.length) return false;
    let at = 0;
    for (let i = 0; i < row; i++) at += lines[i].length + 1;
    rl[k.moveCursor](at + Math.min(rl[k.cursorColumn], lines[row].length) - rl.cursor);
    return true;
  }

  function interrupt(rl) {
    if (rl.listenerCount('SIGINT') > 0) {
      rl.emit('SIGINT');
      return;
    }
    endQuestion(rl, 'Aborted with Ctrl+C');
  }

  // endQuestion closes the interface; a pending question of readline/promises fails.
  function endQuestion(rl, reason) {
    const reject = rl[k.questionReject];
    if (reject) {
      const e = host.abortError();
      e.message = reason;
      reject(e);
    }
    rl.close();
  }

  function suspend(rl) {
    if (process.platform === 'win32') return;
    if (rl.listenerCount('SIGTSTP') > 0) {
      rl.emit('SIGTSTP');
      return;
    }
    process.once('SIGCONT', () => {
      // A program that paused the interface meanwhile resumes it itself.
      if (!rl.paused) {
        rl.pause();
        rl.emit('SIGCONT');
      }
      rl[k.setRawMode](true);
      rl[k.refreshLine]();
    });
    rl[k.setRawMode](false);
    process.kill(process.pid, 'SIGTSTP');
  }

  const withControl = new Map(Object.entries({
    a: (rl) => rl[k.moveCursor](-Infinity),
    b: (rl) => rl[k.moveCursor](-charBefore(rl.line, rl.cursor)),
    backspace: (rl) => rl[k.deleteWordLeft](),
    c: interrupt,
    d(rl) {
      if (rl.cursor === 0 && rl.line.length === 0) endQuestion(rl, 'Aborted with Ctrl+D');
      else rl[k.deleteRight]();
    },
    delete: (rl) => rl[k.deleteWordRight](),
    e: (rl) => rl[k.moveCursor](+Infinity),
    f: (rl) => rl[k.moveCursor](charAt(rl.line, rl.cursor)),
    h: (rl) => rl[k.deleteLeft](),
    k: (rl) => rl[k.deleteLineRight](),
    l(rl) {
      cursorTo(rl.output, 0, 0);
      clearScreenDown(rl.output);
      rl[k.refreshLine]();
    },
    left: (rl) => rl[k.wordLeft](),
    n: (rl) => rl[k.historyNext](),
    p: (rl) => rl[k.historyPrev](),
    right: (rl) => rl[k.wordRight](),
    u: (rl) => rl[k.deleteLineLeft](),
    w: (rl) => rl[k.deleteWordLeft](),
    y: (rl) => rl[k.yank](),
    z: suspend,
  }));

  const withMeta = new Map(Object.entries({
    b: (rl) => rl[k.wordLeft](),
    backspace: (rl) => rl[k.deleteWordLeft](),
    d: (rl) => rl[k.deleteWordRight](),
    delete: (rl) => rl[k.deleteWordRight](),
    f: (rl) => rl[k.wordRight](),
    y: (rl) => rl[k.yankPop](),
  }));

  const plain = new Map(Object.entries({
    backspace: (rl) => rl[k.deleteLeft](),
    delete: (rl) => rl[k.deleteRight](),
    down: (rl) => rl[k.down](),
    end: (rl) => rl[k.moveCursor](+Infinity),
    home: (rl) => rl[k.moveCursor](-Infinity),
    left: (rl) => rl[k.moveCursor](-charBefore(rl.line, rl.cursor)),
    right: (rl) => rl[k.moveCursor](charAt(rl.line, rl.cursor)),
    up: (rl) => rl[k.up](),
  }));

  function plainKey(rl, s, key, previous) {
    if (rl[k.sawReturnAt] && key.name !== 'enter') rl[k.sawReturnAt] = 0;
    switch (key.name) {
      case 'return': // carriage return
        rl[k.sawReturnAt] = Date.now();
        rl[k.line]();
        return;
      case 'enter': // line feed, the second half of CRLF where it follows at once
        if (rl[k.sawReturnAt] === 0 || Date.now() - rl[k.sawReturnAt] > rl.crlfDelay) rl[k.line]();
        rl[k.sawReturnAt] = 0;
        return;
      case 'tab':
        if (typeof rl.completer === 'function' && rl.isCompletionEnabled) {
          rl[k.tabComplete](previous?.name === 'tab');
          return;
        }
    }
    const action = plain.get(key.name);
    if (action !== undefined) {
      action(rl);
      return;
    }
    if (typeof s !== 'string' || s === '') return;
    // Pasted text: each line that it ends is entered.
    const parts = s.split(/\r\n|\n|\r|\u2028|\u2029/);
    for (let i = 0; i < parts.length; i++) {
      if (i > 0) rl[k.line]();
      if (parts[i] !== '' || parts.length === 1) rl[k.insertString](parts[i]);
    }
  }

  return { Interface, charLength };
})
