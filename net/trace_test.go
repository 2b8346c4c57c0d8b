package net

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// tracer logs what happens, in the words of testdata/traces.js.
type tracer struct {
	testing.TB
	*loop.Loop
	out  strings.Builder
	port int
	srv  *Server
	dir  string

	leftOpen func() // closes what the scenario leaves when the loop has ended
}

// text words a value as Node's Array.prototype.join does.
func text(v any) string {
	if v == events.Undefined {
		return ""
	}
	switch v := v.(type) {
	case nil:
		return ""
	case error:
		return msg(v)
	case []byte:
		return string(v)
	case buffer.Chunk:
		return string(v.Bytes) + v.Text
	}
	return fmt.Sprint(v)
}

func (t *tracer) log(args ...any) {
	words := make([]string, len(args))
	for i, a := range args {
		words[i] = text(a)
	}
	t.out.WriteString(strings.Join(words, " ") + "\n")
}

func (t *tracer) tick(name string) { t.NextTickFunc(func() { t.log("tick", name) }) }

func (t *tracer) immediate(name string) { t.later(func() { t.log("immediate", name) }) }

func (t *tracer) later(f func()) { t.SetImmediate(loop.Func(f)) }

func (t *tracer) after(ms int64, f func()) { t.SetTimer(ms, 0, loop.Func(f)) }

var portDigits = regexp.MustCompile(`:\d{4,5}\b`)

// msg is code and message of an error, with the port taken out.
func msg(err error) string {
	if err == nil {
		return "null"
	}
	code := nodeerr.Code(err)
	if code == "" {
		code = "undefined"
	}
	return code + ": " + portDigits.ReplaceAllString(err.Error(), ":PORT")
}

// keys lists the own properties of a system error in Node's order.
func keys(err error) string {
	var e *nodeerr.Error
	if !errors.As(err, &e) {
		return ""
	}
	var k []string
	add := func(name string, ok bool) {
		if ok {
			k = append(k, name)
		}
	}
	add("code", e.CodeFirst || e.Errno == 0)
	add("errno", e.Errno != 0)
	add("code", !e.CodeFirst && e.Errno != 0)
	add("syscall", e.Syscall != "")
	add("address", e.Address != "")
	add("port", e.Port != 0)
	for _, p := range e.Props {
		add(p.Key, true)
	}
	return strings.Join(k, ",")
}

func nodeError(err any) *nodeerr.Error {
	e, _ := err.(*nodeerr.Error)
	if e == nil {
		e = &nodeerr.Error{}
	}
	return e
}

func eventNames(e *events.Emitter) string {
	// The order of new Duplex(): Node's constructor makes a place for each.
	order := []string{"close", "error", "prefinish", "finish", "drain", "data", "end", "readable"}
	var names []string
	for _, n := range order {
		if e.ListenerCount(n) > 0 {
			names = append(names, n)
		}
	}
	for _, k := range e.Keys() {
		if !contains(order, k.Name) {
			names = append(names, k.Name)
		}
	}
	return strings.Join(names, ",")
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// watch logs the events of a socket.
func (t *tracer) watch(name string, s *Socket) *Socket {
	for _, ev := range []string{"connect", "ready", "end", "finish", "timeout", "drain"} {
		s.On(ev, func(...any) { t.log(name, ev) })
	}
	s.OnData(func(c buffer.Chunk) { t.log(name, "data", c) })
	s.On("error", func(a ...any) { t.log(name, "error", a[0]) })
	s.On("close", func(a ...any) {
		if len(a) > 0 {
			t.log(name, "close", a[0])
		} else {
			t.log(name, "close", nil)
		}
	})
	return s
}

func (t *tracer) serve(o ServerOptions, onConnection func(*Socket), then func()) *Server {
	t.srv = NewServer(t.Loop, o, onConnection)
	t.srv.On("close", func(...any) { t.log("server close") })
	lo := NewListenOptions()
	lo.Host = "127.0.0.1"
	must(t, t.srv.Listen(lo, t.once(func() {
		a, _, _ := t.srv.Address()
		t.port = a.Port
		then()
	})))
	return t.srv
}

func (t *tracer) once(f func()) *events.Listener {
	return events.NewListener(func(...any) { f() }, true)
}

func (t *tracer) socket(o SocketOptions) *Socket {
	s, err := NewSocket(t.Loop, o)
	must(t, err)
	return s
}

// connect is net.connect(port, '127.0.0.1', cb).
func (t *tracer) connect(cb func()) *Socket {
	return t.connectTo(t.socket(NewSocketOptions()), ConnectOptions{Port: t.port, Host: "127.0.0.1"}, cb)
}

func (t *tracer) connectTo(s *Socket, o ConnectOptions, cb func()) *Socket {
	var l *events.Listener
	if cb != nil {
		l = t.once(cb)
	}
	must(t, s.Connect(o, l))
	return s
}

// said logs the outcome of a write.
func (t *tracer) said(words ...any) func(error) {
	return func(err error) { t.log(append(words, msg(err))...) }
}

// says logs words when a write is done.
func (t *tracer) says(words ...any) func(error) {
	return func(error) { t.log(words...) }
}

func write(s *Socket, text string, cb func(error)) bool { return s.Write(buffer.Text(text), "", cb) }

func end(s *Socket, text string, cb func(error)) {
	if text == "" {
		s.End(none, "", cb)
		return
	}
	s.End(buffer.Text(text), "", cb)
}

// TestTraces runs each scenario and compares the events, the ticks and the
// phases between them with what Node printed (testdata/traces.txt, recorded with
// testdata/traces.js).
func TestTraces(t *testing.T) {
	recorded := traces(t)
	all := make(scenarios)
	for _, part := range []scenarios{lifeScenarios, dataScenarios, connectScenarios, serverScenarios} {
		maps.Copy(all, part)
	}
	for name, f := range all {
		t.Run(name, func(t *testing.T) {
			want, ok := recorded[name]
			if !ok {
				t.Fatal("not recorded")
			}
			tr := &tracer{TB: t, dir: t.TempDir()}
			runThen(t, func(l *loop.Loop) {
				tr.Loop = l
				f(tr)
			}, func() {
				if tr.leftOpen != nil {
					tr.leftOpen()
				}
			})
			if got := tr.out.String(); got != want {
				t.Errorf("events differ (- Node, + here):\n%s", diff(want, got))
			}
		})
		delete(recorded, name)
	}
	for name := range recorded {
		t.Errorf("no scenario %q", name)
	}
}

func traces(t *testing.T) map[string]string {
	b, err := os.ReadFile(filepath.Join("testdata", "traces.txt"))
	must(t, err)
	out := make(map[string]string)
	for _, part := range strings.Split("\n"+string(b), "\n== ")[1:] {
		name, rest, _ := strings.Cut(part, "\n")
		if rest = strings.TrimSuffix(rest, "\n"); rest != "" {
			rest += "\n"
		}
		out[name] = rest
	}
	return out
}

// diff marks the lines that differ by position.
func diff(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	var b strings.Builder
	for i := range max(len(w), len(g)) {
		x, y := "", ""
		if i < len(w) {
			x = w[i]
		}
		if i < len(g) {
			y = g[i]
		}
		if x == y {
			fmt.Fprintf(&b, "  %s\n", x)
		} else {
			fmt.Fprintf(&b, "- %s\n+ %s\n", x, y)
		}
	}
	return b.String()
}
