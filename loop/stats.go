package loop

import (
	"slices"
	"strconv"
	"time"
)

type counters struct {
	started    int64 // ns since New, of the first Run; 0 before
	idle       int64 // ns spent blocked
	iterations uint64
	events     uint64
	waiting    uint64
}

func (c *counters) begin(l *Loop) {
	if c.started == 0 {
		c.started = max(l.nanotime(), 1)
	}
}

// Stats is what a loop has done so far.
type Stats struct {
	// Iterations, Events and EventsWaiting are uvMetricsInfo's loopCount,
	// events and eventsWaiting (those found without blocking):
	// https://nodejs.org/api/perf_hooks.html#performancenodetiminguvmetricsinfo
	Iterations    uint64
	Events        uint64
	EventsWaiting uint64

	// Started is the time from New to the first Run, 0 before it (loopStart).
	Started time.Duration
	// Idle and Active divide the time since the first Run into waiting for
	// events and the rest; Utilization is Active's share, 0 to 1
	// (performance.eventLoopUtilization).
	Idle        time.Duration
	Active      time.Duration
	Utilization float64

	// Live is the number of active handles, requests, timers and immediates by
	// kind, referenced or not.
	Live map[string]int
}

// Stats returns a snapshot.
func (l *Loop) Stats() Stats {
	c := &l.stats
	s := Stats{
		Iterations:    c.iterations,
		Events:        c.events,
		EventsWaiting: c.waiting,
		Started:       time.Duration(c.started),
		Idle:          time.Duration(c.idle),
		Live:          make(map[string]int),
	}
	if c.started > 0 {
		total := l.nanotime() - c.started
		s.Active = time.Duration(total - c.idle)
		if total > 0 {
			s.Utilization = float64(s.Active) / float64(total)
		}
	}
	for name, k := range l.kinds {
		if k.live > 0 {
			s.Live[name] = k.live
		}
	}
	if l.timers.live > 0 {
		s.Live["Timeout"] = l.timers.live
	}
	if l.check.live > 0 {
		s.Live["Immediate"] = l.check.live
	}
	return s
}

// ActiveResources returns the kind of everything that keeps the loop alive, in
// the order of process.getActiveResourcesInfo: requests, handles, timers,
// immediates.
func (l *Loop) ActiveResources() []string {
	out := []string{}
	for r := l.requests.first(); r != nil; r = r.next {
		out = append(out, r.kind.name)
	}
	for h := l.handles.first(); h != nil; h = h.next {
		if !h.unref {
			out = append(out, h.kind.name)
		}
	}
	for range l.timers.refs {
		out = append(out, "Timeout")
	}
	for range l.check.refs {
		out = append(out, "Immediate")
	}
	return out
}

// OpenResources is ActiveResources with the handles that are open but neither
// read nor listen.
func (l *Loop) OpenResources() []string {
	var idle []string
	for h := l.dormant.first(); h != nil; h = h.next {
		if !h.unref {
			idle = append(idle, h.kind.name)
		}
	}
	active := l.ActiveResources()
	if idle == nil {
		return active
	}
	n := 0 // requests come first
	for r := l.requests.first(); r != nil; r = r.next {
		n++
	}
	return slices.Insert(active, n, idle...)
}

// ActiveHandles returns the owners of the active handles, referenced or not, in
// order of activation, then those of the open ones that are referenced
// (process._getActiveHandles).
func (l *Loop) ActiveHandles() []any {
	out := l.handles.owners()
	for h := l.dormant.first(); h != nil; h = h.next {
		if h.Owner != nil && !h.unref {
			out = append(out, h.Owner)
		}
	}
	return out
}

// OpenOwners returns the owners of all open handles, the active ones first,
// referenced or not.
func (l *Loop) OpenOwners() []any { return append(l.handles.owners(), l.dormant.owners()...) }

// ActiveRequests returns the owners of the requests under way
// (process._getActiveRequests).
func (l *Loop) ActiveRequests() []any { return l.requests.owners() }

func (s *handleList) owners() []any {
	out := []any{}
	for h := s.head; h != nil; h = h.next {
		if h.Owner != nil {
			out = append(out, h.Owner)
		}
	}
	return out
}

// WhyAlive says what keeps the loop from ending, one line a kind with its
// number, nothing when Alive is false.
func (l *Loop) WhyAlive() []string {
	var out []string
	add := func(name string, n int) {
		if n > 0 {
			out = append(out, name+": "+strconv.Itoa(n))
		}
	}
	var names []string
	count := map[string]int{}
	for _, name := range l.ActiveResources() {
		if count[name] == 0 {
			names = append(names, name)
		}
		count[name]++
	}
	for _, name := range names {
		add(name, count[name])
	}
	add("hold", l.holds)
	add("pending task", len(l.pending))
	add("first task of the check phase", len(l.first))
	add("closing task", len(l.closing))
	return out
}
