package events

// table is the listeners of an emitter, in the order of first registration. A
// shared one belongs to many emitters and is never written to again.
type table struct {
	entries []entry
	shared  bool
	room    [2]entry // of a table that is an emitter's own
}

type entry struct {
	key    Key
	list   []*Listener
	warned bool
}

// own returns the table that e may write to.
func (e *Emitter) own() *table {
	t := e.t
	switch {
	case t == nil:
		t = &table{}
		t.entries = t.room[:0]
	case t.shared:
		t = &table{}
		t.entries = append(t.room[:0], e.t.entries...)
	}
	e.t = t
	return t
}

// Step is a change of listeners that many emitters make alike: the listeners
// that a server puts on each of its connections. From where the first one stood
// to where it arrived, the others go without registering anything: they share
// one table until a program registers something of its own. The zero value is
// ready; a Step belongs to one loop.
type Step struct {
	from, to *table
	known    bool
}

// Take makes the step, if e stands where the first emitter stood, no program
// replaced on, and the host need not be told of a first listener; otherwise it reports false, and the caller registers and then
// calls Note with the mark that Mark returned before. Take does not emit
// 'newListener': nobody listens for it in a table that is shared.
func (s *Step) Take(e *Emitter) bool {
	if !s.known || e.t != s.from || !e.used && e.wrapper != nil || e.Override(MethodOn) != nil {
		return false
	}
	e.t, e.used = s.to, true
	return true
}

// Undo takes e back to where Take or Note found it, if it still stands where the
// step led and no program replaced removeListener; otherwise it reports false.
func (s *Step) Undo(e *Emitter) bool {
	if !s.known || e.t != s.to || e.Override(MethodRemoveListener) != nil {
		return false
	}
	e.t = s.from
	return true
}

// Mark is where an emitter stands.
type Mark struct{ t *table }

// Mark returns where e stands now.
func (e *Emitter) Mark() Mark { return Mark{e.t} }

// Note remembers that a step led from m to where e stands now. A step from
// listeners that e had for itself cannot be shared and is not remembered. The
// registrations must not be once listeners.
func (s *Step) Note(e *Emitter, m Mark) {
	if m.t != nil && !m.t.shared || e.t == m.t || e.find(keyNewListener) >= 0 || e.find(keyRemoveListener) >= 0 {
		return
	}
	if e.t != nil {
		e.t.shared = true
	}
	s.from, s.to, s.known = m.t, e.t, true
}
