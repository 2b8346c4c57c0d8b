package fsmod

import (
	"errors"
	"slices"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/fs"
	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// defineCopy adds fs.cp and fs.cpSync; the latter's errors are worded
// differently and its filter must answer at once.
func (m *module) defineCopy() {
	cp := operation{name: "cp", sync: -1, length: 4, first: 2, last: 3, prepare: func(m *module, a []goja.Value) job {
		return m.copy(a, false)
	}}
	m.define(&cp)
	_ = m.exports.Set("cpSync", m.rt.Func("cpSync", 3, func(c goja.FunctionCall) goja.Value {
		return m.now(m.copy(c.Arguments, true))
	}))
}

// copy reads (src, dest, options) of cp.
func (m *module) copy(a []goja.Value, sync bool) job {
	rt := m.rt
	o := fs.CopyOptions{Force: true, Plain: sync}
	var filter goja.Value
	if v := arg(a, 2); !goja.IsUndefined(v) {
		obj := rt.Object(v, "options")
		o.Dereference = m.copyFlag(obj, "dereference", false)
		o.ErrorOnExist = m.copyFlag(obj, "errorOnExist", false)
		o.Force = m.copyFlag(obj, "force", true)
		o.PreserveTimestamps = m.copyFlag(obj, "preserveTimestamps", false)
		o.Recursive = m.copyFlag(obj, "recursive", false)
		o.VerbatimSymlinks = m.copyFlag(obj, "verbatimSymlinks", false)
		if x := bind.Get(obj, "mode"); !bind.IsNullish(x) {
			o.Mode = int(rt.Integer(x, "mode", 0, 7))
		}
		if o.Dereference && o.VerbatimSymlinks {
			rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INCOMPATIBLE_OPTION_PAIR", `Option "dereference" cannot be used in combination with option "verbatimSymlinks"`))
		}
		if x := bind.Get(obj, "filter"); !goja.IsUndefined(x) {
			filter = rt.Function(x, "options.filter")
		}
	}
	src, dest := m.path(arg(a, 0), "src"), m.path(arg(a, 1), "dest")
	if filter != nil && sync {
		o.Filter = func(s, d string) (bool, error) { return m.filterNow(filter, s, d), nil }
	} else if filter != nil {
		o.Filter = m.filterLater(filter)
	}
	return nothing(func() error { return fs.Copy(src, dest, o) })
}

// copyFlag reads a flag; undefined counts as given, as the options are spread over
// the defaults.
func (m *module) copyFlag(o *goja.Object, name string, def bool) bool {
	v := bind.Get(o, name)
	if goja.IsUndefined(v) && !slices.Contains(o.Keys(), name) {
		return def
	}
	return m.rt.Bool(v, "options."+name)
}

func (m *module) filterNow(filter goja.Value, src, dest string) bool {
	rt := m.rt
	v := rt.Call(filter, goja.Undefined(), rt.VM.ToValue(src), rt.VM.ToValue(dest))
	if o, ok := v.(*goja.Object); ok && bind.IsCallable(bind.Get(o, "then")) {
		rt.Throw(nodeerr.New(nodeerr.KindType, "ERR_INVALID_RETURN_VALUE",
			`Expected boolean to be returned from the "filter" function but got `+rt.Received(v)+"."))
	}
	return v.ToBoolean()
}

var errLoopClosed = errors.New("the loop is closed")

// filterLater asks a filter from another goroutine: it is called on the loop,
// and may answer with a promise.
func (m *module) filterLater(filter goja.Value) func(src, dest string) (bool, error) {
	type answer struct {
		ok  bool
		err error
	}
	return func(src, dest string) (bool, error) {
		ch := make(chan answer, 1)
		posted := m.rt.Post(func() {
			m.await(func() goja.Value {
				return m.rt.Call(filter, goja.Undefined(), m.rt.VM.ToValue(src), m.rt.VM.ToValue(dest))
			}, func(v goja.Value) { ch <- answer{ok: v.ToBoolean()} }, func(v goja.Value) { ch <- answer{err: m.rt.GoError(v)} })
		})
		if !posted {
			return false, errLoopClosed
		}
		a := <-ch
		return a.ok, a.err
	}
}
