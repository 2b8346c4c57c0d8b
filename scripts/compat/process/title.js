// A new title is what the system shows of the process; the arguments stay.
'use strict';
const fs = require('fs');
console.log(process.argv.length, process.argv0.length > 0);
process.title = 'short title';
console.log(process.title, process.argv.length);
console.log(fs.readFileSync('/proc/self/cmdline', 'latin1').replace(/\0+$/, '') === 'short title');
console.log(fs.readFileSync('/proc/self/comm', 'latin1').trim());
process.title = '';
console.log([process.title], process.argv.length, process.argv[1] === __filename);
