'use strict';
// Writes what Node does with the cases below to match.json, which the Go tests
// read: node --no-warnings record.js

const fs = require('fs');
const path = require('path');

const patterns = [
  '', 'a', '*', '?', '??', '**', '***', '*.js', '*.*', '.*', '*a', 'a*', '**a', 'a**', '[ab]', '[!ab]', '[^ab]', '[a-c]x', '[c-a]', '[]a]', '[!]a]', '[a-]', '[', '[a', '[]', '[!', '[.]', '.[a]', '.[ab]', '[[]', '[*]',
  '[[:alpha:]]', '[[:digit:]_]x', '[[:upper:]]', '[[:space:]]', '[[:punct:]]', '[[:xdigit:]]', '[[:graph:]]', '[![:alpha:]]', '[a[:graph:]]', '[a-[:alpha:]]', '[[:nope:]]',
  'a/b', 'a//b', './a', 'a/.', 'a/..', '../a', 'a/../b', '/a', '//a', 'a/', '*/', 'a/*', '*/a', '**/a', 'a/**', 'a/**/b', '**/*.js', 'a/**/**/b', '**/../a/b', '**/..', '**/.a', './**', './*', 'a\\b', '\\*', '.', '..', '*/..',
  '{a,b}', '{a,b}/c', 'x{a,}y', '{a}', '{a,{b,c}}', '{a,b', 'a,b}', '{}', '{}a', '{,}', '${a,b}', '{a},b}', '{{a,b}}', '{1..3}', '{3..1}', '{01..03}', '{1..9..4}', '{-1..1}', '{a..c}', '{a..e..2}', '{a..C}', '{1..a}', 'a{1..2}{x,y}', '{*.js,a}',
  '@(a|b)', '@(a|b)c', '?(a)b', '*(a|b)', '+(a|b)', '!(a)', '!(a|b)', '!(a)b', 'a!(b)', 'a!(b)c', '!(*.js)', '*.!(js)', '!()', '@()', '@(a|)', '!(a|)', '@(a', '@(a|b', '!(a', '+(*)', '*(?)', '?(a)*', '@(*|a)', '@(.a|b)', '*(a|.b)', '!(a)!(b)', '!(.a)', '.!(a)', '@(a|!(b))', '!(!(a))', '+(a|b)c*', '@([ab]|c)', '@(a/b)', '#a', '!a', 'a b', 'a+b', '(a)', 'a|b', '^a$',
  'ü', '?ü', '[ü-ÿ]', '😀', '[😀]', 'C:/a', 'c:\\*', '//?/C:/a', '//h/s/*',
];
const names = [
  '', 'a', 'b', 'c', 'x', '.', '..', '.a', '.b', 'a.js', '.a.js', 'ab', 'abc', 'aab', 'ba', 'bac', 'ac', 'ax', 'xay', 'xy', '1', '2', '5', '02', '-1', 'D', '_x', ' ', '!', '-', '[', ']', '*', 'a,b', '{a}', '{a,b}', '${a,b}', 'a}',
  'a/b', 'a/b/c', 'a/x/y/b', 'x/a', 'a/', '/a', '//a', './a', '../a', 'a/../b', 'a/.b', 'a/.x/b', 'x/y.js', 'a//b', 'a\\b', 'b/c', '#a', '!a', 'a b', 'a+b', '(a)', '@(a', 'a1x', 'ü', 'xü', 'Ü', '😀', 'C:/a', 'c:\\a', 'C:\\a', '//?/c:/a', '//h/s/f', '@()', 'c:/b', 'A',
];
process.emitWarning = () => {};
const rows = patterns.map((pattern) => {
  const matched = (p) => names.filter((n) => p.matchesGlob(n, pattern));
  return { pattern, posix: matched(path.posix), win32: matched(path.win32) };
});
fs.writeFileSync(path.join(__dirname, 'match.json'), `{"names": ${JSON.stringify(names)},\n"patterns": [\n${rows.map((r) => JSON.stringify(r)).join(',\n')}\n]}\n`);
