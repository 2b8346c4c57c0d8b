// fs.globSync: patterns with dots, links, ** and trailing slashes; exclude.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'glob-'));
for (const file of ['a/.abcdef/x/y/z/a', 'a/abcdef/g/h', 'a/abcfed/g/h', 'a/b/c/d', 'a/bc/e/f', 'a/c/d/c/b', 'a/cb/e/f', 'a/x/.y/b', 'a/z/.y/b']) {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), '');
}
fs.mkdirSync(path.join(root, 'a/symlink/a/b'), { recursive: true });
fs.symlinkSync('../..', path.join(root, 'a/symlink/a/b/c'));

const list = (pattern, options) => fs.globSync(pattern, { cwd: root, ...options }).sort().map((p) => p.replace(root, '<root>'));
for (const p of [
  'a/*/+(c|g)/./d', 'a/**/[cg]/../[cg]', './**/g', 'a/abc{fed/g,def}/**/', 'a/abc{fed/g,def}/**///**/', './**/a', './**/a/**/',
  './**/a/**', './**/a/**/a/**/', './**/f', 'a/symlink/a/**/*', 'a/!(symlink)/**/..', 'a/!(symlink)/**/../', 'a/!(symlink)/**/../*',
  `{./*/*,${root}/a/*}`, 'a/../a', './a/b', './/a', 'a/.', 'a/./b', 'a/b/', 'a/b/.', '.', '..', '**/..', './*', '*/.', './.', './',
  `${root}/a/*`, `${root}/./a/*`, 'a/b/../*', '**/', '.*', 'a/symlink/a/b/c/a/b/c/a/b/c//a/b/c////a/b/c/**/b/c/**',
  'a/symlink/a/b/*/a', 'a/symlink/a/b/*', 'a/*/a/b/c/*', '**/c/a', 'a/**', 'a/**/', './**', './**/', '**/./g',
]) console.log(p.replace(root, '<root>'), JSON.stringify(list(p)));
for (const exclude of [['a/b/c/d'], ['**/d'], ['./**/c'], ['a/**/[cg]/../c'], ['**/./h'], ['a/ab{cde,cfe}*']]) {
  console.log(exclude[0], JSON.stringify(list(['a/*/+(c|g)/./d', './**/g', 'a/**/h'], { exclude })));
}
fs.rmSync(root, { recursive: true });
