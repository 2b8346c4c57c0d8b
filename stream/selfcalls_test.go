package stream

import (
	"os"
	"strings"
	"testing"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
)

// watcher is a host on which every method of every stream is replaced by one
// that logs the call and makes it.
type watcher struct {
	names map[*events.Emitter]string
	log   []string
}

type watched struct {
	w *watcher
	s *Stream
	m events.Method
}

func (w *watcher) Override(e *events.Emitter, m events.Method) events.Override {
	s := e.Self().(*Stream)
	has := map[events.Method]bool{
		events.MethodUnderWritev: false, events.MethodUnderConstruct: false,
		events.MethodOnce: false, events.MethodPrependListener: false,
		events.MethodUnderFinal:     s.caps&capFinal != 0,
		events.MethodUnderTransform: s.caps&capTransform != 0, events.MethodUnderFlush: s.caps&capFlush != 0,
	}
	if yes, known := has[m]; w.names[e] == "" || known && !yes {
		return nil
	}
	return watched{w, s, m}
}

func (w *watcher) ToHost(_ *events.Emitter, args []any) any                     { return args }
func (w *watcher) FromHost(_ *events.Emitter, args any) []any                   { return args.([]any) }
func (w *watcher) Call(*events.Emitter, *events.Listener, events.Key, any, any) {}
func (w *watcher) Unhandled(*events.Emitter, events.Args)                       {}
func (w *watcher) LeakWarning(*events.Emitter, events.Key, int, int)            {}
func (w *watcher) DefaultMaxListeners() int                                     { return 10 }

func (w *watcher) show(v any) string {
	switch v := v.(type) {
	case *events.Listener:
		return v.Name
	case events.Object:
		return w.names[v.Base()]
	case buffer.Chunk:
		if v.Kind == buffer.KindText {
			return v.Text
		}
	}
	return (&tracer{}).show(v)
}

func (c watched) Call(args ...any) any {
	parts := []string{c.w.names[c.s.Base()] + "." + c.m.String()}
	for _, a := range args {
		switch a := a.(type) {
		case *UnpipeInfo:
			parts = append(parts, "info")
		case *ChunkDone, *Done:
			parts = append(parts, "fn")
		default:
			parts = append(parts, c.w.show(a))
		}
	}
	c.w.log = append(c.w.log, strings.Join(parts, " "))
	s := c.s
	arg := func(i int) any {
		if i < len(args) {
			return args[i]
		}
		return nil
	}
	chunk, _ := arg(0).(buffer.Chunk)
	err, _ := arg(0).(error)
	switch c.m {
	case events.MethodOn:
		s.BaseAddListener(events.Name(arg(0).(string)), arg(1).(*events.Listener), false)
	case events.MethodRemoveListener:
		s.BaseRemoveListener(events.Name(arg(0).(string)), arg(1).(*events.Listener))
	case events.MethodEmit:
		return s.Dispatch(events.Name(arg(0).(string)), events.Args{Go: args[1:]})
	case events.MethodPause:
		s.BasePause()
	case events.MethodResume:
		s.BaseResume()
	case events.MethodRead:
		if n, ok := arg(0).(int); ok {
			return s.BaseRead(n)
		}
		return s.BaseRead(ReadAll)
	case events.MethodPush:
		return s.BasePush(chunk, "")
	case events.MethodWrite:
		return s.BaseWrite(chunk, "", nil)
	case events.MethodEnd:
		s.BaseEnd(chunk, "", nil)
	case events.MethodDestroy:
		s.BaseDestroy(err, nil)
	case events.MethodUnpipe:
		s.BaseUnpipe(arg(0).(Destination))
	case events.MethodPipe:
		s.BasePipe(arg(0).(Destination), PipeOptions{})
	case events.MethodUnderRead:
		s.BaseUnderRead(arg(0).(int))
	case events.MethodUnderWrite:
		s.BaseUnderWrite(chunk, arg(1).(string), arg(2).(*Done).Call)
	case events.MethodUnderFinal:
		s.BaseUnderFinal(arg(0).(*Done).Call)
	case events.MethodUnderDestroy:
		s.BaseUnderDestroy(err, arg(1).(*Done).Call)
	case events.MethodUnderTransform:
		s.BaseUnderTransform(chunk, arg(1).(string), arg(2).(*ChunkDone).Call)
	case events.MethodUnderFlush:
		s.impl.(Flusher).FlushImpl(arg(0).(*ChunkDone).Call)
	}
	return nil
}

// Streams whose every method is replaced must call each other as Node's do
// (testdata/selfcalls.js).
func TestSelfCalls(t *testing.T) {
	want, err := os.ReadFile("testdata/selfcalls.txt")
	if err != nil {
		t.Fatal(err)
	}
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	w := &watcher{names: map[*events.Emitter]string{}}
	var later []func()
	do := func(f func()) {
		l.Callback(loop.Func(f))
		for len(later) > 0 {
			f := later[0]
			later = later[1:]
			l.Callback(loop.Func(f))
		}
	}
	make := func(name string, m *Methods, o Options) *Stream {
		s := &Stream{}
		s.Init(l, w, s, m, o)
		w.names[s.Base()] = name
		return s
	}
	src := make("src", &Methods{Read: func(int) {}}, ReadableOptions())
	mid := make("mid", &Methods{
		Transform: func(c buffer.Chunk, _ string, done func(error, buffer.Chunk)) {
			later = append(later, func() { done(nil, c) })
		},
		Flush: func(done func(error, buffer.Chunk)) { done(nil, buffer.Text("F")) },
	}, TransformOptions())
	o := WritableOptions()
	o.WritableHighWaterMark = 3
	dst := make("dst", &Methods{
		Write: func(_ buffer.Chunk, _ string, done func(error)) { later = append(later, func() { done(nil) }) },
		Final: func(done func(error)) { done(nil) },
	}, o)
	do(func() {
		src.Pipe(mid, PipeOptions{})
		mid.Pipe(dst, PipeOptions{})
		src.Push(buffer.Text("abcd"))
	})
	do(func() {
		w.log = append(w.log, "--")
		mid.Unpipe(dst)
		mid.Pipe(dst, PipeOptions{})
		src.Push(buffer.Text("e"))
		src.Push(none)
	})
	lines := strings.Split(strings.TrimSpace(string(want)), "\n")
	for i := range max(len(lines), len(w.log)) {
		if g, n := line(w.log, i), line(lines, i); g != n {
			t.Fatalf("call %d:\n got %s\nnode %s\nafter\n%s", i, g, n, strings.Join(lines[:min(i, len(lines))], "\n"))
		}
	}
}
