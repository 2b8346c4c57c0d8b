// Immediates made in immediates and timers made in timers wait for the next turn; ticks do not.
'use strict';

const log = [];
let n = 0;
(function again() { if (n++ < 3) setImmediate(() => { log.push(`i${n}`); again(); process.nextTick(() => log.push(`after i${n - 1}`)); }); })();
let m = 0;
(function tick() { if (m++ < 3) process.nextTick(() => { log.push(`t${m}`); tick(); }); })();
const timers = [];
setTimeout(() => {
  const at = Date.now();
  setTimeout(() => timers.push('inner 0'), 0);
  setImmediate(() => timers.push('immediate'));
  while (Date.now() - at < 5); // its time has passed before this turn ends
  timers.push('outer');
}, 1);
process.on('exit', () => console.log(log, timers));
