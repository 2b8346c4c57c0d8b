// Built-in modules as ES modules, and syncBuiltinESMExports.
import fs, { readFile, promises } from 'fs';
import * as ns from 'node:fs';
import { syncBuiltinESMExports } from 'module';
import process2, { argv } from 'process';
import EventEmitter, { once } from 'events';

console.log(fs === ns.default, readFile === fs.readFile, promises === fs.promises, process2 === process, argv === process.argv, typeof once, EventEmitter.EventEmitter === EventEmitter);
const original = fs.readFile;
fs.readFile = 5;
console.log(typeof readFile);
syncBuiltinESMExports();
console.log(readFile, ns.readFile);
delete fs.readFile;
syncBuiltinESMExports();
console.log(readFile, 'readFile' in ns);
fs.readFile = original;
fs.added = 1;
syncBuiltinESMExports();
console.log(readFile === original, 'added' in ns);
