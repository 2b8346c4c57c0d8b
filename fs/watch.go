package fs

import "github.com/spindle-js/spindle/loop"

// Change is what a Watcher tells of: the event ("rename" or "change") and the
// name of the file, relative to what is watched.
type Change struct{ Event, Filename string }

// Watcher watches a file, or a directory and with Recursive all below it
// (https://nodejs.org/docs/latest-v24.x/api/fs.html#class-fsfswatcher). It
// belongs to the goroutine of its loop, and keeps the loop alive until Close
// unless Unref is called.
type Watcher struct {
	loop.Handle
	// OnChange is called for each change, as one call-out.
	OnChange func(Change)
	system   systemWatch
}
