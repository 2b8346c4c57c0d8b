// fs.cp and fs.cpSync: what they refuse, in which order, and what they copy.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'cp-'));
const at = (name) => path.join(root, name);
const shown = (text) => String(text).replaceAll(root, '<root>');
function fresh() {
  fs.rmSync(root, { recursive: true, force: true });
  fs.mkdirSync(at('src/a/b'), { recursive: true });
  fs.writeFileSync(at('src/f'), '1');
  fs.writeFileSync(at('file'), '2');
  fs.mkdirSync(at('dir'));
  fs.symlinkSync(at('src'), at('link'));
  fs.symlinkSync('nowhere', at('dangling'));
}
const tree = () => fs.readdirSync(root, { recursive: true }).sort().join();
const failure = (e) => [e.name, e.code, shown(e.message), e.errno, e.syscall, shown(e.path), shown(e.dest)].join('|');

const pairs = [
  ['src', 'src/a'], ['src', 'src/new'], ['src', 'src'], ['src', 'file'], ['src', 'dir'], ['src', 'other'], ['file', 'dir'],
  ['file', 'file'], ['nope', 'x'], ['file', 'src/a/n'], ['link', 'src/a'], ['link', 'dir'], ['link', 'out'], ['dangling', 'copy'],
  ['src', 'link'], ['src', 'link/sub'], ['file', 'file/x'], ['src/a', 'src'], ['src/f', 'src/a'], ['link', 'link'],
  ['file', 'new/deep/x'],
];
const options = [
  undefined, { recursive: true }, { recursive: true, dereference: true }, { errorOnExist: true, force: false, recursive: true },
  { force: false, recursive: true }, { recursive: true, verbatimSymlinks: true }, { filter: () => false },
  { filter: () => true, recursive: true },
];

(async () => {
  for (const o of options) {
    console.log('--', JSON.stringify(o));
    for (const [from, to] of pairs) {
      fresh();
      let line;
      try {
        fs.cpSync(at(from), at(to), o);
        line = tree();
      } catch (e) {
        line = failure(e);
      }
      console.log(`cpSync ${from} ${to}: ${line}`);
      fresh();
      await new Promise((done) => fs.cp(at(from), at(to), o ?? {}, (e) => {
        console.log(`cp ${from} ${to}: ${e ? failure(e) : tree()}`);
        done();
      }));
    }
  }
  fresh();
  for (const key of ['verbatimSymlinks', 'recursive', 'force', 'errorOnExist', 'dereference', 'preserveTimestamps', 'mode', 'filter']) {
    for (const value of [1, [], null, undefined]) {
      try {
        fs.cpSync(at('src'), at('src'), { [key]: value });
      } catch (e) {
        console.log(key, e.code, shown(e.message));
      }
    }
  }
  fs.rmSync(root, { recursive: true, force: true });
})();
