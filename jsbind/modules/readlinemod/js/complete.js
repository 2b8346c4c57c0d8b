// Tab completion
// (https://nodejs.org/docs/latest-v24.x/api/readline.html#use-of-the-completer-function).
(function (host) {
  const k = host.symbols;
  const { Interface, methods } = host.load('interface');
  const { inspect } = host.require('util');

  methods(Interface.prototype, {
    // The completer is asked with the text before the cursor; it answers with
    // a promise in readline/promises and by a callback elsewhere.
    async [k.tabComplete](lastWasTab) {
      this.pause();
      const text = this.line.slice(0, this.cursor);
      let answer;
      try {
        answer = await this.completer(text);
      } catch (e) {
        this[k.writeToOutput](`Tab completion error: ${inspect(e)}`);
        return;
      } finally {
        this.resume();
      }
      this[k.showCompletions](lastWasTab, answer);
    },

    // Inserts what all completions have in common, or lists them at the
    // second tab.
    [k.showCompletions](lastWasTab, { 0: completions, 1: completeOn }) {
      if (!completions || completions.length === 0) return;
      const prefix = commonPrefix(completions.filter((e) => e !== ''));
      if (prefix.startsWith(completeOn) && prefix.length > completeOn.length) {
        this[k.insertString](prefix.slice(completeOn.length));
        return;
      }
      if (!completeOn.startsWith(prefix)) {
        const head = this.line.slice(0, this.cursor - completeOn.length) + prefix;
        this[k.setLine](head + this.line.slice(this.cursor));
        this.cursor = head.length;
        this[k.refreshLine]();
        return;
      }
      if (!lastWasTab) return;
      this[k.beforeEdit](this.line, this.cursor);
      this[k.writeToOutput](table(completions, this.columns));
      this[k.refreshLine]();
    },
  });

  function commonPrefix(list) {
    if (list.length === 0) return '';
    let [prefix] = list;
    for (const s of list) {
      while (!s.startsWith(prefix)) prefix = prefix.slice(0, -1);
    }
    return prefix;
  }

  // The completions in columns; an empty one ends a group.
  function table(completions, columns) {
    const widths = completions.map((s) => host.stringWidth(s));
    const width = Math.max(...widths) + 2;
    let perRow = Math.floor(columns / width) || 1;
    if (perRow === Infinity) perRow = 1;
    let text = '\r\n';
    let inRow = 0;
    let gap = 0;
    completions.forEach((s, i) => {
      if (s === '' || inRow === perRow) {
        text += '\r\n';
        inRow = 0;
        gap = 0;
      } else {
        text += ' '.repeat(gap);
      }
      if (s === '') {
        text += '\r\n';
      } else {
        text += s;
        gap = width - widths[i];
        inRow++;
      }
    });
    if (inRow !== 0) text += '\r\n\r\n';
    return text;
  }

  return Interface;
})
