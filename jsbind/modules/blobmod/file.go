package blobmod

import (
	"math"
	"time"

	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
	"github.com/spindle-js/spindle/nodeerr"
)

// File is the state of a File.
type File struct {
	Blob
	name     string
	modified float64 // milliseconds since 1970
}

// Clone implements bind.Cloneable.
func (f *File) Clone(*bind.Runtime) bind.Restore {
	copied := *f
	return func(rt *bind.Runtime) goja.Value { return newFile(rt, &copied) }
}

func newFile(rt *bind.Runtime, f *File) *goja.Object {
	o := rt.VM.CreateObject(get(rt).file.Proto)
	rt.Attach(o, f)
	return o
}

// NewFile makes a File of bytes, modified now.
func NewFile(rt *bind.Runtime, d *Data, name string) *goja.Object {
	return newFile(rt, &File{Blob{d}, name, float64(time.Now().UnixMilli())})
}

func (m *module) defineFile() {
	rt := m.rt
	c := rt.NewClass(bind.ClassDef{Name: "File", Length: 2, ES6: true, Parent: m.blob, New: func(this *goja.Object, args []goja.Value) *goja.Object {
		if len(args) < 2 {
			rt.Throw(nodeerr.MissingArgs("fileBits", "fileName"))
		}
		f := &File{modified: float64(time.Now().UnixMilli())}
		blobArgs := []goja.Value{args[0]}
		if len(args) > 2 {
			blobArgs = append(blobArgs, args[2])
		}
		f.Data = m.construct(blobArgs)
		if len(args) > 2 {
			if o, ok := args[2].(*goja.Object); ok {
				if v := bind.Get(o, "lastModified"); !goja.IsUndefined(v) {
					if f.modified = v.ToFloat(); math.IsNaN(f.modified) {
						f.modified = 0
					}
				}
			}
		}
		rt.Text(args[1])
		f.name = args[1].ToString().String()
		rt.Attach(this, f)
		return nil
	}})
	m.file = c
	of := func(v goja.Value) *File {
		f, ok := bind.From(v).(*File)
		if !ok {
			rt.Throw(bind.InvalidThis("File"))
		}
		return f
	}
	c.Accessor("name", func(this goja.Value) goja.Value { return rt.VM.ToValue(of(this).name) }, nil, true)
	c.Accessor("lastModified", func(this goja.Value) goja.Value { return rt.VM.ToValue(of(this).modified) }, nil, true)
	c.Tag("File")
	m.show(c, "File", func(o *goja.Object) []any {
		f := of(o)
		return []any{"size", f.size, "type", f.typ, "name", f.name, "lastModified", f.modified}
	})
	c.Seal()
}

// Open is fs.openAsBlob: a Blob of a file, whose bytes are read when they are
// asked for.
func Open(rt *bind.Runtime, path, typ string) (*goja.Object, error) {
	p, err := openFile(path)
	if err != nil {
		return nil, nodeerr.New(nodeerr.KindType, "ERR_INVALID_ARG_VALUE", "Unable to open file as blob")
	}
	return New(rt, newData([]part{p}, typ)), nil
}
