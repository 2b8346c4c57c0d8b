package clustermod

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/dgram"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/net"
)

// member is what a worker process keeps.
type member struct {
	self    *goja.Object // cluster.worker
	handles map[string]*share
	order   []string // keys of handles, as they came
	indexes map[string]*indexSet
}

// share is what this worker has of a socket of the primary's.
type share struct {
	stream  *net.Handle // a virtual one where the primary accepts
	packets *dgram.Handle
}

func (s *share) owner() events.Object {
	var o any
	if s.stream != nil {
		o = s.stream.Owner
	} else {
		o = s.packets.Owner
	}
	e, _ := o.(events.Object)
	return e
}

func (s *share) close() {
	if s.stream != nil {
		s.stream.Close(nil)
		return
	}
	s.packets.Close(nil)
}

// indexSet numbers the servers of one address.
type indexSet struct {
	next int
	live map[int]bool
}

func (m *module) loadMember() {
	rt := m.rt
	m.member = &member{handles: map[string]*share{}, indexes: map[string]*indexSet{}}
	e := m.exports
	_ = e.Set("isWorker", true)
	_ = e.Set("isMaster", false)
	_ = e.Set("isPrimary", false)
	_ = e.Set("worker", goja.Null())
	_ = e.Set("Worker", m.worker.Ctor)
	_ = e.Set("_setupWorker", rt.Func("", 0, func(goja.FunctionCall) goja.Value { m.setupWorker(); return goja.Undefined() }))
	_ = e.Set("_getServer", rt.Func("", 3, m.getServer))
	c := m.worker
	c.Method("disconnect", 0, func(call goja.FunctionCall) goja.Value {
		this := call.This.(*goja.Object)
		if s := bind.Get(this, "state").String(); s != "disconnecting" && s != "destroying" {
			_ = this.Set("state", "disconnecting")
			m.leave(this, false)
		}
		return this
	})
	c.Method("destroy", 0, func(call goja.FunctionCall) goja.Value {
		this := call.This.(*goja.Object)
		if bind.Get(this, "state").String() == "destroying" {
			return goja.Undefined()
		}
		_ = this.Set("exitedAfterDisconnect", true)
		if !m.isConnected(this) {
			m.exit()
			return goja.Undefined()
		}
		_ = this.Set("state", "destroying")
		m.announce()
		m.once(m.process(), "disconnect", func([]goja.Value) { m.exit() })
		return goja.Undefined()
	})
	net.SetClusterListen(rt.Loop, m.listen)
	dgram.SetClusterBind(rt.Loop, m.bind)
}

func (m *module) exit() {
	p := m.process()
	m.rt.Call(p.Get("exit"), p, m.rt.VM.ToValue(0))
}

// announce tells the primary that this worker leaves on purpose, and then
// disconnects.
func (m *module) announce() {
	p := m.process()
	m.send(p, nil, func(*goja.Object, goja.Value) {
		m.rt.Call(p.Get("disconnect"), p)
	}, field{"act", "exitedAfterDisconnect"})
}

// setupWorker makes cluster.worker and tells the primary that it is online.
func (m *module) setupWorker() {
	rt := m.rt
	p := m.process()
	o := rt.VM.NewObject()
	id, _ := strconv.Atoi(os.Getenv(uniqueID))
	_ = o.Set("id", id)
	_ = o.Set("process", p)
	_ = o.Set("state", "online")
	w, err := rt.VM.New(m.worker.Ctor, o)
	if err != nil {
		panic(err)
	}
	m.self = w
	_ = m.exports.Set("worker", w)
	m.once(p, "disconnect", func([]goja.Value) {
		_ = p.Set("channel", goja.Null())
		m.emit(w, "disconnect")
		if !bind.Get(w, "exitedAfterDisconnect").ToBoolean() {
			m.exit() // the primary is gone
		}
	})
	m.receive(p, func(message *goja.Object, handle goja.Value) {
		switch bind.Get(message, "act").String() {
		case "newconn":
			m.connection(message, handle)
		case "disconnect":
			m.leave(w, true)
		}
	})
	m.send(p, nil, nil, field{"act", "online"})
}

