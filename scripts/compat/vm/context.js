// A context's global object and the contextified object are one to its code, and live from outside.
'use strict';
const vm = require('vm');
const box = vm.createContext({ a: 1, list: [1, 2] });
const run = (code, options) => {
  try {
    return vm.runInContext(code, box, options);
  } catch (e) {
    return `${e.name}: ${e.message}`;
  }
};
console.log(run('a += 1; b = "new"; var c = 3; function d() { return a } this.e = 5; a'), box.b, box.c, box.e);
box.late = 'set outside';
console.log(run('late'), run('typeof late'), run('delete late'), 'late' in box);
console.log(run('let x = 1; const y = 2; class K { m() { return x } }'), Object.keys(box).sort(), run('[x, y, new K().m()]'));
for (const code of ['y = 3', 'let x = 2', 'var x', 'function x() {}', 'nothing', 'typeof nothing', 'nothing = 1; nothing', '"use strict"; never = 1', 'q; let q = 1', 'delete c', 'delete b']) console.log(code, '->', run(code));
console.log(run('typeof process'), run('typeof require'), run('typeof setTimeout'), run('typeof console'), run('typeof globalThis'), run('typeof Array'));
console.log(run('this === globalThis'), run('(function () { return this === globalThis })()'), run('(() => this === globalThis)()'), run('(function () { "use strict"; return this })()'));
console.log(run('d()'), (box.a = 42, box.d()), run('Function("return a")()'), run('eval("a + 1")'), run('eval("(function () { return a })")()'));
console.log(run('Object.keys(this).sort()'), run('"a" in this'), run('Object.getOwnPropertyNames(globalThis).includes("Array")'));
console.log(run('Object.defineProperty(this, "fixed", { value: 1 }); fixed = 2; fixed'), run('"use strict"; fixed = 2').slice(0, 52));
console.log(run('[1, 2, 3].map((n) => n * list.length)'), run('for (var i = 0; i < 3; i++); i'), box.i);
console.log(run('if (true) { function inBlock() { return "block" } } inBlock()'), run('var { p, q2: [r] } = { p: 1, q2: [2] }; p + r'), box.r);
console.log(run('async function f() { return await a } f() instanceof Promise'), run('`${a} ${typeof a}`'), run('tag`x`; function tag(s) { return this === globalThis && s[0] }'));
console.log(vm.isContext(box), vm.isContext({}), vm.createContext(box) === box);
box.self = box;
console.log(run('self === this'), run('self.a'));
const plain = vm.createContext(vm.constants.DONT_CONTEXTIFY);
console.log(vm.runInContext('globalThis', plain) === plain, vm.runInContext('var z = 1; z', plain), plain.z, vm.isContext(plain));
console.log(vm.runInNewContext('x + y', { x: 1, y: 2 }), vm.runInNewContext('typeof x'), vm.runInNewContext(''));
const later = vm.createContext({ setImmediate, out: [] });
vm.runInContext('setImmediate(() => { n = 1; out.push(n, typeof process) })', later);
setImmediate(() => console.log(later.out, later.n));
