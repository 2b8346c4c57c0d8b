package scripted

import (
	"io/fs"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/jsbind/lang"
)

// Loader runs the files of one module. Each file is run once per runtime.
type Loader struct {
	rt     *bind.Runtime
	files  fs.FS
	module string
	host   *goja.Object
	loaded map[string]goja.Value
}

// New returns the loader of a module's files: js/name.js in files.
func New(rt *bind.Runtime, module string, files fs.FS) *Loader {
	l := &Loader{rt: rt, files: files, module: module, loaded: map[string]goja.Value{}}
	l.host = rt.VM.CreateObject(Host(rt))
	l.Func("load", 1, func(c goja.FunctionCall) goja.Value { return l.Load(c.Argument(0).String()) })
	return l
}

// Func adds a function to the host of this module's files.
func (l *Loader) Func(name string, length int, f bind.Method) {
	_ = l.host.Set(name, l.rt.Func(name, length, f))
}

// Set adds a value to the host of this module's files.
func (l *Loader) Set(name string, v any) { _ = l.host.Set(name, l.rt.ToValue(v)) }

// Load returns what the function in js/name.js returns for the host.
func (l *Loader) Load(name string) goja.Value {
	if v, ok := l.loaded[name]; ok {
		return v
	}
	src, err := fs.ReadFile(l.files, "js/"+name+".js")
	if err != nil {
		panic(err)
	}
	prg, err := lang.Compile("node:internal/"+l.module+"/"+name, string(src), lang.Script)
	if err != nil {
		panic(err)
	}
	f, err := prg.Run(l.rt.VM)
	if err != nil {
		panic(err)
	}
	v := l.rt.Call(f, goja.Undefined(), l.host)
	l.loaded[name] = v
	return v
}

// Object is Load for files that return an object.
func (l *Loader) Object(name string) *goja.Object { return l.Load(name).(*goja.Object) }
