package diagnostics

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"

	"github.com/spindle-js/spindle/loop"
)

// Log prints one line of a section of NODE_DEBUG, "HTTP 4711: …". format is that
// of util.format: %s and %d, and arguments without a verb follow after blanks.
type Log func(format string, args ...any)

// Printer prints a line in the place of the standard one.
type Printer func(section, format string, args []any)

type printerKey struct{}

// SetPrinter makes a host print the lines of a loop.
func SetPrinter(l *loop.Loop, p Printer) { l.SetSlot(printerKey{}, p) }

// Debug returns the log of a section such as "http", nil unless NODE_DEBUG names
// it (https://nodejs.org/docs/latest-v24.x/api/cli.html#node_debugmodule).
func Debug(l *loop.Loop, section string) Log {
	if !Enabled(section) {
		return nil
	}
	section = strings.ToUpper(section)
	return func(format string, args ...any) {
		if p, ok := l.Slot(printerKey{}).(Printer); ok {
			p(section, format, args)
			return
		}
		fmt.Fprintf(os.Stderr, "%s %d: %s\n", section, os.Getpid(), text(format, args))
	}
}

// Enabled reports whether NODE_DEBUG, as it was at the start, names a section.
// Names have no case, and * stands for any text.
func Enabled(section string) bool {
	p := pattern()
	return p != nil && p.MatchString(section)
}

var pattern = sync.OnceValue(func() *regexp.Regexp { return compile(os.Getenv("NODE_DEBUG")) })

func compile(env string) *regexp.Regexp {
	if env == "" {
		return nil
	}
	var list []string
	for _, name := range strings.Split(env, ",") {
		list = append(list, "^"+strings.ReplaceAll(regexp.QuoteMeta(name), `\*`, ".*")+"$")
	}
	return regexp.MustCompile("(?i)" + strings.Join(list, "|"))
}

// text is util.format for values of Go.
func text(format string, args []any) string {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] == '%' && i+1 < len(format) && len(args) > 0 && strings.IndexByte("sdijoO", format[i+1]) >= 0 {
			fmt.Fprint(&b, args[0])
			args = args[1:]
			i++
			continue
		}
		b.WriteByte(format[i])
	}
	for _, a := range args {
		fmt.Fprint(&b, " ", a)
	}
	return b.String()
}
