package asynchooksmod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// scope is an asynchronous context. It does not change once made, but for the
// object that stands for it.
type scope struct {
	stores      []entry // one per AsyncLocalStorage
	id, trigger int64
	resource    goja.Value // made when it is asked for
}

type entry struct {
	key   *storage
	value goja.Value
}

func (s *scope) find(k *storage) (goja.Value, bool) {
	if s != nil {
		for i := range s.stores {
			if s.stores[i].key == k {
				return s.stores[i].value, true
			}
		}
	}
	return nil, false
}

// with returns the scope with a store set; a nil value takes it out.
func (s *scope) with(k *storage, v goja.Value) *scope {
	out := &scope{}
	if s != nil {
		*out = *s
		out.stores = make([]entry, 0, len(s.stores)+1)
		for _, e := range s.stores {
			if e.key != k {
				out.stores = append(out.stores, e)
			}
		}
	}
	if v != nil {
		out.stores = append(out.stores, entry{k, v})
	}
	return out
}

// object returns the object that stands for the scope.
func (s *scope) object(rt *bind.Runtime) goja.Value {
	if s.resource == nil {
		s.resource = rt.VM.NewObject()
	}
	return s.resource
}
