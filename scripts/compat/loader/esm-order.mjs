// Order of ticks and promises in an ES module.
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('promise'));
console.log('main');
await null;
console.log('after await');
process.nextTick(() => console.log('tick 2'));
setImmediate(() => console.log('immediate'));
