package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// write replaces a file of the program's folder.
func (p *program) write(name, text string) {
	p.t.Helper()
	if err := os.WriteFile(filepath.Join(p.cmd.Dir, name), []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// A program is run again when a file changes that it has loaded, by whichever
// loader, and no other; a signal ends it.
func TestWatch(t *testing.T) {
	const done, failed, again = "Completed running 'app.js a b'.", "Failed running 'app.js a b'.", "Restarting 'app.js a b'"
	for name, dep := range map[string]struct{ file, load, one, two, broken string }{
		"CommonJS":    {"dep.js", "require('./dep.js')", "module.exports = 1", "module.exports = 22", "module.exports = ("},
		"ES module":   {"dep.mjs", "require('./dep.mjs').x", "export const x = 1", "export const x = 22", "export const"},
		"JSON":        {"dep.json", "require('./dep.json')", "1", "22", "{"},
		"import()":    {"dep.mjs", "import('./dep.mjs').then((m) => m.x)", "export const x = 1", "export const x = 22", "export const"},
		"environment": {"dep.env", "+process.env.X", "X=1", "X=22", ""},
	} {
		t.Run(name, func(t *testing.T) {
			args := []string{"--watch", "app.js", "a", "b"}
			if name == "environment" {
				args = append([]string{"--env-file=dep.env"}, args...)
			}
			p := start(t, map[string]string{
				"app.js":   "(async () => console.log('value', await " + dep.load + ", process.argv.slice(2).join(), process.execArgv.join()))()",
				"other.js": "",
				dep.file:   dep.one,
			}, args...)
			execArgv := ""
			if name == "environment" {
				execArgv = " --env-file=dep.env"
			}
			if l := p.line(); l != "value 1 a,b"+execArgv && l != "value 1 a,b " {
				t.Errorf("%q", l)
			}
			p.until(done)
			p.write("other.js", "1")
			p.write(dep.file, dep.two)
			if l := p.line(); l != again {
				t.Errorf("%q", l)
			}
			if l := p.line(); !strings.HasPrefix(l, "value 22 ") {
				t.Errorf("%q", l)
			}
			p.until(done)
			if dep.broken != "" {
				p.write(dep.file, dep.broken)
				p.until(failed)
				p.write(dep.file, dep.one)
				p.until("value 1 ")
				p.until(done)
			}
			p.signal(syscall.SIGTERM)
			if rest, code, sig := p.end(); rest != "" || code != 0 || sig != 0 {
				t.Errorf("%q, code %d, %v", rest, code, sig)
			}
		})
	}
}

// A program that runs is ended by the signal, and its end is waited for.
func TestWatchStops(t *testing.T) {
	for _, name := range []string{"SIGTERM", "SIGINT"} {
		t.Run(name, func(t *testing.T) {
			app := `
process.on('` + name + `', () => { console.log('asked'); setTimeout(() => { console.log('ended'); process.exit(0) }, 50) });
setInterval(() => {}, 1000);
console.log('up');`
			p := start(t, map[string]string{"app.js": app}, "--watch", "--watch-kill-signal="+name, "app.js")
			p.until("up")
			p.write("app.js", app+" // changed")
			for _, want := range []string{"Restarting 'app.js'", "asked", "ended", "up"} {
				if l := p.line(); l != want {
					t.Errorf("%q, expected %q", l, want)
				}
			}
			sig, _ := map[string]syscall.Signal{"SIGTERM": syscall.SIGTERM, "SIGINT": syscall.SIGINT}[name]
			p.signal(sig)
			if rest, code, _ := p.end(); rest != "asked\nended\n" || code != 0 {
				t.Errorf("%q, code %d", rest, code)
			}
		})
	}
}

// With --watch-path any file below the path counts, and no other.
func TestWatchPath(t *testing.T) {
	p := start(t, map[string]string{"app.js": "console.log('run')"}, "--watch-path", "sub", "app.js")
	p.until("Completed")
	if err := os.Mkdir(filepath.Join(p.cmd.Dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	p.write("app.js", "console.log('not seen')")
	p.write("sub/new.txt", "x")
	p.until("Restarting 'app.js'")
	if l := p.until("not"); l != "not seen" {
		t.Errorf("%q", l)
	}
	p.until("Completed")
	p.signal(syscall.SIGINT)
	if _, code, _ := p.end(); code != 0 {
		t.Errorf("code %d", code)
	}
}

// A file that the program's children load counts, too: tests run in processes of
// their own.
func TestWatchTests(t *testing.T) {
	p := start(t, map[string]string{
		"dep.js":      "module.exports = 1",
		"app.test.js": "require('node:test')('t', () => require('node:assert').strictEqual(require('./dep.js'), 1))",
	}, "--watch", "--test", "--test-reporter=tap", "app.test.js")
	p.until("# pass 1")
	p.until("Completed running 'app.test.js'")
	p.write("dep.js", "module.exports = 2")
	p.until("# fail 1")
	p.until("Failed running 'app.test.js'")
}
