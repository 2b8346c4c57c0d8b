package http2

import (
	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/nodeerr"
)

// RequestOptions are those of request().
type RequestOptions struct {
	// EndStream says that there is no body; nil leaves it to the method.
	EndStream       *bool
	WaitForTrailers bool
	Parent          uint32
	Exclusive       bool
}

// Request begins a request. Errors that Node throws are returned; those that it
// finds later are the stream's.
func (s *Session) Request(h *Outgoing, o RequestOptions) (*Stream, error) {
	switch {
	case s.Destroyed():
		return nil, nodeerr.HTTP2("INVALID_SESSION")
	case s.Closed():
		return nil, nodeerr.HTTP2("GOAWAY_SESSION")
	}
	s.touch()
	if s.debug != nil {
		s.log("initiating request")
	}
	p, err := s.prepare(h)
	if err != nil {
		return nil, err
	}
	end := p.method == "GET" || p.method == "HEAD" || p.method == "DELETE"
	if o.EndStream != nil {
		end = *o.EndStream
	}
	st := s.newClientStream()
	st.sentHeaders = p.headers
	st.origin = p.scheme + "://" + p.authority
	if end {
		st.End(noChunk, "", nil)
	}
	if o.WaitForTrailers {
		st.flags |= hasTrailers
	}
	start := func() {
		st.start(p.fields, protocol.RequestOptions{EndStream: end, Trailers: o.WaitForTrailers, Parent: o.Parent, Exclusive: o.Exclusive})
	}
	if s.Connecting() {
		if s.debug != nil {
			s.log("session still connecting, queue stream init")
		}
		s.onConnect = append(s.onConnect, start)
		if len(s.onConnect) == 1 {
			s.Once("connect", func(...any) {
				list := s.onConnect
				s.onConnect = nil
				for _, f := range list {
					f()
				}
			})
		}
	} else {
		start()
	}
	publish(s.loop, "http2.client.stream.created", field("stream", st), field("headers", st.sentHeaders))
	return st, nil
}

// prepared is a request with its defaults.
type prepared struct {
	headers                   *Outgoing
	fields                    []protocol.Field
	method, scheme, authority string
}

// prepare adds what a request has to have.
func (s *Session) prepare(h *Outgoing) (prepared, error) {
	if h == nil {
		h = &Outgoing{}
	}
	h = h.Clone()
	get := func(name string) (string, bool) {
		if h.Raw {
			v, ok := h.fold(name)
			return join(v.Text), ok
		}
		v, ok := h.Get(name)
		return join(v.Text), ok
	}
	var p prepared
	var front []Header
	put := func(name, value string) {
		if h.Raw {
			front = append(front, Header{Name: name, Value: Text(value)})
		} else {
			h.Set(name, Text(value))
		}
	}
	var ok bool
	if p.method, ok = get(":method"); !ok {
		p.method = "GET"
		put(":method", p.method)
	}
	_, protocolGiven := get(":protocol")
	authority, hasAuthority := get(":authority")
	_, hasScheme := get(":scheme")
	_, hasPath := get(":path")
	p.scheme, _ = get(":scheme")
	if p.method != "CONNECT" || protocolGiven {
		host, hasHost := get("host")
		switch {
		case hasAuthority:
		case hasHost && !h.Raw:
			authority = host
		default:
			authority = s.Authority
			put(":authority", authority)
		}
		if !hasScheme {
			p.scheme = s.Scheme
			put(":scheme", p.scheme)
		}
		if !hasPath {
			put(":path", "/")
		}
	} else {
		switch {
		case !hasAuthority:
			return p, nodeerr.HTTP2("CONNECT_AUTHORITY")
		case hasScheme:
			return p, nodeerr.HTTP2("CONNECT_SCHEME")
		case hasPath:
			return p, nodeerr.HTTP2("CONNECT_PATH")
		}
	}
	p.authority = authority
	h.List = append(front, h.List...)
	p.headers = h
	var err error
	p.fields, err = h.build(anyPseudo)
	return p, err
}
