package bind

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/nodeerr"
)

// systemError is Node's SystemError: an Error of that name, whose property info
// holds what the system answered and whose errno, syscall, path and dest read
// and write info
// (https://nodejs.org/docs/latest-v24.x/api/errors.html#class-systemerror).
func (rt *Runtime) systemError(e *nodeerr.Error) *goja.Object {
	o, err := rt.VM.New(rt.ctors.byKind[nodeerr.KindError], rt.VM.ToValue(e.Message))
	if err != nil {
		panic(err)
	}
	info := rt.VM.NewObject()
	for _, p := range e.Props {
		if i, ok := p.Value.(nodeerr.Info); ok {
			if i.ErrnoFirst {
				_ = info.Set("errno", e.Errno)
			}
			_ = info.Set("code", i.Code)
			_ = info.Set("message", i.Message)
		}
	}
	fields := []struct {
		name  string
		value goja.Value
		is    bool
	}{
		{"path", rt.VM.ToValue(e.Path), e.Path != ""},
		{"syscall", rt.VM.ToValue(e.Syscall), e.Syscall != ""},
		{"errno", rt.VM.ToValue(e.Errno), e.Errno != 0},
		{"dest", rt.VM.ToValue(e.Dest), e.Dest != ""},
	}
	for _, f := range fields {
		if f.is {
			_ = info.Set(f.name, f.value)
		}
	}
	_ = o.Set("code", e.Code)
	_ = o.DefineDataProperty("name", rt.VM.ToValue("SystemError"), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = o.DefineDataProperty("info", info, goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	for _, name := range []string{"errno", "syscall", "path", "dest"} {
		if v := info.Get(name); v == nil {
			continue
		}
		rt.Accessor(o, name, func(goja.Value) goja.Value { return Get(info, name) }, func(_, v goja.Value) { _ = info.Set(name, v) }, true)
	}
	if st := o.Get("stack"); st != nil && goja.IsString(st) {
		s := st.String()
		if plain := "Error: "; len(s) >= len(plain) && s[:len(plain)] == plain {
			s = "SystemError [" + e.Code + "]: " + s[len(plain):]
		}
		_ = o.DefineDataProperty("stack", rt.VM.ToValue(s), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	_ = o.DefineDataProperty("toString", rt.codeToString(), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return o
}
