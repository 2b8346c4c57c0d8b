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
	id := rt.NextAsyncID()
	rt.SetAsyncID(o, id)
	return id
}

// NextAsyncID gives out a number.
func (rt *Runtime) NextAsyncID() int64 {
	rt.lastAsyncID++
	return rt.lastAsyncID
}

// SetAsyncID gives an object its number.
func (rt *Runtime) SetAsyncID(o *goja.Object, id int64) {
	_ = o.DefineDataPropertySymbol(asyncIDSymbol, rt.VM.ToValue(id), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}
