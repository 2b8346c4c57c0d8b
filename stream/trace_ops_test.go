package stream

import (
	"errors"
	"strings"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/nodeerr"
)

// do runs one command of a trace program.
func (t *tracer) do(c command) {
	n := c.str(1)
	s := t.objs[n]
	enc := c.str(3)
	switch c.str(0) {
	case "new":
		t.make(n, c.str(2), c.arg(3).(map[string]any))
	case "on":
		t.listen(c, n, s)
	case "off":
		list := t.on[n]
		for i := len(list) - 1; i >= 0; i-- {
			if list[i].event == c.str(2) {
				off := list[i].off
				t.on[n] = append(list[:i:i], list[i+1:]...)
				off()
				break
			}
		}
	case "offall":
		s.RemoveAll(events.Name(c.str(2)))
	case "push":
		ch := testChunk(c.arg(2))
		r := s.BasePush(ch, enc)
		t.logf("%s push %s -> %t", n, showChunk(ch), r)
	case "unshift":
		ch := testChunk(c.arg(2))
		r := s.Unshift(ch, enc)
		t.logf("%s unshift %s -> %t", n, showChunk(ch), r)
	case "read":
		k, ok := c.arg(2).(float64)
		if !ok {
			v := s.Read(ReadAll)
			t.logf("%s read  -> %s", n, showChunk(v))
			return
		}
		v := s.Read(int(k))
		t.logf("%s read %d -> %s", n, int(k), showChunk(v))
	case "pause":
		s.Pause()
	case "resume":
		s.Resume()
	case "cork":
		s.Cork()
	case "uncork":
		s.Uncork()
	case "setEncoding":
		throw(s.SetEncoding(c.str(2)))
	case "setDefaultEncoding":
		throw(s.SetDefaultEncoding(c.str(2)))
	case "write":
		ch := testChunk(c.arg(2))
		r := s.Write(ch, enc, t.callback(c.str(4), c.block(5)))
		t.logf("%s write %s -> %t", n, showChunk(ch), r)
	case "end":
		s.End(testChunk(c.arg(2)), enc, t.callback(c.str(4), c.block(5)))
	case "destroy":
		var err error
		if c.str(2) != "" {
			err = errors.New(c.str(2))
		}
		s.Destroy(err)
	case "undestroy":
		s.Undestroy()
	case "pipe":
		s.Pipe(t.objs[c.str(2)], PipeOptions{KeepOpen: c.str(3) == "noend"})
	case "unpipe":
		if d := t.objs[c.str(2)]; d != nil {
			s.Unpipe(d)
		} else {
			s.Unpipe(nil)
		}
	case "finished":
		t.finished(c, s)
	case "pipeline":
		var stages []any
		for _, x := range c.arg(1).([]any) {
			stages = append(stages, t.objs[x.(string)])
		}
		o, _ := c.arg(3).(map[string]any)
		label := c.str(2)
		_, err := Pipeline(t.l, stages, PipelineOptions{KeepOpen: o["end"] == false}, func(err error, _ buffer.Chunk) { t.logf("pipeline %s %s", label, showError(err)) })
		throw(err)
	case "pair":
		o := testOptions("duplex", nil)
		if m, ok := c.arg(3).(map[string]any); ok {
			if h, ok := m["highWaterMark"].(float64); ok {
				o.ReadableHighWaterMark, o.WritableHighWaterMark = int(h), int(h)
			}
		}
		m := c.str(2)
		t.objs[n], t.objs[m] = NewDuplexPair(t.l, nil, nil, o)
		t.introduce(n)
		t.introduce(m)
	case "release":
		if h := t.held[n]; len(h) > 0 {
			t.held[n] = h[1:]
			var err error
			if c.str(2) != "" {
				err = errors.New(c.str(2))
			}
			h[0](err)
		}
	case "tick":
		b := c.block(1)
		t.l.NextTickFunc(func() { t.exec(b) })
	case "imm":
		b := c.block(1)
		t.macro = append(t.macro, func() { t.exec(b) })
	case "log":
		t.logf("%s", n)
	case "state":
		t.state(n)
	default:
		panic("op " + c.str(0))
	}
}

func throw(err error) {
	if err != nil {
		panic(nodeerr.Thrown{Err: err})
	}
}

func (t *tracer) listen(c command, n string, s *Stream) {
	ev, b := c.str(2), c.block(3)
	fn := func(args ...any) {
		parts := make([]string, len(args))
		for i, a := range args {
			parts[i] = t.show(a)
		}
		t.logf("%s %s %s", n, ev, strings.Join(parts, " "))
		t.exec(b)
	}
	var l *events.Listener
	switch {
	case ev == "data" && c.str(4) == "":
		l = s.OnData(func(ch buffer.Chunk) { fn(ch) })
	case c.str(4) == "once":
		l = s.Once(ev, fn)
	case c.str(4) == "prepend":
		l = s.Prepend(ev, fn)
	default:
		l = s.On(ev, fn)
	}
	t.on[n] = append(t.on[n], added{ev, func() { s.Off(ev, l) }})
}

func (t *tracer) finished(c command, s *Stream) {
	m, _ := c.arg(2).(map[string]any)
	get := func(k string) Tri {
		if v, ok := m[k].(bool); ok {
			return boolTri(v)
		}
		return Null
	}
	label := c.str(3)
	cleanup := Finished(s, FinishedOptions{Readable: get("readable"), Writable: get("writable"), IgnoreError: m["error"] == false},
		func(err error) { t.logf("finished %s %s", label, showError(err)) })
	if m["cleanup"] == true {
		t.macro = append(t.macro, cleanup)
	}
}
