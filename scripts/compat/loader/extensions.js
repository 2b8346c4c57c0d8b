// A loader hook through require.extensions, and Module._compile, as transpilers use them.
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'compat-'));
const file = path.join(dir, 'x.shout');
fs.writeFileSync(file, 'module.exports = "whisper";');
require.extensions['.shout'] = (module, filename) => module._compile(fs.readFileSync(filename, 'utf8').replace('whisper', 'SHOUT'), filename);
console.log(require(file), require(path.join(dir, 'x')));
const Module = require('module');
const m = new Module('made', module);
m.filename = path.join(dir, 'made.js');
m.paths = [];
m._compile('exports.a = __filename.length > 0; exports.b = typeof require;', m.filename);
console.log(m.exports, Module.wrap('x'));
fs.rmSync(dir, { recursive: true });
