package lang

import "testing"

func TestIncomplete(t *testing.T) {
	tests := map[string]bool{
		"1 + 1\n":                   false,
		"function f() {\n":          true,
		"[1, 2\n":                   true,
		"f(1,\n":                    true,
		"`abc\n":                    true,
		"/* abc\n":                  true,
		"'abc\\\n":                  true,
		"'abc\n":                    false,
		"foo bar\n":                 false,
		"if (x)\n":                  true,
		"({ a: 1,\n":                true,
		"x = {\n":                   true,
		"}\n":                       false,
		"1 +\n":                     true,
		"class A {\n  m() {\n":      true,
		"a => {\n":                  true,
		"let x = ;\n":               false,
		"try { a() }\n":             true,
		"for (;;)\n":                true,
		"const a = async () => {\n": true,
	}
	for text, want := range tests {
		if got := Incomplete(text); got != want {
			_, err := Compile("REPL", text, Eval)
			t.Errorf("Incomplete(%q) = %v (%v)", text, got, err)
		}
	}
}

func TestTopLevelAwait(t *testing.T) {
	tests := []struct{ text, want string }{
		{"await 1", "(async () => { return { __proto__: null, value: (await 1) }\n})()"},
		{"1 + 1", ""},
		{"async () => { await 1 }", ""},
		{"const z = await x;", "let z; (async () => { void ( z = await x);\n})()"},
		{"let a, b = await 1", "let a, b; (async () => { void ( a = undefined, b = await 1)\n})()"},
		{"var { q } = await x; q", "let q; (async () => { void ( { q } = await x); return { __proto__: null, value: (q) }\n})()"},
		{"if (await x) { y }", "(async () => { if (await x) { y }\n})()"},
		{"class A {}\nawait 0", "let A; (async () => { A = class A {}\nreturn { __proto__: null, value: (await 0) }\n})()"},
	}
	for _, test := range tests {
		if got, _ := TopLevelAwait(test.text); got != test.want {
			t.Errorf("TopLevelAwait(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// A loop that awaits is known to the transformer only.
func TestTopLevelForAwait(t *testing.T) {
	if out, ok := TopLevelAwait("for await (const x of y) z(x)"); !ok {
		t.Errorf("%q", out)
	}
	if out, ok := TopLevelAwait("async () => { for await (const x of"); ok {
		t.Errorf("%q", out)
	}
}
