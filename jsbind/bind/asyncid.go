package bind

import "github.com/dop251/goja"

var asyncIDSymbol = HiddenSymbol("kAsyncId")

// AsyncID returns the number under which Node's objects for asynchronous work
// (timers, sockets) show themselves: given when it is first asked for, so that
// work nobody looks at needs none.
func (rt *Runtime) AsyncID(o *goja.Object) int64 {
	if v := o.GetSymbol(asyncIDSymbol); v != nil {
		return v.ToInteger()
	}
	rt.lastAsyncID++
	_ = o.DefineDataPropertySymbol(asyncIDSymbol, rt.VM.ToValue(rt.lastAsyncID), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return rt.lastAsyncID
}
