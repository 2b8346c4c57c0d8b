// Timers of several durations fire by due time, equal ones in order of making.
'use strict';

const log = [];
for (const ms of [300, 100, 200, 100, 300, 0, 1]) setTimeout((label) => log.push(label), ms, `${ms}#${log.length}`);
let i = 0;
for (const ms of [400, 400, 400]) setTimeout((n) => log.push(`400-${n}`), ms, i++);
setTimeout(() => console.log(log), 800);
