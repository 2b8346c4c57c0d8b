package events

import "slices"

// table is the listeners of an emitter, in the order of first registration.
//
// Emitters that go through the same registrations of the same long-lived
// listeners (those of NewMethod), as the connections of a server do, share their
// tables: each table knows which one a registration or removal leads to. A
// shared table is never written to, except for what it knows; an emitter whose
// program registers something else gets a table of its own.
type table struct {
	entries []entry
	shared  bool

	// There are listeners of 'newListener', and of 'removeListener'.
	announces, mourns bool

	steps  []step   // of a shared table
	family *family  // of a shared table
	room   [2]entry // of a table that is an emitter's own
}

// family is the shared tables that steps lead to from one first table. Tables
// with the same listeners in the same order are one, so that an emitter that
// comes and goes through the same ones for ever stays among them.
type family struct{ tables []*table }

// familyMax bounds the tables of a family.
const familyMax = 256

type entry struct {
	key    Key
	list   []*Listener
	warned bool
}

// step leads from one shared table to the next.
type step struct {
	key   Key
	l     *Listener
	add   bool
	first bool // before the others
	many  int  // how many listeners the event has then, where one is added
	to    *table
}

// maxSteps bounds what one table knows, and sharedMax the listeners of one event
// in a shared table: near the number that is warned of, tables are not shared.
const (
	maxSteps  = 8
	sharedMax = 4
)

// roomMore is how many events a program is expected to add to shared ones.
const roomMore = 4

// with returns a list that has l besides.
func with(old []*Listener, l *Listener, prepend bool) []*Listener {
	list := make([]*Listener, 0, len(old)+1)
	if prepend {
		return append(append(list, l), old...)
	}
	return append(append(list, old...), l)
}

// own returns the table that e may write to.
func (e *Emitter) own() *table {
	t := e.t
	switch {
	case t == nil:
		t = &table{}
		t.entries = t.room[:0]
	case t.shared:
		t = &table{announces: t.announces, mourns: t.mourns}
		if n := len(e.t.entries); n <= 1 {
			t.entries = append(t.room[:0], e.t.entries...)
		} else {
			t.entries = append(make([]entry, 0, n+roomMore), e.t.entries...)
		}
	}
	e.t = t
	return t
}

// drop takes the entry at i out.
func (t *table) drop(i int) {
	t.note(t.entries[i].key, false)
	n := copy(t.entries[i:], t.entries[i+1:]) + i
	t.entries[n] = entry{}
	t.entries = t.entries[:n]
}

// take takes the listener at index at of the entry at i out.
func (t *table) take(i, at int) {
	old := t.entries[i].list
	switch len(old) {
	case 1:
		t.drop(i)
	case 2:
		t.entries[i].list = old[1-at].list()
	default:
		list := make([]*Listener, 0, len(old)-1)
		t.entries[i].list = append(append(list, old[:at]...), old[at+1:]...)
	}
}

// step registers l with the listeners of key, or removes it where it stands
// last, by going to another shared table. It reports false, and does
// nothing, where tables are not shared.
func (e *Emitter) step(key Key, l *Listener, prepend, add bool) bool {
	if l.self == nil {
		return false
	}
	t := e.t
	if t == nil {
		if !add {
			return false
		}
		if t = l.first; t == nil {
			t = &table{shared: true, family: &family{}}
			t.put(key, l.list())
			t.family.tables = append(t.family.tables, t)
			l.first = t
		} else if !t.entries[0].key.same(key) {
			return false
		}
		e.t = t
		return true
	}
	if !t.shared {
		return false
	}
	for i := range t.steps {
		if s := &t.steps[i]; s.l == l && s.add == add && s.first == prepend && s.key.same(key) {
			return e.move(s)
		}
	}
	s := t.learn(key, l, prepend, add)
	return s != nil && e.move(s)
}

// move makes the step s, unless that is one to warn of.
func (e *Emitter) move(s *step) bool {
	if s.many > 1 {
		if max := e.MaxListeners(); max > 0 && s.many > max {
			return false
		}
	}
	e.t = s.to
	return true
}

// rejoin follows the removal of a listener that is no method from a table of e's
// own: where it was the last of its kind, as what waited for a socket's
// 'connect', the rest may stand in a shared table.
func (e *Emitter) rejoin() {
	own := e.t
	for i := range own.entries {
		x := &own.entries[i]
		if x.warned || len(x.list) > sharedMax {
			return
		}
		for _, l := range x.list {
			if l.self == nil {
				return
			}
		}
	}
	e.t = nil
	for i := range own.entries {
		for _, l := range own.entries[i].list {
			if !e.step(own.entries[i].key, l, false, true) {
				e.t = own
				return
			}
		}
	}
}

// learn makes the step of a registration or removal, nil where the table that it
// leads to is not to be shared.
func (t *table) learn(key Key, l *Listener, prepend, add bool) *step {
	if len(t.steps) == maxSteps {
		return nil
	}
	to := &table{
		entries: append(make([]entry, 0, len(t.entries)+1), t.entries...),
		shared:  true, family: t.family, announces: t.announces, mourns: t.mourns,
	}
	i := to.find(key)
	switch {
	case !add:
		at := len(to.entries[i].list) - 1
		for to.entries[i].list[at] != l {
			at--
		}
		to.take(i, at)
	case i < 0:
		to.put(key, l.list())
	case len(to.entries[i].list) == sharedMax:
		return nil
	default:
		to.entries[i].list = with(to.entries[i].list, l, prepend)
	}
	if to = t.family.member(to); to == nil {
		return nil
	}
	s := step{key: key, l: l, add: add, first: prepend, to: to}
	if add {
		s.many = len(to.entries[to.find(key)].list)
	}
	t.steps = append(t.steps, s)
	return &t.steps[len(t.steps)-1]
}

// member returns the table of f that is like t, which is t if there was none
// yet, and nil if f is full.
func (f *family) member(t *table) *table {
	for _, x := range f.tables {
		if slices.EqualFunc(x.entries, t.entries, func(a, b entry) bool {
			return a.key.same(b.key) && slices.Equal(a.list, b.list)
		}) {
			return x
		}
	}
	if len(f.tables) == familyMax {
		return nil
	}
	f.tables = append(f.tables, t)
	return t
}

// put adds an entry.
func (t *table) put(key Key, list []*Listener) {
	t.entries = append(t.entries, entry{key: key, list: list})
	t.note(key, true)
}

// note keeps what each registration asks for.
func (t *table) note(key Key, there bool) {
	if key.same(keyNewListener) {
		t.announces = there
	} else if key.same(keyRemoveListener) {
		t.mourns = there
	}
}

func (t *table) find(key Key) int {
	for i := range t.entries {
		if t.entries[i].key.same(key) {
			return i
		}
	}
	return -1
}

func (t *table) findName(name string) int {
	for i := range t.entries {
		if k := &t.entries[i].key; len(k.Name) == len(name) && (name == "" || k.Name[0] == name[0]) && k.Name == name && k.Symbol == nil {
			return i
		}
	}
	return -1
}
