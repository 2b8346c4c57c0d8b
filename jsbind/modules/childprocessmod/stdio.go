package childprocessmod

import (
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/net"
	"github.com/spindle-js/spindle/nodeerr"
)

// stdioKind says what one of the child's descriptors is.
type stdioKind int

const (
	stdioIgnore stdioKind = iota
	stdioPipe
	stdioFD
	stdioIPC
	stdioWrap // a stream of this process
)

type stdioEntry struct {
	kind   stdioKind
	fd     int
	stream *goja.Object // of stdioWrap
	input  goja.Value   // of spawnSync
}

// stdio reads the option of that name.
func (m *module) stdio(v goja.Value, sync bool) []stdioEntry {
	rt := m.rt
	var items []goja.Value
	switch {
	case goja.IsString(v):
		switch v.String() {
		case "ignore", "pipe", "overlapped", "inherit":
			items = []goja.Value{v, v, v}
		default:
			rt.ArgValue("stdio", v, "")
		}
	case bind.IsArray(v):
		o := v.(*goja.Object)
		for i := range int(o.Get("length").ToInteger()) {
			items = append(items, o.Get(strconv.Itoa(i)))
		}
	default:
		rt.ArgValue("stdio", v, "")
	}
	for len(items) < 3 {
		items = append(items, goja.Undefined())
	}
	out := make([]stdioEntry, len(items))
	ipc := false
	for i, v := range items {
		out[i] = m.stdioEntry(i, v, sync, &ipc)
	}
	return out
}

func (m *module) stdioEntry(i int, v goja.Value, sync bool, ipc *bool) stdioEntry {
	rt := m.rt
	if bind.IsNullish(v) {
		if i < 3 {
			return stdioEntry{kind: stdioPipe}
		}
		return stdioEntry{kind: stdioIgnore}
	}
	if goja.IsString(v) {
		switch v.String() {
		case "ignore":
			return stdioEntry{kind: stdioIgnore}
		case "pipe", "overlapped":
			return stdioEntry{kind: stdioPipe}
		case "inherit":
			return stdioEntry{kind: stdioFD, fd: i}
		case "ipc":
			if sync {
				rt.Throw(nodeerr.IPCSyncFork())
			}
			if *ipc {
				rt.Throw(nodeerr.IPCOnePipe())
			}
			*ipc = true
			return stdioEntry{kind: stdioIPC}
		}
	}
	if goja.IsNumber(v) {
		if n := v.ToInteger(); n >= 0 {
			return stdioEntry{kind: stdioFD, fd: int(n)}
		}
		return stdioEntry{kind: stdioPipe}
	}
	if o, ok := v.(*goja.Object); ok {
		if fd := bind.Get(o, "fd"); goja.IsNumber(fd) {
			return stdioEntry{kind: stdioFD, fd: int(fd.ToInteger())}
		}
		for _, name := range []string{"handle", "_handle"} {
			if h, ok := bind.From(bind.Get(o, name)).(*net.Handle); ok {
				return stdioEntry{kind: stdioWrap, fd: h.FD(), stream: o}
			}
		}
		if h, ok := bind.From(o).(*net.Handle); ok {
			return stdioEntry{kind: stdioWrap, fd: h.FD(), stream: o}
		}
	}
	if _, bytes := bind.BytesOf(v); (bytes || goja.IsString(v)) && !sync {
		rt.Throw(nodeerr.InvalidSyncForkInput(rt.Inspect(v, 2)))
	}
	rt.ArgValue("stdio", v, "")
	return stdioEntry{}
}
