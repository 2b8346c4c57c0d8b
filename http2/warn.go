package http2

import "github.com/spindle-js/spindle/loop"

type warnKey struct{}

// SetWarn makes f print the warnings of a loop.
func SetWarn(l *loop.Loop, f func(message, name string)) { l.SetSlot(warnKey{}, f) }

type warnedKey struct{ text string }

// warnOnce prints a warning the first time.
func warnOnce(l *loop.Loop, text, name string) {
	if f, ok := l.Slot(warnKey{}).(func(string, string)); ok && l.Slot(warnedKey{text}) == nil {
		l.SetSlot(warnedKey{text}, true)
		f(text, name)
	}
}

func warnConnection(l *loop.Loop) {
	warnOnce(l, "The provided connection header is not valid, the value will be dropped from the header and will never be in use.", "UnsupportedWarning")
}

// WarnStatusMessage warns of a status message, which HTTP/2 does not have.
func WarnStatusMessage(l *loop.Loop) {
	warnOnce(l, "Status message is not supported by HTTP/2 (RFC7540 8.1.2.4)", "UnsupportedWarning")
}
