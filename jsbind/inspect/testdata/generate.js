// Rewrites the case files with what the Node that runs this prints:
//
//	node generate.js cases/*.txt
//
// A case is a line "> expression" and the expected text, each line of which is
// indented by two spaces. The expression is the argument list of util.inspect;
// after "> !" it is an expression whose value is the text itself. What it
// throws is recorded as "throws" and the error's name, for the texts are the
// engine's.
'use strict';
const fs = require('fs');
const vm = require('vm');
const util = require('util');
globalThis.util = util;
globalThis.inspect = util.inspect;
globalThis.custom = util.inspect.custom;
// An error with a stack of known frames.
globalThis.err = (e, ...frames) => {
  const head = Error.prototype.toString.call(e);
  Object.defineProperty(e, 'stack', { value: [head, ...frames.map((f) => `    at ${f}`)].join('\n'), configurable: true, writable: true });
  return e;
};
// What console.table writes.
globalThis.table = (...args) => {
  let text = '';
  const { Console } = require('console');
  const { Writable } = require('stream');
  new Console(new Writable({ write(chunk, _, done) { text += chunk; done(); } })).table(...args);
  return text.slice(0, -1);
};
for (const file of process.argv.slice(2)) {
  const out = [`# Printed by Node ${process.version}; written by generate.js.`];
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    if (line.startsWith('## ')) out.push(line);
    if (!line.startsWith('> ')) continue;
    const expr = line.slice(2);
    let text;
    try {
      text = vm.runInThisContext(expr.startsWith('!') ? expr.slice(1) : `inspect(${expr})`);
      if (typeof text !== 'string') throw new Error(`no text: ${expr}`);
    } catch (e) {
      if (/no text|SyntaxError/.test(`${e}`)) console.error(file, expr, `${e}`);
      text = `throws ${e && e.name}`;
    }
    out.push(line, ...text.split('\n').map((l) => `  ${l.replace(/[\ud800-\udfff]/gu, '\ufffd')}`));
  }
  fs.writeFileSync(file, `${out.join('\n')}\n`);
}
