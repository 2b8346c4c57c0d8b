package http

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/net"
)

// Unlimited stands for Infinity in an agent's limits.
const Unlimited = math.MaxInt

// AgentOptions are the options of new http.Agent()
// (https://nodejs.org/docs/latest-v24.x/api/http.html#new-agentoptions).
type AgentOptions struct {
	KeepAlive       bool
	KeepAliveMsecs  int64 // ms
	MaxSockets      int   // per name
	MaxTotalSockets int
	MaxFreeSockets  int
	Timeout         int64 // ms; 0: none
	FIFO            bool  // scheduling: 'fifo'
	// TimeoutBuffer is subtracted from the server's keep-alive hint, in ms.
	TimeoutBuffer int64
	// Host is the host's own options object, merged into each request's.
	Host any
}

// DefaultAgentOptions returns the defaults of new http.Agent().
func DefaultAgentOptions() AgentOptions {
	return AgentOptions{KeepAliveMsecs: 1000, MaxSockets: Unlimited, MaxTotalSockets: Unlimited, MaxFreeSockets: 256, TimeoutBuffer: 1000}
}

// Agent keeps connections for clients
// (https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpagent).
type Agent struct {
	events.Emitter
	loop *loop.Loop
	AgentOptions

	DefaultPort int
	Protocol    string
	on          agentListeners
	nameKey     nameKey // of name, the one made last
	name        string

	Requests    Table[*ClientRequest]
	Sockets     Table[Conn]
	FreeSockets Table[Conn]
	Total       int              // totalSocketCount
	keylog      *events.Listener // on every socket, nil while nobody listens

	// Merge combines a request's options with the agent's, for the host.
	Merge func(o *RequestOptions) *RequestOptions
}

// Table is an object of lists by name, in the order the names came.
type Table[T comparable] struct {
	names []string
	lists map[string][]T
}

// Names returns the names in order.
func (t *Table[T]) Names() []string { return t.names }

// List returns the list of a name.
func (t *Table[T]) List(name string) []T { return t.lists[name] }

// Has reports whether there is a list of that name, even an empty one.
func (t *Table[T]) Has(name string) bool { _, ok := t.lists[name]; return ok }

// Set replaces the list of a name; nil deletes it.
func (t *Table[T]) Set(name string, list []T) {
	if list == nil {
		if _, ok := t.lists[name]; ok {
			delete(t.lists, name)
			for i, n := range t.names {
				if n == name {
					t.names = append(t.names[:i:i], t.names[i+1:]...)
					break
				}
			}
		}
		return
	}
	if t.lists == nil {
		t.lists = map[string][]T{}
	}
	if _, ok := t.lists[name]; !ok {
		t.names = append(t.names, name)
	}
	t.lists[name] = list
}

func (t *Table[T]) push(name string, v T) { t.Set(name, append(t.lists[name], v)) }

// remove takes v out of a list, and the list out of the table when it is empty.
func (t *Table[T]) remove(name string, v T) bool {
	list := t.lists[name]
	for i, x := range list {
		if x == v {
			if list = slices.Delete(list, i, i+1); len(list) == 0 {
				list = nil
			}
			t.Set(name, list)
			return true
		}
	}
	return false
}

// NewAgent returns an agent.
func NewAgent(l *loop.Loop, o AgentOptions) *Agent {
	a := &Agent{}
	a.InitAgent(l, realmHost(l, "http.Agent"), a, o)
	return a
}

// InitAgent prepares a, which self embeds.
func (a *Agent) InitAgent(l *loop.Loop, host events.Host, self any, o AgentOptions) {
	a.Bind(host, self)
	a.loop, a.AgentOptions = l, o
	a.DefaultPort, a.Protocol = 80, "http:"
	a.makeListeners()
	a.AddListener(events.Name("free"), shared("", func(_ any, args []any) {
		c, ok := args[0].(Conn)
		o, _ := args[1].(*RequestOptions)
		if ok && o != nil {
			a.onFree(c, o)
		}
	}), false)
	a.watchKeylog()
}

