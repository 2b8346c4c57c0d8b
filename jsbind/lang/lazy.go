package lang

import (
	"embed"
	"sync"

	"github.com/dop251/goja"
)

// What is rarely used and easiest to say in JavaScript lies in js/. A file is
// compiled once in a process and run in a runtime when the first of its
// functions is called.

//go:embed js/*.js
var library embed.FS

var libraryPrograms struct {
	sync.Mutex // guards byName
	byName     map[string]*goja.Program
}

func libraryProgram(name string) *goja.Program {
	libraryPrograms.Lock()
	defer libraryPrograms.Unlock()
	if p := libraryPrograms.byName[name]; p != nil {
		return p
	}
	src, err := library.ReadFile("js/" + name + ".js")
	if err != nil {
		panic(err)
	}
	p, err := goja.Compile(hiddenFile+name, string(src), true)
	if err != nil {
		panic(err)
	}
	if libraryPrograms.byName == nil {
		libraryPrograms.byName = make(map[string]*goja.Program)
	}
	libraryPrograms.byName[name] = p
	return p
}

// loader runs files of the library in one runtime.
type loader struct {
	vm     *goja.Runtime
	loaded map[string]*goja.Object
}

// load returns what a file's program evaluates to: an object with its
// functions.
func (l *loader) load(file string) *goja.Object {
	if o := l.loaded[file]; o != nil {
		return o
	}
	v, err := l.vm.RunProgram(libraryProgram(file))
	if err != nil {
		panic(err)
	}
	if l.loaded == nil {
		l.loaded = make(map[string]*goja.Object)
	}
	o := v.(*goja.Object)
	l.loaded[file] = o
	return o
}

// method defines a method of o that is the function of that name in the file.
// The function object stays the same when the file is loaded.
func (l *loader) method(o *goja.Object, name string, length int, file string) {
	define(o, name, l.function(name, length, file, name))
}

// function makes a native function that is the file's function export.
func (l *loader) function(name string, length int, file, export string) *goja.Object {
	var target native
	var fn *goja.Object
	fn = newNative(l.vm, name, length, func(c goja.FunctionCall) goja.Value {
		if target == nil {
			target, _ = callable(l.load(file).Get(export))
			if n := nativeParts(fn); n != nil {
				n.f = target
			}
		}
		return target(c)
	})
	return fn
}
