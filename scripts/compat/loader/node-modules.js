// Packages in node_modules: walking up, exports, imports, patterns, scopes, self reference.
'use strict';

const load = require('./fixtures/pkgs/deep/er/load');
const here = __dirname;

for (const name of ['plain', 'plain/index', 'plain/index.js', 'exp', 'exp/sub', 'exp/features/feature', 'exp/package.json', '@scope/p', 'imp', 'exp/lib/sub.js', 'exp/hidden/x', 'exp/nope', 'imp/inner', '@scope', 'missing-package']) {
  try {
    console.log(name, load(name));
  } catch (err) {
    console.log(name, err.code, err.message.replaceAll(here, 'HERE').split('\n')[0]);
  }
}
