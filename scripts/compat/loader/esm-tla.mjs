// The order of modules with top-level await, and of what follows in ticks and promises.
import './fixtures/esm/slow.mjs';
import './fixtures/esm/quick.mjs';
import './fixtures/esm/after-slow.mjs';

console.log('root 1');
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('promise'));
await null;
console.log('root 2');
const again = import('./fixtures/esm/slow.mjs');
console.log((await again).default, again === import('./fixtures/esm/slow.mjs'));
