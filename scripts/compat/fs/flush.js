// The option flush of writing: the program's own fsync is called; readdir follows links.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'flush-'));
const file = path.join(root, 'file');
const { fsync, fsyncSync } = fs;
fs.fsyncSync = function(...args) { console.log('fsyncSync', args.length, typeof args[0]); return fsyncSync.apply(this, args); };
fs.fsync = function(...args) { console.log('fsync', args.length, typeof args[0], typeof args[1]); return fsync.apply(this, args); };
fs.writeFileSync(file, 'a', { flush: true });
fs.appendFileSync(file, 'b', { flush: true });
const fd = fs.openSync(file, 'a');
fs.writeFileSync(fd, 'c', { flush: true });
fs.closeSync(fd);
for (const flush of [undefined, null, false]) fs.writeFileSync(file, 'abc', { flush });
for (const flush of [0, '', 'true', {}]) {
  try { fs.writeFileSync(file, 'x', { flush }); } catch (e) { console.log(e.code, e.message); }
}
fs.writeFile(file, 'd', { flush: true, flag: 'a' }, (err) => {
  console.log(err, fs.readFileSync(file, 'utf8'));
  fs.fsync = (fd, cb) => cb(new Error('no room'));
  fs.appendFile(file, 'e', { flush: true }, (err) => {
    console.log(err.message, fs.readFileSync(file, 'utf8'));
    fs.mkdirSync(path.join(root, 'dir/below'), { recursive: true });
    fs.symlinkSync('dir', path.join(root, 'link'));
    const count = (list) => list.length > 50 ? 'many' : list.sort().join();
    console.log(count(fs.readdirSync(root, { recursive: true })));
    console.log(fs.readdirSync(root, { recursive: true, withFileTypes: true }).map((e) => e.name).sort().join());
    fs.rmSync(root, { recursive: true });
  });
});