// globalKey is the key of a loop's global agent.
type globalKey struct{}

// GlobalAgent returns the loop's http.globalAgent.
func GlobalAgent(l *loop.Loop) *Agent {
	if a, ok := l.Slot(globalKey{}).(*Agent); ok {
		return a
	}
	o := DefaultAgentOptions()
	o.KeepAlive, o.Timeout = true, 5000
	a := NewAgent(l, o)
	l.SetSlot(globalKey{}, a)
	return a
}

// GetName is this.getName(options).
func (a *Agent) GetName(o *RequestOptions) string {
	if x := a.Override(events.MethodGetName); x != nil {
		s, _ := x.Call(o).(string)
		return s
	}
	k := nameKey{o.Connect.Host, o.Connect.LocalAddress, o.SocketPath, o.Connect.Port, o.Connect.Family}
	if k != a.nameKey || a.name == "" {
		a.nameKey, a.name = k, AgentName(o)
	}
	return a.name
}

// nameKey is what the name of a connection is made of.
type nameKey struct {
	host, localAddress, socketPath string
	port, family                   int
}

// AgentName is Agent.prototype.getName: host, port, local address, family and
// socket path.
func AgentName(o *RequestOptions) string {
	b := make([]byte, 0, 64)
	if o.Connect.Host != "" {
		b = append(b, o.Connect.Host...)
	} else {
		b = append(b, "localhost"...)
	}
	b = append(b, ':')
	if o.Connect.Port != 0 {
		b = strconv.AppendInt(b, int64(o.Connect.Port), 10)
	}
	b = append(b, ':')
	b = append(b, o.Connect.LocalAddress...)
	if f := o.Connect.Family; f == 4 || f == 6 {
		b = append(b, ':', byte('0'+f))
	}
	if o.SocketPath != "" {
		b = append(append(b, ':'), o.SocketPath...)
	}
	return string(b)
}

// onFree gives a socket that became free to the next request, or keeps it.
func (a *Agent) onFree(c Conn, o *RequestOptions) {
	name := a.GetName(o)
	st := c.AsStream()
	if debugging {
		debugf(a.loop, "agent.on(free)", name)
	}
	if !st.Writable() {
		st.Destroy(nil)
		return
	}
	if list := a.Requests.List(name); len(list) > 0 {
		req := list[0]
		if list = list[1:]; len(list) == 0 {
			list = nil
		}
		a.Requests.Set(name, list)
		a.setRequestSocket(req, c)
		return
	}
	req, _ := slotOf(c).Message.(requester)
	if req == nil || !req.request().ShouldKeepAlive || !a.KeepAlive {
		st.Destroy(nil)
		return
	}
	free := len(a.FreeSockets.List(name))
	count := free + len(a.Sockets.List(name))
	if a.Total > a.MaxTotalSockets || count > a.MaxSockets || free >= a.MaxFreeSockets || !a.KeepSocketAlive(c) {
		st.Destroy(nil)
		return
	}
	slotOf(c).Message = nil
	a.RemoveSocket(c, o)
	st.AddListener(events.Name("error"), clientListenersOf(a.loop).freeError, false)
	a.FreeSockets.push(name, c)
}

// merged is options combined with the agent's own.
func (a *Agent) merged(o *RequestOptions) *RequestOptions {
	if a.Merge != nil {
		return a.Merge(o)
	}
	m := *o
	if a.Timeout != 0 {
		m.SocketTimeout = a.Timeout
	}
	m.NoDelay = true
	return &m
}

// AddRequest is this.addRequest(req, options).
func (a *Agent) AddRequest(req *ClientRequest, o *RequestOptions) {
	if x := a.Override(events.MethodAddRequest); x != nil {
		x.Call(req.Self(), o)
		return
	}
	a.BaseAddRequest(req, o)
}

