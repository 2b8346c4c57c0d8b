// multipleResolves: promises that are settled again.
'use strict';

process.on('multipleResolves', (kind, promise, value) => console.log(kind, promise, value.message ?? value));
new Promise((resolve, reject) => { resolve('first'); resolve('second'); reject('third'); });
new Promise((resolve, reject) => { reject('first'); resolve('second'); }).catch((reason) => console.log('caught', reason));
new Promise((resolve) => { resolve(1); throw new Error('late'); }).then(console.log);
class Sub extends Promise {}
const sub = new Sub((resolve) => { resolve(1); resolve(2); });
console.log(sub instanceof Sub, sub.constructor === Sub, sub.then(() => {}) instanceof Sub);
try { new Promise(5); } catch (err) { console.log(err.name, err.message); }
