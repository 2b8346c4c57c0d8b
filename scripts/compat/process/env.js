// process.env turns everything into strings, as an object with its own rules.
'use strict';

process.env.A = 5;
process.env.B = undefined;
process.env.C = null;
process.env.D = true;
console.log(process.env.A, typeof process.env.A, process.env.B, process.env.C, process.env.D, process.env.NOPE);
delete process.env.A;
console.log('A' in process.env, process.env.A, delete process.env.NOPE, Object.keys(process.env).filter((k) => /^[A-D]$/.test(k)));
try { process.env.X = Symbol('x'); } catch (err) { console.log(err.name); }
try { Object.defineProperty(process.env, 'Y', { value: 'x' }); } catch (err) { console.log(err.code, err.message); }
Object.defineProperty(process.env, 'Z', { value: 'z', configurable: true, writable: true, enumerable: true });
console.log(process.env.Z, process.env.hasOwnProperty('Z'), { ...process.env }.Z, JSON.parse(JSON.stringify(process.env)).Z, process.env.toString());
process.env[''] = 'x';
console.log(process.env['']);