// BaseAddRequest finds a socket for a request: a free one, a new one, or none
// yet.
func (a *Agent) BaseAddRequest(req *ClientRequest, o *RequestOptions) {
	if a.Merge != nil {
		o = a.merged(o) // what a.Merge does not touch, only a new socket asks for
	}
	name := a.GetName(o)
	if !a.Sockets.Has(name) {
		a.Sockets.Set(name, []Conn{})
	}
	var c Conn
	free := a.FreeSockets.List(name)
	if free != nil {
		for len(free) > 0 && free[0].AsStream().Destroyed() {
			free = free[1:]
		}
		if n := len(free); n > 0 {
			if a.FIFO {
				c, free = free[0], free[1:]
			} else {
				c, free = free[n-1], free[:n-1]
			}
		}
		if len(free) == 0 {
			free = nil
		}
		a.FreeSockets.Set(name, free)
	}
	switch {
	case c != nil:
		if debugging {
			debugf(a.loop, "have free socket")
		}
		a.ReuseSocket(c, req)
		a.setRequestSocket(req, c)
		a.Sockets.push(name, c)
	case len(free)+len(a.Sockets.List(name)) < a.MaxSockets && a.Total < a.MaxTotalSockets:
		a.CreateSocket(req, o, func(err error, c Conn) {
			if err != nil {
				req.OnSocket(c, err)
				return
			}
			a.setRequestSocket(req, c)
		})
	default:
		if debugging {
			debugf(a.loop, "wait for socket")
		}
		req.options = o
		a.Requests.push(name, req)
	}
}

func (a *Agent) setRequestSocket(req *ClientRequest, c Conn) {
	req.OnSocket(c, nil)
	if !req.HasTimeout || req.Timeout == a.Timeout {
		return
	}
	setTimeout(c, req.Timeout)
}

// CreateSocket is this.createSocket(req, options, cb).
func (a *Agent) CreateSocket(req *ClientRequest, o *RequestOptions, cb func(error, Conn)) {
	if x := a.Override(events.MethodCreateSocket); x != nil {
		x.Call(req.Self(), o, SocketCallback(cb))
		return
	}
	a.BaseCreateSocket(req, o, cb)
}

// SocketCallback is the (err, socket) callback of createSocket and
// createConnection.
type SocketCallback func(error, Conn)

// BaseCreateSocket opens a connection and enters it in the agent's table.
func (a *Agent) BaseCreateSocket(req *ClientRequest, o *RequestOptions, cb func(error, Conn)) {
	o = a.merged(o)
	name := a.GetName(o)
	o.AgentKey = name
	if debugging {
		debugf(a.loop, "createConnection", name)
	}
	called := false
	oncreate := func(err error, c Conn) {
		if called {
			return
		}
		called = true
		if err != nil {
			cb(err, nil)
			return
		}
		a.Sockets.push(name, c)
		a.Total++
		if debugging {
			debugf(a.loop, "sockets", name, len(a.Sockets.List(name)), a.Total)
		}
		a.install(c, o)
		cb(nil, c)
	}
	if a.KeepAlive {
		o.KeepAlive, o.KeepAliveInitialDelay = true, int(a.KeepAliveMsecs)
	}
	if c := a.CreateConnection(o, oncreate); c != nil {
		oncreate(nil, c)
	}
}

// CreateConnection is this.createConnection(options, cb).
func (a *Agent) CreateConnection(o *RequestOptions, cb func(error, Conn)) Conn {
	if o.CreateConnection != nil {
		return o.CreateConnection(o, cb)
	}
	if x := a.Override(events.MethodCreateConnection); x != nil {
		c, _ := x.Call(o, SocketCallback(cb)).(Conn)
		return c
	}
	if debugging {
		debugf(a.loop, "http createConnection should use proxy for "+o.Connect.Host+":"+strconv.Itoa(o.Connect.Port)+":", false)
	}
	net.DebugConnect(a.loop, net.ConnectArgs{Options: o, Callback: func(error) {}})
	c, err := connect(a.loop, o)
	if err != nil {
		a.Throw(err)
	}
	return c
}

