package ttymod

import (
	"os"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/internal/lazyregexp"
	"github.com/spindle-js/spindle/jsbind/bind"
)

// Depths are the bits of color that terminals have.
const (
	depth2   = 1
	depth16  = 4
	depth256 = 8
	depth16m = 24
)

// terminals are the depths of terminals by the value of TERM.
var terminals = map[string]int{
	"eterm": depth16, "cons25": depth16, "console": depth16, "cygwin": depth16, "dtterm": depth16, "gnome": depth16,
	"hurd": depth16, "jfbterm": depth16, "konsole": depth16, "kterm": depth16, "mlterm": depth16, "mosh": depth16m,
	"putty": depth16, "st": depth16, "rxvt-unicode-24bit": depth16m, "terminator": depth16m, "xterm-kitty": depth16m,
}

// ciSystems are the depths of build services by the variable that they set.
var ciSystems = []struct {
	name  string
	depth int
}{
	{"APPVEYOR", depth256}, {"BUILDKITE", depth256}, {"CIRCLECI", depth16m}, {"DRONE", depth256}, {"GITEA_ACTIONS", depth16m},
	{"GITHUB_ACTIONS", depth16m}, {"GITLAB_CI", depth256}, {"TRAVIS", depth256},
}

var (
	termPattern     = lazyregexp.New(`(?i)ansi|color|linux|direct|^con[0-9]*x[0-9]|^rxvt|^screen|^xterm|^vt100|^vt220`)
	teamCityPattern = lazyregexp.New(`^(9\.(0*[1-9]\d*)\.|\d{2,}\.)`)
	oldITerm        = lazyregexp.New(`^[0-2]\.`)
)

// environment looks variables up, in process.env or in an object that a program
// passed.
type environment func(name string) (string, bool)

func environmentOf(v goja.Value) environment {
	o, ok := v.(*goja.Object)
	if !ok {
		return os.LookupEnv
	}
	return func(name string) (string, bool) {
		x := o.Get(name)
		if x == nil || goja.IsUndefined(x) {
			return "", false
		}
		return x.String(), true
	}
}

func (e environment) get(name string) string {
	s, _ := e(name)
	return s
}

func (e environment) has(name string) bool {
	_, ok := e(name)
	return ok
}

// colorDepth is writeStream.getColorDepth([env])
// (https://nodejs.org/docs/latest-v24.x/api/tty.html#writestreamgetcolordepthenv).
func (m *module) colorDepth(env goja.Value) int {
	e := environmentOf(env)
	if v, ok := e("FORCE_COLOR"); ok {
		switch v {
		case "", "1", "true":
			m.warnIgnored(e)
			return depth16
		case "2":
			m.warnIgnored(e)
			return depth256
		case "3":
			m.warnIgnored(e)
			return depth16m
		}
		return depth2
	}
	if e.get("NODE_DISABLE_COLORS") != "" || e.get("NO_COLOR") != "" || e.get("TERM") == "dumb" {
		return depth2
	}
	if e.get("TMUX") != "" {
		return depth16m
	}
	if e.has("TF_BUILD") && e.has("AGENT_NAME") {
		return depth16
	}
	if e.has("CI") {
		for _, s := range ciSystems {
			if e.has(s.name) {
				return s.depth
			}
		}
		if e.get("CI_NAME") == "codeship" {
			return depth256
		}
		return depth2
	}
	if v, ok := e("TEAMCITY_VERSION"); ok {
		if teamCityPattern().MatchString(v) {
			return depth16
		}
		return depth2
	}
	switch e.get("TERM_PROGRAM") {
	case "iTerm.app":
		if v := e.get("TERM_PROGRAM_VERSION"); v == "" || oldITerm().MatchString(v) {
			return depth256
		}
		return depth16m
	case "HyperTerm", "MacTerm":
		return depth16m
	case "Apple_Terminal":
		return depth256
	}
	if c := e.get("COLORTERM"); c == "truecolor" || c == "24bit" {
		return depth16m
	}
	if term := e.get("TERM"); term != "" {
		lower := strings.ToLower(term)
		if strings.Contains(lower, "truecolor") {
			return depth16m
		}
		if strings.HasPrefix(lower, "xterm-256") {
			return depth256
		}
		if d := terminals[lower]; d != 0 {
			return d
		}
		if termPattern().MatchString(lower) {
			return depth16
		}
	}
	if e.get("COLORTERM") != "" {
		return depth16
	}
	return depth2
}

type warnedKey struct{}

// warnIgnored warns once where FORCE_COLOR wins over a variable that turns
// colors off.
func (m *module) warnIgnored(e environment) {
	if m.rt.Value(warnedKey{}) != nil {
		return
	}
	name := ""
	if e.get("NODE_DISABLE_COLORS") != "" {
		name = "NODE_DISABLE_COLORS"
	}
	if e.get("NO_COLOR") != "" {
		if name != "" {
			name += "' and '"
		}
		name += "NO_COLOR"
	}
	if name != "" {
		m.rt.SetValue(warnedKey{}, true)
		m.rt.Warn("The '"+name+"' env is ignored due to the 'FORCE_COLOR' env being set.", "Warning", nil)
	}
}

// ShouldColorize reports whether text for a stream is colored by default: if
// FORCE_COLOR says so, else on terminals that have colors.
func ShouldColorize(rt *bind.Runtime, stream goja.Value) bool {
	if _, ok := os.LookupEnv("FORCE_COLOR"); ok {
		return get(rt).colorDepth(goja.Undefined()) > 2
	}
	o, ok := stream.(*goja.Object)
	if !ok || !bind.Get(o, "isTTY").ToBoolean() {
		return false
	}
	depth := bind.Get(o, "getColorDepth")
	return !bind.IsCallable(depth) || rt.Call(depth, o).ToFloat() > 2
}
