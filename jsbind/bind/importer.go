package bind

import (
	"slices"
	"strconv"

	"github.com/dop251/goja"
)

// Importer answers import() and import.meta in a text of node:vm.
type Importer struct {
	// Import returns a promise of what the callback gives for a specifier, with
	// an object of the attributes; nil if there is none.
	Import func(specifier, attributes goja.Value) goja.Value
	// Denied is the error of import() if Import is nil.
	Denied func() error
	// Meta fills import.meta.
	Meta func(*goja.Object)
}

// HasFlag says whether an option without a value was given.
func (rt *Runtime) HasFlag(name string) bool { return slices.Contains(rt.Flags, name) }

// AddImporter notes an importer and returns the name by which a compiled text
// asks for it: see lang.CompileFor. It stays as long as the runtime, since
// functions of the text may ask at any time.
func (rt *Runtime) AddImporter(i *Importer) string {
	name := " vm " + strconv.Itoa(len(rt.importers))
	rt.importers = append(rt.importers, i)
	return name
}

// ImporterOf returns the importer of a name, nil if it is that of a file.
func (rt *Runtime) ImporterOf(name string) *Importer {
	const prefix = " vm "
	if len(name) <= len(prefix) || name[:len(prefix)] != prefix {
		return nil
	}
	n, err := strconv.Atoi(name[len(prefix):])
	if err != nil || n < 0 || n >= len(rt.importers) {
		return nil
	}
	return rt.importers[n]
}
