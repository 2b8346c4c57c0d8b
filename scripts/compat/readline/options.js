// Options that are refused, and what an interface shows of those that it takes.
'use strict';
const readline = require('readline');
const { PassThrough } = require('stream');
const tries = [
  { completer: 'x' }, { history: 1 }, { history: ['a', 'b'], terminal: true }, { historySize: -1 }, { historySize: '1' }, { historySize: 0, terminal: true },
  { historySize: NaN }, { tabSize: 0 }, { tabSize: 4.5 }, { tabSize: 'x' }, { tabSize: 3 }, { escapeCodeTimeout: Infinity }, { escapeCodeTimeout: 'x' }, { escapeCodeTimeout: 7 },
  { crlfDelay: 5 }, { crlfDelay: Infinity }, { prompt: '' }, { signal: 1 }, { signal: {} }, { terminal: 1 },
];
for (const options of tries) {
  let text;
  try {
    const rl = readline.createInterface({ input: new PassThrough(), output: new PassThrough(), ...options });
    text = JSON.stringify([rl.terminal, rl.tabSize, rl.escapeCodeTimeout, String(rl.crlfDelay), rl.getPrompt(), rl.history, rl.historySize, rl.historyIndex]);
    rl.close();
  } catch (e) {
    text = `${e.name} ${e.code} ${e.message}`;
  }
  console.log(options, text);
}
console.log(Object.keys(readline), Object.keys(readline.promises), readline.promises === require('readline/promises'));
console.log(readline.Interface({ input: new PassThrough() }) instanceof readline.Interface);
console.log(Object.keys(readline.Interface.prototype).join(' '));
const rl = new (class extends readline.Interface {
  _ttyWrite(s, key) { console.log('_ttyWrite', s, key.name); super._ttyWrite(s, key); }
  _refreshLine() { console.log('_refreshLine', this.line); super._refreshLine(); }
  _onLine(line) { console.log('_onLine', line); super._onLine(line); }
})({ input: new PassThrough(), output: new PassThrough(), terminal: true });
rl._prompt = 'p ';
console.log(rl.getPrompt());
rl.write('ab');
rl.write(null, { name: 'left' });
rl.write('x');
rl.write(null, { ctrl: true, name: 'u' });
rl.write('\n');
rl.close();
