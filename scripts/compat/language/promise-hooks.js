// v8.promiseHooks: making, reacting, settling.
'use strict';

const { promiseHooks } = require('v8');

const ids = new Map();
const id = (p) => { if (!ids.has(p)) ids.set(p, ids.size); return ids.get(p); };
const lines = [];
const stop = promiseHooks.createHook({
  init(promise, parent) { lines.push(`init ${id(promise)} ${parent ? id(parent) : '-'}`); },
  before(promise) { lines.push(`before ${id(promise)}`); },
  after(promise) { lines.push(`after ${id(promise)}`); },
  settled(promise) { lines.push(`settled ${id(promise)}`); },
});
const first = new Promise((resolve) => setImmediate(resolve, 'x'));
first.then((v) => { lines.push(`got ${v}`); }).then(() => { throw new Error('no'); }).catch(() => lines.push('caught'));
Promise.resolve(5);
Promise.reject(6).catch(() => {});
Promise.resolve(first);
setTimeout(() => {
  stop();
  Promise.resolve();
  console.log(lines.join('\n'));
}, 20);
for (const name of ['onInit', 'onBefore', 'onAfter', 'onSettled']) {
  for (const bad of [undefined, 5, async () => {}, async function* () {}]) { try { promiseHooks[name](bad); } catch (err) { console.log(name, err.code, err.message.split('.')[0]); } }
}
