package lang

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// graph is a set of modules by specifier, for tests: relative specifiers are
// not resolved.
type graph struct {
	t       *testing.T
	vm      *goja.Runtime
	hooks   *Hooks
	sources map[string]string
	made    map[string]*Module
	log     []string
}

func newGraph(t *testing.T, sources map[string]string) *graph {
	g := &graph{t: t, vm: goja.New(), sources: sources, made: make(map[string]*Module)}
	g.hooks = Install(g.vm)
	_ = g.vm.Set("log", func(c goja.FunctionCall) goja.Value {
		for _, a := range c.Arguments {
			g.log = append(g.log, a.String())
		}
		return goja.Undefined()
	})
	g.hooks.ImportMeta = func(name string, meta *goja.Object) { _ = meta.Set("url", "test:"+name) }
	g.hooks.Import = func(referrer string, specifier, _ goja.Value) goja.Value {
		m, err := g.load(specifier.String())
		p, resolve, reject := g.vm.NewPromise()
		if err != nil {
			_ = reject(g.vm.ToValue(err.Error()))
			return g.vm.ToValue(p)
		}
		if err := m.Instantiate(); err != nil {
			_ = reject(g.vm.ToValue(err.Error()))
			return g.vm.ToValue(p)
		}
		g.hooks.then(m.Evaluate().(*goja.Object), func(goja.Value) { _ = resolve(m.Namespace()) }, func(e goja.Value) { _ = reject(e) })
		return g.vm.ToValue(p)
	}
	return g
}

func (g *graph) load(name string) (*Module, error) {
	if m := g.made[name]; m != nil {
		return m, nil
	}
	src, ok := g.sources[name]
	if !ok {
		return nil, fmt.Errorf("no module %s", name)
	}
	compile := Compile
	if strings.HasSuffix(name, ".ts") {
		compile = CompileTypeScript
	}
	p, err := compile(name, src, ESM)
	if err != nil {
		return nil, err
	}
	m := g.hooks.NewModule(p)
	g.made[name] = m
	for i, r := range m.Requests() {
		d, err := g.load(r.Specifier)
		if err != nil {
			return nil, err
		}
		m.SetDependency(i, d)
	}
	return m, nil
}

// run loads, links and evaluates the module main and returns what was logged.
func (g *graph) run() string {
	m, err := g.load("main")
	if err != nil {
		return err.Error()
	}
	var out string
	// Promise jobs run when the outermost call returns.
	_ = g.vm.Set("go", func(goja.FunctionCall) goja.Value {
		if err := m.Instantiate(); err != nil {
			out = "SyntaxError: " + err.Error()
			return goja.Undefined()
		}
		g.hooks.then(m.Evaluate().(*goja.Object), func(goja.Value) {}, func(e goja.Value) { g.log = append(g.log, "rejected "+e.String()) })
		return goja.Undefined()
	})
	if _, err := g.vm.RunString("go()"); err != nil {
		g.t.Fatal(err)
	}
	if out != "" {
		return out
	}
	return strings.Join(g.log, " ")
}

