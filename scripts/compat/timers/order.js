// Timers of several durations fire by due time, equal ones in order of making.
'use strict';

const log = [];
for (const ms of [30, 10, 20, 10, 30, 0, 1]) setTimeout((label) => log.push(label), ms, `${ms}#${log.length}`);
let i = 0;
for (const ms of [40, 40, 40]) setTimeout((n) => log.push(`40-${n}`), ms, i++);
setTimeout(() => console.log(log), 80);
