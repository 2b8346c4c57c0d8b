// path, posix and win32.
'use strict';

const path = require('path');

for (const p of [path.posix, path.win32]) {
  console.log(p.join('a', '..', '/b', './c', ''), p.join(), p.normalize('/a//b/../c/.'), p.normalize(''), p.resolve('/a', 'b', '../c'), p.relative('/a/b/c', '/a/d'), p.dirname('/a/b/'), p.dirname('a'), p.basename('/a/b.txt', '.txt'), p.basename('/a/b/'), p.extname('.bashrc'), p.extname('a.b.c'), p.extname('a.'), p.isAbsolute('/a'), p.isAbsolute('a'), p.sep, p.delimiter);
  console.log(p.parse('/home/u/file.txt'), p.parse('./a/b'), p.parse(''), p.format({ dir: '/d', name: 'n', ext: 'e' }), p.format({ root: '/', base: 'b' }), p.toNamespacedPath('/a'), p.matchesGlob('a/b.js', 'a/*.js'));
}
console.log(path.win32.join('C:\\a', '..\\b'), path.win32.resolve('C:\\a', 'D:\\b'), path.win32.parse('C:\\p\\f.e'), path.win32.isAbsolute('C:'), path.win32.normalize('C:/a/..//b'), path.win32.relative('C:\\a\\b', 'C:\\A\\c'));
for (const run of [() => path.join(5), () => path.basename({}), () => path.format('x'), () => path.resolve(null), () => path.extname()]) { try { run(); } catch (err) { console.log(err.name, err.code, err.message); } }
console.log(path === path.posix, path.posix.win32 === path.win32);
