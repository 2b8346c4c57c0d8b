package fs

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/loop"
)

// turn runs a loop until nothing is left to do.
func turn(t *testing.T, l *loop.Loop) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := l.Run(ctx); err != nil {
		t.Fatal(err)
	}
	if l.Alive() {
		t.Errorf("the loop is alive: %v", l.WhyAlive())
	}
}

func newLoop(t *testing.T) *loop.Loop {
	t.Helper()
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func TestStreams(t *testing.T) {
	l := newLoop(t)
	path := filepath.Join(t.TempDir(), "a")
	want := bytes.Repeat([]byte("line of text\n"), 20_000)
	w := NewWriteStream(l, path, unix.O_CREAT|unix.O_WRONLY|unix.O_TRUNC)
	var got bytes.Buffer
	var order []string
	w.Once("finish", func(...any) { order = append(order, "finish") })
	w.Once("close", func(...any) {
		order = append(order, "closed")
		r := NewReadStream(l, path)
		r.OnData(func(c buffer.Chunk) { got.Write(c.Bytes) })
		r.Once("close", func(...any) {
			order = append(order, "read")
			if r.BytesRead != int64(len(want)) || !r.Pending() {
				t.Errorf("read %d bytes, pending %v", r.BytesRead, r.Pending())
			}
		})
	})
	for rest := want; len(rest) > 0; {
		n := min(len(rest), 100_000)
		w.Write(buffer.Bytes(rest[:n]), "", nil)
		rest = rest[n:]
	}
	w.End(buffer.Chunk{}, "", nil)
	turn(t, l)
	if !bytes.Equal(got.Bytes(), want) || w.BytesWritten != int64(len(want)) {
		t.Errorf("wrote %d, read %d, want %d", w.BytesWritten, got.Len(), len(want))
	}
	if len(order) != 3 || order[0] != "finish" || order[1] != "closed" || order[2] != "read" {
		t.Errorf("events %v", order)
	}
}

func TestReadStreamOfNothing(t *testing.T) {
	l := newLoop(t)
	r := NewReadStream(l, filepath.Join(t.TempDir(), "none"))
	var failed, closed bool
	r.On("error", func(args ...any) { failed = code(args[0].(error)) == "ENOENT" })
	r.On("close", func(...any) { closed = true })
	r.OnData(func(buffer.Chunk) { t.Error("data") })
	turn(t, l)
	if !failed || !closed {
		t.Errorf("error %v, close %v", failed, closed)
	}
}

func TestWatch(t *testing.T) {
	l := newLoop(t)
	dir := t.TempDir()
	w, err := Watch(l, dir, false)
	if err != nil {
		t.Skip("this system watches nothing: ", err)
	}
	seen := map[string]bool{}
	w.OnChange = func(c Change) {
		seen[c.Event+" "+c.Filename] = true
		if len(seen) >= 2 {
			w.Close()
		}
	}
	l.NextTickFunc(func() {
		if err := os.WriteFile(filepath.Join(dir, "new"), []byte("x"), 0o666); err != nil {
			t.Error(err)
		}
	})
	turn(t, l)
	if !seen["rename new"] || !seen["change new"] {
		t.Errorf("seen %v", seen)
	}
	if _, err := Watch(l, filepath.Join(dir, "none"), false); code(err) != "ENOENT" {
		t.Errorf("watching nothing: %v", err)
	}
}
