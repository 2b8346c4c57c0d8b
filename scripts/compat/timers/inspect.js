// Timeout and Immediate as console.log shows them, waiting, cleared and over.
'use strict';

const util = require('util');
const show = (what, timer) => console.log(what, util.inspect(timer).replace(/(_idleStart|Symbol\(asyncId\)): \d+/g, '$1: n'));

const once = setTimeout(function once() { show('running', once); }, 1.7, 'x');
show('waiting', once);
const other = setTimeout(() => {}, 1);
show('second', other);
clearTimeout(other);
show('cleared', other);
const interval = setInterval(() => { clearInterval(interval); show('interval', interval); }, 2).unref();
+interval;
show('interval', interval);
interval.ref();
const first = setImmediate(function first() {
  show('running', first);
  setTimeout(() => { show('over', once); show('over', first); }, 1);
}, 1, 2);
const second = setImmediate(() => {});
show('immediate', second);
clearImmediate(second);
show('immediate', second);
console.log(Object.keys(once), Object.keys(once._idleNext));

// Both timers are due when the loop begins, however fast the machine is.
for (const until = Date.now() + 5; Date.now() < until;);
