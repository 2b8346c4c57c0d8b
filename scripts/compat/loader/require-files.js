// Files, folders, JSON, extensions, byte order marks, hashbangs.
'use strict';

for (const name of ['./fixtures/folder', './fixtures/folder/', './fixtures/withmain', './fixtures/data', './fixtures/data.json', './fixtures/noext', './fixtures/other.cjs', './fixtures/utf8bom', './fixtures/hashbang', './fixtures/../fixtures/folder/index.js']) {
  console.log(name, require(name));
}
console.log(require('./fixtures/folder') === require('./fixtures/folder/index'), require('./fixtures/data') === require('./fixtures/data.json'));
console.log(Object.keys(require('./fixtures/data')), Object.hasOwn(require('./fixtures/data'), '__proto__'));
