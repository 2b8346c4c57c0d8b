package messagingmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/modules/eventtargetmod"
)

// SendSignal makes what an AbortSignal is made of in another runtime: one that
// aborts when s does. s stays as it is, and neither end keeps its loop alive.
func SendSignal(rt *bind.Runtime, s *eventtargetmod.Signal) bind.Restore {
	if s.Aborted() {
		reason := rt.Serialize(s.Reason(), nil)
		return func(rt *bind.Runtime) goja.Value {
			copied := eventtargetmod.NewSignal(rt)
			v, _ := rt.Deserialize(reason)
			copied.Abort(v)
			return copied.Object()
		}
	}
	port, link := NewPort(rt)
	stop := s.OnAbort(func() {
		port.Post(s.Reason(), nil)
		port.Close()
	})
	port.OnClose = stop
	return func(rt *bind.Runtime) goja.Value {
		copied := eventtargetmod.NewSignal(rt)
		p := link.Port(rt)
		p.Raw = func(v goja.Value) {
			copied.Abort(v)
			p.Close()
		}
		p.Start()
		return copied.Object()
	}
}
