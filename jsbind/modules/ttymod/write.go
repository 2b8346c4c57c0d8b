package ttymod

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/netmod"
	"github.com/spindle-js/spindle/nodeerr"
)

func (m *module) defineWrite(socket *bind.Class) {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "WriteStream", Key: "tty.WriteStream", Parent: socket, Length: 1,
		New: func(this *goja.Object, args []goja.Value) *goja.Object {
			o := netmod.ReadSocketOptions(rt, nil)
			o.ReadableHighWaterMark = 0
			o.ManualStart = true
			h := m.open(m.write, this, args, o).Handle()
			// What a program prints before it exits or crashes must have
			// been printed.
			h.SetBlocking(true)
			if columns, rows, st := h.WindowSize(); !st.Failed() {
				_ = this.Set("columns", columns)
				_ = this.Set("rows", rows)
			}
			return nil
		}})
	m.write = c
	_ = c.Proto.Set("isTTY", true)
	c.Method("_refreshSize", 0, func(call goja.FunctionCall) goja.Value {
		m.refreshSize(call.This)
		return goja.Undefined()
	})
	c.Method("getWindowSize", 0, func(call goja.FunctionCall) goja.Value {
		o := call.This.ToObject(rt.VM)
		return rt.VM.NewArray(bind.Get(o, "columns"), bind.Get(o, "rows"))
	})
	c.Method("getColorDepth", 0, func(call goja.FunctionCall) goja.Value {
		return rt.VM.ToValue(m.colorDepth(call.Argument(0)))
	})
	c.Method("hasColors", 2, func(call goja.FunctionCall) goja.Value {
		count, env := call.Argument(0), call.Argument(1)
		if o, ok := count.(*goja.Object); ok && goja.IsUndefined(env) {
			count, env = goja.Undefined(), o
		}
		n := int64(16)
		if !goja.IsUndefined(count) {
			n = rt.Integer(count, "count", 2, bind.MaxSafe)
		}
		return rt.VM.ToValue(n <= 1<<m.colorDepth(env))
	})
	m.cursorMethods(c)
	c.Seal()
}

func (m *module) refreshSize(this goja.Value) {
	s, o := m.socket(this), this.(*goja.Object)
	h := s.Handle()
	if h == nil {
		return
	}
	oldColumns, oldRows := bind.Get(o, "columns"), bind.Get(o, "rows")
	columns, rows, st := h.WindowSize()
	if st.Failed() {
		s.Emit("error", nodeerr.Status(int(st), "getWindowSize"))
		return
	}
	c, r := m.rt.VM.ToValue(columns), m.rt.VM.ToValue(rows)
	if !oldColumns.StrictEquals(c) || !oldRows.StrictEquals(r) {
		_ = o.Set("columns", c)
		_ = o.Set("rows", r)
		m.rt.Call(bind.Get(o, "emit"), o, m.rt.VM.ToValue("resize"))
	}
}

// The control sequences of cursor movements
// (https://nodejs.org/docs/latest-v24.x/api/readline.html#readlineclearlinestream-dir-callback).
const (
	CursorHome = "\x1b[1;1H"
	ClearDown  = "\x1b[0J"
)

// cursorMethods adds cursorTo, moveCursor, clearLine and clearScreenDown.
func (m *module) cursorMethods(c *bind.Class) {
	for _, f := range CursorFunctions {
		c.Method(f.Name, f.Length-1, func(call goja.FunctionCall) goja.Value {
			args := append([]goja.Value{call.This}, call.Arguments...)
			return f.Call(m.rt, args)
		})
	}
}

// CursorFunction is one of the functions that node:readline and the terminals
// share: its first argument is the stream, its last one a callback, and it
// returns what the stream's write returned.
type CursorFunction struct {
	Name   string
	Length int
	Call   func(rt *bind.Runtime, args []goja.Value) goja.Value
}

