// exitCode and exit(): the last word wins, listeners may change it, once only.
'use strict';

process.on('exit', (code) => {
  console.log('exit', code, process.exitCode);
  process.exitCode = 9;
  setTimeout(() => console.log('never'), 0);
  process.nextTick(() => console.log('never'));
});
process.on('exit', (code) => { console.log('second', code, process.exitCode); if (code !== 9) process.exit(7); });
for (const bad of ['x', 1.5, {}, NaN]) {
  try { process.exitCode = bad; } catch (err) { console.log(err.name, err.code, err.message); }
  try { process.exit(bad); } catch (err) { console.log(err.name, err.code, err.message); }
}
process.exitCode = '3';
console.log(process.exitCode);
setTimeout(() => process.exit(), 5);
