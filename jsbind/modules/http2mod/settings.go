package http2mod

import (
	"encoding/binary"
	"math"
	"strconv"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/http2"
	"github.com/spindle-js/spindle/http2/protocol"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// maxCustom is how many settings of other identifiers there may be.
const maxCustom = 10

// limits are those of the settings that are numbers, in the order in which Node
// checks them.
var limits = []struct {
	name     string
	min, max float64
}{
	{"headerTableSize", 0, 1<<32 - 1}, {"initialWindowSize", 0, 1<<32 - 1}, {"maxFrameSize", 16384, 1<<24 - 1},
	{"maxConcurrentStreams", 0, 1<<32 - 1}, {"maxHeaderListSize", 0, 1<<32 - 1}, {"maxHeaderSize", 0, 1<<32 - 1},
}

func (m *module) within(name string, v goja.Value, min, max float64) {
	if goja.IsUndefined(v) {
		return
	}
	if f := v.ToFloat(); !goja.IsNumber(v) || f < min || f > max {
		m.rt.Throw(nodeerr.HTTP2InvalidSetting(name, v.String(), v, min, max))
	}
}

// checkSettings is validateSettings.
func (m *module) checkSettings(o *goja.Object) {
	if o == nil {
		return
	}
	if c := m.object(bind.Get(o, "customSettings"), "customSettings", "Number"); c != nil {
		keys := c.Keys()
		if len(keys) > maxCustom {
			m.rt.Throw(nodeerr.HTTP2("TOO_MANY_CUSTOM_SETTINGS"))
		}
		for _, k := range keys {
			m.within("customSettings:id", m.rt.VM.ToValue(m.rt.VM.ToValue(k).ToFloat()), 0, 0xffff)
			m.within("customSettings:value", m.rt.VM.ToValue(c.Get(k).ToFloat()), 0, math.MaxUint32)
		}
	}
	for _, l := range limits {
		m.within(l.name, bind.Get(o, l.name), l.min, l.max)
	}
	for _, name := range []string{"enablePush", "enableConnectProtocol"} {
		if v := bind.Get(o, name); !goja.IsUndefined(v) && bind.TypeOf(v) != "boolean" {
			m.rt.Throw(nodeerr.HTTP2InvalidSetting(name, v.String(), v))
		}
	}
}

// readSettings makes the entries of a SETTINGS frame, in the order in which Node
// sends them.
func (m *module) readSettings(o *goja.Object) []protocol.Setting {
	var out []protocol.Setting
	if o == nil {
		return nil
	}
	put := func(id uint16, v float64) {
		for i := range out {
			if out[i].ID == id {
				out[i].Value = uint32(v)
				return
			}
		}
		out = append(out, protocol.Setting{ID: id, Value: uint32(v)})
	}
	custom := map[uint16]float64{}
	var order []uint16
	if c, ok := bind.Get(o, "customSettings").(*goja.Object); ok {
		for _, k := range c.Keys() {
			v := c.Get(k)
			if !goja.IsNumber(v) {
				continue
			}
			id := m.rt.VM.ToValue(k).ToFloat()
			if !(id > 0 && id <= 0xffff) {
				m.rt.Throw(nodeerr.HTTP2InvalidSetting("Range Error", bind.FormatNumber(id), id, 0, 0xffff))
			}
			if f := v.ToFloat(); !(f > 0 && f <= math.MaxUint32) {
				m.rt.Throw(nodeerr.HTTP2InvalidSetting("Range Error", v.String(), v, 0, math.MaxUint32))
			}
			custom[uint16(id)] = v.ToFloat()
			order = append(order, uint16(id))
		}
	}
	number := func(id uint16, name string) {
		if v := bind.Get(o, name); goja.IsNumber(v) {
			put(id, v.ToFloat())
		}
	}
	flag := func(id uint16, name string) {
		if v := bind.Get(o, name); bind.TypeOf(v) == "boolean" {
			put(id, v.ToFloat())
		}
	}
	number(protocol.SettingHeaderTableSize, "headerTableSize")
	flag(protocol.SettingEnablePush, "enablePush")
	number(protocol.SettingMaxConcurrentStreams, "maxConcurrentStreams")
	number(protocol.SettingInitialWindowSize, "initialWindowSize")
	number(protocol.SettingMaxFrameSize, "maxFrameSize")
	size, other := bind.Get(o, "maxHeaderListSize"), bind.Get(o, "maxHeaderSize")
	if goja.IsNumber(size) || goja.IsNumber(other) {
		if !goja.IsUndefined(other) && !other.StrictEquals(size) {
			if m.rt.Warn != nil {
				m.rt.Warn("settings.maxHeaderSize overwrite settings.maxHeaderListSize", "Warning", nil)
			}
			size = other
		}
		put(protocol.SettingMaxHeaderListSize, size.ToFloat())
	}
	flag(protocol.SettingEnableConnectProtocol, "enableConnectProtocol")
	for _, id := range order {
		put(id, custom[id])
	}
	return out
}

// settings shows what a side has announced.
func (m *module) settings(s *protocol.Settings) *goja.Object {
	o := m.rt.VM.NewObject()
	_ = o.Set("headerTableSize", s.HeaderTableSize)
	_ = o.Set("enablePush", s.EnablePush != 0)
	_ = o.Set("initialWindowSize", s.InitialWindowSize)
	_ = o.Set("maxFrameSize", s.MaxFrameSize)
	_ = o.Set("maxConcurrentStreams", s.MaxConcurrentStreams)
	_ = o.Set("maxHeaderListSize", s.MaxHeaderListSize)
	_ = o.Set("maxHeaderSize", s.MaxHeaderListSize)
	_ = o.Set("enableConnectProtocol", s.EnableConnectProtocol != 0)
	if len(s.Custom) > 0 {
		c := m.rt.VM.NewObject()
		for _, x := range s.Custom {
			_ = c.Set(strconv.Itoa(int(x.ID)), x.Value)
		}
		_ = o.Set("customSettings", c)
	}
	return o
}

func (m *module) localSettings(s *http2.Session) goja.Value {
	if v, ok := s.LocalHost.(goja.Value); ok {
		return v
	}
	l := s.LocalSettings()
	if l == nil {
		return m.rt.VM.NewObject()
	}
	v := m.settings(l)
	s.LocalHost = v
	return v
}

func (m *module) remoteSettings(s *http2.Session) goja.Value {
	if v, ok := s.RemoteHost.(goja.Value); ok {
		return v
	}
	r := s.RemoteSettings()
	if r == nil {
		return m.rt.VM.NewObject()
	}
	v := m.settings(r)
	s.RemoteHost = v
	return v
}

// defaultSettings is http2.getDefaultSettings().
func (m *module) defaultSettings() goja.Value {
	o := m.rt.VM.NewObject()
	_ = o.SetPrototype(nil)
	_ = o.Set("headerTableSize", 4096)
	_ = o.Set("enablePush", true)
	_ = o.Set("initialWindowSize", 65535)
	_ = o.Set("maxFrameSize", 16384)
	_ = o.Set("maxConcurrentStreams", int64(math.MaxUint32))
	_ = o.Set("maxHeaderSize", 65535)
	_ = o.Set("maxHeaderListSize", 65535)
	_ = o.Set("enableConnectProtocol", false)
	return o
}

// packSettings is http2.getPackedSettings([settings]).
func (m *module) packSettings(c goja.FunctionCall) goja.Value {
	o := m.object(c.Argument(0), "settings")
	m.checkSettings(o)
	return m.rt.MakeBuffer(protocol.Pack(m.readSettings(m.copied(o))))
}

// unpackSettings is http2.getUnpackedSettings(buf[, options]).
func (m *module) unpackSettings(c goja.FunctionCall) goja.Value {
	rt := m.rt
	v := c.Argument(0)
	p, ok := rt.BufferSource(v)
	o, isObject := v.(*goja.Object)
	if !ok || !isObject || goja.IsUndefined(bind.Get(o, "length")) {
		rt.ArgType("buf", v, "Buffer", "TypedArray")
	}
	if n := bind.Get(o, "length").ToInteger(); n%6 != 0 {
		rt.Throw(nodeerr.HTTP2("INVALID_PACKED_SETTINGS_LENGTH"))
	} else if int(n) != len(p) { // elements of more than one byte: each is read as one
		q := make([]byte, n)
		for i := range q {
			q[i] = byte(bind.Get(o, strconv.Itoa(i)).ToInteger())
		}
		p = q
	}
	out := rt.VM.NewObject()
	for ; len(p) >= 6; p = p[6:] {
		id, n := binary.BigEndian.Uint16(p), binary.BigEndian.Uint32(p[2:])
		switch id {
		case protocol.SettingHeaderTableSize:
			_ = out.Set("headerTableSize", n)
		case protocol.SettingEnablePush:
			_ = out.Set("enablePush", n != 0)
		case protocol.SettingMaxConcurrentStreams:
			_ = out.Set("maxConcurrentStreams", n)
		case protocol.SettingInitialWindowSize:
			_ = out.Set("initialWindowSize", n)
		case protocol.SettingMaxFrameSize:
			_ = out.Set("maxFrameSize", n)
		case protocol.SettingMaxHeaderListSize:
			_ = out.Set("maxHeaderSize", n)
			_ = out.Set("maxHeaderListSize", n)
		case protocol.SettingEnableConnectProtocol:
			_ = out.Set("enableConnectProtocol", n != 0)
		default:
			c, ok := bind.Get(out, "customSettings").(*goja.Object)
			if !ok {
				c = rt.VM.NewObject()
				_ = out.Set("customSettings", c)
			}
			_ = c.Set(strconv.Itoa(int(id)), n)
		}
	}
	if opts, ok := c.Argument(1).(*goja.Object); ok && bind.Get(opts, "validate").ToBoolean() {
		m.checkSettings(out)
	}
	return out
}
