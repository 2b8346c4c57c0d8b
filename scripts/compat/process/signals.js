// A signal listener, process.kill of oneself, signal names in errors.
'use strict';

const timer = setInterval(() => {}, 1000);
process.on('SIGUSR2', (signal, number) => { console.log(signal, number); clearInterval(timer); });
console.log(process.kill(process.pid, 0), process.kill(process.pid, 'SIGUSR2'));
for (const run of [() => process.kill(process.pid, 'SIGNOPE'), () => process.kill('x'), () => process.kill(2 ** 30, 0), () => process.on('SIGKILL', () => {})]) {
  try { run(); } catch (err) { console.log(err.name, err.code, err.message, err.syscall, err.errno); }
}
console.log(require('os').constants.signals.SIGTERM);
