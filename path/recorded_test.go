package path

import (
	"encoding/json"
	"os"
	"testing"
)

// The tests in this file compare with what Node did when testdata/record.js was
// run.

func load[T any](t *testing.T, name string) []T {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []T
	if err := json.Unmarshal(data, &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) == 0 {
		t.Fatal("no cases")
	}
	return rows
}

func in(dir string) func() string { return func() string { return dir } }

// styles are the styles and the working directories of the recording.
var styles = map[string]Style{
	"posix": Posix{Getwd: in("/base/here")},
	"win32": Win32{Getwd: in(`C:\base\here`)},
}

func TestOnePath(t *testing.T) {
	suffixes := []string{"", "a", ".b", "b", ".a", "a.b", "/a", "a/b", "."}
	for name, p := range styles {
		for _, tt := range load[struct {
			Input, Dirname, Extname, Normalize, Format string
			Absolute                                   bool
			Parse                                      [5]string
			Basename                                   []string
		}](t, name+"-one") {
			parsed := p.Parse(tt.Input)
			for what, got := range map[string][2]any{
				"Dirname":    {p.Dirname(tt.Input), tt.Dirname},
				"Extname":    {p.Extname(tt.Input), tt.Extname},
				"Normalize":  {p.Normalize(tt.Input), tt.Normalize},
				"IsAbsolute": {p.IsAbsolute(tt.Input), tt.Absolute},
				"Parse":      {[5]string{parsed.Root, parsed.Dir, parsed.Base, parsed.Ext, parsed.Name}, tt.Parse},
				"Format":     {p.Format(parsed), tt.Format},
			} {
				if got[0] != got[1] {
					t.Errorf("%s: %s(%q) = %q, want %q", name, what, tt.Input, got[0], got[1])
				}
			}
			for i, suffix := range suffixes {
				if got := p.Basename(tt.Input, suffix); got != tt.Basename[i] {
					t.Errorf("%s: Basename(%q, %q) = %q, want %q", name, tt.Input, suffix, got, tt.Basename[i])
				}
			}
		}
	}
}

func TestTwoPaths(t *testing.T) {
	for name, p := range styles {
		for _, tt := range load[struct{ A, B, Join, Resolve, Relative string }](t, name+"-two") {
			for what, got := range map[string][2]string{
				"Join":     {p.Join(tt.A, tt.B), tt.Join},
				"Resolve":  {p.Resolve(tt.A, tt.B), tt.Resolve},
				"Relative": {p.Relative(tt.A, tt.B), tt.Relative},
			} {
				if got[0] != got[1] {
					t.Errorf("%s: %s(%q, %q) = %q, want %q", name, what, tt.A, tt.B, got[0], got[1])
				}
			}
		}
	}
}

func TestToNamespacedPath(t *testing.T) {
	for name, p := range styles {
		for _, tt := range load[struct{ Input, Want string }](t, name+"-namespaced") {
			if got := p.ToNamespacedPath(tt.Input); got != tt.Want {
				t.Errorf("%s: ToNamespacedPath(%q) = %q, want %q", name, tt.Input, got, tt.Want)
			}
		}
	}
}

func TestFormat(t *testing.T) {
	for _, tt := range load[struct {
		Input        Parsed
		Posix, Win32 string
	}](t, "format") {
		if got := (Posix{}).Format(tt.Input); got != tt.Posix {
			t.Errorf("Posix: Format(%+v) = %q, want %q", tt.Input, got, tt.Posix)
		}
		if got := (Win32{}).Format(tt.Input); got != tt.Win32 {
			t.Errorf("Win32: Format(%+v) = %q, want %q", tt.Input, got, tt.Win32)
		}
	}
}

func TestWorkingDirectory(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if got := (Posix{}).Resolve("a"); got != wd+"/a" {
		t.Errorf("resolved to %q, in %q", got, wd)
	}
	drives := Win32{Getwd: in(`C:\c`), DriveGetwd: func(drive string) string { return map[string]string{"D:": `D:\d`}[drive] }}
	for path, want := range map[string]string{"D:x": `D:\d\x`, "C:x": `C:\c\x`, "E:x": `E:\x`, `\x`: `C:\x`, "": `C:\c`} {
		if got := drives.Resolve(path); got != want {
			t.Errorf("%q is resolved to %q, want %q", path, got, want)
		}
	}
}

func FuzzStyles(f *testing.F) {
	f.Add("/a/../b//c.d/", `..\x`)
	f.Add(`\\server\share\x`, `C:..\y`)
	f.Add("COM1:x", "//?/C:/")
	f.Fuzz(func(t *testing.T, a, b string) {
		for name, p := range styles {
			n := p.Normalize(a)
			if name == "posix" && p.Normalize(n) != n {
				t.Errorf("%q is normalized to %q and then to %q", a, n, p.Normalize(n))
			}
			p.Dirname(a)
			p.Extname(a)
			p.Basename(a, b)
			p.Format(p.Parse(a))
			p.Join(a, b)
			p.ToNamespacedPath(a)
			from, to := p.Resolve(a), p.Resolve(b)
			if name == "posix" {
				if got := p.Resolve(from, p.Relative(a, b)); got != to {
					t.Errorf("from %q to %q leads to %q", from, to, got)
				}
			}
		}
	})
}

func BenchmarkJoin(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = Posix{}.Join("/srv/www", "static", "css/main.css")
	}
}

func BenchmarkResolve(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = Posix{}.Resolve("/srv/www", "static", "../css/main.css")
	}
}

func BenchmarkBasename(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = Posix{}.Basename("/srv/www/static/css/main.css", ".css")
	}
}
