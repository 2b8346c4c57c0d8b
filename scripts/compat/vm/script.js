// Script: values, options, file names and offsets in stacks, cached data.
'use strict';
const vm = require('vm');
const attempt = (f) => {
  try {
    return f();
  } catch (e) {
    return `${e.name} ${e.code} ${e.message}`;
  }
};
const script = new vm.Script('counter = (globalThis.counter ?? 0) + 1');
console.log(script.runInThisContext(), script.runInThisContext(), counter, script.runInNewContext({ counter: 10 }), counter);
for (const code of ['1; 2', '"use strict"', '{ 5 }', 'if (true) 7; else 8', 'var v = 1', 'let l = 1; l', 'for (var i = 0; i < 3; i++) i', '', ';', 'switch (1) { case 1: "one" }', '() => 1', '({ a: 1 })']) {
  console.log(JSON.stringify(code), vm.runInThisContext(code), vm.runInNewContext(code));
}
const place = (e) => /place\.js:\d+(:\d+)?/.exec(e.stack)[0];
for (const options of [{}, { lineOffset: 10 }, { columnOffset: 7 }, { lineOffset: 3, columnOffset: 2 }]) {
  for (const code of ['throw new Error("x")', '\n  throw new Error("x")']) {
    const o = { filename: 'place.js', ...options };
    for (const run of [() => vm.runInThisContext(code, o), () => vm.runInNewContext(code, {}, o)]) {
      try {
        run();
      } catch (e) {
        console.log(JSON.stringify(options), JSON.stringify(code), e.stack.split('\n').slice(0, 5).filter((l) => !/^ +at/.test(l)), /at (place.*)/.exec(e.stack)[1]);
      }
    }
  }
}
try {
  new vm.Script('var a = ;', 'place.js');
} catch (e) {
  console.log(e.name, e.stack.split('\n').slice(0, 3), place(e));
}
try {
  vm.runInThisContext('throw new Error("plain")', { filename: 'place.js', displayErrors: false });
} catch (e) {
  console.log(e.stack.split('\n')[0]);
}
console.log(attempt(() => vm.runInThisContext('for (;;);', { timeout: 5 })), attempt(() => vm.runInNewContext('for (;;);', {}, { timeout: 5 })), attempt(() => vm.runInThisContext('1 + 1', { timeout: 1000 })));
console.log(vm.runInThisContext('try { (function () { return "after a timeout" })() } catch {}'));

for (const options of [1, null, { filename: 1 }, { lineOffset: 'x' }, { lineOffset: 0.5 }, { columnOffset: 2 ** 40 }, { cachedData: 'x' }, { produceCachedData: 1 }, { importModuleDynamically: 'x' }]) {
  console.log(options, attempt(() => new vm.Script('1', options)));
}
for (const options of [1, { timeout: 0 }, { timeout: -1 }, { timeout: 'x' }, { displayErrors: 1 }, { breakOnSigint: 'x' }]) console.log(options, attempt(() => script.runInThisContext(options)));
for (const box of [undefined, null, 1, 'x', {}, []]) console.log(box, attempt(() => vm.runInContext('1', box)), attempt(() => vm.createContext(box)) === box, attempt(() => vm.isContext(box)));
for (const options of [1, { name: 1 }, { origin: 1 }, { codeGeneration: 1 }, { codeGeneration: { strings: 1 } }, { microtaskMode: 'x' }]) console.log(options, attempt(() => vm.createContext({}, options)));

const data = new vm.Script('1 + 1').createCachedData();
console.log(Buffer.isBuffer(data), new vm.Script('1 + 1', { cachedData: data }).cachedDataRejected, typeof new vm.Script('1 + 2', { cachedData: data }).cachedDataRejected);
const produced = new vm.Script('2', { produceCachedData: true });
console.log(produced.cachedDataProduced, Buffer.isBuffer(produced.cachedData), Object.keys(new vm.Script('//# sourceMappingURL=x.map')), new vm.Script('1\n//# sourceMappingURL=x.map').sourceMapURL);
console.log(Object.keys(vm), vm.Script.length, Object.getOwnPropertyNames(vm.Script.prototype));
