'use strict';
// The members of the module, the styles' references to each other, and arguments
// that are no strings.
const path = require('path');
for (const [key, d] of Object.entries(Object.getOwnPropertyDescriptors(path))) {
  console.log(key, typeof d.value, typeof d.value === 'function' ? `${d.value.name}/${d.value.length}` : '', d.enumerable);
}
console.log(path === path.posix, path.posix.posix === path.posix, path.win32.posix === path, path.win32.win32 === path.win32);
console.log(require('path/posix') === path.posix, require('node:path/win32') === path.win32, path._makeLong === path.toNamespacedPath);
// The place of a clone, also as win32 writes it.
const here = JSON.stringify(process.cwd().replaceAll('/', '\\')).slice(1, -1);
for (const style of ['posix', 'win32']) {
  for (const name of Object.keys(path)) {
    const f = path[style][name];
    if (typeof f !== 'function') continue;
    for (const args of [[], [5], [null, 'a'], ['a', 5], ['/a', {}], [{}]]) {
      try {
        console.log(style, name, JSON.stringify(args), String(JSON.stringify(f(...args))).replaceAll(here, '<here>'));
      } catch (e) {
        console.log(style, name, JSON.stringify(args), e.name, e.code, e.message);
      }
    }
  }
}
console.log(JSON.stringify(path.join('a\ud800', '../b\udc00')), path.format({ dir: 5, base: 6 }), path.parse('/a/b.c'));
