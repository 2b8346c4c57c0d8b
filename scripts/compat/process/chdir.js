// cwd and chdir, their errors.
'use strict';

const path = require('path');

const here = process.cwd();
process.chdir('..');
console.log(process.cwd() === path.dirname(here));
process.chdir(here);
try { process.chdir('no such folder'); } catch (err) { console.log(err.code, err.syscall, err.message.replace(here, 'HERE'), err.dest); }
try { process.chdir(5); } catch (err) { console.log(err.name, err.code); }
