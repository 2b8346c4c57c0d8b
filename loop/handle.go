package loop

// Handle is embedded by whatever can keep a loop alive: sockets, servers,
// signal watchers. A handle counts while it is active and referenced.
type Handle struct {
	// Owner is the object the handle belongs to, for process._getActiveHandles
	// and for debugging. May be nil.
	Owner any

	l          *Loop
	kind       *kind
	list       *handleList
	prev, next *Handle
	context    any // the asynchronous context it was made in
	active     bool
	unref      bool
	open       bool // listed while inactive, too
}

// kind counts the active handles or requests of one name.
type kind struct {
	name string
	live int
}

// handleList is the active handles, or requests, in the order of activation.
type handleList struct {
	head, tail *Handle
	refs       int // active and referenced
}

// Init gives the handle its loop and its kind, a name of
// process.getActiveResourcesInfo such as "TCPSocketWrap", "TCPServerWrap",
// "PipeWrap", "TTYWrap", "UDPWrap". It starts inactive and referenced.
func (h *Handle) Init(l *Loop, kind string) {
	h.InitAs(l, kind, kind)
}

// InitAs is Init for a handle that async_hooks knows by another name.
func (h *Handle) InitAs(l *Loop, kind, asyncKind string) {
	h.init(l, &l.handles, kind)
	h.begin(asyncKind, nil)
}

// InitFor is Init for a handle that another one makes, as a server its
// connections.
func (h *Handle) InitFor(cause *Handle, kind string) {
	h.init(cause.l, &cause.l.handles, kind)
	h.begin(kind, cause.context)
}

func (h *Handle) init(l *Loop, list *handleList, name string) {
	h.l, h.list, h.kind = l, list, l.kindOf(name)
}

// Loop returns the loop given to Init.
func (h *Handle) Loop() *Loop { return h.l }

// Kind returns the name given to Init.
func (h *Handle) Kind() string { return h.kind.name }

// Start makes the handle active. Doing it twice is allowed.
func (h *Handle) Start() {
	if h.active {
		return
	}
	if h.open {
		h.l.dormant.remove(h)
	}
	h.active = true
	h.kind.live++
	h.list.push(h)
	if !h.unref {
		h.list.refs++
	}
}

// Stop makes the handle inactive. Doing it twice, or before Init, is allowed.
func (h *Handle) Stop() {
	if !h.active {
		return
	}
	h.active = false
	h.kind.live--
	h.list.remove(h)
	if !h.unref {
		h.list.refs--
	}
	if h.open {
		h.l.dormant.push(h)
	}
}

// Open says that the handle has a descriptor: process._getActiveHandles lists it
// from now on, active or not. Shut ends that. A handle that is open but inactive
// does not keep the loop alive.
func (h *Handle) Open() {
	if !h.open {
		h.open = true
		if !h.active {
			h.l.dormant.push(h)
		}
	}
}

// Shut is the opposite of Open.
func (h *Handle) Shut() {
	if h.open {
		h.open = false
		if !h.active {
			h.l.dormant.remove(h)
		}
	}
}

// Active reports whether the handle is between Start and Stop.
func (h *Handle) Active() bool { return h.active }

// Ref lets the handle keep the loop alive, which is the default.
func (h *Handle) Ref() {
	if h.unref && h.active {
		h.list.refs++
	}
	h.unref = false
}

// Unref lets the loop end while the handle is active.
func (h *Handle) Unref() {
	if !h.unref && h.active {
		h.list.refs--
	}
	h.unref = true
}

// HasRef reports whether the handle keeps the loop alive when active.
func (h *Handle) HasRef() bool { return !h.unref }

// Request is one counted operation that will end, such as a connect, a write, a
// lookup. It keeps the loop alive from Start to Done and has no Unref.
type Request struct {
	// Owner is what the request belongs to. May be nil.
	Owner any
	h     Handle
}

// Start counts the request, under a kind such as "FSReqCallback",
// "GetAddrInfoReqWrap", "TCPConnectWrap", "WriteWrap".
func (r *Request) Start(l *Loop, kind string) {
	if r.h.active {
		return
	}
	r.start(l, kind)
	r.h.Grab()
}

// StartFor is Start for a request that a handle makes.
func (r *Request) StartFor(cause *Handle, kind string) {
	if r.h.active {
		return
	}
	r.start(cause.l, kind)
	r.h.begin(kind, cause.context)
}

func (r *Request) start(l *Loop, kind string) {
	r.h.init(l, &l.requests, kind)
	r.h.Owner = r.Owner
	r.h.Start()
}

// Done ends the request. Doing it twice is allowed. The call-out that tells of
// the end may follow it: Callback.
func (r *Request) Done() { r.h.Stop() }

// Callback makes the call-out that ends the request, in its asynchronous context.
func (r *Request) Callback(t Task) {
	context := r.h.context
	if context == nil || r.h.l.tracker == nil {
		r.h.l.Callback(t)
		return
	}
	r.h.context = nil
	r.h.l.Callback(&inContext{t, context, r.h.l})
	r.h.l.tracker.End(context)
}

// Active reports whether the request is between Start and Done.
func (r *Request) Active() bool { return r.h.active }

func (l *Loop) kindOf(name string) *kind {
	k := l.kinds[name]
	if k == nil {
		k = &kind{name: name}
		l.kinds[name] = k
	}
	return k
}

func (s *handleList) first() *Handle          { return s.head }
func (s *handleList) after(h *Handle) *Handle { return h.next }

func (s *handleList) push(h *Handle) {
	h.prev, h.next = s.tail, nil
	if s.tail != nil {
		s.tail.next = h
	} else {
		s.head = h
	}
	s.tail = h
}

func (s *handleList) remove(h *Handle) {
	if h.prev != nil {
		h.prev.next = h.next
	} else {
		s.head = h.next
	}
	if h.next != nil {
		h.next.prev = h.prev
	} else {
		s.tail = h.prev
	}
	h.prev, h.next = nil, nil
}
