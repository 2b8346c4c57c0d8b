package fs

import (
	"encoding/binary"
	stdpath "path"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/loop"
)

// systemWatch is a Watcher's inotify descriptor and what it watches.
type systemWatch struct {
	fd        int
	watch     loop.Watch
	path      string
	file      bool             // path is no directory
	recursive bool             // watch the directories below
	below     map[int32]string // path relative to the root, by watch descriptor
}

const watchMask = unix.IN_ATTRIB | unix.IN_CREATE | unix.IN_MODIFY | unix.IN_DELETE | unix.IN_DELETE_SELF |
	unix.IN_MOVE_SELF | unix.IN_MOVED_FROM | unix.IN_MOVED_TO

// Watch begins to watch path.
func Watch(l *loop.Loop, path string, recursive bool) (*Watcher, error) {
	fd, err := unix.InotifyInit1(unix.IN_CLOEXEC | unix.IN_NONBLOCK)
	if err != nil {
		return nil, fail(err, "watch", path)
	}
	w := &Watcher{system: systemWatch{fd: fd, path: path, recursive: recursive, below: map[int32]string{}}}
	s := &w.system
	st, err := statPath(path, true)
	if err == nil {
		s.file = st.Kind() != KindDir
		err = s.add("")
	}
	if err == nil {
		err = s.watch.Open(l, fd, w)
	}
	if err != nil {
		unix.Close(fd)
		return nil, fail(err, "watch", path)
	}
	w.Init(l, "FSEventWrap")
	w.Owner = w
	w.Start()
	s.watch.SetInterest(true, false)
	return w, nil
}

// add watches a directory, named relative to the root, and with recursive those
// below it.
func (s *systemWatch) add(rel string) error {
	wd, err := unix.InotifyAddWatch(s.fd, stdpath.Join(s.path, rel), watchMask)
	if err != nil {
		return err
	}
	s.below[int32(wd)] = rel
	if !s.recursive || s.file {
		return nil
	}
	for _, e := range list(stdpath.Join(s.path, rel)) {
		if e.Kind == EntryDir {
			_ = s.add(stdpath.Join(rel, e.Name)) // it may be gone already
		}
	}
	return nil
}

// OnPoll reads what has changed; the loop calls it.
func (w *Watcher) OnPoll(loop.Events) {
	s := &w.system
	var p [16 << 10]byte
	n, err := unix.Read(s.fd, p[:])
	if err != nil {
		return
	}
	for q := p[:max(n, 0)]; len(q) >= unix.SizeofInotifyEvent && w.Active(); {
		wd := int32(binary.NativeEndian.Uint32(q))
		mask := binary.NativeEndian.Uint32(q[4:])
		size := int(binary.NativeEndian.Uint32(q[12:]))
		name := strings.TrimRight(string(q[unix.SizeofInotifyEvent:unix.SizeofInotifyEvent+size]), "\x00")
		q = q[unix.SizeofInotifyEvent+size:]
		w.event(wd, mask, name)
	}
}

func (w *Watcher) event(wd int32, mask uint32, name string) {
	s := &w.system
	rel, known := s.below[wd]
	if mask&unix.IN_IGNORED != 0 {
		delete(s.below, wd)
		return
	}
	if !known || rel != "" && name == "" { // what happened to it was told by its parent
		return
	}
	c := Change{Event: "rename"}
	if mask&^(unix.IN_ATTRIB|unix.IN_MODIFY|unix.IN_ISDIR) == 0 {
		c.Event = "change"
	}
	if name == "" {
		name = stdpath.Base(s.path)
		c.Filename = name
	} else {
		c.Filename = stdpath.Join(rel, name)
	}
	w.tell(c)
	if s.recursive && mask&unix.IN_ISDIR != 0 && mask&(unix.IN_CREATE|unix.IN_MOVED_TO) != 0 && w.Active() {
		w.adopt(c.Filename)
	}
}

func (w *Watcher) tell(c Change) {
	w.Callback(loop.Func(func() {
		if w.Active() && w.OnChange != nil {
			w.OnChange(c)
		}
	}))
}

// adopt watches a directory that has appeared, and tells of what it holds
// already.
func (w *Watcher) adopt(rel string) {
	if w.system.add(rel) != nil {
		return
	}
	found, err := Readdir(stdpath.Join(w.system.path, rel), true, false)
	if err != nil {
		return
	}
	root := stdpath.Clean(w.system.path)
	for _, e := range found {
		if !w.Active() {
			return
		}
		path := stdpath.Join(e.Parent, e.Name)
		if root != "." {
			path = strings.TrimPrefix(path, strings.TrimSuffix(root, "/")+"/")
		}
		w.tell(Change{"rename", path})
	}
}

// Close ends the watching. Closing twice is allowed.
func (w *Watcher) Close() {
	if !w.Active() {
		return
	}
	w.Stop()
	w.system.watch.Close()
	unix.Close(w.system.fd)
	w.End()
}
