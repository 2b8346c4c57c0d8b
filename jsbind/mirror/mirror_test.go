package mirror

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// TestLayouts fails when goja's objects are no longer laid out as layout.go
// says: everything works still, but more slowly.
func TestLayouts(t *testing.T) {
	l := New(goja.New()).layouts
	if !l.base || !l.array || !l.function || !l.entries || !l.iterators || !l.weak {
		t.Errorf("goja has changed: %+v", l)
	}
}

// objects are expressions whose values exercise every kind.
var objects = []struct {
	source string
	kind   Kind
}{
	{"({})", Object},
	{"({b: 1, a: 2, 10: 3, 9: 4, [Symbol.iterator]: 5, get g() { return 1 }, set g(v) {}, set s(v) {}})", Object},
	{"Object.create(null)", Object},
	{"Object.defineProperty({}, 'hidden', {value: 1})", Object},
	{"Object.defineProperty({x: 1}, Symbol.iterator, {value: 1})", Object},
	{"(() => { const o = {a: 1, 5: 2}; delete o.a; o[3] = 1; o.z = 1; o[1] = 0; return o })()", Object},
	{"({'\\ud800': 1, 'é': 2, '': 3, '-1': 4, '01': 5, 4294967294: 6, 4294967295: 7})", Object},
	{"Math", Object},
	{"JSON", Object},
	{"Object.prototype", Object},
	{"Map.prototype", Object},
	{"globalThis", Object},
	{"[]", Array},
	{"[1, , 3]", Array},
	{"Object.assign([1], {x: 1, '-1': 2, [Symbol.iterator]: 3})", Array},
	{"Object.defineProperty([1, 2], 1, {get() { return 1 }})", Array},
	{"(() => { const a = []; a[1e6] = 1; a.x = 1; return a })()", Array},
	{"Array.prototype", Array},
	{"(function() { return arguments })(1, 2)", Arguments},
	{"(function() { 'use strict'; return arguments })(1, 2)", Arguments},
	{"new Map([[1, 2]])", Map},
	{"Object.assign(new Map([[1, 2]]), {x: 1})", Map},
	{"new Set([1])", Set},
	{"new Map([[1, 2]]).keys()", MapIterator},
	{"new Set([1]).values()", SetIterator},
	{"[1].values()", ArrayIterator},
	{"'a'[Symbol.iterator]()", StringIterator},
	{"'a'.matchAll(/a/g)", RegExpStringIterator},
	{"new WeakMap", WeakMap},
	{"new WeakSet", WeakSet},
	{"new Date(0)", Date},
	{"/x/g", RegExp},
	{"new Error('m')", Error},
	{"new TypeError('m')", Error},
	{"Object.assign(new Error('m', {cause: 1}), {code: 1})", Error},
	{"new AggregateError([1])", Error},
	{"Promise.resolve(1)", Promise},
	{"new Proxy({}, {})", Proxy},
	{"new Uint8Array(2)", TypedArray},
	{"Object.assign(new Float64Array(2), {x: 1})", TypedArray},
	{"new ArrayBuffer(2)", ArrayBuffer},
	{"new DataView(new ArrayBuffer(2))", DataView},
	{"Object(1)", BoxedPrimitive},
	{"Object('ab')", BoxedPrimitive},
	{"Object(Symbol.iterator)", BoxedPrimitive},
	{"Object(1n)", BoxedPrimitive},
	{"Object(true)", BoxedPrimitive},
	{"(function f(a) {})", Function},
	{"(() => {})", Function},
	{"({m() {}}).m", Function},
	{"(function f() {}).bind()", Function},
	{"parseInt", Function},
	{"Map", Function},
	{"Object.assign(function f() {}, {x: 1})", Function},
	{"(class A { static x = 1; static m() {} })", Class},
	{"(async () => {})", AsyncFunction},
	{"(async function f() {})", AsyncFunction},
	{"({async m() {}}).m", AsyncMethod},
	{"(function* g() {})", GeneratorFunction},
	{"({*m() {}}).m", GeneratorFunction},
	{"(function* g() {})()", Generator},
}

// describe lists what a Mirror says of an object.
func describe(m *Mirror, o *goja.Object) string {
	var b strings.Builder
	list := func(keys []Key) {
		for _, k := range keys {
			name := k.Name()
			if k.Symbol != nil {
				name = "@" + k.Symbol.String()
			}
			p, ok := m.Own(o, k)
			fmt.Fprintf(&b, "%q=%v,%v,%v,%v,%v,%v ", name, ok, p.Accessor, p.Enumerable, p.Getter != nil, p.Setter != nil, m.HasOwn(o, k))
			if ok && !p.Accessor {
				fmt.Fprintf(&b, "%v ", p.Value.SameAs(m.Get(o, k)) || goja.IsNaN(p.Value))
			}
		}
		b.WriteByte('\n')
	}
	list(m.OwnKeys(o, true))
	list(m.OwnKeys(o, false))
	list(m.NonIndexKeys(o, true))
	list(m.NonIndexKeys(o, false))
	for _, name := range []string{"length", "0", "1", "x", "constructor", "missing", "name"} {
		p, ok := m.Own(o, StringKey(name))
		fmt.Fprint(&b, name, ok, p.Enumerable, p.Accessor, m.HasOwn(o, StringKey(name)), " ")
	}
	p, ok := m.Own(o, SymbolKey(goja.SymToStringTag))
	fmt.Fprint(&b, ok, p.Enumerable)
	return b.String()
}

