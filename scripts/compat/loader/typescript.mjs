// TypeScript: types are stripped, positions stay.
import describe, { Square, place } from './fixtures/ts/lib.ts';
import old from './fixtures/ts/old.cts';
import { stripTypeScriptTypes } from 'node:module';

console.log(describe(1, 2), describe(1), new Square(3).area(), new Square(3), place(), old);
process.removeAllListeners('warning');
for (const text of ['let x: number = y as any', 'abstract class A<T> { private x?: T; declare y: 1; abstract f(): void }', 'import { type A, b } from "c"; export type { D } from "e"', 'f<T>(x!)', 'let x = a ? (b): c => d : e', 'type A =\n | B\n(c)']) console.log(JSON.stringify(stripTypeScriptTypes(text)));
for (const text of ['enum A {}', 'namespace A { export const b = 1 }', 'class A { constructor(public b) {} }', 'import a = require("b")', 'let a = <b>c', 'export = a', 5]) {
  try { stripTypeScriptTypes(text); } catch (err) { console.log(err.name, err.code, err.message); }
}
console.log(JSON.stringify(stripTypeScriptTypes('let x: y', { sourceUrl: 'a.ts' })));
for (const options of [{ mode: 'other' }, { sourceMap: true }, { sourceUrl: 5 }, 5]) { try { stripTypeScriptTypes('', options); } catch (err) { console.log(err.code, err.message); } }
const err = await import('./fixtures/ts/enum.ts').catch((err) => err);
console.log(err.code, err.stack.split('\n').slice(1, 5));
