package http2mod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) respondMethods(c *bind.Class) {
	rt := m.rt
	c.Accessor("pushAllowed", func(this goja.Value) goja.Value {
		s, ok := bind.From(this).(*http2.Stream)
		return rt.VM.ToValue(ok && s.PushAllowed())
	}, nil)
	c.Method("respond", 2, func(call goja.FunctionCall) goja.Value {
		st := m.responding(call.This)
		o := m.object(call.Argument(1), "options")
		ro := http2.RespondOptions{EndStream: bind.Get(o, "endStream").ToBoolean(), WaitForTrailers: bind.Get(o, "waitForTrailers").ToBoolean(),
			NoDate: noDate(o)}
		rt.Must(st.Respond(m.responseHeaders(call.Argument(0)), ro))
		return goja.Undefined()
	})
	c.Method("additionalHeaders", 1, func(call goja.FunctionCall) goja.Value {
		st := m.str(call.This)
		switch {
		case st.Destroyed() || st.Ended():
			rt.Throw(nodeerr.HTTP2("INVALID_STREAM"))
		case st.HeadersSent():
			rt.Throw(nodeerr.HTTP2("HEADERS_AFTER_RESPOND"))
		}
		rt.Must(st.AdditionalHeaders(m.readHeaders(m.object(call.Argument(0), "headers"))))
		return goja.Undefined()
	})
	c.Method("pushStream", 3, m.pushStream)
	c.Method("respondWithFD", 3, m.respondWithFD)
	c.Method("respondWithFile", 3, m.respondWithFile)
}

func noDate(o *goja.Object) bool {
	v := bind.Get(o, "sendDate")
	return !bind.IsNullish(v) && !v.ToBoolean()
}

// responding returns a stream that has not answered yet.
func (m *module) responding(v goja.Value) *http2.Stream {
	st := m.str(v)
	switch {
	case st.Destroyed() || st.Ended():
		m.rt.Throw(nodeerr.HTTP2("INVALID_STREAM"))
	case st.HeadersSent():
		m.rt.Throw(nodeerr.HTTP2("HEADERS_SENT"))
	}
	return st
}

// responseHeaders reads the headers of an answer.
func (m *module) responseHeaders(v goja.Value) *http2.Outgoing {
	if bind.IsArray(v) {
		return m.readHeaders(v.(*goja.Object))
	}
	return m.checked(m.readHeaders(m.object(v, "headers", "Object", "Array")))
}

func (m *module) checked(h *http2.Outgoing) *http2.Outgoing {
	if s, ok := h.HostSensitive.(goja.Value); ok && !bind.IsArray(s) {
		m.rt.ArgValue("headers[http2.neverIndex]", s, "")
	}
	return h
}

func (m *module) pushStream(call goja.FunctionCall) goja.Value {
	rt := m.rt
	st := m.str(call.This)
	rt.Must(st.MayPush())
	opts, cb := call.Argument(1), call.Argument(2)
	if bind.IsCallable(opts) {
		opts, cb = goja.Undefined(), opts
	}
	fn := rt.Function(cb, "callback")
	o := m.object(opts, "options")
	h := m.readHeaders(m.object(call.Argument(0), "headers"))
	rt.Must(st.PushStream(h, bind.Get(o, "endStream").ToBoolean(), func(err error, pushed *http2.Stream, sent *http2.Outgoing) {
		if err != nil {
			rt.Call(fn, goja.Undefined(), rt.ErrorValue(err))
			return
		}
		rt.Call(fn, goja.Undefined(), goja.Null(), rt.Wrap(pushed), m.outgoing(sent), rt.VM.ToValue(0))
	}))
	return goja.Undefined()
}

// sending is an answer whose body is a file's.
type sending struct {
	m       *module
	st      *http2.Stream
	this    goja.Value
	o       *goja.Object // the options, a copy
	headers *http2.Outgoing
	fd      int
	trailer bool
}

// newSending checks the arguments of respondWithFD and respondWithFile.
func (m *module) newSending(call goja.FunctionCall, source func(*sending)) *sending {
	rt := m.rt
	x := &sending{m: m, st: m.responding(call.This), this: call.This, o: m.copied(m.object(call.Argument(2), "options"))}
	for _, name := range []string{"offset", "length"} {
		if v := bind.Get(x.o, name); !goja.IsUndefined(v) && !goja.IsNumber(v) {
			rt.ArgValue("options."+name, v, "")
		}
	}
	if v := bind.Get(x.o, "statCheck"); !goja.IsUndefined(v) && !bind.IsCallable(v) {
		rt.ArgValue("options.statCheck", v, "")
	}
	x.trailer = bind.Get(x.o, "waitForTrailers").ToBoolean()
	source(x)
	h, status, err := http2.PrepareResponse(m.checked(m.readHeaders(m.object(call.Argument(1), "headers", "Object", "Array"))),
		http2.RespondOptions{NoDate: noDate(x.o)})
	rt.Must(err)
	if status == 204 || status == 205 || status == 304 || x.st.HeadRequest() {
		rt.Throw(nodeerr.HTTP2("PAYLOAD_FORBIDDEN", bind.FormatNumber(float64(status))))
	}
	x.headers = h
	return x
}

// number returns an option that is a number.
func (x *sending) number(name string, otherwise float64) float64 {
	if v := bind.Get(x.o, name); goja.IsNumber(v) {
		return v.ToFloat()
	}
	return otherwise
}

