package engine

import (
	"reflect"
	"strings"
	"unsafe"
)

// Size estimates the bytes that a program's objects hold: what is reachable from
// roots, the runtime and what it belongs to, through structures of the engine and
// of this module, and through bytes and strings. What Go functions have captured
// is not seen, nor what is behind a structure with a lock, which other goroutines
// use. It belongs to the runtime's goroutine and takes about 0.1 µs an object.
func Size(roots ...any) int64 {
	w := walk{seen: map[unsafe.Pointer]bool{}, plain: map[reflect.Type]bool{}}
	for _, r := range roots {
		w.follow(reflect.ValueOf(r))
	}
	for len(w.todo) > 0 {
		v := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		w.inside(v)
	}
	return w.bytes
}

// walk is the state of Size.
type walk struct {
	seen  map[unsafe.Pointer]bool
	plain map[reflect.Type]bool // whether a type holds no pointers to follow
	todo  []reflect.Value
	bytes int64
}

const (
	enginePath = "github.com/dop251/goja"
	modulePath = "github.com/spindle-js/spindle"
)

// ours reports whether values of a type are followed: those of the engine and of
// this module that are one goroutine's, and those without a name.
func (w *walk) ours(t reflect.Type) bool {
	path := t.PkgPath()
	return path == "" || strings.HasPrefix(path, enginePath) || strings.HasPrefix(path, modulePath) && !locked(t)
}

// locked reports whether a structure has a lock or an atomic value in itself.
func locked(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	for i := range t.NumField() {
		if path := t.Field(i).Type.PkgPath(); path == "sync" || path == "sync/atomic" || path == "internal/sync" {
			return true
		}
	}
	return false
}

// follow counts what v, a pointer, slice, string, map or interface, refers to.
func (w *walk) follow(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && w.ours(v.Type().Elem()) && w.first(v.UnsafePointer()) {
			w.bytes += int64(v.Type().Elem().Size())
			w.queue(v.Elem())
		}
	case reflect.Interface:
		if !v.IsNil() {
			e := v.Elem()
			switch e.Kind() {
			case reflect.Pointer, reflect.Map, reflect.Slice, reflect.String:
				w.follow(e)
			default:
				if w.ours(e.Type()) {
					w.bytes += int64(e.Type().Size())
					w.queue(e)
				}
			}
		}
	case reflect.String:
		if n := v.Len(); n > 0 && w.first(unsafe.Pointer(unsafe.StringData(v.String()))) {
			w.bytes += int64(n)
		}
	case reflect.Slice:
		if v.Cap() > 0 && w.first(v.UnsafePointer()) {
			w.bytes += int64(v.Cap()) * int64(v.Type().Elem().Size())
			if !w.isPlain(v.Type().Elem()) {
				w.todo = append(w.todo, v)
			}
		}
	case reflect.Map:
		if v.Len() > 0 && w.first(v.UnsafePointer()) {
			w.bytes += int64(v.Len()) * int64(v.Type().Key().Size()+v.Type().Elem().Size()+1) * 8 / 7
			w.todo = append(w.todo, v)
		}
	}
}

// first reports whether p is met for the first time.
func (w *walk) first(p unsafe.Pointer) bool {
	if w.seen[p] {
		return false
	}
	w.seen[p] = true
	return true
}

// queue remembers a value whose parts are to be followed.
func (w *walk) queue(v reflect.Value) {
	if !w.isPlain(v.Type()) {
		w.todo = append(w.todo, v)
	}
}

// inside follows the parts of v.
func (w *walk) inside(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); !w.isPlain(f.Type()) {
				w.part(f)
			}
		}
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			w.part(v.Index(i))
		}
	case reflect.Map:
		for i := v.MapRange(); i.Next(); {
			w.part(i.Key())
			w.part(i.Value())
		}
	default:
		w.follow(v)
	}
}

// part is follow for a value that may itself have parts.
func (w *walk) part(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct, reflect.Array:
		w.inside(v)
	default:
		w.follow(v)
	}
}

// isPlain reports whether values of a type refer to nothing that counts.
func (w *walk) isPlain(t reflect.Type) bool {
	if p, ok := w.plain[t]; ok {
		return p
	}
	w.plain[t] = true // of a type within itself
	p := true
	switch t.Kind() {
	case reflect.Pointer:
		p = !w.ours(t.Elem())
	case reflect.Interface, reflect.Slice, reflect.Map, reflect.String:
		p = false
	case reflect.Array:
		p = w.isPlain(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if !w.isPlain(t.Field(i).Type) {
				p = false
				break
			}
		}
		p = p || !w.ours(t)
	}
	w.plain[t] = p
	return p
}
