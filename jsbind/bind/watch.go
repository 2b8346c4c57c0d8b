package bind

import (
	"sync/atomic"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/spindle-js/spindle/events"
	"github.com/spindle-js/spindle/jsbind/engine"
)

// Each self-call asks whether the program replaced the member. To answer that
// without looking it up, the prototypes of our objects are watched: their tables
// of methods have those that change properties replaced (ownkeys_table.go says
// how), and count a change of a member that matters. While nothing was counted,
// what was found at the last full look-up still holds.

// changes counts changes of overridable members of watched prototypes, of all
// runtimes of the process.
var changes atomic.Uint64

// watchedTab is the table of watched prototypes.
var watchedTab unsafe.Pointer

// goja's own methods.
var (
	plainSetOwnStr func(b *nativeBase, name unistring.String, v goja.Value, throw bool) bool
	plainDeleteStr func(b *nativeBase, name unistring.String, throw bool) bool
	plainSetProto  func(b *nativeBase, proto *goja.Object, throw bool) bool
	plainPutProp   func(b *nativeBase, name unistring.String, v goja.Value, writable, enumerable, configurable bool) goja.Value
)

// watching are the methods of a watched prototype, as replacements.
func watching() engine.Methods {
	return engine.Methods{
		"setOwnStr":            {watchedSetOwnStr, &plainSetOwnStr},
		"deleteStr":            {watchedDeleteStr, &plainDeleteStr},
		"defineOwnPropertyStr": {watchedDefineStr, &plainDefineStr},
		"setProto":             {watchedSetProto, &plainSetProto},
		"_putProp":             {watchedPutProp, &plainPutProp},
	}
}

// methodNames are the overridable members as the engine writes their names.
var methodNames, overridable = func() (names [events.NumMethods]unistring.String, set map[unistring.String]bool) {
	set = make(map[unistring.String]bool)
	for m := range events.NumMethods {
		names[m] = unistring.NewFromString(m.String())
		set[names[m]] = true
	}
	return names, set
}()

func changed(name unistring.String) {
	if overridable[name] {
		changes.Add(1)
	}
}

func watchedSetOwnStr(b *nativeBase, name unistring.String, v goja.Value, throw bool) bool {
	changed(name)
	return plainSetOwnStr(b, name, v, throw)
}

func watchedDeleteStr(b *nativeBase, name unistring.String, throw bool) bool {
	changed(name)
	return plainDeleteStr(b, name, throw)
}

func watchedDefineStr(b *nativeBase, name unistring.String, d goja.PropertyDescriptor, throw bool) bool {
	changed(name)
	return plainDefineStr(b, name, d, throw)
}

func watchedSetProto(b *nativeBase, proto *goja.Object, throw bool) bool {
	changes.Add(1)
	return plainSetProto(b, proto, throw)
}

func watchedPutProp(b *nativeBase, name unistring.String, v goja.Value, writable, enumerable, configurable bool) goja.Value {
	changed(name)
	return plainPutProp(b, name, v, writable, enumerable, configurable)
}

// watch has the changes of p and of its prototypes counted, and reports whether
// it could: p must end in Object.prototype or null, and what lies between must
// be ordinary objects without state of ours.
func (rt *Runtime) watch(p *goja.Object) bool {
	if watchedTab == nil || baseTab == nil || rt.objectPrototype() == nil {
		return false
	}
	for ; p != nil && p != rt.objectProto; p = p.Prototype() {
		engine.SettlePlain(p)
		switch w := wordsOf(p); w.self.tab {
		case watchedTab:
		case baseTab:
			w.self.tab = watchedTab
		default:
			return false
		}
	}
	return true
}

// objectPrototype returns the implementation of Object.prototype, nil where its
// layout is not known.
func (rt *Runtime) objectPrototype() *baseObject {
	if rt.objectProtoBase == nil {
		if rt.objectProto == nil {
			rt.objectProto = rt.VM.NewObject().Prototype()
		}
		if w := wordsOf(rt.objectProto); objectProtoTab != nil && w.self.tab == objectProtoTab {
			rt.objectProtoBase = (*baseObject)(w.self.data)
		}
	}
	return rt.objectProtoBase
}

// view is what is known about the overridable members that objects with the
// prototype proto find.
type view struct {
	proto   *goja.Object
	at      uint64 // changes when it was made
	members int    // how many properties Object.prototype had
	builtin uint64 // bit m: the member stands
	usable  bool   // the prototypes are watched

	replaced map[events.Method]Method // members that the program replaced
}

// stands reports whether the built-in member was found at the last look-up and
// nothing has changed since.
func (v *view) stands(rt *Runtime, m events.Method) bool {
	return v.builtin&(1<<m) != 0 && v.current(rt)
}

// replacement returns what the last look-up found instead of the built-in
// member, if nothing has changed since.
func (v *view) replacement(rt *Runtime, m events.Method) Method {
	if f := v.replaced[m]; f != nil && v.current(rt) {
		return f
	}
	return nil
}

func (v *view) current(rt *Runtime) bool {
	return v.at == changes.Load() && v.members == len(rt.objectProtoBase.propNames)
}

// found notes that a full look-up found the built-in member, or f in its place.
func (v *view) found(rt *Runtime, m events.Method, f Method) {
	n := 0
	if b := rt.objectPrototype(); b != nil {
		n = len(b.propNames)
	}
	if now := changes.Load(); v.at != now || v.members != n || !v.usable {
		v.usable = rt.watch(v.proto)
		v.at, v.members, v.builtin, v.replaced = now, n, 0, nil
	}
	switch {
	case !v.usable:
	case f == nil:
		v.builtin |= 1 << m
	default:
		if v.replaced == nil {
			v.replaced = make(map[events.Method]Method)
		}
		v.replaced[m] = f
	}
}

// viewOf returns the view of a prototype that objects of the class have.
func (h *classHost) viewOf(proto *goja.Object) *view {
	if h.last != nil && h.last.proto == proto {
		return h.last
	}
	v := h.views[proto]
	if v == nil {
		if h.views == nil || len(h.views) >= maxViews {
			h.views = make(map[*goja.Object]*view)
		}
		v = &view{proto: proto}
		h.views[proto] = v
	}
	h.last = v
	return v
}

// maxViews is how many prototypes of one class's objects are remembered.
const maxViews = 64