// TestPublicInterface compares what is read from goja's tables with what its
// public interface says.
func TestPublicInterface(t *testing.T) {
	vm := goja.New()
	fast, slow := New(vm), New(vm)
	slow.layouts = layouts{}
	for _, c := range objects {
		v, err := vm.RunString(c.source)
		if err != nil {
			t.Fatal(c.source, err)
		}
		o := v.(*goja.Object)
		if k := fast.Kind(o); k != c.kind || slow.Kind(o) != c.kind {
			t.Errorf("%s: kinds %d and %d, want %d", c.source, k, slow.Kind(o), c.kind)
		}
		describe(slow, o) // makes what goja makes on demand
		if a, b := describe(fast, o), describe(slow, o); a != b {
			t.Errorf("%s:\nfast %s\nslow %s", c.source, a, b)
		}
		if c.kind == Map || c.kind == Set {
			if a, b := fmt.Sprint(fast.Entries(o), fast.Size(o)), fmt.Sprint(slow.Entries(o), slow.Size(o)); a != b {
				t.Errorf("%s: %s and %s", c.source, a, b)
			}
		}
	}
}

// TestRest looks at iterators without advancing them.
func TestRest(t *testing.T) {
	vm := goja.New()
	m := New(vm)
	for _, c := range []struct {
		source, want string
		pairs        bool
	}{
		{"new Map([[1, 2], [3, 4]]).keys()", "1 3", false},
		{"new Map([[1, 2], [3, 4]]).values()", "2 4", false},
		{"new Map([[1, 2], [3, 4]]).entries()", "1:2 3:4", true},
		{"new Set([5, 6]).values()", "5 6", false},
		{"new Set([5, 6]).entries()", "5:5 6:6", true},
		{"(() => { const i = new Set([5, 6, 7]).values(); i.next(); return i })()", "6 7", false},
		{"(() => { const s = new Set([5, 6, 7]), i = s.values(); i.next(); i.next(); s.delete(5); s.delete(6); return i })()", "7", false},
		{"(() => { const s = new Set([5]), i = s.values(); i.next(); s.add(9); return i })()", "9", false},
		{"(() => { const i = new Set([5]).values(); i.next(); i.next(); return i })()", "", false},
		{"new Map().entries()", "", true},
	} {
		v, err := vm.RunString(c.source)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // twice: nothing has moved
			list, pairs, ok := m.Rest(v.(*goja.Object))
			var parts []string
			for _, e := range list {
				if pairs {
					parts = append(parts, e.Key.String()+":"+e.Value.String())
				} else {
					parts = append(parts, e.Key.String())
				}
			}
			if got := strings.Join(parts, " "); !ok || pairs != c.pairs || got != c.want {
				t.Errorf("%s: got %q, %v, %v", c.source, got, pairs, ok)
			}
		}
	}
}

// TestWeakEntries lists what is alive.
func TestWeakEntries(t *testing.T) {
	vm := goja.New()
	m := New(vm)
	v, err := vm.RunString("globalThis.key = {}; [new WeakMap([[key, 5]]), new WeakSet([key])]")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"5", "<nil>"} {
		list, ok := m.WeakEntries(v.(*goja.Object).Get(fmt.Sprint(i)).(*goja.Object))
		if !ok || len(list) != 1 || list[0].Key != vm.Get("key") {
			t.Fatal(list, ok)
		}
		if got := fmt.Sprint(list[0].Value); i == 0 && got != want {
			t.Error(got)
		}
	}
}

// TestSloppyFunction tells functions in strict code from others.
func TestSloppyFunction(t *testing.T) {
	vm := goja.New()
	m := New(vm)
	for source, want := range map[string]bool{
		"(function() {})":               true,
		"(function() { 'use strict' })": false,
		"(() => {})":                    false,
		"(class {})":                    false,
		"parseInt":                      false,
		"(() => { 'use strict'; return function() {} })()": false,
	} {
		v, err := vm.RunString(source)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.SloppyFunction(v.(*goja.Object)); got != want {
			t.Errorf("%s: %v", source, got)
		}
	}
}

// TestTypeOf tells the types of values.
func TestTypeOf(t *testing.T) {
	vm := goja.New()
	for source, want := range map[string]Type{
		"undefined": TypeUndefined, "null": TypeNull, "true": TypeBoolean, "1": TypeNumber, "1.5": TypeNumber,
		"NaN": TypeNumber, "1n": TypeBigInt, "'s'": TypeString, "'é'": TypeString, "Symbol()": TypeSymbol,
		"({})": TypeObject, "(() => {})": TypeObject,
	} {
		v, err := vm.RunString(source)
		if err != nil {
			t.Fatal(err)
		}
		if got := TypeOf(v); got != want {
			t.Errorf("%s: %v", source, got)
		}
	}
	if TypeOf(nil) != TypeUndefined {
		t.Error("nil")
	}
}

// TestUnbox gets primitives back.
func TestUnbox(t *testing.T) {
	vm := goja.New()
	m := New(vm)
	for _, source := range []string{"1", "-0", "'s'", "true", "1n", "Symbol.iterator", "NaN"} {
		v, err := vm.RunString(source)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Unbox(v.ToObject(vm)); !got.SameAs(v) {
			t.Errorf("%s: %v", source, got)
		}
	}
	d, _ := vm.RunString("new Date(NaN)")
	if !math.IsNaN(m.DateTime(d.(*goja.Object))) {
		t.Error("an invalid date has a time")
	}
}
