package lang

import "testing"

func TestSourceMappingURL(t *testing.T) {
	for src, want := range map[string]string{
		"":                                                  "",
		"a\n//# sourceMappingURL=x.map":                     "x.map",
		"a //@ sourceMappingURL=x.map\nb":                   "x.map",
		"/*# sourceMappingURL=y */":                         "y",
		"'//# sourceMappingURL=x'":                          "",
		"`\n//# sourceMappingURL=x\n`":                      "",
		"`${'}'}\n//# sourceMappingURL=x\n`":                "",
		"`${a}`//# sourceMappingURL=x":                      "x",
		"/[/]\\//; //# sourceMappingURL=x":                  "x",
		"//# sourceMappingURL=a b":                          "",
		"//# sourceMappingURL=a\n//# other=b":               "a",
		"//#sourceMappingURL=a":                             "",
		"//# sourceMappingURL=a\n//# sourceMappingURL=b\nc": "b",
	} {
		if got := SourceMappingURL(src); got != want {
			t.Errorf("%q: %q, want %q", src, got, want)
		}
	}
}
