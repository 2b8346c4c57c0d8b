// process.stdout and stderr as streams: properties, write forms, callbacks.
'use strict';

const { Writable, Duplex } = require('stream');

console.log(process.stdout instanceof Writable, process.stderr.fd, process.stdout.fd, process.stdin.fd, process.stdout.isTTY, process.stdout.writable, process.stdout.columns, process.stdout._type);
console.log(process.stdout.write('no newline '), process.stdout.write(Buffer.from('bytes\n')), process.stdout.write('6869\n', 'latin1', () => console.log('written')));
process.stderr.write('to stderr\n');
try { process.stdout.write(5); } catch (err) { console.log(err.code); }
process.stdout.on('error', (err) => console.log(err.code));
console.error('error %s', 'text');
process.exitCode = 0;
