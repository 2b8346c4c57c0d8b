package engine

import (
	"testing"

	"github.com/dop251/goja"
)

// sources run with goja's instructions and with ours; out must be the same.
var sources = []string{
	// for-of and array patterns
	`for (const x of [1, 'a', {}.x, null]) out.push(x)`,
	`for (const x of []) out.push(x)`,
	`for (const x of [1, , 3]) out.push(x)`,
	`Array.prototype[1] = 'hole'; for (const x of [1, , 3]) out.push(x); delete Array.prototype[1]`,
	`const a = [1, 2, 3]; for (const x of a) { out.push(x); if (a.length < 6) a.push(x * 10) }`,
	`const a = [1, 2, 3]; for (const x of a) { out.push(x); a.length = 1 }`,
	`const a = [1, 2, 3]; for (const x of a) { out.push(x); a.shift() }`,
	`const a = [1, 2]; Object.defineProperty(a, 1, { get: () => 'got' }); for (const x of a) out.push(x)`,
	`const a = []; a[100000] = 1; for (const x of a) if (x) out.push(x)`,
	`const it = [1, 2, 3].values(); for (const x of it) { out.push(x); if (x === 2) break } out.push(it.next().done)`,
	`for (const [k, v] of [1, 2].entries()) out.push(k, v)`,
	`for (const k of [1, 2].keys()) out.push(k)`,
	`for (const x of new Uint8Array([1, 2])) out.push(x)`,
	`for (const x of new Set([1, 2])) out.push(x)`,
	`for (const [k, v] of new Map([[1, 2]])) out.push(k, v)`,
	`for (const c of 'aé😀') out.push(c)`,
	`function* g() { try { yield 1; yield 2 } finally { out.push('closed') } } for (const x of g()) { out.push(x); break }`,
	`const p = Object.getPrototypeOf([].values()), next = p.next; let n = 0;
		 p.next = function () { return n++ < 2 ? { value: 'patched', done: false } : { done: true } };
		 for (const x of [1]) out.push(x); p.next = next`,
	`const it = [1, 2].values(); it.next = () => ({ value: 3, done: out.length > 0 }); for (const x of it) out.push(x)`,
	`const a = [1]; a[Symbol.iterator] = function* () { yield 'own' }; for (const x of a) out.push(x)`,
	`const [a, b, ...c] = [1, 2, 3, 4]; out.push(a, b, c.length)`,
	`for (const x of [1, 2]) { try { if (x === 2) throw 'e'; out.push(x) } catch (e) { out.push(e) } finally { out.push('f') } }`,
	`const it = [1].values(); for (const x of it); for (const x of it) out.push('again'); out.push(it.next().value)`,
	`outer: for (const x of [1, 2, 3]) { for (const y of [1, 2, 3]) { if (y === 2) continue outer; if (x === 3) break outer; out.push(x, y) } }`,
	`for (const f of [1, 2].map(x => () => x)) out.push(f())`,

	// elements
	`const a = [1, , 'x']; out.push(a[0], a[1], a[2], a[3], a[-1], a['0'], a['length'], a[1.5])`,
	`const o = { a: 1, get b() { return this.a + 1 }, 'é': 3, 1: 'one' }; for (const k of ['a', 'b', 'é', 'toString', 'x', '1']) out.push(o[k])`,
	`const s = Symbol(), o = { [s]: 1 }; out.push(o[s], o[null], o[undefined], 'abc'[1], 'abc'['length'], 5['toFixed'](1))`,
	`const o = {}; for (const k of ['a', 'é', 1, 's', null]) out.push(o[k] = k); out.push(JSON.stringify(o))`,
	`const a = [1, 2, 3]; a[1] = 'b'; a[5] = 'f'; a['2'] = 'c'; out.push(a.length, a[0] = 'a', a.join())`,
	`const a = [1, 2]; a.length = 1; a[1] = 5; out.push(a.length, a[1])`,
	`'use strict'; const f = Object.freeze([1]); try { f[0] = 2 } catch (e) { out.push(e.name) } out.push(f[0])`,
	`'use strict'; const f = Object.freeze({ a: 1 }); try { f['a'] = 2 } catch (e) { out.push(e.name) } try { f['b'] = 2 } catch (e) { out.push(e.name) }`,
	`const f = Object.freeze({ a: 1 }); f['a'] = 2; out.push(f.a, f['b'] = 3, f.b)`,
	`const o = { set x(v) { out.push('set', v, this === o) } }; o['x'] = 1; Object.create(o)['x'] = 2`,
	`const p = new Proxy([], { get: (t, k) => 'got ' + String(k), set: (t, k, v) => { out.push(k, v); return true } }); out.push(p[0], p['x']); p[1] = 2; p['y'] = 3`,
	`const t = new Uint8Array(2); t[0] = 300; t[5] = 1; out.push(t[0], t[1], t[5])`,
	`try { null['x'] } catch (e) { out.push(e.name) } try { undefined[0] = 1 } catch (e) { out.push(e.name) }`,
	`function f() { arguments[0] = 'new'; return arguments[1] + arguments[0] } out.push(f(1, 2))`,
	`const a = [1, 2, 3]; Object.defineProperty(a, 0, { value: 9, writable: false }); a[0] = 1; out.push(a[0])`,
	`const order = []; const o = { get a() { order.push('o'); return {} } }; o['a'][(order.push('k'), 'x')] = (order.push('v'), 1); out.push(order.join())`,
	`'use strict'; try { 'abc'[0] = 'x' } catch (e) { out.push(e.name) } try { (5)['x'] = 1 } catch (e) { out.push(e.name) }`,
	`const a = []; for (let i = 0; i < 5; i++) a[i] = i * i; a[2] += 10; a[1]++; out.push(a.join(), a[4] ??= 7, a[9] ??= 8)`,

	`'use strict'; const o = {}, k = 'a'; out.push(o[k] = 1, o.a, [0][0] = 5)`,

	// properties
	`out.push('abc'.length, 'abc'.indexOf('c'), 'é'.length, 'é'.charCodeAt(0), ''.length, 'abc'.x, 'x'.repeat(300).length, 'abc'.constructor === String, 'abc'.toString === String.prototype.toString)`,
	`String.prototype.mine = function () { return typeof this + this }; Object.defineProperty(String.prototype, 'strictly', { get() { 'use strict'; return typeof this }, configurable: true }); out.push('a'.mine(), 'a'.strictly); delete String.prototype.mine; delete String.prototype.strictly; out.push('a'.mine)`,
	`const t = new Uint8Array([5, 6]); t.own = 1; out.push(t.length, t.own, t.x, t.join('-'), t.Infinity, t.NaN, t.subarray(1).length, t.constructor.name)`,
	`class T extends Uint8Array { get twice() { return this.length * 2 } } out.push(new T(3).twice, (5).toFixed(1), true.toString(), Symbol('d').description, 10n.toString())`,
	`try { null.x } catch (e) { out.push(e.name) } try { undefined.f() } catch (e) { out.push(e.message) } try { 'a'.nothing() } catch (e) { out.push(e.message) } try { ({}).nothing() } catch (e) { out.push(e.message) } try { new Uint8Array().nothing() } catch (e) { out.push(e.message) }`,
	`const o = { get self() { return this }, f() { return this === o } }; out.push(o.self === o, o.f(), Object.create(o).self === o, new Proxy(o, { get: (t, k) => k }).anything)`,

	// arguments
	`'use strict'; function f(a, b) { a = 'changed'; return [arguments.length, arguments[0], arguments[1], arguments[2], Object.keys(arguments).join(), Object.getOwnPropertyNames(arguments).join(), typeof arguments, String(arguments)].join(' ') } out.push(f(), f(1), f(1, 2, 3))`,
	`'use strict'; function f() { return [...arguments].join('-') + Array.from(arguments).length + [].slice.call(arguments, 1).length + JSON.stringify(arguments) } out.push(f(1, 2), f(...Array(20).keys()))`,
	`'use strict'; function f() { try { return arguments.callee } catch (e) { return e.name } } out.push(f()); function g() { arguments.x = 1; arguments[0] = 2; arguments.length = 9; delete arguments[1]; return Object.getOwnPropertyNames(arguments).join() + arguments.length } out.push(g(1, 2))`,
	`'use strict'; function f() { arguments[Symbol.iterator] = function* () { yield 'own' }; return [...arguments].join() } function g() { return [...arguments].join() } out.push(f(1), g(2), f.apply(null, (function () { return arguments })(3)))`,
	`'use strict'; function f(a, ...r) { return arguments.length + r.length } function d(a = 1, { b } = {}) { return arguments.length + ':' + a } out.push(f(1, 2, 3), d(), d(2, {}), ((...a) => a.length)(1, 2)); JSON.stringify(Object.getOwnPropertyDescriptors((function () { return arguments })(1)))`,
	`'use strict'; function f(fn) { return fn.apply(this, arguments) } out.push(f(function (a, b) { return b }, 2)); for (const k in (function () { return arguments })('a', 'b')) out.push(k)`,

	`'use strict'; function f() { const a = arguments; return [a[0], a[1], a[2], a['0'], a.length, 'length' in a, 0 in a, 5 in a, a.hasOwnProperty(1), a.x, a.toString === Object.prototype.toString, Object.getPrototypeOf(a) === Object.prototype].join() } out.push(f(), f(1), f('a', null, undefined, {}))`,
	`'use strict'; function f() { const a = arguments; out.push(Symbol.iterator in a, a[Symbol.iterator] === [].values, a[Symbol.toStringTag], Object.getOwnPropertySymbols(a).length, Reflect.ownKeys(a).map(String).join()); a[Symbol.toStringTag] = 'T'; out.push(String(a)); delete a[Symbol.iterator]; try { [...a] } catch (e) { out.push(e.name) } } f(1, 2)`,
	`'use strict'; function f() { const a = arguments; for (let i = 0; i < a.length; i++) a[i] *= 2; a[5] = 'x'; a.length = 6; return Array.prototype.map.call(a, String).join() } out.push(f(1, 2), f()); function g() { return Math.max.apply(null, arguments) + Reflect.apply(Math.min, null, arguments) + Array.prototype.slice.call(arguments).length } out.push(g(4, 9, 2))`,
	`'use strict'; function f() { return Object.isFrozen(Object.freeze(arguments)) + Object.keys(arguments).join() + JSON.stringify({ ...arguments }) + Object.entries(arguments).join() } out.push(f(1, 2)); function g(a) { a = 2; return arguments[0] } out.push(g(1)); function h() { return structure(arguments) } function structure(a) { const [x, , y = 'd'] = a; return x + y } out.push(h(1), h(1, 2, 3))`,

	// objects, arrays and functions
	`function f(a, b = () => a, c = eval('a')) { var a = 2; return [a, b(), c].join() } out.push(f(1), f.length)`,
	`function f(a, b = arguments.length, { c = () => a } = {}) { let d = () => a + b; a = 5; return [c(), d()].join() } out.push(f(1))`,
	`const o = { b: 1, a: 2, 2: 'two', 1: 'one', b: 3, ['c' + 1]: 4, get g() { return 5 }, é: 6, m() {}, f: () => {}, 'x y': 7 }; out.push(Object.keys(o).join(), JSON.stringify(o), o.m.name, o.f.name)`,
	`const o = { a: 1, b: 2, c: 3, d: 4, e: 5 }; delete o.b; o.b = 6; out.push(Object.keys(o).join(), 'b' in o, o.hasOwnProperty('c'))`,
	`const o = { a: 1, b: 2 }; for (const k in o) { out.push(k); if (k === 'a') { o.z = 1; delete o.b; o.b = 3 } } out.push(Object.keys(o).join())`,
	`const o = { a: 1, b: 2, c: 3 }; for (const k in o) { o[k + k] = 1; delete o[k] } out.push(Object.keys(o).join())`,
	`const o = { a: 1 }; for (const k in o) break; const p = { ...o, b: 2 }; for (const k in p) break; p.c = 3; out.push(JSON.stringify(p))`,
	`const o = Object.freeze({ a: 1 }); try { 'use strict'; o.a = 2; o.b = 3 } catch (e) { out.push(e.name) } out.push(JSON.stringify(o), Object.isFrozen(o))`,
	`out.push(JSON.stringify(Object.getOwnPropertyDescriptors({ a: 1, get b() { return 1 } })), {}.constructor === Object, Object.getPrototypeOf({}) === Object.prototype, String({}), typeof {})`,
	`const o = { __proto__: { inherited: 1 }, own: 2 }; out.push(o.inherited, Object.keys(o).join()); const n = { __proto__: null }; out.push(Object.getPrototypeOf(n))`,
	`Object.defineProperty(Object.prototype, 'set', { set() { throw 'setter' }, configurable: true }); const o = { set: 1, ...{ set: 2 } }; delete Object.prototype.set; out.push(o.set)`,
	`const s = Symbol(); const o = { ...{ a: 1, [s]: 2 }, ...null, ...undefined, ...'hi', ...[7, 8], ...5 }; out.push(JSON.stringify(o), o[s])`,
	`const src = { get a() { out.push('got'); return 1 } }; const o = { ...src }; out.push(JSON.stringify(Object.getOwnPropertyDescriptor(o, 'a')))`,
	`const src = Object.create({ inherited: 1 }, { hidden: { value: 1 }, shown: { value: 2, enumerable: true } }); out.push(JSON.stringify({ ...src }))`,
	`const o = { a: 1, b: 2, ...{ b: 3, c: 4 }, a: 5 }; out.push(JSON.stringify(o)); const { a, ...rest } = o; out.push(JSON.stringify(rest))`,
	`const p = new Proxy({ a: 1 }, { ownKeys: t => { out.push('keys'); return Reflect.ownKeys(t) } }); out.push(JSON.stringify({ ...p }))`,
	`class F { x = 1; static s = { y: 2 } } out.push(JSON.stringify({ ...new F() }), JSON.stringify({ ...F.s }))`,
	`const a = [1, 'two', { three: 3 }, [4], , undefined, null]; out.push(a.length, JSON.stringify(a), 4 in a, Object.keys(a).join(), Object.getOwnPropertyNames(a).join())`,
	`const a = []; a.push(1, 2); a.x = 'prop'; a[4] = 5; a.length = 3; out.push(a.length, a.x, Object.keys(a).join(), JSON.stringify(Object.getOwnPropertyDescriptor(a, 'length')), Array.isArray(a), a instanceof Array)`,
	`const a = [3, 1, 2]; out.push(a.sort().join(), a.concat([4], 5).length, [...a, ...[9]].join(), a.map(x => x * 2).join(), [[1, [2]], 3].flat(2).join(), delete a.length, a.hasOwnProperty('length'))`,
	`const a = Object.freeze([1]); try { 'use strict'; a.push(2) } catch (e) { out.push(e.name) } out.push(a.length); const b = [1, 2]; Object.defineProperty(b, 'length', { writable: false }); try { b.push(3) } catch (e) { out.push(e.name) } out.push(b.length)`,
	`const f = function named(a, b, c = 1) {}; out.push(f.name, f.length, Object.getOwnPropertyNames(f).join(), JSON.stringify(Object.getOwnPropertyDescriptors(f)), f.prototype.constructor === f)`,
	`const f = (a, ...b) => {}; out.push(f.name, f.length, Object.getOwnPropertyNames(f).join(), 'prototype' in f, f.toString(), Object.getPrototypeOf(f) === Function.prototype, (() => {}).name === '')`,
	`const f = function () {}, g = function () {}; f.x = 1; f.name = 'no'; delete f.length; Object.defineProperty(f, 'name', { value: 'new' }); out.push(f.name, f.length, Object.getOwnPropertyNames(f).join(), g.name, g.length, Object.getOwnPropertyNames(g).join(), Object.keys(f).join())`,
	`const é = () => {}, o = { 'ключ': function () {}, [Symbol('s')]: () => {} }; out.push(é.name, o['ключ'].name)`,
	`class A { constructor() { this.v = 1; this.f = () => () => this.v } m() { return (() => super.toString === Object.prototype.toString)() } n() { return [1].map(() => (() => new.target === undefined)())[0] } } const x = new A(); out.push(x.f()(), x.m(), x.n(), new (function () { this.t = (() => new.target !== undefined)() })().t)`,
	`class B { who() { return 'B' } } class C extends B { who() { const f = () => { const g = () => super.who(); return g() }; return 'C' + f() } } out.push(new C().who())`,
	`function outer() { arguments; return (() => arguments.length + this.k)() } out.push(outer.call({ k: 10 }, 1, 2)); const fs = []; for (let i = 0; i < 3; i++) fs.push(() => i++); out.push(fs.map(f => f() + f()).join())`,
	`function Old(v) { this.v = v } Old.prototype.get = function () { return this.v }; const o = new Old(4); out.push(o.get(), o instanceof Old, Object.keys(o).join(), o.constructor.name); const bound = o.get.bind({ v: 5 }); out.push(bound(), bound.name)`,
	`const t = (s, ...v) => s.raw.join('|') + v.join(); out.push(t` + "`a${1}b${2}c`" + `, ((a, b = a, { c, d: [e] } = { c: 1, d: [2] }) => [a, b, c, e].join())(9))`,
	// arithmetic
	`const n = [0, -0, 1, -1, 2, 0.5, -0.5, 1e3, 1e15, 2 ** 31, -(2 ** 31), 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1e300, -1e300, NaN, Infinity, -Infinity, 5e-324, 255, 256, 1023, 1024];
	 for (const a of n) for (const b of n) { const r = [a + b, a - b, a * b, a < b, a <= b, a > b, a >= b]; if (a !== 0 && b !== 0) r.push(Object.is(a * b, -0)); out.push(r.join(' ')) }`,
	`out.push(Object.is(0 * -1, -0), Object.is(-1 * 0, -0), Object.is(0 * 1, 0), Object.is(-0 + -0, -0), Object.is(0 - 0, 0), Object.is(0.5 - 0.5, 0), Number.isInteger(0.5 + 0.5), [10, 20, 30][0.5 * 2], 'abcd'[1.5 * 2])`,
	`const v = ['1', '', 'x', null, undefined, true, false, {}, [], [2], { valueOf: () => 7 }, new Date(5), 3, 1.5]; for (const a of v) for (const b of v) { const r = []; for (const f of [(a, b) => a - b, (a, b) => a * b, (a, b) => a < b, (a, b) => a >= b]) try { r.push(f(a, b)) } catch (e) { r.push(e.name) } out.push(r.join()) }`,
	`for (const [a, b] of [[1n, 2n], [1n, 2], [2, 1n], ['1', 1n], [1n, 'x']]) for (const f of [(a, b) => a + b, (a, b) => a - b, (a, b) => a * b, (a, b) => a < b, (a, b) => a <= b, (a, b) => a > b, (a, b) => a >= b]) try { out.push(f(a, b)) } catch (e) { out.push(e.name) }`,
	`const log = []; const o = n => ({ valueOf() { log.push(n); return n } }); out.push(o(1) + o(2), o(3) - o(4), o(5) * o(6), o(7) < o(8), o(9) > o(10), o(11) <= o(12), o(13) >= o(14), log.join()); try { Symbol() + 1 } catch (e) { out.push(e.name) } try { Symbol() < 1 } catch (e) { out.push(e.name) }`,
	`let s = 0; for (let i = 0; i <= 100; i++) s += i * 1.5; out.push(s); let f = 1; for (let i = 1; i < 25; i++) f *= i; out.push(f); let t = ''; for (let i = 0; i < 5; i++) t += i; out.push(t, 1 + '2', '3' - 1, '3' * '4', +'5' + +'6')`,

	// objects with shapes
	`const o = { a: 1 }; o.b = 2; o.c = o.b = 3; o.d = o; out.push(Object.keys(o).join(), o.b, o.d === o, 'c' in o, 'x' in o, o.hasOwnProperty('a'), Object.hasOwn(o, 'x')); o['e' + 1] = 5; o[7] = 8; out.push(Object.keys(o).join())`,
	`'use strict'; const o = {}; out.push((o.a = 1, o.b = o.a = 2), o.a); function F() { return (this.x = 5) } out.push(new F().x); try { (1).x = out.y = 2 } catch (e) { out.push(e.name) } Object.preventExtensions(o); o.a = 9; try { o.z = 1 } catch (e) { out.push(e.name, e.message) } out.push(Object.keys(o).join(), o.a)`,
	`const o = { a: 1, b: 2, c: 3 }; out.push(delete o.b, delete o.x, Object.keys(o).join()); o.b = 4; out.push(JSON.stringify(o), Object.entries(o).join(), Object.values(o).join())`,
	`const o = { a: 1 }; Object.defineProperty(o, 'h', { value: 2, configurable: true }); Object.defineProperty(o, 'a', { get() { return 'got' } }); out.push(o.a, o.h, Object.keys(o).join(), Object.getOwnPropertyNames(o).join())`,
	`let log = ''; Object.defineProperty(Object.prototype, 'watched', { set(v) { log += 'set' + v }, get() { log += 'get'; return 1 }, configurable: true }); const o = {}; o.watched = 5; out.push(Object.keys(o).length, log); delete Object.prototype.watched; o.watched = 6; out.push(Object.keys(o).join())`,
	`Object.defineProperty(Object.prototype, 'fixed', { value: 1, configurable: true }); const o = {}; o.fixed = 2; out.push(o.fixed, Object.keys(o).length); const p = { fixed: 3 }; p.fixed = 4; out.push(p.fixed); delete Object.prototype.fixed`,
	`const o = { a: 1 }; o.__proto__ = { b: 2 }; out.push(o.b, Object.keys(o).join()); o.b = 3; o.c = 4; out.push(Object.keys(o).join(), Object.getPrototypeOf(o).b); const n = { ['__proto__']: 1 }; out.push(Object.keys(n).join(), Object.getPrototypeOf(n) === Object.prototype)`,
	`const proto = { a: 1, get g() { return this.own }, set s(v) { this.own = v }, m() { return this.own } }; const o = Object.create(proto); o.s = 4; o.a = 2; out.push(o.g, o.m(), o.a, proto.a, Object.keys(o).join(), Object.keys(proto).join())`,
	`const base = { x: 1, f() { return 'base' + this.x } }; const o = { __proto__: base, x: 2, f() { return 'o' + super.f() } }; out.push(o.f()); base.x = 3; base.y = 4; out.push(o.y, Object.create(base).x)`,
	`function F() {} F.prototype = { m() { return this.v } }; const f = new F(); f.v = 8; out.push(f.m(), f instanceof F, Object.getPrototypeOf(f) === F.prototype)`,
	`const s = Symbol('s'), o = { a: 1, [s]: 2 }; o[s] = 3; const c = { ...o }, d = Object.assign({ z: 0 }, o); out.push(c[s], d[s], Object.getOwnPropertySymbols(c).length, JSON.stringify(c), Reflect.ownKeys(d).map(String).join())`,
	`const o = {}; for (let i = 0; i < 100; i++) o['key' + i] = i; out.push(Object.keys(o).length, o.key99, o.key100); const w = { a0: 0, a1: 1, a2: 2, a3: 3, a4: 4, a5: 5, a6: 6, a7: 7, a8: 8, a9: 9, a10: 10, a11: 11 }; out.push(w.a11, w.a0, w.a12, 'a8' in w, Object.keys(w).join())`,
	`const o = { a: 1, b: 2, a: 3 }; out.push(JSON.stringify(o)); const p = { x: 1, ...{ x: 2, y: 3 }, y: 4 }; out.push(JSON.stringify(p)); const q = { ...p, ...p }; p.x = 9; out.push(q.x, JSON.stringify(q))`,
	`const made = []; for (let i = 0; i < 3; i++) { const o = { i }; if (i % 2) o.odd = true; else o.even = true; o.last = i; made.push(o) } out.push(JSON.stringify(made))`,
	`const o = { a: 1, b: { c: [1, { d: 2 }] } }; const f = Object.freeze({ ...o }); f.a = 2; f.n = 1; out.push(JSON.stringify(f), Object.isFrozen(f), Object.isSealed(Object.seal({ q: 1 })), Object.isExtensible(o)); const { a, ...rest } = o; out.push(a, JSON.stringify(rest)); rest.b.c = 5; out.push(o.b.c)`,
	`const o = { valueOf() { return 42 }, toString() { return 'text' } }; out.push(o + 1, String(o), [] + { x: 1 }, o > 41, JSON.stringify({ toJSON() { return { j: 1 } } }), JSON.stringify({ a: { toJSON: () => 'inner' }, u: undefined, f() {}, n: NaN }))`,
	`const o = { a: 1, b: 2 }; for (const k in o) { out.push(k, delete o.b) } const e = { x: 1, y: 2, z: 3 }; for (const k in e) { if (k === 'x') { delete e.y; e.w = 1 } out.push(k) }`,
	`const o = { a: 1 }, was = o; o.b = 2; const m = new Map([[o, 'found']]), w = new WeakMap([[o, 1]]); o['c d'] = 3; delete o.a; out.push(m.get(was), w.get(was), o === was, Object.is(o, was))`,
	`const p = new Proxy({ a: 1 }, { get: (t, k, r) => k in t ? Reflect.get(t, k, r) : 'none', set: (t, k, v, r) => Reflect.set(t, k, v, r) }); p.b = 2; out.push(p.a, p.b, p.c, JSON.stringify(p)); const t = { __proto__: p }; t.own = 1; out.push(t.zzz, Object.keys(t).join())`,
	`const o = { f() { return this === o }, g: () => typeof this, h: function () { return this.k }, k: 1 }; out.push(o.f(), o.g(), o.h(), o?.k, o?.['k'], o.none?.x, (o.k += 2), o.k++, ++o.k, o.k, (o.n ??= 5), (o.k &&= 0), delete o.f)`,
	`with ({ a: 1, b: 2 }) { a = 5; b++; out.push(a, b) } const env = { x: 1 }; with (env) { x = 2; var y = x } out.push(env.x, y, Object.keys(env).join())`,
	`class A { #p = 1; constructor(o) { return o } static has(o) { return #p in o } } class B extends A { #q = 2; static get(o) { return o.#q } } const o = { a: 1 }; new B(o); out.push(B.get(o), Object.keys(o).join())`,
	`const o = { a: 1, b: 2 }; out.push(Reflect.set(o, 'a', 5), Reflect.set(o, 'c', 6), Reflect.set(o, 'a', 7, { a: 0 }), o.a, Reflect.deleteProperty(o, 'b'), Reflect.has(o, 'b'), Reflect.ownKeys(o).join(), JSON.stringify(Reflect.getOwnPropertyDescriptor(o, 'a')), Object.getOwnPropertyDescriptor(o, 'zz'))`,
	`const o = { length: 2, 0: 'a', 1: 'b' }; out.push(Array.from(o).join(), Array.prototype.join.call(o), Array.prototype.push.call(o, 'c'), o.length, JSON.stringify(o)); const l = { length: 1 }; Array.prototype.push.call(l, 'x', 'y'); out.push(JSON.stringify(l))`,
	`for (const result of [{ index: 86 }, { index: 1, input: 'x' }]) { const re = { exec() { return result } }; out.push(RegExp.prototype[Symbol.search].call(re, 'abc'), Object.keys(re).join(), re.lastIndex) }`, // goja keeps the table of re
	`const o = { a: 1, toString() { delete o.a; o.b = 2; return 'k' } }; out.push(o[o], Object.keys(o).join()); const p = { get x() { p.y = 1; return Object.keys(p).join() }, [{ toString: () => 'z' }]: 3 }; out.push(p.x, p.z)`,
	`function f() { return f.caller === undefined || f.caller === null || typeof f.caller } try { out.push(f()) } catch (e) { out.push(e.name) } const g = () => {}; try { out.push(g.arguments) } catch (e) { out.push(e.name) } out.push(f.arguments)`,
	`const args = (function () { return arguments })(1, 2); out.push({ ...args }[1], Array.from(args).length, [].concat(args).length)`,
}

func TestTuned(t *testing.T) {
	for _, src := range sources {
		run := func(tuned bool) string {
			vm := newVM(t)
			prg := goja.MustCompile("a.js", "var out = []; (function () {"+src+"})(); out.map(String).join()", false)
			if tuned {
				Tune(prg)
			}
			v, err := vm.RunProgram(prg)
			if err != nil {
				return err.Error()
			}
			return v.String()
		}
		if want, got := run(false), run(true); got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
	}
	for name, in := range instructions {
		if *in.original == nil {
			t.Errorf("no program has the instruction %s", name)
		}
	}
}
