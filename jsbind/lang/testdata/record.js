// Runs every snippet in Node and writes what it shows below it:
//   TZ=UTC node testdata/record.js        (in jsbind/lang; Node 24.12.0)
// A file of snippets holds blocks of "--- name", the body of a CommonJS module
// that returns a value or a promise, "===" and the recorded text.
'use strict';
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const vm = require('node:vm');

const show = vm.runInThisContext(fs.readFileSync(path.join(__dirname, 'show.js'), 'utf8'));

async function run(name, source) {
  try {
    const fn = vm.compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname'], { filename: name + '.js' });
    return show(await fn.call({}, {}, require, {}, name, ''));
  } catch (error) {
    return 'throws ' + show(error);
  }
}

async function main() {
  const folder = path.join(__dirname, 'snippets');
  for (const file of fs.readdirSync(folder)) {
    const text = fs.readFileSync(path.join(folder, file), 'utf8');
    let out = '';
    for (const block of text.split(/^(?=--- )/m)) {
      const [, name, body] = /^--- (.*)\n([\s\S]*)$/.exec(block) ?? [];
      if (name === undefined) {
        out += block;
        continue;
      }
      const source = body.split(/^===$/m)[0];
      out += `--- ${name}\n${source.trimEnd()}\n===\n${await run(name, source)}\n`;
    }
    fs.writeFileSync(path.join(folder, file), out);
  }
}

// The sources in syntaxerrors.txt are recorded as node --check prints them,
// without the file's name and the stack.
function syntaxErrors() {
  const file = path.join(__dirname, 'syntaxerrors.txt');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'record-'));
  const script = path.join(folder, 'a.cjs');
  let out = '';
  for (const block of fs.readFileSync(file, 'utf8').split(/^(?=--- )/m)) {
    const [, name, body] = /^--- (.*)\n([\s\S]*)$/.exec(block);
    const source = body.split(/^===$/m)[0].replace(/\n+$/, '\n');
    fs.writeFileSync(script, source);
    const { stderr } = spawnSync(process.execPath, ['--check', script], { encoding: 'utf8' });
    const text = stderr.replace(/^\(.*\n/gm, '').split('\n    at ')[0].replaceAll(script, 'a.js').trimEnd();
    out += `--- ${name}\n${source}===\n${text}\n`;
  }
  fs.rmSync(folder, { recursive: true });
  fs.writeFileSync(file, out);
}

syntaxErrors();
main();