// leave closes the servers that this worker shares, and then disconnects.
func (m *module) leave(w *goja.Object, byPrimary bool) {
	rt := m.rt
	_ = w.Set("exitedAfterDisconnect", true)
	waiting := 1
	closed := func() {
		if waiting--; waiting > 0 {
			return
		}
		if byPrimary {
			p := m.process()
			rt.Call(p.Get("disconnect"), p)
		} else {
			m.announce()
		}
	}
	list, order := m.member.handles, m.member.order
	m.member.handles, m.member.order = map[string]*share{}, nil
	for _, key := range order {
		s := list[key]
		if s == nil { // closed
			continue
		}
		delete(list, key)
		waiting++
		if owner := s.owner(); owner != nil {
			o := rt.Wrap(owner).(*goja.Object)
			rt.Call(o.Get("close"), o, m.listener(func([]goja.Value) { closed() }))
		} else {
			s.close()
			closed()
		}
	}
	closed()
}

// connection is one that the primary accepted.
func (m *module) connection(message *goja.Object, handle goja.Value) {
	client, _ := bind.From(handle).(*net.Handle)
	s := m.member.handles[bind.Get(message, "key").String()]
	accepted := s != nil && s.stream != nil && client != nil
	if accepted {
		if o, ok := s.stream.Owner.(net.Serverer); ok {
			srv := o.AsServer()
			if srv.MaxConnections >= 0 && srv.Connections() >= srv.MaxConnections {
				accepted = srv.DropMaxConnection // refused here, or given to another worker
			}
		}
	}
	m.send(m.process(), nil, nil, field{"ack", bind.Get(message, "seq")}, field{"accepted", accepted})
	switch {
	case accepted:
		s.stream.Accepted(client)
	case client != nil:
		client.Close(nil)
	}
}

// ask sends the primary a query and gives cb the answer.
func (m *module) ask(owner goja.Value, address, port, typ, fd any, more []field, cb func(net.Status, *share)) {
	rt := m.rt
	obj := owner.(*goja.Object)
	if a, ok := address.(string); ok && port == -1 && a != "" && a[0] != 0 {
		if abs, err := filepath.Abs(a); err == nil {
			address = abs
		}
	}
	words := make([]string, 4)
	for i, v := range []any{address, port, typ, fd} {
		if x := rt.ToValue(v); !bind.IsNullish(x) {
			words[i] = x.String()
		}
	}
	name := strings.Join(words, ":")
	set := m.indexes[name]
	if set == nil {
		set = &indexSet{live: map[int]bool{}}
		m.indexes[name] = set
	}
	index := set.next
	set.next++
	set.live[index] = true
	var data any
	if f := bind.Get(obj, "_getServerData"); bind.IsCallable(f) {
		data = rt.Call(f, obj)
	}
	fields := []field{{"act", "queryServer"}, {"index", index}, {"data", data}, {"address", address}, {"port", port}, {"addressType", typ}}
	if fd != events.Undefined {
		fields = append(fields, field{"fd", fd})
	}
	fields = append(fields, more...)
	m.send(m.process(), nil, func(reply *goja.Object, handle goja.Value) {
		if f := bind.Get(obj, "_setServerData"); bind.IsCallable(f) {
			rt.Call(f, obj, bind.Get(reply, "data"))
		}
		m.answered(reply, handle, name, index, typ, cb)
	}, fields...)
	m.once(obj, "listening", func([]goja.Value) {
		if m.indexes[name] == nil { // closed already
			return
		}
		_ = m.self.Set("state", "listening")
		fields[0].value = "listening"
		if a, ok := rt.Call(obj.Get("address"), obj).(*goja.Object); ok && bind.Get(a, "port").ToBoolean() {
			fields[4].value = bind.Get(a, "port")
		}
		m.send(m.process(), nil, nil, fields...)
	})
}

