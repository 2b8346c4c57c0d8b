// Async methods are instances of AsyncFunction, as other async functions are.
class A { async m() {} static async s() {} get g() { return async () => {}; } }
const o = { async m(a, b) {}, a: async () => {}, async 'x y'() {}, async [1 + 1]() {}, plain() {} };
for (const f of [A.prototype.m, A.s, new A().g, o.m, o.a, o['x y'], o[2], o.plain, async function () {}]) console.log(f, f.constructor.name, Object.prototype.toString.call(f), Object.getPrototypeOf(f) === Object.getPrototypeOf(async () => {}), f.length, 'prototype' in f);
new A().m().then((v) => console.log(v));
