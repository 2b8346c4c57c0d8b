package engine

import (
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// asyncSources run with goja's async functions and with ours. Markers of other
// promises beside them show the order of jobs.
var asyncSources = []string{
	`(async () => { log('a'); await 1; log('b'); await null; log('c') })(); mark()`,
	`(async () => { log(await Promise.resolve('x')); log(await Promise.resolve('y')) })(); mark()`,
	`(async () => 5)().then(log); (async () => { await 0; return 6 })().then(log); mark()`,
	`async function f(a, b = 2, ...c) { return [this === undefined, a, b, c.length, arguments.length] } f(1).then(log); f(1, 3, 4, 5).then(log); mark()`,
	`const o = { v: 7, async m(x) { return this.v + await x }, arrow() { return (async () => this.v)() } }; o.m(1).then(log); o.arrow().then(log); mark()`,
	`class A { async f() { return 'A' } } class B extends A { async f() { await 0; return 'B' + await super.f() } } new B().f().then(log); mark()`,
	`(async () => { throw new Error('e1') })().catch(e => log(e.message)); mark()`,
	`(async () => { await 0; throw new Error('e2') })().catch(e => log(e.message)); mark()`,
	`(async () => { try { await Promise.reject('r') } catch (e) { log('caught', e) } finally { log('f') } return 'end' })().then(log); mark()`,
	`(async () => { try { await (async () => { throw 'inner' })() } catch (e) { log('caught', e) } })().then(log); mark()`,
	`let res; const p = new Promise(r => res = r); (async () => { log('got', await p) })(); mark(); Promise.resolve().then(() => res('late'))`,
	`let rej; const p = new Promise((_, r) => rej = r); (async () => { try { await p } catch (e) { log('got', e) } })(); mark(); Promise.resolve().then(() => rej('late'))`,
	`(async () => { log(await { then(f) { log('then called'); f('thenable') } }) })(); mark()`,
	`(async () => { log(await { then(f, r) { r('bad') } }) })().catch(e => log('caught', e)); mark()`,
	`(async () => { log(await { get then() { throw 'getter' } }) })().catch(e => log('caught', e)); mark()`,
	`(async () => ({ then(f) { f('returned thenable') } }))().then(log); mark()`,
	`(async () => ({ get then() { throw 'getter' } }))().catch(e => log('caught', e)); mark()`,
	`(async () => Promise.resolve('returned promise'))().then(log); mark()`,
	`(async () => (async () => { await 0; return 'nested' })())().then(log); mark()`,
	`(async () => ({ then: 5, x: 1 }).x)().then(log); (async () => { log((await { then: 5 }).then) })(); mark()`,
	`let p; p = (async () => { await 0; return p })(); p.catch(e => log(e.name)); mark()`,
	`const p = Promise.resolve('patched'); p.constructor = Object; (async () => log(await p))(); mark()`,
	`class P extends Promise {} (async () => { log(await P.resolve('sub')); log((async () => {})() instanceof P) })(); mark()`,
	`const then = Promise.prototype.then; Promise.prototype.then = function (...a) { log('then'); return then.apply(this, a) }; (async () => { await Promise.resolve(); await 1; return Promise.resolve() })(); Promise.prototype.then = then; mark()`,
	`(async () => { for (const x of [1, Promise.resolve(2), 3]) log(await x) })(); mark()`,
	`(async () => { const [a, b] = await Promise.all([(async () => 'a')(), (async () => { await 0; return 'b' })()]); log(a, b) })(); mark()`,
	`(async () => { let s = 0; for (let i = 0; i < 5; i++) { s += await i; try { if (i === 3) throw i } catch (e) { s += await e } } log(s) })(); mark()`,
	`const f = async (x) => { if (x > 0) { await 0; return 1 + await f(x - 1) } return 0 }; f(5).then(log); mark()`,
	`log(Object.prototype.toString.call((async () => {})()), typeof (async () => {})); const p = (async () => 1)(); p.own = 'own'; log(p.own, Object.keys(p).length, Object.getPrototypeOf(p) === Promise.prototype)`,
	`(async function f() { log(new.target === undefined, typeof f) })(); (async () => { log(await (async (...a) => a.length)(...[1, 2, 3])) })(); mark()`,
	`[1, 2, 3].map(async x => { await 0; log(x) }); [4].forEach(async x => log(x)); mark()`,
	`const f = async function () { return this }; f.call('s').then(x => log(x)); f.apply(null).then(x => log(x)); f.bind({ b: 1 })().then(x => log(x.b)); mark()`,
	`(async (a = (() => { throw 'parameter' })()) => {})().catch(e => log('caught', e)); mark()`,
	`(async ({ x }) => x)().catch(e => log(e.name)); mark()`,
	`let f = async () => { await 0; undefinedName() }; f().catch(e => log(e.name)); mark()`,
	`const p1 = (async () => { await 0; log(1) })(); const p2 = p1.then(() => log(2)); (async () => { await p1; log(3); await p2; log(4) })(); mark()`,
	`function* g() { yield 1; yield 2 } (async () => { for (const x of g()) log(await x); const it = g(); it.next(); log(await it.return('r').value) })(); mark()`,
	`(async () => { await 0; try { return 'from try' } finally { await 0; log('finally') } })().then(log); mark()`,
	`const q = []; for (let i = 0; i < 20; i++) q.push((async () => { for (let j = 0; j < i; j++) await j; log(i) })()); Promise.all(q).then(() => log('all'))`,
	`log(String(await0())); async function await0() { await 0 }`,
}

const asyncHead = `var out = [];
	function log(...a) { out.push(a.map(String).join(' ')) }
	function mark() { let n = 0; const step = () => { log('-' + n); if (++n < 12) Promise.resolve().then(step) }; Promise.resolve().then(step) }
	(function () {`

func runAsync(t *testing.T, src string, tuned bool) string {
	vm := newVM(t)
	var unhandled []string
	vm.SetPromiseRejectionTracker(func(p *goja.Promise, op goja.PromiseRejectionOperation) {
		if op == goja.PromiseRejectionReject {
			unhandled = append(unhandled, p.Result().String())
		} else {
			unhandled = unhandled[:len(unhandled)-1]
		}
	})
	prg := goja.MustCompile("a.js", asyncHead+src+"\n})()", false)
	if tuned {
		Tune(prg)
	}
	if _, err := vm.RunProgram(prg); err != nil {
		return err.Error()
	}
	m := machineOf(vm)
	if m.sp != 0 || len(m.callStack) != 0 || len(m.iterStack) != 0 {
		t.Errorf("%s\nleft %d values, %d frames, %d loops", src, m.sp, len(m.callStack), len(m.iterStack))
	}
	v, _ := vm.RunString("out.join()")
	return v.String() + " unhandled: " + strings.Join(unhandled, ",")
}

func TestAsync(t *testing.T) {
	for _, src := range asyncSources {
		if want, got := runAsync(t, src, false), runAsync(t, src, true); got != want {
			t.Errorf("%s\n got %s\nwant %s", src, got, want)
		}
	}
}

// trail is an AsyncContextTracker that writes down what it is told.
type trail struct {
	now int
	log []int
}

func (t *trail) Grab() any     { return t.now }
func (t *trail) Resumed(x any) { t.now = x.(int); t.log = append(t.log, t.now) }
func (t *trail) Exited()       { t.now = 0; t.log = append(t.log, -1) }

func TestAsyncContext(t *testing.T) {
	run := func(tuned bool) string {
		vm := newVM(t)
		tr := &trail{}
		vm.SetAsyncContextTracker(tr)
		_ = vm.Set("enter", func(n int) { tr.now = n })
		_ = vm.Set("now", func() int { return tr.now })
		prg := goja.MustCompile("a.js", asyncHead+`
			const f = async (n) => { enter(n); await n; log(now()); await Promise.resolve(); log(now()); await new Promise(r => Promise.resolve().then(r)); log(now()) };
			f(1); f(2).then(() => log('end', now())); enter(3); f(4)
		})()`, false)
		if tuned {
			Tune(prg)
		}
		if _, err := vm.RunProgram(prg); err != nil {
			t.Fatal(err)
		}
		v, _ := vm.RunString("out.join()")
		return v.String()
	}
	if want, got := run(false), run(true); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestCallable(t *testing.T) {
	vm := newVM(t)
	v, err := vm.RunString(`var seen = []; [function (a, b) { return this.x + a + b }, async function (a, b) { seen.push(await this.x + a + b) }, ({ async f(a) { await a; throw a } }).f, (a) => a, Math.max, 5, {}]`)
	if err != nil {
		t.Fatal(err)
	}
	fn := func(i string) func(goja.FunctionCall) goja.Value {
		o, _ := v.(*goja.Object).Get(i).(*goja.Object)
		if o == nil {
			return nil
		}
		return Callable(o)
	}
	this := vm.NewObject()
	_ = this.Set("x", 1)
	args := []goja.Value{vm.ToValue(10), vm.ToValue(100)}
	if got := fn("0")(goja.FunctionCall{This: this, Arguments: args}); got.ToInteger() != 111 {
		t.Errorf("function: %v", got)
	}
	for _, i := range []string{"1", "2"} {
		p, ok := fn(i)(goja.FunctionCall{This: this, Arguments: args}).Export().(*goja.Promise)
		if !ok || p.State() != goja.PromiseStatePending {
			t.Errorf("async function: %v", p)
		}
		var jobs Jobs
		jobs.Run(vm, func() bool { return true })
		if i == "2" && (p.State() != goja.PromiseStateRejected || p.Result().ToInteger() != 10) {
			t.Errorf("async method: %v %v", p.State(), p.Result())
		}
	}
	if got, _ := vm.RunString("seen.join()"); got.String() != "111" {
		t.Errorf("async function: %v", got)
	}
	if got := fn("4")(goja.FunctionCall{Arguments: args}); got.ToInteger() != 100 {
		t.Errorf("native: %v", got)
	}
	if fn("6") != nil {
		t.Error("an object is callable")
	}
}

func BenchmarkAsync(b *testing.B) {
	for _, tuned := range []string{"goja", "tuned"} {
		b.Run(tuned, func(b *testing.B) {
			vm := newVM(b)
			prg := goja.MustCompile("a.js", "const f = async x => x; async n => { for (; n > 0; n--) await f(n) }", true)
			if tuned == "tuned" {
				Tune(prg)
			}
			v, _ := vm.RunProgram(prg)
			f, _ := goja.AssertFunction(v)
			b.ReportAllocs()
			b.ResetTimer()
			if _, err := f(nil, vm.ToValue(b.N)); err != nil {
				b.Fatal(err)
			}
		})
	}
}
