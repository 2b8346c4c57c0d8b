package inspect

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// testPrelude gives the cases what testdata/generate.js gives them in Node.
const testPrelude = `
globalThis.custom = inspect.custom;
globalThis.err = (e, ...frames) => {
  const head = Error.prototype.toString.call(e);
  Object.defineProperty(e, 'stack', { value: [head, ...frames.map((f) => '    at ' + f)].join('\n'), configurable: true, writable: true });
  return e;
};
globalThis.Buffer = class Buffer extends Uint8Array {
  static from(s) { return new Buffer([...s].map((c) => c.charCodeAt(0))) }
  static alloc(n) { return new Buffer(n) }
  toString() { return String.fromCharCode(...this) }
};
Buffer.prototype.inspect = Buffer.prototype[custom] = bufferInspect;
`

// newTestRuntime returns a runtime with util and inspect as globals.
func newTestRuntime(t testing.TB) (*goja.Runtime, *Inspector) {
	t.Helper()
	vm := goja.New()
	in := New(vm, Hooks{})
	util := vm.NewObject()
	in.Install(util)
	for name, v := range map[string]goja.Value{"util": util, "inspect": in.Function()} {
		if err := vm.GlobalObject().DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
			t.Fatal(err)
		}
	}
	must := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	must(vm.Set("bufferInspect", in.BufferFunction()))
	must(vm.Set("table", func(call goja.FunctionCall) goja.Value {
		text, ok := in.Table(call.Argument(0), call.Argument(1), in.Default())
		if !ok {
			text = in.Format(call.Arguments[:1])
		}
		return vm.ToValue(text)
	}))
	if _, err := vm.RunString(testPrelude); err != nil {
		t.Fatal(err)
	}
	return vm, in
}

type testCase struct{ section, expr, want string }

// readCases reads a file that testdata/generate.js wrote.
func readCases(t *testing.T, file string) []testCase {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []testCase
	section := ""
	for _, line := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "## "):
			section = line[3:]
		case strings.HasPrefix(line, "> "):
			cases = append(cases, testCase{section: section, expr: line[2:]})
		case strings.HasPrefix(line, "  "):
			c := &cases[len(cases)-1]
			if c.want != "" {
				c.want += "\n"
			}
			c.want += line[2:]
		case !strings.HasPrefix(line, "# "):
			t.Fatalf("%s: unexpected line %q", file, line)
		}
	}
	return cases
}

// divergences are the cases in which the text is another one than Node's.
var divergences = map[string]struct{ want, reason string }{
	"(() => { class A extends Error { get cause() { return 5 } } return err(new A('m'), 'a') })()": {
		"A [Error]: m\n    at a {\n  [cause]: 5\n}",
		"Node 24.12.0 fails on an inherited cause with 'Cannot read properties of undefined'",
	},
	"(()=>{class A{}; const a=new A; Object.setPrototypeOf(a,null); return a})()": {
		"[Object: null prototype] {}", forgotten,
	},
	"(()=>{class A{}; const a=new A; Object.setPrototypeOf(a,Object.create(null)); return a})()": {
		"Object <[Object: null prototype] {}> {}", forgotten,
	},
	"(()=>{class A{}; const a=new A; Object.setPrototypeOf(a,Object.create(Object.create(null))); return a})()": {
		"Object <Object <[Object: null prototype] {}>> {}", forgotten,
	},
}

const forgotten = "V8 remembers the class that made an object when the prototype is gone"

// TestCases compares with what Node prints.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	n := 0
	for _, file := range files {
		cases := readCases(t, file)
		n += len(cases)
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			for _, c := range cases {
				vm, _ := newTestRuntime(t)
				source, ok := strings.CutPrefix(c.expr, "!")
				if !ok {
					source = "inspect(" + c.expr + ")"
				}
				got, err := evaluate(vm, source)
				if err != nil {
					got = "throws " + thrownName(err)
				}
				if d, ok := divergences[c.expr]; ok {
					c.want = d.want
				}
				if got != c.want {
					t.Errorf("%s: %s\n got: %s (%v)\nwant: %s", c.section, c.expr, got, err, c.want)
				}
			}
		})
	}
	if n < 300 {
		t.Errorf("only %d cases", n)
	}
}

func evaluate(vm *goja.Runtime, source string) (string, error) {
	v, err := vm.RunString(source)
	if err != nil {
		return "", err
	}
	return v.String(), nil
}

func thrownName(err error) string {
	var ex *goja.Exception
	if !errors.As(err, &ex) {
		return err.Error()
	}
	if o, ok := ex.Value().(*goja.Object); ok {
		if name := o.Get("name"); name != nil {
			return name.String()
		}
	}
	return "undefined"
}
