// indexOf, lastIndexOf, includes, equals, compare, fill, write, copy, slice.
'use strict';

const b = Buffer.from('this is a buffer, this');
console.log(b.indexOf('is'), b.indexOf('is', 3), b.indexOf('is', -5), b.indexOf(Buffer.from('a b')), b.indexOf(97), b.indexOf(99 + 256), b.indexOf('nope'), b.indexOf(''), b.indexOf('', 100), b.indexOf('73', 'hex'), b.lastIndexOf('this'), b.lastIndexOf('this', -5), b.lastIndexOf('this', -50), b.includes('buf'), b.includes('buf', 12));
console.log(b.indexOf('is', undefined), b.indexOf('is', NaN), b.lastIndexOf('this', undefined), b.lastIndexOf('this', null), b.indexOf(new Uint8Array([105, 115])));
try { b.indexOf({}); } catch (err) { console.log(err.code, err.message); }
console.log(Buffer.compare(Buffer.from('a'), Buffer.from('b')), Buffer.from('abc').compare(Buffer.from('xabcx'), 1, 4), Buffer.from('a').equals(Buffer.from('a')), Buffer.from('a').equals(new Uint8Array([97])));
try { Buffer.from('a').equals('a'); } catch (err) { console.log(err.code, err.message); }
const f = Buffer.alloc(6);
console.log(f.fill('abc', 1, 5), f.fill(0x61, 2), f.fill(''), f.fill('é'), f.fill(Buffer.from([1, 2]), 0, 3), f.fill('ff', 'hex'));
try { f.fill('x', 0, 10); } catch (err) { console.log(err.code, err.message); }
console.log(f.write('héé', 1), f, f.write('abcdefgh', 2), f, f.write('ff', 0, 'hex'), f, f.write('abc', 1, 1), f, f.write('é', 5), f);
try { f.write('x', 10); } catch (err) { console.log(err.code, err.message); }
const t = Buffer.alloc(4);
console.log(b.copy(t, 1, 0, 2), t, b.copy(t), t, b.copy(t, 2, 20), t, b.copy(t, 0, 5, 2), b.copy(new Uint8Array(2)));
try { b.copy(t, -1); } catch (err) { console.log(err.code, err.message); }
const s = b.slice(-4, -1);
s[0] = 84;
console.log(String(s), String(b), String(b.subarray(5, 3)), b.slice('2', '4').toString(), s.buffer === b.buffer, s.parent === b.buffer);
console.log([...Buffer.from('ab').entries()], [...Buffer.from('ab').keys()], Buffer.from('ab').at(-1), Buffer.from('cab').sort().toString(), Buffer.from('ab').map((x) => x + 1), Buffer.from('ab').reverse().toString());
