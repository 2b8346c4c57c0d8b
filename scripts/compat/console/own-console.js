// new Console with its own streams, options; bound methods.
'use strict';

const { Console } = require('console');
const { Writable } = require('stream');

const sink = (name) => new Writable({ write(chunk, encoding, callback) { process.stdout.write(`${name}: ${chunk}`); callback(); } });
const c = new Console({ stdout: sink('out'), stderr: sink('err'), inspectOptions: { depth: 0 }, groupIndentation: 4 });
c.log({ a: { b: 1 } });
c.error('to err');
c.group('g');
c.log('indented');
const { log } = c;
log('bound');
console.log(c instanceof Console, console instanceof Console, console.Console === Console, typeof Console);
try { new Console(); } catch (err) { console.log(err.name, err.code, err.message); }
try { new Console({ stdout: {} }); } catch (err) { console.log(err.name, err.code, err.message); }
const failing = new Writable({ write(chunk, encoding, callback) { callback(new Error('broken')); } });
new Console(failing).log('ignored');
console.log('still here');
