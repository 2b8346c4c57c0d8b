package lang

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
)

// The recordings were made in this time zone.
func init() { time.Local = time.UTC }

// snippet is one block of a file below testdata/snippets: see testdata/record.js.
type snippet struct{ name, source, want string }

func readSnippets(t *testing.T, file string) []snippet {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []snippet
	for _, block := range strings.Split("\n"+string(b), "\n--- ")[1:] {
		name, rest, _ := strings.Cut(block, "\n")
		source, want, ok := strings.Cut(rest, "\n===\n")
		if !ok {
			t.Fatalf("%s: %s has no recorded result", file, name)
		}
		out = append(out, snippet{name, source, strings.TrimSuffix(want, "\n")})
	}
	return out
}

// TestSnippets compares what each snippet shows with what Node showed.
func TestSnippets(t *testing.T) {
	files, _ := filepath.Glob("testdata/snippets/*.txt")
	if len(files) == 0 {
		t.Fatal("no snippets")
	}
	showSource, err := os.ReadFile("testdata/show.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			for _, s := range readSnippets(t, file) {
				t.Run(s.name, func(t *testing.T) {
					if got := runSnippet(t, string(showSource), s); got != s.want {
						t.Errorf("\n%s\n got: %s\nwant: %s", s.source, got, s.want)
					}
				})
			}
		})
	}
}

func runSnippet(t *testing.T, showSource string, s snippet) string {
	vm := goja.New()
	vm.SetMaxCallStackSize(2000)
	Install(vm)
	shown, err := vm.RunString(showSource)
	if err != nil {
		t.Fatal(err)
	}
	show, _ := goja.AssertFunction(shown)
	text := func(v goja.Value) string {
		out, err := show(goja.Undefined(), v)
		if err != nil {
			t.Fatalf("show: %v", err)
		}
		return out.String()
	}
	fail := func(err error) string {
		if ex, ok := err.(*goja.Exception); ok {
			return "throws " + text(ex.Value())
		}
		return "throws " + err.Error()
	}
	p, err := Compile(s.name+".js", s.source, CommonJS)
	if err != nil {
		return "throws <SyntaxError: " + err.Error() + ">"
	}
	fn, err := p.Run(vm)
	if err != nil {
		return fail(err)
	}
	call, _ := goja.AssertFunction(fn)
	v, err := call(vm.NewObject(), vm.NewObject(), goja.Undefined(), vm.NewObject(), vm.ToValue(s.name), vm.ToValue(""))
	if err != nil {
		return fail(err)
	}
	if promise, ok := v.Export().(*goja.Promise); ok {
		switch promise.State() {
		case goja.PromiseStatePending:
			return "pending"
		case goja.PromiseStateRejected:
			return "throws " + text(promise.Result())
		}
		v = promise.Result()
	}
	return text(v)
}
