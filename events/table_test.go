package events

import (
	"slices"
	"testing"
)

func listed(e *Emitter) (out []string) {
	for _, k := range e.Keys() {
		for _, l := range e.Listeners(k) {
			out = append(out, k.Name+" "+l.Name)
		}
	}
	return out
}

// methods are what a server puts on each of its connections.
type methods struct {
	calls       int
	close, data *Listener
}

func newMethods() *methods {
	m := &methods{}
	count := func(*Emitter, ...any) { m.calls++ }
	m.close, m.data = NewMethod("onClose", count), NewMethod("onData", count)
	return m
}

func (m *methods) attach(e *Emitter) {
	e.AddListener(Name("close"), m.close, false)
	e.AddListener(Name("data"), m.data, false)
}

func TestTablesAreSharedUntilAProgramRegisters(t *testing.T) {
	m := newMethods()
	list := make([]Emitter, 4)
	for i := range list {
		m.attach(&list[i])
	}
	if list[0].t != list[1].t {
		t.Fatal("emitters with the same listeners have tables of their own")
	}
	list[1].On("data", func(...any) { m.calls += 100 })
	list[2].RemoveAll(Name("close"))
	list[3].Prepend("close", func(...any) {})
	for i, want := range [][]string{
		{"close onClose", "data onData"},
		{"close onClose", "data onData", "data "},
		{"data onData"},
		{"close ", "close onClose", "data onData"},
	} {
		if got := listed(&list[i]); !slices.Equal(got, want) {
			t.Errorf("emitter %d has %q, want %q", i, got, want)
		}
	}
	for i := range list {
		list[i].Emit("data")
	}
	if m.calls != 104 {
		t.Errorf("%d calls, want 104", m.calls)
	}
}

func TestRemovalFromASharedTable(t *testing.T) {
	m := newMethods()
	for range 3 {
		var e Emitter
		m.attach(&e)
		e.AddListener(Name("close"), m.close, false) // twice
		if !e.RemoveListener(Name("close"), m.close) {
			t.Fatal("a listener was not found")
		}
		if got, want := listed(&e), []string{"close onClose", "data onData"}; !slices.Equal(got, want) {
			t.Fatalf("%q, want %q", got, want)
		}
		e.RemoveListener(Name("close"), m.close)
		if got, want := listed(&e), []string{"data onData"}; !slices.Equal(got, want) {
			t.Fatalf("%q, want %q", got, want)
		}
		if e.RemoveListener(Name("close"), m.close) {
			t.Fatal("a listener that is gone was found")
		}
		e.AddListener(Name("close"), m.close, false)
		if got, want := listed(&e), []string{"data onData", "close onClose"}; !slices.Equal(got, want) {
			t.Fatalf("%q, want %q", got, want)
		}
	}
}

func TestSharedTablesStillTell(t *testing.T) {
	m := newMethods()
	var told []string
	for range 2 {
		var e Emitter
		e.On("newListener", func(args ...any) { told = append(told, "+"+args[0].(Key).Name) })
		e.On("removeListener", func(args ...any) { told = append(told, "-"+args[0].(Key).Name) })
		m.attach(&e)
		e.RemoveListener(Name("data"), m.data)
	}
	if want := []string{"+removeListener", "+close", "+data", "-data"}; !slices.Equal(told, append(want, want...)) {
		t.Errorf("told %q", told)
	}
}

func TestAListenerUnderSeveralEvents(t *testing.T) {
	m := newMethods()
	var a, b Emitter
	a.AddListener(Name("close"), m.close, false)
	b.AddListener(Name("end"), m.close, false)
	b.AddListener(Name("close"), m.close, false)
	if got, want := listed(&b), []string{"end onClose", "close onClose"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestManyOfOneEvent(t *testing.T) {
	m := newMethods()
	var a, b Emitter
	for i := range 20 {
		a.AddListener(Name("close"), m.close, false)
		b.AddListener(Name("close"), m.close, false)
		if n := a.ListenerCount("close"); n != i+1 {
			t.Fatalf("%d listeners, want %d", n, i+1)
		}
	}
	a.RemoveAll(Name("close"))
	if n := b.ListenerCount("close"); n != 20 {
		t.Errorf("%d listeners, want 20", n)
	}
}

func TestSharedTablesCostNothing(t *testing.T) {
	m := newMethods()
	m.attach(new(Emitter))
	e := new(Emitter)
	if n := testing.AllocsPerRun(100, func() {
		*e = Emitter{}
		m.attach(e)
		e.AddListener(Name("close"), m.close, false)
		e.RemoveListener(Name("close"), m.close)
	}); n != 0 {
		t.Errorf("%v allocations, want none", n)
	}
}
