'use strict';
// resolve and relative ask process.cwd(), which a program may replace.
const path = require('path');
const fs = require('fs');
const os = require('os');
const dir = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'compat-path-')));
process.chdir(dir);
console.log(path.resolve('x') === `${dir}/x`, path.relative('', 'a/b'), path.relative('x/y', 'z'));
process.chdir('/');
fs.rmdirSync(dir);
process.cwd = () => '/some/where';
console.log(path.resolve(), path.resolve('..', 'a'), path.relative('/some/b', 'c'), path.win32.resolve('x'), path.win32.resolve('d:x'));
process.cwd = () => { throw new RangeError('gone'); };
try {
  console.log(path.resolve('/absolute', 'b'));
  path.resolve('a');
} catch (e) {
  console.log(e.name, e.message);
}
