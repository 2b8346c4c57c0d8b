package main

import (
	"os"
	"strings"
	"syscall"
	"testing"
)

// What goes beyond a limit ends the process, with a reason, a place and a code.
func TestLimits(t *testing.T) {
	const fill = "const held = [];\nfunction fill() {\n  for (;;) held.push({ a: [1] });\n}\nsetTimeout(fill, 1);\n"
	const forever = "function forever() {\n  try { for (;;); } catch {} finally { console.log('finally') }\n}\nsetTimeout(forever, 1);\n"
	const memory = "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n"
	for _, c := range []struct {
		name, src string
		args      []string
		env       string
		said      []string
		code      int
		sig       syscall.Signal
	}{
		{"memory", fill, []string{"--max-old-space-size=40"}, "", []string{memory, "40 MiB allowed", "    at fill (", "app.js:3:"}, -1, syscall.SIGABRT},
		{"memory by NODE_OPTIONS", fill, nil, "--max_old_space_size=40", []string{memory}, -1, syscall.SIGABRT},
		{"memory of several loops", fill, []string{"--max-old-space-size=40", "--workers=2"}, "", []string{memory}, -1, syscall.SIGABRT},
		{"buffers", "const a = []; setInterval(() => a.push(Buffer.alloc(1 << 20, 1)), 1)", []string{"--max-old-space-size=40"}, "", []string{memory}, -1, syscall.SIGABRT},
		{"time", forever, []string{"--time-limit=200"}, "", []string{"has not ended within 200 ms", "    at forever ("}, 124, 0},
		{"time of a program that waits", "setInterval(() => {}, 1000)", []string{"--time-limit", "200"}, "", []string{"has not ended within 200 ms"}, 124, 0},
		{"turn", forever, []string{"--turn-limit=100"}, "", []string{"more than 100 ms", "    at forever ("}, 124, 0},
		{"turn by NODE_OPTIONS", forever, nil, "--turn-limit=100", []string{"more than 100 ms"}, 124, 0},
		{"within", "setTimeout(() => {}, 20)", []string{"--turn-limit=5000", "--time-limit=20000", "--max-old-space-size=400"}, "", nil, 0, 0},
		{"no number", "", []string{"--max-old-space-size=x"}, "", []string{"bad option: --max-old-space-size=x"}, 9, 0},
		{"no number of milliseconds", "", []string{"--time-limit=x"}, "", []string{"--time-limit must be a number of milliseconds"}, 9, 0},
		{"no percentage", "", []string{"--max-old-space-size-percentage=101"}, "", []string{"must be greater than 0 and up to 100. Got: 101"}, 9, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.env != "" {
				t.Setenv("NODE_OPTIONS", strings.TrimSpace(os.Getenv("NODE_OPTIONS")+" "+c.env))
			}
			p := start(t, map[string]string{"app.js": c.src}, append(c.args, "app.js")...)
			out, code, sig := p.end()
			if out != "" || code != c.code || sig != c.sig {
				t.Errorf("%q, code %d, %v", out, code, sig)
			}
			said := p.stderr.String()
			for _, s := range c.said {
				if !strings.Contains(said, s) {
					t.Errorf("standard error lacks %q:\n%s", s, said)
				}
			}
			if c.said == nil && said != "" {
				t.Errorf("standard error: %s", said)
			}
		})
	}
}
