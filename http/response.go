package http

import (
	"strconv"

	"github.com/spindle-js/spindle/buffer"
	"github.com/spindle-js/spindle/diagnostics"
	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/loop"
	"github.com/spindle-js/spindle/nodeerr"
)

// ServerResponse is the answer to one request
// (https://nodejs.org/docs/latest-v24.x/api/http.html#class-httpserverresponse).
type ServerResponse struct {
	OutgoingMessage
	Req *IncomingMessage

	StatusCode    int
	StatusMessage string // "" stands for the usual phrase
	// StatusOf, if it is set, gives what a host's program put in the place of
	// StatusCode that is no whole number: as a number, and as text. StatusHost is
	// the host's own value.
	StatusOf       func() (code int, text string)
	StatusHost     any
	ExpectContinue bool // _expect_continue
	Sent100        bool // _sent100

	onClose *events.Listener // on the transport
	server  *serverConn
}

// NewServerResponse returns the answer to req.
func NewServerResponse(l *loop.Loop, host events.Host, req *IncomingMessage) *ServerResponse {
	r := &ServerResponse{}
	r.InitResponse(l, host, r, req)
	return r
}

// InitResponse prepares r, which self embeds.
func (r *ServerResponse) InitResponse(l *loop.Loop, host events.Host, self any, req *IncomingMessage) {
	r.OutgoingMessage.init(l, host, self, r)
	r.Req, r.StatusCode, r.SendDate = req, 200, true
	if req == nil {
		return
	}
	if req.Method == "HEAD" {
		r.HasBody = false
	}
	if req.HTTPVersionMajor < 1 || req.HTTPVersionMinor < 1 {
		r.UseChunkedByDefault = hasToken(req.Header("te"), "chunked")
		r.ShouldKeepAlive = false
	}
	if diagnostics.Any() {
		diagnostics.Publish(l, responseCreatedChannel, field("request", req.Self()), field("response", self))
	}
}

func (r *ServerResponse) status() int {
	if r.StatusOf != nil {
		code, _ := r.StatusOf()
		return code
	}
	return r.StatusCode
}

// BaseImplicitHeader is _implicitHeader of the prototype.
func (r *ServerResponse) BaseImplicitHeader() error { return r.baseImplicitHeader() }

func (r *ServerResponse) baseImplicitHeader() error {
	if r.StatusOf != nil {
		code, text := r.StatusOf()
		if code < 100 || code > 999 {
			return nodeerr.HTTPInvalidStatusCode(text)
		}
		return r.WriteHead(code, "", nil)
	}
	return r.WriteHead(r.StatusCode, "", nil)
}

func (r *ServerResponse) destroyed(err error) { r.BaseDestroy(err) }

func (r *ServerResponse) baseFinish() { r.BaseFinish() }

// WriteHead is this.writeHead(status, message, fields); an empty message keeps
// the one that is set.
func (r *ServerResponse) WriteHead(status int, message string, fields []Field) error {
	if o := r.Override(events.MethodWriteHead); o != nil {
		if message == "" && fields == nil {
			o.Call(status)
		} else {
			o.Call(status, message, fields)
		}
		return nil
	}
	return r.BaseWriteHead(status, message, fields, false)
}

// BaseWriteHead is ServerResponse.prototype.writeHead; flat says that the
// fields came as a flat array, whose names may repeat.
func (r *ServerResponse) BaseWriteHead(status int, message string, fields []Field, flat bool) error {
	if r.hasHeader {
		return nodeerr.HTTPHeadersSent("write")
	}
	if status < 100 || status > 999 {
		return nodeerr.HTTPInvalidStatusCode(strconv.Itoa(status))
	}
	switch {
	case message != "":
		r.StatusMessage = message
	case r.StatusMessage == "":
		if r.StatusMessage = StatusText(status); r.StatusMessage == "" {
			r.StatusMessage = "unknown"
		}
	}
	r.StatusCode, r.StatusOf = status, nil
	validate := true
	if r.headers.set {
		if err := r.mergeFields(fields, flat); err != nil {
			return err
		}
		fields, validate = r.headers.fields(), false
	}
	if InvalidHeaderChar(r.StatusMessage) {
		return nodeerr.InvalidChar("statusMessage", "")
	}
	if status == 204 || status == 304 || status < 200 {
		r.HasBody = false
	}
	if r.ExpectContinue && !r.Sent100 {
		// The client may send its body all the same: this connection ends.
		r.ShouldKeepAlive = false
	}
	return r.StoreHeader(statusLine(status, r.StatusMessage), fields, validate)
}

