// URLSearchParams: making, order, sorting, iteration, encoding, inspect, errors.
'use strict';

for (const init of ['a=1&b=2&a=3', '?x=y', '', 'a&b=&=c&&', 'a=%20+b&c=%zz', { a: 1, b: ['x', 'y'] }, [['a', 'b'], ['c', 'd']], new Map([['m', 'n']]), new URLSearchParams('p=q'), undefined]) console.log(new URLSearchParams(init), String(new URLSearchParams(init)));
const p = new URLSearchParams('b=2&a=1&c=é&a=0');
p.append('d', 'x y+z&=');
console.log(p.get('a'), p.getAll('a'), p.get('nope'), p.has('b'), p.has('a', '0'), p.size, p.toString());
p.set('a', 'only'); p.delete('b'); p.delete('d', 'nope'); p.sort();
console.log([...p], [...p.keys()], [...p.values()], p.entries(), Object.fromEntries(p));
p.forEach(function (value, key, all) { console.log(key, value, all === p, this.x); }, { x: 1 });
for (const run of [() => new URLSearchParams([['a']]), () => new URLSearchParams([5]), () => p.append('x'), () => p.get(), () => p.forEach(5), () => new URLSearchParams(Symbol('x')), () => URLSearchParams.prototype.get.call({}, 'a')]) { try { run(); console.log('fine'); } catch (err) { console.log(err.name, err.code, err.message); } }
