package protocol

// The identifiers of settings (RFC 9113, section 6.5.2; RFC 8441).
const (
	SettingHeaderTableSize       uint16 = 1
	SettingEnablePush            uint16 = 2
	SettingMaxConcurrentStreams  uint16 = 3
	SettingInitialWindowSize     uint16 = 4
	SettingMaxFrameSize          uint16 = 5
	SettingMaxHeaderListSize     uint16 = 6
	SettingEnableConnectProtocol uint16 = 8
)

// Setting is one entry of a SETTINGS frame.
type Setting struct {
	ID    uint16
	Value uint32
}

// Settings are what one side has announced.
type Settings struct {
	HeaderTableSize       uint32 // bytes
	EnablePush            uint32 // 0 or 1
	MaxConcurrentStreams  uint32
	InitialWindowSize     uint32 // bytes
	MaxFrameSize          uint32 // bytes
	MaxHeaderListSize     uint32 // bytes
	EnableConnectProtocol uint32
	// Custom has the settings of other identifiers, as far as they were asked
	// for, in the order of Options.RemoteCustom.
	Custom []Setting
}

// DefaultSettings returns what holds before a side has announced anything.
func DefaultSettings() Settings {
	return Settings{
		HeaderTableSize: 4096, EnablePush: 1, MaxConcurrentStreams: 1<<32 - 1, InitialWindowSize: 65535, MaxFrameSize: 16384,
		MaxHeaderListSize: 1<<32 - 1,
	}
}

// set takes one entry and reports whether its value is allowed.
func (s *Settings) set(x Setting) (Code, bool) {
	switch x.ID {
	case SettingHeaderTableSize:
		s.HeaderTableSize = x.Value
	case SettingEnablePush:
		if x.Value > 1 {
			return ProtocolError, false
		}
		s.EnablePush = x.Value
	case SettingMaxConcurrentStreams:
		s.MaxConcurrentStreams = x.Value
	case SettingInitialWindowSize:
		if x.Value > maxWindow {
			return FlowControlError, false
		}
		s.InitialWindowSize = x.Value
	case SettingMaxFrameSize:
		if x.Value < 16384 || x.Value > 1<<24-1 {
			return ProtocolError, false
		}
		s.MaxFrameSize = x.Value
	case SettingMaxHeaderListSize:
		s.MaxHeaderListSize = x.Value
	case SettingEnableConnectProtocol:
		if x.Value > 1 || s.EnableConnectProtocol == 1 && x.Value == 0 {
			return ProtocolError, false
		}
		s.EnableConnectProtocol = x.Value
	}
	return 0, true
}

// setCustom keeps an entry of another identifier.
func (s *Settings) setCustom(x Setting) {
	for i := range s.Custom {
		if s.Custom[i].ID == x.ID {
			s.Custom[i].Value = x.Value
			return
		}
	}
	s.Custom = append(s.Custom, x)
}

func known(id uint16) bool { return id >= 1 && id <= 6 || id == SettingEnableConnectProtocol }

// Pack encodes entries as the payload of a SETTINGS frame.
func Pack(list []Setting) []byte {
	p := make([]byte, 0, 6*len(list))
	for _, x := range list {
		p = append(p, byte(x.ID>>8), byte(x.ID), byte(x.Value>>24), byte(x.Value>>16), byte(x.Value>>8), byte(x.Value))
	}
	return p
}
