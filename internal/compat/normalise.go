package compat

import (
	"regexp"
	"strings"

	"github.com/spindle-js/spindle/internal/lazyregexp"
)

// The one normalisation. Everything that may differ between two faithful runs,
// and nothing else, is rewritten here; docs/differences.md describes each rule
// under the same name. A rule that is not on that page does not belong here.

// rule rewrites what it matches; docs/differences.md has an entry of its name.
type rule struct {
	name    string
	pattern func() *regexp.Regexp
	to      string
}

var rules = []rule{
	// "(node:4711) Warning" and "(spindle:4711) Warning".
	{"process ids", lazyregexp.New(`\((?:node|spindle):\d+\)`), `(node:<pid>)`},

	// Ports that the system hands out. Ports below 20000 are a script's own
	// words and stay.
	{"ports", lazyregexp.New(`((?:127\.0\.0\.1|\[?::1?\]?|\[?::ffff:127\.0\.0\.1\]?|localhost|0\.0\.0\.0):)[2-6]\d{4}\b`), `${1}<port>`},
	{"ports", lazyregexp.New(`((?:[pP]ort|localPort|remotePort)'?"?: ?'?)[2-6]\d{4}\b`), `${1}<port>`},

	// Date headers, and fractions of milliseconds and seconds as console.time
	// prints them.
	{"timings", lazyregexp.New(`\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT`), `<date>`},
	{"timings", lazyregexp.New(`\b\d+(?:\.\d+)?ms\b|\b\d+\.\d+s\b`), `<time>`},

	{"stack layout", lazyregexp.New(`(?m)\n +\.\.\. \d+ lines matching cause stack trace \.\.\.$`), ""},

	// The excerpt of a file of the runtime itself, above the error that it threw;
	// then its frames. " {" is the begin of an error's own properties.
	{"node: stack frames", lazyregexp.New(`(?m)^node:[\w/]+:\d+\n.*\n *\^+\n`), ""},
	{"node: stack frames", lazyregexp.New(`(?m)\n +at (?:[^\n]* \()?(?:node:|<anonymous>|\[eval\]-wrapper:)[^\n]*?( \{)?$`), `${1}`},

	// "at Server.<anonymous> (/a/b.js:3:9)" keeps file, line and column.
	{"stack layout", lazyregexp.New(`(?m)^( +)at .*\((.*:\d+:\d+)\)`), `${1}at ${2}`},
	{"stack layout", lazyregexp.New(`(?m)^( +)at async (.*:\d+:\d+)`), `${1}at ${2}`},

	{"version trailer", lazyregexp.New(`(?m)^(?:Node\.js|Spindle) v\d+\.\d+\.\d+\S*$`), `<version>`},
}

// engineRules are used in addition for a case whose folder settings say
// `"stderr": "engine"`: its message is the JavaScript engine's own.
var engineRules = []rule{
	{"engine messages", lazyregexp.New(`(?m)^(Uncaught )?((?:Syntax|Type|Reference|Range)Error): .*$`), `${1}${2}: <engine's message>`},
	{"engine messages", lazyregexp.New(`(?m)^ *\^+$`), `^`},
}

// normalise rewrites the output of the program at path that ran in folder dir.
// Both sides of every comparison go through it, and so does what Record writes.
func normalise(text, path, dir string, engine bool) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if path != "" {
		text = replacePath(text, path, "<program>")
	}
	if dir != "" {
		text = strings.ReplaceAll(text, dir+"/", "<dir>/")
		text = strings.ReplaceAll(text, dir, "<dir>")
	}
	for _, r := range rules {
		text = r.pattern().ReplaceAllString(text, r.to)
	}
	if engine {
		for _, r := range engineRules {
			text = r.pattern().ReplaceAllString(text, r.to)
		}
	}
	return text
}

// replacePath replaces path where it is not the beginning of a longer one.
func replacePath(text, path, to string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, path)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if after != "" && (after[0] == '-' || after[0] == '.' || after[0] == '_' || after[0] == '/' ||
			after[0] >= '0' && after[0] <= '9' || after[0]|0x20 >= 'a' && after[0]|0x20 <= 'z') {
			b.WriteString(path)
		} else {
			b.WriteString(to)
		}
		text = after
	}
}