// answered makes the share that the primary gives.
func (m *module) answered(reply *goja.Object, handle goja.Value, name string, index int, typ any, cb func(net.Status, *share)) {
	rt := m.rt
	st := net.Status(bind.Get(reply, "errno").ToInteger())
	key := bind.Get(reply, "key").String()
	s := &share{}
	closing := func() {
		m.send(m.process(), nil, nil, field{"act", "close"}, field{"key", key})
		if m.member.handles[key] == s {
			delete(m.member.handles, key)
		}
		if set := m.indexes[name]; set != nil {
			if delete(set.live, index); len(set.live) == 0 {
				delete(m.indexes, name)
			}
		}
	}
	switch h := bind.From(handle).(type) {
	case *net.Handle:
		s.stream = h
		h.OnClose(closing)
	case *dgram.Handle:
		s.packets = h
		h.OnClose(closing)
	default:
		if st.Failed() {
			cb(st, nil)
			return
		}
		kind, v := net.TCPServer, net.Virtual{}
		if n, ok := typ.(int); ok && n == -1 {
			kind = net.PipeServer
		}
		if o, ok := bind.Get(reply, "sockname").(*goja.Object); ok {
			v.Address = net.Address{Address: bind.Get(o, "address").String(), Family: bind.Get(o, "family").String(), Port: int(bind.Get(o, "port").ToInteger())}
		}
		s.stream = net.NewVirtual(rt.Loop, kind, v)
		s.stream.OnClose(closing)
	}
	m.member.handles[key] = s
	m.member.order = append(slices.DeleteFunc(m.member.order, func(k string) bool { return k == key || m.member.handles[k] == nil }), key)
	cb(st, s)
}

// listen gets a server's handle from the primary. See net.ClusterListen.
func (m *module) listen(s *net.Server, q net.ClusterQuery, cb func(net.Status, *net.Handle)) {
	var address, fd any = nil, events.Undefined
	if q.Address != "" {
		address = q.Address
	}
	var port, typ any = q.Port, q.Family
	if q.FD >= 0 {
		fd, port, typ = q.FD, nil, nil
	}
	more := []field{{"flags", int(q.Flags)}, {"backlog", q.Backlog}}
	if q.HasModes {
		more = append(more, field{"readableAll", q.ReadableAll}, field{"writableAll", q.WritableAll})
	}
	m.ask(m.rt.Wrap(s), address, port, typ, fd, more, func(st net.Status, sh *share) {
		if sh == nil {
			cb(st, nil)
			return
		}
		cb(st, sh.stream)
	})
}

// bind gets a datagram socket's handle from the primary. See dgram.ClusterBind.
func (m *module) bind(s *dgram.Socket, o dgram.BindOptions, flags dgram.BindFlags, cb func(net.Status, *dgram.Handle)) {
	var address any
	if o.Address != "" {
		address = o.Address
	}
	m.ask(m.rt.Wrap(s), address, o.Port, s.Options().Type, o.FD, []field{{"flags", int(flags)}}, func(st net.Status, sh *share) {
		if sh == nil {
			cb(st, nil)
			return
		}
		cb(st, sh.packets)
	})
}

// getServer is cluster._getServer(obj, options, cb), for objects that are neither
// servers nor datagram sockets of ours.
func (m *module) getServer(c goja.FunctionCall) goja.Value {
	rt := m.rt
	o := rt.Object(c.Argument(1), "options")
	cb := c.Argument(2)
	var fd any = bind.Get(o, "fd")
	if goja.IsUndefined(bind.Get(o, "fd")) {
		fd = events.Undefined
	}
	var address any = bind.Get(o, "address")
	if a := bind.Get(o, "address"); goja.IsString(a) {
		address = a.String()
	}
	var port any = bind.Get(o, "port")
	if p := bind.Get(o, "port"); goja.IsNumber(p) {
		port = int(p.ToInteger())
	}
	m.ask(c.Argument(0), address, port, bind.Get(o, "addressType"), fd, []field{{"flags", bind.Get(o, "flags")}}, func(st net.Status, sh *share) {
		var h goja.Value = goja.Null()
		switch {
		case sh != nil && sh.stream != nil:
			h = rt.ToValue(sh.stream)
		case sh != nil:
			h = rt.ToValue(sh.packets)
		}
		rt.Call(cb, goja.Undefined(), rt.VM.ToValue(int(st)), h)
	})
	return goja.Undefined()
}
