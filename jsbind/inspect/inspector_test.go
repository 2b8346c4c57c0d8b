package inspect

import (
	"math"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// TestPatchedGlobals checks that a program that replaces intrinsics changes
// nothing.
func TestPatchedGlobals(t *testing.T) {
	vm, in := newTestRuntime(t)
	source := `[{a: 1, get b() { return 2 }}, [1, , 2], new Map([[1, 2]]), new Set([1]), new Date(0), /x/g,
		new Uint8Array(2), class A {}, function f() {}, Object(1), new Error('m').message, new WeakMap]`
	opts := in.Default()
	v := run(t, vm, source)
	want := in.Inspect(v, opts)
	run(t, vm, `for (const name of Object.getOwnPropertyNames(globalThis)) {
		if (name === 'globalThis' || name === 'inspect' || !globalThis[name]) continue;
		for (const o of [globalThis[name], globalThis[name].prototype]) {
			if (!o || (typeof o !== 'object' && typeof o !== 'function') || o === globalThis) continue;
			for (const key of Reflect.ownKeys(o)) {
				if (typeof Object.getOwnPropertyDescriptor(o, key).value !== 'function' || key === 'constructor') continue;
				if (key === Symbol.iterator || o === Reflect || o === Object || o === Symbol || name === 'Function') continue;
				try { o[key] = () => { throw new Error('patched ' + String(key)) } } catch {}
			}
		}
	}
	for (const o of [Reflect, Object]) for (const key of ['ownKeys', 'getOwnPropertyDescriptor', 'getOwnPropertyNames', 'keys']) o[key] = undefined;`)
	if got := in.Inspect(v, opts); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// TestThrow passes what an inspection function throws through.
func TestThrow(t *testing.T) {
	vm, in := newTestRuntime(t)
	v := run(t, vm, "({a: {[custom]() { throw new RangeError('mine') }}})")
	ex := vm.Try(func() { in.Inspect(v, in.Default()) })
	if ex == nil || ex.Value().(*goja.Object).Get("message").String() != "mine" {
		t.Errorf("got %v", ex)
	}
	if got := in.Inspect(run(t, vm, "({a: 1})"), in.Default()); got != "{ a: 1 }" {
		t.Error(got)
	}
	if in.calls != 0 {
		t.Error("calls left:", in.calls)
	}
}

// TestDeep prints structures that are nested too deeply.
func TestDeep(t *testing.T) {
	vm, in := newTestRuntime(t)
	opts := in.Default()
	opts.Depth = math.Inf(1)
	list := run(t, vm, "(() => { const list = {}; let head = list; for (let i = 0; i < 1e5; i++) head = head.next = {}; return list })()")
	text := in.Inspect(list, opts)
	if !strings.Contains(text, "[Object: Inspection interrupted prematurely. Maximum call stack size exceeded.]") {
		t.Error("not interrupted:", len(text))
	}
	if n := strings.Count(text, "next:"); n < 500 || n > 2000 {
		t.Error("levels:", n)
	}
	for _, source := range []string{
		// An inspection function whose result has one again, and one that calls inspect.
		"(() => { const o = {[custom]() { return {[custom]: o[custom]} }}; return o })()",
		"(() => { const o = {[custom](d, opts, inspect) { return inspect({[custom]: o[custom]}, opts) }}; return o })()",
	} {
		v := run(t, vm, source)
		ex := vm.Try(func() { in.Inspect(v, opts) })
		if ex == nil || ex.Value().(*goja.Object).Get("name").String() != "RangeError" {
			t.Errorf("%s: %v", source, ex)
		}
	}
}

// TestLoneSurrogates keeps them in strings for JavaScript and replaces them in
// those for Go.
func TestLoneSurrogates(t *testing.T) {
	vm, in := newTestRuntime(t)
	v := run(t, vm, `util.format('%s|', '\ud800') === '\ud800|' && util.format('\ud83d%s', '\ude00').codePointAt(0) === 0x1f600`)
	if !v.ToBoolean() {
		t.Error("lost a lone surrogate")
	}
	if got := in.Format([]goja.Value{goja.StringFromUTF16([]uint16{0xD800, 'x'})}); got != "\uFFFDx" {
		t.Errorf("%q", got)
	}
}

// TestDefaultOptions changes the defaults as programs do.
func TestDefaultOptions(t *testing.T) {
	vm, in := newTestRuntime(t)
	for _, c := range []struct{ source, want string }{
		{"inspect(inspect.defaultOptions) === inspect(inspect.defaultOptions)", "true"},
		{"inspect.defaultOptions === inspect.defaultOptions", "true"},
		{"Object.isSealed(inspect.defaultOptions)", "true"},
		{"inspect.defaultOptions = {depth: 0}; inspect({a: {b: 1}})", "{ a: [Object] }"},
		{"util.format({a: {b: 1}})", "{ a: [Object] }"},
		{"inspect.defaultOptions.depth = null; inspect({a: {b: {c: {d: {e: 1}}}}}, {breakLength: Infinity, compact: 9})", "{ a: { b: { c: { d: { e: 1 } } } } }"},
		{"inspect({a: {}}, {depth: 2, colors: true})", "{ a: {} }"},
		{"inspect.defaultOptions.depth = 2; inspect({a: 1}, {colors: true})", "{ a: \x1b[33m1\x1b[39m }"},
		{"inspect.styles.number = 'red'; inspect(1, {colors: true})", "\x1b[31m1\x1b[39m"},
		{"inspect.colors.red = [1, 2]; inspect(1, {colors: true})", "\x1b[1m1\x1b[2m"},
		{"inspect.colors.grey = [3, 4]; String(inspect.colors.gray)", "3,4"},
		{"Object.keys(inspect).join()", "custom,colors,styles"},
		{"inspect.custom === Symbol.for('nodejs.util.inspect.custom')", "true"},
		{"inspect.length + inspect.name + util.format.length + util.formatWithOptions.length", "2inspect01"},
		{"try { inspect.defaultOptions = null } catch (e) { e.code + ': ' + e.message }",
			`ERR_INVALID_ARG_TYPE: The "options" argument must be of type object. Received null`},
		{"try { inspect.defaultOptions = {nope: 1} } catch (e) { e.name }", "TypeError"},
		{"try { util.formatWithOptions('x') } catch (e) { e.code + ': ' + e.message }",
			`ERR_INVALID_ARG_TYPE: The "inspectOptions" argument must be of type object. Received type string ('x')`},
		{"try { util.stripVTControlCharacters({}) } catch (e) { e.message }",
			`The "str" argument must be of type string. Received an instance of Object`},
		{"util.isDeepStrictEqual([1, {a: 2}], [1, {a: 2}]) + ' ' + util.isDeepStrictEqual(1, '1')", "true false"},
	} {
		v, err := vm.RunString(c.source)
		if err != nil {
			t.Errorf("%s: %v", c.source, err)
			continue
		}
		if got := v.String(); got != c.want {
			t.Errorf("%s: got %q, want %q", c.source, got, c.want)
		}
	}
	if in.Default().Depth != 2 {
		t.Error("defaults are not shared with Go")
	}
}

// TestStringWidth measures columns.
func TestStringWidth(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "abc": 3, "中文": 4, "😀": 2, "e\u0301": 1, "\u200b": 0, "a\nb\t": 2, "한글": 4, "\u1112\u1161\u11ab": 2,
		"ｱ": 1, "１": 2, "\u00ad": 1, "👨‍👩‍👧": 6, "é": 1, "\x7f\u0080": 0,
	} {
		if got := StringWidth(s); got != want {
			t.Errorf("%q: got %d, want %d", s, got, want)
		}
	}
}

// TestIndent indents what is logged in a group.
func TestIndent(t *testing.T) {
	if got := Indent("a\nb\n", 2); got != "  a\n  b\n  " {
		t.Errorf("%q", got)
	}
	if got := Indent("a\nb", 0); got != "a\nb" {
		t.Errorf("%q", got)
	}
}

// TestDetached prints buffers whose memory is gone, as Node 24.12.0 does.
func TestDetached(t *testing.T) {
	vm, in := newTestRuntime(t)
	views := run(t, vm, "globalThis.b = new ArrayBuffer(4); [b, new Uint8Array(b), new DataView(b)]").(*goja.Object)
	vm.Get("b").Export().(goja.ArrayBuffer).Detach()
	opts := in.Default()
	for i, want := range []string{
		"ArrayBuffer { (detached), [byteLength]: 0 }",
		"Uint8Array(0) []",
		"DataView {\n      [byteLength]: 0,\n      [byteOffset]: undefined,\n      [buffer]: ArrayBuffer { (detached), [byteLength]: 0 }\n    }",
	} {
		if got := in.Inspect(views.Get(itoa(i)), opts); got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	}
	opts.ShowHidden = true
	want := `Uint8Array(0) [
  [BYTES_PER_ELEMENT]: 1,
  [length]: 0,
  [byteLength]: 0,
  [byteOffset]: 0,
  [buffer]: ArrayBuffer { [byteLength]: 0 }
]`
	if got := in.Inspect(views.Get("1"), opts); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
