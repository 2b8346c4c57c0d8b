package stream

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// The programs of testdata/traces.jsonl and the trace that each gave on Node
// 24.12.0 (testdata/trace.js made them). The same programs must give the same
// traces here. STREAM_TRACES names another file of the same form.
func TestTraces(t *testing.T) {
	name := "testdata/traces.jsonl"
	if n := os.Getenv("STREAM_TRACES"); n != "" {
		name = n
	}
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	l, err := loop.New()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	n := 0
	for sc.Scan() {
		var p program
		if err := json.Unmarshal(sc.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		n++
		t.Run(p.Name, func(t *testing.T) {
			got := runProgram(l, p)
			for i := range max(len(got), len(p.Trace)) {
				g, w := line(got, i), line(p.Trace, i)
				if g != w {
					setup, _ := json.Marshal(p.Phases)
					t.Fatalf("line %d:\n got %s\nnode %s\nafter\n%s\nprogram %s", i, g, w, strings.Join(p.Trace[:min(i, len(p.Trace))], "\n"), setup)
				}
			}
		})
	}
	if n == 0 {
		t.Fatal("no programs")
	}
}

func line(s []string, i int) string {
	if i < len(s) {
		return s[i]
	}
	return "(nothing)"
}

type program struct {
	Name   string
	Phases [][]command
	Trace  []string
}

// command is [op, args…]; an argument may be a list of commands.
type command []any

func (c *command) arg(i int) any {
	if i < len(*c) {
		return (*c)[i]
	}
	return nil
}

func (c *command) str(i int) string {
	s, _ := c.arg(i).(string)
	return s
}

func (c *command) block(i int) []command {
	list, _ := c.arg(i).([]any)
	return block(list)
}

func block(list []any) []command {
	var out []command
	for _, x := range list {
		out = append(out, command(x.([]any)))
	}
	return out
}

type tracer struct {
	l     *loop.Loop
	log   []string
	names []string
	objs  map[string]*Stream
	on    map[string][]added
	held  map[string][]func(error)
	cbs   map[string]func(error)
	macro []func()
	steps int
}

type added struct {
	event string
	off   func()
}

func runProgram(l *loop.Loop, p program) []string {
	t := &tracer{l: l, objs: map[string]*Stream{}, on: map[string][]added{}, held: map[string][]func(error){}, cbs: map[string]func(error){}}
	phases := p.Phases
	for {
		var f func()
		if len(t.macro) > 0 {
			f = t.macro[0]
			t.macro = t.macro[1:]
		} else if len(phases) > 0 {
			ph := phases[0]
			phases = phases[1:]
			f = func() { t.logf("--"); t.exec(ph) }
		} else {
			break
		}
		l.Callback(loop.Func(f))
	}
	t.logf("--end")
	for _, n := range t.names {
		t.state(n)
	}
	return t.log
}

func (t *tracer) logf(format string, args ...any) {
	t.log = append(t.log, fmt.Sprintf(format, args...))
}

func testChunk(v any) buffer.Chunk {
	s, ok := v.(string)
	if !ok {
		if v == nil {
			return buffer.Chunk{}
		}
		return buffer.Value(v)
	}
	switch s[:2] {
	case "b:":
		return buffer.Bytes([]byte(s[2:]))
	case "x:":
		p, _ := hex.DecodeString(s[2:])
		return buffer.Bytes(p)
	}
	return buffer.Text(s[2:])
}

func showChunk(c buffer.Chunk) string {
	switch c.Kind {
	case buffer.KindNone:
		return "null"
	case buffer.KindText:
		return "s:" + showText(c.Text)
	case buffer.KindValue:
		return fmt.Sprint(c.Value)
	}
	var b strings.Builder
	b.WriteString("b:")
	for _, x := range c.Bytes {
		if x >= ' ' && x <= '~' {
			b.WriteByte(x)
		} else {
			fmt.Fprintf(&b, "%%%02x", x)
		}
	}
	return b.String()
}

// showText escapes lone surrogates, which JSON in Go cannot hold.
func showText(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		n, _ := next(s)
		if u, ok := surrogate(s); ok {
			fmt.Fprintf(&b, "%%u%x", u)
		} else {
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	return b.String()
}

func showError(err error) string {
	if err == nil {
		return "null"
	}
	if c := nodeerr.Code(err); c != "" {
		return "E(" + c + ")"
	}
	return "E(" + err.Error() + ")"
}

func (t *tracer) show(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case *Stream:
		return t.nameOf(v)
	case *UnpipeInfo:
		return "info"
	case buffer.Chunk:
		return showChunk(v)
	case error:
		return showError(v)
	}
	return fmt.Sprint(v)
}

func (t *tracer) nameOf(s *Stream) string {
	for n, o := range t.objs {
		if o == s {
			return n
		}
	}
	return "?"
}

func (t *tracer) complete(s, what, mode string, cb func(error)) {
	switch mode {
	case "sync":
		cb(nil)
	case "tick":
		t.l.NextTickFunc(func() { cb(nil) })
	case "imm":
		t.macro = append(t.macro, func() { cb(nil) })
	case "err":
		cb(errors.New(what))
	case "errtick":
		t.l.NextTickFunc(func() { cb(errors.New(what)) })
	case "errimm":
		t.macro = append(t.macro, func() { cb(errors.New(what)) })
	case "throw":
		panic(nodeerr.Thrown{Err: errors.New(what + "!")})
	case "twice":
		cb(nil)
		cb(nil)
	case "hold":
		t.held[s] = append(t.held[s], cb)
	case "never":
	default:
		panic("mode " + mode)
	}
}

func testOptions(kind string, o map[string]any) Options {
	var opt Options
	switch kind {
	case "readable":
		opt = ReadableOptions()
	case "writable":
		opt = WritableOptions()
	case "duplex":
		opt = DuplexOptions()
	case "transform":
		opt = TransformOptions()
	case "passthrough":
		opt = PassThroughOptions()
	}
	num := func(k string, dst ...*int) {
		if v, ok := o[k].(float64); ok {
			for _, d := range dst {
				*d = int(v)
			}
		}
	}
	is := func(k string, want bool) bool { v, ok := o[k].(bool); return ok && v == want }
	num("rhwm", &opt.ReadableHighWaterMark)
	num("whwm", &opt.WritableHighWaterMark)
	num("hwm", &opt.ReadableHighWaterMark, &opt.WritableHighWaterMark)
	opt.ReadableObjectMode = is("obj", true) || is("robj", true) && opt.Writable
	opt.WritableObjectMode = is("obj", true) || is("wobj", true) && opt.Readable
	opt.Encoding, _ = o["enc"].(string)
	opt.DefaultEncoding, _ = o["denc"].(string)
	opt.DecodeStrings = !is("ds", false)
	opt.AutoDestroy = !is("ad", false)
	opt.EmitClose = !is("ec", false)
	opt.AllowHalfOpen = !is("half", false)
	opt.ReadableFalse = is("r", false)
	opt.WritableFalse = is("w", false)
	return opt
}

func (t *tracer) make(name, kind string, o map[string]any) {
	s := &Stream{}
	m := &Methods{}
	mode := func(k string) string { v, _ := o[k].(string); return v }
	var left []any
	if c, ok := o["chunks"].([]any); ok {
		left = c
	}
	next := func() bool {
		c := buffer.Chunk{}
		if len(left) > 0 {
			c = testChunk(left[0])
			left = left[1:]
		}
		return s.Push(c)
	}
	if how := mode("read"); how != "" {
		m.Read = func(n int) {
			t.logf("%s _read %d", name, n)
			guarded := func() {
				if !s.Destroyed() && !s.ReadableIs(rEnded) {
					next()
				}
			}
			switch how {
			case "push":
				next()
			case "push2":
				if next() || len(left) > 0 {
					next()
				}
			case "all":
				for len(left) > 0 {
					next()
				}
				s.Push(buffer.Chunk{})
			case "tick":
				t.l.NextTickFunc(guarded)
			case "imm":
				t.macro = append(t.macro, guarded)
			case "throw":
				panic(nodeerr.Thrown{Err: errors.New("read!")})
			case "destroy":
				s.Destroy(errors.New("read"))
			}
		}
	}
	if how := mode("write"); how != "" {
		m.Write = func(c buffer.Chunk, enc string, done func(error)) {
			t.logf("%s _write %s %s", name, showChunk(c), enc)
			t.complete(name, "write", how, done)
		}
	}
	if how := mode("writev"); how != "" {
		m.Writev = func(cs []WriteRequest, done func(error)) {
			var parts []string
			for _, q := range cs {
				parts = append(parts, showChunk(q.Chunk)+"/"+q.Encoding)
			}
			t.logf("%s _writev %s", name, strings.Join(parts, ","))
			t.complete(name, "writev", how, done)
		}
	}
	if how := mode("final"); how != "" {
		m.Final = func(done func(error)) { t.logf("%s _final", name); t.complete(name, "final", how, done) }
	}
	if how := mode("destroy"); how != "" {
		m.Destroy = func(err error, done func(error)) {
			t.logf("%s _destroy %s", name, showError(err))
			t.complete(name, "destroy", how, func(e2 error) {
				if e2 == nil {
					e2 = err
				}
				done(e2)
			})
		}
	}
	if how := mode("construct"); how != "" {
		m.Construct = func(done func(error)) { t.logf("%s _construct", name); t.complete(name, "construct", how, done) }
	}
	if how := mode("transform"); how != "" {
		m.Transform = func(c buffer.Chunk, enc string, done func(error, buffer.Chunk)) {
			t.logf("%s _transform %s %s", name, showChunk(c), enc)
			switch how {
			case "push", "double", "end":
				s.Push(c)
				if how == "double" {
					s.Push(c)
				}
				if how == "end" {
					s.Push(buffer.Chunk{})
				}
				done(nil, buffer.Chunk{})
			case "drop":
				done(nil, buffer.Chunk{})
			default:
				t.complete(name, "transform", how, withChunk(done, c))
			}
		}
	}
	if how := mode("flush"); how != "" {
		m.Flush = func(done func(error, buffer.Chunk)) {
			t.logf("%s _flush", name)
			if how == "push" {
				s.Push(buffer.Bytes([]byte("F")))
				done(nil, buffer.Chunk{})
				return
			}
			t.complete(name, "flush", how, withChunk(done, buffer.Bytes([]byte("f"))))
		}
	}
	t.objs[name] = s
	s.Init(t.l, nil, s, m, testOptions(kind, o))
	t.introduce(name)
}

func withChunk(done func(error, buffer.Chunk), c buffer.Chunk) func(error) {
	return func(err error) {
		if err != nil {
			done(err, buffer.Chunk{})
		} else {
			done(nil, c)
		}
	}
}

func (t *tracer) introduce(name string) {
	t.names = append(t.names, name)
	t.objs[name].On("error", func(args ...any) { t.logf("%s error %s", name, t.show(args[0])) })
}

func (t *tracer) callback(label string, cmds []command) func(error) {
	if label == "" {
		return nil
	}
	if t.cbs[label] == nil {
		t.cbs[label] = func(err error) {
			t.logf("cb %s %s", label, showError(err))
			t.exec(cmds)
		}
	}
	return t.cbs[label]
}

func (t *tracer) exec(cmds []command) {
	for _, c := range cmds {
		if t.steps++; t.steps > 400 {
			return
		}
		t.try(c)
	}
}

func (t *tracer) try(c command) {
	defer func() {
		if p := recover(); p != nil {
			th, ok := p.(nodeerr.Thrown)
			if !ok {
				panic(p)
			}
			t.logf("throw %s", showError(th.Err))
		}
	}()
	t.do(c)
}

func triName(v Tri) string { return [...]string{"null", "false", "true"}[v] }

func encName(s *Stream) string {
	if e := s.ReadableEncoding(); e != "" {
		return e
	}
	return "null"
}

func (t *tracer) state(n string) {
	s := t.objs[n]
	if s.HasReadable() {
		var on []string
		for _, f := range ReadableFlags {
			if s.ReadableIs(f.Flag) {
				on = append(on, f.Name)
			}
		}
		t.logf("%s R %s flowing=%s paused=%t length=%d buffer=%d pipes=%d await=%d hwm=%d errored=%s readable=%t aborted=%t enc=%s", n, strings.Join(on, ","),
			triName(s.ReadableFlowing()), s.ReadablePaused() == True, s.ReadableLength(), len(s.ReadableBuffer()), len(s.ReadablePipes()),
			len(s.AwaitDrainWriters()), s.ReadableHighWaterMark(), showError(s.ReadableErrored()), s.Readable(), s.ReadableAborted(), encName(s))
	}
	if s.HasWritable() {
		var on []string
		for _, f := range WritableFlags {
			if s.WritableIs(f.Flag) {
				on = append(on, f.Name)
			}
		}
		t.logf("%s W %s length=%d corked=%d pending=%d buffered=%d writelen=%d errored=%s writable=%t needDrain=%t", n, strings.Join(on, ","),
			s.WritableLength(), s.WritableCorked(), s.WritablePending(), len(s.WritableBuffer()), s.WritableWriteLength(), showError(s.WritableErrored()),
			s.Writable(), s.WritableNeedDrain())
	}
	t.logf("%s destroyed=%t closed=%t isReadable=%s isWritable=%s isErrored=%t isDisturbed=%t", n, s.Destroyed(), s.Closed(),
		triName(IsReadable(s)), triName(IsWritable(s)), IsErrored(s), IsDisturbed(s))
}
