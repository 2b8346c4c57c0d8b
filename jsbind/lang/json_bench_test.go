package lang

import (
	"testing"

	"github.com/dop251/goja"
)

const benchText = `{"id":12345,"name":"Some User","email":"some.user@example.com","tags":["a","b","c","d"],"active":true,"score":12.5,"address":{"street":"1 Main St","city":"Springfield","zip":"12345","geo":{"lat":40.1,"lng":-70.2}},"items":[{"sku":"abc-1","qty":2,"price":9.99},{"sku":"abc-2","qty":1,"price":19.99},{"sku":"abc-3","qty":5,"price":1.25}],"note":null,"text":"Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore"}`

func benchJSON(b *testing.B, install bool, expr string) {
	vm := goja.New()
	if install {
		Install(vm)
	}
	_ = vm.Set("text", benchText)
	v, err := vm.RunString(`var o = JSON.parse(text); (function () { for (var i = 0; i < 100; i++) { ` + expr + ` } })`)
	if err != nil {
		b.Fatal(err)
	}
	f, _ := goja.AssertFunction(v)
	for b.Loop() {
		if _, err := f(goja.Undefined()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkJSONParse(b *testing.B)           { benchJSON(b, true, "JSON.parse(text)") }
func BenchmarkJSONParseEngine(b *testing.B)     { benchJSON(b, false, "JSON.parse(text)") }
func BenchmarkJSONStringify(b *testing.B)       { benchJSON(b, true, "JSON.stringify(o)") }
func BenchmarkJSONStringifyEngine(b *testing.B) { benchJSON(b, false, "JSON.stringify(o)") }