func TestModules(t *testing.T) {
	for _, c := range []struct {
		name    string
		sources map[string]string
		want    string
	}{
		{"live bindings", map[string]string{
			"main": `import { n, inc } from "a"; import * as ns from "a"; log(n); inc(); log(n, ns.n, Object.keys(ns), Object.prototype.toString.call(ns)); try { n = 1 } catch (e) { log(e.name) }`,
			"a":    `export let n = 1; export function inc() { n++ }`,
		}, "1 2 2 inc,n [object Module] TypeError"},
		{"default exports", map[string]string{
			"main": `import f from "f"; import C from "c"; import v, { default as w } from "v"; import g from "g"; log(f.name, f(), C.name, v, w, g.name)`,
			"f":    `export default function () { return "called" }`, "c": `export default class {}`, "v": `export default 1 + 1`, "g": `export default () => 1`,
		}, "default called default 2 2 default"},
		{"re-exports", map[string]string{
			"main": `import { a, b, c, star } from "r"; import * as r from "r"; log(a, b, c, star.x, Object.keys(r))`,
			"r":    `export { x as a } from "x"; export * from "y"; export * as star from "x"; import { x } from "x"; export { x as c }`,
			"x":    `export const x = "X"`, "y": `export const b = "B"; export default 5`,
		}, "X B X X a,b,c,star"},
		{"shadowing", map[string]string{
			"main": `import { x } from "x"; function f(x) { return x } function g() { let x = 2; { const x = 3; log(x) } return x } const o = { x, y: x, f({ x }) { return x } }; class A { x = x; static m() { return x } } try { throw 7 } catch (x) { log(x) } for (const x of [8]) log(x); log(f(1), g(), o.x, o.y, o.f({ x: 9 }), new A().x, A.m(), ((x) => x)(4), (() => { var x = 6; return x })(), typeof x, (function x() { return typeof x })())`,
			"x":    `export const x = "imported"`,
		}, "7 8 3 1 2 imported imported 9 imported imported 4 6 string function"},
		{"calls have no this", map[string]string{
			"main": `import { f, t } from "a"; import * as ns from "a"; log(f(), f?.(), t` + "`x`" + `, ns.f() === ns, new (ns.K)().k, (0, f)())`,
			"a":    `export function f() { return this } export function t(s) { return s[0] + this } export class K { k = 1 }`,
		}, "undefined undefined xundefined true 1 undefined"},
		{"order", map[string]string{
			"main": `log("main start"); import "a"; import "b"; log("main")`, "a": `import "c"; log("a")`, "b": `import "c"; log("b")`, "c": `log("c")`,
		}, "c a b main start main"},
		{"cycle", map[string]string{
			"main": `import { f, v } from "b"; export function g() { return "g" } log("main", f(), v); export const late = 1`,
			"b":    `import { g, late } from "main"; export function f() { return "f" + g() } export const v = "v"; try { late } catch (e) { log(e.name) } log(g())`,
		}, "ReferenceError g main fg v"},
		{"top-level await", map[string]string{
			"main": `import { v } from "a"; import "b"; log("main", v, await Promise.resolve(2)); for await (const x of [1]) log(x); export {}`,
			"a":    `log("a1"); export const v = await new Promise((r) => Promise.resolve().then(() => r("av"))); log("a2")`, "b": `log("b")`,
		}, "a1 b a2 main av 2 1"},
		{"await as call", map[string]string{"main": `log(await (1)); log(await [2])`}, "1 2"},
		{"failing await", map[string]string{"main": `import "a"; log("never")`, "a": `await Promise.reject(new Error("boom"))`}, "rejected Error: boom"},
		{"throwing", map[string]string{"main": `import "a"; log("never")`, "a": `throw new Error("boom")`}, "rejected Error: boom"},
		{"missing export", map[string]string{"main": `import { nope } from "a"`, "a": `export const x = 1`},
			"SyntaxError: The requested module 'a' does not provide an export named 'nope'"},
		{"ambiguous export", map[string]string{"main": `import { x } from "s"`, "s": `export * from "a"; export * from "b"`, "a": `export const x = 1`, "b": `export const x = 2`},
			"SyntaxError: The requested module 's' contains conflicting star exports for name 'x'"},
		{"import.meta and this", map[string]string{"main": `log(import.meta.url, typeof this, import.meta === import.meta, Object.getPrototypeOf(import.meta)); (() => log(typeof this))()`},
			"test:main undefined true null undefined"},
		{"dynamic import", map[string]string{"main": `const ns = await import("a"); log(ns.x, (await import("a")) === ns); await import("none").catch((e) => log(e))`, "a": `export const x = "dyn"`},
			"dyn true no module none"},
		{"namespace object", map[string]string{
			"main": `import * as ns from "a"; log(Object.prototype.toString.call(ns), Object.isExtensible(ns), Reflect.ownKeys(ns).map(String), Object.getPrototypeOf(ns), "x" in ns, ns.nope); try { ns.x = 2 } catch (e) { log(e.message) } try { ns.z = 2 } catch (e) { log(e.name) } try { delete ns.x } catch (e) { log(e.name) }`,
			"a":    `export const x = 1; export { x as "a b" }`,
		}, "[object Module] false a b,x,Symbol(Symbol.toStringTag) null true undefined Cannot assign to read only property 'x' of object '[object Module]' TypeError TypeError"},
		{"attributes", map[string]string{"main": `import "a" with { type: "json" }; log("ok")`, "a": ``}, "ok"},
		{"templates that look like imports", map[string]string{"main": "const s = `\nimport x from 'y';\nexport { z };\n${1}\nimport 'q'\n`; log(s.length); const r = /`/; log(r.source)"}, "47 `"},
		{"async generators and decorators of syntax", map[string]string{"main": `export async function* g() { yield 1; yield await Promise.resolve(2) } const out = []; for await (const x of g()) out.push(x); log(out, Object.prototype.toString.call(g()))`}, "1,2 [object AsyncGenerator]"},
		{"typescript", map[string]string{"main": `import { x, e } from "a.ts"; log(x, e)`, "a.ts": `interface I { a: number } export const x: string = "ts" as string; type T = I; export type { T }; enum E { A = 1 }; export const e = E.A satisfies number`}, "ts 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := newGraph(t, c.sources).run(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestModulePositions(t *testing.T) {
	g := newGraph(t, map[string]string{"main": "import { f } from \"a\";\n\n  log(new Error(\"x\").stack);\n  f();", "a": "export function f() {\n    throw new Error('in f') }"})
	m, err := g.load("main")
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Instantiate(); err != nil {
		t.Fatal(err)
	}
	err = m.EvaluateSync()
	ex, ok := err.(*goja.Exception)
	if !ok {
		t.Fatal(err)
	}
	if want := "Error: x\n    at main:3:7"; g.log[0] != want {
		t.Errorf("got %q, want %q", g.log[0], want)
	}
	if got, want := ex.Value().(*goja.Object).Get("stack").String(), "Error: in f\n    at f (a:2:11)\n    at main:4:3"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
