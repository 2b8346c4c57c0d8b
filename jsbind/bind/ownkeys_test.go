package bind

import (
	"testing"

	"github.com/dop251/goja"
)

// TestOwnKeysTable fails when goja's objects have other methods than
// ownkeys_table.go expects: everything works still, but objects whose state is
// in Go show no own keys.
func TestOwnKeysTable(t *testing.T) {
	learnLayout(goja.New())
	if baseTab == nil || wrapperTab == baseTab || attachedTab == baseTab || wrapperTab == attachedTab {
		t.Fatal("goja has changed")
	}
}

// sampleState is a state with two keys, one of them there only at times.
type sampleState struct{ open bool }

func init() {
	RegisterOwnKeys((*sampleState)(nil), "first", Key("second").When(func(s any) bool { return s.(*sampleState).open }), StoredKey("option"), "last")
}

// TestOwnKeys asks an object for its keys in every way that the language has.
func TestOwnKeys(t *testing.T) {
	vm := goja.New()
	learnLayout(vm)
	rt := &Runtime{VM: vm}
	proto, err := vm.RunString(`globalThis.proto = ({ get first() { return 1 }, get second() { return 2 }, last: 3 }); proto`)
	if err != nil {
		t.Fatal(err)
	}
	st := &sampleState{}
	made := rt.newWrapper(proto.(*goja.Object), st)
	o, err := vm.RunString(`globalThis.o = Object.create(proto); o.early = 0; o`)
	if err != nil {
		t.Fatal(err)
	}
	rt.Attach(o.(*goja.Object), st)
	_ = o.(*goja.Object).Set("option", 4)
	AssignedOptions(o.(*goja.Object))
	_ = o.(*goja.Object).Set("late", 5)
	_ = vm.Set("made", made)
	for _, c := range []struct {
		open         bool
		source, want string
	}{
		{false, "Object.keys(made) + ''", "first,last"},
		{true, "Object.keys(made) + ''", "first,second,last"},
		{false, "Object.keys(o) + ''", "early,first,option,last,late"},
		{true, "Object.entries(o) + ''", "early,0,first,1,second,2,option,4,last,3,late,5"},
		{true, "JSON.stringify({ ...o })", `{"early":0,"first":1,"second":2,"option":4,"last":3,"late":5}`},
		{true, "(() => { let s = ''; for (const k in o) s += k + ' '; return s })()", "early first second option last late "},
		{false, "[o.hasOwnProperty('first'), 'first' in o, Object.hasOwn(o, 'second'), o.second] + ''", "true,true,false,2"},
		{true, "JSON.stringify(Object.getOwnPropertyDescriptor(made, 'first'))", `{"value":1,"writable":true,"enumerable":true,"configurable":true}`},
		{true, "const { first, ...rest } = made; JSON.stringify(rest)", `{"second":2,"last":3}`},
		{true, "made[1] = 1; Object.keys(made) + ''", "1,first,second,last"},
		{true, "Object.defineProperty(made, 'second', { enumerable: false }); [Object.keys(made), Object.getOwnPropertyNames(made)] + ''", "1,first,last,1,first,second,last"},
		{true, "JSON.stringify(Object.assign({}, made))", `{"1":1,"first":1,"last":3}`},
	} {
		st.open = c.open
		if v, err := vm.RunString(c.source); err != nil || v.String() != c.want {
			t.Errorf("%s: %v %v, want %s", c.source, v, err, c.want)
		}
	}
}
