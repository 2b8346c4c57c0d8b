// clearTimeout, clearInterval, clearImmediate: from inside, twice, by number, of nothing.
'use strict';

const log = [];
const a = setTimeout(() => log.push('a'), 5);
clearTimeout(a);
clearTimeout(a);
clearTimeout(undefined);
clearTimeout({});
clearTimeout('x');
clearInterval(setTimeout(() => log.push('b'), 5));
clearTimeout(+setTimeout(() => log.push('c'), 5));
clearTimeout(String(setTimeout(() => log.push('d'), 5)[Symbol.toPrimitive]()));
clearImmediate(setImmediate(() => log.push('e')));
const first = setTimeout(() => { log.push('first'); clearTimeout(second); }, 5);
const second = setTimeout(() => log.push('second'), 5);
let n = 0;
const ticks = [];
const interval = setInterval(() => { ticks.push(++n); if (n === 3) clearInterval(interval); }, 2);
const i1 = setImmediate(() => { log.push('i1'); clearImmediate(i2); });
const i2 = setImmediate(() => log.push('i2'));
setTimeout(() => console.log(log, ticks, a._destroyed, first.hasRef(), interval._destroyed), 60);
