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
}
