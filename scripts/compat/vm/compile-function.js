// compileFunction: parameters, extensions, contexts, and what is refused.
'use strict';
const vm = require('vm');
const attempt = (f) => {
  try {
    return f();
  } catch (e) {
    return `${e.name} ${e.code} ${e.message}`;
  }
};
console.log(vm.compileFunction('return a + b', ['a', 'b'])(1, 2), vm.compileFunction('return this', []).call('x') == 'x', vm.compileFunction('return arguments.length', ['a'])(1, 2, 3));
const f = vm.compileFunction('"use strict"; return [this, a]', ['a']);
console.log(f(1), f.name, f.length, String(f));
const box = vm.createContext({ x: 10 });
console.log(vm.compileFunction('x += 1; y = typeof process; return this === globalThis', [], { parsingContext: box })(), box);
const shared = { count: 1 };
const g = vm.compileFunction('count++; return [count, typeof other, typeof process]', [], { contextExtensions: [shared] });
console.log(g(), g(), shared);
console.log(vm.compileFunction('return one + two + x', [], { parsingContext: box, contextExtensions: [{ one: 1 }, { two: 2, one: 5 }] })());
try {
  vm.compileFunction('\nthrow new Error("x")', [], { filename: 'fn.js', lineOffset: 4, columnOffset: 3 })();
} catch (e) {
  console.log(/fn\.js:\d+:\d+/.exec(e.stack)[0]);
}
for (const args of [[1], ['', 1], ['', [1]], ['', ['a'], 1], ['', [], { filename: 1 }], ['', [], { parsingContext: {} }], ['', [], { contextExtensions: 1 }], ['', [], { contextExtensions: [1] }], ['', [], { cachedData: 1 }], ['', [], { lineOffset: 'x' }]]) {
  console.log(args, attempt(() => typeof vm.compileFunction(...args)));
}
const made = vm.compileFunction('return 1', [], { produceCachedData: true });
console.log(made.cachedDataProduced, vm.compileFunction('return 1', [], { cachedData: made.cachedData }).cachedDataRejected);
