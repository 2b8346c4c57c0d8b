//go:build darwin || freebsd

package fs

import (
	"syscall"

	"github.com/spindle-js/spindle/loop"
)

type systemWatch struct{}

// Watch is not there yet on this system.
func Watch(l *loop.Loop, path string, recursive bool) (*Watcher, error) {
	return nil, fail(syscall.ENOSYS, "watch", path)
}

// Close ends the watching.
func (w *Watcher) Close() { w.Stop() }
