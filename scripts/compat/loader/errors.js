// What require throws: missing, wrong, failing and unparsable modules.
'use strict';

const here = __dirname;
for (const name of ['./nope', 'nope', './fixtures/bad.json', './fixtures/throws', './fixtures/throws', './fixtures', '', 5, undefined, null, 'node:nope', 'fs/nope', './fixtures/data/x']) {
  try {
    console.log(name, require(name));
  } catch (err) {
    const text = err instanceof SyntaxError ? err.message.split(':')[0] : err.message.split('\n')[0];
    console.log(name, err.name, err.code, text.replaceAll(here, 'HERE'), err.requireStack && err.requireStack.map((f) => f.replace(here, 'HERE')));
  }
}
