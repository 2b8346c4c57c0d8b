'use strict';
// Writes what Node does with the cases below to the .json files beside this
// one, which the Go tests read: node record.js

const fs = require('fs');
const path = require('path');

function write(name, rows) {
  fs.writeFileSync(path.join(__dirname, `${name}.json`), `[\n${rows.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`);
}

const paths = [
  '', '.', '..', '/', '//', '///', 'a', 'a/', 'a//', '/a', '//a', '/a/', 'a/b', 'a/b/', 'a//b', '/a/b', '/a/b/', './a', '../a', 'a/.', 'a/..', 'a/../b', 'a/../../b',
  '/..', '/../a', '/../', '/./', '/.', 'a/./b/../c/', '../../a/../b', '...', '/...', '.a', 'a.', '.a.b', 'a.b.c', 'a..b', '..a', 'a/.b', 'a.b/', 'a.b//', '/a.b/c', ' a ', 'ü/ö.ä',
  '\\', '\\\\', 'a\\b', 'a\\b\\', '\\a', '\\\\a', '\\\\a\\b', '\\\\a\\b\\', '\\\\a\\b\\c', '\\\\a\\b\\c\\..\\..', '\\\\a\\\\b\\c', '//a/b/c', '/\\a\\b', '\\\\?\\C:\\a', '\\\\.\\pipe\\x', '\\\\.\\COM1:x',
  'C:', 'C:\\', 'C:/', 'C:a', 'C:\\a', 'C:\\a\\', 'C:/a/b', 'C:\\a\\..\\..', 'C:..', 'C:.', 'C:a\\..', 'c:\\A', 'D:\\a', '1:\\a', 'CC:\\a', './C:/a', 'a/../C:/b', 'a:b', 'a:/b', ':', 'C:a.b',
  'CON', 'con:', 'con:x', 'NUL:\\..\\a', 'COM1:', 'COM\u00b9:x', 'LPT9:a/../b', 'aux.txt', 'C:\\CON', 'a\\..\\CON:', 'nulx',
];
const suffixes = ['', 'a', '.b', 'b', '.a', 'a.b', '/a', 'a/b', '.'];

for (const style of ['posix', 'win32']) {
  const p = path[style];
  write(`${style}-one`, paths.map((input) => {
    const { root, dir, base, ext, name } = p.parse(input);
    return {
      input, dirname: p.dirname(input), extname: p.extname(input), absolute: p.isAbsolute(input), normalize: p.normalize(input),
      parse: [root, dir, base, ext, name], format: p.format(p.parse(input)), basename: suffixes.map((s) => p.basename(input, s)),
    };
  }));
  // The working directory of the tests.
  process.cwd = () => (style === 'posix' ? '/base/here' : 'C:\\base\\here');
  const some = paths.filter((_, i) => i % 2 === 0 || i > 42);
  write(`${style}-two`, some.flatMap((a, i) => some.filter((_, j) => (i + j) % 4 === 0).map((b) => ({
    a, b, join: p.join(a, b), resolve: p.resolve(a, b), relative: p.relative(a, b),
  }))));
  write(`${style}-namespaced`, paths.map((input) => ({ input, want: p.toNamespacedPath(input) })));
}

write('format', [
  {}, { root: '/' }, { dir: '/a' }, { dir: '/', root: '/' }, { base: 'b' }, { name: 'n' }, { ext: '.e' }, { ext: 'e' }, { name: 'n', ext: '.e' }, { name: 'n', ext: 'e' },
  { base: 'b', name: 'n', ext: 'e' }, { dir: 'd', base: 'b' }, { root: '/', base: 'b' }, { root: '/', dir: 'd', name: 'n' }, { dir: 'C:\\', root: 'C:\\', base: 'b' },
].map((input) => ({ input, posix: path.posix.format(input), win32: path.win32.format(input) })));
