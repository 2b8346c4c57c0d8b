// An ES module as the program: imports, top-level await, import.meta, this.
import fs, { readFileSync } from 'node:fs';
import * as path from 'path';
import folder from './fixtures/folder/index.js';
import named, { value } from './fixtures/esm.mjs';
import { createRequire } from 'module';

console.log(fs.readFileSync === readFileSync, path.basename('/a/b'), folder, named(), value, this);
console.log(path.basename(import.meta.url), path.basename(import.meta.filename), path.basename(import.meta.dirname), typeof import.meta.resolve);
console.log(await Promise.resolve('awaited'), typeof require, createRequire(import.meta.url)('./fixtures/folder'));
export const exported = 1;