// mergeFields sets the fields of writeHead over those of setHeader.
func (r *ServerResponse) mergeFields(fields []Field, flat bool) error {
	if flat {
		for i := range fields {
			if err := r.RemoveHeader(fields[i].Name); err != nil {
				return err
			}
		}
	}
	for i := range fields {
		f := &fields[i]
		if f.Name == "" {
			continue
		}
		var err error
		if flat {
			err = r.AppendHeader(f.Name, f.Value)
		} else {
			err = r.SetHeader(f.Name, f.Value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func statusLine(status int, message string) string {
	if status == 200 && message == "OK" {
		return "HTTP/1.1 200 OK\r\n"
	}
	return "HTTP/1.1 " + strconv.Itoa(status) + " " + message + "\r\n"
}

// WriteContinue sends 100 Continue.
func (r *ServerResponse) WriteContinue(cb func(error)) {
	if o := r.Override(events.MethodWriteContinue); o != nil {
		o.Call()
		return
	}
	r.BaseWriteContinue(cb)
}

// BaseWriteContinue is ServerResponse.prototype.writeContinue.
func (r *ServerResponse) BaseWriteContinue(cb func(error)) {
	r.WriteRaw(buffer.Text("HTTP/1.1 100 Continue\r\n\r\n"), "latin1", cb)
	r.Sent100 = true
}

// WriteProcessing sends 102 Processing.
func (r *ServerResponse) WriteProcessing(cb func(error)) {
	r.WriteRaw(buffer.Text("HTTP/1.1 102 Processing\r\n\r\n"), "latin1", cb)
}

// WriteEarlyHints sends 103 Early Hints with header lines that are ready
// ("Link: …\r\n").
func (r *ServerResponse) WriteEarlyHints(lines string, cb func(error)) {
	r.WriteRaw(buffer.Text("HTTP/1.1 103 Early Hints\r\n"+lines+"\r\n"), "latin1", cb)
}

// AssignSocket gives the response its turn on a transport.
func (r *ServerResponse) AssignSocket(c Conn) error {
	if o := r.Override(events.MethodAssignSocket); o != nil {
		o.Call(c)
		return nil
	}
	return r.BaseAssignSocket(c)
}

// BaseAssignSocket is ServerResponse.prototype.assignSocket.
func (r *ServerResponse) BaseAssignSocket(c Conn) error {
	s := ensureSlot(c)
	if s.Message != nil {
		return nodeerr.HTTPSocketAssigned()
	}
	s.Message = r.Self()
	r.onClose = s.closeListener()
	c.AsStream().AddListener(events.Name("close"), r.onClose, false)
	r.Conn = c
	if r.Hears("socket") {
		r.Emit("socket", c)
	}
	r.flush()
	return nil
}

// DetachSocket takes the response off its transport.
func (r *ServerResponse) DetachSocket(c Conn) {
	if o := r.Override(events.MethodDetachSocket); o != nil {
		o.Call(c)
		return
	}
	r.BaseDetachSocket(c)
}

// BaseDetachSocket is ServerResponse.prototype.detachSocket.
func (r *ServerResponse) BaseDetachSocket(c Conn) {
	s := slotOf(c)
	if r.onClose != nil {
		c.AsStream().RemoveListener(events.Name("close"), r.onClose)
	}
	s.Message = nil
	r.Conn = nil
}

// onServerResponseClose destroys a response whose transport closed first.
func onServerResponseClose(self any, _ []any) {
	c, ok := self.(Conn)
	if !ok {
		return
	}
	r, ok := slotOf(c).Message.(interface{ response() *ServerResponse })
	if !ok {
		return
	}
	r.response().emitClose()
}

// emitClose is the one 'close' of a response.
func (r *ServerResponse) emitClose() {
	if r.Closed {
		return
	}
	r.IsDestroyed, r.Closed = true, true
	r.Emit("close")
}

func (r *ServerResponse) response() *ServerResponse { return r }