// connect is net.createConnection for a request's options.
func connect(l *loop.Loop, o *RequestOptions) (Conn, error) {
	so := net.NewSocketOptions()
	so.NoDelay, so.KeepAlive, so.KeepAliveInitialDelay = o.NoDelay, o.KeepAlive, o.KeepAliveInitialDelay
	s, err := net.NewSocket(l, so)
	if err != nil {
		return nil, err
	}
	if o.SocketTimeout > 0 {
		s.SetTimeout(o.SocketTimeout, nil)
	}
	if x := s.Override(events.MethodConnect); x != nil {
		x.Call([]any{o, nil}) // the normalised arguments of net.connect
		return s, nil
	}
	co := o.Connect
	co.Path = o.SocketPath
	co.PathNull = co.Path == "" && o.AgentKey != ""
	if err := s.Connect(co, nil); err != nil {
		return nil, err
	}
	return s, nil
}

// agentListeners are what an agent puts on all its sockets.
type agentListeners struct{ free, close, timeout, remove *events.Listener }

func (a *Agent) makeListeners() {
	bind := func(name string, f func(c Conn, o *RequestOptions)) *events.Listener {
		return shared(name, func(self any, _ []any) {
			if c, ok := self.(Conn); ok {
				if debugging {
					debugf(a.loop, "CLIENT socket "+name)
				}
				f(c, slotOf(c).options)
			}
		})
	}
	a.on = agentListeners{
		free: bind("onFree", func(c Conn, o *RequestOptions) { a.Emit("free", c.Base().Self(), o) }),
		close: bind("onClose", func(c Conn, o *RequestOptions) {
			a.Total--
			a.RemoveSocket(c, o)
		}),
		timeout: bind("onTimeout", func(c Conn, _ *RequestOptions) {
			for _, n := range a.FreeSockets.Names() {
				if slices.Contains(a.FreeSockets.List(n), c) {
					c.AsStream().Destroy(nil)
					return
				}
			}
		}),
		remove: bind("onRemove", func(c Conn, o *RequestOptions) {
			a.Total--
			a.RemoveSocket(c, o)
			st := c.AsStream()
			st.RemoveListener(events.Name("close"), a.on.close)
			st.RemoveListener(events.Name("free"), a.on.free)
			st.RemoveListener(events.Name("timeout"), a.on.timeout)
			st.RemoveListener(events.Name("agentRemove"), a.on.remove)
		}),
	}
}

// install listens on a socket of the agent.
func (a *Agent) install(c Conn, o *RequestOptions) {
	ensureSlot(c).options = o
	st := c.AsStream()
	st.AddListener(events.Name("free"), a.on.free, false)
	st.AddListener(events.Name("close"), a.on.close, false)
	st.AddListener(events.Name("timeout"), a.on.timeout, false)
	st.AddListener(events.Name("agentRemove"), a.on.remove, false)
	if a.keylog != nil {
		st.AddListener(keylogKey, a.keylog, false)
	}
}

// RemoveSocket is this.removeSocket(socket, options).
func (a *Agent) RemoveSocket(c Conn, o *RequestOptions) {
	if x := a.Override(events.MethodRemoveSocket); x != nil {
		x.Call(c.Base().Self(), o)
		return
	}
	a.BaseRemoveSocket(c, o)
}

