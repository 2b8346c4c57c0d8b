package library

import (
	"io/fs"
	"sync"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// Folder is a module's files. It may be used by any number of runtimes, each on
// its own goroutine.
type Folder struct {
	files fs.FS
	name  string

	mu       sync.Mutex // guards programs
	programs map[string]*goja.Program
}

// New returns the files of a folder js in files; name is the module's, for
// stacks.
func New(files fs.FS, name string) *Folder {
	return &Folder{files: files, name: name, programs: map[string]*goja.Program{}}
}

func (f *Folder) program(file string) *goja.Program {
	f.mu.Lock()
	defer f.mu.Unlock()
	if p := f.programs[file]; p != nil {
		return p
	}
	src, err := fs.ReadFile(f.files, "js/"+file+".js")
	if err != nil {
		panic(err)
	}
	p, err := goja.Compile("node:internal/spindle/"+f.name+"/"+file, string(src), true)
	if err != nil {
		panic(err)
	}
	f.programs[file] = p
	return p
}

// Run runs a file: its value, a function, is called with the host and args. The
// result is what the file makes of them.
func (f *Folder) Run(rt *bind.Runtime, file string, args ...goja.Value) *goja.Object {
	fn, err := rt.VM.RunProgram(f.program(file))
	if err != nil {
		panic(err)
	}
	return rt.Call(fn, goja.Undefined(), append([]goja.Value{Host(rt)}, args...)...).(*goja.Object)
}
