// What file operations refuse, in which order, and what their errors say of empty
// paths and of descriptors.
'use strict';
const fs = require('fs');

const attempt = (label, f) => {
  try {
    f();
    console.log(label, 'ok');
  } catch (e) {
    console.log(label, e.name, e.code, e.message, e.path, e.dest);
  }
};
for (const value of ['it\'s', 'a"b', 'it\'s "x"\n', 'a\nb', 'x'.repeat(28), 'x'.repeat(29), `'${'x'.repeat(40)}`, 'tab\t']) {
  attempt('received', () => Buffer.alloc(0).equals(value));
}
(async () => {
  for (const mode of ['x', 1.5, NaN, -1, 8, 2 ** 31, 1n, null, Infinity]) {
    attempt('accessSync', () => fs.accessSync('no-such-file', mode));
    attempt('access', () => fs.access('no-such-file', mode, () => {}));
    attempt('access without callback', () => fs.access('no-such-file', mode));
    attempt('copyFileSync', () => fs.copyFileSync('no-such-file', 'other', mode));
    await fs.promises.access('no-such-file', mode).catch((e) => console.log('promise', e.name, e.code, e.message));
  }
  for (const name of ['access', 'open', 'stat', 'readdir', 'mkdir', 'unlink', 'readlink', 'rmdir', 'statfs', 'truncate', 'rm', 'readFile']) {
    attempt(name, () => fs[`${name}Sync`](''));
  }
  attempt('chmod', () => fs.chmodSync('', 0));
  attempt('utimes', () => fs.utimesSync('', 0, 0));
  for (const name of ['rename', 'link', 'copyFile']) attempt(name, () => fs[`${name}Sync`]('', ''));
  attempt('ftruncate', () => fs.ftruncateSync('x', 'y'));
  attempt('fchmod', () => fs.fchmodSync('x'));
  attempt('fchown', () => fs.fchownSync('x', 'y'));
  attempt('futimes', () => fs.futimesSync('x', 'y'));
  attempt('futimes', () => fs.futimesSync('x', 1, 1));
  attempt('watchFile', () => fs.watchFile(1));
  attempt('unwatchFile', () => fs.unwatchFile(1));
  attempt('watch', () => fs.watch(1));
  for (const name of ['ftruncate', 'fsync', 'fdatasync', 'fstat', 'close']) attempt(name, () => fs[`${name}Sync`](9999));
  attempt('fchmod', () => fs.fchmodSync(9999, 0));
  attempt('fchown', () => fs.fchownSync(9999, 0, 0));
  attempt('futimes', () => fs.futimesSync(9999, 0, 0));
  attempt('read', () => fs.readSync(9999, Buffer.alloc(1)));
  attempt('write', () => fs.writeSync(9999, 'x'));
})();