// CursorFunctions are cursorTo, moveCursor, clearLine and clearScreenDown.
var CursorFunctions = []CursorFunction{
	{"cursorTo", 4, cursorTo},
	{"moveCursor", 4, moveCursor},
	{"clearLine", 3, clearLine},
	{"clearScreenDown", 2, clearScreenDown},
}

func argument(args []goja.Value, i int) goja.Value {
	if i < len(args) {
		return args[i]
	}
	return goja.Undefined()
}

// send writes a sequence; where there is no stream or nothing to send the
// callback comes in a tick, and the result is true.
func send(rt *bind.Runtime, stream, callback goja.Value, seq string) goja.Value {
	if bind.IsNullish(stream) || seq == "" {
		if bind.IsCallable(callback) {
			rt.Loop.NextTickFunc(func() { rt.Call(callback, goja.Undefined(), goja.Null()) })
		}
		return rt.VM.ToValue(true)
	}
	o := stream.ToObject(rt.VM)
	return rt.Call(bind.Get(o, "write"), o, rt.VM.ToValue(seq), callback)
}

func checkCallback(rt *bind.Runtime, cb goja.Value) {
	if !goja.IsUndefined(cb) {
		rt.Function(cb, "callback")
	}
}

func isNaN(v goja.Value) bool { return goja.IsNumber(v) && v.ToFloat() != v.ToFloat() }

// cursorTo is cursorTo(stream, x[, y][, callback]): zero-based, as it is not in
// the sequence.
func cursorTo(rt *bind.Runtime, args []goja.Value) goja.Value {
	stream, x, y, cb := argument(args, 0), argument(args, 1), argument(args, 2), argument(args, 3)
	checkCallback(rt, cb)
	if bind.IsCallable(y) {
		y, cb = goja.Undefined(), y
	}
	for i, v := range []goja.Value{x, y} {
		if isNaN(v) {
			rt.Throw(nodeerr.InvalidArgValue([]string{"x", "y"}[i], "NaN", ""))
		}
	}
	if bind.IsNullish(stream) || !goja.IsNumber(x) && !goja.IsNumber(y) {
		return send(rt, goja.Null(), cb, "")
	}
	if !goja.IsNumber(x) {
		rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_CURSOR_POS", "Cannot set cursor row without setting its column"))
	}
	column := bind.FormatNumber(x.ToFloat() + 1)
	if !goja.IsNumber(y) {
		return send(rt, stream, cb, "\x1b["+column+"G")
	}
	return send(rt, stream, cb, "\x1b["+bind.FormatNumber(y.ToFloat()+1)+";"+column+"H")
}

// moveCursor is moveCursor(stream, dx, dy[, callback]).
func moveCursor(rt *bind.Runtime, args []goja.Value) goja.Value {
	stream, cb := argument(args, 0), argument(args, 3)
	checkCallback(rt, cb)
	seq := ""
	for i, letters := range []string{"CD", "BA"} {
		n := int(argument(args, i+1).ToInteger())
		switch {
		case n > 0:
			seq += "\x1b[" + strconv.Itoa(n) + letters[:1]
		case n < 0:
			seq += "\x1b[" + strconv.Itoa(-n) + letters[1:]
		}
	}
	return send(rt, stream, cb, seq)
}

// clearLine is clearLine(stream, dir[, callback]): dir -1 clears to the left, 1
// to the right, 0 the whole line.
func clearLine(rt *bind.Runtime, args []goja.Value) goja.Value {
	cb := argument(args, 2)
	checkCallback(rt, cb)
	seq := "\x1b[2K"
	if dir := argument(args, 1).ToFloat(); dir < 0 {
		seq = "\x1b[1K"
	} else if dir > 0 {
		seq = "\x1b[0K"
	}
	return send(rt, argument(args, 0), cb, seq)
}

// clearScreenDown is clearScreenDown(stream[, callback]).
func clearScreenDown(rt *bind.Runtime, args []goja.Value) goja.Value {
	cb := argument(args, 1)
	checkCallback(rt, cb)
	return send(rt, argument(args, 0), cb, ClearDown)
}
