package fs

import (
	"context"

	"github.com/spindle-js/spindle/loop"
)

// Files is what a ReadStream or WriteStream does its work with. Each done is
// called once, on the loop, at once or later. A position below 0 is the
// descriptor's own.
type Files interface {
	Open(path string, flags int, mode uint32, done func(fd int, err error))
	Read(fd int, p []byte, pos int64, done func(n int, p []byte, err error))
	Write(fd int, p []byte, pos int64, done func(n int, err error))
	Writev(fd int, ps [][]byte, pos int64, done func(n int, err error))
	Fsync(fd int, done func(error))
	Close(fd int, done func(error))
}

// OnLoop returns the Files that call the functions of this package off l.
func OnLoop(l *loop.Loop) Files { return files{l} }

type files struct{ l *loop.Loop }

func (f files) work(run func() error, done func(error)) {
	f.l.Work(context.TODO(), "FSReqCallback", func(context.Context) error { return run() }, done)
}

func (f files) Open(path string, flags int, mode uint32, done func(int, error)) {
	fd := -1
	f.work(func() (err error) { fd, err = Open(path, flags, mode); return err }, func(err error) { done(fd, err) })
}

func (f files) Read(fd int, p []byte, pos int64, done func(int, []byte, error)) {
	n := 0
	f.work(func() (err error) { n, err = Read(fd, p, pos); return err }, func(err error) { done(n, p, err) })
}

func (f files) Write(fd int, p []byte, pos int64, done func(int, error)) {
	n := 0
	f.work(func() (err error) { n, err = Write(fd, p, pos); return err }, func(err error) { done(n, err) })
}

func (f files) Writev(fd int, ps [][]byte, pos int64, done func(int, error)) {
	n := 0
	f.work(func() (err error) { n, err = Writev(fd, ps, pos); return err }, func(err error) { done(n, err) })
}

func (f files) Fsync(fd int, done func(error)) { f.work(func() error { return Fsync(fd) }, done) }
func (f files) Close(fd int, done func(error)) { f.work(func() error { return Close(fd) }, done) }
