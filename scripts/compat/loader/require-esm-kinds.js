// What require makes of the exports of an ES module, and what it refuses.
'use strict';

const show = (text) => text.replaceAll(__dirname, 'HERE');
for (const name of ['counter', 'whole', 'marked', 'slow', 'after-slow', 'ring', 'throws', 'missing-name', 'missing-cjs-name', 'syntax']) {
  try {
    const got = require(`./fixtures/esm/${name}.mjs`);
    console.log(name, got, got === require(`./fixtures/esm/${name}.mjs`));
  } catch (err) {
    console.log(name, err.name, err.code, show(err.message), err.stack.split('\n')[0] === `${err.name}: ${err.message}`);
  }
}
console.log(require('./fixtures/esm/detected.js'));
import('./fixtures/esm/counter.mjs').then((ns) => {
  const facade = require('./fixtures/esm/counter.mjs');
  console.log(ns === facade, '__esModule' in ns, facade.count);
  facade.increment();
  console.log(ns.count, facade.count, facade.default);
});
