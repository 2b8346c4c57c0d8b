// createRequire, and module.require from elsewhere.
'use strict';

const path = require('path');
const { createRequire } = require('module');

const there = createRequire(path.join(__dirname, 'fixtures', 'pkgs', 'deep', 'x.js'));
console.log(there('plain'), there('./er/load') === require('./fixtures/pkgs/deep/er/load'), module.require('./fixtures/folder'));
console.log(createRequire(require('url').pathToFileURL(__filename))('./fixtures/folder'));
for (const bad of ['relative', 5, undefined]) { try { createRequire(bad); } catch (err) { console.log(err.name, err.code); } }
