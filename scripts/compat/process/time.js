// hrtime, uptime, memoryUsage, cpuUsage, resourceUsage: shapes and checks.
'use strict';

const start = process.hrtime();
const diff = process.hrtime(start);
console.log(start.length, start.every(Number.isInteger), diff[0] === 0, diff[1] >= 0, typeof process.hrtime.bigint());
console.log(process.uptime() > 0, Object.keys(process.memoryUsage()), typeof process.memoryUsage.rss(), Object.keys(process.cpuUsage()), Object.keys(process.resourceUsage()).length);
for (const bad of [5, [1], 'x']) { try { process.hrtime(bad); } catch (err) { console.log(err.name, err.code, err.message); } }
try { process.cpuUsage(5); } catch (err) { console.log(err.code); }
console.log(typeof performance.now(), performance.timeOrigin > 0, typeof performance.timeOrigin);
