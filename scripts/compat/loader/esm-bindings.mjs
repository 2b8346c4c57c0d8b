// Live bindings, namespaces, and passing exports on.
import first, { count, increment, 'string name' as named } from './fixtures/esm/counter.mjs';
import * as ns from './fixtures/esm/counter.mjs';
import * as through from './fixtures/esm/through.mjs';

console.log(first, count, named);
increment();
console.log(first, count, named, ns.count, ns.default, through.c, through.all === ns);
console.log(ns, Object.keys(through), through.first);
console.log(Reflect.ownKeys(ns), Object.isExtensible(ns), Object.getPrototypeOf(ns), Object.prototype.toString.call(ns), 'nope' in ns);
console.log(Object.getOwnPropertyDescriptor(ns, 'count'), JSON.stringify(ns), { ...ns });
for (const attempt of [() => { ns.count = 5; }, () => { ns.nope = 5; }, () => { delete ns.count; }, () => { count = 5; }, () => { count++; }]) {
  try { attempt(); } catch (err) { console.log(err.name, err.message); }
}
{ const count = 'shadowed'; console.log(count, { count }); }
console.log(`${count}`, [count], { count }, ((count) => count)(7));
