package compat

import (
	"os"
	"strings"
)

// droppedEnv are variables of the caller that would change what a program under
// test prints. A name that ends in "_" stands for all names with that prefix.
var droppedEnv = []string{
	"NODE_", "SPINDLE_", "FORCE_COLOR", "NO_COLOR", "COLORTERM", "TERM", "DEBUG", "TZ", "LANG", "LC_",
	"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
}

// environment is the caller's without droppedEnv, in UTC and without a
// terminal, followed by extra.
func environment(extra ...string) []string {
	env := []string{"TZ=UTC", "TERM=dumb"}
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if !dropped(name) {
			env = append(env, entry)
		}
	}
	return append(env, extra...)
}

func dropped(name string) bool {
	for _, drop := range droppedEnv {
		if name == drop || strings.HasSuffix(drop, "_") && strings.HasPrefix(name, drop) {
			return true
		}
	}
	return false
}
