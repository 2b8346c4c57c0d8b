// The history of a line editor, newest line first
// (https://nodejs.org/docs/latest-v24.x/api/readline.html#event-history). The
// REPL's history file is in the REPL's own files.
(function (host) {
  class ReplHistory {
    constructor(context, options) {
      const size = options.size ?? options.historySize;
      if (size != null) host.checkNumber(size, 'size', 0);
      if (options.history !== undefined) host.checkArray(options.history, 'history');
      this.context = context;
      this.size = size ?? 30;
      this.removeDuplicates = !!(options.removeHistoryDuplicates);
      this.entries = this.size > 0 ? options.history ?? [] : [];
      this.index = -1;
      this.search = null;
      this.flushing = false;
    }

    // add takes the editor's line into the history and returns the line.
    add(isMultiline) {
      const { line } = this.context;
      if (line.length === 0) return '';
      if (this.size === 0 || line.trim().length === 0) return line;
      const stored = isMultiline ? line.split('\n').reverse().join('\r') : line; // as Node stores it
      if (this.entries.length === 0 || this.entries[0] !== stored) {
        if (this.removeDuplicates) {
          const i = this.entries.indexOf(stored);
          if (i !== -1) this.entries.splice(i, 1);
        }
        this.entries.unshift(stored);
        if (this.entries.length > this.size) this.entries.pop();
      }
      this.index = -1;
      // A listener may change or remove the entry.
      this.context.emit('history', this.entries);
      return isMultiline ? line : this.entries[0];
    }

    // matches says whether an entry begins as the text does that was typed
    // before the first step, and differs from what is shown.
    matches(i) {
      return this.entries[i].startsWith(this.search || '') && this.shown(i) !== this.context.line;
    }

    shown(i) {
      const line = this.entries[i];
      return line.includes('\r') ? line.split('\r').reverse().join('\n') : line;
    }

    canNavigateToNext() {
      return this.index >= 0;
    }

    canNavigateToPrevious() {
      return this.entries.length > 0 && this.index < this.entries.length;
    }

    // toNext steps towards newer lines and returns what to show.
    toNext() {
      let i = this.index - 1;
      while (i >= 0 && !this.matches(i)) i--;
      this.index = Math.max(i, -1);
      return i < 0 ? this.search ?? '' : this.shown(i);
    }

    // toPrevious steps towards older lines and returns what to show.
    toPrevious() {
      let i = this.index + 1;
      while (i < this.entries.length && !this.matches(i)) i++;
      this.index = i;
      return i >= this.entries.length ? this.search ?? '' : this.shown(i);
    }
  }
  return { ReplHistory };
})
