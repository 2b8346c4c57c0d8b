package lang

import (
	"testing"

	"github.com/dop251/goja"
)

func TestHooksJSON(t *testing.T) {
	vm := goja.New()
	h := Install(vm)
	v, err := h.ParseJSON(`{"a":[1,"é"]}`)
	if err != nil {
		t.Fatal(err)
	}
	text, ok, err := h.Stringify(v)
	if err != nil || !ok || string(text) != `{"a":[1,"é"]}` {
		t.Errorf("%s %v %v", text, ok, err)
	}
	if _, err := h.ParseJSON(`{`); err == nil || err.(*goja.Exception).Value().String() != "SyntaxError: Expected property name or '}' in JSON at position 1 (line 1 column 2)" {
		t.Errorf("%v", err)
	}
	if _, ok, _ := h.Stringify(goja.Undefined()); ok {
		t.Error("undefined has a text")
	}
	e := h.NewDOMException("m", "AbortError")
	if got := e.Get("code").ToInteger(); got != 20 {
		t.Errorf("code %d", got)
	}
}

func TestNativeFrames(t *testing.T) {
	vm := goja.New()
	h := Install(vm)
	h.NativeFrames = func(name string, _ *Frame) []Frame {
		if name == "emit" {
			return []Frame{{Function: "EventEmitter.emit", File: "node:events", Line: 519, Column: 28}}
		}
		return nil
	}
	emit := func(c goja.FunctionCall) goja.Value {
		f, _ := callable(c.Argument(0))
		return f(goja.FunctionCall{This: goja.Undefined()})
	}
	_ = vm.Set("emit", newNative(vm, "emit", 1, emit))
	_ = vm.Set("secret", newNative(vm, "secret", 1, emit))
	v, err := vm.RunScript("a.js", `emit(() => secret(() => new Error('x').stack))`)
	if err != nil {
		t.Fatal(err)
	}
	want := "Error: x\n    at a.js:1:25\n    at a.js:1:18\n    at EventEmitter.emit (node:events:519:28)\n    at a.js:1:5"
	if v.String() != want {
		t.Errorf("got %q", v)
	}
}