// stat calls options.statCheck, and reports whether the file is to be sent. What
// the function changes of the headers and options counts.
func (x *sending) stat(stat goja.Value, options *goja.Object) bool {
	fn := bind.Get(x.o, "statCheck")
	if !bind.IsCallable(fn) {
		return true
	}
	h := x.m.outgoing(x.headers).(*goja.Object)
	args := []goja.Value{stat, h}
	if options != nil {
		args = append(args, options)
	}
	r := x.m.rt.Call(fn, x.this, args...)
	x.headers = x.m.readHeaders(h)
	return !(bind.TypeOf(r) == "boolean" && !r.ToBoolean())
}

// int32 is v|0.
func int32Of(f float64) int64 {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return 0
	}
	return int64(int32(int64(f)))
}

func (x *sending) send(offset, length float64, done func()) {
	x.st.RespondPrepared(x.fd, x.headers, http2.FileOptions{Offset: int32Of(offset), Length: int32Of(length), WaitForTrailers: x.trailer, Close: done})
}

// respondWithFD is stream.respondWithFD(fd[, headers[, options]]).
func (m *module) respondWithFD(call goja.FunctionCall) goja.Value {
	rt := m.rt
	x := m.newSending(call, func(x *sending) {
		v := call.Argument(0)
		if o, ok := v.(*goja.Object); ok && goja.IsNumber(bind.Get(o, "fd")) {
			v = o.Get("fd")
		}
		if !goja.IsNumber(v) {
			rt.ArgType("fd", v, "number", "FileHandle")
		}
		x.fd = int(v.ToInteger())
	})
	if !bind.IsCallable(bind.Get(x.o, "statCheck")) {
		x.send(x.number("offset", 0), x.number("length", -1), nil)
		return goja.Undefined()
	}
	m.fs("fstat", rt.VM.ToValue(x.fd), m.callback(func(err, stat goja.Value) {
		st := x.st
		if !bind.IsNullish(err) {
			st.Destroy(rt.GoError(err))
			return
		}
		if st.Destroyed() || st.Ended() {
			st.Destroy(nodeerr.HTTP2("INVALID_STREAM"))
			return
		}
		options := rt.VM.NewObject()
		_ = options.Set("offset", x.number("offset", 0))
		_ = options.Set("length", x.number("length", -1))
		if x.stat(stat, options) && !st.HeadersSent() {
			x.send(options.Get("offset").ToFloat(), options.Get("length").ToFloat(), nil)
		}
	}))
	return goja.Undefined()
}

// fs calls a function of node:fs.
func (m *module) fs(name string, args ...goja.Value) {
	fs := m.rt.Require("fs").(*goja.Object)
	m.rt.Call(fs.Get(name), fs, args...)
}

func (m *module) callback(f func(err, v goja.Value)) goja.Value {
	return m.rt.Func("", 2, func(c goja.FunctionCall) goja.Value {
		f(c.Argument(0), c.Argument(1))
		return goja.Undefined()
	})
}

// respondWithFile is stream.respondWithFile(path[, headers[, options]]).
func (m *module) respondWithFile(call goja.FunctionCall) goja.Value {
	rt := m.rt
	x := m.newSending(call, func(*sending) {})
	m.fs("open", call.Argument(0), rt.VM.ToValue("r"), m.callback(func(err, fd goja.Value) {
		if !bind.IsNullish(err) {
			x.failed(err)
			return
		}
		x.fd = int(fd.ToInteger())
		if x.st.Destroyed() || x.st.Ended() {
			x.close()
			return
		}
		m.fs("fstat", fd, m.callback(x.opened))
	}))
	return goja.Undefined()
}

func (x *sending) close() {
	x.m.fs("close", x.m.rt.VM.ToValue(x.fd), x.m.callback(func(err, _ goja.Value) {
		if !bind.IsNullish(err) {
			panic(x.m.rt.Thrown(err))
		}
	}))
}

// failed tells the program, or the stream, of an error.
func (x *sending) failed(err goja.Value) {
	if fn := bind.Get(x.o, "onError"); bind.IsCallable(fn) {
		x.m.rt.Call(fn, x.o, err)
		return
	}
	x.st.Destroy(x.m.rt.GoError(err))
}

// opened goes on with a file whose state is known.
func (x *sending) opened(err, stat goja.Value) {
	rt, st := x.m.rt, x.st
	if !bind.IsNullish(err) {
		x.close()
		x.failed(err)
		return
	}
	is := func(name string) bool { return rt.Call(stat.(*goja.Object).Get(name), stat).ToBoolean() }
	file := is("isFile")
	if !file {
		directory := is("isDirectory")
		if directory || !goja.IsUndefined(bind.Get(x.o, "offset")) || !goja.IsUndefined(bind.Get(x.o, "length")) {
			e := nodeerr.HTTP2("SEND_FILE_NOSEEK")
			if directory {
				e = nodeerr.HTTP2("SEND_FILE")
			}
			x.close()
			x.failed(rt.ErrorValue(e))
			return
		}
		_ = x.o.Set("offset", -1)
		_ = x.o.Set("length", -1)
	}
	if st.Destroyed() || st.Ended() {
		x.close()
		st.Destroy(nodeerr.HTTP2("INVALID_STREAM"))
		return
	}
	offset, length := x.number("offset", 0), x.number("length", -1)
	if !x.stat(stat, nil) || st.HeadersSent() {
		x.close()
		return
	}
	if file {
		left := bind.Get(stat.(*goja.Object), "size").ToFloat() - offset
		if length < 0 || length > left {
			length = left
		}
		x.headers.Set("content-length", http2.Value{Text: []string{bind.FormatNumber(length)}, Host: length})
	}
	x.send(x.number("offset", 0), length, x.close)
}
