// How many microtasks import() takes to run a module and to be fulfilled.
'use strict';

const log = [];
let turn = 0;
globalThis.note = (what) => log.push(`${what}:${turn}`);
Promise.resolve().then(function step() { if (++turn < 100) Promise.resolve().then(step); else console.log(log.join(' ')); });
(async () => {
  for (const name of ['data:text/javascript,note("runs")', 'data:text/javascript,note("runs")', 'fs', 'node:nope', './fixtures/folder/index.js']) {
    const before = turn;
    try { await import(name); note(`${turn - before} fulfilled`); } catch { note(`${turn - before} rejected`); }
  }
})();
note('synchronous');
process.nextTick(() => console.log('tick first'));
