package lang

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

func TestTransformStore(t *testing.T) {
	dir := t.TempDir()
	UseTransformStore(dir)
	defer transformStore.Store(nil)
	const src = "export async function* f() { yield 1 }"
	first, errs := transform("a.mjs", src, api.FormatESModule, false)
	if errs != nil {
		t.Fatal(errs)
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 {
		t.Fatalf("%d entries", len(entries))
	}
	file := filepath.Join(dir, entries[0].Name())
	again, _ := transform("a.mjs", src, api.FormatESModule, false)
	if again.code != first.code || again.maps == nil {
		t.Errorf("kept: %q", again.code)
	}
	// Another text, another name and another kind have keys of their own.
	for _, c := range []struct {
		name, src string
		types     bool
	}{{"b.mjs", src, false}, {"a.mjs", src + ";", false}, {"a.mjs", src, true}} {
		if transformKey(c.name, c.src, api.FormatESModule, c.types) == entries[0].Name() {
			t.Errorf("%v has the same key", c)
		}
	}
	// What was cut off is made again.
	b, _ := os.ReadFile(file)
	if err := os.WriteFile(file, b[:len(b)-3], 0o600); err != nil {
		t.Fatal(err)
	}
	if again, _ = transform("a.mjs", src, api.FormatESModule, false); again.code != first.code {
		t.Errorf("after damage: %q", again.code)
	}
	if now, _ := os.ReadFile(file); len(now) != len(b) {
		t.Errorf("the damaged entry stays")
	}
}
