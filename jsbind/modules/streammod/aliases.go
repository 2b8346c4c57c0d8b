package streammod

import (
	"github.com/dop251/goja"

	"github.com/spindle-js/spindle/jsbind/bind"
)

// The loaders of the old names of the classes: _stream_readable and the like.

// LoadReadable returns the class Readable.
func LoadReadable(rt *bind.Runtime) goja.Value { return get(rt).readable.Ctor }

// LoadWritable returns the class Writable.
func LoadWritable(rt *bind.Runtime) goja.Value { return get(rt).writable.Ctor }

// LoadDuplex returns the class Duplex.
func LoadDuplex(rt *bind.Runtime) goja.Value { return get(rt).duplex.Ctor }

// LoadTransform returns the class Transform.
func LoadTransform(rt *bind.Runtime) goja.Value { return get(rt).transform.Ctor }

// LoadPassThrough returns the class PassThrough.
func LoadPassThrough(rt *bind.Runtime) goja.Value { return get(rt).passThrough.Ctor }
