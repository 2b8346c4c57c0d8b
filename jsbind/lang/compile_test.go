package lang

import (
	"testing"

	"github.com/dop251/goja"
)

func TestCommonJSKeepsPositions(t *testing.T) {
	for _, src := range []string{
		"#!/usr/bin/env node\n  return new Error('x').stack",
		"\n  return new Error('x').stack",
		"async function* g() { for await (const x of y) yield x }\n  return new Error('x').stack",
	} {
		vm := goja.New()
		Install(vm)
		p, err := Compile("/test/a.js", src, CommonJS)
		if err != nil {
			t.Fatalf("%s: %v", src, err)
		}
		fn, err := p.Run(vm)
		if err != nil {
			t.Fatal(err)
		}
		call, ok := goja.AssertFunction(fn)
		if !ok {
			t.Fatalf("no wrapper: %v", fn)
		}
		v, err := call(goja.Undefined())
		if err != nil {
			t.Fatal(err)
		}
		if want := "Error: x\n    at Object.<anonymous> (/test/a.js:2:10)"; v.String() != want {
			t.Errorf("%q: %q, want %q", src, v, want)
		}
	}
}

func TestFirstLineColumns(t *testing.T) {
	vm := goja.New()
	Install(vm)
	p, err := Compile("/test/a.js", "return new Error('x').stack", CommonJS)
	if err != nil {
		t.Fatal(err)
	}
	fn, _ := p.Run(vm)
	call, _ := goja.AssertFunction(fn)
	v, err := call(goja.Undefined())
	if err != nil {
		t.Fatal(err)
	}
	if want := "Error: x\n    at Object.<anonymous> (/test/a.js:1:8)"; v.String() != want {
		t.Errorf("%q, want %q", v, want)
	}
}