// BaseRemoveSocket takes a socket out of the tables and opens another for a
// request that waits.
func (a *Agent) BaseRemoveSocket(c Conn, o *RequestOptions) {
	name := a.GetName(o)
	if debugging {
		debugf(a.loop, "removeSocket", name, "writable:", c.AsStream().Writable())
	}
	a.Sockets.remove(name, c)
	if !c.AsStream().Writable() {
		a.FreeSockets.remove(name, c)
	}
	var req *ClientRequest
	if list := a.Requests.List(name); len(list) > 0 {
		req = list[0]
	} else {
		// Node looks at the first name that has requests, and no further.
		if names := a.Requests.Names(); len(names) > 0 && len(a.Sockets.List(names[0])) == 0 {
			if list := a.Requests.List(names[0]); len(list) > 0 {
				req, o = list[0], list[0].options
			}
		}
	}
	if req == nil || o == nil {
		return
	}
	req.options = nil
	a.CreateSocket(req, o, func(err error, c Conn) {
		if err != nil {
			req.OnSocket(nil, err)
			return
		}
		c.AsStream().Emit("free")
	})
}

// KeepSocketAlive is this.keepSocketAlive(socket).
func (a *Agent) KeepSocketAlive(c Conn) bool {
	if x := a.Override(events.MethodKeepSocketAlive); x != nil {
		ok, _ := x.Call(c.Base().Self()).(bool)
		return ok
	}
	return a.BaseKeepSocketAlive(c)
}

// BaseKeepSocketAlive prepares a socket for the wait: TCP keep-alive, no
// reference, and the shorter of the agent's timeout and the server's hint.
func (a *Agent) BaseKeepSocketAlive(c Conn) bool {
	if k, ok := c.(interface{ SetKeepAlive(bool, int) }); ok {
		k.SetKeepAlive(true, int(a.KeepAliveMsecs))
	}
	unref(c)
	timeout, keep := a.Timeout, true
	if r, ok := slotOf(c).Message.(requester); ok && r.request().Res != nil {
		if hint, ok := timeoutHint(r.request().Res.Header("keep-alive")); ok {
			ms := max(hint*1000-a.TimeoutBuffer, 0)
			if ms == 0 {
				keep = false
			} else if ms < timeout {
				timeout = ms
			}
		}
	}
	if ms, set := timeoutOf(c); !set || ms != timeout {
		setTimeout(c, timeout)
	}
	return keep
}

// timeoutHint reads "timeout=N" at the start of a Keep-Alive header.
func timeoutHint(v string) (int64, bool) {
	s, ok := strings.CutPrefix(v, "timeout=")
	if !ok {
		return 0, false
	}
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	x, err := strconv.ParseInt(s[:n], 10, 64)
	return x, err == nil
}

func unref(c Conn) {
	if u, ok := c.(interface{ Unref() }); ok {
		u.Unref()
	} else if o := c.Base().Override(events.MethodUnref); o != nil {
		o.Call()
	}
}

func ref(c Conn) {
	if u, ok := c.(interface{ Ref() }); ok {
		u.Ref()
	} else if o := c.Base().Override(events.MethodRef); o != nil {
		o.Call()
	}
}

// ReuseSocket is this.reuseSocket(socket, req).
func (a *Agent) ReuseSocket(c Conn, req *ClientRequest) {
	if x := a.Override(events.MethodReuseSocket); x != nil {
		x.Call(c.Base().Self(), req.Self())
		return
	}
	a.BaseReuseSocket(c, req)
}

// BaseReuseSocket takes a free socket into use again.
func (a *Agent) BaseReuseSocket(c Conn, req *ClientRequest) {
	c.AsStream().RemoveListener(events.Name("error"), clientListenersOf(a.loop).freeError)
	req.ReusedSocket = true
	if s, ok := c.(net.Socketer); ok && s.AsSocket().Handle() != nil {
		s.AsSocket().Handle().Grab() // the request's asynchronous context
	}
	ref(c)
}

// Destroy destroys every socket that the agent holds.
func (a *Agent) Destroy() {
	for _, t := range []*Table[Conn]{&a.FreeSockets, &a.Sockets} {
		for _, n := range append([]string(nil), t.Names()...) {
			for _, c := range append([]Conn(nil), t.List(n)...) {
				c.AsStream().Destroy(nil)
			}
		}
	}
}
