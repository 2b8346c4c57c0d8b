// Conditions of exports and imports, self reference, and targets that are refused.
'use strict';

const load = require('./fixtures/cond/use.cjs');
const show = (text) => text.replaceAll(__dirname, 'HERE');
(async () => {
  for (const name of ['both', 'both/dual', 'both/null', 'both/nope', 'both/dir/x', 'both/dir/../x', 'both/bad', 'both/', 'both/package.json']) {
    try { console.log(name, load(name)); } catch (err) { console.log(name, err.code, show(err.message)); }
    try { console.log(name, (await load.import(name)).default); } catch (err) { console.log(name, err.code, show(err.message)); }
  }
  try { load('both/refused')(); } catch (err) { console.log(err.code, show(err.message)); }
  console.log(await Promise.all(load('both/self')().map(async (x) => (await x).default ?? x)));
})();
