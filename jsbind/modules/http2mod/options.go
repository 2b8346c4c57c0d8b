package http2mod

import (
	"math"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// customList checks options.remoteCustomSettings.
func (m *module) customList(o *goja.Object) {
	v := bind.Get(o, "remoteCustomSettings")
	if goja.IsUndefined(v) {
		return
	}
	if !bind.IsArray(v) {
		m.rt.ArgType("options.remoteCustomSettings", v, "Array")
	}
	if len(list(v)) > maxCustom {
		m.rt.Throw(nodeerr.HTTP2("TOO_MANY_CUSTOM_SETTINGS"))
	}
}

// serverOptions checks the options of a server and returns a copy of them.
func (m *module) serverOptions(v goja.Value) *goja.Object {
	rt := m.rt
	o := m.copied(m.object(v, "options"))
	settings := m.object(bind.Get(o, "settings"), "options.settings")
	_ = o.Set("settings", m.copied(settings))
	m.customList(o)
	for _, name := range []string{"maxSessionInvalidFrames", "maxSessionRejectedStreams", "unknownProtocolTimeout"} {
		if v := bind.Get(o, name); !goja.IsUndefined(v) {
			rt.Integer(v, name, 0, math.MaxUint32)
		} else if name == "unknownProtocolTimeout" {
			_ = o.Set(name, 10000)
		}
	}
	return o
}

// sessionOptions reads the options of a session.
func (m *module) sessionOptions(o *goja.Object) http2.Options {
	so := http2.NewOptions()
	number := func(name string, min float64, put func(f float64)) {
		if v := bind.Get(o, name); goja.IsNumber(v) {
			put(math.Min(math.Max(v.ToFloat(), min), math.MaxUint32))
		}
	}
	integer := func(name string, min float64, p *int) { number(name, min, func(f float64) { *p = int(f) }) }
	number("maxDeflateDynamicTableSize", 0, func(f float64) { so.MaxDeflateDynamicTableSize = uint32(f) })
	integer("maxReservedRemoteStreams", 0, &so.MaxReservedRemoteStreams)
	integer("maxSendHeaderBlockLength", 0, &so.MaxSendHeaderBlockLength)
	number("peerMaxConcurrentStreams", 0, func(f float64) { so.PeerMaxConcurrentStreams = uint32(f) })
	number("paddingStrategy", 0, func(f float64) { so.Padding = protocol.Padding(f) })
	integer("maxHeaderListPairs", 0, &so.MaxHeaderListPairs)
	integer("maxOutstandingPings", 0, &so.MaxOutstandingPings)
	integer("maxOutstandingSettings", 1, &so.MaxOutstandingSettings)
	number("maxSessionMemory", 1, func(f float64) { so.MaxSessionMemory = int(f * 1e6) })
	integer("maxSettings", 1, &so.MaxSettings)
	number("streamResetRate", 1, func(f float64) { so.StreamResetRate = uint64(f) })
	number("streamResetBurst", 1, func(f float64) { so.StreamResetBurst = uint64(f) })
	integer("maxSessionInvalidFrames", 0, &so.MaxSessionInvalidFrames)
	integer("maxSessionRejectedStreams", 0, &so.MaxSessionRejectedStreams)
	if v := bind.Get(o, "strictFieldWhitespaceValidation"); bind.TypeOf(v) == "boolean" {
		so.LaxWhitespace = !v.ToBoolean()
	}
	for _, x := range list(bind.Get(o, "remoteCustomSettings")) {
		if f := x.ToFloat(); !goja.IsNumber(x) || f < 0 || f > 0xffff {
			m.rt.Throw(nodeerr.HTTP2InvalidSetting("Range Error", x.String(), x, 0, 0xffff))
		}
		so.RemoteCustom = append(so.RemoteCustom, uint16(x.ToInteger()))
	}
	if s, ok := bind.Get(o, "settings").(*goja.Object); ok {
		m.checkSettings(s)
		so.Settings = m.readSettings(s)
	}
	if v := bind.Get(o, "origins"); bind.IsArray(v) {
		for _, x := range list(v) {
			so.Origins = append(so.Origins, m.originText(x))
		}
	}
	so.HTTP1 = boolean(bind.Get(o, "allowHTTP1"))
	return so
}
